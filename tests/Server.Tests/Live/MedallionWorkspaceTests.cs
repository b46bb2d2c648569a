using System.Text.Json.Nodes;
using Pipewright.Core.Notebooks;
using Pipewright.Emulator;
using Pipewright.Server.Tests.Emulator;
using Pipewright.Server.Tests.Protocol;
using Xunit;

namespace Pipewright.Server.Tests.Live;

/// <summary>The sample factory with its notebooks in a workspace only: that of the emulator, which is the target too.</summary>
public sealed class MedallionWorkspaceTests
{
    private const string Pipeline = "pipelines/bronze_to_silver.pipeline.yaml";
    private static readonly string Sample = Path.Combine(Repository.Root, "samples", "medallion");

    private static TestFolder Copy(Uri workspace)
    {
        var folder = new TestFolder();
        foreach (var file in Directory.EnumerateFiles(Sample, "*.yaml", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetRelativePath(Sample, file), File.ReadAllText(file).Replace("https://adb-1111111111111111.1.azuredatabricks.net", workspace.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        }

        folder.Write("pipewright.yaml", "rules: { PW6021: warning }\n");
        return folder;
    }

    private static Task<TestEmulator> StartAsync() =>
        TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Notebooks = [new NotebookFolder(Path.Combine(Sample, "notebooks"), "/Shared/medallion")] });

    private static Task<LspClient> ConnectAsync(TestFolder folder, TestEmulator emulator) => LspClient.StartAsync(
        folder, """{"textDocument":{"publishDiagnostics":{"versionSupport":true} } }""", $$"""{"targets": [{"name": "here", "endpoint": "{{emulator.Address.AbsoluteUri}}"}]}""");

    [Fact]
    public async Task Notebooks_that_are_only_there_are_completed_described_and_checked()
    {
        await using var emulator = await StartAsync();
        using var folder = Copy(emulator.Address);
        await using var client = await ConnectAsync(folder, emulator);
        var uri = folder.UriOf(Pipeline);
        var text = folder.Read(Pipeline);
        await client.OpenAsync(uri, text);
        Assert.DoesNotContain(await client.PublishedAsync(uri), c => c.StartsWith("PW60", StringComparison.Ordinal));

        await client.ReplaceAsync(uri, text.Replace("silver/clean_orders", "silver/clean_order", StringComparison.Ordinal));
        await client.PublishedAsync(uri, c => c.Contains("PW6021"));
        await client.ReplaceAsync(uri, text.Replace("run_date:", "run_dat:", StringComparison.Ordinal));
        await client.PublishedAsync(uri, c => c.Contains("PW6006") && !c.Contains("PW6021"));

        await client.ReplaceAsync(uri, text);
        var line = text.Split('\n').TakeWhile(l => !l.Contains("clean_orders", StringComparison.Ordinal)).Count();
        var position = new JsonObject { ["line"] = line, ["character"] = "    notebookPath: /Shared/medallion/silver/".Length };
        var hover = (string)(await client.AskAsync("textDocument/hover", uri, position))!["contents"]!["value"]!;
        Assert.Contains("In the workspace", hover, StringComparison.Ordinal);
        Assert.Contains("run_date", hover, StringComparison.Ordinal);
        var list = await client.AskAsync("textDocument/completion", uri, position);
        Assert.Equal(["/Shared/medallion/silver/clean_orders", "/Shared/medallion/silver/merge_products"], list!["items"]!.AsArray().Select(i => (string)i!["label"]!).Where(l => l.StartsWith('/')));

        var known = (await client.RequestAsync("pipewright/workspaces", new JsonObject { ["uri"] = uri }))!["workspaces"]!.AsArray().Single()!;
        Assert.Equal(["Databricks", "DatabricksShared"], known["linkedServices"]!.AsArray().Select(s => (string)s!));
        Assert.Contains(known["parts"]!.AsArray(), p => (string)p!["kind"]! == "folder" && (string?)p["key"] == "/Shared/medallion/silver" && (int)p["count"]! == 2);
    }

    [Fact]
    public async Task Jobs_and_compute_of_the_workspace_are_known()
    {
        await using var emulator = await StartAsync();
        var job = (long)(await emulator.PostAsync("/api/2.2/jobs/create", """{"name":"Nightly load","parameters":[{"name":"day","default":""},{"name":"mode","default":"full"}],"tasks":[{"task_key":"load"}]}""")).Content!["job_id"]!;
        using var folder = Copy(emulator.Address);
        await using var client = await ConnectAsync(folder, emulator);
        var uri = folder.UriOf("job.pipeline.yaml");
        string Text(string id, string parameters) => $"activities:\n  - name: A\n    type: DatabricksJob\n    linkedServiceName: Databricks\n    jobId: {id}\n    jobParameters: {parameters}\n";
        var position = await client.OpenAsync(uri, Text("|", "{ day: x }"));
        await client.PublishedAsync(uri);
        JsonNode? list;
        do
        {
            list = await client.AskAsync("textDocument/completion", uri, position);
        }
        while (list!["isIncomplete"]!.GetValue<bool>());
        Assert.Equal("Nightly load", (string)list["items"]!.AsArray().Single(i => (string)i!["label"]! == $"{job}")!["detail"]!);

        await client.ReplaceAsync(uri, Text($"'{job}'", "{ day: x, mod: y }"));
        await client.PublishedAsync(uri, c => c.Contains("PW6024"));
        await client.ReplaceAsync(uri, Text($"'{job}'", "{ mode: y }"));
        await client.PublishedAsync(uri, c => c.Contains("PW6025"));
        await client.ReplaceAsync(uri, Text("'999999'", "{}"));
        await client.PublishedAsync(uri, c => c.Contains("PW6023"));

        const string Service = "linkedServices/Databricks.linkedService.yaml";
        await client.OpenAsync(folder.UriOf(Service), folder.Read(Service).Replace("Standard_D4ds_v5", "Standard_D4ds_v9", StringComparison.Ordinal).Replace("15.4.x", "15.9.x", StringComparison.Ordinal));
        await client.PublishedAsync(folder.UriOf(Service), c => c.Contains("PW6027") && c.Contains("PW6028"));
    }
}
