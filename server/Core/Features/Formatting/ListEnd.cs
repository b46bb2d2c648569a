// A line break in an item that is still empty: the list is complete, and its dash one too many.
using Pipewright.Core.Factory;

namespace Pipewright.Core.Features.Formatting;

internal static class ListEnd
{
    /// <summary>
    /// The indentation of what may follow after a list, where a line holds a dash alone, below an item of the same list and above none. Null elsewhere: a first
    /// item may well go on in the next line, and in the middle of a list an empty item is there to be filled in.
    /// </summary>
    public static string? Find(ResourceDocument document, int line)
    {
        var lines = new IndentedLines(document);
        var dash = lines[line];
        if (dash.Content is not "-")
        {
            return null;
        }

        var (above, below) = (line - 1, line + 1);
        while (above >= 0 && (lines[above].Content.Length == 0 || lines[above].Column > dash.Column))
        {
            above--;
        }

        while (below < document.Text.LineCount && lines[below].Content.Length == 0)
        {
            below++;
        }

        return above >= 0 && IsItem(lines[above], dash.Column) && !(below < document.Text.LineCount && IsItem(lines[below], dash.Column)) ? FindOutside(lines, above, dash.Column) : null;
    }

    /// <summary>The indentation of the key that holds the list; none of a list that no key holds.</summary>
    private static string FindOutside(IndentedLines lines, int above, int column)
    {
        for (; above >= 0; above--)
        {
            var (at, content) = lines[above];
            if (content.Length > 0 && content[0] != '#' && (at < column || (at == column && !IsItem(lines[above], column))))
            {
                var key = content.TrimStart('-', ' ');
                return new string(' ', at + content.Length - key.Length);
            }
        }

        return "";
    }

    private static bool IsItem((int Column, string Content) line, int column) => line.Column == column && (line.Content is "-" || line.Content.StartsWith("- ", StringComparison.Ordinal));

    /// <summary>The lines of a text without the white space around them.</summary>
    private readonly struct IndentedLines(ResourceDocument document)
    {
        public (int Column, string Content) this[int line]
        {
            get
            {
                var text = document.Text.ToString(document.Text.GetLineSpan(line)).TrimEnd();
                var content = text.TrimStart(' ');
                return (text.Length - content.Length, content);
            }
        }
    }
}
