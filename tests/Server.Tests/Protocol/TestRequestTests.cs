using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Tests of pipelines as an editor asks for them.</summary>
public sealed class TestRequestTests
{
    private const string Pipeline = """
        parameters: { day: string }
        activities:
          - { name: Get, type: WebActivity, method: GET, url: "https://x/@{pipeline().parameters.day}" }
          - { name: Mend, type: WebActivity, method: GET, url: https://mend, dependsOn: { Get: [Failed] } }
        """;

    private const string Test = """
        pipeline: load
        parameters: { day: monday }
        cases:
          it gets:
            expect: { activities: { Get: { input: { url: https://x/monday } } } }
          it fails:
            expect: { activities: { Get: { input: { url: https://x/sunday } } } }
        """;

    private const string Options = """{"commands": ["pipewright.dryRun", "pipewright.runTest"]}""";

    [Fact]
    public async Task Tests_are_listed_and_run_with_coverage()
    {
        using var folder = MakeFolder();
        await using var client = await LspClient.StartAsync(folder);
        var files = (await client.RequestAsync("pipewright/tests", new JsonObject()))!["files"]!.AsArray();
        var file = Assert.Single(files)!;
        Assert.Equal((folder.UriOf("load.pipeline-test.yaml"), "load"), ((string)file["uri"]!, (string)file["pipeline"]!));
        Assert.Equal(["it gets", "it fails"], file["cases"]!.AsArray().Select(c => (string)c!["name"]!));
        Assert.Equal(5, (int)file["cases"]![1]!["nameRange"]!["start"]!["line"]!);

        var result = (await client.RequestAsync("pipewright/runTests", new JsonObject { ["coverage"] = true }))!;
        Assert.Equal([true, false], result["cases"]!.AsArray().Select(c => (bool)c!["passed"]!));
        var failure = result["cases"]![1]!["failures"]![0]!;
        Assert.Equal(("\"https://x/sunday\"", "\"https://x/monday\"", 6), ((string)failure["expected"]!, (string)failure["actual"]!, (int)failure["range"]!["start"]!["line"]!));
        Assert.Equal(folder.UriOf("load.pipeline.yaml"), (string)failure["activity"]!["uri"]!);
        var items = result["coverage"]![0]!["items"]!.AsArray();
        Assert.Equal([("activity", true), ("activity", false), ("dependency", false)], items.Select(i => ((string)i!["kind"]!, (bool)i!["covered"]!)));

        var chosen = new JsonObject { ["tests"] = new JsonArray(new JsonObject { ["uri"] = folder.UriOf("load.pipeline-test.yaml"), ["names"] = new JsonArray("it gets") }) };
        Assert.Single((await client.RequestAsync("pipewright/runTests", chosen))!["cases"]!.AsArray());
    }

    [Fact]
    public async Task A_dry_run_shows_its_values_until_the_text_changes()
    {
        using var folder = MakeFolder();
        await using var client = await LspClient.StartAsync(folder, options: Options);
        var uri = folder.UriOf("load.pipeline.yaml");
        await client.OpenAsync(uri, Pipeline);
        Assert.Equal(-32803, (await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("pipewright/evaluate", At(uri, 2, 50)))).Code);

        var run = (await client.RequestAsync("pipewright/dryRun", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = folder.UriOf("load.pipeline-test.yaml") } }))!;
        Assert.Equal(("load", "it gets", "Succeeded"), ((string)run["pipeline"]!, (string)run["name"]!, (string)run["status"]!));
        Assert.Equal(["Succeeded", "Skipped"], run["activities"]!.AsArray().Select(a => (string)a!["status"]!));
        Assert.Equal("https://x/monday", (string)run["activities"]![0]!["input"]!["url"]!);
        Assert.Contains("waits for 'Get' to be Failed", (string)run["activities"]![1]!["why"]!, StringComparison.Ordinal);

        var hints = (await client.RequestAsync("textDocument/inlayHint", All(uri)))!.AsArray();
        Assert.Contains(hints, h => (string)h!["label"]! == "= \"https://x/monday\"");
        var evaluated = (await client.RequestAsync("pipewright/evaluate", At(uri, 2, Pipeline.Split('\n')[2].IndexOf("parameters", StringComparison.Ordinal))))!;
        Assert.Equal(("@pipeline().parameters.day", "\"monday\""), ((string)evaluated["expression"]!, (string)evaluated["value"]!));
        var hover = await client.AskAsync("textDocument/hover", uri, new JsonObject { ["line"] = 3, ["character"] = 13 });
        Assert.Contains("was skipped because", hover!["contents"]!.ToJsonString(), StringComparison.Ordinal);

        await client.ReplaceAsync(uri, Pipeline + "\n");
        hints = (await client.RequestAsync("textDocument/inlayHint", All(uri)))!.AsArray();
        Assert.DoesNotContain(hints, h => ((string)h!["label"]!).StartsWith('='));
    }

    [Fact]
    public async Task A_pipeline_without_tests_is_run_with_examples_and_gets_a_new_file()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("load.pipeline.yaml", Pipeline));
        await using var client = await LspClient.StartAsync(folder);
        var asked = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = folder.UriOf("load.pipeline.yaml") } };
        var run = (await client.RequestAsync("pipewright/dryRun", asked.DeepClone()))!;
        Assert.Equal("https://x/2025-01-31", (string)run["activities"]![0]!["input"]!["url"]!);
        var test = (await client.RequestAsync("pipewright/newPipelineTest", asked.DeepClone()))!;
        Assert.Equal(folder.UriOf("load.pipeline-test.yaml"), (string)test["uri"]!);
        Assert.StartsWith("pipeline: load\n", (string)test["text"]!, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("pipewright/dryRun", LspClient.At(folder.UriOf("pipewright.yaml"))));
    }

    [Fact]
    public async Task Lenses_are_for_clients_that_know_the_commands()
    {
        using var folder = MakeFolder();
        await using var client = await LspClient.StartAsync(folder, options: Options);
        await client.OpenAsync(folder.UriOf("load.pipeline.yaml"), Pipeline);
        await client.OpenAsync(folder.UriOf("load.pipeline-test.yaml"), Test);
        Assert.Contains("Dry run", await TitlesAsync(client, folder.UriOf("load.pipeline.yaml")));
        Assert.Equal(["Run test", "Dry run", "Run test", "Dry run"], await TitlesAsync(client, folder.UriOf("load.pipeline-test.yaml")));

        await using var other = await LspClient.StartAsync(folder);
        await other.OpenAsync(folder.UriOf("load.pipeline.yaml"), Pipeline);
        await other.OpenAsync(folder.UriOf("load.pipeline-test.yaml"), Test);
        Assert.DoesNotContain("Dry run", await TitlesAsync(other, folder.UriOf("load.pipeline.yaml")));
        Assert.Empty(await TitlesAsync(other, folder.UriOf("load.pipeline-test.yaml")));
    }

    private static async Task<List<string>> TitlesAsync(LspClient client, string uri) =>
        [.. (await client.RequestAsync("textDocument/codeLens", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } }))!.AsArray().Select(l => (string?)l!["command"]?["title"] ?? "")];

    private static JsonObject All(string uri) => new() { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["range"] = RangeOf(0, 0, 99, 0) };

    private static JsonObject At(string uri, int line, int character) => new() { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["range"] = RangeOf(line, character, line, character) };

    private static JsonObject RangeOf(int line, int character, int endLine, int endCharacter) => new()
    {
        ["start"] = new JsonObject { ["line"] = line, ["character"] = character },
        ["end"] = new JsonObject { ["line"] = endLine, ["character"] = endCharacter },
    };

    private static TestFolder MakeFolder() => new(("pipewright.yaml", ""), ("load.pipeline.yaml", Pipeline), ("load.pipeline-test.yaml", Test));
}
