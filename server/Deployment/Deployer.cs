// Carries out a deployment, resource by resource.
using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment;

public enum DeploymentAction
{
    Created,
    Updated,
    Failed,

    /// <summary>Left alone, because the deployment was cancelled or something before it failed.</summary>
    NotAttempted,
}

/// <summary>What became of one resource.</summary>
/// <param name="Error">The service's code and message; null unless it failed.</param>
public sealed record DeploymentResult(DeploymentUnit Unit, DeploymentAction Action, string? Error = null);

/// <summary>How far a deployment has come.</summary>
/// <param name="Done">How many resources are behind it, from 0.</param>
/// <param name="Current">The resource that is next.</param>
public sealed record DeploymentProgress(int Done, int Total, DeploymentUnit Current);

public static class Deployer
{
    /// <summary>
    /// Deploys units in their order, one at a time. After a failure nothing more is attempted; a cancellation takes effect between two resources, so
    /// that none is left half done. A trigger that fires is stopped for its change and started again, whatever comes of the change.
    /// </summary>
    /// <param name="record">Takes each result as soon as it is known.</param>
    /// <returns>One result for each unit, in order.</returns>
    public static async Task<ImmutableArray<DeploymentResult>> ApplyAsync(
        ImmutableArray<DeploymentUnit> units, IFactoryClient client, Action<DeploymentProgress> report, Action<DeploymentResult> record, CancellationToken cancellation)
    {
        var results = ImmutableArray.CreateBuilder<DeploymentResult>(units.Length);
        var hasFailed = false;
        foreach (var unit in units)
        {
            DeploymentResult result;
            if (hasFailed || cancellation.IsCancellationRequested)
            {
                result = new DeploymentResult(unit, DeploymentAction.NotAttempted);
            }
            else
            {
                report(new DeploymentProgress(results.Count, units.Length, unit));
                result = await ApplyAsync(unit, client);
                hasFailed = result.Action == DeploymentAction.Failed;
            }

            record(result);
            results.Add(result);
        }

        return results.MoveToImmutable();
    }

    private static async Task<DeploymentResult> ApplyAsync(DeploymentUnit unit, IFactoryClient client)
    {
        try
        {
            var live = await client.FindAsync(unit.Id, CancellationToken.None);
            if (live is { IsStarted: true } && unit.Id.Kind == ResourceKind.Trigger)
            {
                await ReplaceStartedTriggerAsync(unit, client);
            }
            else
            {
                await client.PutAsync(unit.Id, unit.Body, live?.ETag, CancellationToken.None);
            }

            return new DeploymentResult(unit, live is null ? DeploymentAction.Created : DeploymentAction.Updated);
        }
        catch (FactoryRequestException e)
        {
            return new DeploymentResult(unit, DeploymentAction.Failed, $"{e.Code}: {e.Message}");
        }
    }

    private static async Task ReplaceStartedTriggerAsync(DeploymentUnit unit, IFactoryClient client)
    {
        await client.StopTriggerAsync(unit.Id.Name, CancellationToken.None);
        FactoryRequestException? refusal = null;
        try
        {
            // Stopping gave the trigger a new version.
            var stopped = await client.FindAsync(unit.Id, CancellationToken.None);
            await client.PutAsync(unit.Id, unit.Body, stopped?.ETag, CancellationToken.None);
        }
        catch (FactoryRequestException e)
        {
            refusal = e;
        }

        await RestartAsync(unit.Id.Name, refusal, client);
    }

    /// <summary>Starts a trigger again. That it stays stopped must be said, and so must why its change was refused.</summary>
    private static async Task RestartAsync(string name, FactoryRequestException? refusal, IFactoryClient client)
    {
        try
        {
            await client.StartTriggerAsync(name, CancellationToken.None);
        }
        catch (FactoryRequestException e)
        {
            var stays = $"The trigger was stopped for its change and could not be started again, so it does not fire: {e.Code}: {e.Message}";
            throw new FactoryRequestException(refusal?.Code ?? e.Code, refusal is null ? stays : $"{refusal.Message} {stays}", e);
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }
}
