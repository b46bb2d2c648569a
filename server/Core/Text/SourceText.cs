// An immutable text with its line starts. Spans are offsets into it; lines and columns exist at the protocol's edge only.
using System.Collections.Immutable;
using System.Text;

namespace Pipewright.Core.Text;

/// <summary>One version of a file's text. A line ends at <c>\n</c>, <c>\r\n</c> or <c>\r</c>, as in LSP.</summary>
public sealed class SourceText
{
    private ImmutableArray<int> _lineStarts;

    public SourceText(string content) => Content = content;

    public string Content { get; }

    public int Length => Content.Length;

    public char this[int offset] => Content[offset];

    public int LineCount => LineStarts.Length;

    private ImmutableArray<int> LineStarts
    {
        get
        {
            if (_lineStarts.IsDefault)
            {
                ImmutableInterlocked.InterlockedInitialize(ref _lineStarts, FindLineStarts(Content));
            }

            return _lineStarts;
        }
    }

    public override string ToString() => Content;

    public string ToString(TextSpan span) => Content.Substring(span.Start, span.Length);

    public ReadOnlySpan<char> AsSpan(TextSpan span) => Content.AsSpan(span.Start, span.Length);

    /// <summary>The line's text without its line break. Throws <see cref="ArgumentOutOfRangeException"/> for a line that is not there.</summary>
    public TextSpan GetLineSpan(int line)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)line, (uint)LineCount, nameof(line));
        var start = LineStarts[line];
        var end = line + 1 < LineCount ? LineStarts[line + 1] : Length;
        while (end > start && Content[end - 1] is '\n' or '\r')
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }

    /// <summary>The line that holds <paramref name="offset"/>, from 0. An offset beyond the text counts as its end.</summary>
    public int GetLine(int offset)
    {
        var index = LineStarts.BinarySearch(Math.Clamp(offset, 0, Length));
        return index >= 0 ? index : ~index - 1;
    }

    public LinePosition GetPosition(int offset)
    {
        offset = Math.Clamp(offset, 0, Length);
        var line = GetLine(offset);
        return new LinePosition(line, offset - LineStarts[line]);
    }

    /// <summary>The offset of <paramref name="position"/>; what lies beyond its line or the text counts as their end, as LSP asks.</summary>
    public int GetOffset(LinePosition position)
    {
        if (position.Line < 0)
        {
            return 0;
        }

        if (position.Line >= LineCount)
        {
            return Length;
        }

        var line = GetLineSpan(position.Line);
        return line.Start + Math.Clamp(position.Character, 0, line.Length);
    }

    public SourceText WithChange(TextChange change) => new(
        string.Concat(Content.AsSpan(0, change.Span.Start), change.NewText, Content.AsSpan(change.Span.End)));

    /// <summary>Applies changes that all count from this text and do not overlap. Throws <see cref="ArgumentException"/> if they do.</summary>
    public SourceText WithChanges(IEnumerable<TextChange> changes)
    {
        var result = new StringBuilder();
        var position = 0;
        foreach (var change in changes.OrderBy(c => c.Span.Start).ThenBy(c => c.Span.End))
        {
            if (change.Span.Start < position)
            {
                throw new ArgumentException($"The change at {change.Span} overlaps the one before it.", nameof(changes));
            }

            result.Append(Content, position, change.Span.Start - position).Append(change.NewText);
            position = change.Span.End;
        }

        return new SourceText(result.Append(Content, position, Length - position).ToString());
    }

    private static ImmutableArray<int> FindLineStarts(string content)
    {
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (var at = 0; content.AsSpan(at).IndexOfAny('\n', '\r') is >= 0 and var next;)
        {
            at += next + 1;
            if (content[at - 1] == '\n' || at == content.Length || content[at] != '\n')
            {
                starts.Add(at);
            }
        }

        return starts.ToImmutable();
    }
}
