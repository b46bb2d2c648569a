// Making, reading, listing and deleting: the same for every kind of resource.
using System.Text.Json.Nodes;
using Pipewright.Core.Schema;

namespace Pipewright.Emulator;

internal sealed class ResourceOperations(ResourceStore store, ResourceViews views, ServiceSettings settings)
{
    public IEnumerable<Operation> List() => ArmCollection.All.SelectMany(kind =>
    {
        var list = kind.Kind == ResourceKind.ManagedPrivateEndpoint ? $"{Operation.Factory}/managedVirtualNetworks/{{network}}/{kind.Segment}" : $"{Operation.Factory}/{kind.Segment}";
        var one = list + "/{name}";
        Operation[] operations =
        [
            new(kind.Operations + "_ListByFactory", "GET", list, call => ListAll(call, kind)),
            new(kind.Operations + "_Get", "GET", one, call => Get(call, kind)),
            new(kind.Operations + "_CreateOrUpdate", "PUT", one, call => Put(call, kind)),
            new(kind.Operations + "_Delete", "DELETE", one, call => Delete(call, kind)),
        ];

        // A managed network stays as long as its factory: the API has no way to delete one.
        return kind.Kind == ResourceKind.ManagedVirtualNetwork ? operations[..^1] : operations;
    });

    private ArmResponse ListAll(ArmCall call, ArmCollection kind)
    {
        var (key, collection) = Find(call, kind);
        return settings.Page(call.Request, store.List(key, collection).Select(r => views.Describe(key, r)));
    }

    private ArmResponse Get(ArmCall call, ArmCollection kind)
    {
        var (key, collection) = Find(call, kind);
        var found = store.Find(key, collection, call["name"]) ?? throw ArmErrorException.NotFound(kind.NotFound, call["name"]);
        return call.Request.Has(found.ETag) ? new ArmResponse(304) : new ArmResponse(200, views.Describe(key, found));
    }

    private ArmResponse Put(ArmCall call, ArmCollection kind)
    {
        var (key, collection) = Find(call, kind);
        kind.Names.Check(call["name"], "InvalidResourceName");
        var properties = views.Keep(kind.Kind, ReadProperties(call.Request.ReadBody(), kind));
        return new ArmResponse(200, views.Describe(key, store.Put(key, collection, call["name"], (old, others) =>
        {
            call.Request.RequireMatch(old?.ETag);
            Check(key, kind, $"{collection}/{call["name"]}", properties, old, others);
            views.Carry(kind.Kind, properties, old);
            return properties;
        })));
    }

    private void Check(FactoryKey key, ArmCollection kind, string path, JsonObject properties, StoredResource? old, IReadOnlyDictionary<string, StoredResource> others)
    {
        ReferenceChecks.RefuseMissing(properties, path, others);
        if (kind.Kind == ResourceKind.IntegrationRuntime && old is not null && old.Properties.Text("type") != properties.Text("type"))
        {
            throw new ArmErrorException(400, "DataFactoryPropertyUpdateNotSupported", "Updating property type is not supported.", old.Name);
        }

        if (kind.Kind == ResourceKind.Trigger)
        {
            TriggerOperations.RefuseStarted(old, "update");
            RefuseBusy(key, old);
            properties[TriggerOperations.State] = "Stopped";
        }
    }

    private ArmResponse Delete(ArmCall call, ArmCollection kind)
    {
        var (key, collection) = Find(call, kind);
        return new ArmResponse(store.Delete(key, collection, call["name"], (resource, others) =>
        {
            if (kind.Kind == ResourceKind.Trigger)
            {
                TriggerOperations.RefuseStarted(resource, "delete");
                RefuseBusy(key, resource);
            }

            ReferenceChecks.RefuseReferenced(resource, others);
        }) ? 200 : 204);
    }

    /// <summary>The message is that of the thread azure-docs 30508.</summary>
    private void RefuseBusy(FactoryKey key, StoredResource? trigger)
    {
        if (trigger is not null && settings.Pending.FindDoing($"{key.Id}/{trigger.Path}") is not null)
        {
            throw ArmErrorException.BadRequest("Resource cannot be updated during provisioning", trigger.Name);
        }
    }

    /// <summary>The factory as it was first written, and the collection below it.</summary>
    private (FactoryKey Key, string Collection) Find(ArmCall call, ArmCollection kind)
    {
        var key = store.FindFactory(call.Key)?.Key ?? throw ArmErrorException.NoFactory(call.Key);
        if (!call.Values.TryGetValue("network", out var name))
        {
            return (key, kind.Segment);
        }

        var network = store.Find(key, "managedVirtualNetworks", name) ?? throw ArmErrorException.NotFound("ManagedVirtualNetworkNotFound", name);
        return (key, $"{network.Path}/{kind.Segment}");
    }

    private static JsonObject ReadProperties(JsonObject body, ArmCollection kind)
    {
        var properties = body["properties"] switch
        {
            JsonObject value => value,
            null when kind.Kind == ResourceKind.ManagedVirtualNetwork => [],
            _ => throw ArmErrorException.BadRequest("The request body needs an object 'properties'."),
        };
        if (kind.NeedsType && properties.Text("type") is not { Length: > 0 })
        {
            throw ArmErrorException.BadRequest($"The properties of one of the {kind.Segment} need a 'type'.");
        }

        body.Remove("properties");
        return properties;
    }
}
