using System.Text.Json.Nodes;
using Pipewright.Emulator;
using Pipewright.Server.Tests.CommandLine;
using Pipewright.Server.Tests.Emulator;
using Pipewright.Server.Tests.Running;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Graphs as views ask for them, and what the factory view needs beside them.</summary>
public sealed class GraphRequestTests
{
    private const string Child = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n  - { name: B, type: Wait, dependsOn: { A: Failed } }\n";
    private const string GitChild = """
        {"name":"Child","properties":{"activities":[
          {"name":"A","type":"Wait","typeProperties":{"waitTimeInSeconds":1}},
          {"name":"B","type":"Wait","dependsOn":[{"activity":"A","dependencyConditions":["Failed"]}],"typeProperties":{}}]}}
        """;

    private const string Caller = "activities:\n  - { name: Call, type: ExecutePipeline, pipeline: Child }\n";

    [Theory]
    [InlineData("Child.pipeline.yaml", Child, 2)]
    [InlineData("pipeline/Child.json", GitChild, 2)]
    public async Task A_pipeline_is_drawn_as_its_text_is_now(string file, string text, int line)
    {
        using var folder = new TestFolder((file, text));
        await using var client = await LspClient.StartAsync(folder);
        var asked = LspClient.At(folder.UriOf(file));
        asked["position"] = new JsonObject { ["line"] = line, ["character"] = 12 };
        asked["mermaid"] = true;
        var graph = (await client.RequestAsync("pipewright/graph", asked))!;
        Assert.Equal(("Child", false, "B"), ((string)graph["name"]!, (bool)graph["isBroken"]!, (string)graph["selected"]!));
        Assert.Equal(["A control 0", "B control 1"], graph["nodes"]!.AsArray().Select(n => $"{n!["id"]} {n["shape"]} {n["errors"]}"));
        Assert.Equal(line, (int)graph["nodes"]![1]!["selectionRange"]!["start"]!["line"]!);
        Assert.Equal("""[{"from":"A","to":"B","conditions":["Failed"]}]""", graph["edges"]!.ToJsonString());
        Assert.StartsWith("flowchart LR", (string)graph["mermaid"]!, StringComparison.Ordinal);

        await client.OpenAsync(folder.UriOf(file), text.Replace("\"B\"", "\"C\"", StringComparison.Ordinal).Replace(": B", ": C", StringComparison.Ordinal));
        graph = (await client.RequestAsync("pipewright/graph", LspClient.At(folder.UriOf(file))))!;
        Assert.Equal(["A", "C"], graph["nodes"]!.AsArray().Select(n => (string)n!["id"]!));
        Assert.Null(graph["mermaid"]);
        await client.ReplaceAsync(folder.UriOf(file), text[..^8]);
        Assert.True((bool)(await client.RequestAsync("pipewright/graph", LspClient.At(folder.UriOf(file))))!["isBroken"]!);
    }

    [Fact]
    public async Task A_factory_is_drawn_and_other_files_are_no_graph()
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", Child), ("Caller.pipeline.yaml", Caller), ("pipewright.yaml", ""), ("Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://x\n"));
        await using var client = await LspClient.StartAsync(folder);
        Assert.Null(await client.RequestAsync("pipewright/graph", LspClient.At(folder.UriOf("Lake.linkedService.yaml"))));
        Assert.Null(await client.RequestAsync("pipewright/graph", LspClient.At("file:///nowhere/x.txt")));
        Assert.Null(await client.RequestAsync("pipewright/factoryGraph", LspClient.At("file:///nowhere/x.txt")));
        var call = (await client.RequestAsync("pipewright/graph", LspClient.At(folder.UriOf("Caller.pipeline.yaml"))))!["nodes"]![0]!;
        Assert.Equal(folder.UriOf("Child.pipeline.yaml"), (string)call["uses"]![0]!["uri"]!);

        // A folder will do, and a file that is no resource.
        foreach (var uri in (string[])[folder.Uri, folder.UriOf("pipewright.yaml")])
        {
            var graph = (await client.RequestAsync("pipewright/factoryGraph", LspClient.At(uri)))!;
            Assert.Equal(["linkedService/lake", "pipeline/caller", "pipeline/child"], graph["nodes"]!.AsArray().Select(n => (string)n!["id"]!).Order(StringComparer.Ordinal));
            Assert.Equal("pipeline/caller>pipeline/child", string.Join(' ', graph["edges"]!.AsArray().Select(e => $"{e!["from"]}>{e["to"]}")));
            Assert.Equal(folder.Uri, (string)graph["root"]!);
            Assert.Equal(1, (int)graph["nodes"]!.AsArray().Single(n => (string)n!["id"]! == "pipeline/child")!["errors"]!);
        }
    }

    [Theory]
    [InlineData("mermaid", "flowchart LR")]
    [InlineData("dot", "digraph {")]
    [InlineData("json", "{")]
    public async Task The_verb_writes_a_pipeline_or_a_factory(string output, string first)
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", Child), ("Caller.pipeline.yaml", Caller));
        var (code, lines, _) = await PipewrightProgram.RunAsync("graph", folder["Child.pipeline.yaml"], "--output", output);
        Assert.Equal((0, first), (code, lines[0]));
        Assert.Contains(lines, l => l.Contains("Failed", StringComparison.Ordinal));
        (code, lines, _) = await PipewrightProgram.RunAsync("graph", folder.Path, "--output", output);
        Assert.Equal((0, first), (code, lines[0]));
        Assert.Contains(lines, l => l.Contains("Caller", StringComparison.Ordinal));
        if (output == "json")
        {
            Assert.Equal(2, JsonNode.Parse(string.Join('\n', lines))!["resources"]!.AsArray().Count);
        }
    }

    [Fact]
    public async Task The_verb_tells_what_it_can_not_draw()
    {
        using var folder = new TestFolder(("broken.pipeline.yaml", "activities: [\n"), ("Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://x\n"));
        var (code, lines, error) = await PipewrightProgram.RunAsync("graph", folder["broken.pipeline.yaml"]);
        Assert.Equal((1, "flowchart LR"), (code, lines[0]));
        Assert.Contains("broken.pipeline.yaml has syntax errors", error, StringComparison.Ordinal);
        (code, _, error) = await PipewrightProgram.RunAsync("graph", folder["Lake.linkedService.yaml"]);
        Assert.Equal(2, code);
        Assert.Contains("is no pipeline", error, StringComparison.Ordinal);
        Assert.Equal(2, (await PipewrightProgram.RunAsync("graph", folder["nowhere"])).Code);
    }

    [Fact]
    public async Task Runs_of_all_pipelines_are_listed_and_watched_from_any_file()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, folder.Path, 50) { Speed = 0 });
        await using var client = await LspClient.StartAsync(folder, options: $$"""{"targets": [{"name": "here", "endpoint": "{{emulator.Address.AbsoluteUri}}"}]}""");
        var anywhere = folder.UriOf("pipewright.yaml");
        var started = (await client.RequestAsync("pipewright/run", LspClient.At(folder.UriOf("Parent.pipeline.yaml"))))!;
        var watched = LspClient.At(anywhere);
        watched["runId"] = (string)started["runId"]!;
        Assert.Equal("Succeeded", (string)(await client.RequestAsync("pipewright/watchRun", watched.DeepClone()))!["status"]!);
        var runs = (await client.RequestAsync("pipewright/recentRuns", LspClient.At(anywhere)))!["runs"]!.AsArray();
        Assert.Equal(["Child", "Parent"], runs.Select(r => (string)r!["pipeline"]!).Distinct().Order());
        Assert.Equal(folder.UriOf("Parent.pipeline.yaml"), (string)runs.Single(r => (string)r!["pipeline"]! == "Parent")!["uri"]!);
        Assert.Equal("Parent", (string)(await client.RequestAsync("pipewright/rerun", watched.DeepClone()))!["pipeline"]!);
        watched["runId"] = "no-such-run";
        var refusal = await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("pipewright/cancelRun", watched.DeepClone()));
        Assert.Contains("no run 'no-such-run'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trigger_is_started_and_stopped_and_shown_with_its_folder()
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", Child), ("Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://x\n"));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("pipelines/Child", """{"properties":{"folder":{"name":"Loads/Daily"},"activities":[]}}""");
        await emulator.PutAsync("triggers/Nightly", """
            {"properties":{"type":"ScheduleTrigger","typeProperties":{"recurrence":{"frequency":"Day","interval":1,"startTime":"2024-01-01T00:00:00Z"}},"pipelines":[{"pipelineReference":{"referenceName":"Child","type":"PipelineReference"}}]}}
            """);
        await using var client = await LspClient.StartAsync(folder, options: $$"""{"targets": [{"name": "here", "endpoint": "{{emulator.Address.AbsoluteUri}}"}]}""");
        foreach (var (start, state) in ((bool, string)[])[(true, "Started"), (false, "Stopped")])
        {
            var set = (await client.RequestAsync("pipewright/setTrigger", new JsonObject { ["name"] = "Nightly", ["start"] = start, ["uri"] = folder.Uri }))!;
            Assert.Equal(("local", state), ((string)set["factory"]!, (string)set["state"]!));
            Assert.Equal(state, (string)(await emulator.GetAsync("triggers/Nightly")).Content!["properties"]!["runtimeState"]!);
        }

        var live = (await client.RequestAsync("pipewright/refreshLive", new JsonObject { ["uri"] = folder.Uri }))!;
        Assert.Equal((folder.Uri, null), ((string)live["root"]!, (string?)live["portal"]));
        Assert.Equal("Loads/Daily", (string)live["resources"]!.AsArray().Single(r => (string)r!["name"]! == "Child")!["folder"]!);
        var status = (await client.RequestAsync("pipewright/status", LspClient.At(folder.UriOf("Lake.linkedService.yaml"))))!["resources"]!.AsArray();
        Assert.Equal(("onlyHere", "AzureBlobFS"), ((string)status.Single(r => (string)r!["name"]! == "Lake")!["state"]!, (string)status.Single(r => (string)r!["name"]! == "Lake")!["type"]!));
        var refusal = await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("pipewright/setTrigger", new JsonObject { ["name"] = "Never", ["start"] = true, ["uri"] = folder.Uri }));
        Assert.Contains("Never", refusal.Message, StringComparison.Ordinal);
    }
}
