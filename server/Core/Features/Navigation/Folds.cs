// The parts of a text that can be folded away.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Navigation;

internal static class Folds
{
    private const string RegionStart = "region";
    private const string RegionEnd = "endregion";

    /// <summary>In text order, one for each first line; those around come before those within.</summary>
    public static ImmutableArray<Fold> Find(ResourceDocument document, CancellationToken cancellation)
    {
        var text = document.Text;
        var nodes = document.Syntax.Documents.Select(d => d.Root).OfType<SyntaxNode>().SelectMany(r => OfNodes(text, r, cancellation));
        var found = nodes.Concat(OfComments(document)).Where(f => text.GetLine(f.Span.Start) < text.GetLine(f.Span.End))
            .OrderBy(f => f.Span.Start).ThenByDescending(f => f.Span.End)
            .DistinctBy(f => text.GetLine(f.Span.Start));
        return [.. Nest(found)];
    }

    private static IEnumerable<Fold> OfNodes(SourceText text, SyntaxNode root, CancellationToken cancellation)
    {
        var pending = new Stack<SyntaxNode>([root]);
        while (pending.TryPop(out var node))
        {
            cancellation.ThrowIfCancellationRequested();
            if (OfNode(text, node) is { } fold)
            {
                yield return fold;
            }

            foreach (var child in node.Children)
            {
                pending.Push(child);
            }
        }
    }

    private static Fold? OfNode(SourceText text, SyntaxNode node) => node switch
    {
        MappingSyntax { IsFlow: true } or SequenceSyntax { IsFlow: true } => OfBrackets(text, node),
        MappingEntrySyntax { Value: { } value } entry when !IsFlow(value) => new Fold(
            TextSpan.FromBounds(FirstLineEnd(text, entry.Span.Start), TrimEnd(text, entry.Span)), FoldKind.Node, LabelOf(value), 0),

        // An item of a list is folded to its first line, which has the name of an activity.
        { Parent: SequenceSyntax { IsFlow: false } } when !IsFlow(node) => new Fold(
            TextSpan.FromBounds(FirstLineEnd(text, node.Span.Start), TrimEnd(text, node.Span)), FoldKind.Node, null, 0),
        _ => null,
    };

    /// <summary>The brackets themselves stay.</summary>
    private static Fold? OfBrackets(SourceText text, SyntaxNode node) => node.Span.Length >= 2 && text[node.Span.End - 1] is '}' or ']'
        ? new Fold(TextSpan.FromBounds(node.Span.Start + 1, TrimEnd(text, TextSpan.FromBounds(node.Span.Start + 1, node.Span.End - 1))), FoldKind.Node, LabelOf(node), 0)
        : null;

    private static bool IsFlow(SyntaxNode node) => node is MappingSyntax { IsFlow: true } or SequenceSyntax { IsFlow: true };

    private static string? LabelOf(SyntaxNode node) => node switch
    {
        SequenceSyntax { Items.Length: var count } => count == 1 ? "1 item" : $"{count} items",
        MappingSyntax mapping => mapping.Entries.FirstOrDefault(e => e.Key.Value.Equals("name", StringComparison.OrdinalIgnoreCase))?.Value is ScalarSyntax { Value.Length: > 0 } name
            ? name.Value
            : null,
        _ => null,
    };

    private static IEnumerable<Fold> OfComments(ResourceDocument document)
    {
        var text = document.Text;
        var regions = new Stack<TextSpan>();
        TextSpan? block = null;
        foreach (var comment in document.Syntax.Tokens.Where(t => t.Kind == SyntaxTokenKind.Comment && IsAlone(text, t.Span)).Select(t => t.Span))
        {
            var marker = text.ToString(comment).TrimStart('#', '/', ' ');
            if (marker.StartsWith(RegionStart, StringComparison.OrdinalIgnoreCase))
            {
                regions.Push(comment);
            }
            else if (marker.StartsWith(RegionEnd, StringComparison.OrdinalIgnoreCase) && regions.TryPop(out var start))
            {
                yield return new Fold(TextSpan.FromBounds(FirstLineEnd(text, start.Start), comment.End), FoldKind.Region, null, 0);
            }

            if (block is { } open && text.GetLine(open.End) + 1 == text.GetLine(comment.Start))
            {
                block = TextSpan.FromBounds(open.Start, comment.End);
                continue;
            }

            if (block is { } done)
            {
                yield return OfBlock(text, done);
            }

            block = comment;
        }

        if (block is { } last)
        {
            yield return OfBlock(text, last);
        }
    }

    private static Fold OfBlock(SourceText text, TextSpan block) =>
        new(TextSpan.FromBounds(FirstLineEnd(text, block.Start), block.End), FoldKind.Comment, null, 0);

    /// <summary>Whether a comment has its lines for itself.</summary>
    private static bool IsAlone(SourceText text, TextSpan comment) =>
        text.AsSpan(TextSpan.FromBounds(text.GetLineSpan(text.GetLine(comment.Start)).Start, comment.Start)).IsWhiteSpace();

    private static int FirstLineEnd(SourceText text, int offset) => text.GetLineSpan(text.GetLine(offset)).End;

    private static int TrimEnd(SourceText text, TextSpan span) => span.Start + text.AsSpan(span).TrimEnd().Length;

    private static IEnumerable<Fold> Nest(IEnumerable<Fold> folds)
    {
        var around = new Stack<int>();
        foreach (var fold in folds)
        {
            while (around.TryPeek(out var end) && end <= fold.Span.Start)
            {
                around.Pop();
            }

            yield return fold with { Depth = around.Count };
            around.Push(fold.Span.End);
        }
    }
}
