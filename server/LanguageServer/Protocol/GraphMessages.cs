namespace Pipewright.LanguageServer.Protocol;

/// <param name="TextDocument">A pipeline; of a factory's graph any file of it.</param>
/// <param name="Position">Which activity is meant; null for none.</param>
/// <param name="Mermaid">Whether the graph is wanted as text, too.</param>
public sealed record GraphParams(TextDocumentIdentifier TextDocument, Position? Position = null, bool Mermaid = false);

/// <param name="IsBroken">The text has syntax errors, so that something may be missing.</param>
/// <param name="Selected">The id of the innermost activity at the position; null for none.</param>
/// <param name="Mermaid">Null where it is not wanted.</param>
public sealed record PipelineGraphResult(
    string Name, string Uri, bool IsBroken, IReadOnlyList<GraphNodeItem> Nodes, IReadOnlyList<GraphBranchItem> Branches, IReadOnlyList<GraphEdgeItem> Edges, string? Selected = null, string? Mermaid = null);

/// <param name="Branch">The id of the branch that it is in; null for one of the pipeline itself.</param>
/// <param name="Shape">control, container, pipeline, dataFlow, data or service.</param>
/// <param name="Finding">What the gravest of its errors and warnings says.</param>
/// <param name="Range">All of its text.</param>
/// <param name="SelectionRange">Its name.</param>
public sealed record GraphNodeItem(
    string Id, string Name, string? Type, string? Branch, string Shape, bool IsInactive, int Errors, int Warnings, string? Finding, Range Range, Range SelectionRange, IReadOnlyList<GraphUseItem> Uses);

/// <param name="Kind">As the Git form's folders name it.</param>
/// <param name="Uri">The file that declares it; null where none does.</param>
public sealed record GraphUseItem(string Kind, string Name, string? Uri);

public sealed record GraphBranchItem(string Id, string Node, string Label);

public sealed record GraphEdgeItem(string From, string To, IReadOnlyList<string> Conditions);

/// <param name="Root">The factory's folder.</param>
public sealed record FactoryGraphResult(string Name, string Root, IReadOnlyList<FactoryNodeItem> Nodes, IReadOnlyList<FactoryEdgeItem> Edges, string? Mermaid = null);

/// <param name="Kind">As the Git form's folders name it.</param>
/// <param name="Uri">The file that declares it; null for one that is referred to and not there.</param>
/// <param name="SelectionRange">Its name in that file.</param>
public sealed record FactoryNodeItem(string Id, string Kind, string Name, string? Type, string? Folder, string? State, int Errors, int Warnings, string? Finding, string? Uri, Range? SelectionRange);

public sealed record FactoryEdgeItem(string From, string To, int Count);
