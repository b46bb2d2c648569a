// Where each character of a YAML scalar's value is written. YamlDotNet gives only the ends of a scalar, so the way through escapes, folding
// and indentation is found again by laying the value along its text.
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Yaml;

internal static class ScalarPlaces
{
    /// <summary>The map of a scalar; null where its value is written to the letter.</summary>
    public static ScalarOffsetMap? Find(string content, TextSpan span, ScalarStyle style, string value)
    {
        var isQuoted = style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
        var inner = isQuoted ? new TextSpan(span.Start + 1, Math.Max(0, span.Length - 2)) : span;
        if (style is ScalarStyle.Plain or ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted
            && inner.Length == value.Length && content.AsSpan(inner.Start, inner.Length).SequenceEqual(value))
        {
            return null;
        }

        var written = style switch
        {
            ScalarStyle.Literal or ScalarStyle.Folded => BlockCharacters(content, span, value),
            ScalarStyle.DoubleQuoted => EscapedCharacters(content, inner),
            _ => QuotedCharacters(content, inner, style == ScalarStyle.SingleQuoted),
        };
        return new ScalarOffsetMap(Align(value, [.. written], inner.End));
    }

    /// <summary>Lays the value along the characters that are written: line breaks may stand for spaces, and white space may be left out.</summary>
    private static ImmutableArray<int> Align(string value, List<(char Character, int Offset)> written, int end)
    {
        var offsets = ImmutableArray.CreateBuilder<int>(value.Length + 1);
        var at = 0;
        foreach (var c in value)
        {
            while (at < written.Count && written[at].Character != c && !(c == ' ' && written[at].Character == '\n') && char.IsWhiteSpace(written[at].Character))
            {
                at++;
            }

            offsets.Add(at < written.Count ? written[at].Offset : end);
            at++;
        }

        offsets.Add(at < written.Count ? written[at].Offset : end);
        return offsets.ToImmutable();
    }

    private static IEnumerable<(char Character, int Offset)> QuotedCharacters(string content, TextSpan span, bool isQuoted)
    {
        for (var i = span.Start; i < span.End; i++)
        {
            var c = content[i];
            if (c == '\r' && i + 1 < span.End && content[i + 1] == '\n')
            {
                continue;
            }

            yield return (c == '\r' ? '\n' : c, i);
            if (isQuoted && c == '\'' && i + 1 < span.End && content[i + 1] == '\'')
            {
                i++;
            }
        }
    }

    private static IEnumerable<(char Character, int Offset)> EscapedCharacters(string content, TextSpan span)
    {
        for (var i = span.Start; i < span.End; i++)
        {
            var c = content[i];
            if (c == '\r' && i + 1 < span.End && content[i + 1] == '\n')
            {
                continue;
            }

            if (c != '\\' || i + 1 >= span.End)
            {
                yield return (c, i);
                continue;
            }

            var (text, length) = Unescape(content, i, span.End);
            foreach (var character in text)
            {
                yield return (character, i);
            }

            i += length - 1;
        }
    }

    /// <summary>What an escape stands for by YAML 1.2, section 5.7, and how long it is.</summary>
    private static (string Text, int Length) Unescape(string content, int at, int end)
    {
        var digits = content[at + 1] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            return at + 2 + digits <= end && int.TryParse(content.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                ? (code is >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF) ? char.ConvertFromUtf32(code) : ((char)code).ToString(), 2 + digits)
                : ("\\", 1);
        }

        return content[at + 1] switch
        {
            '0' => ("\0", 2),
            'a' => ("\a", 2),
            'b' => ("\b", 2),
            't' or '\t' => ("\t", 2),
            'n' => ("\n", 2),
            'v' => ("\v", 2),
            'f' => ("\f", 2),
            'r' => ("\r", 2),
            'e' => ("\u001B", 2),
            'N' => ("\u0085", 2),
            '_' => ("\u00A0", 2),
            'L' => ("\u2028", 2),
            'P' => ("\u2029", 2),
            '\n' or '\r' => ("", 2),
            var c => (c.ToString(), 2),
        };
    }

    /// <summary>The content of a block scalar without its header and its indentation.</summary>
    private static IEnumerable<(char Character, int Offset)> BlockCharacters(string content, TextSpan span, string value)
    {
        var i = span.Start;
        while (i < span.End && content[i] is not '\n' and not '\r')
        {
            i++;
        }

        i += i + 1 < span.End && content[i] == '\r' && content[i + 1] == '\n' ? 2 : 1;

        // With an indentation indicator in the header the first line may have spaces of its own: those that the value begins with.
        var indentation = FirstIndentation(content, i, span.End) - FirstIndentation(value, 0, value.Length);
        while (i < span.End)
        {
            for (var skipped = 0; skipped < indentation && i < span.End && content[i] == ' '; skipped++)
            {
                i++;
            }

            for (; i < span.End && content[i] is not '\n' and not '\r'; i++)
            {
                yield return (content[i], i);
            }

            if (i < span.End)
            {
                yield return ('\n', i);
                i += i + 1 < span.End && content[i] == '\r' && content[i + 1] == '\n' ? 2 : 1;
            }
        }
    }

    private static int FirstIndentation(string content, int start, int end)
    {
        var indentation = 0;
        for (var i = start; i < end; i++)
        {
            if (content[i] == ' ')
            {
                indentation++;
            }
            else if (content[i] is '\n' or '\r')
            {
                indentation = 0;
            }
            else
            {
                return indentation;
            }
        }

        return indentation;
    }
}
