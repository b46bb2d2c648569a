// Positions are counted in the unit that client and server agree on; inside the server they are offsets of UTF-16 code units.
using System.Text;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.Protocol;

/// <summary>One of LSP's three ways of counting within a line.</summary>
internal sealed record PositionEncoding(string Name)
{
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
        var units = 0;
        var offset = line.Start;
        foreach (var rune in text.AsSpan(line).EnumerateRunes())
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

        var start = text.GetLineSpan(position.Line).Start;
        var units = 0;
        foreach (var rune in text.AsSpan(TextSpan.FromBounds(start, start + position.Character)).EnumerateRunes())
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

    private int Length(Rune rune) => Name == "utf-8" ? rune.Utf8SequenceLength : 1;
}
