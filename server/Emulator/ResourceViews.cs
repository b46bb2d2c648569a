// A resource as the service keeps it, and as it is given back: with what is not written down anywhere, such as the state of a runtime.
using System.Text.Json.Nodes;
using Pipewright.Core.Schema;

namespace Pipewright.Emulator;

internal sealed class ResourceViews(ResourceStore store, ServiceSettings settings)
{
    private long _serial;

    /// <summary>The properties as they are kept.</summary>
    public JsonObject Keep(ResourceKind kind, JsonObject properties) =>
        settings.Plain || kind == ResourceKind.Factory ? properties : new ServiceForm(settings.Time.GetUtcNow(), Interlocked.Increment(ref _serial)).Keep(kind, properties);

    /// <summary>Gives what replaces a resource the values that the service had given that one.</summary>
    public void Carry(ResourceKind kind, JsonObject properties, StoredResource? old)
    {
        if (!settings.Plain && kind != ResourceKind.Factory && old is not null)
        {
            ServiceForm.Carry(kind, properties, old.Properties);
        }
    }

    /// <summary>The whole resource as it is given back. The order is that of Microsoft's examples.</summary>
    public JsonObject Describe(FactoryKey key, StoredResource resource)
    {
        var properties = (JsonObject)resource.Properties.DeepClone();
        var id = $"{key.Id}/{resource.Path}";
        if (resource.Collection == TriggerOperations.Collection && settings.Pending.FindDoing(id) is { } doing)
        {
            properties[TriggerOperations.State] = doing == TriggerOperations.Starting ? "Stopped" : "Started";
        }

        if (!settings.Plain && resource.Collection == RuntimeOperations.Collection && HasState(properties))
        {
            properties["state"] = StateOf(key, resource);
        }

        return new JsonObject
        {
            ["id"] = id,
            ["name"] = resource.Name,
            ["type"] = "Microsoft.DataFactory/factories/" + string.Join('/', resource.Collection.Split('/').Where((_, i) => i % 2 == 0)),
            ["properties"] = properties,
            ["etag"] = resource.ETag,
        };
    }

    /// <summary>The state of a runtime: of a self-hosted one by its nodes, of one for SSIS by starting and stopping it; any other is always there.</summary>
    public string StateOf(FactoryKey key, StoredResource runtime)
    {
        if (runtime.Properties.Text("type") == RuntimeOperations.SelfHosted)
        {
            var nodes = store.List(key, RuntimeOperations.NodesOf(runtime));
            return nodes.Count == 0 ? "NeedRegistration" : nodes.Any(n => n.Properties.Text("status") == "Online") ? "Online" : "Offline";
        }

        return !RuntimeOperations.RunsPackages(runtime) ? "Online"
            : settings.Pending.FindDoing($"{key.Id}/{runtime.Path}") ?? FindSettings(key, runtime).Text("state") ?? "Initial";
    }

    /// <summary>What is kept beside a resource, that its body does not say; null for nothing yet.</summary>
    public JsonObject? FindSettings(FactoryKey key, StoredResource resource) => store.Find(key, $"{resource.Path}/service", "settings")?.Properties;

    /// <summary>Changes what is kept beside a resource.</summary>
    /// <exception cref="ArmErrorException">The resource has gone.</exception>
    public JsonObject ChangeSettings(FactoryKey key, StoredResource resource, Action<JsonObject> change) =>
        store.Put(key, $"{resource.Path}/service", "settings", (old, others) =>
        {
            if (!others.ContainsKey(resource.Path))
            {
                throw ArmErrorException.NotFound("ResourceNotFound", resource.Name);
            }

            var changed = (JsonObject?)old?.Properties.DeepClone() ?? [];
            change(changed);
            return changed;
        }).Properties;

    private static bool HasState(JsonObject properties) => SchemaCatalog.Default[ResourceKind.IntegrationRuntime].FindProperty("properties")?.Type is DiscriminatedType type
        && properties.Text("type") is { } name && type.FindVariant(name)?.FindProperty("state") is { IsReadOnly: true };
}
