using System.Collections.Immutable;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Notebooks;

/// <summary>A part of a cell's text that is written in one go.</summary>
/// <param name="Start">Its first offset in the cell's text.</param>
/// <param name="FileStart">The same in the file; of no meaning where it is in a string.</param>
/// <param name="Written">The string of a JSON file that it is written in; null where it stands in the file as it is.</param>
internal readonly record struct CellSegment(int Start, int FileStart, ScalarSyntax? Written);

/// <summary>The text of a cell, which knows where in the file each of its characters stands.</summary>
public sealed class CellText
{
    private readonly ImmutableArray<CellSegment> _segments;

    internal CellText(string text, ImmutableArray<CellSegment> segments) => (Text, _segments) = (text, segments);

    public string Text { get; }

    /// <summary>The place in the file of a span of <see cref="Text"/>.</summary>
    public TextSpan ToFile(TextSpan span)
    {
        var segment = FindSegment(span.Start);
        var start = ToFile(segment, span.Start);
        var last = span.Length == 0 ? segment : FindSegment(span.End - 1);
        return TextSpan.FromBounds(start, span.Length == 0 ? start : ToFile(last, span.End));
    }

    private static int ToFile(CellSegment segment, int offset) => segment.Written is { } scalar
        ? scalar.ToSourceOffset(Math.Clamp(offset - segment.Start, 0, scalar.Value.Length))
        : segment.FileStart + offset - segment.Start;

    private CellSegment FindSegment(int offset)
    {
        var (low, high) = (0, _segments.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _segments[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }

        return _segments.IsEmpty ? default : _segments[low];
    }
}
