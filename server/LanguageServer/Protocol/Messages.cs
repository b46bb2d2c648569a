// The part of LSP 3.17 that the server speaks, in the protocol's own names. Members that a client may leave out are nullable.
using System.Text.Json;

namespace Pipewright.LanguageServer.Protocol;

public sealed record Position(int Line, int Character);

public sealed record Range(Position Start, Position End);

public sealed record TextDocumentIdentifier(string Uri);

public sealed record TextDocumentItem(string Uri, string Text, int Version = 0);

public sealed record VersionedTextDocumentIdentifier(string Uri, int? Version = null);

public sealed record WorkspaceFolder(string Uri, string? Name = null);

public sealed record InitializeParams(
    int? ProcessId = null, string? RootUri = null, string? RootPath = null, IReadOnlyList<WorkspaceFolder>? WorkspaceFolders = null, ClientCapabilities? Capabilities = null, JsonElement? InitializationOptions = null, string? Trace = null);

public sealed record DidOpenTextDocumentParams(TextDocumentItem TextDocument);

public sealed record DidCloseTextDocumentParams(TextDocumentIdentifier TextDocument);

public sealed record DidChangeTextDocumentParams(VersionedTextDocumentIdentifier TextDocument, IReadOnlyList<TextDocumentContentChangeEvent> ContentChanges);

public sealed record TextDocumentContentChangeEvent(string Text, Range? Range = null);

public sealed record TextDocumentPositionParams(TextDocumentIdentifier TextDocument, Position Position);

public sealed record CompletionParams(TextDocumentIdentifier TextDocument, Position Position, CompletionContext? Context = null);

/// <param name="TriggerKind">1 asked for or a word typed, 2 by a trigger character, 3 again for an incomplete list.</param>
public sealed record CompletionContext(int TriggerKind, string? TriggerCharacter = null);

public sealed record DocumentParams(TextDocumentIdentifier TextDocument, string? PreviousResultId = null);

public sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName);

public sealed record RenameTarget(Range Range, string Placeholder);

public sealed record RenameFilesParams(IReadOnlyList<FileMove> Files);

public sealed record FileMove(string OldUri, string NewUri);

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
    Range Range, int Severity, string Code, CodeDescription? CodeDescription, string Source, string Message, IReadOnlyList<int>? Tags,
    IReadOnlyList<RelatedInformation>? RelatedInformation = null);

/// <summary>Another place that has to do with a finding.</summary>
public sealed record RelatedInformation(Location Location, string Message);

public sealed record CodeDescription(string Href);

public sealed record PublishDiagnosticsParams(string Uri, int? Version, IReadOnlyList<Diagnostic> Diagnostics);

public sealed record DocumentDiagnosticReport(string Kind, string ResultId, IReadOnlyList<Diagnostic>? Items);

/// <param name="PreviousResultIds">What the client has already.</param>
public sealed record WorkspaceDiagnosticParams(IReadOnlyList<PreviousResultId>? PreviousResultIds = null);

public sealed record PreviousResultId(string Uri, string Value);

public sealed record WorkspaceDiagnosticReport(IReadOnlyList<WorkspaceDocumentDiagnosticReport> Items);

/// <param name="Version">Null for a document that is not open.</param>
public sealed record WorkspaceDocumentDiagnosticReport(
    string Uri, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] int? Version, string Kind, string ResultId,
    IReadOnlyList<Diagnostic>? Items);

public sealed record MarkupContent(string Kind, string Value);

public sealed record SignatureHelp(IReadOnlyList<SignatureInformation> Signatures, int ActiveSignature, int? ActiveParameter);

public sealed record SignatureInformation(string Label, MarkupContent Documentation, IReadOnlyList<ParameterInformation> Parameters);

/// <param name="Label">Two offsets in the signature's label, or the text between them for a client that knows no offsets.</param>
public sealed record ParameterInformation(JsonElement Label, MarkupContent? Documentation);

/// <param name="Data">Five numbers a token: lines and characters since the one before, length, type, modifiers.</param>
/// <param name="ResultId">What the client asks for changes since with; null where it does not.</param>
public sealed record SemanticTokens(IReadOnlyList<int> Data, string? ResultId = null);

public sealed record SemanticTokensRangeParams(TextDocumentIdentifier TextDocument, Range Range);

public sealed record Hover(MarkupContent Contents, Range Range);

public sealed record TextEdit(Range Range, string NewText);

/// <param name="Changes">By URI; null where <paramref name="DocumentChanges"/> says it.</param>
/// <param name="DocumentChanges">The same for one version of each document; for clients that know it.</param>
public sealed record WorkspaceEdit(IReadOnlyDictionary<string, IReadOnlyList<TextEdit>>? Changes, IReadOnlyList<DocumentChange>? DocumentChanges);

/// <summary>Edits of one document; or with a kind, what happens to a file.</summary>
/// <param name="Kind"><c>create</c>, <c>rename</c> or <c>delete</c>; null for edits.</param>
/// <param name="Uri">Of the file that is created or deleted.</param>
public sealed record DocumentChange(
    EditedDocument? TextDocument = null, IReadOnlyList<TextEdit>? Edits = null, string? Kind = null, string? Uri = null, string? OldUri = null, string? NewUri = null);

/// <param name="Version">Null for a document that is not open.</param>
public sealed record EditedDocument(string Uri, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] int? Version);

/// <param name="Edit">Null where the client has to ask for it.</param>
/// <param name="Data">What it asks for it with.</param>
public sealed record CodeAction(
    string Title, string Kind, IReadOnlyList<Diagnostic>? Diagnostics = null, bool? IsPreferred = null, WorkspaceEdit? Edit = null, CodeActionPlace? Data = null);

/// <summary>An action to be filled in. What else a client sends back of it is not looked at, and goes back as it came.</summary>
public sealed record CodeActionResolveParams(string? Title = null, string? Kind = null, CodeActionPlace? Data = null);

/// <summary>Where an action was offered.</summary>
public sealed record CodeActionPlace(string Uri, Range Range);

/// <param name="ItemDefaults">What holds for all items that do not say otherwise.</param>
public sealed record CompletionList(bool IsIncomplete, IReadOnlyList<CompletionItem> Items, CompletionItemDefaults? ItemDefaults = null);

public sealed record CompletionItemDefaults(Range? EditRange = null, int? InsertTextFormat = null, int? InsertTextMode = null, CompletionPlace? Data = null);

/// <param name="TextEditText">What goes into the default range, where there is one.</param>
/// <param name="Data">What the rest is asked for with.</param>
public sealed record CompletionItem(
    string Label, CompletionItemLabelDetails? LabelDetails, int Kind, string? Detail, MarkupContent? Documentation, string? SortText, string? FilterText, IReadOnlyList<int>? Tags,
    bool? Deprecated, int? InsertTextFormat, int? InsertTextMode, TextEdit? TextEdit, string? TextEditText, IReadOnlyList<TextEdit>? AdditionalTextEdits,
    IReadOnlyList<string>? CommitCharacters, CompletionPlace? Data);

public sealed record CompletionItemLabelDetails(string? Description);

/// <summary>Where an item was proposed.</summary>
public sealed record CompletionPlace(string Uri, Position Position);

/// <summary>What is read of an item whose rest is asked for.</summary>
public sealed record CompletionResolveParams(string Label, CompletionPlace? Data = null);

public sealed record DocumentSymbol(string Name, string? Detail, int Kind, Range Range, Range SelectionRange, IReadOnlyList<DocumentSymbol> Children);

public sealed record SymbolInformation(string Name, int Kind, Location Location, string? ContainerName);

public sealed record Location(string Uri, Range Range);

/// <param name="Type">1 error, 2 warning, 3 information, 4 log.</param>
public sealed record LogMessageParams(int Type, string Message);

/// <param name="Type">As of <see cref="LogMessageParams"/>.</param>
public sealed record ShowMessageParams(int Type, string Message);

public sealed record LogTraceParams(string Message);

/// <param name="Value">off, messages or verbose.</param>
public sealed record SetTraceParams(string Value);

public sealed record ConfigurationParams(IReadOnlyList<ConfigurationItem> Items);

public sealed record ConfigurationItem(string Section);

public sealed record ProgressParams(JsonElement Token, WorkDoneProgress Value);

/// <param name="Kind">begin, report or end.</param>
public sealed record WorkDoneProgress(string Kind, string? Title, string? Message, int? Percentage, bool? Cancellable);

public sealed record ProgressToken(string Token);

public sealed record RegistrationParams(IReadOnlyList<Registration> Registrations);

public sealed record Registration(string Id, string Method, JsonElement? RegisterOptions);

/// <param name="Unregisterations">Spelt as LSP has it.</param>
public sealed record UnregistrationParams(IReadOnlyList<Unregistration> Unregisterations);

public sealed record Unregistration(string Id, string Method);

public sealed record UriParams(string? Uri = null);

/// <summary>What a token is asked for with.</summary>
/// <param name="Cloud">A name, as targets have it.</param>
/// <param name="Tenant">Null for the user's own.</param>
/// <param name="Claims">JSON: what the service asks for beyond a token; null for nothing.</param>
/// <param name="Interactive">Whether the user may be asked to sign in.</param>
public sealed record TokenParams(IReadOnlyList<string> Scopes, string Cloud, string? Tenant, string? Claims, bool Interactive);

/// <param name="Target">Null for the current one.</param>
public sealed record SignInParams(string? Uri = null, string? Target = null);

public sealed record SignInResult(string Summary);

public sealed record ValidationSummary(int Errors, int Warnings, int Files);

public sealed record TargetList(IReadOnlyList<TargetSummary> Targets, string? Current);

public sealed record TargetSummary(string Name, string Factory, bool IsEmulator);
