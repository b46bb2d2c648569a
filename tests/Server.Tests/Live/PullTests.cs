using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Azure;
using Pipewright.Core.Schema;
using Pipewright.Core.Tests;
using Pipewright.Core.Text;
using Pipewright.Deployment;
using Pipewright.Deployment.Planning;
using Pipewright.Deployment.Pulling;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Live;
using Pipewright.LanguageServer.Workspaces;
using Pipewright.Server.Tests.CommandLine;
using Pipewright.Server.Tests.Deployment;
using Pipewright.Server.Tests.Emulator;
using Pipewright.Server.Tests.Protocol;
using Xunit;

namespace Pipewright.Server.Tests.Live;

/// <summary>A live factory is taken into files, which keep all that means the same.</summary>
public sealed class PullTests
{
    private const string Load = """
        # Loads the orders
        activities:
          - name: Wait   # a moment
            type: Wait
            waitTimeInSeconds: 1
          - { name: Copy, type: ExecutePipeline, dependsOn: [Wait], pipeline: child }

        """;

    [Fact]
    public async Task A_pull_touches_what_has_changed_and_nothing_else()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("load.pipeline.yaml", Load), ("child.pipeline.yaml", "# the child\nactivities: []\n"), ("gone.pipeline.yaml", "activities: []\n"));
        await using var emulator = await TestEmulator.StartAsync();
        Assert.Equal(0, (await RunAsync("deploy", folder, emulator, "--yes")).Code);
        await emulator.DeleteAsync("pipelines/gone");
        await emulator.PutAsync("pipelines/extra", """{"properties":{"activities":[]}}""");
        var body = (await emulator.GetAsync("pipelines/load")).Content!.AsObject();
        body["properties"]!["activities"]![0]!["typeProperties"]!["waitTimeInSeconds"] = 30;
        body["properties"]!["activities"]![1]!["typeProperties"]!["pipeline"]!["referenceName"] = "extra";
        body["properties"]!["description"] = "From Studio";
        await emulator.PutAsync("pipelines/load", new JsonObject { ["properties"] = body["properties"]!.DeepClone() }.ToJsonString());

        var (code, output, error) = await RunAsync("status", folder, emulator, "--output", "json");
        Assert.True(code == 0, error);
        Assert.Equal(
            ["child same", "extra onlyThere", "gone onlyHere", "load changedThere"],
            JsonDocument.Parse(string.Join('\n', output)).RootElement.GetProperty("resources").EnumerateArray().Select(r => $"{r.GetProperty("name")} {r.GetProperty("state")}"));

        (code, output, error) = await RunAsync("pull", folder, emulator);
        Assert.Equal(2, code);
        Assert.Contains("1 to create, 1 to change, 1 only here, 1 unchanged", error, StringComparison.Ordinal);
        Assert.Equal(Load, folder.Read("load.pipeline.yaml"));

        (code, output, error) = await RunAsync("pull", folder, emulator, "--yes");
        Assert.True(code == 0, error);
        Assert.Equal(["extra.pipeline.yaml", "load.pipeline.yaml"], output.Order());
        Assert.Equal("# the child\nactivities: []\n", folder.Read("child.pipeline.yaml"));
        Assert.True(File.Exists(folder["gone.pipeline.yaml"]));
        Assert.Equal(
            Load.Replace("waitTimeInSeconds: 1", "waitTimeInSeconds: 30", StringComparison.Ordinal).Replace("pipeline: child", "pipeline: extra", StringComparison.Ordinal)
                .Replace("activities:\n", "description: From Studio\nactivities:\n", StringComparison.Ordinal),
            folder.Read("load.pipeline.yaml"));

        (code, output, _) = await RunAsync("pull", folder, emulator, "--yes", "--delete");
        Assert.Equal((0, "gone.pipeline.yaml"), (code, string.Join(' ', output)));
        (code, output, error) = await RunAsync("plan", folder, emulator, "--delete");
        Assert.Equal("0 to create, 0 to change, 0 to delete, 3 unchanged", output[^1]);
    }

    [Fact]
    public async Task Who_has_changed_what_is_told_by_the_last_deployment()
    {
        const string Pipeline = "description: DESCRIPTION\nactivities: []\n";
        string[] names = ["here", "there", "both", "same"];
        using var folder = new TestFolder([("pipewright.yaml", ""), .. names.Select(n => ($"{n}.pipeline.yaml", Pipeline.Replace("DESCRIPTION", "old", StringComparison.Ordinal)))]);
        await using var emulator = await TestEmulator.StartAsync();
        await RunAsync("deploy", folder, emulator, "--yes");
        await emulator.PutAsync("pipelines/there", """{"properties":{"activities":[],"description":"theirs"}}""");
        await emulator.PutAsync("pipelines/both", """{"properties":{"activities":[],"description":"theirs"}}""");
        folder.Write("here.pipeline.yaml", Pipeline.Replace("DESCRIPTION", "mine", StringComparison.Ordinal));
        folder.Write("both.pipeline.yaml", Pipeline.Replace("DESCRIPTION", "mine", StringComparison.Ordinal));
        await emulator.PutAsync("pipelines/unknown", """{"properties":{"activities":[],"description":"theirs"}}""");
        folder.Write("unknown.pipeline.yaml", Pipeline.Replace("DESCRIPTION", "mine", StringComparison.Ordinal));
        var (_, output, _) = await RunAsync("status", folder, emulator);
        Assert.Equal(
            ["pipeline both (both.pipeline.yaml): changed here and there", "pipeline here (here.pipeline.yaml): changed here", "pipeline there (there.pipeline.yaml): changed there", "pipeline unknown (unknown.pipeline.yaml): different"],
            output.Where(l => l.StartsWith("pipeline ", StringComparison.Ordinal)));
        Assert.Equal("1 the same, 1 changed here, 1 changed there, 1 changed here and there, 1 different", output[^1]);

        // The editor is told the same, and takes the changes as an edit.
        await using var client = await LspClient.StartAsync(
            folder, """{"workspace":{"workspaceEdit":{"documentChanges":true,"resourceOperations":["create","rename","delete"]}}}""", $$"""{"targets": [{"name": "here", "endpoint": "{{emulator.Address.AbsoluteUri}}"}]}""");
        var status = await client.RequestAsync("pipewright/status", LspClient.At(folder.UriOf("here.pipeline.yaml")));
        Assert.Equal("1 the same, 1 changed here, 1 changed there, 1 changed here and there, 1 different", (string)status!["summary"]!);
        var pull = await client.RequestAsync("pipewright/pull", LspClient.At(folder.UriOf("here.pipeline.yaml")));
        Assert.Equal(["both", "here", "there", "unknown"], pull!["edit"]!["documentChanges"]!.AsArray().Select(c => ((string)c!["textDocument"]!["uri"]!).Split('/')[^1].Split('.')[0]).Order());
    }

    [Fact]
    public async Task What_a_target_overrides_is_not_undone()
    {
        const string Configuration = """
            targets:
              prod: { subscription: 00000000-0000-0000-0000-000000000000, resourceGroup: local, factory: local, overrides: [{ linkedService: Lake, set: { url: "https://prod" } }] }
            """;
        const string Lake = "type: AzureBlobFS # the lake\nurl: https://dev\n";
        using var folder = new TestFolder(("pipewright.yaml", Configuration), ("Lake.linkedService.yaml", Lake));
        await using var emulator = await TestEmulator.StartAsync();
        string[] target = ["--target", "prod", "--endpoint", emulator.Address.AbsoluteUri, "--yes"];
        await PipewrightProgram.RunAsync(["deploy", folder.Path, .. target]);
        var (code, output, error) = await PipewrightProgram.RunAsync(["pull", folder.Path, .. target]);
        Assert.True(code == 0, error);
        Assert.Empty(output);
        await emulator.PutAsync("linkedservices/Lake", """{"properties":{"type":"AzureBlobFS","description":"theirs","typeProperties":{"url":"https://prod"}}}""");
        await PipewrightProgram.RunAsync(["pull", folder.Path, .. target]);
        Assert.Equal(Lake + "description: theirs\n", folder.Read("Lake.linkedService.yaml"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_name_can_not_lead_out_of_the_folder(bool isSpec)
    {
        using var around = new TestFolder(("inside/pipewright.yaml", ""), ("keep.txt", "kept"));
        Directory.CreateDirectory(around["outside"]);
        var root = around["inside"];
        string[] names = ["../out", "..", "/etc/x", "a/../../b", "C:\\x", "..\\..\\y", "CON", "nul.txt", "z\0z", ".", "con:x", "trigger/../../q"];
        var live = names.Select(n => new LiveResource(
            new ResourceId(ResourceKind.Pipeline, n), JsonSerializer.SerializeToElement(new JsonObject { ["name"] = n, ["properties"] = new JsonObject { ["activities"] = new JsonArray() } }), "1")).ToList();
        var plan = new PullPlanner(Core.Factory.FactorySnapshot.Empty, "f", null).Make(FactoryStatus.Find(Core.Factory.FactorySnapshot.Empty, live, null, null), isSpec);
        var changes = plan.Changes(Core.Factory.FactorySnapshot.Empty, deletes: true).ToList();
        Assert.Equal(names.Length, changes.Select(c => c.Path).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(JobAt(root).Write(changes));
        Assert.Equal(["inside", "keep.txt", "outside"], Directory.GetFileSystemEntries(around.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["pipeline", "pipewright.yaml"], Directory.GetFileSystemEntries(root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(names.Length, Directory.GetFiles(Path.Combine(root, "pipeline")).Length);
        Assert.Equal(names.Order(StringComparer.Ordinal), new FactoryLoader(FileKinds.Default, _ => { }).LoadRoot(root, default).Snapshot.NamesOf(ResourceKind.Pipeline).Order(StringComparer.Ordinal));

        // Nor can what stands in a plan, or a folder that leads elsewhere.
        Directory.CreateSymbolicLink(Path.Combine(root, "dataset"), around["outside"]);
        Assert.Equal(3, JobAt(root).Write([new FileCreation("../out.json", "x"), new FileCreation("dataset/x.json", "x"), new FileDeletion("../keep.txt")]).Count());
        Assert.Empty(Directory.GetFiles(around["outside"]));
        Assert.True(File.Exists(around["keep.txt"]));
    }

    [Fact]
    public async Task The_samples_come_back_as_they_were_deployed()
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(Repository.Root, "samples")))
        {
            await PullBackAsync(folder);
        }
    }

    [CorpusFact]
    public async Task Every_factory_comes_back_as_it_was_deployed()
    {
        var pulled = 0;
        foreach (var folder in CorpusFiles.Factories)
        {
            pulled += await PullBackAsync(folder);
        }

        Assert.InRange(pulled, 1000, int.MaxValue);
    }

    /// <summary>Deploys factories, pulls each into an empty folder in either form: a plan of that is empty, and a pull into the files that it came from changes nothing.</summary>
    private static async Task<int> PullBackAsync(string folder)
    {
        var count = 0;
        foreach (var factory in new FactoryLoader(FileKinds.Default, _ => { }).Load(folder, default))
        {
            await using var emulator = await TestEmulator.StartAsync();
            var target = new FactoryTarget(emulator.Address, "00000000-0000-0000-0000-000000000000", "local", "local");
            var client = DeploymentJob.Connect(target);
            var deployed = (await CorpusDeploymentTests.DeployAsync(client, factory, new MemoryBaselines())).Select(r => r.Change.Id).ToHashSet();
            count += deployed.Count;
            var live = await FactoryReading.ReadAllAsync(client, default);
            foreach (var isSpec in (bool[])[false, true])
            {
                using var empty = new TestFolder(("pipewright.yaml", ""));
                var job = new PullJob(empty.Path, Core.Factory.FactorySnapshot.Empty, new ResolvedTarget("local", target, null), client);
                var plan = await job.PlanAsync(isSpec, default);
                Assert.Empty(job.Write(plan.Changes(Core.Factory.FactorySnapshot.Empty, deletes: false)));
                var pulled = new FactoryLoader(FileKinds.Default, _ => { }).LoadRoot(empty.Path, default).Snapshot;
                var documents = pulled.Documents.Values.ToList();
                Assert.All(documents, d => Assert.False(d.HasSyntaxErrors, $"{factory.Path}: {d.Path}"));
                CorpusDeploymentTests.AssertEmpty($"{factory.Path} ({(isSpec ? "spec" : "git")})", await new Planner(client).MakeAsync(new PlanRequest([.. documents.SelectMany(d => DeploymentUnit.FromDocument(d))]) { Deletes = true }, default));
            }

            var states = FactoryStatus.Find(factory.Snapshot, live, null, null);
            var changed = new PullPlanner(factory.Snapshot, "local", null).Make(states, null).Resources.Where(r => r.Action == PullAction.Update && deployed.Contains(r.Id));
            Assert.True(!changed.Any(), $"{factory.Path}: {string.Join("; ", changed.Select(r => $"{r.Id} {string.Join(", ", r.Properties)}"))}");
        }

        return count;
    }

    private static PullJob JobAt(string root)
    {
        var target = new FactoryTarget(new Uri("http://localhost:1"), "s", "g", "f");
        return new PullJob(root, Core.Factory.FactorySnapshot.Empty, new ResolvedTarget("local", target, null), DeploymentJob.Connect(target));
    }

    private static Task<(int Code, string[] Output, string Error)> RunAsync(string verb, TestFolder folder, TestEmulator emulator, params string[] more) =>
        PipewrightProgram.RunAsync([verb, folder.Path, "--target", "local", "--endpoint", emulator.Address.AbsoluteUri, .. more]);
}
