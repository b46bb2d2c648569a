// JSON as Newtonsoft's reader takes it, which the engine uses: with '…' for texts, names without quotes, line breaks in texts, comments, commas at the end.
using System.Globalization;
using System.Text;

namespace Pipewright.Core.Expressions.Evaluation;

internal static class LooseJson
{
    /// <summary>The same in strict JSON, if it is loose JSON; anything else stays as wrong as it was.</summary>
    public static string ToStrict(string text)
    {
        var strict = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            i = text[i] switch
            {
                '"' or '\'' => AppendText(strict, text, i),
                '/' when i + 1 < text.Length && text[i + 1] is '/' or '*' => EndOfComment(text, i),
                ']' or '}' => AppendClose(strict, text, i),
                var c when IsOfName(c) => AppendWord(strict, text, i),
                _ => Append(strict, text, i),
            };
        }

        return strict.ToString();
    }

    private static int Append(StringBuilder strict, string text, int start)
    {
        strict.Append(text[start]);
        return start + 1;
    }

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private static int AppendText(StringBuilder strict, string text, int start)
    {
        var quote = text[start];
        strict.Append('"');
        for (var i = start + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == quote)
            {
                strict.Append('"');
                return i + 1;
            }

            if (c == '\\' && i + 1 < text.Length)
            {
                i++;
                _ = text[i] == '\'' ? strict.Append('\'') : strict.Append(c).Append(text[i]);
                continue;
            }

            _ = c == '"' ? strict.Append("\\\"") : c < ' ' ? strict.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : strict.Append(c);
        }

        return text.Length;
    }

    private static int EndOfComment(string text, int start)
    {
        var isLine = text[start + 1] == '/';
        var end = isLine ? text.AsSpan(start).IndexOfAny('\r', '\n') : text.AsSpan(start + 2).IndexOf("*/");
        return end < 0 ? text.Length : isLine ? start + end : start + 2 + end + 2;
    }

    /// <summary>Without a comma between the last value and it.</summary>
    private static int AppendClose(StringBuilder strict, string text, int start)
    {
        var comma = LastBefore(strict, strict.Length);
        var value = LastBefore(strict, comma);
        if (value >= 0 && strict[comma] == ',' && strict[value] is not ('[' or '{' or ',' or ':'))
        {
            strict.Length = comma;
        }

        return Append(strict, text, start);
    }

    /// <summary>The index of the last character that is not white space before another; -1 where there is none.</summary>
    private static int LastBefore(StringBuilder text, int end)
    {
        do
        {
            end--;
        }
        while (end >= 0 && char.IsWhiteSpace(text[end]));
        return end;
    }

    private static int AppendWord(StringBuilder strict, string text, int start)
    {
        var end = start;
        while (end < text.Length && IsOfName(text[end]))
        {
            end++;
        }

        var next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        var word = text.AsSpan(start, end - start);
        _ = next < text.Length && text[next] == ':' ? strict.Append('"').Append(word).Append('"') : strict.Append(word);
        return end;
    }
}
