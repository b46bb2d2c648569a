// The part of LSP 3.17 that the server speaks, in the protocol's own names. Members that a client may leave out are nullable.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipewright.LanguageServer.Protocol;

public sealed record Position(int Line, int Character);

public sealed record Range(Position Start, Position End);

public sealed record TextDocumentIdentifier(string Uri);

public sealed record TextDocumentItem(string Uri, string Text, int Version = 0);

public sealed record VersionedTextDocumentIdentifier(string Uri, int? Version = null);

public sealed record WorkspaceFolder(string Uri, string? Name = null);

public sealed record InitializeParams(
    int? ProcessId = null, string? RootUri = null, string? RootPath = null, IReadOnlyList<WorkspaceFolder>? WorkspaceFolders = null, ClientCapabilities? Capabilities = null, JsonElement? InitializationOptions = null);

public sealed record ClientCapabilities(GeneralClientCapabilities? General = null, TextDocumentClientCapabilities? TextDocument = null, WorkspaceClientCapabilities? Workspace = null, WindowClientCapabilities? Window = null);

public sealed record GeneralClientCapabilities(IReadOnlyList<string>? PositionEncodings = null);

public sealed record WindowClientCapabilities(bool? WorkDoneProgress = null);

public sealed record WorkspaceClientCapabilities(DynamicRegistration? DidChangeWatchedFiles = null, bool? Configuration = null, bool? WorkspaceFolders = null, RefreshSupport? Diagnostics = null);

public sealed record DynamicRegistration([property: JsonPropertyName("dynamicRegistration")] bool? IsSupported = null);

public sealed record RefreshSupport([property: JsonPropertyName("refreshSupport")] bool? IsSupported = null);

public sealed record TextDocumentClientCapabilities(
    CompletionClientCapabilities? Completion = null, HoverClientCapabilities? Hover = null, DocumentSymbolClientCapabilities? DocumentSymbol = null,
    CodeActionClientCapabilities? CodeAction = null, PublishDiagnosticsClientCapabilities? PublishDiagnostics = null, JsonElement? Diagnostic = null);

public sealed record CompletionClientCapabilities(CompletionItemClientCapabilities? CompletionItem = null);

public sealed record CompletionItemClientCapabilities(bool? SnippetSupport = null, IReadOnlyList<string>? DocumentationFormat = null, bool? DeprecatedSupport = null, bool? PreselectSupport = null, bool? InsertReplaceSupport = null, InsertTextModeSupport? InsertTextModeSupport = null);

public sealed record InsertTextModeSupport(IReadOnlyList<int>? ValueSet = null);

public sealed record HoverClientCapabilities(IReadOnlyList<string>? ContentFormat = null);

public sealed record DocumentSymbolClientCapabilities(bool? HierarchicalDocumentSymbolSupport = null);

public sealed record CodeActionClientCapabilities(JsonElement? CodeActionLiteralSupport = null);

public sealed record PublishDiagnosticsClientCapabilities(bool? VersionSupport = null, bool? CodeDescriptionSupport = null, TagSupport? TagSupport = null);

public sealed record TagSupport(IReadOnlyList<int>? ValueSet = null);

public sealed record DidOpenTextDocumentParams(TextDocumentItem TextDocument);

public sealed record DidCloseTextDocumentParams(TextDocumentIdentifier TextDocument);

public sealed record DidChangeTextDocumentParams(VersionedTextDocumentIdentifier TextDocument, IReadOnlyList<TextDocumentContentChangeEvent> ContentChanges);

public sealed record TextDocumentContentChangeEvent(string Text, Range? Range = null);

public sealed record TextDocumentPositionParams(TextDocumentIdentifier TextDocument, Position Position);

public sealed record DocumentParams(TextDocumentIdentifier TextDocument, string? PreviousResultId = null);

public sealed record CodeActionParams(TextDocumentIdentifier TextDocument, Range Range, CodeActionContext? Context = null);

public sealed record CodeActionContext(IReadOnlyList<string>? Only = null);

public sealed record DidChangeWatchedFilesParams(IReadOnlyList<FileEvent> Changes);

/// <param name="Type">1 created, 2 changed, 3 deleted.</param>
public sealed record FileEvent(string Uri, int Type);

public sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChangeEvent Event);

public sealed record WorkspaceFoldersChangeEvent(IReadOnlyList<WorkspaceFolder>? Added = null, IReadOnlyList<WorkspaceFolder>? Removed = null);

public sealed record DidChangeConfigurationParams(JsonElement? Settings = null);

public sealed record ExecuteCommandParams(string Command, IReadOnlyList<JsonElement>? Arguments = null, JsonElement? WorkDoneToken = null);

public sealed record WorkDoneProgressCancelParams(JsonElement Token);

public sealed record Diagnostic(
    Range Range, int Severity, string Code, CodeDescription? CodeDescription, string Source, string Message, IReadOnlyList<int>? Tags);

public sealed record CodeDescription(string Href);

public sealed record PublishDiagnosticsParams(string Uri, int? Version, IReadOnlyList<Diagnostic> Diagnostics);

public sealed record DocumentDiagnosticReport(string Kind, string ResultId, IReadOnlyList<Diagnostic>? Items);

public sealed record MarkupContent(string Kind, string Value);

public sealed record Hover(MarkupContent Contents, Range Range);

public sealed record TextEdit(Range Range, string NewText);

public sealed record WorkspaceEdit(IReadOnlyDictionary<string, IReadOnlyList<TextEdit>> Changes);

public sealed record CodeAction(string Title, string Kind, IReadOnlyList<Diagnostic> Diagnostics, bool? IsPreferred, WorkspaceEdit Edit);

public sealed record CompletionList(bool IsIncomplete, IReadOnlyList<CompletionItem> Items);

public sealed record CompletionItem(
    string Label, int Kind, string? Detail, MarkupContent? Documentation, string? SortText, string? FilterText, bool? Deprecated, bool? Preselect,
    int InsertTextFormat, int? InsertTextMode, TextEdit TextEdit, IReadOnlyList<TextEdit>? AdditionalTextEdits);

public sealed record DocumentSymbol(string Name, string? Detail, int Kind, Range Range, Range SelectionRange, IReadOnlyList<DocumentSymbol> Children);

public sealed record SymbolInformation(string Name, int Kind, Location Location, string? ContainerName);

public sealed record Location(string Uri, Range Range);

/// <param name="Type">1 error, 2 warning, 3 information, 4 log.</param>
public sealed record LogMessageParams(int Type, string Message);

public sealed record ProgressParams(JsonElement Token, WorkDoneProgress Value);

/// <param name="Kind">begin, report or end.</param>
public sealed record WorkDoneProgress(string Kind, string? Title, string? Message, int? Percentage, bool? Cancellable);

public sealed record ProgressToken(string Token);

public sealed record RegistrationParams(IReadOnlyList<Registration> Registrations);

public sealed record Registration(string Id, string Method, JsonElement? RegisterOptions);

public sealed record UriParams(string? Uri = null);

public sealed record DeployParams(TextDocumentIdentifier TextDocument, string? Target = null, JsonElement? WorkDoneToken = null);

public sealed record DeployResult(bool Succeeded, string Summary, IReadOnlyList<DeployedResource> Results);

public sealed record DeployedResource(string Kind, string Name, string Action, string? Uri, string? Error);

public sealed record ValidationSummary(int Errors, int Warnings, int Files);

public sealed record TargetList(IReadOnlyList<TargetSummary> Targets, string? Current);

public sealed record TargetSummary(string Name, string Factory, bool IsEmulator);
