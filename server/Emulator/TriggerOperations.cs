// Starting and stopping triggers, their subscriptions to events, and asking for them.
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

internal sealed class TriggerOperations(ResourceStore store, ResourceViews views, ServiceSettings settings)
{
    public const string Collection = "triggers";
    public const string State = "runtimeState";
    public const string Starting = "Starting";

    private const string Stopping = "Stopping";
    private const string Provisioning = "Provisioning";
    private const string Deprovisioning = "Deprovisioning";
    private const string Subscribed = "subscribed";
    private const string One = Operation.Factory + "/triggers/{name}";

    public IEnumerable<Operation> List() =>
    [
        new("Triggers_QueryByFactory", "POST", Operation.Factory + "/querytriggers", Query),
        new("Triggers_Start", "POST", One + "/start", call => Turn(call, Starting, "Started")),
        new("Triggers_Stop", "POST", One + "/stop", call => Turn(call, Stopping, "Stopped")),
        new("Triggers_SubscribeToEvents", "POST", One + "/subscribeToEvents", call => Subscribe(call, Provisioning)),
        new("Triggers_UnsubscribeFromEvents", "POST", One + "/unsubscribeFromEvents", call => Subscribe(call, Deprovisioning)),
        new("Triggers_GetEventSubscriptionStatus", "POST", One + "/getEventSubscriptionStatus", GetStatus),
    ];

    /// <exception cref="ArmErrorException">The trigger is started.</exception>
    public static void RefuseStarted(StoredResource? trigger, string verb)
    {
        if (trigger?.Properties.Text(State) == "Started")
        {
            throw new ArmErrorException(400, "TriggerEnabledCannotUpdate", $"Cannot {verb} enabled Trigger; the trigger needs to be disabled first.", trigger.Name);
        }
    }

    /// <summary>Pages come with a token in the body rather than with a link.</summary>
    private ArmResponse Query(ArmCall call)
    {
        var key = store.FindFactory(call.Key)?.Key ?? throw ArmErrorException.NoFactory(call.Key);
        var filter = call.Request.ReadOptionalBody();
        var parent = filter.Text("parentTriggerName");
        var all = store.List(key, Collection)
            .Where(t => parent is null || parent.Equals(t.Properties["typeProperties"]?["parentTrigger"].Text(), StringComparison.OrdinalIgnoreCase)).ToArray();
        var skip = int.TryParse(filter.Text("continuationToken"), out var parsed) ? Math.Clamp(parsed, 0, all.Length) : 0;
        var end = (int)Math.Min(all.Length, (long)skip + settings.PageSize);
        var page = new JsonObject { ["value"] = new JsonArray([.. all[skip..end].Select(t => views.Describe(key, t))]) };
        if (end < all.Length)
        {
            page["continuationToken"] = $"{end}";
        }

        return new ArmResponse(200, page);
    }

    private ArmResponse Turn(ArmCall call, string doing, string state)
    {
        var (key, trigger) = Find(call);
        RefuseBusy(key, trigger);
        store.Put(key, Collection, trigger.Name, (old, _) =>
        {
            var properties = (JsonObject)(old ?? throw ArmErrorException.NotFound("TriggerNotFound", trigger.Name)).Properties.DeepClone();
            if (doing == Starting && !ReferenceChecks.Find(properties).Any(r => r.StartsWith("pipelines/", StringComparison.OrdinalIgnoreCase)))
            {
                // The message is that of the thread azure-powershell 11893.
                throw ArmErrorException.BadRequest($"Missing or invalid pipeline references for trigger {trigger.Name}", trigger.Name);
            }

            properties[State] = state;
            return properties;
        });
        views.ChangeSettings(key, trigger, s => s[Subscribed] = doing == Starting);
        return settings.Pending.Begin(call, $"{key.Id}/{trigger.Path}", doing, () => null);
    }

    private ArmResponse Subscribe(ArmCall call, string doing)
    {
        var (key, trigger) = Find(call);
        RefuseBusy(key, trigger);
        views.ChangeSettings(key, trigger, s => s[Subscribed] = doing == Provisioning);
        return settings.Pending.Begin(call, $"{key.Id}/{trigger.Path}", doing, () => Describe(key, trigger));
    }

    private ArmResponse GetStatus(ArmCall call)
    {
        var (key, trigger) = Find(call);
        return new ArmResponse(200, Describe(key, trigger));
    }

    private JsonObject Describe(FactoryKey key, StoredResource trigger) => new()
    {
        ["triggerName"] = trigger.Name,
        ["status"] = settings.Pending.FindDoing($"{key.Id}/{trigger.Path}") switch
        {
            Starting or Provisioning => Provisioning,
            Stopping or Deprovisioning => Deprovisioning,
            _ => views.FindSettings(key, trigger)?[Subscribed]?.GetValue<bool>() ?? trigger.Properties.Text(State) == "Started" ? "Enabled" : "Disabled",
        },
    };

    private void RefuseBusy(FactoryKey key, StoredResource trigger)
    {
        if (settings.Pending.FindDoing($"{key.Id}/{trigger.Path}") is not null)
        {
            throw ArmErrorException.BadRequest("Resource cannot be updated during provisioning", trigger.Name);
        }
    }

    private (FactoryKey Key, StoredResource Trigger) Find(ArmCall call)
    {
        var key = store.FindFactory(call.Key)?.Key ?? throw ArmErrorException.NoFactory(call.Key);
        return (key, store.Find(key, Collection, call["name"]) ?? throw ArmErrorException.NotFound("TriggerNotFound", call["name"]));
    }
}
