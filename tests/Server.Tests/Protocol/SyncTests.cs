using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>The server's text is the editor's text, whatever is edited and however positions are counted.</summary>
public sealed class SyncTests
{
    private const string Uri = "file:///somewhere/orders.pipeline.yaml";

    /// <summary>An activity whose name is the text under test: the outline shows what the server has.</summary>
    private const string Start = "activities:\n  - name: Copy\n    type: Wait\n    waitTimeInSeconds: 1\n";

    [Theory]
    [InlineData("utf-16", """["utf-16"]""")]
    [InlineData("utf-16", """["utf-8", "utf-16"]""")]
    [InlineData("utf-16", "[]")]
    [InlineData("utf-8", """["utf-8"]""")]
    [InlineData("utf-32", """["utf-32", "utf-8"]""")]
    [InlineData("utf-16", """["utf-7"]""")]
    public async Task The_encoding_is_utf_16_unless_the_client_knows_others_only(string encoding, string offered)
    {
        await using var client = await LspClient.StartAsync(capabilities: $$"""{"general": {"positionEncodings": {{offered}} } }""");
        Assert.Equal(encoding, client.Server["capabilities"]!["positionEncoding"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("utf-16", 13, 18)]
    [InlineData("utf-8", 15, 23)]
    [InlineData("utf-32", 12, 16)]
    public async Task Positions_count_in_the_units_agreed_on(string encoding, int dash, int end)
    {
        await using var client = await LspClient.StartAsync(capabilities: $$"""
            {"general": {"positionEncodings": ["{{encoding}}"]}, "textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true} } }
            """);
        await client.OpenAsync(Uri, Start.Replace("Copy", "A😀-é😀b", StringComparison.Ordinal));
        await client.ChangeAsync(Uri, Edit((1, dash), (1, dash + 1), "x"));
        var activity = await FindActivityAsync(client);
        Assert.Equal("A😀xé😀b", activity["name"]!.GetValue<string>());
        Assert.Equal(end, activity["selectionRange"]!["end"]!["character"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(13, 99, "", "Cop")]
    [InlineData(14, 99, "X", "CopyX")]
    [InlineData(99, 99, "X", "CopyX")]
    [InlineData(10, 10, "X", "XCopy")]
    public async Task A_position_beyond_a_line_is_its_end(int start, int end, string text, string name)
    {
        await using var client = await LspClient.StartAsync();
        await client.OpenAsync(Uri, Start);
        await client.ChangeAsync(Uri, Edit((1, start), (1, end), text));
        Assert.Equal(name, (await FindActivityAsync(client))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Changes_of_one_message_count_from_the_text_before_each()
    {
        await using var client = await LspClient.StartAsync();
        await client.OpenAsync(Uri, "");
        await client.ChangeAsync(Uri, new JsonObject { ["text"] = Start }, Edit((1, 10), (1, 14), "A"), Edit((1, 11), (1, 11), "B\r"), Edit((2, 4), (2, 4), "description: x\r\n    "));
        Assert.Equal("AB", (await FindActivityAsync(client))["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-8")]
    public async Task A_thousand_quick_edits_leave_the_editors_text(string encoding)
    {
        await using var client = await LspClient.StartAsync(capabilities: $$"""{"general": {"positionEncodings": ["{{encoding}}"] } }""");
        var random = new Random(7);
        var lines = new List<string> { "activities:" };
        await client.OpenAsync(Uri, "activities:\n");
        string[] pieces = ["  - name: Å", "    type: Wait", "😀", "x: [", "\"", "", "# é", "\t", "}", "- a"];
        for (var i = 0; i < 1000; i++)
        {
            var at = random.Next(lines.Count + 1);
            var count = random.Next(Math.Min(3, lines.Count - at) + 1);
            var added = Enumerable.Range(0, random.Next(3)).Select(_ => pieces[random.Next(pieces.Length)] + pieces[random.Next(pieces.Length)]).ToList();
            lines.RemoveRange(at, count);
            lines.InsertRange(at, added);
            await client.ChangeAsync(Uri, Edit((at, 0), (at + count, 0), string.Concat(added.Select(l => l + "\n"))));
        }

        // The same text opened afresh must look the same.
        var name = "Last_" + new string('é', 3);
        lines.Insert(0, $"description: {name}");
        await client.ChangeAsync(Uri, Edit((0, 0), (0, 0), lines[0] + "\n"));
        const string Copy = "file:///elsewhere/orders.pipeline.yaml";
        await client.OpenAsync(Copy, string.Concat(lines.Select(l => l + "\n")));
        Assert.Equal(await AskForAllAsync(client, Copy), await AskForAllAsync(client, Uri));
    }

    [Fact]
    public async Task A_request_sees_all_edits_before_it_and_none_after()
    {
        await using var client = await LspClient.StartAsync();
        await client.OpenAsync(Uri, Start);
        var replies = new List<(string Name, Task<JsonNode?> Reply)>();
        for (var i = 0; i < 200; i++)
        {
            await client.ReplaceAsync(Uri, Start.Replace("Copy", $"Copy{i}", StringComparison.Ordinal));
            replies.Add(($"Copy{i}", (await client.BeginAsync("textDocument/documentSymbol", LspClient.At(Uri))).Reply));
        }

        foreach (var (name, reply) in replies)
        {
            Assert.Contains((await reply)!.AsArray(), s => s!["name"]!.GetValue<string>() == name);
        }
    }

    [Fact]
    public async Task A_request_that_is_cancelled_is_answered_at_once()
    {
        const int RequestCancelled = -32800;
        using var folder = new TestFolder();
        await using var client = await LspClient.StartAsync(folder, """{"window": {"workDoneProgress": true}}""");
        using var cancelled = new CancellationTokenSource();
        var many = new StringBuilder("activities:\n");
        for (var i = 0; i < 3000; i++)
        {
            many.Append("  - name: A").Append(i).Append("\n    type: Wait\n    waitTimeInSeconds: 1\n");
        }

        await client.OpenAsync(folder.UriOf("many.pipeline.yaml"), many.ToString());
        var reply = client.RequestAsync("pipewright/validateFactory", new JsonObject { ["uri"] = folder.UriOf("many.pipeline.yaml") }, cancelled.Token);
        await cancelled.CancelAsync();
        try
        {
            Assert.NotNull(await reply);
        }
        catch (LspErrorException e)
        {
            Assert.Equal(RequestCancelled, e.Code);
        }
    }

    private static JsonObject Edit((int Line, int Character) start, (int Line, int Character) end, string text) => new()
    {
        ["range"] = new JsonObject
        {
            ["start"] = new JsonObject { ["line"] = start.Line, ["character"] = start.Character },
            ["end"] = new JsonObject { ["line"] = end.Line, ["character"] = end.Character },
        },
        ["text"] = text,
    };

    private static async Task<JsonObject> FindActivityAsync(LspClient client)
    {
        var symbols = (await client.RequestAsync("textDocument/documentSymbol", LspClient.At(Uri)))!.AsArray();
        return (symbols.FirstOrDefault(s => s!["containerName"] is not null) ?? symbols[0]!["children"]![0])!.AsObject();
    }

    private static async Task<string> AskForAllAsync(LspClient client, string uri)
    {
        var symbols = await client.RequestAsync("textDocument/documentSymbol", LspClient.At(uri));
        var findings = await client.RequestAsync("textDocument/diagnostic", LspClient.At(uri));
        return (symbols!.ToJsonString() + findings!.ToJsonString()).Replace(uri, "URI", StringComparison.Ordinal);
    }
}
