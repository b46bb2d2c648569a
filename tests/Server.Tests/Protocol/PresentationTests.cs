using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Hints, lenses, tokens and linked names, as clients of all kinds get them. Which there are is tested in Core.</summary>
public sealed class PresentationTests
{
    private const string Uri = "file:///somewhere/a.pipeline.yaml";
    private const string Child = "name: Child\nparameters: { day: { type: string, defaultValue: x } }\nactivities: []\n";
    private const string Caller = "activities:\n  - { name: A, type: ExecutePipeline, pipeline: Child }\n";

    [Theory]
    [InlineData("{}", "1 activity|(day: 'x')")]
    [InlineData("""{"inlayHints": {"activityCounts": false} }""", "(day: 'x')")]
    [InlineData("""{"inlayHints": {"defaultValues": false, "activityCounts": false} }""", "")]
    public async Task Hints_are_those_of_the_settings(string options, string expected)
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", Child), ("a.pipeline.yaml", Caller));
        await using var client = await LspClient.StartAsync(folder, options: options);
        Assert.True(client.Server["capabilities"]!["inlayHintProvider"]!.GetValue<bool>());
        await client.OpenAsync(folder.UriOf("a.pipeline.yaml"), Caller);
        var hints = (await client.RequestAsync("textDocument/inlayHint", WithRange(folder.UriOf("a.pipeline.yaml"), 9)))!.AsArray();
        Assert.Equal(expected, string.Join('|', hints.Select(h => h!["label"]!.GetValue<string>())));
        Assert.Empty((await client.RequestAsync("textDocument/inlayHint", WithRange(folder.UriOf("a.pipeline.yaml"), 0)))!.AsArray());
    }

    [Theory]
    [InlineData("{}", "Deploy")]
    [InlineData("""{"commands": ["pipewright.showReferences"]}""", "1 use|Deploy")]
    [InlineData("""{"commands": ["pipewright.showReferences"], "codeLens": {"uses": false} }""", "Deploy")]
    [InlineData("""{"commands": ["pipewright.showChanges", "pipewright.run"]}""", "Deploy|Changes|Run")]
    [InlineData("""{"commands": ["pipewright.showGraph"]}""", "Deploy|Graph")]
    [InlineData("""{"commands": ["pipewright.showGraph"], "codeLens": {"graph": false} }""", "Deploy")]
    [InlineData("""{"commands": ["pipewright.showChanges"], "codeLens": {"changes": false} }""", "Deploy")]
    [InlineData("""{"commands": ["pipewright.showReferences"], "codeLens": {"deploy": false} }""", "1 use")]
    public async Task A_lens_has_a_command_that_can_be_run(string options, string expected)
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", Child), ("a.pipeline.yaml", Caller));
        await using var client = await LspClient.StartAsync(folder, options: options);
        var uri = folder.UriOf("Child.pipeline.yaml");
        await client.OpenAsync(uri, Child);
        var titles = new List<string>();
        foreach (var lens in (await client.RequestAsync("textDocument/codeLens", LspClient.At(uri)))!.AsArray())
        {
            var resolved = lens!["command"] is null ? await client.RequestAsync("codeLens/resolve", lens) : lens;
            titles.Add(resolved!["command"]!["title"]!.GetValue<string>());
            Assert.Equal(uri, resolved["command"]!["arguments"]![0]!.GetValue<string>());
            Assert.Equal(6, resolved["range"]!["start"]!["character"]!.GetValue<int>());
            if (resolved["command"]!["command"]!.GetValue<string>() == "pipewright.showReferences")
            {
                Assert.Equal(folder.UriOf("a.pipeline.yaml"), resolved["command"]!["arguments"]![2]![0]!["uri"]!.GetValue<string>());
            }
        }

        Assert.Equal(expected, string.Join('|', titles));
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"workspace": {"inlayHint": {"refreshSupport": true}, "codeLens": {"refreshSupport": true}, "semanticTokens": {"refreshSupport": true} } }""", true)]
    public async Task What_is_shown_is_asked_for_again_where_the_client_can(string capabilities, bool isAsked)
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", Child), ("a.pipeline.yaml", Caller));
        await using var client = await LspClient.StartAsync(folder, capabilities);
        await client.OpenAsync(folder.UriOf("Child.pipeline.yaml"), Child);
        await client.OpenAsync(folder.UriOf("a.pipeline.yaml"), Caller);
        await client.PublishedAsync(folder.UriOf("a.pipeline.yaml"));
        await client.RequestAsync("textDocument/inlayHint", WithRange(folder.UriOf("a.pipeline.yaml"), 9));
        client.Forget();
        await client.ReplaceAsync(folder.UriOf("Child.pipeline.yaml"), Child.Replace("x }", "y }", StringComparison.Ordinal) + "lost: 1\n");
        await client.PublishedAsync(folder.UriOf("Child.pipeline.yaml"), codes => codes.Length > 0);
        foreach (var method in (string[])["workspace/inlayHint/refresh", "workspace/codeLens/refresh", "workspace/semanticTokens/refresh"])
        {
            if (isAsked)
            {
                await client.WaitAsync(method);
            }
            else
            {
                Assert.DoesNotContain(client.Received, m => m["method"]?.GetValue<string>() == method);
            }
        }
    }

    [Fact]
    public async Task Tokens_come_as_changes_since_the_last_ones()
    {
        await using var client = await LspClient.StartAsync(null, """{"textDocument": {"semanticTokens": {"requests": {"full": {"delta": true} } } } }""");
        Assert.True(client.Server["capabilities"]!["semanticTokensProvider"]!["full"]!["delta"]!.GetValue<bool>());
        await client.OpenAsync(Uri, Caller);
        var first = (await client.RequestAsync("textDocument/semanticTokens/full", LspClient.At(Uri)))!;
        Assert.Empty((await AskDelta(client, first))["edits"]!.AsArray());

        await client.ReplaceAsync(Uri, Caller + "  - { name: B, type: Wait }\n");
        Assert.NotNull((await AskDelta(client, first))["data"]);
        await client.ReplaceAsync(Uri, Caller);
        var third = (await client.RequestAsync("textDocument/semanticTokens/full", LspClient.At(Uri)))!;
        await client.ReplaceAsync(Uri, Caller + "  - { name: B, type: Wait }\n");
        var edit = Assert.Single((await AskDelta(client, third))["edits"]!.AsArray())!;
        Assert.Equal((first["data"]!.AsArray().Count, 0, 10), (edit["start"]!.GetValue<int>(), edit["deleteCount"]!.GetValue<int>(), edit["data"]!.AsArray().Count));
    }

    [Fact]
    public async Task Without_an_announcement_there_are_no_changes_since()
    {
        await using var client = await LspClient.StartAsync();
        Assert.True(client.Server["capabilities"]!["semanticTokensProvider"]!["full"]!.GetValue<bool>());
        await client.OpenAsync(Uri, Caller);
        Assert.Null((await client.RequestAsync("textDocument/semanticTokens/full", LspClient.At(Uri)))!["resultId"]);
    }

    [Fact]
    public async Task An_activity_is_typed_in_several_places_at_once()
    {
        await using var client = await LspClient.StartAsync();
        var at = await client.OpenAsync(Uri, "activities:\n  - { name: A|, type: Wait }\n  - { name: B, type: Wait, dependsOn: [A] }\n");
        var found = await client.AskAsync("textDocument/linkedEditingRange", Uri, at);
        Assert.Equal(["""{"line":1,"character":12}""", """{"line":2,"character":39}"""], found!["ranges"]!.AsArray().Select(r => r!["start"]!.ToJsonString()));
        Assert.Null(await client.AskAsync("textDocument/linkedEditingRange", Uri, new JsonObject { ["line"] = 0, ["character"] = 0 }));
    }

    private static async Task<JsonNode> AskDelta(LspClient client, JsonNode last)
    {
        var parameters = LspClient.At(Uri);
        parameters["previousResultId"] = last["resultId"]!.DeepClone();
        return (await client.RequestAsync("textDocument/semanticTokens/full/delta", parameters))!;
    }

    private static JsonObject WithRange(string uri, int lines)
    {
        var parameters = LspClient.At(uri);
        parameters["range"] = JsonNode.Parse($$"""{"start": {"line": 0, "character": 0}, "end": {"line": {{lines}}, "character": 0} }""");
        return parameters;
    }
}
