using Pipewright.Azure;

namespace Pipewright.LanguageServer.AzureServices;

/// <summary>
/// Starts and stops one trigger. One that waits for events is subscribed to them first and looked at afterwards, as Microsoft's script for continuous delivery
/// does; while that is under way the service refuses every change of it.
/// </summary>
internal sealed class TriggerSwitch(DataFactoryClient client, string name)
{
    private readonly string _path = $"triggers/{Uri.EscapeDataString(name)}";

    /// <returns>True.</returns>
    public async Task<bool> StopAsync(CancellationToken cancellation)
    {
        var waitsForEvents = await WaitsForEventsAsync(cancellation);
        await SetAsync("stop", "Stopped", cancellation);
        if (waitsForEvents)
        {
            await SettleAsync(cancellation);
        }

        return true;
    }

    /// <returns>True.</returns>
    public async Task<bool> StartAsync(CancellationToken cancellation)
    {
        var waitsForEvents = await WaitsForEventsAsync(cancellation);
        if (waitsForEvents)
        {
            await SettleAsync(cancellation);
            await client.PostAsync($"{_path}/subscribeToEvents", cancellation);
            await SettleAsync(cancellation);
        }

        await SetAsync("start", "Started", cancellation);
        if (waitsForEvents)
        {
            await client.WaitUntilAsync($"the subscription of the trigger '{name}' to its events", async () => await ReadStatusAsync(cancellation) switch
            {
                "Enabled" => true,
                "Disabled" => throw new ArmException(
                    0, "EventSubscriptionDisabled",
                    $"The trigger '{name}' is started, but not subscribed to its events. Whoever starts it needs the right Microsoft.EventGrid/eventSubscriptions/write on the source of the events.", null),
                _ => false,
            }, cancellation);
        }

        return true;
    }

    private async Task<bool> WaitsForEventsAsync(CancellationToken cancellation)
    {
        var trigger = await client.FindAsync(_path, cancellation) ?? throw new ArmException(404, "TriggerNotFound", $"There is no trigger '{name}' in the factory '{client.Target.Factory}'.", null);
        return trigger.Content.Member("properties")?.Text("type") is "BlobEventsTrigger" or "CustomEventsTrigger";
    }

    /// <summary>Where it is not known what became of it, the trigger itself tells.</summary>
    private async Task SetAsync(string action, string wanted, CancellationToken cancellation)
    {
        try
        {
            await client.PostAsync($"{_path}/{action}", cancellation);
        }
        catch (ArmException e) when (e.IsOutcomeUnknown)
        {
            if (await ReadStateAsync(cancellation) != wanted)
            {
                throw;
            }
        }
    }

    private async Task<string?> ReadStateAsync(CancellationToken cancellation)
    {
        try
        {
            return (await client.FindAsync(_path, cancellation))?.Content.Member("properties")?.Text("runtimeState");
        }
        catch (ArmException)
        {
            // The first error says more than that this failed, too.
            return null;
        }
    }

    private Task SettleAsync(CancellationToken cancellation) => client.WaitUntilAsync(
        $"the subscription of the trigger '{name}' to its events", async () => await ReadStatusAsync(cancellation) is not ("Provisioning" or "Deprovisioning"), cancellation);

    private async Task<string?> ReadStatusAsync(CancellationToken cancellation) =>
        (await client.PostAsync($"{_path}/getEventSubscriptionStatus", cancellation, isRead: true))?.Text("status");
}
