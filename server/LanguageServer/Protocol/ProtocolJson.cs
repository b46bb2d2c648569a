using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Pipewright.LanguageServer.Protocol;

/// <summary>JSON of the protocol's types, generated at build time: the native executable has no reflection to fall back on.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonElement?))]
[JsonSerializable(typeof(InitializeParams))]
[JsonSerializable(typeof(DidOpenTextDocumentParams))]
[JsonSerializable(typeof(DidCloseTextDocumentParams))]
[JsonSerializable(typeof(DidChangeTextDocumentParams))]
[JsonSerializable(typeof(TextDocumentPositionParams))]
[JsonSerializable(typeof(CompletionParams))]
[JsonSerializable(typeof(DocumentParams))]
[JsonSerializable(typeof(CodeActionParams))]
[JsonSerializable(typeof(DidChangeWatchedFilesParams))]
[JsonSerializable(typeof(DidChangeWorkspaceFoldersParams))]
[JsonSerializable(typeof(DidChangeConfigurationParams))]
[JsonSerializable(typeof(ExecuteCommandParams))]
[JsonSerializable(typeof(WorkDoneProgressCancelParams))]
[JsonSerializable(typeof(PublishDiagnosticsParams))]
[JsonSerializable(typeof(DocumentDiagnosticReport))]
[JsonSerializable(typeof(Hover))]
[JsonSerializable(typeof(SignatureHelp))]
[JsonSerializable(typeof(SemanticTokens))]
[JsonSerializable(typeof(SemanticTokensRangeParams))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(IReadOnlyList<CodeAction>))]
[JsonSerializable(typeof(CodeActionResolveParams))]
[JsonSerializable(typeof(CompletionList))]
[JsonSerializable(typeof(CompletionResolveParams))]
[JsonSerializable(typeof(MarkupContent))]
[JsonSerializable(typeof(IReadOnlyList<DocumentSymbol>))]
[JsonSerializable(typeof(IReadOnlyList<SymbolInformation>))]
[JsonSerializable(typeof(WorkspaceEdit))]
[JsonSerializable(typeof(RenameParams))]
[JsonSerializable(typeof(RenameTarget))]
[JsonSerializable(typeof(RenameFilesParams))]
[JsonSerializable(typeof(LogMessageParams))]
[JsonSerializable(typeof(ShowMessageParams))]
[JsonSerializable(typeof(LogTraceParams))]
[JsonSerializable(typeof(SetTraceParams))]
[JsonSerializable(typeof(ConfigurationParams))]
[JsonSerializable(typeof(TagSupport))]
[JsonSerializable(typeof(ProgressParams))]
[JsonSerializable(typeof(ProgressToken))]
[JsonSerializable(typeof(RegistrationParams))]
[JsonSerializable(typeof(UnregistrationParams))]
[JsonSerializable(typeof(UriParams))]
[JsonSerializable(typeof(TokenParams))]
[JsonSerializable(typeof(SignInParams))]
[JsonSerializable(typeof(SignInResult))]
[JsonSerializable(typeof(DeployParams))]
[JsonSerializable(typeof(DeployResult))]
[JsonSerializable(typeof(PlanResult))]
[JsonSerializable(typeof(RollbackParams))]
[JsonSerializable(typeof(ExportParams))]
[JsonSerializable(typeof(ExportResult))]
[JsonSerializable(typeof(RunParams))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(RunChangedParams))]
[JsonSerializable(typeof(RunParameterList))]
[JsonSerializable(typeof(CheckedParameters))]
[JsonSerializable(typeof(ConvertParams))]
[JsonSerializable(typeof(ConvertResult))]
[JsonSerializable(typeof(DeployChangedParams))]
[JsonSerializable(typeof(TestsParams))]
[JsonSerializable(typeof(TestList))]
[JsonSerializable(typeof(RunTestsParams))]
[JsonSerializable(typeof(RunTestsResult))]
[JsonSerializable(typeof(DryRunParams))]
[JsonSerializable(typeof(DryRunResult))]
[JsonSerializable(typeof(EvaluateParams))]
[JsonSerializable(typeof(EvaluateResult))]
[JsonSerializable(typeof(NewTestParams))]
[JsonSerializable(typeof(NewTestResult))]
[JsonSerializable(typeof(ValidationSummary))]
[JsonSerializable(typeof(LiveParams))]
[JsonSerializable(typeof(LiveResult))]
[JsonSerializable(typeof(WorkspacesParams))]
[JsonSerializable(typeof(WorkspacesResult))]
[JsonSerializable(typeof(FactoriesParams))]
[JsonSerializable(typeof(FactoriesResult))]
[JsonSerializable(typeof(BringInParams))]
[JsonSerializable(typeof(BringInResult))]
[JsonSerializable(typeof(PullParams))]
[JsonSerializable(typeof(PullResult))]
[JsonSerializable(typeof(StatusResult))]
[JsonSerializable(typeof(GraphParams))]
[JsonSerializable(typeof(PipelineGraphResult))]
[JsonSerializable(typeof(FactoryGraphResult))]
[JsonSerializable(typeof(SetTriggerParams))]
[JsonSerializable(typeof(SetTriggerResult))]
[JsonSerializable(typeof(TargetList))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(IReadOnlyList<Diagnostic>))]
[JsonSerializable(typeof(IReadOnlyList<Location>))]
[JsonSerializable(typeof(IReadOnlyList<LocationLink>))]
[JsonSerializable(typeof(ReferenceParams))]
[JsonSerializable(typeof(IReadOnlyList<DocumentHighlight>))]
[JsonSerializable(typeof(IReadOnlyList<CallHierarchyItem>))]
[JsonSerializable(typeof(CallHierarchyCallsParams))]
[JsonSerializable(typeof(IReadOnlyList<CallHierarchyIncomingCall>))]
[JsonSerializable(typeof(IReadOnlyList<CallHierarchyOutgoingCall>))]
[JsonSerializable(typeof(WorkspaceSymbolParams))]
[JsonSerializable(typeof(WorkspaceSymbol))]
[JsonSerializable(typeof(IReadOnlyList<WorkspaceSymbol>))]
[JsonSerializable(typeof(DocumentLink))]
[JsonSerializable(typeof(IReadOnlyList<DocumentLink>))]
[JsonSerializable(typeof(SelectionRangeParams))]
[JsonSerializable(typeof(IReadOnlyList<SelectionRange>))]
[JsonSerializable(typeof(IReadOnlyList<FoldingRange>))]
[JsonSerializable(typeof(FormattingParams))]
[JsonSerializable(typeof(IReadOnlyList<TextEdit>))]
[JsonSerializable(typeof(InlayHintParams))]
[JsonSerializable(typeof(IReadOnlyList<InlayHint>))]
[JsonSerializable(typeof(CodeLens))]
[JsonSerializable(typeof(IReadOnlyList<CodeLens>))]
[JsonSerializable(typeof(SemanticTokensDeltaParams))]
[JsonSerializable(typeof(SemanticTokensDelta))]
[JsonSerializable(typeof(LinkedEditingRanges))]
[JsonSerializable(typeof(Position))]
[JsonSerializable(typeof(WorkspaceDiagnosticParams))]
[JsonSerializable(typeof(WorkspaceDiagnosticReport))]
internal sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>Members that hold anything, null too.</summary>
    private static readonly HashSet<string> Free = new(StringComparer.Ordinal) { "arguments", "settings", "initializationOptions", "capabilities", "parameters", "data" };

    /// <summary>Reads a message's parameters. Throws <see cref="JsonException"/> when they are not what the method wants.</summary>
    public static T Read<T>(JsonElement element, JsonTypeInfo<T> type) where T : class =>
        element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            ? throw new JsonException($"The parameters are missing; {typeof(T).Name} was expected.")
            : WithoutGaps(element, 0).Deserialize(type) ?? throw new JsonException($"The parameters are null; {typeof(T).Name} was expected.");

    /// <summary>The protocol's lists have no nulls in them, and the serializer does not look.</summary>
    private static JsonElement WithoutGaps(JsonElement element, int depth)
    {
        if (element.ValueKind == JsonValueKind.Array && element.EnumerateArray().Any(i => i.ValueKind == JsonValueKind.Null))
        {
            throw new JsonException("A list has null in it.");
        }

        if (element.ValueKind == JsonValueKind.Object && depth < 2)
        {
            foreach (var member in element.EnumerateObject().Where(m => !Free.Contains(m.Name)))
            {
                WithoutGaps(member.Value, depth + 1);
            }
        }

        return element;
    }

    public static JsonElement Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(value, type);
}
