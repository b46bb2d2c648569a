namespace Pipewright.Core.Text;

/// <summary>A range of UTF-16 code units in one <see cref="SourceText"/>: <paramref name="Start"/> is its first offset, from 0.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The offset just after the last code unit.</summary>
    public int End => Start + Length;

    public static TextSpan FromBounds(int start, int end) => new(start, Math.Max(0, end - start));

    /// <summary>Whether <paramref name="offset"/> lies inside; the end itself does not.</summary>
    public bool Contains(int offset) => offset >= Start && offset < End;

    /// <summary>Whether a cursor at <paramref name="offset"/> touches the span; both ends do.</summary>
    public bool Touches(int offset) => offset >= Start && offset <= End;

    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;

    public bool Overlaps(TextSpan other) => other.Start < End && other.End > Start;

    public override string ToString() => $"[{Start}..{End})";
}

/// <summary>A place in a text by line and UTF-16 code unit within the line, both from 0.</summary>
public readonly record struct LinePosition(int Line, int Character) : IComparable<LinePosition>
{
    public int CompareTo(LinePosition other) => Line != other.Line ? Line.CompareTo(other.Line) : Character.CompareTo(other.Character);

    public static bool operator <(LinePosition left, LinePosition right) => left.CompareTo(right) < 0;

    public static bool operator >(LinePosition left, LinePosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(LinePosition left, LinePosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LinePosition left, LinePosition right) => left.CompareTo(right) >= 0;
}

/// <summary>Puts <paramref name="NewText"/> in place of <paramref name="Span"/> of the text it was made for.</summary>
public readonly record struct TextChange(TextSpan Span, string NewText);
