// What holds of every tree and of every finding, whatever the text.
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Fuzz.Texts;

internal static class Shape
{
    /// <summary>No text is nested deeper than this, as a tree.</summary>
    private const int DeepestTree = 1024;

    /// <summary>Tokens touch and cover the text; children lie in their parents.</summary>
    public static void Check(SyntaxTree tree)
    {
        var position = 0;
        foreach (var token in tree.Tokens)
        {
            Demand(token.Span.Start == position && token.Span.Length > 0, $"the token {token} does not begin at {position}");
            position = token.Span.End;
        }

        Demand(position == tree.Text.Length, $"tokens end at {position} of {tree.Text.Length}");
        foreach (var root in tree.Documents.Select(d => d.Root).OfType<SyntaxNode>())
        {
            CheckInside(root, new TextSpan(0, tree.Text.Length), 0);
        }

        CheckFindings(tree.Text, tree.Diagnostics);
    }

    /// <summary>A finding lies in its text and says something.</summary>
    public static void CheckFindings(SourceText text, IEnumerable<Diagnostic> findings)
    {
        foreach (var finding in findings)
        {
            Demand(
                finding.Span.Start >= 0 && finding.Span.Length >= 0 && finding.Span.End <= text.Length && finding.Message.Length > 0,
                $"the finding {finding.Code} at {finding.Span} is not in the text of {text.Length}: {finding.Message}");
        }
    }

    /// <summary>What of a document must be the same, however its text came about.</summary>
    public static string Describe(ResourceDocument document) => string.Join('\n', [
        .. document.Syntax.Tokens.Select(t => $"{t.Kind} {t.Span}"),
        .. document.Syntax.Documents.SelectMany(d => d.Root is null ? [] : Describe(d.Root, 0)),
        .. document.Resources.Select(r => $"{r.Kind} {r.Name}"),
        .. document.Names.Select(n => n.ToString()),
        .. document.References.SelectMany(r => r).Select(r => $"{r.Kind} {r.Name.Text} {r.Name.Span}"),
        .. document.Diagnostics.Select(Describe),
    ]);

    public static string Describe(Diagnostic finding) => $"{finding.Code} {finding.Severity} {finding.Span} {finding.Message}";

    public static void Demand(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private static IEnumerable<string> Describe(SyntaxNode node, int depth)
    {
        var value = node is ScalarSyntax scalar ? $" {scalar.Kind} {scalar.Style} {scalar.Value}" : node is AliasSyntax alias ? $" {alias.Target?.Span}" : "";
        yield return $"{depth} {node.GetType().Name} {node.Span} {node.Anchor} {node.Tag}{value}";
        foreach (var line in node.Children.SelectMany(c => Describe(c, depth + 1)))
        {
            yield return line;
        }
    }

    private static void CheckInside(SyntaxNode node, TextSpan outer, int depth)
    {
        Demand(depth < DeepestTree, $"the tree is deeper than {DeepestTree}");
        Demand(outer.Contains(node.Span), $"{node.GetType().Name} {node.Span} is not inside {outer}");
        foreach (var child in node.Children)
        {
            Demand(child.Parent == node, $"{child.GetType().Name} {child.Span} has another parent");
            CheckInside(child, node.Span, depth + 1);
        }
    }
}
