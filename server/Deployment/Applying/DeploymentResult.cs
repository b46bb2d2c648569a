using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Applying;

public enum DeploymentAction
{
    Created,
    Updated,
    Deleted,
    Failed,

    /// <summary>Left alone, because the deployment was cancelled or something before it failed.</summary>
    NotAttempted,
}

/// <summary>What became of one resource.</summary>
/// <param name="Error">Why it failed or was not attempted; null for what was done.</param>
public sealed record DeploymentResult(PlannedChange Change, DeploymentAction Action, string? Error = null)
{
    /// <summary>Whether the failed request may have been carried out all the same. Planning again tells.</summary>
    public bool IsOutcomeUnknown { get; init; }

    public bool IsDone => Action is DeploymentAction.Created or DeploymentAction.Updated or DeploymentAction.Deleted;
}

/// <summary>How far a deployment has come.</summary>
/// <param name="Done">How many resources are behind it, from 0.</param>
/// <param name="Current">A resource that is about to be sent.</param>
public sealed record DeploymentProgress(int Done, int Total, PlannedChange Current);
