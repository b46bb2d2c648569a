// Changes one resource of the target, so that its state is known afterwards whatever the network does.
using System.Text.Json;
using Pipewright.Core.Rules.Security;
using Pipewright.Core.Schema;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Applying;

internal sealed class ResourceWriter(IFactoryClient client, IDeploymentJournal? journal, IBaselineStore? baselines)
{
    private const int Attempts = 4;

    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(500);

    public async Task<DeploymentResult> WriteAsync(PlannedChange change)
    {
        journal?.Write(new ResourceBegun(change.Id, change.Action, change.Live?.Content ?? default, change.Unit is { } unit ? Mask(unit.Content) : default));
        try
        {
            var live = change.Action == PlannedAction.Delete ? await DeleteAsync(change) : change.Id.Kind == ResourceKind.Trigger ? await WriteTriggerAsync(change) : await PutAsync(change, change.Live);
            Remember(change, live);
            journal?.Write(new ResourceDone(change.Id, live?.ETag));
            return new DeploymentResult(change, change.Action switch
            {
                PlannedAction.Create => DeploymentAction.Created,
                PlannedAction.Delete => DeploymentAction.Deleted,
                _ => DeploymentAction.Updated,
            });
        }
        catch (FactoryRequestException e)
        {
            var error = $"{e.Code}: {e.Message}";
            journal?.Write(new ResourceFailed(change.Id, error, e.IsOutcomeUnknown));
            return new DeploymentResult(change, DeploymentAction.Failed, error) { IsOutcomeUnknown = e.IsOutcomeUnknown };
        }
    }

    private void Remember(PlannedChange change, LiveResource? live)
    {
        if (live is null)
        {
            baselines?.Remove(change.Id);
        }
        else if (change.Writes)
        {
            baselines?.Put(change.Id, new Baseline(live.Content, ResourceComparison.Compare(change.Id.Kind, live.Content, change.Unit!.Content)));
        }
    }

    /// <summary>What is on record must not hold the secrets of the files; the service shows none of its own.</summary>
    private static JsonElement Mask(JsonElement body) => JsonElement.Parse(SecretMask.Hide("", body), new JsonDocumentOptions { MaxDepth = 1024 });

    private async Task<LiveResource?> WriteTriggerAsync(PlannedChange change)
    {
        var live = change.Live;
        FactoryRequestException? refusal = null;
        if (live is { IsStarted: true } && (change.Writes || !change.EndsStarted))
        {
            live = await StopAsync(change, live);
        }

        if (change.Writes)
        {
            try
            {
                live = await PutAsync(change, live);
            }
            catch (FactoryRequestException e)
            {
                refusal = e;
            }
        }

        // One that could not be changed is left as it was.
        var isStopped = refusal is null ? live is not { IsStarted: true } : change.Live?.IsStarted == true;
        if (isStopped && (refusal is null ? change.EndsStarted : change.Live!.IsStarted))
        {
            await StartAsync(change.Id, refusal);
        }

        return refusal is null ? live : throw refusal;
    }

    /// <summary>Stops a trigger that fires. Stopping gives it a new version, which must be the planned one in all else.</summary>
    private async Task<LiveResource> StopAsync(PlannedChange change, LiveResource planned)
    {
        journal?.Write(new TriggerStopped(change.Id));
        await Repeat(() => client.StopTriggerAsync(change.Id.Name, CancellationToken.None));
        var stopped = await Repeat(() => client.FindAsync(change.Id, CancellationToken.None));
        if (stopped is not null && ResourceComparison.Compare(change.Id.Kind, planned.Content, stopped.Content).IsEmpty)
        {
            return stopped;
        }

        await StartAsync(change.Id, stopped is null ? null : Conflict(change.Id));
        throw Conflict(change.Id);
    }

    /// <summary>Starts a trigger. That it stays stopped must be said, and so must why its change was refused.</summary>
    private async Task StartAsync(ResourceId id, FactoryRequestException? refusal)
    {
        try
        {
            await Repeat(() => client.StartTriggerAsync(id.Name, CancellationToken.None));
            journal?.Write(new TriggerStarted(id));
        }
        catch (FactoryRequestException e)
        {
            var stays = $"The trigger could not be started, so it does not fire: {e.Code}: {e.Message}";
            throw new FactoryRequestException(refusal?.Code ?? e.Code, refusal is null ? stays : $"{refusal.Message} {stays}", e) { Status = e.Status, IsOutcomeUnknown = refusal?.IsOutcomeUnknown ?? e.IsOutcomeUnknown };
        }
    }

    /// <summary>Sends a body, and finds out what came of it where the answer does not tell.</summary>
    /// <param name="live">The version to replace; null where there is none.</param>
    private async Task<LiveResource> PutAsync(PlannedChange change, LiveResource? live)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await client.PutAsync(change.Id, change.Unit!.Body, live?.ETag, CancellationToken.None);
            }
            catch (FactoryRequestException e) when (e.IsOutcomeUnknown || e.IsConflict)
            {
                var now = await LookAsync(change.Id, e);
                if (now is not null && IsWanted(change, now))
                {
                    return now;
                }

                if (now?.ETag != live?.ETag || (now is null) != (live is null) || e.IsConflict)
                {
                    throw Conflict(change.Id, e);
                }

                if (attempt == Attempts)
                {
                    throw;
                }

                await Task.Delay(Pause * Math.Pow(2, attempt - 1));
            }
        }
    }

    private async Task<LiveResource?> DeleteAsync(PlannedChange change)
    {
        // A deletion has no condition, so this is as close as it gets.
        if (await Repeat(() => client.FindAsync(change.Id, CancellationToken.None)) is not { } now)
        {
            return null;
        }

        if (now.ETag != change.Live?.ETag && !ResourceComparison.Compare(change.Id.Kind, change.Live!.Content, now.Content).IsEmpty)
        {
            throw Conflict(change.Id);
        }

        if (now.IsStarted)
        {
            journal?.Write(new TriggerStopped(change.Id));
            await Repeat(() => client.StopTriggerAsync(change.Id.Name, CancellationToken.None));
        }

        // Deleting what is gone is no error, so it can be repeated.
        await Repeat(() => client.DeleteAsync(change.Id, CancellationToken.None));
        return null;
    }

    private static bool IsWanted(PlannedChange change, LiveResource now) =>
        ResourceComparison.Compare(change.Id.Kind, now.Content, change.Unit!.Content).RemoveRange(change.Residue).IsEmpty;

    /// <summary>Reads what a request of unknown outcome has left.</summary>
    private async Task<LiveResource?> LookAsync(ResourceId id, FactoryRequestException cause)
    {
        try
        {
            return await Repeat(() => client.FindAsync(id, CancellationToken.None));
        }
        catch (FactoryRequestException e)
        {
            throw new FactoryRequestException(cause.Code, $"{cause.Message} Whether it was carried out could not be found out: {e.Message}", cause) { Status = cause.Status, IsOutcomeUnknown = true };
        }
    }

    private static FactoryRequestException Conflict(ResourceId id, Exception? cause = null) => new(
        "PreconditionFailed", $"{id} was changed by somebody else after this deployment was planned. Nothing of that was overwritten. Plan again.", cause)
    { Status = 412 };

    private Task<bool> Repeat(Func<Task> call) => Repeat(async () =>
    {
        await call();
        return true;
    });

    /// <summary>Sends a request that may as well be carried out twice until its outcome is known.</summary>
    private async Task<T> Repeat<T>(Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (FactoryRequestException e) when (e.IsOutcomeUnknown && attempt < Attempts)
            {
                await Task.Delay(Pause * Math.Pow(2, attempt - 1));
            }
        }
    }
}
