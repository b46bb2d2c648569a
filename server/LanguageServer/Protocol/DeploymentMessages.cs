using System.Text.Json;

namespace Pipewright.LanguageServer.Protocol;

/// <param name="TextDocument">A resource, which counts with all that it needs; or any file of a factory that counts whole.</param>
/// <param name="Target">The target's name; null for the current one.</param>
/// <param name="WholeFactory">Whether all files of the factory count.</param>
/// <param name="Deletes">Whether what no file declares is to go; of whole factories only.</param>
/// <param name="Notebooks">Whether the notebooks that pipelines call go along; null for what the target says.</param>
/// <param name="ReportResources">Whether <c>pipewright/deployChanged</c> tells of each resource; under the token.</param>
public sealed record DeployParams(
    TextDocumentIdentifier TextDocument, string? Target = null, JsonElement? WorkDoneToken = null, bool WholeFactory = false, bool Deletes = false, bool? Notebooks = null, bool ReportResources = false);

/// <summary>What becomes of one resource while a deployment goes on.</summary>
/// <param name="Token">The one of the request that it is about.</param>
/// <param name="State"><c>running</c>, or an action of <see cref="DeployedResource"/>.</param>
/// <param name="Error">Why it failed or was not attempted.</param>
public sealed record DeployChangedParams(JsonElement Token, string Kind, string Name, string State, string? Error = null, string? Workspace = null);

/// <param name="Journal">The path of the deployment's journal.</param>
public sealed record DeployResult(bool Succeeded, string Summary, IReadOnlyList<DeployedResource> Results, string? Journal = null);

/// <param name="Kind">As the folders of the Git form name it; <c>notebook</c> for a notebook of a workspace, whose name is its path there.</param>
/// <param name="Range">Where in the file an error is about.</param>
/// <param name="Workspace">The host of a notebook's workspace; null for resources.</param>
/// <param name="Link">Where ADF Studio shows it; null in an emulator, for notebooks and for what is not there.</param>
public sealed record DeployedResource(string Kind, string Name, string Action, string? Uri, string? Error, Range? Range = null, string? Workspace = null, string? Link = null);

/// <param name="Factory">The target factory's name.</param>
public sealed record PlanResult(string Target, string Factory, string Summary, IReadOnlyList<PlannedResource> Changes, IReadOnlyList<string> Warnings);

/// <param name="Kind">As of <see cref="DeployedResource"/>.</param>
/// <param name="Action">create, update, delete or none.</param>
/// <param name="ChangedOutside">What somebody else has changed since the last deployment.</param>
/// <param name="Before">JSON for a diff, of a notebook its source; null where there is none, or no change.</param>
/// <param name="Workspace">The host of a notebook's workspace; null for resources.</param>
/// <param name="Why">Why it is in the plan, and why with this action: a sentence or more.</param>
public sealed record PlannedResource(
    string Kind, string Name, string Action, string? Uri, IReadOnlyList<PlannedProperty> Properties, IReadOnlyList<PlannedProperty> ChangedOutside, string? Before, string? After,
    string? Workspace = null, string? Why = null);

/// <param name="Before">JSON; null for what is not there.</param>
public sealed record PlannedProperty(string Path, JsonElement? Before, JsonElement? After);

/// <param name="TextDocument">Any file of the factory.</param>
/// <param name="Journal">The path of a deployment's journal; null for the last one to the target.</param>
public sealed record RollbackParams(TextDocumentIdentifier TextDocument, string? Target = null, string? Journal = null, JsonElement? WorkDoneToken = null, bool ReportResources = false);
