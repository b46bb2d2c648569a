using System.Text.Json;

namespace Pipewright.LanguageServer.Protocol;

/// <param name="TextDocument">A resource, which counts with all that it needs; or any file of a factory that counts whole.</param>
/// <param name="Target">The target's name; null for the current one.</param>
/// <param name="WholeFactory">Whether all files of the factory count.</param>
/// <param name="Deletes">Whether what no file declares is to go; of whole factories only.</param>
public sealed record DeployParams(
    TextDocumentIdentifier TextDocument, string? Target = null, JsonElement? WorkDoneToken = null, bool WholeFactory = false, bool Deletes = false);

/// <param name="Journal">The path of the deployment's journal.</param>
public sealed record DeployResult(bool Succeeded, string Summary, IReadOnlyList<DeployedResource> Results, string? Journal = null);

/// <param name="Range">Where in the file an error is about.</param>
public sealed record DeployedResource(string Kind, string Name, string Action, string? Uri, string? Error, Range? Range = null);

/// <param name="Factory">The target factory's name.</param>
public sealed record PlanResult(string Target, string Factory, string Summary, IReadOnlyList<PlannedResource> Changes, IReadOnlyList<string> Warnings);

/// <param name="Action">create, update, delete or none.</param>
/// <param name="ChangedOutside">What somebody else has changed since the last deployment.</param>
/// <param name="Before">JSON for a diff; null where there is none, or no change.</param>
public sealed record PlannedResource(
    string Kind, string Name, string Action, string? Uri, IReadOnlyList<PlannedProperty> Properties, IReadOnlyList<PlannedProperty> ChangedOutside, string? Before, string? After);

/// <param name="Before">JSON; null for what is not there.</param>
public sealed record PlannedProperty(string Path, JsonElement? Before, JsonElement? After);

/// <param name="TextDocument">Any file of the factory.</param>
/// <param name="Journal">The path of a deployment's journal; null for the last one to the target.</param>
public sealed record RollbackParams(TextDocumentIdentifier TextDocument, string? Target = null, string? Journal = null, JsonElement? WorkDoneToken = null);
