using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>How proposals are sent: what a client announces is used, and nothing else is sent. What is proposed is tested in Core.</summary>
public sealed class CompletionTests
{
    private const string Uri = "file:///somewhere/orders.pipeline.yaml";
    private const string Activity = "activities:\n  - name: A\n    type: Copy\n    |\n";

    [Fact]
    public async Task A_client_that_announces_nothing_gets_whole_items()
    {
        await using var client = await LspClient.StartAsync();
        var list = await CompleteAsync(client, Activity);
        Assert.Null(list["itemDefaults"]);
        var source = Item(list, "source");
        Assert.NotNull(source["documentation"]);
        Assert.NotNull(source["textEdit"]);
        Assert.NotNull(source["detail"]);
        Assert.All(new[] { "labelDetails", "commitCharacters", "data", "textEditText", "insertTextMode" }, k => Assert.DoesNotContain(list["items"]!.AsArray(), i => i![k] is not null));
        Assert.False(client.Server["capabilities"]!["completionProvider"]!["resolveProvider"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("""["editRange", "insertTextFormat", "insertTextMode", "data"]""")]
    [InlineData("""["editRange"]""")]
    public async Task What_is_the_same_for_most_is_said_once(string defaults)
    {
        await using var client = await LspClient.StartAsync(capabilities: $$"""
            {"textDocument": {"completion": {"completionList": {"itemDefaults": {{defaults}} }, "completionItem": {
                "snippetSupport": true, "insertTextModeSupport": {"valueSet": [1]}, "resolveSupport": {"properties": ["documentation"]} } } } }
            """);
        var list = await CompleteAsync(client, Activity);
        Assert.Equal(4, list["itemDefaults"]!["editRange"]!["start"]!["character"]!.GetValue<int>());
        var source = Item(list, "source");
        Assert.Null(source["textEdit"]);
        Assert.StartsWith("source:", source["textEditText"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(defaults.Contains("data", StringComparison.Ordinal), list["itemDefaults"]!["data"] is not null);
        Assert.Equal(defaults.Contains("data", StringComparison.Ordinal), source["data"] is null);
        Assert.Equal(2, (source["insertTextFormat"] ?? list["itemDefaults"]!["insertTextFormat"])!.GetValue<int>());
        Assert.Equal(1, (source["insertTextMode"] ?? list["itemDefaults"]!["insertTextMode"])!.GetValue<int>());
    }

    [Theory]
    [InlineData("""["markdown"]""", "markdown")]
    [InlineData("[]", "plaintext")]
    public async Task What_an_item_is_for_comes_when_it_is_asked_for(string formats, string kind)
    {
        await using var client = await LspClient.StartAsync(capabilities: $$"""
            {"textDocument": {"completion": {"completionItem": {"documentationFormat": {{formats}}, "resolveSupport": {"properties": ["documentation"]} } } } }
            """);
        Assert.True(client.Server["capabilities"]!["completionProvider"]!["resolveProvider"]!.GetValue<bool>());
        var list = await CompleteAsync(client, Activity);
        Assert.DoesNotContain(list["items"]!.AsArray(), i => i!["documentation"] is not null);
        var source = Item(list, "source");
        var resolved = await client.RequestAsync("completionItem/resolve", source.DeepClone().AsObject());
        Assert.Equal(kind, resolved!["documentation"]!["kind"]!.GetValue<string>());
        Assert.Equal(source["textEdit"]!.ToJsonString(), resolved["textEdit"]!.ToJsonString());

        // What is not there any more comes back as it is.
        var gone = source.DeepClone().AsObject();
        gone["label"] = "nothing";
        Assert.Null((await client.RequestAsync("completionItem/resolve", gone))!["documentation"]);
        Assert.Null((await client.RequestAsync("completionItem/resolve", new JsonObject { ["label"] = "source" }))!["documentation"]);
    }

    [Fact]
    public async Task Details_stand_beside_the_label_where_there_is_room()
    {
        await using var client = await LspClient.StartAsync(capabilities: """{"textDocument": {"completion": {"completionItem": {"labelDetailsSupport": true} } } }""");
        var source = Item(await CompleteAsync(client, Activity), "source");
        Assert.Contains("required", source["labelDetails"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(source["detail"]);
    }

    [Fact]
    public async Task A_dot_takes_what_has_members()
    {
        await using var client = await LspClient.StartAsync(capabilities: """{"textDocument": {"completion": {"completionItem": {"commitCharactersSupport": true} } } }""");
        var list = await CompleteAsync(client, "activities:\n  - name: A\n    type: Fail\n    message: \"@activity('B').|\"\n    errorCode: x\n    dependsOn: [B]\n  - name: B\n    type: Wait\n    waitTimeInSeconds: 1\n");
        Assert.Equal(".", Item(list, "output")["commitCharacters"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task The_settings_of_a_factory_are_completed_described_and_outlined()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "activities: []\n"), ("pipewright.yaml", "rules:\n"));
        await using var client = await LspClient.StartAsync(folder, """{"textDocument": {"completion": {"completionItem": {"resolveSupport": {"properties": ["documentation"]} } } } }""");
        var uri = $"{folder.Uri}/pipewright.yaml";
        var position = await client.OpenAsync(uri, "rules:\n  PW4101: |\n");
        var list = (await client.AskAsync("textDocument/completion", uri, position))!;
        Assert.Equal("off", list["items"]![0]!["label"]!.GetValue<string>());
        Assert.NotNull((await client.RequestAsync("completionItem/resolve", list["items"]![0]!.DeepClone().AsObject()))!["documentation"]);
        var hover = await client.AskAsync("textDocument/hover", uri, new JsonObject { ["line"] = 1, ["character"] = 4 });
        Assert.Contains("PW4101", hover!["contents"]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty((await client.RequestAsync("textDocument/documentSymbol", LspClient.At(uri)))!.AsArray());
    }

    /// <summary>As an editor does it: the list, the chosen item in full, and its edit with those elsewhere, as a client without snippets and one with ranges of its own gets them.</summary>
    [Theory]
    [InlineData("medallion", "pipelines/ingest_rates.pipeline.yaml", "{}")]
    [InlineData("medallion-git", "pipeline/ingest_rates.json", "{}")]
    [InlineData("medallion", "pipelines/ingest_rates.pipeline.yaml", """{"completionList": {"itemDefaults": ["editRange", "data"]}, "completionItem": {"resolveSupport": {"properties": ["documentation"]} } }""")]
    public async Task An_item_that_is_resolved_and_taken_leaves_a_text_that_parses(string sample, string file, string capability)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "samples", sample, file));
        using var folder = new TestFolder((file, text));
        await using var client = await LspClient.StartAsync(folder, $$"""{"textDocument": {"completion": {{capability}} } }""");
        var uri = folder.UriOf(file);
        await client.OpenAsync(uri, text);
        var random = new Random(17);
        for (var offset = 0; offset <= text.Length; offset += 11)
        {
            var before = text[..offset];
            var list = await client.AskAsync("textDocument/completion", uri, new JsonObject { ["line"] = before.Count(c => c == '\n'), ["character"] = offset - (before.LastIndexOf('\n') + 1) });
            if (list?["items"] is not JsonArray { Count: > 0 } items)
            {
                continue;
            }

            var item = items[random.Next(items.Count)]!.DeepClone();
            item["data"] ??= list["itemDefaults"]?["data"]?.DeepClone();
            item = item["data"] is null ? item : await client.RequestAsync("completionItem/resolve", item);
            var range = item!["textEdit"]?["range"] ?? list["itemDefaults"]!["editRange"]!;
            var newText = (item["textEdit"]?["newText"] ?? item["textEditText"] ?? item["label"])!.GetValue<string>();
            var edits = (item["additionalTextEdits"]?.AsArray() ?? []).Select(e => (Range: e!["range"]!, Text: e["newText"]!.GetValue<string>())).Append((range, newText))
                .Select(e => (Start: OffsetOf(text, e.Item1["start"]!), End: OffsetOf(text, e.Item1["end"]!), Text: e.Item2)).OrderByDescending(e => e.Start);
            await client.ReplaceAsync(uri, edits.Aggregate(text, (t, e) => t[..e.Start] + e.Text + t[e.End..]));
            var found = LspClient.Codes((await client.RequestAsync("textDocument/diagnostic", LspClient.At(uri)))!["items"]);
            Assert.True(!found.Any(c => c.StartsWith("PW1", StringComparison.Ordinal)), $"'{item["label"]}' at {offset}: {string.Join(", ", found)}");
            await client.ReplaceAsync(uri, text);
        }
    }

    private static int OffsetOf(string text, JsonNode position) =>
        text.Split('\n').Take(position["line"]!.GetValue<int>()).Sum(l => l.Length + 1) + position["character"]!.GetValue<int>();

    private static async Task<JsonNode> CompleteAsync(LspClient client, string text) => (await client.AskAsync("textDocument/completion", Uri, await client.OpenAsync(Uri, text)))!;

    private static JsonNode Item(JsonNode list, string label) => list["items"]!.AsArray().Single(i => i!["label"]!.GetValue<string>() == label)!;
}
