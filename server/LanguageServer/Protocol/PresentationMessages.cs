// The protocol's types for how a text is laid out and shown: formatting, hints, lenses, tokens.
namespace Pipewright.LanguageServer.Protocol;

/// <param name="Range">Of a request for a part of a document.</param>
/// <param name="Position">Just behind a character that was typed.</param>
/// <param name="Ch">That character.</param>
public sealed record FormattingParams(TextDocumentIdentifier TextDocument, FormattingOptions? Options = null, Range? Range = null, Position? Position = null, string? Ch = null);

/// <param name="TabSize">The columns of one level of indentation.</param>
public sealed record FormattingOptions(int TabSize = 2, bool InsertSpaces = true);
