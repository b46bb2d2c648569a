using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features.Formatting;

/// <summary>Whether two texts differ in white space only.</summary>
internal static class SameMeaning
{
    public static bool Holds(SyntaxTree one, SyntaxTree other) =>
        one.Diagnostics.Length == other.Diagnostics.Length
        && one.Documents.Length == other.Documents.Length
        && one.Documents.Zip(other.Documents).All(d => IsSame(d.First.Root, d.Second.Root))
        && Comments(one).SequenceEqual(Comments(other));

    private static IEnumerable<string> Comments(SyntaxTree tree) => tree.Tokens.Where(t => t.Kind == SyntaxTokenKind.Comment).Select(t => tree.Text.ToString(t.Span).TrimEnd());

    private static bool IsSame(SyntaxNode? one, SyntaxNode? other)
    {
        var pending = new Stack<(SyntaxNode? One, SyntaxNode? Other)>([(one, other)]);
        while (pending.TryPop(out var pair))
        {
            if (pair is (null, null))
            {
                continue;
            }

            if (pair is not ({ } left, { } right) || left.Anchor != right.Anchor || left.Tag != right.Tag || !IsSameAlone(left, right))
            {
                return false;
            }

            var (leftChildren, rightChildren) = (left.Children.ToList(), right.Children.ToList());
            if (leftChildren.Count != rightChildren.Count)
            {
                return false;
            }

            foreach (var children in leftChildren.Zip(rightChildren))
            {
                pending.Push(children);
            }
        }

        return true;
    }

    private static bool IsSameAlone(SyntaxNode one, SyntaxNode other) => (one, other) switch
    {
        (ScalarSyntax left, ScalarSyntax right) => left.Value == right.Value && left.Kind == right.Kind && left.Style == right.Style,
        (MappingSyntax left, MappingSyntax right) => left.IsFlow == right.IsFlow,
        (SequenceSyntax left, SequenceSyntax right) => left.IsFlow == right.IsFlow,
        (AliasSyntax left, AliasSyntax right) => left.Name == right.Name,
        (MappingEntrySyntax left, MappingEntrySyntax right) => left.Value is null == right.Value is null,
        _ => false,
    };
}
