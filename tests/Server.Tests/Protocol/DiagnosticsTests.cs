using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

public sealed class DiagnosticsTests
{
    private const string Pulling = """{"textDocument": {"diagnostic": {} } }""";
    private const string MissingPipeline = "PW4001";
    private const string MissingDependency = "PW4101";

    private const string Wait = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n";

    [Fact]
    public async Task Findings_are_pushed_with_the_version_and_follow_edits()
    {
        await using var client = await LspClient.StartAsync(capabilities: """{"textDocument": {"publishDiagnostics": {"versionSupport": true} } }""");
        const string Uri = "file:///somewhere/orders.pipeline.yaml";
        await client.OpenAsync(Uri, Wait + "    dependsOn: [");
        Assert.NotEmpty(await client.PublishedAsync(Uri));
        await client.ReplaceAsync(Uri, Wait);
        Assert.Empty(await client.PublishedAsync(Uri));
        await client.ReplaceAsync(Uri, Wait.Replace("1 }", "1, dependsOn: [Gone] }", StringComparison.Ordinal));
        Assert.Equal([MissingDependency], await client.PublishedAsync(Uri));
        var pushed = await client.WaitAsync("textDocument/publishDiagnostics", p => p["diagnostics"]!.AsArray().Count > 0 && p["version"]!.GetValue<int>() == 3);
        var range = pushed["params"]!["diagnostics"]![0]!["range"]!;
        Assert.Equal("""{"start":{"line":1,"character":61},"end":{"line":1,"character":65}}""", range.ToJsonString());
    }

    [Fact]
    public async Task A_closed_document_has_no_findings()
    {
        using var folder = new TestFolder();
        await using var client = await LspClient.StartAsync(folder);
        var uri = folder.UriOf("orders.pipeline.yaml");
        await client.OpenAsync(uri, "activities: [");
        await client.PublishedAsync(uri, codes => codes.Length > 0);
        client.Forget();
        await client.CloseAsync(uri);
        Assert.Empty(await client.PublishedAsync(uri));
    }

    [Fact]
    public async Task A_client_that_pulls_is_not_pushed_to()
    {
        await using var client = await LspClient.StartAsync(capabilities: Pulling);
        const string Uri = "file:///somewhere/orders.pipeline.yaml";
        Assert.NotNull(client.Server["capabilities"]!["diagnosticProvider"]);
        await client.OpenAsync(Uri, "activities: [");
        var first = await client.RequestAsync("textDocument/diagnostic", LspClient.At(Uri));
        Assert.Equal("full", first!["kind"]!.GetValue<string>());
        Assert.NotEmpty(first["items"]!.AsArray());

        var again = LspClient.At(Uri);
        again["previousResultId"] = first["resultId"]!.DeepClone();
        var second = await client.RequestAsync("textDocument/diagnostic", again);
        Assert.Equal("unchanged", second!["kind"]!.GetValue<string>());
        Assert.Null(second["items"]);

        await client.ReplaceAsync(Uri, Wait);
        var third = await client.RequestAsync("textDocument/diagnostic", again);
        Assert.Equal("full", third!["kind"]!.GetValue<string>());
        Assert.Empty(third["items"]!.AsArray());
        Assert.DoesNotContain(client.Received, m => m["method"]!.GetValue<string>() == "textDocument/publishDiagnostics");
    }

    [Fact]
    public async Task A_client_that_is_pushed_to_is_not_offered_to_pull()
    {
        await using var client = await LspClient.StartAsync();
        Assert.Null(client.Server["capabilities"]!["diagnosticProvider"]);
    }

    [Fact]
    public async Task A_document_is_checked_again_when_another_one_changes()
    {
        using var folder = new TestFolder();
        await using var client = await LspClient.StartAsync(folder);
        var (caller, called) = (folder.UriOf("caller.pipeline.yaml"), folder.UriOf("called.pipeline.yaml"));
        await client.OpenAsync(caller, "activities:\n  - { name: A, type: ExecutePipeline, pipeline: called, waitOnCompletion: true }\n");
        Assert.Equal([MissingPipeline], await client.PublishedAsync(caller, codes => codes.Length > 0));
        await client.OpenAsync(called, Wait);
        Assert.Empty(await client.PublishedAsync(caller, codes => codes.Length == 0));
    }

    [Theory]
    [InlineData("release.pipeline.yaml", "stages:\n  - stage: build\n    jobs: []\n")]
    [InlineData("deploy.pipeline.yml", "steps:\n  - script: x\n")]
    [InlineData("pipeline/template.json", """{ "$schema": "https://example.com/x.json", "contentVersion": "1.0.0.0", "resources": [ 7 ] }""")]
    [InlineData("notes.yaml", "a: [\n")]
    [InlineData("settings.json", "{")]
    public async Task What_is_no_resource_has_no_findings(string file, string text)
    {
        using var folder = new TestFolder();
        await using var client = await LspClient.StartAsync(folder, Pulling);
        await client.OpenAsync(folder.UriOf(file), text);
        Assert.Empty((await client.RequestAsync("textDocument/diagnostic", LspClient.At(folder.UriOf(file))))!["items"]!.AsArray());
    }

    [Fact]
    public async Task The_settings_of_a_factory_are_checked_too()
    {
        using var folder = new TestFolder();
        await using var client = await LspClient.StartAsync(folder);
        var uri = folder.UriOf("pipewright.yaml");
        await client.OpenAsync(uri, "targets: {}\ndefaultTraget: dev\n");
        Assert.Equal(["PW9001"], await client.PublishedAsync(uri, codes => codes.Length > 0));
    }

    [Theory]
    [InlineData("untitled:orders.pipeline.yaml", 1)]
    [InlineData("untitled:Untitled-1", 0)]
    [InlineData("vscode-notebook-cell:/x/y.pipeline.yaml#1", 0)]
    [InlineData("git:/x/orders.pipeline.yaml", 1)]
    public async Task A_document_that_is_no_file_is_told_by_its_name(string uri, int findings)
    {
        await using var client = await LspClient.StartAsync(capabilities: Pulling);
        await client.OpenAsync(uri, Wait + "tpye: x\n");
        Assert.Equal(findings, (await client.RequestAsync("textDocument/diagnostic", LspClient.At(uri)))!["items"]!.AsArray().Count);
        await client.CloseAsync(uri);
        Assert.Null(await client.RequestAsync("textDocument/documentSymbol", LspClient.At(uri)));
    }

    [Fact]
    public async Task Tags_and_pages_are_sent_to_clients_that_know_them()
    {
        const string Uri = "file:///somewhere/orders.pipeline.yaml";
        await using var plain = await LspClient.StartAsync();
        await plain.OpenAsync(Uri, "activities: [");
        var message = await plain.WaitAsync("textDocument/publishDiagnostics", p => p["diagnostics"]!.AsArray().Count > 0);
        Assert.All(message["params"]!["diagnostics"]!.AsArray(), d => Assert.False(d!.AsObject().ContainsKey("codeDescription") || d.AsObject().ContainsKey("tags")));
        Assert.False(message["params"]!.AsObject().ContainsKey("version"));

        await using var rich = await LspClient.StartAsync(
            capabilities: """{"textDocument": {"publishDiagnostics": {"codeDescriptionSupport": true, "tagSupport": {"valueSet": [1, 2]} } } }""");
        await rich.OpenAsync(Uri, "activities: [");
        message = await rich.WaitAsync("textDocument/publishDiagnostics", p => p["diagnostics"]!.AsArray().Count > 0);
        Assert.All(message["params"]!["diagnostics"]!.AsArray(), d => Assert.Contains("PW", d!["codeDescription"]!["href"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Validating_the_factory_tells_of_files_that_are_not_open()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "activities:\n  - { name: A, type: ExecutePipeline, pipeline: gone, waitOnCompletion: true }\n"), ("b.pipeline.yaml", Wait));
        await using var client = await LspClient.StartAsync(folder);
        var result = await client.RequestAsync("pipewright/validateFactory", new JsonObject { ["uri"] = folder.UriOf("b.pipeline.yaml") });
        Assert.Equal("""{"errors":0,"warnings":1,"files":2}""", result!.ToJsonString());
        var uri = folder.UriOf("a.pipeline.yaml");
        await client.WaitAsync("textDocument/publishDiagnostics", p => p["uri"]!.GetValue<string>() == uri && p["diagnostics"]!.AsArray().Count == 1);

        // What has been told of is kept current.
        folder.Write("a.pipeline.yaml", Wait);
        await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = uri, ["type"] = 2 }) });
        await client.WaitAsync("textDocument/publishDiagnostics", p => p["uri"]!.GetValue<string>() == uri && p["diagnostics"]!.AsArray().Count == 0);
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"textDocument": {"publishDiagnostics": {"relatedInformation": true} } }""", true)]
    public async Task Other_places_are_told_to_clients_that_show_them(string capabilities, bool isTold)
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "name: x\n" + Wait), ("b.pipeline.yaml", ""));
        await using var client = await LspClient.StartAsync(folder, capabilities);
        var uri = folder.UriOf("b.pipeline.yaml");
        await client.OpenAsync(uri, "name: x\n" + Wait);
        var message = await client.WaitAsync("textDocument/publishDiagnostics", p => p["uri"]!.GetValue<string>() == uri && LspClient.Codes(p["diagnostics"]).Contains("PW4002"));
        var related = message["params"]!["diagnostics"]!.AsArray().Single(d => d!["code"]!.GetValue<string>() == "PW4002")!["relatedInformation"];
        Assert.Equal(isTold, related is not null);
        Assert.Equal(isTold ? folder.UriOf("a.pipeline.yaml") : null, related?[0]!["location"]!["uri"]!.GetValue<string>());
    }

    [Fact]
    public async Task All_files_are_asked_for_at_once_and_answered_when_there_is_news()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Wait + "lost: 1\n"), ("b.pipeline.yaml", Wait));
        await using var client = await LspClient.StartAsync(folder, Pulling);
        Assert.True(client.Server["capabilities"]!["diagnosticProvider"]!["workspaceDiagnostics"]!.GetValue<bool>());
        var (a, b) = (folder.UriOf("a.pipeline.yaml"), folder.UriOf("b.pipeline.yaml"));
        var item = Assert.Single((await client.RequestAsync("workspace/diagnostic", Known()))!["items"]!.AsArray())!;
        Assert.Equal((a, "full", true), (item["uri"]!.GetValue<string>(), item["kind"]!.GetValue<string>(), item.AsObject().ContainsKey("version")));

        var (_, later) = await client.BeginAsync("workspace/diagnostic", Known(item));
        await client.OpenAsync(b, Wait + "lost: 1\n");
        var news = (await later)!["items"]!.AsArray();
        Assert.Equal([(a, "unchanged"), (b, "full")], news.Select(i => (i!["uri"]!.GetValue<string>(), i["kind"]!.GetValue<string>())));
        Assert.Equal(1, news[1]!["version"]!.GetValue<int>());

        File.Delete(folder["a.pipeline.yaml"]);
        await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = a, ["type"] = 3 }) });
        var gone = (await client.RequestAsync("workspace/diagnostic", Known([.. news.Select(n => n!)])))!["items"]!.AsArray();
        Assert.Empty(gone.Single(i => i!["uri"]!.GetValue<string>() == a)!["items"]!.AsArray());
    }

    [Fact]
    public async Task Who_does_not_want_to_ask_for_all_files_is_not_offered_it()
    {
        await using var client = await LspClient.StartAsync(capabilities: Pulling, options: """{"diagnostics": {"wholeFactory": false} }""");
        Assert.False(client.Server["capabilities"]!["diagnosticProvider"]!["workspaceDiagnostics"]!.GetValue<bool>());
    }

    private static JsonObject Known(params JsonNode[] items) => new()
    {
        ["previousResultIds"] = new JsonArray([.. items.Select(i => new JsonObject { ["uri"] = i["uri"]!.DeepClone(), ["value"] = i["resultId"]!.DeepClone() })]),
    };
}
