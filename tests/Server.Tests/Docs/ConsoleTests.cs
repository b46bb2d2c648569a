using System.Diagnostics;
using System.Text.RegularExpressions;
using Pipewright.Server.Tests.CommandLine;
using Pipewright.Server.Tests.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Docs;

/// <summary>
/// Blocks that show a console are carried out, in the order of their page and in one folder: each command behind a <c>$</c> must write what is shown below it. <c>…</c> stands for any text, and on a
/// line of its own for any lines. Files that the page shows are written to the folder when it comes to them.
/// </summary>
public sealed class ConsoleTests
{
    /// <summary>What a page asks for that is tested elsewhere, or takes a shell: building is a test of its own.</summary>
    private static readonly string[] DoneElsewhere = ["npm run build", "export PATH=\"$PWD/artifacts/bin:$PATH\"", "code ."];

    public static TheoryData<string> Pages => [.. DocumentationPage.Written.Where(p => p.Samples.Any(s => s.Language == "console")).Select(p => p.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task What_a_page_shows_of_a_console_is_what_happens(string path)
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var folder = new TestFolder();
        var console = new Console(folder.Path, emulator.Address);
        foreach (var sample in DocumentationPage.Of(path).Samples)
        {
            if (sample.Language == "console")
            {
                await console.RunAsync(sample);
            }
            else if (sample.File is { } file)
            {
                console.Write(file, sample.Text);
            }
        }
    }

    [Fact]
    public async Task The_lines_for_eval_get_the_answers_that_are_shown_below_them()
    {
        var samples = DocumentationPage.Of("docs/command-line.md").Samples.ToList();
        var lines = samples.FindIndex(s => s.Text.StartsWith("{\"expression\"", StringComparison.Ordinal));
        using var process = PipewrightProgram.Start("eval");
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteLineAsync(samples[lines].Text);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(samples[lines + 1].Lines, (await output).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Getting_started_is_tried() => Assert.Contains(DocumentationPage.Of("docs/getting-started.md").Samples, s => s.Language == "console");

    private sealed class Console(string home, Uri emulator)
    {
        private readonly string _cache = Path.Combine(home, ".cache");

        /// <summary>The address that pages give the emulator.</summary>
        private const string Written = "http://127.0.0.1:41234";

        private string _folder = home;

        public void Write(string file, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllText(Path.Combine(_folder, file), text.TrimEnd('\n') + "\n");
        }

        public async Task RunAsync(CodeSample sample)
        {
            var lines = sample.Lines.ToList();
            for (var i = 0; i < lines.Count;)
            {
                Assert.True(lines[i].StartsWith("$ ", StringComparison.Ordinal), $"{sample}: '{lines[i]}' is no command: it begins with '$ '.");
                var command = lines[i++][2..];
                var shown = lines.Skip(i).TakeWhile(l => !l.StartsWith("$ ", StringComparison.Ordinal)).ToList();
                i += shown.Count;
                await RunAsync($"{sample}: `{command}`", command, shown);
            }
        }

        private async Task RunAsync(string where, string command, List<string> shown)
        {
            if (DoneElsewhere.Contains(command))
            {
                return;
            }

            switch (Assert.Single(ShellText.FindCommands(command)))
            {
                case ["mkdir", var name]:
                    Directory.CreateDirectory(Path.Combine(_folder, name));
                    break;
                case ["cd", var name]:
                    _folder = Path.GetFullPath(Path.Combine(_folder, name));
                    Assert.True(Directory.Exists(_folder), where);
                    break;
                case ["cat", var name]:
                    Compare(where, shown, [.. File.ReadAllText(Path.Combine(_folder, name)).TrimEnd('\n').Split('\n')], []);
                    break;

                // The one that runs already.
                case ["pipewright-emulator", "--port", "41234"]:
                    break;
                case ["pipewright", .. var arguments]:
                    var (code, output, error) = await StartAsync(arguments);
                    Assert.True(code == 0 || shown.Any(l => l.Contains("error", StringComparison.Ordinal) || l.Contains("FAILED", StringComparison.Ordinal)), $"{where} ends with {code}:\n{string.Join('\n', output.Concat(error))}");
                    Compare(where, shown, output, error);
                    break;
                default:
                    Assert.Fail($"{where}: this test does not know how to do that.");
                    break;
            }
        }

        private async Task<(int Code, string[] Output, string[] Error)> StartAsync(string[] arguments)
        {
            var address = emulator.GetLeftPart(UriPartial.Authority);
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "pipewright.dll"), .. arguments.Select(a => a.Replace(Written, address, StringComparison.Ordinal))])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = _folder,
            };
            start.Environment["XDG_CACHE_HOME"] = _cache;
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, LinesOf(await output), LinesOf(await error));

            string[] LinesOf(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Replace(address, Written, StringComparison.Ordinal).Split('\n');
        }

        /// <summary>Every line that is shown is written, in that order; and all that goes to standard output is shown. What is said beside it need not be.</summary>
        private static void Compare(string where, List<string> shown, string[] output, string[] error)
        {
            if (shown.Count == 0)
            {
                return;
            }

            var all = $"{where} writes\n{string.Join('\n', output)}\nand beside it\n{string.Join('\n', error)}";
            var (next, mayPass) = (0, false);
            foreach (var line in shown)
            {
                if (line == "…")
                {
                    mayPass = true;
                    continue;
                }

                var place = Array.FindIndex(output, next, l => Fits(line, l));
                if (place == next || (place > next && mayPass))
                {
                    (next, mayPass) = (place + 1, false);
                }
                else
                {
                    Assert.True(error.Any(l => Fits(line, l)), $"'{line}' is not written. {all}");
                }
            }

            Assert.True(mayPass || next == output.Length, $"More is written than is shown. {all}");
        }

        private static bool Fits(string shown, string line) => Regex.IsMatch(line, "^" + string.Join(".*", shown.Split('…').Select(Regex.Escape)) + "$");
    }
}
