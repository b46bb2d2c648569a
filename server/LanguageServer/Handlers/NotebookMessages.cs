using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Notebooks;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>Notebooks among the resources that a client is told of.</summary>
internal static class NotebookMessages
{
    private const string Kind = "notebook";

    public static PlannedResource Of(DeploymentJob job, PlannedNotebook notebook)
    {
        var isChange = notebook.Action != PlannedAction.None;
        return new PlannedResource(
            Kind, notebook.Place.Path, JournalFormat.ActionWord(notebook.Action), UriOf(job, notebook), [], [], isChange ? notebook.Live?.Source : null,
            isChange ? notebook.Unit?.Content.Text : null, notebook.Place.Host);
    }

    public static DeployedResource Of(DeploymentJob job, NotebookResult result) => new(
        Kind, result.Notebook.Place.Path, DeploymentOutcome.ActionName(result.Action), UriOf(job, result.Notebook), result.Error, Workspace: result.Notebook.Place.Host);

    /// <summary>Into which workspaces notebooks go, a sentence each: whoever says yes must have read it.</summary>
    public static IEnumerable<string> Announce(DeploymentPlan plan) => plan.Notebooks.Where(n => n.Action != PlannedAction.None).GroupBy(n => n.Place.Host, StringComparer.OrdinalIgnoreCase)
        .Select(g => g.Count() == 1 ? $"One notebook goes into the workspace {g.Key}." : $"{g.Count()} notebooks go into the workspace {g.Key}.");

    private static string? UriOf(DeploymentJob job, PlannedNotebook notebook) => notebook.Unit is { } unit && job.FileOf(unit.File) is { } file ? DocumentUri.FromPath(Path.GetFullPath(file)) : null;
}
