// What a refactoring is given, and what it gives back.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

/// <summary>Another way to write or to order what is there, which means the same.</summary>
/// <param name="Kind">LSP's: <see cref="Extract"/>, <see cref="Inline"/> or <see cref="Rewrite"/>.</param>
public sealed record Refactoring(string Kind, CodeFix Edit)
{
    public const string Extract = "refactor.extract";
    public const string Inline = "refactor.inline";
    public const string Rewrite = "refactor.rewrite";

    public string Title => Edit.Title;
}

/// <summary>A selection in a resource of a text without syntax errors. An instance is for one thread.</summary>
internal sealed class RefactoringContext
{
    private readonly Lazy<ImmutableArray<ExpressionSite>> _sites;
    private readonly Lazy<ImmutableArray<ActivityNode>> _selected;

    public RefactoringContext(FactorySnapshot factory, ResourceDocument document, int index, TextSpan selection)
    {
        Factory = factory;
        Document = document;
        Index = index;
        Resource = document.Resources[index];
        Selection = selection;
        Names = new ResourceNames(factory, Resource);
        _sites = new Lazy<ImmutableArray<ExpressionSite>>(() => [.. ExpressionSite.FindAll(Resource)]);
        _selected = new Lazy<ImmutableArray<ActivityNode>>(() => Resource.Kind == ResourceKind.Pipeline ? ActivitySelection.Find(document, Graph, selection) : []);
    }

    public FactorySnapshot Factory { get; }

    public ResourceDocument Document { get; }

    /// <summary>Which of the document's resources it is.</summary>
    public int Index { get; }

    public BoundResource Resource { get; }

    /// <summary>Empty for a cursor.</summary>
    public TextSpan Selection { get; }

    public ResourceNames Names { get; }

    public ActivityGraph Graph => Names.Graph.Value;

    public ImmutableArray<ExpressionSite> Sites => _sites.Value;

    /// <summary>The siblings that the selection is about; none for a cursor that is deep inside of an activity.</summary>
    public ImmutableArray<ActivityNode> SelectedActivities => _selected.Value;

    /// <summary>Whether the cursor is on a line of the resource itself: on a key of its outermost level, or before it.</summary>
    public bool IsAtRoot => Resource.Root is { Syntax: MappingSyntax root } && (Selection.Start <= (root.Entries is [var first, ..] ? first.Span.Start : root.Span.Start)
        || root.Entries.Any(e => Document.Text.GetLine(e.Key.Span.Start) == Document.Text.GetLine(Selection.Start) && e.Key.Span.Start <= Selection.Start
            && (e.Value is null or ScalarSyntax || Selection.Start <= e.Value.Span.Start)));

    /// <summary>The innermost bound node that the selection starts in.</summary>
    public BoundNode? Node => Document.FindNode(Selection.Start);
}

/// <summary>Which activities a selection is about.</summary>
internal static class ActivitySelection
{
    /// <summary>Siblings in text order: those that a selection touches, or the one whose head a cursor is in.</summary>
    public static ImmutableArray<ActivityNode> Find(ResourceDocument document, ActivityGraph graph, TextSpan selection)
    {
        if (selection.Length == 0)
        {
            return graph.All.LastOrDefault(a => a.Activity.Node.Span.Touches(selection.Start)) is { } at && IsInHead(document.Text, at, selection.Start) ? [at] : [];
        }

        // The deepest list of which something is selected, and nothing around it.
        var touched = graph.All.Where(a => a.Activity.Node.Syntax is not null && a.Activity.Node.Span.Overlaps(selection)).ToList();
        var lists = touched.GroupBy(a => a.Siblings).Where(g => g.Key.Span.Contains(Trim(document.Text, selection)) || g.First().Container is null);
        return lists.LastOrDefault() is { } innermost ? [.. innermost] : [];
    }

    private static bool IsInHead(SourceText text, ActivityNode activity, int offset)
    {
        var line = text.GetLine(offset);
        return activity.Activity.Node.Syntax is MappingSyntax mapping && (line == text.GetLine(mapping.Span.Start) || mapping.Entries.Any(
            e => e.Key.Value.ToUpperInvariant() is "NAME" or "TYPE" && line == text.GetLine(e.Span.Start)));
    }

    private static TextSpan Trim(SourceText text, TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        while (start < end && (char.IsWhiteSpace(text[start]) || text[start] is '-' or ','))
        {
            start++;
        }

        while (end > start && (char.IsWhiteSpace(text[end - 1]) || text[end - 1] is '-' or ','))
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }
}
