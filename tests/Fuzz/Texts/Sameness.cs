// Whether two documents, or what is found in them, are the same. Nothing is made into text before there is something to tell: this is asked a million times.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Fuzz.Texts;

internal static class Sameness
{
    /// <summary>Demands that tree, tokens, names, references and own findings are those of a text that was just read.</summary>
    public static void Demand(ResourceDocument fresh, ResourceDocument current, string path)
    {
        if (!AreSame(fresh, current))
        {
            DemandSameLines(Shape.Describe(fresh), Shape.Describe(current), path);
            throw new InvalidOperationException($"{path}: where values are written, parents or entries are others after edits than from scratch");
        }

        Demand(LanguageFeatures.GetOutline(fresh, default), LanguageFeatures.GetOutline(current, default), path);
    }

    public static void Demand(ImmutableArray<Diagnostic> fresh, ImmutableArray<Diagnostic> current, string path)
    {
        if (!AreSame(fresh, current))
        {
            DemandSameLines(string.Join('\n', fresh.Select(Shape.Describe)), string.Join('\n', current.Select(Shape.Describe)), path);
        }
    }

    public static void DemandSameLines(string fresh, string current, string path)
    {
        if (fresh != current)
        {
            var (left, right) = (fresh.Split('\n'), current.Split('\n'));
            var at = left.Zip(right).TakeWhile(p => p.First == p.Second).Count();
            throw new InvalidOperationException($"{path}: from scratch '{left.ElementAtOrDefault(at)}', after edits '{right.ElementAtOrDefault(at)}'");
        }
    }

    private static void Demand(ImmutableArray<OutlineItem> fresh, ImmutableArray<OutlineItem> current, string path)
    {
        Shape.Demand(fresh.Length == current.Length, $"{path}: from scratch {fresh.Length} items of an outline, after edits {current.Length}");
        for (var i = 0; i < fresh.Length; i++)
        {
            var (left, right) = (fresh[i], current[i]);
            var isSame = left.Name == right.Name && left.Detail == right.Detail && left.Kind == right.Kind && left.Span == right.Span && left.SelectionSpan == right.SelectionSpan;
            Shape.Demand(isSame, $"{path}: from scratch {left}, after edits {right}");
            Demand(left.Children, right.Children, path);
        }
    }

    private static bool AreSame(ResourceDocument fresh, ResourceDocument current) =>
        fresh.Syntax.Tokens.AsSpan().SequenceEqual(current.Syntax.Tokens.AsSpan())
        && fresh.Syntax.Documents.Length == current.Syntax.Documents.Length
        && fresh.Syntax.Documents.Zip(current.Syntax.Documents).All(d => d.First.Span == d.Second.Span && AreSame(d.First.Root, d.Second.Root, null))
        && AreSame(fresh.Resources, current.Resources, (l, r) => l.Kind == r.Kind && l.Name == r.Name)
        && AreSame(fresh.Names, current.Names, (l, r) => l == r)
        && AreSame(fresh.References, current.References, (l, r) => AreSame(l, r, (a, b) => a.Kind == b.Kind && a.Name.Text == b.Name.Text && a.Name.Span == b.Name.Span))
        && AreSame(fresh.Diagnostics, current.Diagnostics);

    private static bool AreSame(ImmutableArray<Diagnostic> fresh, ImmutableArray<Diagnostic> current) =>
        AreSame(fresh, current, (l, r) => l.Code == r.Code && l.Severity == r.Severity && l.Span == r.Span && l.Message == r.Message);

    private static bool AreSame<T>(ImmutableArray<T> fresh, ImmutableArray<T> current, Func<T, T, bool> isSame)
    {
        var i = 0;
        while (i < fresh.Length && i < current.Length && isSame(fresh[i], current[i]))
        {
            i++;
        }

        return i == fresh.Length && i == current.Length;
    }

    private static bool AreSame(SyntaxNode? fresh, SyntaxNode? current, SyntaxNode? parent)
    {
        if (fresh is null || current is null)
        {
            return fresh is null && current is null;
        }

        var isSame = fresh.Span == current.Span && fresh.Anchor == current.Anchor && fresh.Tag == current.Tag && current.Parent == parent && HaveSameValue(fresh, current);
        if (!isSame || fresh is ScalarSyntax or AliasSyntax)
        {
            return isSame;
        }

        using var others = current.Children.GetEnumerator();
        foreach (var child in fresh.Children)
        {
            if (!others.MoveNext() || !AreSame(child, others.Current, current))
            {
                return false;
            }
        }

        return !others.MoveNext();
    }

    private static bool HaveSameValue(SyntaxNode fresh, SyntaxNode current) => (fresh, current) switch
    {
        (ScalarSyntax l, ScalarSyntax r) => l.Kind == r.Kind && l.Style == r.Style && l.Value == r.Value
            && l.ToSourceOffset(l.Value.Length / 2) == r.ToSourceOffset(r.Value.Length / 2) && l.ToSourceOffset(l.Value.Length) == r.ToSourceOffset(r.Value.Length),
        (AliasSyntax l, AliasSyntax r) => l.Name == r.Name && l.Target?.Span == r.Target?.Span,
        (MappingEntrySyntax l, MappingEntrySyntax r) => l.Separator == r.Separator,
        (MappingSyntax l, MappingSyntax r) => l.IsFlow == r.IsFlow && l.Entries.Length == r.Entries.Length,
        (SequenceSyntax l, SequenceSyntax r) => l.IsFlow == r.IsFlow && l.Items.Length == r.Items.Length,
        _ => false,
    };
}
