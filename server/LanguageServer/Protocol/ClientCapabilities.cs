// What a client says that it can do. What it leaves out, it can't.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipewright.LanguageServer.Protocol;

public sealed record ClientCapabilities(
    GeneralClientCapabilities? General = null, TextDocumentClientCapabilities? TextDocument = null, WorkspaceClientCapabilities? Workspace = null, WindowClientCapabilities? Window = null);

public sealed record GeneralClientCapabilities(IReadOnlyList<string>? PositionEncodings = null);

public sealed record WindowClientCapabilities(bool? WorkDoneProgress = null);

public sealed record WorkspaceClientCapabilities(DynamicRegistration? DidChangeWatchedFiles = null, bool? Configuration = null, RefreshSupport? Diagnostics = null, WorkspaceEditClientCapabilities? WorkspaceEdit = null,
    FileOperationClientCapabilities? FileOperations = null, WorkspaceSymbolClientCapabilities? Symbol = null,
    RefreshSupport? InlayHint = null, RefreshSupport? CodeLens = null, RefreshSupport? SemanticTokens = null);

/// <param name="ResolveSupport">What may be left out until the client asks for one symbol.</param>
public sealed record WorkspaceSymbolClientCapabilities(SymbolKindSupport? SymbolKind = null, ResolveSupport? ResolveSupport = null);

/// <param name="ValueSet">Without it a client knows the kinds up to 18, array.</param>
public sealed record SymbolKindSupport(IReadOnlyList<int>? ValueSet = null);

public sealed record FileOperationClientCapabilities(bool? WillRename = null);

/// <param name="ResourceOperations">Of <c>create</c>, <c>rename</c> and <c>delete</c>.</param>
public sealed record WorkspaceEditClientCapabilities(bool? DocumentChanges = null, IReadOnlyList<string>? ResourceOperations = null);

public sealed record DynamicRegistration([property: JsonPropertyName("dynamicRegistration")] bool? IsSupported = null);

public sealed record RefreshSupport([property: JsonPropertyName("refreshSupport")] bool? IsSupported = null);

public sealed record TextDocumentClientCapabilities(
    CompletionClientCapabilities? Completion = null, HoverClientCapabilities? Hover = null, DocumentSymbolClientCapabilities? DocumentSymbol = null,
    CodeActionClientCapabilities? CodeAction = null, PublishDiagnosticsClientCapabilities? PublishDiagnostics = null, JsonElement? Diagnostic = null,
    SignatureHelpClientCapabilities? SignatureHelp = null, RenameClientCapabilities? Rename = null, DefinitionClientCapabilities? Definition = null,
    LinkClientCapabilities? Declaration = null, LinkClientCapabilities? TypeDefinition = null, DocumentLinkClientCapabilities? DocumentLink = null,
    FoldingRangeClientCapabilities? FoldingRange = null, SemanticTokensClientCapabilities? SemanticTokens = null,
    DynamicRegistration? Synchronization = null, DynamicRegistration? References = null, DynamicRegistration? CodeLens = null);

public sealed record SemanticTokensClientCapabilities(SemanticTokensRequests? Requests = null);

/// <param name="Full"><c>true</c>, or an object that tells whether it takes changes since the last time.</param>
public sealed record SemanticTokensRequests(JsonElement? Full = null);

/// <param name="LinkSupport">Whether it takes links, which tell what leads there and all of what is there.</param>
public sealed record LinkClientCapabilities(bool? LinkSupport = null);

/// <inheritdoc cref="LinkClientCapabilities"/>
public sealed record DefinitionClientCapabilities(bool? LinkSupport = null, bool? DynamicRegistration = null);

public sealed record DocumentLinkClientCapabilities(bool? TooltipSupport = null);

/// <param name="RangeLimit">How many it takes of a document.</param>
/// <param name="LineFoldingOnly">Whether it folds whole lines only.</param>
public sealed record FoldingRangeClientCapabilities(int? RangeLimit = null, bool? LineFoldingOnly = null, FoldingRangeKindSupport? FoldingRangeKind = null, FoldingRangeTextSupport? FoldingRange = null);

public sealed record FoldingRangeKindSupport(IReadOnlyList<string>? ValueSet = null);

public sealed record FoldingRangeTextSupport(bool? CollapsedText = null);

public sealed record RenameClientCapabilities(bool? PrepareSupport = null, bool? DynamicRegistration = null);

public sealed record SignatureHelpClientCapabilities(SignatureInformationClientCapabilities? SignatureInformation = null);

public sealed record SignatureInformationClientCapabilities(IReadOnlyList<string>? DocumentationFormat = null, ParameterInformationClientCapabilities? ParameterInformation = null);

public sealed record ParameterInformationClientCapabilities(bool? LabelOffsetSupport = null);

public sealed record CompletionClientCapabilities(CompletionItemClientCapabilities? CompletionItem = null, CompletionListClientCapabilities? CompletionList = null, CompletionItemKindSupport? CompletionItemKind = null);

/// <param name="ValueSet">Without it a client knows the kinds up to 18, reference.</param>
public sealed record CompletionItemKindSupport(IReadOnlyList<int>? ValueSet = null);

/// <param name="ItemDefaults">The names of what may be said once for all items.</param>
public sealed record CompletionListClientCapabilities(IReadOnlyList<string>? ItemDefaults = null);

public sealed record CompletionItemClientCapabilities(bool? SnippetSupport = null, IReadOnlyList<string>? DocumentationFormat = null, bool? DeprecatedSupport = null,
    JsonElement? TagSupport = null, InsertTextModeSupport? InsertTextModeSupport = null, bool? CommitCharactersSupport = null, bool? LabelDetailsSupport = null, ResolveSupport? ResolveSupport = null)
{
    /// <summary>Whether what an item is for may be left out until the client asks for one item.</summary>
    public bool CanResolveDocumentation => ResolveSupport?.Properties?.Contains("documentation") == true;
}

public sealed record InsertTextModeSupport(IReadOnlyList<int>? ValueSet = null);

public sealed record HoverClientCapabilities(IReadOnlyList<string>? ContentFormat = null);

public sealed record DocumentSymbolClientCapabilities(bool? HierarchicalDocumentSymbolSupport = null);

/// <param name="ResolveSupport">What may be left out until the client asks for one action.</param>
public sealed record CodeActionClientCapabilities(
    JsonElement? CodeActionLiteralSupport = null, bool? IsPreferredSupport = null, bool? DataSupport = null, ResolveSupport? ResolveSupport = null);

public sealed record ResolveSupport(IReadOnlyList<string>? Properties = null);

public sealed record PublishDiagnosticsClientCapabilities(bool? VersionSupport = null, bool? CodeDescriptionSupport = null, JsonElement? TagSupport = null, bool? RelatedInformation = null);

/// <summary>Which tags a client shows. Read apart from the rest, because of clients that say only <c>true</c>.</summary>
public sealed record TagSupport(IReadOnlyList<int>? ValueSet = null);
