using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.CommandLine;

/// <summary>Several paths, and texts on standard input.</summary>
public sealed class PathTests
{
    private const string Lake = "type: AzureBlobFS\nurl: https://lake.dfs.core.windows.net/\n";
    private const string Dataset = "type: Binary\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }\n";
    private const string Wrong = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [Aa] }\n";
    private const string Untidy = "activities:\n    - name:   A\n      type: Wait\n      waitTimeInSeconds: 1\n";

    [Fact]
    public async Task Several_paths_are_one_check_and_files_are_named_from_the_current_folder()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("a.pipeline.yaml", Wrong), ("sub/b.pipeline.yaml", Wrong), ("sub/c.pipeline.yaml", Wrong));
        var (code, output, _) = await PipewrightProgram.RunAsync("validate", folder["a.pipeline.yaml"], folder["sub/b.pipeline.yaml"], folder["a.pipeline.yaml"], "--output", "json");
        Assert.Equal(1, code);
        var result = JsonNode.Parse(string.Join('\n', output))!;
        Assert.Equal("""{"errors":2,"warnings":0,"files":2}""", result["summary"]!.ToJsonString());
        var name = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder.Path).Replace('\\', '/');
        Assert.Equal([$"{name}/a.pipeline.yaml", $"{name}/sub/b.pipeline.yaml"], result["diagnostics"]!.AsArray().Select(d => (string)d!["file"]!));
    }

    [Theory]
    [InlineData(Dataset, 0)]
    [InlineData("type: Binary\nlinkedServiceName: Lak\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }\n", 1)]
    public async Task A_text_on_standard_input_is_checked_in_its_factory(string text, int code)
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("Lake.linkedService.yaml", Lake), ("Orders.dataset.yaml", "type: [broken\n"));
        foreach (var name in (string[])["Orders.dataset.yaml", "new/folder/More.dataset.yaml"])
        {
            var (actual, output, error) = await RunWithInputAsync(text, "validate", "-", "--stdin-path", folder[name], "--output", "json", "--fail-on", "warning");
            Assert.True(actual == code, output + error);
            Assert.Equal(1, (int)JsonNode.Parse(output)!["summary"]!["files"]!);
        }
    }

    [Theory]
    [InlineData("validate", "-")]
    [InlineData("validate", "-", "--stdin-path", "notes.txt")]
    [InlineData("validate", ".", "--stdin-path", "a.pipeline.yaml")]
    [InlineData("validate", "-", ".", "--stdin-path", "a.pipeline.yaml")]
    [InlineData("format", "-")]
    [InlineData("format", "-", "--stdin-path", "package.json")]
    public async Task Standard_input_needs_the_name_of_one_resource_file(params string[] arguments)
    {
        var (code, output, error) = await RunWithInputAsync("", arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task A_text_on_standard_input_is_laid_out()
    {
        Assert.Equal((0, "activities:\n  - name: A\n    type: Wait\n    waitTimeInSeconds: 1\n"), await FormatAsync(Untidy));
        Assert.Equal((1, "activities: [\n"), await FormatAsync("activities: [\n"));
        Assert.Equal((1, ""), await FormatAsync(Untidy, "--check"));
        static async Task<(int, string)> FormatAsync(string text, params string[] more)
        {
            var (code, output, _) = await RunWithInputAsync(text, ["format", "-", "--stdin-path", "a.pipeline.yaml", .. more]);
            return (code, output);
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunWithInputAsync(string text, params string[] arguments)
    {
        using var process = PipewrightProgram.Start(arguments);
        try
        {
            await process.StandardInput.WriteAsync(text);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Who refuses its arguments may be gone before it reads.
        }

        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
