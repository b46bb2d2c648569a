using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Other names, as clients of all kinds get them.</summary>
public sealed class RenameTests
{
    private const string Everything = """
        {"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]}, "fileOperations": {"willRename": true} },
         "textDocument": {"rename": {"prepareSupport": true} } }
        """;

    private const string Caller = "activities:\n  - { name: A, type: ExecutePipeline, pipeline: Ch|ild }\n";

    [Fact]
    public async Task What_a_client_knows_of_is_announced()
    {
        await using var modern = await LspClient.StartAsync(null, Everything);
        var capabilities = modern.Server["capabilities"]!;
        Assert.True(capabilities["renameProvider"]!["prepareProvider"]!.GetValue<bool>());
        Assert.Equal("file", capabilities["workspace"]!["fileOperations"]!["willRename"]!["filters"]![0]!["pattern"]!["matches"]!.GetValue<string>());
        await using var plain = await LspClient.StartAsync();
        Assert.True(plain.Server["capabilities"]!["renameProvider"]!.GetValue<bool>());
        Assert.Null(plain.Server["capabilities"]!["workspace"]!["fileOperations"]);
    }

    [Fact]
    public async Task The_place_of_a_name_is_told_before_it_is_changed()
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", "activities: []\n"), ("Caller.pipeline.yaml", ""));
        await using var client = await LspClient.StartAsync(folder, Everything);
        await client.RequestAsync("pipewright/validateFactory", null);
        var uri = folder.UriOf("Caller.pipeline.yaml");
        var target = await client.AskAsync("textDocument/prepareRename", uri, await client.OpenAsync(uri, Caller));
        Assert.Equal("Child", target!["placeholder"]!.GetValue<string>());
        Assert.Equal("""{"line":1,"character":48}""", target["range"]!["start"]!.ToJsonString());
        Assert.Null(await client.AskAsync("textDocument/prepareRename", uri, new JsonObject { ["line"] = 0, ["character"] = 3 }));
    }

    [Fact]
    public async Task A_resource_is_renamed_with_its_file()
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", "activities: []\n"), ("Caller.pipeline.yaml", ""), ("other/Second.pipeline.yaml", Caller.Replace("|", "", StringComparison.Ordinal)));
        await using var client = await LspClient.StartAsync(folder, Everything);
        var uri = folder.UriOf("Caller.pipeline.yaml");
        var edit = await RenameAsync(client, uri, Caller, "Heir");
        var changes = edit!["documentChanges"]!.AsArray();
        Assert.Equal(3, changes.Count);
        Assert.Equal([uri, folder.UriOf("other/Second.pipeline.yaml")], changes.Take(2).Select(c => c!["textDocument"]!["uri"]!.GetValue<string>()));
        Assert.Equal(1, changes[0]!["textDocument"]!["version"]!.GetValue<int>());
        Assert.True(changes[1]!["textDocument"]!.AsObject().TryGetPropertyValue("version", out var version) && version is null);
        Assert.Equal("Heir", changes[0]!["edits"]![0]!["newText"]!.GetValue<string>());
        Assert.Equal("rename", changes[2]!["kind"]!.GetValue<string>());
        Assert.Equal((folder.UriOf("Child.pipeline.yaml"), folder.UriOf("Heir.pipeline.yaml")), (changes[2]!["oldUri"]!.GetValue<string>(), changes[2]!["newUri"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Where_the_client_cannot_rename_files_the_text_says_the_name()
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", "activities: []\n"), ("Caller.pipeline.yaml", ""));
        await using var client = await LspClient.StartAsync(folder);
        var uri = folder.UriOf("Caller.pipeline.yaml");
        var edit = await RenameAsync(client, uri, Caller, "Heir");
        Assert.Null(edit!["documentChanges"]);
        Assert.Equal("name: Heir\n", edit["changes"]![folder.UriOf("Child.pipeline.yaml")]![0]!["newText"]!.GetValue<string>());
        Assert.Equal("Heir", edit["changes"]![uri]![0]!["newText"]!.GetValue<string>());
        var message = await client.WaitAsync("window/showMessage");
        Assert.Contains("Rename 'Child.pipeline.yaml' to 'Heir.pipeline.yaml'.", message["params"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b", "the service refuses names")]
    [InlineData("Caller", "There is a pipeline 'Caller' already")]
    public async Task A_name_that_cannot_be_is_refused_with_the_reason(string newName, string expected)
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", "activities: []\n"), ("Caller.pipeline.yaml", ""));
        await using var client = await LspClient.StartAsync(folder, Everything);
        var error = await Assert.ThrowsAsync<LspErrorException>(() => RenameAsync(client, folder.UriOf("Caller.pipeline.yaml"), Caller, newName));
        Assert.Equal(-32803, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipeline/Child.json", "pipeline/Heir.json", "{ \"name\": \"Child\", \"properties\": { \"activities\": [] } }", 2)]
    [InlineData("Child.pipeline.yaml", "Heir.pipeline.yaml", "activities: []\n", 1)]
    [InlineData("Child.pipeline.yaml", "Heir.pipeline.yaml", "name: Child\nactivities: []\n", 2)]
    [InlineData("Child.pipeline.yaml", "deep/Child.pipeline.yaml", "activities: []\n", 0)]
    [InlineData("Child.pipeline.yaml", "Child.dataset.yaml", "activities: []\n", 0)]
    [InlineData("Other.pipeline.yaml", "Heir.pipeline.yaml", "name: Child\nactivities: []\n", 0)]
    public async Task A_file_takes_the_names_of_its_resource_along(string old, string renamed, string text, int edits)
    {
        using var folder = new TestFolder((old, text), ("Caller.pipeline.yaml", Caller.Replace("|", "", StringComparison.Ordinal)));
        await using var client = await LspClient.StartAsync(folder, Everything);
        var files = new JsonArray(new JsonObject { ["oldUri"] = folder.UriOf(old), ["newUri"] = folder.UriOf(renamed) });
        var edit = await client.RequestAsync("workspace/willRenameFiles", new JsonObject { ["files"] = files });
        Assert.Equal(edits, edit?["documentChanges"]!.AsArray().Count ?? 0);
        Assert.All(edit?["documentChanges"]?.AsArray() ?? [], c => Assert.Equal("Heir", c!["edits"]![0]!["newText"]!.GetValue<string>().Trim('"')));
    }

    private static async Task<JsonNode?> RenameAsync(LspClient client, string uri, string text, string newName)
    {
        var position = await client.OpenAsync(uri, text);
        var parameters = LspClient.At(uri);
        parameters["position"] = position;
        parameters["newName"] = newName;
        return await client.RequestAsync("textDocument/rename", parameters);
    }
}
