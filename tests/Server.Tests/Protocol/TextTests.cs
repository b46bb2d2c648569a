using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Texts that are easy to count wrong, in every unit of positions: letters outside of the basic plane, letters of two code points, line ends, long lines.</summary>
public sealed class TextTests
{
    /// <summary>A name with an emoji, a letter with a combining mark, and one of two UTF-8 bytes.</summary>
    private const string Name = "Läde\u0301😀";

    private static readonly string[] Encodings = ["utf-8", "utf-16", "utf-32"];

    private static readonly string[] Lines =
    [
        "description: \"😀 é\"", "parameters: { \"täg😀\": string }", "activities:",
        $"  - {{ description: \"é😀\", name: \"{Name}\", type: Wait, waitTimeInSeconds: 1 }}",
        $"  - {{ description: \"😀\", name: B, type: Fail, errorCode: \"😀\", message: \"@concat('😀', activity('{Name}').output)\", dependsOn: [\"{Name}\"] }}", "",
    ];

    public static TheoryData<string, string> EncodingsAndBreaks
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var encoding in Encodings)
            {
                rows.Add(encoding, "\n");
                rows.Add(encoding, "\r\n");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(EncodingsAndBreaks))]
    public async Task A_name_is_found_described_and_changed_where_it_is(string encoding, string lineBreak)
    {
        await using var client = await StartAsync(encoding);
        const string Uri = "untitled:p.pipeline.yaml";
        await client.OpenAsync(Uri, string.Join(lineBreak, Lines));
        var at = Position(encoding, 4, Lines[4].LastIndexOf(Name, StringComparison.Ordinal) + 1);

        var definition = await client.AskAsync("textDocument/definition", Uri, at);
        Assert.Equal(Range(encoding, 3, Name), definition![0]!["range"]!.ToJsonString());
        var hover = await client.AskAsync("textDocument/hover", Uri, at);
        Assert.Contains(Name, hover!["contents"]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(4, hover["range"]!["start"]!["line"]!.GetValue<int>());
        Assert.InRange(at["character"]!.GetValue<int>(), hover["range"]!["start"]!["character"]!.GetValue<int>(), hover["range"]!["end"]!["character"]!.GetValue<int>());

        var rename = LspClient.At(Uri);
        (rename["position"], rename["newName"]) = (at, "Lo😀x");
        var edits = (await client.RequestAsync("textDocument/rename", rename))!["changes"]![Uri]!.AsArray();
        Assert.Equal(3, edits.Count);

        // Sent back as the client would apply them: the server then has the text that was meant.
        await client.ChangeAsync(Uri, [.. edits.OrderByDescending(e => e!["range"]!["start"]!["line"]!.GetValue<int>()).ThenByDescending(e => e!["range"]!["start"]!["character"]!.GetValue<int>())
            .Select(e => new JsonObject { ["range"] = e!["range"]!.DeepClone(), ["text"] = e["newText"]!.DeepClone() })]);
        var again = "untitled:q.pipeline.yaml";
        await client.OpenAsync(again, string.Join(lineBreak, Lines).Replace(Name, "Lo😀x", StringComparison.Ordinal));
        Assert.Equal((await SeenAsync(client, again)).Replace(again, Uri, StringComparison.Ordinal).Replace("\"q\"", "\"p\"", StringComparison.Ordinal), await SeenAsync(client, Uri));
        Assert.DoesNotContain("PW4101", await SeenAsync(client, Uri), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EncodingsAndBreaks))]
    public async Task What_is_completed_stands_where_it_is_typed(string encoding, string lineBreak)
    {
        await using var client = await StartAsync(encoding);
        const string Uri = "file:///somewhere/p.pipeline.yaml";
        var lines = Lines.ToArray();
        lines[4] = $"  - {{ description: \"😀\", name: B, type: Wait, dependsOn: [\"{Name[..2]}\"] }}";
        await client.OpenAsync(Uri, string.Join(lineBreak, lines));
        var start = lines[4].IndexOf("[\"", StringComparison.Ordinal) + 2;
        var list = await client.AskAsync("textDocument/completion", Uri, PositionIn(encoding, lines[4], 4, start + 2));
        var item = Assert.Single(list!["items"]!.AsArray(), i => i!["label"]!.GetValue<string>() == Name)!;
        Assert.Equal(PositionIn(encoding, lines[4], 4, start).ToJsonString(), item["textEdit"]!["range"]!["start"]!.ToJsonString());
        Assert.Equal(PositionIn(encoding, lines[4], 4, start + 2).ToJsonString(), item["textEdit"]!["range"]!["end"]!.ToJsonString());
        Assert.Equal(Name, item["textEdit"]!["newText"]!.GetValue<string>());
    }

    /// <summary>All is in one line, as a tool may write it; what is asked about is at its end. How long it takes is the benchmarks' to tell; here it must come.</summary>
    [Theory]
    [InlineData("textDocument/hover")]
    [InlineData("textDocument/completion")]
    [InlineData("textDocument/inlayHint")]
    [InlineData("textDocument/definition")]
    [InlineData("textDocument/documentHighlight")]
    [InlineData("textDocument/documentSymbol")]
    [InlineData("textDocument/semanticTokens/full")]
    [InlineData("textDocument/diagnostic")]
    public async Task A_line_of_a_megabyte_is_answered(string method)
    {
        using var folder = new TestFolder(("pipeline/p.json", ""));
        await using var client = await StartAsync("utf-8");
        var text = new StringBuilder("""{"name":"p","properties":{"activities":[{"name":"first","type":"Wait","typeProperties":{"waitTimeInSeconds":1}}""");
        while (text.Length < 1024 * 1024)
        {
            text.Append(",{\"name\":\"é").Append(text.Length).Append("\",\"type\":\"Wait\",\"description\":\"").Insert(text.Length, "é 😀 ", 200).Append("\",\"typeProperties\":{\"waitTimeInSeconds\":1}}");
        }

        text.Append(""",{"name":"last","type":"Wait","dependsOn":[{"activity":"first","dependencyConditions":["Succeeded"]}]}]}}""");
        var uri = folder.UriOf("pipeline/p.json");
        await client.OpenAsync(uri, text.ToString());
        var at = PositionIn("utf-8", text.ToString(), 0, text.ToString().LastIndexOf("first", StringComparison.Ordinal) + 1);
        var parameters = LspClient.At(uri);
        parameters["position"] = at;
        parameters["range"] = new JsonObject { ["start"] = new JsonObject { ["line"] = 0, ["character"] = 0 }, ["end"] = at.DeepClone() };
        Assert.NotNull(await client.RequestAsync(method, parameters));
    }

    private static Task<LspClient> StartAsync(string encoding) => LspClient.StartAsync(capabilities: $$"""{"general": {"positionEncodings": ["{{encoding}}"]} }""");

    private static string Range(string encoding, int line, string text)
    {
        var start = Lines[line].IndexOf(text, StringComparison.Ordinal);
        return new JsonObject { ["start"] = Position(encoding, line, start), ["end"] = Position(encoding, line, start + text.Length) }.ToJsonString();
    }

    private static JsonObject Position(string encoding, int line, int units) => PositionIn(encoding, Lines[line], line, units);

    private static JsonObject PositionIn(string encoding, string text, int line, int units) => new()
    {
        ["line"] = line,
        ["character"] = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetByteCount(text[..units]),
            "utf-32" => text[..units].EnumerateRunes().Count(),
            _ => units,
        },
    };

    private static async Task<string> SeenAsync(LspClient client, string uri) =>
        (await client.RequestAsync("textDocument/documentSymbol", LspClient.At(uri)))!.ToJsonString() + (await client.RequestAsync("textDocument/diagnostic", LspClient.At(uri)))!["items"]!.ToJsonString();
}
