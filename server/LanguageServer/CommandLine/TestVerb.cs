using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Pipewright.LanguageServer.CommandLine.Reports;
using Pipewright.LanguageServer.Testing;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright test [PATHS]</c>.</summary>
internal static class TestVerb
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="Coverage">The file to write it to; empty for none. Null where nobody asked for it.</param>
    private sealed record Request(IReadOnlyList<FactoryPath> Paths, string? Filter, int Parallel, string Output, string? Coverage);

    public static Command Make()
    {
        var paths = new Argument<string[]>("paths") { Description = "Files of tests, or folders to look for them in; the current folder if not said.", Arity = ArgumentArity.ZeroOrMore };
        var filter = new Option<string?>("--filter") { Description = "Only cases with this text in their name, or in that of their pipeline or file; '*' stands for any characters." };
        var watches = new Option<bool>("--watch") { Description = "Run again when a file changes, until Ctrl+C." };
        var parallel = new Option<int>("--parallel") { Description = "How many cases are run at once, from 1 to 64; as many as there are processors if not said.", DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 64) };
        parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 64)
            {
                result.AddError("'--parallel' takes a number from 1 to 64.");
            }
        });
        var output = new Option<string>("--output") { Description = "'text' for people, 'json' for programs, 'junit' or 'trx' as results of tests, 'github' and 'azure-pipelines' for annotations in their logs.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json", "junit", "trx", "github", "azure-pipelines");
        var coverage = new Option<string?>("--coverage")
        {
            Description = "Tell which activities, branches and dependency conditions the cases have shown; and write that to a file, '.xml' for Cobertura's format, '.json' for JSON.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var verb = new Command("test", "Runs tests of pipelines, *.pipeline-test.yaml, without a cloud.")
        {
            paths, filter, watches, parallel, output, coverage,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            var asked = parsed.GetResult(coverage) is null ? null : parsed.GetValue(coverage) ?? "";
            return Task.Run(() => RunAsync(parsed.GetValue(paths) ?? [], parsed.GetValue(filter), parsed.GetValue(watches), parsed.GetValue(parallel), parsed.GetValue(output)!, asked, cancellation), cancellation);
        });
        return VerbHelp.Complete(
            verb,
            ["pipewright test", "pipewright test . --filter load* --watch", "pipewright test . --output junit --coverage coverage.xml > results.xml"],
            (ExitCodes.Fine, "All cases pass."),
            (ExitCodes.Findings, "A case fails."),
            (ExitCodes.WrongUsage, "The command line is wrong, or there are no tests."));
    }

    private static async Task<int> RunAsync(string[] paths, string? filter, bool watches, int parallel, string output, string? coverage, CancellationToken cancellation)
    {
        var resolved = new List<FactoryPath>();
        foreach (var path in paths.Length == 0 ? ["."] : paths)
        {
            if (FactoryPath.Resolve(path) is not { } found)
            {
                return Refuse($"'{path}' is no file or folder.", ExitCodes.WrongUsage);
            }

            resolved.Add(found);
        }

        if (watches && output != "text")
        {
            return Refuse($"'--watch' writes text, and not {output}.", ExitCodes.WrongUsage);
        }

        if (coverage is { Length: > 0 } && Path.GetExtension(coverage).ToUpperInvariant() is not (".XML" or ".JSON"))
        {
            return Refuse($"'{coverage}' must end in '.xml', for Cobertura's format, or '.json'.", ExitCodes.WrongUsage);
        }

        var request = new Request(resolved, filter, parallel, output, coverage);
        return watches ? await WatchAsync(request, cancellation) : await RunAsync(request, cancellation);
    }

    private static async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        try
        {
            return await RunOnceAsync(request, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(e.Message, ExitCodes.Environment);
        }
    }

    private static async Task<int> RunOnceAsync(Request request, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetUtcNow();
        var files = await WorkProgress.RunAsync(
            "Reading files",
            _ => request.Paths.SelectMany(p => TestJob.Find(p.Load(Console.Error.WriteLine, cancellation), p.Contains, NameOf)).DistinctBy(f => f.Name).OrderBy(f => f.Name, StringComparer.Ordinal).ToList());
        if (files.Count == 0)
        {
            return Refuse("There are no tests here. They are in files called '….pipeline-test.yaml'.", ExitCodes.WrongUsage);
        }

        var ran = await WorkProgress.RunAsync("Running tests", p => TestJob.Run(
            files, (file, one) => TestJob.Matches(file, one, request.Filter), request.Parallel, cancellation, total => p.Begin("Running tests", total), p.Advance));
        if (ran.IsEmpty)
        {
            return Refuse($"No case, pipeline or file has '{request.Filter}' in its name.", ExitCodes.WrongUsage);
        }

        switch (request.Output)
        {
            case "json":
                WriteResult(Write(TestJson.Of(ran, NameOf)));
                break;
            case "junit":
                WriteResult(TestReports.WriteJUnit(ran) + "\n");
                break;
            case "trx":
                WriteResult(TestReports.WriteTrx(ran, started) + "\n");
                break;
            case "github" or "azure-pipelines":
                WriteResult(TestAnnotations.Write(ran, request.Output == "github"));
                break;
            default:
                new TestText(Console.Out, NameOf, Terminal.UsesColour).Write(ran);
                break;
        }

        if (request.Coverage is { } file)
        {
            WriteCoverage(request, file, TestJob.Cover(ran, request.Filter is null, NameOf), started);
        }

        return ran.All(r => r.Result.IsPassed) ? ExitCodes.Fine : ExitCodes.Findings;
    }

    private static void WriteCoverage(Request request, string file, IReadOnlyList<CoveredPipeline> coverage, DateTimeOffset time)
    {
        new TestText(request.Output == "text" ? Console.Out : Console.Error, NameOf, request.Output == "text" ? Terminal.UsesColour : Terminal.ErrorUsesColour).Write(coverage);
        if (file.Length > 0)
        {
            var full = Path.GetFullPath(file);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, Path.GetExtension(file).Equals(".xml", StringComparison.OrdinalIgnoreCase) ? TestReports.WriteCobertura(coverage, time) + "\n" : Write(TestJson.Of(coverage)));
        }
    }

    private static async Task<int> WatchAsync(Request request, CancellationToken cancellation)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var written = request.Coverage is { Length: > 0 } file ? Path.GetFullPath(file) : null;
        var watchers = request.Paths.Select(p => Directory.Exists(p.Path) ? p.Path : new FactoryRoots().Find(p.Path, null)).Distinct().Select(f => Watch(f, written, () => changes.Writer.TryWrite(true))).ToList();
        try
        {
            while (true)
            {
                await RunAsync(request, cancellation);
                await Console.Out.WriteLineAsync("Waiting for a change. Ctrl+C ends it.");
                await Console.Out.FlushAsync(cancellation);
                await changes.Reader.ReadAsync(cancellation);

                // Editors and checkouts write several files, and some of them twice.
                do
                {
                    await Task.Delay(Pause, cancellation);
                }
                while (changes.Reader.TryRead(out _));
            }
        }
        finally
        {
            watchers.ForEach(w => w.Dispose());
        }
    }

    /// <param name="written">What a run writes itself; null for nothing.</param>
    private static FileSystemWatcher Watch(string folder, string? written, Action changed)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        foreach (var filter in (string[])["*.yaml", "*.yml", "*.json", "*.py", "*.sql", "*.ipynb", "*.scala", "*.r"])
        {
            watcher.Filters.Add(filter);
        }

        void Tell(FileSystemEventArgs e)
        {
            if (e.FullPath != written)
            {
                changed();
            }
        }

        watcher.Changed += (_, e) => Tell(e);
        watcher.Created += (_, e) => Tell(e);
        watcher.Deleted += (_, e) => Tell(e);
        watcher.Renamed += (_, e) => Tell(e);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private static string Write(JsonObject value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteResult(string text)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>From where the program is run.</summary>
    private static string NameOf(string path) => FactoryLoader.RelativePath(Directory.GetCurrentDirectory(), path);

    private static int Refuse(string message, int code) => DeploymentArguments.Refuse(message, code);
}
