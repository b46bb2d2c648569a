namespace Pipewright.LanguageServer.Protocol;

/// <param name="Uri">A document of the factory; null for any factory.</param>
/// <param name="Target">The target's name; null for the current one.</param>
/// <param name="Kind">A kind as the Git form's folders name it; null for all.</param>
public sealed record LiveParams(string? Uri = null, string? Target = null, string? Kind = null);

/// <param name="ReadAt">When the oldest part of it was read; null where nothing is known.</param>
/// <param name="IsFilling">Whether more is being read.</param>
/// <param name="Root">The folder of the files that are deployed to it.</param>
/// <param name="Portal">Where the Azure portal shows the factory; null for an emulator.</param>
public sealed record LiveResult(string Target, string Factory, DateTimeOffset? ReadAt, bool IsFilling, IReadOnlyList<LiveResourceSummary> Resources, string Root, string? Portal);

/// <param name="State">Of a trigger whether it fires, of an integration runtime its state.</param>
/// <param name="Changed">When it was last published.</param>
/// <param name="Uri">The file that declares it; null for what only the factory has.</param>
/// <param name="Folder">The folder of ADF Studio that shows it; null for none.</param>
public sealed record LiveResourceSummary(string Kind, string Name, string? Type, string? Description, string? LinkedService, string? State, string? Changed, string? Uri, string? Folder = null);

/// <param name="Name">A trigger of the target's factory.</param>
/// <param name="Start">Whether it is to fire from now on.</param>
public sealed record SetTriggerParams(string Name, bool Start, string? Uri = null, string? Target = null);

public sealed record SetTriggerResult(string Factory, string Name, string State);

/// <param name="Uri">A document of the factory; null for any factory.</param>
/// <param name="Refresh">Whether the workspaces are asked first, with a sign-in where one is needed.</param>
public sealed record WorkspacesParams(string? Uri = null, bool Refresh = false);

public sealed record WorkspacesResult(IReadOnlyList<WorkspaceSummary> Workspaces);

/// <param name="LinkedServices">The names of those that lead to it.</param>
/// <param name="IsLookedAt">Whether it is asked in the background.</param>
/// <param name="IsFilling">Whether something of it is being read.</param>
/// <param name="Problem">Why it can't be asked; null where it can.</param>
public sealed record WorkspaceSummary(string Address, IReadOnlyList<string> LinkedServices, bool IsLookedAt, bool IsFilling, string? Problem, IReadOnlyList<WorkspacePartSummary> Parts);

/// <param name="Kind">folder, notebook, jobs, job, clusters, policies, pools, nodeTypes or runtimes.</param>
/// <param name="Key">The path of a folder or notebook, the id of a job; null for the others.</param>
/// <param name="ReadAt">Null where it has not been read.</param>
/// <param name="Count">How many a folder or list has; null for others.</param>
public sealed record WorkspacePartSummary(string Kind, string? Key, DateTimeOffset? ReadAt, bool IsFilling, int? Count, string? Problem);

/// <param name="Cloud">A cloud's name; null for that of the target, else the public one.</param>
/// <param name="Tenant">Null for that of the target.</param>
public sealed record FactoriesParams(string? Uri = null, string? Target = null, string? Cloud = null, string? Tenant = null);

public sealed record FactoriesResult(IReadOnlyList<SubscriptionSummary> Subscriptions);

/// <param name="Problem">Why its factories can't be listed; null where they are.</param>
public sealed record SubscriptionSummary(string Id, string Name, string? Tenant, IReadOnlyList<FactorySummary> Factories, string? Problem = null);

public sealed record FactorySummary(string Name, string ResourceGroup, string? Location, bool IsConnectedToGit);

/// <param name="Uri">A document of the factory that the file is for.</param>
/// <param name="Kind">As the Git form's folders name it.</param>
public sealed record BringInParams(string Uri, string Kind, string Name, string? Target = null);

/// <param name="Uri">The file to be made.</param>
public sealed record BringInResult(string Uri, WorkspaceEdit Edit);

/// <param name="TextDocument">Any file of the factory.</param>
/// <param name="Form"><c>git</c> or <c>spec</c>, for files that are made; null for the form that the files have.</param>
/// <param name="Deletes">Whether what the factory has no more goes.</param>
public sealed record PullParams(TextDocumentIdentifier TextDocument, string? Target = null, string? Form = null, bool Deletes = false, System.Text.Json.JsonElement? WorkDoneToken = null);

/// <param name="Edit">What the client does once its user agrees; null where there is nothing to do.</param>
public sealed record PullResult(string Target, string Factory, string Summary, IReadOnlyList<PulledResourceSummary> Changes, WorkspaceEdit? Edit);

/// <param name="Action">create, update, delete or none.</param>
/// <param name="Properties">Before is the file, after what is live.</param>
public sealed record PulledResourceSummary(string Kind, string Name, string Action, string? Uri, IReadOnlyList<PlannedProperty> Properties, string? Note);

public sealed record StatusResult(string Target, string Factory, string Summary, IReadOnlyList<ResourceStatusSummary> Resources);

/// <param name="State">same, changedHere, changedThere, changedBoth, differs, onlyHere or onlyThere.</param>
/// <param name="Properties">Before is what is live, after what the file wants.</param>
/// <param name="Type">As the file has it; null where there is no file, and for kinds that have no types.</param>
/// <param name="Folder">The folder of ADF Studio, as the file has it.</param>
public sealed record ResourceStatusSummary(string Kind, string Name, string State, string? Uri, IReadOnlyList<PlannedProperty> Properties, string? Type = null, string? Folder = null);
