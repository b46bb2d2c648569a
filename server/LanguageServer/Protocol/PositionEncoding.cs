// Positions are counted in the unit that client and server agree on; inside the server they are offsets of UTF-16 code units.
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.Protocol;

/// <summary>One of LSP's three ways of counting within a line.</summary>
internal sealed record PositionEncoding(string Name)
{
    private const int Stride = 1024;

    private static readonly ConditionalWeakTable<SourceText, ConcurrentDictionary<(string Encoding, int Line), int[]>> Marks = [];

    public static PositionEncoding Utf16 { get; } = new("utf-16");

    /// <summary>UTF-16 if the client takes it or says nothing, as every client must; else the first that it names and we know.</summary>
    public static PositionEncoding Negotiate(IReadOnlyList<string>? offered) => offered is null or [] || offered.Contains("utf-16")
        ? Utf16
        : offered.FirstOrDefault(e => e is "utf-8" or "utf-32") is { } known ? new PositionEncoding(known) : Utf16;

    public int ToOffset(SourceText text, Position position)
    {
        if (this == Utf16 || position.Line < 0 || position.Line >= text.LineCount)
        {
            return text.GetOffset(new LinePosition(position.Line, position.Character));
        }

        var line = text.GetLineSpan(position.Line);
        var marks = FindMarks(text, position.Line);
        var mark = Array.BinarySearch(marks, position.Character) is >= 0 and var exact ? exact : ~Array.BinarySearch(marks, position.Character) - 1;
        var units = mark < 0 ? 0 : marks[mark];
        var offset = PlaceOf(Math.Max(0, mark), text, line);
        foreach (var rune in text.AsSpan(TextSpan.FromBounds(offset, line.End)).EnumerateRunes())
        {
            if (units >= position.Character)
            {
                break;
            }

            units += Length(rune);
            offset += rune.Utf16SequenceLength;
        }

        return offset;
    }

    public Position ToPosition(SourceText text, int offset)
    {
        var position = text.GetPosition(offset);
        if (this == Utf16)
        {
            return new Position(position.Line, position.Character);
        }

        var line = text.GetLineSpan(position.Line);
        var mark = position.Character / Stride;
        var marks = FindMarks(text, position.Line);
        var units = mark < marks.Length ? marks[mark] : 0;
        var start = mark < marks.Length ? PlaceOf(mark, text, line) : line.Start;
        foreach (var rune in text.AsSpan(TextSpan.FromBounds(start, Math.Max(start, line.Start + position.Character))).EnumerateRunes())
        {
            units += Length(rune);
        }

        return new Position(position.Line, units);
    }

    public Range ToRange(SourceText text, TextSpan span) => new(ToPosition(text, span.Start), ToPosition(text, span.End));

    public TextSpan ToSpan(SourceText text, Range range)
    {
        var start = ToOffset(text, range.Start);
        return TextSpan.FromBounds(start, Math.Max(start, ToOffset(text, range.End)));
    }

    /// <summary>The units before every so many characters of a line, so that of a long one not all has to be counted for each place; none for one that is short.</summary>
    private int[] FindMarks(SourceText text, int line) => text.GetLineSpan(line).Length <= Stride ? [] : Marks.GetOrCreateValue(text).GetOrAdd((Name, line), _ => Count(text, text.GetLineSpan(line)));

    private int[] Count(SourceText text, TextSpan line)
    {
        var marks = new int[(line.Length / Stride) + 1];
        for (var i = 1; i < marks.Length; i++)
        {
            marks[i] = marks[i - 1];
            foreach (var rune in text.AsSpan(TextSpan.FromBounds(PlaceOf(i - 1, text, line), PlaceOf(i, text, line))).EnumerateRunes())
            {
                marks[i] += Length(rune);
            }
        }

        return marks;
    }

    /// <summary>Where a mark is: never between the halves of a character.</summary>
    private static int PlaceOf(int mark, SourceText text, TextSpan line)
    {
        var place = line.Start + (mark * Stride);
        return place > line.Start && place < line.End && char.IsLowSurrogate(text[place]) ? place - 1 : place;
    }

    private int Length(Rune rune) => Name == "utf-8" ? rune.Utf8SequenceLength : 1;
}
