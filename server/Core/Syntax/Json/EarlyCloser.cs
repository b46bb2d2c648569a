using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Json;

/// <summary>Finds the closing bracket that is one too many, by how the lines are indented.</summary>
internal static class EarlyCloser
{
    /// <summary>
    /// The first closing bracket that ends on a line indented otherwise than the one of the bracket that it closes; null where there is none. Brackets
    /// around nothing belong together, wherever they stand.
    /// </summary>
    public static int? Find(SourceText text)
    {
        var content = text.Content;
        var open = new Stack<int>();
        for (var i = 0; i < content.Length; i++)
        {
            switch (content[i])
            {
                case '"':
                    i = FindEndOfString(content, i);
                    break;
                case '{' or '[':
                    open.Push(i);
                    break;
                case '}' or ']' when !open.TryPop(out var opener) || IsMismatch(text, opener, i):
                    return i;
            }
        }

        return null;
    }

    private static bool IsMismatch(SourceText text, int opener, int closer)
    {
        var (first, last) = (text.GetLine(opener), text.GetLine(closer));
        return first != last && !text.AsSpan(TextSpan.FromBounds(opener + 1, closer)).IsWhiteSpace() && !Indentation(text, first).SequenceEqual(Indentation(text, last));
    }

    private static ReadOnlySpan<char> Indentation(SourceText text, int line)
    {
        var written = text.AsSpan(text.GetLineSpan(line));
        return written[..(written.Length - written.TrimStart().Length)];
    }

    /// <summary>A string ends with its line at the latest.</summary>
    private static int FindEndOfString(string content, int start)
    {
        var i = start + 1;
        while (i < content.Length && content[i] is not ('"' or '\n'))
        {
            i += content[i] == '\\' ? 2 : 1;
        }

        return i;
    }
}
