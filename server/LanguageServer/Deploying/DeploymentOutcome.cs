using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;

namespace Pipewright.LanguageServer.Deploying;

/// <summary>What came of a deployment.</summary>
/// <param name="Results">Of what was to be changed.</param>
/// <param name="Journal">The path of its journal.</param>
/// <param name="Factory">The target factory's name.</param>
internal sealed record DeploymentOutcome(DeploymentPlan Plan, ImmutableArray<DeploymentResult> Results, string Journal, string Factory)
{
    public bool Succeeded => Results.All(r => r.IsDone);

    private int Count(DeploymentAction action) => Results.Count(r => r.Action == action);

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

        foreach (var failed in Results.Where(r => r.Action == DeploymentAction.Failed))
        {
            text.Append(CultureInfo.InvariantCulture, $"; {failed.Change.Id.Name} failed: {failed.Error}{(failed.IsOutcomeUnknown ? " It may have been changed all the same; plan again to see." : "")}");
        }

        return Count(DeploymentAction.NotAttempted) is > 0 and var rest ? text.Append(CultureInfo.InvariantCulture, $"; {rest} not attempted").ToString() : text.ToString();
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
