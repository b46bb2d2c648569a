// The factories and what is in them, in memory and, where a folder is given, on disk. Every call is one step: others see all of it or nothing.
using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

/// <summary>A resource as it is kept.</summary>
/// <param name="Collection">Its collection's segment; for a private endpoint with the network before it: <c>managedVirtualNetworks/default/managedPrivateEndpoints</c>.</param>
/// <param name="Properties">Never changed once it is here.</param>
internal sealed record StoredResource(string Collection, string Name, JsonObject Properties, string ETag)
{
    public string Path => $"{Collection}/{Name}";
}

/// <summary>A factory as it is kept: everything of it but what is in it.</summary>
internal sealed record StoredFactory(FactoryKey Key, JsonObject Body, string ETag)
{
    /// <summary>When it was made, in ISO 8601; kept with its properties, as the service gives it.</summary>
    public string? Created => Body["properties"]?["createTime"]?.ToString();
}

internal sealed class ResourceStore
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly StateFolder? _folder;
    private readonly Dictionary<FactoryKey, StoredFactory> _factories = [];
    private readonly Dictionary<FactoryKey, SortedDictionary<string, StoredResource>> _resources = [];
    private long _version;

    /// <param name="folder">Keeps the state over a restart; null for memory only.</param>
    public ResourceStore(TimeProvider time, StateFolder? folder)
    {
        _time = time;
        _folder = folder;
        foreach (var (key, body, resources) in folder?.Load() ?? [])
        {
            _factories[key] = new StoredFactory(key, body, NextETag());
            var stored = Resources(key);
            foreach (var (collection, name, properties) in resources)
            {
                var resource = new StoredResource(collection, name, properties, NextETag());
                stored[resource.Path] = resource;
            }
        }
    }

    public IReadOnlyList<StoredFactory> ListFactories(string subscription, string? resourceGroup)
    {
        lock (_lock)
        {
            return [.. _factories.Values.Where(f => Same(f.Key.Subscription, subscription) && (resourceGroup is null || Same(f.Key.ResourceGroup, resourceGroup))).OrderBy(f => f.Key.Id, StringComparer.OrdinalIgnoreCase)];
        }
    }

    public StoredFactory? FindFactory(FactoryKey key)
    {
        lock (_lock)
        {
            return _factories.GetValueOrDefault(key);
        }
    }

    /// <param name="check">Throws to refuse, given what is there now.</param>
    public StoredFactory PutFactory(FactoryKey key, JsonObject body, Action<StoredFactory?> check)
    {
        lock (_lock)
        {
            var old = _factories.GetValueOrDefault(key);
            check(old);
            if (body["properties"] is not JsonObject properties)
            {
                body["properties"] = properties = [];
            }

            properties["createTime"] = old?.Created ?? _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            var stored = new StoredFactory(old?.Key ?? key, body, NextETag());
            _folder?.Write(stored.Key, "", stored.Key.Name, body);
            _factories[key] = stored;
            return stored;
        }
    }

    public bool DeleteFactory(FactoryKey key)
    {
        lock (_lock)
        {
            if (!_factories.Remove(key, out var old))
            {
                return false;
            }

            _folder?.DeleteFactory(old.Key);
            _resources.Remove(key);
            return true;
        }
    }

    public IReadOnlyList<StoredResource> List(FactoryKey key, string collection)
    {
        lock (_lock)
        {
            return [.. Resources(key).Values.Where(r => Same(r.Collection, collection))];
        }
    }

    public IReadOnlyList<StoredResource> ListAll(FactoryKey key)
    {
        lock (_lock)
        {
            return [.. Resources(key).Values];
        }
    }

    public StoredResource? Find(FactoryKey key, string collection, string name)
    {
        lock (_lock)
        {
            return Resources(key).GetValueOrDefault($"{collection}/{name}");
        }
    }

    /// <param name="make">Gives the new properties from the old resource, or throws to refuse; it may look at the rest of the factory.</param>
    public StoredResource Put(FactoryKey key, string collection, string name, Func<StoredResource?, IReadOnlyCollection<StoredResource>, JsonObject> make)
    {
        lock (_lock)
        {
            var resources = Resources(key);
            var old = resources.GetValueOrDefault($"{collection}/{name}");
            var stored = new StoredResource(old?.Collection ?? collection, old?.Name ?? name, make(old, resources.Values), NextETag());
            _folder?.Write(key, stored.Collection, stored.Name, stored.Properties);
            resources[stored.Path] = stored;
            return stored;
        }
    }

    /// <param name="check">Throws to refuse.</param>
    /// <returns>Whether there was something to delete.</returns>
    public bool Delete(FactoryKey key, string collection, string name, Action<StoredResource, IReadOnlyCollection<StoredResource>> check)
    {
        lock (_lock)
        {
            var resources = Resources(key);
            if (!resources.TryGetValue($"{collection}/{name}", out var old))
            {
                return false;
            }

            check(old, resources.Values);
            _folder?.Delete(key, old.Collection, old.Name);
            return resources.Remove(old.Path);
        }
    }

    private SortedDictionary<string, StoredResource> Resources(FactoryKey key)
    {
        if (!_resources.TryGetValue(key, out var resources))
        {
            _resources[key] = resources = new SortedDictionary<string, StoredResource>(StringComparer.OrdinalIgnoreCase);
        }

        return resources;
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    /// <summary>In the service's own shape.</summary>
    private string NextETag() => string.Create(
        CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _version):x8}-0000-0000-0000-{_time.GetUtcNow().ToUnixTimeSeconds():x8}0000");
}
