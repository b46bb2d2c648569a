namespace Pipewright.Fuzz.Texts;

/// <summary>Damages texts in the ways that people, merges and broken programs do. The same seed gives the same texts.</summary>
internal sealed class TextMutator(Random random)
{
    private static readonly string[] Scraps =
    [
        ": ", ":", "- ", "-", "\n", "\n  ", "\n    ", "\n\t", "\r\n", "\r", " ", "\t", "{", "}", "[", "]", ",", "\"", "'", "|", ">", "|2-", "&x ", "*x", "!json ", "!!int ", " #", "@", "@{", "@@", "%d", "? ", "---\n",
        "...\n", "<<: *x", "<<<<<<< A\n", "=======\n", ">>>>>>> B\n", "1e999", "-0", "99999999999999999999", "true", "null", "~", "\\", "\\u00", "\\uD83D", "//", "/*", "*/", "\0", "\uFEFF", "\uD83D", "\uDE00", "é", "\u0085",
        "\u2028", "`", "@pipeline().parameters.", "@activity('", "').output", "concat(", "typeProperties: ", "\"properties\": {", "name: ", "type: ", "activities:\n", "dependsOn: [", "referenceName", "${", "$(", "../../", "]]>",
    ];

    public string Mutate(string text)
    {
        for (var n = random.Next(4); n >= 0; n--)
        {
            text = MutateOnce(text);
        }

        return text;
    }

    /// <summary>One piece of a text and what takes its place.</summary>
    public (int Start, int Length, string Text) NextEdit(string text)
    {
        var at = random.Next(text.Length + 1);
        return random.Next(8) switch
        {
            0 or 1 => (at, 0, Scrap()),
            2 => (at, 0, ((char)random.Next(32, 127)).ToString()),
            3 => (at, LengthAt(text, at, 1), ""),
            4 => (at, LengthAt(text, at, random.Next(40)), ""),
            5 => (at, LengthAt(text, at, random.Next(8)), Scrap()),
            6 => LineEdit(text, at),
            _ => (at, 0, Piece(text)),
        };
    }

    private string MutateOnce(string text)
    {
        var (start, length, put) = NextEdit(text);
        return string.Concat(text.AsSpan(0, start), put, text.AsSpan(start + length));
    }

    private string Scrap() => Scraps[random.Next(Scraps.Length)];

    private string Piece(string text)
    {
        var start = random.Next(text.Length + 1);
        return text.Substring(start, LengthAt(text, start, random.Next(120)));
    }

    /// <summary>Takes a line away, doubles it or moves it to another column.</summary>
    private (int Start, int Length, string Text) LineEdit(string text, int at)
    {
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
        return random.Next(4) switch
        {
            0 => (start, end - start, ""),
            1 => (start, 0, text[start..end]),
            2 => (start, 0, new string(' ', random.Next(1, 6))),
            _ => (start, LengthAt(text, start, Math.Min(random.Next(1, 6), end - start)), ""),
        };
    }

    /// <summary>A length that does not lead beyond the text.</summary>
    private static int LengthAt(string text, int at, int wanted) => Math.Min(wanted, text.Length - at);
}
