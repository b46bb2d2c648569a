using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Ways through the files, as clients of all kinds get them. Which there are is tested in Core.</summary>
public sealed class NavigationTests
{
    private const string Caller = "activities:\n  - { name: A, type: ExecutePipeline, pipeline: Ch|ild }\n";
    private const string Child = "# who\nname: Child\nactivities: []\n";

    [Fact]
    public async Task What_the_server_can_do_is_announced()
    {
        await using var client = await LspClient.StartAsync();
        var capabilities = client.Server["capabilities"]!;
        Assert.All(
            ["definition", "declaration", "typeDefinition", "references", "documentHighlight", "callHierarchy", "selectionRange", "foldingRange", "workspaceSymbol"],
            (string p) => Assert.True(capabilities[p + "Provider"]!.GetValue<bool>()));
        Assert.True(capabilities["documentLinkProvider"]!["resolveProvider"]!.GetValue<bool>());
        await using var modern = await LspClient.StartAsync(null, """{"workspace": {"symbol": {"resolveSupport": {"properties": ["location.range"]} } } }""");
        Assert.True(modern.Server["capabilities"]!["workspaceSymbolProvider"]!["resolveProvider"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("definition", "{}", false)]
    [InlineData("definition", """{"textDocument": {"definition": {"linkSupport": true} } }""", true)]
    [InlineData("declaration", """{"textDocument": {"definition": {"linkSupport": true} } }""", false)]
    [InlineData("declaration", """{"textDocument": {"declaration": {"linkSupport": true} } }""", true)]
    public async Task Links_are_for_clients_that_know_them(string method, string capabilities, bool isLink)
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", Child), ("Caller.pipeline.yaml", ""));
        await using var client = await LspClient.StartAsync(folder, capabilities);
        var uri = folder.UriOf("Caller.pipeline.yaml");
        var found = (await client.AskAsync("textDocument/" + method, uri, await client.OpenAsync(uri, Caller)))!.AsArray().Single()!;
        Assert.Equal(folder.UriOf("Child.pipeline.yaml"), found[isLink ? "targetUri" : "uri"]!.GetValue<string>());
        Assert.Equal("""{"start":{"line":1,"character":6},"end":{"line":1,"character":11}}""", found[isLink ? "targetSelectionRange" : "range"]!.ToJsonString());
        Assert.Equal(isLink ? """{"start":{"line":1,"character":0},"end":{"line":2,"character":14}}""" : null, found["targetRange"]?.ToJsonString());
        Assert.Equal(isLink ? """{"start":{"line":1,"character":48},"end":{"line":1,"character":53}}""" : null, found["originSelectionRange"]?.ToJsonString());
    }

    [Fact]
    public async Task Positions_are_counted_as_agreed()
    {
        await using var client = await LspClient.StartAsync(null, """{"general": {"positionEncodings": ["utf-8"]} }""");
        await client.OpenAsync("file:///somewhere/a.pipeline.yaml", "activities:\n  - { description: ü, name: A, type: Wait }\n  - { name: B, type: Wait, dependsOn: [A] }\n");
        var found = await client.AskAsync("textDocument/definition", "file:///somewhere/a.pipeline.yaml", new JsonObject { ["line"] = 2, ["character"] = 39 });
        Assert.Equal("""{"line":1,"character":29}""", found![0]!["range"]!["start"]!.ToJsonString());
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public async Task References_are_found_in_files_that_are_open_and_in_those_that_are_not(bool withDeclaration, int count)
    {
        using var folder = new TestFolder(
            ("Child.pipeline.yaml", Child), ("Caller.pipeline.yaml", "activities: []\n"), ("Other.pipeline.yaml", Caller.Replace("|", "", StringComparison.Ordinal)));
        await using var client = await LspClient.StartAsync(folder);
        var uri = folder.UriOf("Caller.pipeline.yaml");
        var parameters = LspClient.At(uri);
        parameters["position"] = await client.OpenAsync(uri, Caller);
        parameters["context"] = new JsonObject { ["includeDeclaration"] = withDeclaration };
        var found = (await client.RequestAsync("textDocument/references", parameters))!.AsArray();
        Assert.Equal(count, found.Count);
        Assert.Equal(found.Select(f => f!["uri"]!.GetValue<string>()).Order(StringComparer.Ordinal), found.Select(f => f!["uri"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Highlights_tell_reads_from_writes()
    {
        await using var client = await LspClient.StartAsync();
        const string Uri = "file:///somewhere/a.pipeline.yaml";
        var at = await client.OpenAsync(Uri, "variables: { v: String }\nactivities:\n  - { name: A, type: SetVariable, variableName: v, value: \"@variables('|v')\" }\n");
        var found = (await client.AskAsync("textDocument/documentHighlight", Uri, at))!.AsArray();
        Assert.Equal([1, 3, 2], found.Select(h => h!["kind"]!.GetValue<int>()));
        Assert.Null(await client.AskAsync("textDocument/documentHighlight", Uri, new JsonObject { ["line"] = 0, ["character"] = 0 }));
    }

    [Fact]
    public async Task Calls_are_followed_in_both_directions()
    {
        using var folder = new TestFolder(
            ("Child.pipeline.yaml", "activities: [{ name: L, type: ExecutePipeline, pipeline: Lost }]\n"), ("Caller.pipeline.yaml", ""),
            ("trigger/T.json", """{ "name": "T", "properties": { "type": "ScheduleTrigger", "pipelines": [{ "pipelineReference": { "referenceName": "Child", "type": "PipelineReference" } }] } }"""));
        await using var client = await LspClient.StartAsync(folder);
        var uri = folder.UriOf("Caller.pipeline.yaml");
        var item = (await client.AskAsync("textDocument/prepareCallHierarchy", uri, await client.OpenAsync(uri, Caller)))!.AsArray().Single()!;
        Assert.Equal(("Child", folder.UriOf("Child.pipeline.yaml")), (item["name"]!.GetValue<string>(), item["uri"]!.GetValue<string>()));

        var incoming = (await client.RequestAsync("callHierarchy/incomingCalls", new JsonObject { ["item"] = item.DeepClone() }))!.AsArray();
        Assert.Equal(["Caller", "T"], incoming.Select(c => c!["from"]!["name"]!.GetValue<string>()));
        Assert.Equal("""[{"start":{"line":1,"character":48},"end":{"line":1,"character":53}}]""", incoming[0]!["fromRanges"]!.ToJsonString());

        var outgoing = (await client.RequestAsync("callHierarchy/outgoingCalls", new JsonObject { ["item"] = item.DeepClone() }))!.AsArray().Single()!;
        Assert.Contains("no file declares", outgoing["to"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var lost = await client.RequestAsync("callHierarchy/incomingCalls", new JsonObject { ["item"] = outgoing["to"]!.DeepClone() });
        Assert.Equal("Child", lost![0]!["from"]!["name"]!.GetValue<string>());
        Assert.Empty((await client.RequestAsync("callHierarchy/outgoingCalls", new JsonObject { ["item"] = outgoing["to"]!.DeepClone() }))!.AsArray());
    }

    [Theory]
    [InlineData("{}", false, 12)]
    [InlineData("""{"workspace": {"symbol": {"symbolKind": {"valueSet": [1, 24]} } } }""", false, 24)]
    [InlineData("""{"workspace": {"symbol": {"resolveSupport": {"properties": ["location.range"]} } } }""", true, 12)]
    public async Task Names_are_searched_for_in_the_whole_workspace(string capabilities, bool isForLater, int triggerKind)
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", Child), ("trigger/ChildNightly.json", "{\n  \"name\": \"ChildNightly\", \"properties\": { \"type\": \"ScheduleTrigger\" } }"));
        await using var client = await LspClient.StartAsync(folder, capabilities);
        var found = (await client.RequestAsync("workspace/symbol", new JsonObject { ["query"] = "chi" }))!.AsArray();
        Assert.Equal(["Child", "ChildNightly"], found.Select(s => s!["name"]!.GetValue<string>()));
        Assert.Equal(triggerKind, found[1]!["kind"]!.GetValue<int>());
        var symbol = found[0]!;
        Assert.Equal(isForLater, symbol["location"]!["range"] is null);
        symbol = isForLater ? (await client.RequestAsync("workspaceSymbol/resolve", symbol))! : symbol;
        Assert.Equal(folder.UriOf("Child.pipeline.yaml"), symbol["location"]!["uri"]!.GetValue<string>());
        Assert.Equal("""{"line":1,"character":6}""", symbol["location"]!["range"]!["start"]!.ToJsonString());
        Assert.Empty((await client.RequestAsync("workspace/symbol", new JsonObject { ["query"] = "nothing" }))!.AsArray());
    }

    [Fact]
    public async Task The_factory_of_a_target_leads_to_the_portal_of_its_cloud()
    {
        const string settings = "targets:\n  dev: { subscription: s, resourceGroup: g, factory: adf-dev }\n  gov:\n    subscription: s\n    resourceGroup: g\n    factory: adf-gov\n    cloud: usGovernment\n  half: { factory: x }\n";
        using var folder = new TestFolder(("pipewright.yaml", settings));
        await using var client = await LspClient.StartAsync(folder);
        await client.OpenAsync(folder.UriOf("pipewright.yaml"), settings);
        var links = (await client.RequestAsync("textDocument/documentLink", LspClient.At(folder.UriOf("pipewright.yaml"))))!.AsArray();
        Assert.Equal(
            ["https://portal.azure.com/#resource/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/adf-dev", "https://portal.azure.us/#resource/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/adf-gov"],
            links.Select(l => l!["target"]!.GetValue<string>()));
        Assert.Equal((1, 53), (links[0]!["range"]!["start"]!["line"]!.GetValue<int>(), links[0]!["range"]!["start"]!["character"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"textDocument": {"documentLink": {"tooltipSupport": true} } }""", "pipeline Child")]
    public async Task A_link_leads_to_where_the_file_is_now(string capabilities, string? tooltip)
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", Child), ("Caller.pipeline.yaml", ""));
        await using var client = await LspClient.StartAsync(folder, capabilities);
        var uri = folder.UriOf("Caller.pipeline.yaml");
        await client.OpenAsync(uri, Caller);
        var links = (await client.RequestAsync("textDocument/documentLink", LspClient.At(uri)))!.AsArray();
        Assert.Equal(["https://learn.microsoft.com/azure/data-factory/control-flow-execute-pipeline-activity", folder.UriOf("Child.pipeline.yaml")], links.Select(l => l!["target"]!.GetValue<string>()));
        Assert.Equal(tooltip, links[1]!["tooltip"]?.GetValue<string>());

        await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject
        {
            ["changes"] = new JsonArray(new JsonObject { ["uri"] = folder.Write("deep/Child.pipeline.yaml", Child), ["type"] = 1 }, Delete(folder, "Child.pipeline.yaml")),
        });
        var resolved = await client.RequestAsync("documentLink/resolve", links[1]);
        Assert.Equal(folder.UriOf("deep/Child.pipeline.yaml"), resolved!["target"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_selection_grows_from_each_place()
    {
        await using var client = await LspClient.StartAsync();
        const string Uri = "file:///somewhere/a.pipeline.yaml";
        await client.OpenAsync(Uri, "activities:\n  - { name: A, type: Wait }\n");
        var parameters = LspClient.At(Uri);
        parameters["positions"] = JsonNode.Parse("""[{"line": 1, "character": 12}, {"line": 0, "character": 2}]""");
        var found = (await client.RequestAsync("textDocument/selectionRange", parameters))!.AsArray();
        Assert.Equal(2, found.Count);
        Assert.Equal("""{"start":{"line":1,"character":12},"end":{"line":1,"character":13}}""", found[0]!["range"]!.ToJsonString());
        Assert.Equal("""{"start":{"line":1,"character":6},"end":{"line":1,"character":13}}""", found[0]!["parent"]!["range"]!.ToJsonString());
        Assert.Equal(10, found[1]!["range"]!["end"]!["character"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_selection_in_a_very_deep_text_still_ends_with_all_of_it()
    {
        await using var client = await LspClient.StartAsync();
        const string Uri = "file:///somewhere/a.pipeline.yaml";
        await client.OpenAsync(Uri, $"activities: [{{ name: A, type: Fail, errorCode: '1', message: \"@{string.Concat(Enumerable.Repeat("not(", 200))}true{new string(')', 200)}\" }}]");
        var parameters = LspClient.At(Uri);
        parameters["positions"] = JsonNode.Parse("""[{"line": 0, "character": 862}]""");
        var range = (await client.RequestAsync("textDocument/selectionRange", parameters))![0]!;
        while (range["parent"] is { } parent)
        {
            range = parent;
        }

        Assert.Equal("""{"line":0,"character":0}""", range["range"]!["start"]!.ToJsonString());
    }

    [Theory]
    [InlineData("{}", """[{"startLine":0,"startCharacter":5,"endLine":1,"endCharacter":5,"kind":"comment"},{"startLine":2,"startCharacter":1,"endLine":5,"endCharacter":3}]""", """{"startLine":3,"startCharacter":17,"endLine":4,"endCharacter":17}""")]
    [InlineData("""{"lineFoldingOnly": true, "foldingRangeKind": {"valueSet": ["region"]} }""", """[{"startLine":0,"endLine":1},{"startLine":2,"endLine":5}]""", """{"startLine":3,"endLine":4}""")]
    [InlineData("""{"lineFoldingOnly": true, "rangeLimit": 2}""", """[{"startLine":0,"endLine":1,"kind":"comment"},{"startLine":2,"endLine":5}]""", null)]
    [InlineData("""{"lineFoldingOnly": true, "foldingRange": {"collapsedText": true} }""", """[{"startLine":0,"endLine":1,"kind":"comment"},{"startLine":2,"endLine":5}]""", """{"startLine":3,"endLine":4,"collapsedText":"1 item"}""")]
    public async Task Folds_are_as_the_client_takes_them(string capability, string outer, string? inner)
    {
        using var folder = new TestFolder(("pipeline/a.json", ""));
        await using var client = await LspClient.StartAsync(folder, $$"""{"textDocument": {"foldingRange": {{capability}} } }""");
        await client.OpenAsync(folder.UriOf("pipeline/a.json"), "// on\n// tw\n{\n  \"activities\": [\n    {\"name\": \"A\"}\n  ]\n}\n");
        var found = (await client.RequestAsync("textDocument/foldingRange", LspClient.At(folder.UriOf("pipeline/a.json"))))!.AsArray();
        var expected = JsonNode.Parse(outer)!.AsArray();
        if (inner is not null)
        {
            expected.Add(JsonNode.Parse(inner));
        }

        Assert.Equal(expected.ToJsonString(), found.ToJsonString());
    }

    [Theory]
    [InlineData("""{"textDocument": {"hover": {"contentFormat": ["markdown"]} } }""", "[Documentation of the Wait activity](https://learn.microsoft.com/azure/data-factory/control-flow-wait-activity)")]
    [InlineData("{}", "Documentation of the Wait activity: https://learn.microsoft.com/azure/data-factory/control-flow-wait-activity")]
    public async Task A_link_in_a_hover_can_be_read_by_all(string capabilities, string expected)
    {
        await using var client = await LspClient.StartAsync(null, capabilities);
        const string Uri = "file:///somewhere/a.pipeline.yaml";
        var hover = await client.AskAsync("textDocument/hover", Uri, await client.OpenAsync(Uri, "activities:\n  - { name: A, type: Wa|it }\n"));
        Assert.Contains(expected, hover!["contents"]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("textDocument/definition")]
    [InlineData("textDocument/references")]
    [InlineData("textDocument/prepareCallHierarchy")]
    [InlineData("textDocument/documentLink")]
    [InlineData("textDocument/foldingRange")]
    public async Task A_file_that_is_not_ours_has_nothing(string method)
    {
        await using var client = await LspClient.StartAsync();
        await client.OpenAsync("file:///somewhere/notes.yaml", "a: b\n");
        Assert.Null(await client.AskAsync(method, "file:///somewhere/notes.yaml", new JsonObject { ["line"] = 0, ["character"] = 0 }));
    }

    private static JsonObject Delete(TestFolder folder, string file)
    {
        File.Delete(folder[file]);
        return new JsonObject { ["uri"] = folder.UriOf(file), ["type"] = 3 };
    }
}
