using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Completion;

internal static class QuotedText
{
    /// <summary>What a completion replaces in a scalar: all of it, or what is between its quotes. An open quote is closed by the trail.</summary>
    public static (TextSpan Span, char? Quote, string Trail) Find(CursorText cursor, ScalarSyntax scalar)
    {
        var span = scalar.Span;
        if (scalar.Style is not (ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted))
        {
            return (span, null, "");
        }

        var quote = cursor.Text[span.Start];
        if (IsClosed(cursor.Text, scalar))
        {
            return (TextSpan.FromBounds(span.Start + 1, span.End - 1), quote, "");
        }

        // Nobody knows where a string without an end was meant to end: only the word at the cursor is replaced.
        var end = cursor.Offset;
        while (end < span.End && (char.IsLetterOrDigit(cursor.Text[end]) || cursor.Text[end] is '_' or '-'))
        {
            end++;
        }

        return (TextSpan.FromBounds(span.Start + 1, end), quote, quote.ToString());
    }

    /// <summary>Whether the cursor is where a scalar of one line is typed: between its quotes, if it has any.</summary>
    public static bool IsInside(CursorText cursor, ScalarSyntax scalar) => scalar.Style switch
    {
        ScalarStyle.Plain => scalar.Span.Length > 0 && scalar.Span.Touches(cursor.Offset),
        ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => cursor.Offset > scalar.Span.Start
            && (cursor.Offset < scalar.Span.End || (cursor.Offset == scalar.Span.End && !IsClosed(cursor.Text, scalar))),
        _ => false,
    };

    public static bool IsClosed(SourceText text, ScalarSyntax scalar) => scalar.Span.Length > 1 && text[scalar.Span.End - 1] == text[scalar.Span.Start]
        && scalar.ToSourceOffset(scalar.Value.Length) == scalar.Span.End - 1;
}
