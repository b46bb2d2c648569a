using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.CommandLine;

/// <summary>The formats and exit codes that scripts rely on.</summary>
public sealed class VerbTests
{
    [Fact]
    public async Task Validate_gives_findings_as_json_with_places_from_1_and_paths_below_the_path()
    {
        using var folder = new TestFolder(("sub/load.pipeline.yaml", "activities:\n  - name: W\n    type: Wait\n    waitTimeInSecond: 5\n"));
        var (code, output, _) = await BuiltProgram.RunAsync(["validate", folder.Path, "--output", "json"]);
        Assert.Equal(1, code);
        var result = JsonNode.Parse(string.Join('\n', output))!;
        Assert.Equal("""{"errors":1,"warnings":1,"files":1}""", result["summary"]!.ToJsonString());
        Assert.Equal(
            """{"file":"sub/load.pipeline.yaml","line":3,"column":11,"endLine":3,"endColumn":15,"code":"PW2003","severity":"error","message":"Wait activity needs \u0027waitTimeInSeconds\u0027.","fixes":[]}""",
            result["diagnostics"]![0]!.ToJsonString());
        Assert.Equal(["Change to 'waitTimeInSeconds'"], result["diagnostics"]![1]!["fixes"]!.AsArray().Select(f => (string)f!));
    }

    [Fact]
    public async Task Validate_ends_with_0_where_there_is_no_error()
    {
        var (code, output, _) = await BuiltProgram.RunAsync(["validate", Path.Combine(Repository.Root, "samples", "medallion")]);
        Assert.Equal((0, true), (code, output[^1].StartsWith("0 errors, 0 warnings", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Validate_takes_one_file_and_knows_the_factory_around_it()
    {
        var (code, output, _) = await BuiltProgram.RunAsync(["validate", Path.Combine(Repository.Root, "samples", "medallion-git", "pipeline", "medallion.json")]);
        Assert.Equal((0, "0 errors, 0 warnings in 1 files"), (code, output[^1]));
    }

    [Fact]
    public async Task Convert_there_and_back_gives_the_same_json()
    {
        using var folder = new TestFolder();
        var git = Path.Combine(Repository.Root, "samples", "medallion-git");
        Assert.Equal(0, (await BuiltProgram.RunAsync(["convert", git, "--to", "spec", "--out", folder["spec"]])).Code);
        Assert.Equal(0, (await BuiltProgram.RunAsync(["convert", folder["spec"], "--to", "git", "--out", folder["git"]])).Code);
        var files = Directory.GetFiles(git, "*.json", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(f)), JsonNode.Parse(File.ReadAllText(Path.Combine(folder["git"], Path.GetRelativePath(git, f))))), f));
    }

    [Fact]
    public async Task Convert_ends_with_1_and_says_what_it_could_not_keep()
    {
        using var folder = new TestFolder(("pipeline/p.json", """{"name": "p", "properties": {"activities": [}"""));
        var (code, _, error) = await BuiltProgram.RunAsync(["convert", folder.Path, "--to", "spec", "--out", folder["out"]]);
        Assert.Equal(1, code);
        Assert.Contains("pipeline/p.json", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("unknown")]
    [InlineData("validate")]
    [InlineData("validate", "/no/such/folder")]
    [InlineData("validate", ".", "--output", "xml")]
    [InlineData("convert", ".")]
    [InlineData("convert", ".", "--to", "toml", "--out", "x")]
    public async Task Wrong_usage_ends_with_2_and_an_empty_output(params string[] arguments)
    {
        var (code, output, error) = await BuiltProgram.RunAsync(arguments);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.NotEmpty(error);
    }
}
