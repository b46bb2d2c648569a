using System.Diagnostics;
using System.Text.Json.Nodes;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.LanguageServer.Live;
using Pipewright.Server.Tests.AzureServices;
using Pipewright.Server.Tests.Protocol;
using Xunit;

namespace Pipewright.Server.Tests.Live;

/// <summary>What a Databricks workspace has is known in the editor, soon, and never waited for.</summary>
public sealed class WorkspaceTests
{
    private const string Always = """{"live": {"enabled": "always"} }""";
    private const string Capabilities = """{"textDocument":{"publishDiagnostics":{"versionSupport":true}}}""";
    private const string Service = "Bricks.linkedService.yaml";

    private static string Notebook(string path) => $"activities:\n  - name: A\n    type: DatabricksNotebook\n    linkedServiceName: Bricks\n    notebookPath: {path}\n";

    private static string Job(string id) => $"activities:\n  - name: A\n    type: DatabricksJob\n    linkedServiceName: Bricks\n    jobId: {id}\n";

    private static IEnumerable<string> Labels(JsonNode? list) => list!["items"]!.AsArray().Select(i => (string)i!["label"]!);

    /// <summary>Asks again as long as the list is said to be incomplete, as an editor does.</summary>
    private static async Task<JsonNode> CompleteAsync(LspClient client, string uri, JsonObject position)
    {
        // Findings come once the files have been read, and with them the linked service.
        await client.PublishedAsync(uri);
        JsonNode? list;
        do
        {
            list = await client.AskAsync("textDocument/completion", uri, position);
        }
        while (list!["isIncomplete"]!.GetValue<bool>());
        return list;
    }

    [Fact]
    public async Task A_folder_is_read_when_somebody_looks_into_it()
    {
        await using var workspace = await TestWorkspace.StartAsync();
        using var folder = new TestFolder((Service, workspace.Service()));
        await using var client = await LspClient.StartAsync(folder, Capabilities, Always);
        var uri = folder.UriOf("p.pipeline.yaml");
        var position = await client.OpenAsync(uri, Notebook("/Shared/|"));
        var list = await CompleteAsync(client, uri, position);
        Assert.Equal(["/Shared/load", "/Shared/etl/"], Labels(list).Where(l => l.StartsWith('/')));
        Assert.Equal("notebook, in the workspace", (string)list["items"]!.AsArray().Single(i => (string)i!["label"]! == "/Shared/load")!["detail"]!);

        // One level, once: what has just been read is not asked for again.
        await CompleteAsync(client, uri, position);
        Assert.Single(workspace.Asked, a => a == "/api/2.0/workspace/list?path=/Shared");
        Assert.DoesNotContain(workspace.Asked, a => a.Contains("/Shared/etl", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("jobId: |", "42")]
    [InlineData("jobId: '42'\n    jobParameters:\n      |", "day")]
    public async Task Jobs_are_proposed_by_name(string rest, string expected)
    {
        await using var workspace = await TestWorkspace.StartAsync();
        using var folder = new TestFolder((Service, workspace.Service()));
        await using var client = await LspClient.StartAsync(folder, Capabilities, Always);
        var uri = folder.UriOf("p.pipeline.yaml");
        var position = await client.OpenAsync(uri, Job("X").Replace("jobId: X", rest, StringComparison.Ordinal));
        Assert.Contains(expected, Labels(await CompleteAsync(client, uri, position)));
    }

    [Theory]
    [InlineData("existingClusterId", "0101-1-a")]
    [InlineData("newClusterVersion", "15.4.x-scala2.12")]
    [InlineData("newClusterNodeType", "Standard_D4ds_v5")]
    [InlineData("instancePoolId", "p-1")]
    [InlineData("policyId", "A1")]
    public async Task Compute_is_proposed_in_the_file_of_the_linked_service(string property, string expected)
    {
        await using var workspace = await TestWorkspace.StartAsync();
        using var folder = new TestFolder();
        await using var client = await LspClient.StartAsync(folder, Capabilities, Always);
        var uri = folder.UriOf(Service);
        var position = await client.OpenAsync(uri, workspace.Service($"{property}: |"));
        Assert.Contains(expected, Labels(await CompleteAsync(client, uri, position)));
    }

    [Fact]
    public async Task Findings_come_once_the_workspace_has_answered_and_hovers_tell_what_it_said()
    {
        await using var workspace = await TestWorkspace.StartAsync();
        using var folder = new TestFolder((Service, workspace.Service()));
        await using var client = await LspClient.StartAsync(folder, Capabilities, Always);
        var uri = folder.UriOf("p.pipeline.yaml");
        await client.OpenAsync(uri, Job("'43'"));
        await client.PublishedAsync(uri, c => c.Contains("PW6023"));
        await client.ReplaceAsync(uri, Notebook("/Shared/laod"));
        await client.PublishedAsync(uri, c => c.Contains("PW6021"));
        await client.ReplaceAsync(uri, Notebook("/Shared/load"));
        await client.PublishedAsync(uri, c => c.Contains("PW6008") && !c.Contains("PW6021"));
        var hover = await client.AskAsync("textDocument/hover", uri, new JsonObject { ["line"] = 4, ["character"] = 22 });
        Assert.Contains("as of just now", (string)hover!["contents"]!["value"]!, StringComparison.Ordinal);
        Assert.Contains("day widget", (string)hover["contents"]!["value"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_hangs_for_ever_holds_nothing_up()
    {
        await using var workspace = await TestWorkspace.StartAsync();
        using var folder = new TestFolder((Service, workspace.Service()));
        await using var client = await LspClient.StartAsync(folder, Capabilities, Always);
        var uri = folder.UriOf("p.pipeline.yaml");
        var position = await client.OpenAsync(uri, Notebook("/Shared/|"));
        await CompleteAsync(client, uri, position);

        workspace.Hangs = _ => true;
        await client.ReplaceAsync(uri, Notebook("/Shared/etl/x"));
        var inside = new JsonObject { ["line"] = 4, ["character"] = "    notebookPath: /Shared/etl/".Length };
        var started = Stopwatch.GetTimestamp();
        Assert.True((await client.AskAsync("textDocument/completion", uri, inside))!["isIncomplete"]!.GetValue<bool>());
        await client.ReplaceAsync(uri, Notebook("/Shared/"));
        Assert.Contains("/Shared/load", Labels(await client.AskAsync("textDocument/completion", uri, position)));
        await client.AskAsync("textDocument/hover", uri, position);

        // A request is given up after 30 seconds: all of this was answered while it hung.
        Assert.Contains(workspace.Asked, a => a == "/api/2.0/workspace/list?path=/Shared/etl");
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task What_is_known_survives_the_session_and_the_workspace_but_finds_no_fault()
    {
        var workspace = await TestWorkspace.StartAsync();
        using var folder = new TestFolder((Service, workspace.Service()));
        var uri = folder.UriOf("p.pipeline.yaml");
        await using (var client = await LspClient.StartAsync(folder, Capabilities, Always))
        {
            var position = await client.OpenAsync(uri, Notebook("/Shared/laod|"));
            await client.PublishedAsync(uri, c => c.Contains("PW6021"));
            await CompleteAsync(client, uri, position);
        }

        await workspace.DisposeAsync();
        var file = WorkspaceCache.OfUser.FileOf(workspace.Address);
        Assert.StartsWith(CacheFolder.Path, file, StringComparison.Ordinal);
        Assert.DoesNotContain("dbutils", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        await using (var client = await LspClient.StartAsync(folder, Capabilities, Always))
        {
            var position = await client.OpenAsync(uri, Notebook("/Shared/laod|"));
            JsonNode? list;
            do
            {
                list = await client.AskAsync("textDocument/completion", uri, position);
            }
            while (!Labels(list).Contains("/Shared/load"));

            await client.WaitAsync("window/logMessage", p => ((string)p["message"]!).StartsWith("What 127.0.0.1", StringComparison.Ordinal));
            await client.ReplaceAsync(uri, Notebook("/Shared/laod") + "    baseParameters: { x: }\n");
            Assert.DoesNotContain("PW6021", await client.PublishedAsync(uri, c => c.Contains("PW6011")));
        }
    }

    [Theory]
    [InlineData("""{"live": {"enabled": "never"} }""", false)]
    [InlineData("{}", false)]
    [InlineData("""{"targets": [{"name": "here", "endpoint": "http://127.0.0.1:1"}] }""", true)]
    public async Task It_is_asked_where_the_user_wants_it_only(string options, bool isAsked)
    {
        await using var workspace = await TestWorkspace.StartAsync();
        using var folder = new TestFolder((Service, workspace.Service()));
        await using var client = await LspClient.StartAsync(folder, Capabilities, options);
        var uri = folder.UriOf("p.pipeline.yaml");
        var position = await client.OpenAsync(uri, Job("|"));
        Assert.Equal(isAsked, Labels(await CompleteAsync(client, uri, position)).Contains("42"));
        Assert.Equal(isAsked, !workspace.Asked.IsEmpty);
        var found = (await client.RequestAsync("pipewright/workspaces", new JsonObject { ["uri"] = uri }))!["workspaces"]![0]!;
        Assert.Equal((workspace.Address, isAsked), ((string)found["address"]!, (bool)found["isLookedAt"]!));

        // Asking for it outright does not help against a setting that says never.
        await client.RequestAsync("pipewright/workspaces", new JsonObject { ["uri"] = uri, ["refresh"] = true });
        Assert.Equal(!options.Contains("never", StringComparison.Ordinal), !workspace.Asked.IsEmpty);
    }

    [Fact]
    public async Task The_user_can_have_it_asked_now()
    {
        await using var workspace = await TestWorkspace.StartAsync();
        using var folder = new TestFolder((Service, workspace.Service()));
        await using var client = await LspClient.StartAsync(folder, Capabilities);
        var uri = folder.UriOf("p.pipeline.yaml");
        await client.OpenAsync(uri, Job("'42'"));
        var found = (await client.RequestAsync("pipewright/workspaces", new JsonObject { ["uri"] = uri, ["refresh"] = true }))!["workspaces"]!.AsArray().Single()!;
        Assert.Equal("Bricks", (string)found["linkedServices"]![0]!);
        Assert.Equal(["folder / 1", "job 42 "], found["parts"]!.AsArray().Select(p => $"{p!["kind"]} {p["key"]} {p["count"]}"));
        Assert.Null(found["problem"]);

        workspace.Refuses = 401;
        found = (await client.RequestAsync("pipewright/workspaces", new JsonObject { ["uri"] = uri, ["refresh"] = true }))!["workspaces"]!.AsArray().Single()!;
        Assert.Contains("Not you.", (string)found["problem"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workspace_that_refuses_is_told_of_once_and_left_alone_for_a_while()
    {
        await using var workspace = await TestWorkspace.StartAsync();
        workspace.Refuses = 401;
        using var folder = new TestFolder((Service, workspace.Service()));
        await using var client = await LspClient.StartAsync(folder, Capabilities, Always);
        var uri = folder.UriOf("p.pipeline.yaml");
        var position = await client.OpenAsync(uri, Job("|'42'"));
        bool IsTold(JsonNode p) => ((string)p["message"]!).Contains("is not known now", StringComparison.Ordinal);
        await client.WaitAsync("window/logMessage", IsTold);
        foreach (var text in new[] { "/Shared/a", "/Shared/b", "/Other/c" })
        {
            await client.ReplaceAsync(uri, Notebook(text));
            await client.AskAsync("textDocument/completion", uri, position);
            await client.PublishedAsync(uri);
        }

        Assert.Single(client.Received, m => (string?)m["method"] == "window/logMessage" && IsTold(m["params"]!));
        Assert.InRange(workspace.Asked.Count, 1, 8);
        Assert.DoesNotContain(client.Received, m => (string?)m["method"] == "window/showMessage");
    }

    [Fact]
    public async Task A_token_goes_to_workspaces_of_Azure_and_to_nobody_else()
    {
        var azure = new ScriptedAzure(_ => ScriptedAzure.Answer(200, """{"objects":[{"path":"/Shared/far","object_type":"NOTEBOOK","language":"PYTHON"}]}"""));
        using var folder = new TestFolder(
            ("Bricks.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-77.7.azuredatabricks.net\n"), ("Other.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-1.azuredatabricks.net.example.org\n"));
        await using var client = LspClient.Connect(azure.Transport);
        var scopes = new List<string>();
        client.Answers["pipewright/getToken"] = p =>
        {
            scopes.Add($"{p["scopes"]![0]} {p["interactive"]}");
            return new JsonObject { ["token"] = "the-token-of-the-user" };
        };
        await client.InitializeAsync([folder.Uri], Capabilities, """{"live": {"enabled": "always"}, "tokens": true}""");
        var uri = folder.UriOf("p.pipeline.yaml");
        var position = await client.OpenAsync(uri, Notebook("/Shared/|"));
        Assert.Contains("/Shared/far", Labels(await CompleteAsync(client, uri, position)));
        await client.ReplaceAsync(uri, Notebook("/Shared/").Replace("Bricks", "Other", StringComparison.Ordinal));
        Assert.DoesNotContain("/Shared/far", Labels(await CompleteAsync(client, uri, position)));

        Assert.All(azure.Seen, s => Assert.Equal(("adb-77.7.azuredatabricks.net", "Bearer the-token-of-the-user"), (s.Address.Host, s.Token)));
        Assert.Equal("2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default false", Assert.Single(scopes.Distinct()));
        var other = (await client.RequestAsync("pipewright/workspaces", new JsonObject { ["uri"] = uri }))!["workspaces"]!.AsArray().Single(w => (string)w!["linkedServices"]![0]! == "Other")!;
        Assert.Contains("no workspace of Azure Databricks", (string)other["problem"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("the-token", await File.ReadAllTextAsync(WorkspaceCache.OfUser.FileOf("https://adb-77.7.azuredatabricks.net")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"workspace":99}""")]
    [InlineData("""{"workspace":1,"domain":"https://another","parts":[]}""")]
    [InlineData("""{"workspace":1,"domain":"http://localhost:1","parts":[{"kind":"Nothing","key":""}]}""")]
    [InlineData("""{"workspace":1,"domain":"http://localhost:1","parts":[{"kind":"Folder","key":"/"}]}""")]
    public void A_cache_that_is_damaged_is_as_good_as_none(string content)
    {
        using var folder = new TestFolder();
        var cache = new WorkspaceCache(new CacheFiles(folder.Path));
        var live = new[]
        {
            (WorkspacePart.Folder("/Shared"), (WorkspaceContent)new FolderContent([new WorkspaceItem("/Shared/a", WorkspaceItemKind.Notebook, NotebookLanguage.Sql), new WorkspaceItem("/Shared/b", WorkspaceItemKind.Folder)])),
            (WorkspacePart.Folder("/Gone"), FolderContent.Missing),
            (WorkspacePart.Job("42"), new JobContent(new JobDefinition("42", "Load", [new("day", null), new("mode", "x")], ["t"]))),
            (WorkspacePart.Job("43"), new JobContent(null)),
            (new WorkspacePart(WorkspacePartKind.Jobs), new ListContent([new WorkspaceJob("42", "Load")])),
            (new WorkspacePart(WorkspacePartKind.Clusters), new ListContent([new WorkspaceCluster("c", "C", "RUNNING", "15.4.x", "D4", "UI"), new WorkspaceCluster("d", "D", null, null, null, null)])),
            (new WorkspacePart(WorkspacePartKind.Policies), new ListContent([new WorkspacePolicy("p", "P")])),
            (new WorkspacePart(WorkspacePartKind.Pools), new ListContent([new WorkspacePool("q", "Q", null)])),
            (new WorkspacePart(WorkspacePartKind.NodeTypes), new ListContent([new WorkspaceNodeType("n", "n", 0.5, 1024, "General", true), new WorkspaceNodeType("m", "m", null, null, null, false)])),
            (new WorkspacePart(WorkspacePartKind.Runtimes), new ListContent([new WorkspaceRuntime("15.4.x", "15.4 LTS")])),
        }.Aggregate(new LiveWorkspace("http://localhost:1"), (w, p) => w.With(p.Item1, new KnownPart(p.Item2, DateTimeOffset.UnixEpoch)));
        cache.Write(live);
        var read = cache.Read(live.Domain)!;
        Assert.Equal(live.Parts.Keys.Order(Comparer<WorkspacePart>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))), read.Parts.Keys.Order(Comparer<WorkspacePart>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))));
        Assert.All(read.Parts, p => Assert.True(p.Value.IsFromDisk && p.Value.Sure is null && p.Value.Content!.IsSameAs(live.Find(p.Key)!.Content!), p.Key.ToString()));
        Assert.Single(Directory.GetFiles(folder.Path));
        File.WriteAllText(cache.FileOf(live.Domain), content);
        Assert.Null(cache.Read(live.Domain));
        cache.Write(live);
        File.WriteAllText(cache.FileOf(live.Domain), File.ReadAllText(cache.FileOf(live.Domain))[..^20]);
        Assert.Null(cache.Read(live.Domain));
    }
}
