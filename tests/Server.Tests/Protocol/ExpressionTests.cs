using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>What the server answers about expressions. What it says is tested in Core.</summary>
public sealed class ExpressionTests
{
    private const string Uri = "file:///somewhere/orders.pipeline.yaml";

    private const string Pipeline = """
        variables: { v: String }
        activities:
          - { name: A, type: SetVariable, variableName: v, value: "@concat('ü😀', pipeline().RunId)" }
        """;

    [Theory]
    [InlineData("{}", "\"text: any\"")]
    [InlineData("""{"textDocument": {"signatureHelp": {"signatureInformation": {"parameterInformation": {"labelOffsetSupport": true} } } } }""", "[7,16]")]
    public async Task A_signature_has_labels_as_the_client_takes_them(string capabilities, string label)
    {
        await using var client = await LspClient.StartAsync(capabilities: capabilities);
        var position = await client.OpenAsync(Uri, Pipeline.Replace("pipeline()", "|pipeline()", StringComparison.Ordinal));
        var help = await client.AskAsync("textDocument/signatureHelp", Uri, position);
        Assert.Equal("concat(text: any, more...: any): string", help!["signatures"]![0]!["label"]!.GetValue<string>());
        Assert.Equal(label, help["signatures"]![0]!["parameters"]![0]!["label"]!.ToJsonString());
        Assert.Equal(1, help["activeParameter"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("utf-16", "0,13,1,2,1 2,12,1,2,1 0,9,11,9,0 0,27,1,2,0 0,11,1,7,0 0,1,6,0,0 0,7,5,4,0 0,7,8,0,0 0,11,5,3,0")]
    [InlineData("utf-8", "0,13,1,2,1 2,12,1,2,1 0,9,11,9,0 0,27,1,2,0 0,11,1,7,0 0,1,6,0,0 0,7,8,4,0 0,10,8,0,0 0,11,5,3,0")]
    public async Task Tokens_are_counted_in_the_units_of_the_client(string encoding, string expected)
    {
        await using var client = await LspClient.StartAsync(capabilities: $$"""{"general": {"positionEncodings": ["{{encoding}}"]} }""");
        await client.OpenAsync(Uri, Pipeline);
        var tokens = await client.RequestAsync("textDocument/semanticTokens/full", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri } });
        Assert.Equal(expected, string.Join(' ', tokens!["data"]!.AsArray().Select(n => n!.GetValue<int>()).Chunk(5).Select(t => string.Join(',', t))));
    }

    [Fact]
    public async Task Tokens_of_a_range_are_those_that_touch_it()
    {
        await using var client = await LspClient.StartAsync();
        await client.OpenAsync(Uri, Pipeline);
        var outside = JsonNode.Parse($$"""{"textDocument": {"uri": "{{Uri}}"}, "range": {"start": {"line": 1, "character": 0}, "end": {"line": 2, "character": 4} } }""")!.AsObject();
        Assert.Empty((await client.RequestAsync("textDocument/semanticTokens/range", outside))!["data"]!.AsArray());
    }

    [Fact]
    public async Task Completion_goes_on_inside_of_an_expression()
    {
        await using var client = await LspClient.StartAsync();
        var position = await client.OpenAsync(Uri, Pipeline.Replace("RunId)", "Ru|)", StringComparison.Ordinal));
        var list = await client.AskAsync("textDocument/completion", Uri, position);
        var item = list!["items"]!.AsArray().Single(i => i!["label"]!.GetValue<string>() == "RunId");
        Assert.Equal("RunId", item!["textEdit"]!["newText"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("pipeline().|RunId", 2, ".", true)]
    [InlineData("'ü.|😀', pipeline().RunId", 2, ".", false)]
    [InlineData("pipeline().|RunId", 1, null, true)]
    public async Task A_character_that_is_typed_brings_a_list_only_in_an_expression(string argument, int kind, string? character, bool expected)
    {
        await using var client = await LspClient.StartAsync();
        var position = await client.OpenAsync(Uri, Pipeline.Replace("'ü😀', pipeline().RunId", argument, StringComparison.Ordinal));
        var list = await client.RequestAsync("textDocument/completion", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Uri },
            ["position"] = position,
            ["context"] = new JsonObject { ["triggerKind"] = kind, ["triggerCharacter"] = character },
        });
        Assert.Equal(expected, list!["items"]!.AsArray().Count > 0);
    }

    [Fact]
    public async Task A_mistake_in_an_expression_is_reported_and_mended()
    {
        await using var client = await LspClient.StartAsync(capabilities: """{"textDocument": {"codeAction": {"codeActionLiteralSupport": {} } } }""");
        await client.OpenAsync(Uri, Pipeline.Replace("concat", "concta", StringComparison.Ordinal));
        var range = JsonNode.Parse("""{"start": {"line": 2, "character": 60}, "end": {"line": 2, "character": 60} }""");
        var actions = await client.RequestAsync(
            "textDocument/codeAction", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri }, ["range"] = range, ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() } });
        Assert.Contains(actions!.AsArray(), a => a!["title"]!.GetValue<string>() == "Change to 'concat'" && a["diagnostics"]![0]!["code"]!.GetValue<string>() == "PW3101");
        Assert.Contains(actions.AsArray(), a => a!["kind"]!.GetValue<string>() == "refactor.rewrite");
    }
}
