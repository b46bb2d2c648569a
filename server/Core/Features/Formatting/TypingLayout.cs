// What an editor does by itself while someone types: the indentation of a new line, and the quotes around an expression.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Formatting;

internal static class TypingLayout
{
    /// <param name="offset">Just behind the character.</param>
    public static ImmutableArray<TextChange> Find(ResourceDocument document, int offset, char typed, LayoutStyle style) => typed switch
    {
        '\n' => Indent(document, offset, style),
        '@' => Quote(document, offset),
        _ => [],
    };

    /// <summary>YAML takes a value that starts with <c>@</c> only in quotes.</summary>
    private static ImmutableArray<TextChange> Quote(ResourceDocument document, int offset)
    {
        var text = document.Text;
        if (!document.IsSpec || offset == 0 || text[offset - 1] != '@')
        {
            return [];
        }

        var line = text.GetLineSpan(text.GetLine(offset));
        var before = text.AsSpan(TextSpan.FromBounds(line.Start, offset - 1));
        var after = text.AsSpan(TextSpan.FromBounds(offset, line.End)).TrimStart();
        var startsValue = before.EndsWith(": ") || before.EndsWith("- ") && before[..^2].IsWhiteSpace();
        return startsValue && !before.TrimStart().StartsWith('#') && (after.IsEmpty || after[0] is '#' or ',' or '}' or ']') && !IsInScalar(document, offset - 1)
            ? [new TextChange(new TextSpan(offset - 1, 1), "\"@\"")]
            : [];
    }

    /// <summary>Whether a place is in a text that goes over several lines or has quotes, where an <c>@</c> is a letter as any other.</summary>
    private static bool IsInScalar(ResourceDocument document, int offset) =>
        document.Syntax.Tokens.FirstOrDefault(t => t.Span.Contains(offset)) is { Kind: SyntaxTokenKind.String or SyntaxTokenKind.Comment or SyntaxTokenKind.Key } token && token.Span.Start < offset;

    private static ImmutableArray<TextChange> Indent(ResourceDocument document, int offset, LayoutStyle style)
    {
        var text = document.Text;
        var number = text.GetLine(offset);
        var line = text.GetLineSpan(number);
        if (number == 0 || !text.AsSpan(line).IsWhiteSpace())
        {
            return [];
        }

        if (document.IsSpec && ListEnd.Find(document, number - 1) is { } outside)
        {
            return [new TextChange(TextSpan.FromBounds(text.GetLineSpan(number - 1).Start, line.End), outside)];
        }

        if (FindIndentation(document, number - 1, style) is not { } wanted)
        {
            return [];
        }

        return text.AsSpan(line).SequenceEqual(wanted) ? [] : [new TextChange(line, wanted)];
    }

    /// <summary>Of a line after another; null where nothing is to be said.</summary>
    private static string? FindIndentation(ResourceDocument document, int before, LayoutStyle style)
    {
        var text = document.Text;
        var line = text.GetLineSpan(before);
        var written = text.AsSpan(line);
        var content = written.TrimStart(" \t");
        var indent = written[..(written.Length - content.Length)].ToString();
        var last = document.Syntax.Tokens.LastOrDefault(t => t.Span.Start < line.End && t.Span.End > line.Start && t.Kind is not (SyntaxTokenKind.WhiteSpace or SyntaxTokenKind.LineBreak or SyntaxTokenKind.Comment));
        if (content.IsWhiteSpace() || last == default)
        {
            return content.IsWhiteSpace() ? null : indent;
        }

        if (last.Span.Start < line.Start)
        {
            // Within a text of several lines, a line is as the one before it.
            return indent;
        }

        var end = text.AsSpan(last.Span);
        if (document.Syntax.Language == SyntaxLanguage.Json)
        {
            return end is "{" or "[" ? indent + style.Unit : indent;
        }

        // Dashes count as indentation of what stands behind them.
        var isItem = false;
        while (content.StartsWith("- ") || content is "-")
        {
            var inner = content[1..].TrimStart(' ');
            indent += new string(' ', content is "-" ? 2 : content.Length - inner.Length);
            content = inner;
            isItem = true;
        }

        return end is ":" or "{" or "[" || end[0] is '|' or '>' ? indent + new string(' ', end is ":" && IsList(document, last.Span.Start) ? DashIndent(document, style) : style.Step)
            : isItem && content.IsEmpty ? indent[..^2]

            // After an item that is complete in its line the next one begins; a mapping goes on with its next key.
            : isItem && (!HasKey(document, line) || (content[0] == '{' && end is "}")) ? indent[..^2] + "- "
            : indent;
    }

    private static int DashIndent(ResourceDocument document, LayoutStyle style) => DraftStyle.Of(document.Syntax).DashIndent.Length > 0 ? style.Step : 0;

    /// <summary>Whether the schema wants a list behind a colon.</summary>
    private static bool IsList(ResourceDocument document, int colon)
    {
        var node = document.FindNode(Math.Max(0, colon - 1));
        return (node as BoundProperty ?? node?.Parent as BoundProperty) is { Schema.Type: ArrayType };
    }

    private static bool HasKey(ResourceDocument document, TextSpan line) => document.Syntax.Tokens.Any(t => t.Kind == SyntaxTokenKind.Key && line.Contains(t.Span));
}
