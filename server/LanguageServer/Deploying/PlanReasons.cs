using Pipewright.Core.Factory;
using Pipewright.Deployment.Planning;

namespace Pipewright.LanguageServer.Deploying;

/// <summary>Says why a resource is in a plan, and why with its action.</summary>
internal static class PlanReasons
{
    private const int MostUsers = 3;

    /// <summary>One sentence or more.</summary>
    /// <param name="documents">What was asked to be deployed; all else comes along because it is needed.</param>
    public static string Of(DeploymentPlan plan, PlannedChange change, IReadOnlyCollection<ResourceDocument> documents) =>
        string.Join(' ', new[] { OfAction(change), OfOthers(change), OfPresence(plan, change, documents) }.Where(s => s.Length > 0));

    private static string OfAction(PlannedChange change) => change.Action switch
    {
        PlannedAction.Create => "The factory does not have it yet.",
        PlannedAction.Delete => "No file declares it.",
        PlannedAction.None => "The factory has it as it is wanted.",
        _ when !change.Writes => change.EndsStarted ? "It is to be started." : "It is to be stopped.",
        _ => change.Properties.Length == 1 ? $"'{change.Properties[0].Path}' differs." : $"{change.Properties.Length} properties differ.",
    };

    private static string OfOthers(PlannedChange change) => change.ChangedOutside.Length switch
    {
        0 => "",
        1 => $"Somebody else has changed '{change.ChangedOutside[0].Path}' there since the last deployment.",
        var count => $"Somebody else has changed {count} properties there since the last deployment.",
    };

    private static string OfPresence(DeploymentPlan plan, PlannedChange change, IReadOnlyCollection<ResourceDocument> documents)
    {
        if (change.Unit is not { } unit || documents.Any(d => d.Path == unit.Path))
        {
            return "";
        }

        var users = plan.Changes.Where(c => c.Id != change.Id && c.References.Contains(change.Id)).Select(c => c.Id.ToString()).ToList();
        return users.Count == 0 ? "" : $"Needed by {string.Join(", ", users.Take(MostUsers))}{(users.Count > MostUsers ? $" and {users.Count - MostUsers} more" : "")}.";
    }
}
