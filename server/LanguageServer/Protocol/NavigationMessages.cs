// The protocol's types for finding one's way: definitions, references, calls, symbols, links, selections, folds.
namespace Pipewright.LanguageServer.Protocol;

/// <param name="OriginSelectionRange">What leads there.</param>
/// <param name="TargetRange">All of what is there.</param>
/// <param name="TargetSelectionRange">Its name, inside of that.</param>
public sealed record LocationLink(Range OriginSelectionRange, string TargetUri, Range TargetRange, Range TargetSelectionRange);

public sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position, ReferenceContext? Context = null);

public sealed record ReferenceContext(bool IncludeDeclaration = false);

/// <param name="Kind">1 text, 2 read, 3 write.</param>
public sealed record DocumentHighlight(Range Range, int Kind);

/// <param name="Data">What the client brings back when it asks for calls.</param>
public sealed record CallHierarchyItem(string Name, int Kind, string Uri, Range Range, Range SelectionRange, string? Detail = null, CallPlace? Data = null);

/// <summary>Which resource an item is.</summary>
/// <param name="Kind">A name of a kind of resource.</param>
public sealed record CallPlace(string Kind, string Name);

public sealed record CallHierarchyCallsParams(CallHierarchyItem Item);

public sealed record CallHierarchyIncomingCall(CallHierarchyItem From, IReadOnlyList<Range> FromRanges);

public sealed record CallHierarchyOutgoingCall(CallHierarchyItem To, IReadOnlyList<Range> FromRanges);

public sealed record WorkspaceSymbolParams(string? Query = null);

/// <param name="Data">What the client brings back when it asks for the range.</param>
public sealed record WorkspaceSymbol(string Name, int Kind, SymbolLocation Location, string? ContainerName = null, SymbolPlace? Data = null);

/// <param name="Range">Null where the client has to ask for it.</param>
public sealed record SymbolLocation(string Uri, Range? Range = null);

/// <summary>Which of a document's names a symbol is.</summary>
/// <param name="Start">Where it was when it was found: an offset.</param>
public sealed record SymbolPlace(string Kind, int Start);

/// <param name="Data">For a link to a file: which resource it names, should its file be another one by now.</param>
public sealed record DocumentLink(Range Range, string? Target = null, string? Tooltip = null, LinkPlace? Data = null);

/// <param name="Uri">Of the document that has the link.</param>
/// <param name="Kind">A name of a kind of resource.</param>
public sealed record LinkPlace(string Uri, string Kind, string Name);

public sealed record SelectionRangeParams(TextDocumentIdentifier TextDocument, IReadOnlyList<Position> Positions);

/// <param name="Parent">What is selected next; null for the last one.</param>
public sealed record SelectionRange(Range Range, SelectionRange? Parent);

/// <param name="Kind">comment or region; null for anything else.</param>
/// <param name="CollapsedText">What stands in its place.</param>
public sealed record FoldingRange(int StartLine, int? StartCharacter, int EndLine, int? EndCharacter, string? Kind, string? CollapsedText);
