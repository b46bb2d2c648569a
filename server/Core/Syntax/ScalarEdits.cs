// Edits of a scalar's value as edits of the text that it is written in.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

public static class ScalarEdits
{
    /// <summary>Characters that mean nothing to YAML inside of a plain scalar, wherever that stands.</summary>
    private const string SafeInPlain = "_()'.?=+/$-";

    /// <summary>Writes changes of a value in the style of its scalar; in double quotes where that style cannot hold the new value.</summary>
    /// <param name="text">The text that the scalar is in.</param>
    /// <param name="changes">In the scalar's value; they do not overlap.</param>
    /// <returns>Changes of the text after which the scalar has the new value.</returns>
    public static ImmutableArray<TextChange> Replace(SourceText text, ScalarSyntax scalar, ImmutableArray<TextChange> changes)
    {
        if (!CanHold(text, scalar, changes))
        {
            return [new TextChange(FindWritten(text, scalar), $"\"{YamlScalars.EscapeDoubleQuoted(Apply(scalar.Value, changes))}\"")];
        }

        Func<string, string> escape = scalar.Style switch
        {
            ScalarStyle.DoubleQuoted => YamlScalars.EscapeDoubleQuoted,
            ScalarStyle.SingleQuoted => YamlScalars.EscapeSingleQuoted,
            _ => s => s,
        };
        return [.. changes.Select(c => new TextChange(FindWord(text, scalar, c) ?? scalar.ToSourceSpan(c.Span), escape(c.NewText)))];
    }

    private static string Apply(string value, ImmutableArray<TextChange> changes) => changes.OrderByDescending(c => c.Span.Start)
        .Aggregate(value, (result, change) => string.Concat(result.AsSpan(0, change.Span.Start), change.NewText, result.AsSpan(change.Span.End)));

    /// <summary>Whether the new value can be written by changing only what is different.</summary>
    private static bool CanHold(SourceText text, ScalarSyntax scalar, ImmutableArray<TextChange> changes) => scalar.Style == ScalarStyle.Plain
        ? IsPlainAfter(scalar, changes) || changes.All(c => IsSafeInPlain(scalar.Value, c))
        : changes.All(c => FindWord(text, scalar, c) is not null || CanHold(scalar, c));

    /// <summary>Whether a string without quotes, which only YAML has, needs none afterwards either.</summary>
    private static bool IsPlainAfter(ScalarSyntax scalar, ImmutableArray<TextChange> changes) =>
        scalar.Kind == ScalarKind.String && scalar.Span.Length == scalar.Value.Length && YamlScalars.IsPlain(Apply(scalar.Value, changes));

    private static bool CanHold(ScalarSyntax scalar, TextChange change) => scalar.Style switch
    {
        ScalarStyle.DoubleQuoted => IsOneLine(scalar.Value, change),
        ScalarStyle.SingleQuoted => IsOneLine(scalar.Value, change) && IsPrintable(change.NewText),
        _ => IsOneLine(scalar.Value, change) && IsPrintable(change.NewText) && IsInsideOfLine(scalar.Value, change) && IsPlaced(scalar, change.Span),
    };

    /// <summary>
    /// Where a word is written as it is that gets another word in its place: that can be done anywhere, as only white space tells where lines
    /// begin and end.
    /// </summary>
    private static TextSpan? FindWord(SourceText text, ScalarSyntax scalar, TextChange change)
    {
        var word = scalar.Value.AsSpan(change.Span.Start, change.Span.Length);
        var written = new TextSpan(scalar.ToSourceOffset(change.Span.Start), change.Span.Length);
        return IsWord(word) && IsWord(change.NewText) && !(scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted && word.ContainsAny('\'', '"', '\\')) && written.End <= text.Length && text.AsSpan(written).SequenceEqual(word) ? written : null;
    }

    private static bool IsWord(ReadOnlySpan<char> text) => text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && IsPrintable(text);

    /// <summary>White space at the end of a block is not part of its span, so it is known to be in the value, and not where.</summary>
    private static bool IsPlaced(ScalarSyntax scalar, TextSpan span) =>
        scalar.ToSourceSpan(span).Length == span.Length && scalar.ToSourceOffset(span.End) < scalar.ToSourceOffset(span.End + 1);

    /// <summary>A line break in a value is written in other ways than by itself, and white space beside one may be lost.</summary>
    private static bool IsOneLine(string value, TextChange change) => !value.AsSpan(change.Span.Start, change.Span.Length).ContainsAny('\n', '\r')
        && !(change.Span.Start > 0 && value[change.Span.Start - 1] is '\n') && !(change.Span.End < value.Length && value[change.Span.End] is '\n' && HasSpaceAtEnd(value, change));

    private static bool HasSpaceAtEnd(string value, TextChange change) => change.NewText.Length > 0 ? char.IsWhiteSpace(change.NewText[^1]) : change.Span.Start == 0 || char.IsWhiteSpace(value[change.Span.Start - 1]);

    private static bool IsPrintable(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\uFEFF' || char.IsControl(c) || char.IsSurrogate(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSafeInPlain(string value, TextChange change) => change.Span.Start > 0 && change.Span.End < value.Length
        && change.NewText.All(c => char.IsAsciiLetterOrDigit(c) || SafeInPlain.Contains(c, StringComparison.Ordinal))
        && !value.AsSpan(change.Span.Start, change.Span.Length).ContainsAny('\n', ' ')
        && value[change.Span.Start - 1] is not (' ' or '\n' or ':') && value[change.Span.End] is not (' ' or '\n' or ':' or '#');

    /// <summary>The first characters of a block's lines tell its indentation, and its last ones may be dropped.</summary>
    private static bool IsInsideOfLine(string value, TextChange change) => change.Span.Start > 0 && value[change.Span.Start - 1] is not ('\n' or ' ')
        && change.Span.End < value.Length && value[change.Span.End] is not ' ' && !(change.NewText.EndsWith(' ') && value[change.Span.End] == '\n');

    /// <summary>The scalar without the line breaks that end a block, which are not its own.</summary>
    private static TextSpan FindWritten(SourceText text, ScalarSyntax scalar)
    {
        var end = scalar.Span.End;
        while (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded && end > scalar.Span.Start && text[end - 1] is '\n' or '\r' or ' ')
        {
            end--;
        }

        return TextSpan.FromBounds(scalar.Span.Start, end);
    }
}
