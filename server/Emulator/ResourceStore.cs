// The factories and what is in them, in memory and, where a folder is given, on disk. Every call is one step: others see all of it or nothing.
using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

internal sealed class ResourceStore
{
    private const string DefaultParameters = ArmCollection.GlobalParameters + "/default";

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
        foreach (var (factory, resources) in folder?.Load() ?? [])
        {
            _factories[factory.Key] = factory;
            KeepAhead(factory.ETag);
            foreach (var resource in resources)
            {
                Resources(factory.Key)[resource.Path] = resource;
                KeepAhead(resource.ETag);
            }
        }
    }

    /// <param name="subscription">Null for those of all subscriptions.</param>
    public IReadOnlyList<StoredFactory> ListFactories(string? subscription, string? resourceGroup)
    {
        lock (_lock)
        {
            return [.. _factories.Values.Where(f => (subscription is null || Same(f.Key.Subscription, subscription)) && (resourceGroup is null || Same(f.Key.ResourceGroup, resourceGroup)))
                .OrderBy(f => f.Key.Id, StringComparer.OrdinalIgnoreCase)];
        }
    }

    public StoredFactory? FindFactory(FactoryKey key)
    {
        lock (_lock)
        {
            return _factories.GetValueOrDefault(key);
        }
    }

    /// <param name="make">Gives the new body from the old factory, or throws to refuse.</param>
    public StoredFactory PutFactory(FactoryKey key, Func<StoredFactory?, JsonObject> make)
    {
        lock (_lock)
        {
            var old = _factories.GetValueOrDefault(key);
            var body = make(old);
            if (body["properties"] is not JsonObject properties)
            {
                body["properties"] = properties = [];
            }

            if (old is null)
            {
                // What a crash left of one of the same name must not come back with it.
                _folder?.DeleteFactory(key);
            }

            properties["createTime"] = old?.Created ?? Now();
            var stored = Keep(new StoredFactory(old?.Key ?? key, body, NextETag()));
            MirrorToResource(stored);
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

    /// <summary>Forgets everything, on disk as well.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (var key in _factories.Keys.ToArray())
            {
                DeleteFactory(key);
            }
        }
    }

    public IReadOnlyList<StoredResource> List(FactoryKey key, string collection)
    {
        lock (_lock)
        {
            return [.. Resources(key).Values.Where(r => Same(r.Collection, collection))];
        }
    }

    public StoredResource? Find(FactoryKey key, string collection, string name)
    {
        lock (_lock)
        {
            return Resources(key).GetValueOrDefault($"{collection}/{name}");
        }
    }

    /// <param name="make">Gives the new properties from the old resource, or throws to refuse; it may look at the rest of the factory, by path.</param>
    /// <exception cref="ArmErrorException">There is no such factory, or it was refused.</exception>
    public StoredResource Put(FactoryKey key, string collection, string name, Func<StoredResource?, IReadOnlyDictionary<string, StoredResource>, JsonObject> make)
    {
        lock (_lock)
        {
            var factory = _factories.GetValueOrDefault(key) ?? throw ArmErrorException.NoFactory(key);
            var resources = Resources(key);
            var old = resources.GetValueOrDefault($"{collection}/{name}");
            var stored = Keep(factory.Key, new StoredResource(old?.Collection ?? collection, old?.Name ?? name, make(old, resources), NextETag()));
            if (Same(stored.Path, DefaultParameters))
            {
                MirrorToFactory(factory, stored);
            }

            return stored;
        }
    }

    /// <summary>Deletes a resource and what is below it.</summary>
    /// <param name="check">Throws to refuse.</param>
    /// <returns>Whether there was something to delete.</returns>
    public bool Delete(FactoryKey key, string collection, string name, Action<StoredResource, IReadOnlyDictionary<string, StoredResource>> check)
    {
        lock (_lock)
        {
            var resources = Resources(key);
            if (_factories.GetValueOrDefault(key) is not { } factory || !resources.TryGetValue($"{collection}/{name}", out var old))
            {
                return false;
            }

            check(old, resources);
            foreach (var gone in resources.Values.Where(r => r == old || r.Path.StartsWith(old.Path + "/", StringComparison.OrdinalIgnoreCase)).ToArray())
            {
                _folder?.Delete(factory.Key, gone);
                resources.Remove(gone.Path);
            }

            if (Same(old.Path, DefaultParameters))
            {
                MirrorToFactory(factory, null);
            }

            return true;
        }
    }

    private StoredFactory Keep(StoredFactory factory)
    {
        _folder?.Write(factory);
        return _factories[factory.Key] = factory;
    }

    private StoredResource Keep(FactoryKey key, StoredResource resource)
    {
        _folder?.Write(key, resource);
        return Resources(key)[resource.Path] = resource;
    }

    /// <summary>The global parameters of a factory are one thing with two addresses: its property, and the resource <c>globalParameters/default</c>.</summary>
    private void MirrorToResource(StoredFactory factory)
    {
        var resources = Resources(factory.Key);
        var old = resources.GetValueOrDefault(DefaultParameters);
        if (factory.Body["properties"]?[ArmCollection.GlobalParameters] is JsonObject { Count: > 0 } parameters)
        {
            if (old is null || !JsonNode.DeepEquals(old.Properties, parameters))
            {
                Keep(factory.Key, new StoredResource(ArmCollection.GlobalParameters, old?.Name ?? "default", (JsonObject)parameters.DeepClone(), NextETag()));
            }
        }
        else if (old is not null)
        {
            _folder?.Delete(factory.Key, old);
            resources.Remove(old.Path);
        }
    }

    private void MirrorToFactory(StoredFactory factory, StoredResource? parameters)
    {
        var body = (JsonObject)factory.Body.DeepClone();
        var properties = (JsonObject)body["properties"]!;
        properties.Remove(ArmCollection.GlobalParameters);
        if (parameters is not null)
        {
            properties[ArmCollection.GlobalParameters] = parameters.Properties.DeepClone();
        }

        Keep(new StoredFactory(factory.Key, body, NextETag()));
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

    private string Now() => _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    /// <summary>In the service's own shape.</summary>
    private string NextETag() => string.Create(
        CultureInfo.InvariantCulture, $"{++_version:x8}-0000-0000-0000-{_time.GetUtcNow().ToUnixTimeSeconds():x8}0000");

    /// <summary>No version is given twice, over a restart either.</summary>
    private void KeepAhead(string etag)
    {
        if (long.TryParse(etag.Split('-')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var version))
        {
            _version = Math.Max(_version, version);
        }
    }
}
