// Finds what aliases stand for, after the tree is built.
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Yaml;

internal sealed class AliasResolution
{
    /// <summary>
    /// What all aliases of a document may stand for together. A text of a few lines can name billions of nodes through aliases of aliases; no pipeline
    /// comes near this.
    /// </summary>
    private const long LargestExpansion = 100_000;

    private readonly Dictionary<string, SyntaxNode> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<SyntaxNode, long> _sizes = [];
    private readonly List<Diagnostic> _diagnostics;

    private long _expanded;

    private AliasResolution(List<Diagnostic> diagnostics) => _diagnostics = diagnostics;

    /// <returns>Whether there are any anchors or aliases.</returns>
    public static bool Resolve(SyntaxNode root, List<Diagnostic> diagnostics)
    {
        if (!IsNeeded(root))
        {
            return false;
        }

        new AliasResolution(diagnostics).Visit(root);
        return true;
    }

    /// <summary>Whether a node is, or holds, an anchor or an alias.</summary>
    public static bool IsNeeded(SyntaxNode root)
    {
        var pending = new Stack<SyntaxNode>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is AliasSyntax || node.Anchor is not null)
            {
                return true;
            }

            foreach (var child in node.Children)
            {
                pending.Push(child);
            }
        }

        return false;
    }

    /// <summary>Visits in text order; gives how many nodes the node stands for with all its aliases followed.</summary>
    private long Visit(SyntaxNode node)
    {
        if (node is AliasSyntax alias)
        {
            return Follow(alias);
        }

        if (node.Anchor is not null)
        {
            _anchors[node.Anchor] = node;
        }

        var size = 1L;
        foreach (var child in node.Children)
        {
            size += Visit(child);
        }

        _sizes[node] = size;
        return size;
    }

    private long Follow(AliasSyntax alias)
    {
        if (!_anchors.TryGetValue(alias.Name, out var target))
        {
            var closest = Spelling.FindClosest(alias.Name, _anchors.Keys);
            _diagnostics.Add(SyntaxDiagnostics.UnknownAlias.At(
                alias.Span, $"No anchor '&{alias.Name}' stands before this." + (closest is null ? "" : $" Did you mean '*{closest}'?")));
            return 1;
        }

        // A node that is being visited has no size yet: the alias stands inside its own anchor.
        if (!_sizes.TryGetValue(target, out var size))
        {
            _diagnostics.Add(SyntaxDiagnostics.EndlessAlias.At(alias.Span, $"'*{alias.Name}' stands inside its own anchor and would never end."));
            return 1;
        }

        if (_expanded + size > LargestExpansion)
        {
            _diagnostics.Add(SyntaxDiagnostics.EndlessAlias.At(
                alias.Span, $"With '*{alias.Name}', the aliases here stand for more than {LargestExpansion / 1000} thousand nodes. Write out what is needed, or use fewer of them."));
            return 1;
        }

        _expanded += size;
        alias.Target = target;
        return size;
    }
}
