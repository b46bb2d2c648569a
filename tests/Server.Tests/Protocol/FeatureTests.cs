using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>What the server answers, and that a client gets nothing that it did not announce. What is proposed and said is tested in Core.</summary>
public sealed class FeatureTests
{
    private const string Uri = "file:///somewhere/orders.pipeline.yaml";
    private const string Snippets = """{"textDocument": {"completion": {"completionItem": {"snippetSupport": true, "insertTextModeSupport": {"valueSet": [1, 2]} } } } }""";

    [Theory]
    [InlineData("{}", false)]
    [InlineData(Snippets, true)]
    public async Task Snippets_are_for_clients_that_know_them(string capabilities, bool isSnippet)
    {
        await using var client = await LspClient.StartAsync(capabilities: capabilities);
        var item = await FindItemAsync(client, "activities:\n  - name: A\n    type: Noteb|\n", "DatabricksNotebook");
        var text = item["textEdit"]!["newText"]!.GetValue<string>();
        Assert.Contains("notebookPath:", text, StringComparison.Ordinal);
        Assert.Equal(isSnippet, text.Contains('$', StringComparison.Ordinal));
        Assert.Equal(isSnippet ? 2 : 1, item["insertTextFormat"]!.GetValue<int>());
        Assert.Equal(isSnippet ? 1 : null, item["insertTextMode"]?.GetValue<int>());
    }

    [Theory]
    [InlineData("type: Wait\nwaitTimeInSeconds: ${1:1}$0", "type: Wait\nwaitTimeInSeconds: 1")]
    [InlineData("${1|Succeeded,Failed|}, $2", "Succeeded, ")]
    [InlineData("${1|a\\,b\\|c,d|}!", "a,b|c!")]
    [InlineData("${1:outer ${2:inner} end}", "outer inner end")]
    [InlineData("costs \\$5 \\} \\\\", "costs $5 } \\")]
    [InlineData("a ${1} b $12c", "a  b c")]
    [InlineData("$ {x} $x $", "$ {x} $x $")]
    [InlineData("\"${1:@\\{x\\}}\"", "\"@{x}\"")]
    [InlineData("${1:unclosed", "unclosed")]
    public void A_snippet_has_a_plain_text(string snippet, string text) => Assert.Equal(text, LanguageServer.Handlers.SnippetText.ToPlain(snippet));

    [Fact]
    public async Task Completion_in_a_file_that_is_not_ours_is_nothing()
    {
        await using var client = await LspClient.StartAsync();
        await client.OpenAsync("file:///somewhere/notes.yaml", "a: ");
        Assert.Null(await client.AskAsync("textDocument/completion", "file:///somewhere/notes.yaml", new JsonObject { ["line"] = 0, ["character"] = 3 }));
    }

    [Theory]
    [InlineData("{}", "plaintext")]
    [InlineData("""{"textDocument": {"hover": {"contentFormat": ["markdown", "plaintext"]} } }""", "markdown")]
    [InlineData("""{"textDocument": {"hover": {"contentFormat": ["plaintext"]} } }""", "plaintext")]
    public async Task Hovers_are_in_the_format_that_the_client_takes(string capabilities, string format)
    {
        await using var client = await LspClient.StartAsync(capabilities: capabilities);
        var position = await client.OpenAsync(Uri, "activities:\n  - name: A\n    type: Wait\n    wait|TimeInSeconds: 1\n");
        var hover = await client.AskAsync("textDocument/hover", Uri, position);
        Assert.Equal(format, hover!["contents"]!["kind"]!.GetValue<string>());
        Assert.Contains("waitTimeInSeconds", hover["contents"]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(format == "markdown", hover["contents"]!["value"]!.GetValue<string>().Contains("**", StringComparison.Ordinal));
        Assert.Equal(3, hover["range"]!["start"]!["line"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true} } }""", true)]
    public async Task The_outline_is_a_tree_or_a_list(string capabilities, bool isTree)
    {
        await using var client = await LspClient.StartAsync(capabilities: capabilities);
        await client.OpenAsync(Uri, "activities:\n  - name: A\n    type: Wait\n  - name: B\n    type: Wait\n");
        var symbols = (await client.RequestAsync("textDocument/documentSymbol", LspClient.At(Uri)))!.AsArray();
        Assert.Equal(isTree ? 1 : 3, symbols.Count);
        Assert.Equal(isTree, symbols[0]!["children"] is not null);
        Assert.Equal(!isTree, symbols[0]!["location"] is not null);
        Assert.Equal(isTree ? null : "orders", symbols[^1]!["containerName"]?.GetValue<string>());
    }

    [Theory]
    [InlineData("", """{"codeActionLiteralSupport": {} }""", "{}", "Change to 'Copy'", "changes")]
    [InlineData("", """{"codeActionLiteralSupport": {}, "isPreferredSupport": true}""", """{"documentChanges": true}""", "Change to 'Copy'", "documentChanges")]
    [InlineData("\"quickfix\"", """{"codeActionLiteralSupport": {} }""", "{}", "Change to 'Copy'", "changes")]
    [InlineData("\"refactor\"", """{"codeActionLiteralSupport": {} }""", "{}", null, null)]
    [InlineData("", "{}", "{}", null, null)]
    public async Task Fixes_are_offered_where_they_are_asked_for(string only, string capability, string edit, string? title, string? form)
    {
        await using var client = await LspClient.StartAsync(capabilities: $$"""{"textDocument": {"codeAction": {{capability}} }, "workspace": {"workspaceEdit": {{edit}} } }""");
        var position = await client.OpenAsync(Uri, "activities:\n  - { name: Copy, type: Wait, waitTimeInSeconds: 1 }\n  - { name: B, type: Wait, waitTimeInSeconds: 1, dependsOn: [Co|py1] }\n");
        var parameters = LspClient.At(Uri);
        parameters["range"] = new JsonObject { ["start"] = position.DeepClone(), ["end"] = position.DeepClone() };
        parameters["context"] = JsonNode.Parse($$"""{"diagnostics": [], "only": [{{only}}]}""");
        var actions = await client.RequestAsync("textDocument/codeAction", parameters);
        if (title is null)
        {
            Assert.DoesNotContain(actions?.AsArray() ?? [], a => a!["kind"]!.GetValue<string>() == "quickfix");
            return;
        }

        var action = actions!.AsArray().Single(a => a!["title"]!.GetValue<string>() == title)!;
        Assert.Equal("quickfix", action["kind"]!.GetValue<string>());
        Assert.Equal("PW4101", action["diagnostics"]![0]!["code"]!.GetValue<string>());
        Assert.Equal(form == "documentChanges", action["isPreferred"] is not null);
        var edits = form == "changes" ? action["edit"]!["changes"]![Uri]! : action["edit"]!["documentChanges"]![0]!["edits"]!;
        Assert.Equal("Copy", edits[0]!["newText"]!.GetValue<string>());
        Assert.Equal(form == "documentChanges" ? 1 : null, action["edit"]!["documentChanges"]?[0]!["textDocument"]!["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_client_that_announces_nothing_is_asked_for_nothing()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "activities: []\n"));
        await using var client = await LspClient.StartAsync(folder);
        await client.RequestAsync("pipewright/validateFactory", null);
        Assert.DoesNotContain(client.Received, m => m["id"] is not null || m["method"]!.GetValue<string>() is "$/progress" or "$/logTrace");
    }

    [Fact]
    public async Task What_a_client_announces_is_used()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "activities: []\n"));
        await using var client = await LspClient.StartAsync(folder, """
            {"window": {"workDoneProgress": true}, "workspace": {"configuration": true, "didChangeWatchedFiles": {"dynamicRegistration": true} } }
            """);
        await client.WaitAsync("window/workDoneProgress/create");
        await client.WaitAsync("$/progress", p => p["value"]!["kind"]!.GetValue<string>() == "end");
        await client.WaitAsync("workspace/configuration");
        var registration = await client.WaitAsync("client/registerCapability");
        Assert.Equal("workspace/didChangeWatchedFiles", registration["params"]!["registrations"]![0]!["method"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_client_that_never_answers_holds_nothing_up()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "activities: []\n"));
        await using var client = LspClient.Connect();
        client.Unanswered.UnionWith(["window/workDoneProgress/create", "workspace/configuration", "client/registerCapability"]);
        await client.InitializeAsync([folder.Uri], """
            {"window": {"workDoneProgress": true}, "workspace": {"configuration": true, "didChangeWatchedFiles": {"dynamicRegistration": true} } }
            """);
        Assert.Equal(1, (await client.RequestAsync("pipewright/validateFactory", null))!["files"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_trace_is_sent_while_the_client_wants_one()
    {
        await using var client = await LspClient.StartAsync();
        await client.NotifyAsync("$/setTrace", new JsonObject { ["value"] = "messages" });
        await client.OpenAsync(Uri, "activities: []\n");
        await client.WaitAsync("$/logTrace", p => p["message"]!.GetValue<string>().StartsWith("textDocument/didOpen", StringComparison.Ordinal));
        await client.NotifyAsync("$/setTrace", new JsonObject { ["value"] = "off" });
        client.Forget();
        await client.RequestAsync("textDocument/documentSymbol", LspClient.At(Uri));
        Assert.DoesNotContain(client.Received, m => m["method"]!.GetValue<string>() == "$/logTrace");
    }

    private static async Task<JsonNode> FindItemAsync(LspClient client, string text, string label)
    {
        var position = await client.OpenAsync(Uri, text);
        var list = await client.AskAsync("textDocument/completion", Uri, position);
        return list!["items"]!.AsArray().Single(i => i!["label"]!.GetValue<string>() == label)!;
    }
}
