// What growing a selection takes in, step by step: a word of an expression, the text, the entry, the activity, the list, the document.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Navigation;

internal static class SelectionRanges
{
    /// <summary>From the innermost to the whole text; each holds the one before it and is longer.</summary>
    public static ImmutableArray<TextSpan> Find(ResourceDocument document, int offset)
    {
        var all = new TextSpan(0, document.Text.Length);
        var ranges = ImmutableArray.CreateBuilder<TextSpan>();
        foreach (var span in Candidates(document, offset).Append(all).Where(s => s.Touches(offset) && all.Contains(s)))
        {
            if (ranges.Count == 0 || (span.Contains(ranges[^1]) && span.Length > ranges[^1].Length))
            {
                ranges.Add(span);
            }
        }

        return ranges.ToImmutable();
    }

    private static IEnumerable<TextSpan> Candidates(ResourceDocument document, int offset)
    {
        var node = document.Syntax.FindNode(offset);
        var inner = node is ScalarSyntax scalar ? ExpressionParts(document, scalar, offset).Concat(TextParts(scalar)) : [];
        for (; node is not null; node = node.Parent)
        {
            inner = inner.Concat(Parts(document, node));
        }

        return inner.Concat(document.Syntax.Documents.Length > 1 ? document.Syntax.Documents.Select(d => d.Span) : []);
    }

    /// <summary>Inside of an expression its parts, of a name in quotes the name first; then what stands between <c>@{</c> and <c>}</c>, and that with both.</summary>
    private static IEnumerable<TextSpan> ExpressionParts(ResourceDocument document, ScalarSyntax scalar, int offset)
    {
        if (ExpressionSite.FindAt(document, offset) is not var (site, _) || site.Syntax != scalar)
        {
            yield break;
        }

        var at = scalar.ToValueOffset(offset);
        for (var node = site.Template.FindNode(at); node is not null; node = node.Parent)
        {
            foreach (var span in PartsOf(node).Where(s => s.Touches(at)))
            {
                yield return scalar.ToSourceSpan(span);
            }
        }

        foreach (var part in site.Template.Parts.OfType<ExpressionPart>().Where(p => p.Span.Touches(at)))
        {
            yield return scalar.ToSourceSpan(part.Span);
        }
    }

    private static IEnumerable<TextSpan> PartsOf(ExpressionNode node) => node switch
    {
        LiteralNode { Value: StringValue, Span: { Length: >= 2 } span } => [new TextSpan(span.Start + 1, span.Length - 2), span],
        CallNode call => [call.NameToken.Span, .. ArgumentsOf(call), call.Span],
        MemberNode { NameToken: { } name } => [name.Span, node.Span],
        _ => [node.Span],
    };

    private static IEnumerable<TextSpan> ArgumentsOf(CallNode call) =>
        call is { Open: { } open, Close: { } close } ? [TextSpan.FromBounds(open.Span.End, close.Span.Start)] : [];

    /// <summary>The text that a scalar stands for; its quotes come with the node.</summary>
    private static IEnumerable<TextSpan> TextParts(ScalarSyntax scalar) => [scalar.ToSourceSpan(new TextSpan(0, scalar.Value.Length))];

    private static IEnumerable<TextSpan> Parts(ResourceDocument document, SyntaxNode node) => node switch
    {
        // The dash belongs to an item, and inside of the brackets stands what they hold.
        { Parent: SequenceSyntax { IsFlow: false } } => [.. Inside(document, node), node.Span, WithDash(document.Text, node.Span)],
        _ => [.. Inside(document, node), node.Span],
    };

    private static IEnumerable<TextSpan> Inside(ResourceDocument document, SyntaxNode node)
    {
        var isFlow = node is MappingSyntax { IsFlow: true } or SequenceSyntax { IsFlow: true };
        if (!isFlow || node.Span.Length < 2 || document.Text[node.Span.End - 1] is not ('}' or ']'))
        {
            return [];
        }

        var content = document.Text.Content.AsSpan(node.Span.Start + 1, node.Span.Length - 2);
        var leading = content.Length - content.TrimStart().Length;
        return [new TextSpan(node.Span.Start + 1 + leading, content.Trim().Length)];
    }

    private static TextSpan WithDash(SourceText text, TextSpan item)
    {
        var start = item.Start;
        while (start > 0 && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return start > 0 && text[start - 1] == '-' ? TextSpan.FromBounds(start - 1, item.End) : item;
    }
}
