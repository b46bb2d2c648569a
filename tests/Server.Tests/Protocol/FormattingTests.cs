using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Formatting as clients ask for it. What comes of it is tested in Core.</summary>
public sealed class FormattingTests
{
    private const string Uri = "file:///somewhere/a.pipeline.yaml";

    [Fact]
    public async Task It_is_announced_with_the_characters_that_bring_it()
    {
        await using var client = await LspClient.StartAsync();
        var capabilities = client.Server["capabilities"]!;
        Assert.True(capabilities["documentFormattingProvider"]!.GetValue<bool>());
        Assert.True(capabilities["documentRangeFormattingProvider"]!.GetValue<bool>());
        Assert.Equal("""{"firstTriggerCharacter":"\n","moreTriggerCharacter":["@"]}""", capabilities["documentOnTypeFormattingProvider"]!.ToJsonString());
    }

    [Theory]
    [InlineData("utf-16", 15)]
    [InlineData("utf-8", 18)]
    [InlineData("utf-32", 14)]
    public async Task Edits_are_small_and_counted_as_agreed(string encoding, int character)
    {
        await using var client = await LspClient.StartAsync(null, $$"""{"general": {"positionEncodings": ["{{encoding}}"]} }""");
        await client.OpenAsync(Uri, "parameters:\n  { ü: 1, \"😀\":2 }\n");
        var edit = Assert.Single((await client.RequestAsync("textDocument/formatting", WithOptions()))!.AsArray())!;
        Assert.Equal($$$"""{"range":{"start":{"line":1,"character":{{{character}}}},"end":{"line":1,"character":{{{character}}}}},"newText":" "}""", edit.ToJsonString());
    }

    [Fact]
    public async Task A_range_changes_within_its_lines_and_a_broken_text_not_at_all()
    {
        await using var client = await LspClient.StartAsync();
        await client.OpenAsync(Uri, "name:   a\nactivities:  []\n");
        var parameters = WithOptions();
        parameters["range"] = JsonNode.Parse("""{"start": {"line": 1, "character": 0}, "end": {"line": 2, "character": 0} }""");
        var edit = Assert.Single((await client.RequestAsync("textDocument/rangeFormatting", parameters))!.AsArray())!;
        Assert.Equal(1, edit["range"]!["start"]!["line"]!.GetValue<int>());
        await client.ReplaceAsync(Uri, "name:   a\nactivities:  [\n");
        Assert.Empty((await client.RequestAsync("textDocument/formatting", WithOptions()))!.AsArray());
    }

    [Theory]
    [InlineData("name: @|\n", "@", "\"@\"")]
    [InlineData("activities:\n|\n", "\n", "  ")]
    public async Task What_is_typed_has_consequences(string text, string typed, string expected)
    {
        await using var client = await LspClient.StartAsync();
        var parameters = WithOptions();
        parameters["position"] = await client.OpenAsync(Uri, text);
        parameters["ch"] = typed;
        Assert.Equal(expected, Assert.Single((await client.RequestAsync("textDocument/onTypeFormatting", parameters))!.AsArray())!["newText"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_file_that_is_not_ours_is_left_to_others()
    {
        await using var client = await LspClient.StartAsync();
        await client.OpenAsync("file:///somewhere/notes.yaml", "a:   b\n");
        Assert.Null(await client.RequestAsync("textDocument/formatting", LspClient.At("file:///somewhere/notes.yaml")));
    }

    private static JsonObject WithOptions()
    {
        var parameters = LspClient.At(Uri);
        parameters["options"] = new JsonObject { ["tabSize"] = 2, ["insertSpaces"] = true };
        return parameters;
    }
}
