using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Notebooks;
using Pipewright.Deployment.Planning;

namespace Pipewright.LanguageServer.Deploying;

/// <summary>What came of a deployment.</summary>
/// <param name="Results">Of what was to be changed.</param>
/// <param name="Journal">The path of its journal.</param>
/// <param name="Factory">The target factory's name.</param>
internal sealed record DeploymentOutcome(DeploymentPlan Plan, ImmutableArray<DeploymentResult> Results, string Journal, string Factory)
{
    /// <summary>Of notebooks that were to be changed.</summary>
    public ImmutableArray<NotebookResult> Notebooks { get; init; } = [];

    public bool Succeeded => Results.All(r => r.IsDone) && Notebooks.All(n => n.IsDone);

    private int Count(DeploymentAction action) => Results.Count(r => r.Action == action);

    private const string Unknown = " It may have been changed all the same; plan again to see.";

    /// <summary>One sentence.</summary>
    public string Summarise()
    {
        var deployed = Results.Count(r => r.IsDone);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{deployed} deployed to {Factory} ({Count(DeploymentAction.Created)} created, {Count(DeploymentAction.Updated)} updated");
        _ = Count(DeploymentAction.Deleted) is > 0 and var gone ? text.Append(CultureInfo.InvariantCulture, $", {gone} deleted)") : text.Append(')');
        if (Plan.Count(PlannedAction.None) is > 0 and var same)
        {
            text.Append(CultureInfo.InvariantCulture, $"; {same} unchanged");
        }

        if (!Plan.Notebooks.IsEmpty)
        {
            var imported = Notebooks.Count(n => n.Action is DeploymentAction.Created or DeploymentAction.Updated);
            var deleted = Notebooks.Count(n => n.Action == DeploymentAction.Deleted);
            text.Append(CultureInfo.InvariantCulture, $"; {imported} notebook{(imported == 1 ? "" : "s")} imported{(deleted > 0 ? $", {deleted.ToString(CultureInfo.InvariantCulture)} deleted" : "")}");
        }

        foreach (var failed in Notebooks.Where(n => n.Action == DeploymentAction.Failed))
        {
            text.Append(CultureInfo.InvariantCulture, $"; {failed.Notebook.Place} failed: {failed.Error}{(failed.IsOutcomeUnknown ? Unknown : "")}");
        }

        foreach (var failed in Results.Where(r => r.Action == DeploymentAction.Failed))
        {
            text.Append(CultureInfo.InvariantCulture, $"; {failed.Change.Id.Name} failed: {failed.Error}{(failed.IsOutcomeUnknown ? Unknown : "")}");
        }

        return Count(DeploymentAction.NotAttempted) + Notebooks.Count(n => n.Action == DeploymentAction.NotAttempted) is > 0 and var rest ? text.Append(CultureInfo.InvariantCulture, $"; {rest} not attempted").ToString() : text.ToString();
    }

    public static string ActionName(DeploymentAction action) => action switch
    {
        DeploymentAction.Created => "created",
        DeploymentAction.Updated => "updated",
        DeploymentAction.Deleted => "deleted",
        DeploymentAction.Failed => "failed",
        _ => "notAttempted",
    };
}
