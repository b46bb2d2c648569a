// What the features for finding one's way give back: places in files of the factory, in offsets of the text that the snapshot has of them.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Navigation;

/// <summary>A place in a file.</summary>
/// <param name="Path">Relative to the factory root.</param>
/// <param name="Span">All of what is there: a whole activity, a declaration with its value.</param>
/// <param name="NameSpan">Its name, inside of <paramref name="Span"/>; of no length where only the file's name gives it.</param>
public sealed record Place(string Path, TextSpan Span, TextSpan NameSpan);

/// <summary>Where something leads.</summary>
/// <param name="Origin">The name that was asked about, in the document that was asked about.</param>
public sealed record DefinitionResult(TextSpan Origin, ImmutableArray<Place> Targets);

public enum HighlightKind
{
    /// <summary>Where it is declared.</summary>
    Declaration,
    Read,

    /// <summary>Where it is given a value.</summary>
    Write,
}

/// <summary>A place of the document that names what the cursor is on.</summary>
public readonly record struct Highlight(TextSpan Span, HighlightKind Kind);

/// <summary>Something that calls or is called: a pipeline, a trigger, a data flow.</summary>
/// <param name="Place">Where it is declared. Of something that no file declares, the first place that names it.</param>
/// <param name="IsMissing">No file declares it.</param>
public sealed record CallItem(ResourceKind Kind, string Name, Place Place, bool IsMissing = false);

/// <summary>Calls between two of them.</summary>
/// <param name="Item">The other one.</param>
/// <param name="Calls">The names in the text of the caller by which it calls, in text order.</param>
public sealed record CallLink(CallItem Item, ImmutableArray<TextSpan> Calls);

/// <summary>Something that a search for a name found.</summary>
/// <param name="Root">Which of the factories that were searched it is in, by its index.</param>
/// <param name="Path">Relative to the factory root.</param>
public sealed record FoundName(int Root, string Path, NamedPlace Named);

/// <summary>A text that leads somewhere.</summary>
/// <param name="Target">The resource that it names; null for a page.</param>
/// <param name="Page">The address of a page; null for a resource.</param>
/// <param name="Tooltip">A few words about the target.</param>
public sealed record LinkResult(TextSpan Span, LinkTarget? Target, Uri? Page, string Tooltip)
{
    /// <summary>The path of a file that is no resource, relative to the factory root; null for other links.</summary>
    public string? File { get; init; }
}

/// <summary>A resource that a link leads to.</summary>
public sealed record LinkTarget(ResourceKind Kind, string Name);

public enum FoldKind
{
    /// <summary>A mapping, a list, a text of several lines.</summary>
    Node,
    Comment,

    /// <summary>Between <c>#region</c> and <c>#endregion</c>.</summary>
    Region,
}

/// <summary>A part of a text that can be folded away.</summary>
/// <param name="Span">What goes away, over two lines at least: from the end of what stays in the first line to the end of the last one.</param>
/// <param name="Label">What may stand in its place; null where the first line says enough.</param>
/// <param name="Depth">How many other folds it is in.</param>
public sealed record Fold(TextSpan Span, FoldKind Kind, string? Label, int Depth);
