// The protocol's types for how a text is laid out and shown: formatting, hints, lenses, tokens.
using System.Text.Json;

namespace Pipewright.LanguageServer.Protocol;

/// <param name="Range">Of a request for a part of a document.</param>
/// <param name="Position">Just behind a character that was typed.</param>
/// <param name="Ch">That character.</param>
public sealed record FormattingParams(TextDocumentIdentifier TextDocument, FormattingOptions? Options = null, Range? Range = null, Position? Position = null, string? Ch = null);

/// <param name="TabSize">The columns of one level of indentation.</param>
public sealed record FormattingOptions(int TabSize = 2, bool InsertSpaces = true);

public sealed record InlayHintParams(TextDocumentIdentifier TextDocument, Range Range);

/// <param name="Kind">1 a type, 2 a parameter; null for anything else.</param>
public sealed record InlayHint(Position Position, string Label, int? Kind, MarkupContent? Tooltip, bool? PaddingLeft);

/// <param name="Command">Null where the client has to ask for it.</param>
/// <param name="Data">What it asks for it with.</param>
public sealed record CodeLens(Range Range, Command? Command = null, LensPlace? Data = null);

/// <param name="Name">By which the client runs it.</param>
public sealed record Command(string Title, [property: System.Text.Json.Serialization.JsonPropertyName("command")] string Name, IReadOnlyList<JsonElement>? Arguments = null);

/// <summary>The resource that a lens is of.</summary>
/// <param name="Kind">A name of a kind of resource.</param>
public sealed record LensPlace(string Uri, string Kind, string Name);

public sealed record SemanticTokensDeltaParams(TextDocumentIdentifier TextDocument, string PreviousResultId);

public sealed record SemanticTokensDelta(string ResultId, IReadOnlyList<SemanticTokensEdit> Edits);

/// <param name="Start">The index of the first number.</param>
public sealed record SemanticTokensEdit(int Start, int DeleteCount, IReadOnlyList<int> Data);

/// <param name="WordPattern">A regular expression of what may be typed.</param>
public sealed record LinkedEditingRanges(IReadOnlyList<Range> Ranges, string WordPattern);
