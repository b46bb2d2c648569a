using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>What an editor can ask about the file of a notebook, and how it comes to know that it can.</summary>
public sealed class NotebookTests
{
    private const string Load = "# Databricks notebook source\ndbutils.widgets.text(\"day\", \"\")\nday = dbutils.widgets.get(\"day\")\n";
    private const string Caller = "activities:\n  - name: A\n    type: DatabricksNotebook\n    linkedServiceName: W\n    notebookPath: /Shared/load\n    baseParameters: { day: x }\n";
    private const string Settings = "notebooks: [{ folder: notebooks, workspacePath: /Shared }]\n";

    private const string Capabilities = """
        { "workspace": { "workspaceEdit": { "documentChanges": true }, "codeLens": { "refreshSupport": true } },
          "textDocument": { "synchronization": { "dynamicRegistration": true }, "references": { "dynamicRegistration": true }, "codeLens": { "dynamicRegistration": true },
            "definition": { "dynamicRegistration": true, "linkSupport": true }, "rename": { "dynamicRegistration": true, "prepareSupport": true } } }
        """;

    [Fact]
    public async Task A_client_is_asked_for_notebooks_and_for_no_other_files_of_their_languages()
    {
        using var folder = Folder();
        await using var client = await LspClient.StartAsync(folder, Capabilities);
        var asked = await client.WaitAsync("client/registerCapability", p => p["registrations"]!.AsArray().Any(r => r!["method"]!.GetValue<string>() == "textDocument/didOpen"));
        var registrations = asked["params"]!["registrations"]!.AsArray();
        Assert.Equal(
            ["textDocument/codeLens", "textDocument/definition", "textDocument/didChange", "textDocument/didClose", "textDocument/didOpen", "textDocument/references", "textDocument/rename"],
            registrations.Select(r => r!["method"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        var filter = Assert.Single(registrations[0]!["registerOptions"]!["documentSelector"]!.AsArray())!;
        Assert.Equal(("file", true, true), (filter["scheme"]!.GetValue<string>(), filter["pattern"]!.GetValue<string>().Contains("/notebooks/**/*.{py,", StringComparison.Ordinal),
            filter["pattern"]!.GetValue<string>().StartsWith(folder.Path.Replace('\\', '/'), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task When_the_folders_are_others_what_was_asked_before_is_taken_back()
    {
        using var folder = Folder();
        await using var client = await LspClient.StartAsync(folder, Capabilities);
        await client.WaitAsync("client/registerCapability");
        folder.Write("notes/a.py", Load);
        folder.Write("pipewright.yaml", "notebooks: [{ folder: notes, workspacePath: /Shared }]\n");
        await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = folder.UriOf("pipewright.yaml"), ["type"] = 2 }) });
        var back = await client.WaitAsync("client/unregisterCapability");
        Assert.Equal(7, back["params"]!["unregisterations"]!.AsArray().Count);
        await client.WaitAsync("client/registerCapability", p => p.ToJsonString().Contains("/notes/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_notebook_that_is_open_tells_who_calls_it()
    {
        using var folder = Folder();
        await using var client = await LspClient.StartAsync(folder, Capabilities, """{ "commands": ["pipewright.showReferences"] }""");
        var at = await client.OpenAsync(folder.UriOf("notebooks/load.py"), Load.Replace("get(\"", "get(\"|", StringComparison.Ordinal));
        await client.RequestAsync("pipewright/validateFactory", new JsonObject());
        var lens = Assert.Single((await client.RequestAsync("textDocument/codeLens", Document(folder)))!.AsArray())!;
        Assert.Equal("1 activity calls this", lens["command"]!["title"]!.GetValue<string>());
        var places = (await client.RequestAsync("textDocument/references", At(folder, at)))!.AsArray().Select(p => (p!["uri"]!.GetValue<string>(), p["range"]!["start"]!["line"]!.GetValue<int>()));
        Assert.Equal([(folder.UriOf("notebooks/load.py"), 1), (folder.UriOf("notebooks/load.py"), 2), (folder.UriOf("a.pipeline.yaml"), 5)], places);
        Assert.Equal(1, (await client.RequestAsync("textDocument/definition", At(folder, at)))![0]!["range"]!["start"]!["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_widget_is_renamed_in_the_notebook_and_in_all_pipelines()
    {
        using var folder = Folder();
        await using var client = await LspClient.StartAsync(folder, Capabilities);
        var at = await client.OpenAsync(folder.UriOf("notebooks/load.py"), Load.Replace("text(\"", "text(\"|", StringComparison.Ordinal));
        await client.RequestAsync("pipewright/validateFactory", new JsonObject());
        Assert.Equal("day", (await client.RequestAsync("textDocument/prepareRename", At(folder, at)))!["placeholder"]!.GetValue<string>());
        var renaming = At(folder, at);
        renaming["newName"] = "run_date";
        var edit = (await client.RequestAsync("textDocument/rename", renaming))!["documentChanges"]!.AsArray();
        Assert.Equal([(folder.UriOf("notebooks/load.py"), 2), (folder.UriOf("a.pipeline.yaml"), 1)], edit.Select(e => (e!["textDocument"]!["uri"]!.GetValue<string>(), e["edits"]!.AsArray().Count)));
        renaming["newName"] = "run date";
        Assert.Contains("letters, digits", (await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("textDocument/rename", renaming))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("textDocument/references")]
    [InlineData("textDocument/definition")]
    [InlineData("textDocument/prepareRename")]
    [InlineData("textDocument/codeLens")]
    [InlineData("textDocument/hover")]
    [InlineData("textDocument/completion")]
    public async Task Of_another_file_of_the_language_nothing_is_said(string method)
    {
        using var folder = Folder();
        await using var client = await LspClient.StartAsync(folder, Capabilities);
        var uri = folder.UriOf("tools/load.py");
        var at = await client.OpenAsync(uri, Load);
        await client.RequestAsync("pipewright/validateFactory", new JsonObject());
        var reply = await client.RequestAsync(method, new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["position"] = at });
        Assert.True(reply is null or JsonArray { Count: 0 } || reply["items"] is JsonArray { Count: 0 }, reply?.ToJsonString());
    }

    /// <summary>What is typed counts, saved or not; what is changed on disk is told by the client.</summary>
    [Fact]
    public async Task A_pipeline_is_checked_again_when_its_notebook_changes()
    {
        using var folder = Folder();
        await using var client = await LspClient.StartAsync(folder, Capabilities);
        await client.OpenAsync(folder.UriOf("a.pipeline.yaml"), Caller);
        await FindingsAsync(client, folder, found => !found.Contains("PW60", StringComparison.Ordinal));
        var load = folder.UriOf("notebooks/load.py");
        await client.OpenAsync(load, Load.Replace("day", "month", StringComparison.Ordinal));
        await FindingsAsync(client, folder, found => found.Contains("PW60", StringComparison.Ordinal));
        await client.NotifyAsync("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = load } });
        await FindingsAsync(client, folder, found => !found.Contains("PW60", StringComparison.Ordinal));
        folder.Write("notebooks/load.py", Load.Replace("day", "month", StringComparison.Ordinal));
        await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = load, ["type"] = 2 }) });
        await FindingsAsync(client, folder, found => found.Contains("PW60", StringComparison.Ordinal));
    }

    /// <summary>Waits for findings of the pipeline, and forgets them then.</summary>
    private static async Task FindingsAsync(LspClient client, TestFolder folder, Func<string, bool> isWanted)
    {
        var uri = folder.UriOf("a.pipeline.yaml");
        await client.WaitAsync("textDocument/publishDiagnostics", p => p["uri"]!.GetValue<string>() == uri && isWanted(p["diagnostics"]!.ToJsonString()));
        client.Forget();
    }

    private static TestFolder Folder() => new(("pipewright.yaml", Settings), ("a.pipeline.yaml", Caller), ("notebooks/load.py", Load), ("tools/load.py", Load));

    private static JsonObject Document(TestFolder folder) => new() { ["textDocument"] = new JsonObject { ["uri"] = folder.UriOf("notebooks/load.py") } };

    private static JsonObject At(TestFolder folder, JsonObject position)
    {
        var place = Document(folder);
        place["position"] = position.DeepClone();
        place["context"] = new JsonObject { ["includeDeclaration"] = true };
        return place;
    }
}
