using System.Text;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>A snippet for a client that knows none.</summary>
internal static class SnippetText
{
    /// <summary>The text that a snippet leaves when nothing is typed into it: of placeholders their default, of choices the first.</summary>
    public static string ToPlain(string snippet)
    {
        var at = 0;
        return Read(snippet, ref at, isNested: false);
    }

    private static string Read(string snippet, ref int at, bool isNested)
    {
        var text = new StringBuilder();
        while (at < snippet.Length && !(isNested && snippet[at] == '}'))
        {
            if (snippet[at] == '\\' && at + 1 < snippet.Length)
            {
                text.Append(snippet[at + 1]);
                at += 2;
            }
            else if (snippet[at] == '$' && at + 1 < snippet.Length && (char.IsAsciiDigit(snippet[at + 1]) || snippet[at + 1] == '{'))
            {
                at++;
                text.Append(ReadStop(snippet, ref at));
            }
            else
            {
                text.Append(snippet[at++]);
            }
        }

        return text.ToString();
    }

    /// <summary>After the <c>$</c>: a number, or a number in braces with what stands there at first.</summary>
    private static string ReadStop(string snippet, ref int at)
    {
        var isBraced = snippet[at] == '{';
        at += isBraced ? 1 : 0;
        while (at < snippet.Length && char.IsAsciiDigit(snippet[at]))
        {
            at++;
        }

        if (!isBraced || at == snippet.Length)
        {
            return "";
        }

        var kind = snippet[at];
        at += kind is ':' or '|' ? 1 : 0;
        var content = kind == '|' ? ReadFirstChoice(snippet, ref at) : kind == ':' ? Read(snippet, ref at, isNested: true) : "";
        at = Math.Min(snippet.Length, at + 1);
        return content;
    }

    /// <summary>Up to the closing brace; gives what stands before the first comma.</summary>
    private static string ReadFirstChoice(string snippet, ref int at)
    {
        var text = new StringBuilder();
        for (var isFirst = true; at < snippet.Length && snippet[at] != '|'; at++)
        {
            isFirst &= snippet[at] != ',';
            at += snippet[at] == '\\' && at + 1 < snippet.Length ? 1 : 0;
            text.Append(isFirst ? snippet[at] : "");
        }

        at++;
        return text.ToString();
    }
}
