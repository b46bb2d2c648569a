// Lays out a text as its form is usually written. Only white space changes, and never what the text means.
using System.Collections.Immutable;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Formatting;

internal static class DocumentLayout
{
    /// <summary>The changes that lay out a text; of one with syntax errors none, as nobody knows what it means.</summary>
    public static ImmutableArray<TextChange> Find(SyntaxTree tree, LayoutStyle style, CancellationToken cancellation)
    {
        var all = FindAll(tree, style);
        cancellation.ThrowIfCancellationRequested();
        return Keep(tree, all) ?? [];
    }

    /// <summary>Those of the lines that a span touches. Where the lines cannot move without those around them, they stay where they are.</summary>
    public static ImmutableArray<TextChange> Find(SyntaxTree tree, TextSpan within, LayoutStyle style, CancellationToken cancellation)
    {
        var lines = LinesOf(tree.Text, within);
        var touched = FindAll(tree, style).ConvertAll(c => Shorten(tree.Text, c)).Where(c => c.Span.Start <= lines.End && c.Span.End >= lines.Start).ToList();
        cancellation.ThrowIfCancellationRequested();
        return Keep(tree, touched) ?? Keep(tree, [.. touched.Where(c => !c.MovesLine)]) ?? [];
    }

    private static List<LayoutChange> FindAll(SyntaxTree tree, LayoutStyle style) => tree.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) ? []
        : tree.Language == SyntaxLanguage.Json ? JsonLayout.Find(tree, style)

        // The long form of keys is for what no resource has.
        : tree.Tokens.Any(t => t.Kind == SyntaxTokenKind.Punctuation && tree.Text[t.Span.Start] == '?') ? []
        : YamlLayout.Find(tree, style);

    private static TextSpan LinesOf(SourceText text, TextSpan span)
    {
        var first = text.GetLine(span.Start);
        var last = text.GetLine(span.End);

        // A selection of whole lines ends at the start of the next one.
        last -= last > first && text.GetLineSpan(last).Start == span.End ? 1 : 0;
        return TextSpan.FromBounds(text.GetLineSpan(first).Start, text.GetLineSpan(last).End);
    }

    /// <summary>Without what stays as it is at either end: a line break that stays belongs to neither line's change.</summary>
    private static LayoutChange Shorten(SourceText text, LayoutChange change)
    {
        var old = text.AsSpan(change.Span);
        var start = old.CommonPrefixLength(change.NewText);

        // A line break is kept as a whole.
        start -= start > 0 && old[start - 1] == '\r' ? 1 : 0;
        return change with { Span = TextSpan.FromBounds(change.Span.Start + start, change.Span.End), NewText = change.NewText[start..] };
    }

    /// <summary>The changes, if the text still means the same with them; else null.</summary>
    private static ImmutableArray<TextChange>? Keep(SyntaxTree tree, List<LayoutChange> changes)
    {
        ImmutableArray<TextChange> edits = [.. changes.Select(c => Shorten(tree.Text, c)).Select(c => new TextChange(c.Span, c.NewText))];
        return edits.IsEmpty || SameMeaning.Holds(tree, SyntaxTree.Parse(tree.Text.WithChanges(edits), tree.Language)) ? edits : null;
    }
}
