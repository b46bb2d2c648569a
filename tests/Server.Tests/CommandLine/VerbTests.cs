using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.CommandLine;

public sealed class VerbTests
{
    private const string Wait = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n";
    private const string Wrong = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [Aa] }\n";
    private const string Unparsable = "activities: [\n";

    [Theory]
    [InlineData(2)]
    [InlineData(2, "")]
    [InlineData(2, "no-such-verb")]
    [InlineData(2, "validate")]
    [InlineData(2, "validate", "no/such/path")]
    [InlineData(2, "validate", "")]
    [InlineData(2, "validate", ".", "--output", "xml")]
    [InlineData(2, "validate", ".", "--no-such-option")]
    [InlineData(2, "convert", ".")]
    [InlineData(2, "convert", ".", "--to", "git")]
    [InlineData(2, "convert", "--to", "git")]
    [InlineData(2, "convert", "--stdin", "notes.md", "--to", "git")]
    [InlineData(2, "convert", "--stdin", "a.pipeline.yaml", "--to", "git", "--out", "x")]
    [InlineData(2, "export", ".")]
    [InlineData(2, "export", "no/such/path", "--to", "arm")]
    [InlineData(2, "export", ".", "--to", "terraform")]
    [InlineData(0, "export", "--help")]
    [InlineData(2, "convert", ".", "--to", "xml", "--out", "x")]
    [InlineData(2, "convert", "no/such/path", "--to", "git", "--out", "x")]
    [InlineData(2, "deploy", ".")]
    [InlineData(0, "--help")]
    [InlineData(2, "graph")]
    [InlineData(2, "graph", ".", "--output", "svg")]
    [InlineData(0, "graph", "--help")]
    [InlineData(0, "validate", "--help")]
    public async Task The_exit_code_tells_wrong_usage(int code, params string[] arguments)
    {
        var (actual, output, error) = await PipewrightProgram.RunAsync(arguments);
        Assert.Equal(code, actual);
        Assert.Equal(code == 0, output.Length > 0);
        Assert.Equal(code != 0, error.Length > 0);
    }

    [Fact]
    public async Task The_version_is_a_version()
    {
        var (code, output, _) = await PipewrightProgram.RunAsync("--version");
        Assert.Equal(0, code);
        Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$", Assert.Single(output));
    }

    [Fact]
    public async Task Validate_gives_json_of_the_agreed_shape()
    {
        using var folder = new TestFolder(("pipelines/b.pipeline.yaml", Wrong), ("a.pipeline.yaml", Unparsable), ("fine.pipeline.yaml", Wait), ("package.json", "{"));
        var (code, result) = await ValidateAsync(folder.Path);
        Assert.Equal(1, code);
        Assert.Equal("""{"errors":2,"warnings":0,"files":3}""", result["summary"]!.ToJsonString());
        var findings = result["diagnostics"]!.AsArray();
        Assert.Equal(["a.pipeline.yaml", "pipelines/b.pipeline.yaml"], findings.Select(f => f!["file"]!.GetValue<string>()));
        Assert.Equal(
            ["file", "line", "column", "endLine", "endColumn", "code", "severity", "message", "fixes"], findings[1]!.AsObject().Select(p => p.Key));
        Assert.Equal((2, 62, 2, 64, "PW4101", "error"), (
            Number("line"), Number("column"), Number("endLine"), Number("endColumn"), findings[1]!["code"]!.GetValue<string>(), findings[1]!["severity"]!.GetValue<string>()));
        int Number(string name) => findings[1]![name]!.GetValue<int>();
    }

    [Fact]
    public async Task Validate_gives_text_for_people()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Wrong));
        var (code, output, error) = await PipewrightProgram.RunAsync("validate", folder.Path);
        Assert.Equal(1, code);
        Assert.StartsWith("a.pipeline.yaml:2:62 error PW4101 ", output[0], StringComparison.Ordinal);
        Assert.Equal("1 errors, 0 warnings in 1 files", output[^1]);
        Assert.Empty(error);
    }

    [Fact]
    public async Task Warnings_alone_are_no_failure()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "colour: red\n" + Wait));
        var (code, result) = await ValidateAsync(folder.Path);
        Assert.Equal(0, code);
        Assert.Equal("""{"errors":0,"warnings":1,"files":1}""", result["summary"]!.ToJsonString());
    }

    [Theory]
    [InlineData("", "pipeline/caller.json,pipeline/more/called.json")]
    [InlineData("pipeline", "caller.json,more/called.json")]
    [InlineData("pipeline/caller.json", "caller.json")]
    [InlineData("dataset", "")]
    public async Task Part_of_a_factory_is_checked_with_all_of_it_in_view(string path, string files)
    {
        // Each of the two pipelines refers to the other, and each has a finding of its own.
        using var folder = new TestFolder(
            ("pipeline/caller.json", Call("caller", "called")), ("pipeline/more/called.json", Call("called", "caller")), ("dataset/notes.txt", ""), ("linkedService/x.json", "{}"));
        var (_, result) = await ValidateAsync(folder[path]);
        Assert.Equal(files, string.Join(',', result["diagnostics"]!.AsArray().Where(d => d!["file"]!.GetValue<string>() != "linkedService/x.json").Select(d => d!["file"]!.GetValue<string>()).Distinct()));
        Assert.DoesNotContain(result["diagnostics"]!.AsArray(), d => d!["code"]!.GetValue<string>() == "PW4001");
    }

    [Fact]
    public async Task Several_factories_in_a_folder_do_not_see_each_other()
    {
        using var folder = new TestFolder(
            ("one/pipeline/caller.json", Call("caller", "called")), ("two/pipeline/called.json", Call("called", "called2")), ("two/pipeline/called2.json", Call("called2", "called")));
        var (_, result) = await ValidateAsync(folder.Path);
        Assert.Equal(["one/pipeline/caller.json"], result["diagnostics"]!.AsArray().Where(d => d!["code"]!.GetValue<string>() == "PW4001").Select(d => d!["file"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Convert_goes_there_and_back_and_keeps_the_folders()
    {
        var sample = Path.Combine(Repository.Root, "samples", "medallion-git");
        using var folder = new TestFolder();
        Assert.Equal(0, (await PipewrightProgram.RunAsync("convert", sample, "--to", "spec", "--out", folder["spec"])).Code);
        Assert.Equal(0, (await PipewrightProgram.RunAsync("convert", folder["spec"], "--to", "git", "--out", folder["git"])).Code);
        string[] files = [.. FilesIn(sample).Where(f => f.EndsWith(".json", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        Assert.Equal(files, FilesIn(folder["git"]));
        Assert.All(files, f => Assert.True(JsonNode.DeepEquals(Parse(Path.Combine(sample, f)), Parse(Path.Combine(folder["git"], f))), f));
    }

    [Fact]
    public async Task Convert_says_what_it_could_not_keep()
    {
        using var folder = new TestFolder(("in/pipewright.yaml", ""), ("in/a.pipeline.yaml", Unparsable), ("in/b.pipeline.yaml", Wait), ("in/notes.md", "x"));
        var (code, output, error) = await PipewrightProgram.RunAsync("convert", folder["in"], "--to", "git", "--out", folder["out"]);
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains("a.pipeline.yaml", error, StringComparison.Ordinal);
        Assert.Equal(["pipeline/a.json", "pipeline/b.json"], FilesIn(folder["out"]));
    }

    [Fact]
    public async Task Convert_gives_one_file_or_its_input_back_on_standard_output()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("a.pipeline.yaml", "# why\n" + Wait), ("two.pipeline.yaml", $"{Wait}---\nname: b\n{Wait}"));
        var (code, output, error) = await PipewrightProgram.RunAsync("convert", folder["a.pipeline.yaml"], "--to", "git");
        Assert.Equal((0, "a"), (code, JsonNode.Parse(string.Join('\n', output))!["name"]!.GetValue<string>()));
        Assert.Equal("a.pipeline.yaml: JSON has no place for the comment in line 1.", error.Trim());
        Assert.Equal(2, (await PipewrightProgram.RunAsync("convert", folder["two.pipeline.yaml"], "--to", "git")).Code);

        using var process = PipewrightProgram.Start("convert", "--stdin", "pipeline/a.json", "--to", "spec");
        await process.StandardInput.WriteAsync("{ // why\n \"name\": \"a\", \"properties\": { \"concurrency\": 1 } }");
        process.StandardInput.Close();
        Assert.Equal("# why\nconcurrency: 1\n", await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Convert_does_not_write_outside_of_its_folder()
    {
        using var folder = new TestFolder(("in/two.pipeline.yaml", $"name: ../../../escaped\n{Wait}---\nname: fine\n{Wait}"));
        var (code, _, error) = await PipewrightProgram.RunAsync("convert", folder["in"], "--to", "git", "--out", folder["a/b/out"]);
        Assert.Equal(1, code);
        Assert.Contains("escaped", error, StringComparison.Ordinal);
        Assert.Equal(["a/b/out/pipeline/fine.json", "in/two.pipeline.yaml"], FilesIn(folder.Path));
    }

    [Fact]
    public async Task Convert_leaves_alone_what_it_wrote_before()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("a.pipeline.yaml", Wait));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(0, (await PipewrightProgram.RunAsync("convert", folder.Path, "--to", "git", "--out", folder["out"])).Code);
            Assert.Equal(["a.pipeline.yaml", "out/pipeline/a.json", "pipewright.yaml"], FilesIn(folder.Path));
        }
    }

    private static string Call(string name, string called) => $$"""
        { "name": "{{name}}", "colour": "red", "properties": { "activities": [
          { "name": "Call", "type": "ExecutePipeline", "typeProperties": { "pipeline": { "referenceName": "{{called}}", "type": "PipelineReference" } } } ] } }
        """;

    private static async Task<(int Code, JsonNode Result)> ValidateAsync(string path)
    {
        var (code, output, error) = await PipewrightProgram.RunAsync("validate", path, "--output", "json");
        Assert.True(output.Length > 0, error);
        return (code, JsonNode.Parse(string.Join('\n', output))!);
    }

    private static string[] FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".md", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Where(f => f != "in/notes.md").Order(StringComparer.Ordinal)];

    private static JsonNode? Parse(string file) => JsonNode.Parse(File.ReadAllText(file));
}
