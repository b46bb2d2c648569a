using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Which files make a factory, and how the server follows the disk.</summary>
public sealed class WorkspaceTests
{
    private const string Pulling = """{"textDocument": {"diagnostic": {} } }""";
    private const string Wait = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n";
    private const string GitWait = """{ "name": "called", "properties": { "activities": [ { "name": "A", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 1 } } ] } }""";
    private const string Caller = "activities:\n  - { name: A, type: ExecutePipeline, pipeline: called, waitOnCompletion: true }\n";
    private const string GitCaller =
        """{ "name": "caller", "properties": { "activities": [ { "name": "A", "type": "ExecutePipeline", "typeProperties": { "pipeline": { "referenceName": "called", "type": "PipelineReference" }, "waitOnCompletion": true } } ] } }""";

    [Theory]
    [InlineData("caller.pipeline.yaml", "called.pipeline.yaml", true)]
    [InlineData("a/caller.pipeline.yaml", "b/c/called.pipeline.yml", true)]
    [InlineData("a/caller.pipeline.yaml", "a/pipewright.yaml", "b/called.pipeline.yaml", false)]
    [InlineData("a/caller.pipeline.yaml", "a/pipewright.yaml", "a/b/called.pipeline.yaml", true)]
    [InlineData("adf/pipeline/caller.json", "adf/pipeline/called.json", true)]
    [InlineData("adf/pipeline/caller.json", "other/pipeline/called.json", false)]
    [InlineData("adf/pipeline/caller.json", "adf/pipewright.yaml", "adf/specs/called.pipeline.yaml", true)]
    [InlineData("adf/Pipeline/caller.json", "adf/Pipeline/deep/er/called.json", true)]
    [InlineData("adf/pipeline/caller.json", "node_modules/pipeline/called.json", false)]
    public async Task A_factory_is_what_lies_below_its_root(string caller, string second, object third, bool isFound = true)
    {
        var called = third as string ?? second;
        isFound = third is bool found ? found : isFound;
        using var folder = new TestFolder([.. new[] { caller, second, called }.Distinct().Select(f => (f, TextOf(f)))]);
        await using var client = await LspClient.StartAsync(folder, Pulling);
        await client.OpenAsync(folder.UriOf(caller), TextOf(caller));
        Assert.Equal(isFound ? [] : ["PW4001"], await PullAsync(client, folder.UriOf(caller)));
    }

    [Fact]
    public async Task Two_workspace_folders_do_not_see_each_other()
    {
        using var one = new TestFolder(("caller.pipeline.yaml", Caller));
        using var two = new TestFolder(("called.pipeline.yaml", Wait), ("caller.pipeline.yaml", Caller));
        await using var client = LspClient.Connect();
        await client.InitializeAsync([one.Uri, two.Uri], Pulling);
        await client.OpenAsync(one.UriOf("caller.pipeline.yaml"), Caller);
        await client.OpenAsync(two.UriOf("caller.pipeline.yaml"), Caller);
        Assert.Equal(["PW4001"], await PullAsync(client, one.UriOf("caller.pipeline.yaml")));
        Assert.Empty(await PullAsync(client, two.UriOf("caller.pipeline.yaml")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pipeline")]
    [InlineData("linkedService")]
    public async Task A_factory_is_known_as_a_whole_also_when_less_of_it_is_opened(string? opened)
    {
        using var folder = new TestFolder(
            ("pipeline/caller.json", GitCaller), ("pipeline/called.json", GitWait), ("linkedService/kv.json", """{ "properties": { "type": "AzureKeyVault", "typeProperties": { "baseUrl": "https://x" } } }"""));
        await using var client = LspClient.Connect();
        await client.InitializeAsync(opened is null ? [] : [folder.UriOf(opened)], Pulling);
        await client.OpenAsync(folder.UriOf("pipeline/caller.json"), GitCaller);
        Assert.Empty(await PullAsync(client, folder.UriOf("pipeline/caller.json")));
    }

    [Fact]
    public async Task A_single_folder_with_a_name_of_ours_does_not_make_its_parent_a_factory()
    {
        using var folder = new TestFolder(("pipeline/project/caller.pipeline.yaml", Caller), ("pipeline/other.json", "{}"), ("called.pipeline.yaml", Wait));
        await using var client = LspClient.Connect();
        await client.InitializeAsync([folder.UriOf("pipeline/project")], Pulling);
        await client.OpenAsync(folder.UriOf("pipeline/project/caller.pipeline.yaml"), Caller);
        Assert.Equal(["PW4001"], await PullAsync(client, folder.UriOf("pipeline/project/caller.pipeline.yaml")));
    }

    [Fact]
    public async Task The_editors_text_counts_and_after_closing_that_of_the_disk()
    {
        using var folder = new TestFolder(("caller.pipeline.yaml", Caller), ("called.pipeline.yaml", Wait));
        await using var client = await LspClient.StartAsync(folder, Pulling);
        var (caller, called) = (folder.UriOf("caller.pipeline.yaml"), folder.UriOf("called.pipeline.yaml"));
        await client.OpenAsync(caller, Caller);
        await client.OpenAsync(called, "name: renamed\n" + Wait);
        Assert.Equal(["PW4001"], await PullAsync(client, caller));
        await client.CloseAsync(called);
        Assert.Empty(await PullAsync(client, caller));
    }

    [Fact]
    public async Task Files_that_come_and_go_on_disk_are_followed()
    {
        using var folder = new TestFolder(("caller.pipeline.yaml", Caller));
        await using var client = await LspClient.StartAsync(folder, Pulling);
        var caller = folder.UriOf("caller.pipeline.yaml");
        await client.OpenAsync(caller, Caller);
        Assert.Equal(["PW4001"], await PullAsync(client, caller));

        await ChangeOnDiskAsync(client, folder.Write("sub/called.pipeline.yaml", Wait), 1);
        Assert.Empty(await PullAsync(client, caller));

        // Of a folder that is deleted, some clients name only the folder.
        Directory.Delete(folder["sub"], recursive: true);
        await ChangeOnDiskAsync(client, folder.UriOf("sub"), 3);
        Assert.Equal(["PW4001"], await PullAsync(client, caller));
    }

    /// <summary>A checkout: what is asked afterwards sees all of it, and the client is told once.</summary>
    [Theory]
    [InlineData(500)]
    [InlineData(50)]
    public async Task Many_files_at_once_are_one_step(int count)
    {
        using var folder = new TestFolder(("caller.pipeline.yaml", Caller));
        await using var client = await LspClient.StartAsync(folder, """{"textDocument": {"diagnostic": {} }, "workspace": {"diagnostics": {"refreshSupport": true} } }""");
        var caller = folder.UriOf("caller.pipeline.yaml");
        await client.OpenAsync(caller, Caller);
        Assert.Equal(1, await CountFilesAsync(client));
        Assert.Equal(["PW4001"], await PullAsync(client, caller));
        client.Forget();

        var changes = Enumerable.Range(0, count - 1).Select(i => folder.Write($"sub{i % 7}/p{i}.pipeline.yaml", Wait)).Append(folder.Write("called.pipeline.yaml", Wait)).ToList();
        await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray([.. changes.Select(u => new JsonObject { ["uri"] = u, ["type"] = 1 })]) });
        Assert.Equal(count + 1, await CountFilesAsync(client));
        Assert.Empty(await PullAsync(client, caller));
        await client.WaitAsync("workspace/diagnostic/refresh");
        Assert.Single(client.Received, m => m["method"]?.GetValue<string>() == "workspace/diagnostic/refresh");

        foreach (var change in changes)
        {
            File.Delete(new Uri(change).LocalPath);
        }

        await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray([.. changes.Select(u => new JsonObject { ["uri"] = u, ["type"] = 3 })]) });
        Assert.Equal(1, await CountFilesAsync(client));
    }

    [Fact]
    public async Task Two_factories_in_one_folder_do_not_see_each_other()
    {
        using var folder = new TestFolder(
            ("one/pipewright.yaml", ""), ("one/caller.pipeline.yaml", Caller), ("two/pipeline/caller.json", GitCaller), ("two/pipeline/called.json", GitWait), ("three/pipewright.yaml", "rules: { PW4001: off }\n"), ("three/caller.pipeline.yaml", Caller));
        await using var client = await LspClient.StartAsync(folder, Pulling);
        foreach (var (file, expected) in new (string, string[])[] { ("one/caller.pipeline.yaml", ["PW4001"]), ("two/pipeline/caller.json", []), ("three/caller.pipeline.yaml", []) })
        {
            await client.OpenAsync(folder.UriOf(file), TextOf(file));
            Assert.Equal(expected, await PullAsync(client, folder.UriOf(file)));
        }

        var references = LspClient.At(folder.UriOf("two/pipeline/caller.json"));
        references["position"] = new JsonObject { ["line"] = 0, ["character"] = GitCaller.IndexOf("called", StringComparison.Ordinal) };
        references["context"] = new JsonObject { ["includeDeclaration"] = true };
        Assert.Equal(2, (await client.RequestAsync("textDocument/references", references))!.AsArray().Count);
    }

    [Fact]
    public async Task A_document_without_a_file_is_a_factory_of_its_own()
    {
        using var folder = new TestFolder(("called.pipeline.yaml", Wait));
        await using var client = await LspClient.StartAsync(folder, Pulling);
        const string Uri = "untitled:Untitled-1.pipeline.yaml";
        await client.OpenAsync(Uri, Caller);
        Assert.Equal(["PW4001"], await PullAsync(client, Uri));
        Assert.NotEmpty((await client.RequestAsync("textDocument/documentSymbol", LspClient.At(Uri)))!.AsArray());
        Assert.NotEmpty((await client.AskAsync("textDocument/completion", Uri, new JsonObject { ["line"] = 0, ["character"] = 0 }))!["items"]!.AsArray());
        await client.CloseAsync(Uri);
        Assert.Equal(1, await CountFilesAsync(client));
    }

    /// <summary>A repository that is looked at without a clone: what is open is understood, and nothing else is said to be missing.</summary>
    [Theory]
    [InlineData("vscode-vfs://github/harbour/factory/caller.pipeline.yaml")]
    [InlineData("vscode-vfs://github/harbour/factory/pipeline/caller.json")]
    [InlineData("memfs:/pipeline/caller.json")]
    public async Task A_file_that_only_the_editor_knows_is_understood_by_itself(string uri)
    {
        using var folder = new TestFolder();
        await using var client = await LspClient.StartAsync(folder, Pulling);
        var isGit = uri.EndsWith(".json", StringComparison.Ordinal);
        await client.OpenAsync(uri, isGit ? GitCaller : Caller);
        Assert.Empty(await PullAsync(client, uri));
        Assert.NotEmpty((await client.RequestAsync("textDocument/documentSymbol", LspClient.At(uri)))!.AsArray());
        await client.CloseAsync(uri);
        await client.OpenAsync(uri, (isGit ? GitCaller : Caller).Replace("waitOnCompletion", "waitOnComplation", StringComparison.Ordinal));
        Assert.Contains("PW2001", await PullAsync(client, uri));
        await client.CloseAsync(uri);
        Assert.Equal(0, await CountFilesAsync(client));
    }

    [Fact]
    public async Task Settings_that_appear_make_a_new_root()
    {
        using var folder = new TestFolder(("a/caller.pipeline.yaml", Caller), ("b/called.pipeline.yaml", Wait));
        await using var client = await LspClient.StartAsync(folder, Pulling);
        var caller = folder.UriOf("a/caller.pipeline.yaml");
        await client.OpenAsync(caller, Caller);
        Assert.Empty(await PullAsync(client, caller));
        await ChangeOnDiskAsync(client, folder.Write("a/pipewright.yaml", ""), 1);
        await client.RequestAsync("pipewright/validateFactory", null);
        Assert.Equal(["PW4001"], await PullAsync(client, caller));
    }

    [Fact]
    public async Task Workspace_folders_come_and_go()
    {
        using var one = new TestFolder(("a.pipeline.yaml", Wait));
        using var two = new TestFolder(("b.pipeline.yaml", Wait), ("c.pipeline.yaml", Wait));
        await using var client = await LspClient.StartAsync(one);
        Assert.Equal(1, await CountFilesAsync(client));
        await ChangeFoldersAsync(client, added: [two.Uri], removed: []);
        Assert.Equal(3, await CountFilesAsync(client));
        await ChangeFoldersAsync(client, added: [], removed: [one.Uri]);
        Assert.Equal(2, await CountFilesAsync(client));
    }

    [Theory]
    [InlineData("""{"pattern": "etl/**/*.json", "kind": "pipeline"}""", "etl/deep/orders.json", """{ "name": "orders", "properties": { "activities": 7 } }""", 1)]
    [InlineData("""{"pattern": "etl/**/*.json", "kind": "pipeline"}""", "other/orders.json", """{ "name": "orders", "properties": { "activities": 7 } }""", 0)]
    [InlineData("""{"pattern": "*.{adf,etl}.yaml", "kind": "pipeline"}""", "x/orders.etl.yaml", "activities: 7\n", 1)]
    [InlineData("""{"pattern": "ci/*.pipeline.yaml", "kind": "none"}""", "ci/build.pipeline.yaml", "activities: 7\n", 0)]
    [InlineData("""{"pattern": "ci/*.pipeline.yaml", "kind": "none"}""", "ci/deep/build.pipeline.yaml", "activities: 7\n", 1)]
    [InlineData("""{"pattern": "[unclosed", "kind": "none"}""", "a.pipeline.yaml", "activities: 7\n", 1)]
    [InlineData("""{"pattern": "*", "kind": "noSuchKind"}""", "a.pipeline.yaml", "activities: 7\n", 1)]
    public async Task The_user_says_what_files_hold(string pattern, string file, string text, int findings)
    {
        using var folder = new TestFolder((file, text));
        await using var client = await LspClient.StartAsync(folder, Pulling, $$"""{"filePatterns": [{{pattern}}]}""");
        await client.OpenAsync(folder.UriOf(file), text);
        Assert.Equal(findings, (await PullAsync(client, folder.UriOf(file))).Length);
    }

    [Fact]
    public async Task Patterns_that_change_are_applied_to_what_is_open()
    {
        using var folder = new TestFolder(("etl/orders.json", "{}"));
        await using var client = await LspClient.StartAsync(folder, Pulling);
        var uri = folder.UriOf("etl/orders.json");
        await client.OpenAsync(uri, """{ "name": "orders", "properties": { "activities": 7 } }""");
        Assert.Empty(await PullAsync(client, uri));
        await client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse(
            """{"settings": {"pipewright": {"filePatterns": [{"pattern": "etl/*.json", "kind": "pipeline"}]} } }"""));
        await client.RequestAsync("pipewright/validateFactory", null);
        Assert.Single(await PullAsync(client, uri));

        // An empty object only says that something has changed.
        await client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings": {} }"""));
        await client.RequestAsync("pipewright/validateFactory", null);
        Assert.Single(await PullAsync(client, uri));
    }

    [Fact]
    public async Task A_file_written_in_two_ways_is_one_file()
    {
        using var folder = new TestFolder(("a b.pipeline.yaml", Wait));
        await using var client = await LspClient.StartAsync(folder, Pulling);
        var uri = folder.UriOf("a b.pipeline.yaml");
        await client.OpenAsync(uri, "activities: 7\n");
        Assert.Contains("PW2002", await PullAsync(client, uri.Replace("pipeline", "%70ipeline", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_can_not_be_read_is_logged_and_left_out()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Wait));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "called.pipeline.yaml"), Path.Combine(folder.Path, "nowhere"));
        await using var client = await LspClient.StartAsync(folder);
        Assert.Equal(1, await CountFilesAsync(client));
        await client.WaitAsync("window/logMessage", p => p["message"]!.GetValue<string>().Contains("called.pipeline.yaml", StringComparison.Ordinal));
    }

    private static string TextOf(string file) => (Path.GetExtension(file), file.Contains("caller", StringComparison.Ordinal)) switch
    {
        (".json", true) => GitCaller,
        (".json", false) => GitWait,
        (_, true) => Caller,
        _ => file.EndsWith("pipewright.yaml", StringComparison.Ordinal) ? "" : Wait,
    };

    private static async Task<string[]> PullAsync(LspClient client, string uri) =>
        LspClient.Codes((await client.RequestAsync("textDocument/diagnostic", LspClient.At(uri)))!["items"]);

    private static async Task<int> CountFilesAsync(LspClient client) =>
        (await client.RequestAsync("pipewright/validateFactory", new JsonObject()))!["files"]!.GetValue<int>();

    private static Task ChangeOnDiskAsync(LspClient client, string uri, int type) =>
        client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = uri, ["type"] = type }) });

    private static Task ChangeFoldersAsync(LspClient client, string[] added, string[] removed)
    {
        static JsonArray Folders(string[] uris) => [.. uris.Select(u => new JsonObject { ["uri"] = u, ["name"] = "x" })];
        return client.NotifyAsync("workspace/didChangeWorkspaceFolders", new JsonObject { ["event"] = new JsonObject { ["added"] = Folders(added), ["removed"] = Folders(removed) } });
    }
}
