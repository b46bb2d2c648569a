using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipewright.LanguageServer.Protocol;

/// <summary>The parameters of all requests about runs; which of them count, docs/protocol.md says.</summary>
/// <param name="TextDocument">A pipeline.</param>
/// <param name="Target">The target's name; null for the current one.</param>
/// <param name="Parameters">Values by the names of the pipeline's parameters.</param>
/// <param name="Scratch">Whether the document's version runs, under a name that is deleted afterwards.</param>
/// <param name="RunId">Null for the last run of the pipeline.</param>
/// <param name="Activity">To run again from; null for what failed.</param>
/// <param name="Recursive">Whether the runs that a run has called end, too.</param>
/// <param name="Count">How many runs.</param>
/// <param name="Texts">Values of a form by the names of the pipeline's parameters, as they are typed.</param>
public sealed record RunParams(
    TextDocumentIdentifier TextDocument, string? Target = null, JsonElement? Parameters = null, bool Scratch = false, string? RunId = null, string? Activity = null, bool Recursive = true, int Count = 20,
    IReadOnlyDictionary<string, string>? Texts = null);

/// <param name="Pipeline">The name that it runs under.</param>
/// <param name="Monitor">The page of Azure's Studio that shows it; null for an emulator.</param>
public sealed record RunResult(string RunId, string Pipeline, string Target, string Factory, IReadOnlyList<string> Warnings, string? Monitor = null);

/// <summary>What has changed: one of the last three.</summary>
/// <param name="RunId">The run that is watched.</param>
/// <param name="Problem">A look failed; it is tried again.</param>
public sealed record RunChangedParams(string RunId, JsonObject? Run = null, JsonObject? Activity = null, string? Problem = null);

public sealed record RunParameterList(string Pipeline, IReadOnlyList<RunParameterField> Parameters);

/// <param name="Type">As declared.</param>
/// <param name="Default">Absent where there is none, so that a value must be given.</param>
/// <param name="Secret">Whether it must not be shown.</param>
/// <param name="Kind">What to ask with: text, secret, integer, number, boolean, list or object.</param>
/// <param name="Text">The default as a form shows it.</param>
public sealed record RunParameterField(string Name, string? Type, bool Required, bool Secret, string Kind, JsonElement? Default = null, string? Text = null);

/// <param name="Parameters">The values to run with.</param>
/// <param name="Problems">Why a run can't take them; empty where it can.</param>
public sealed record CheckedParameters(JsonElement Parameters, IReadOnlyList<ParameterFault> Problems);

/// <param name="Name">The parameter's.</param>
public sealed record ParameterFault(string Name, string Message);
