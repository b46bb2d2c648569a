using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Schema;
using Pipewright.Deployment;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>A factory in memory with the service's rules: versions, references, triggers that must not be changed while they fire.</summary>
internal sealed class MemoryFactory : IFactoryClient
{
    private readonly ConcurrentDictionary<ResourceId, LiveResource> _resources = new();
    private readonly Lock _lock = new();
    private int _version;
    private int _running;

    public MemoryFactory() => Seed(ResourceKind.Factory, "local", """{"globalParameters":{}}""");

    /// <summary>Every request, in the order in which they came.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Called with each request before and after it is carried out; throws to let it fail.</summary>
    public Func<string, bool, Task> Fault { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What the service makes of properties that it is sent.</summary>
    public Action<JsonObject> Normalise { get; set; } = _ => { };

    /// <summary>How many requests were under way at once, at most.</summary>
    public int MostAtOnce { get; private set; }

    public LiveResource? this[ResourceKind kind, string name] => _resources.GetValueOrDefault(new ResourceId(kind, name));

    /// <summary>All resources but the factory, with their properties, in no version.</summary>
    public SortedDictionary<string, string> Content => new(_resources.Values.Where(r => r.Id.Kind != ResourceKind.Factory).ToDictionary(r => r.Id.ToString(), r => r.Properties.GetRawText()), StringComparer.Ordinal);

    public LiveResource Seed(ResourceKind kind, string name, string properties) => Store(new ResourceId(kind, name), JsonNode.Parse(properties)!.AsObject());

    /// <summary>The same resources in the same versions.</summary>
    public MemoryFactory Copy()
    {
        var copy = new MemoryFactory { _version = _version };
        foreach (var (id, resource) in _resources)
        {
            copy._resources[id] = resource;
        }

        return copy;
    }

    public Task<LiveResource?> FindAsync(ResourceId id, CancellationToken cancellation) => Do($"get {id}", () => _resources.GetValueOrDefault(id));

    public async IAsyncEnumerable<LiveResource> ListAsync(ResourceKind kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var resource in await Do($"list {kind}", () => _resources.Values.Where(r => r.Id.Kind == kind).ToList()))
        {
            yield return resource;
        }
    }

    public Task<LiveResource> PutAsync(ResourceId id, string body, string? etag, CancellationToken cancellation) => Do($"put {id}", () =>
    {
        var old = _resources.GetValueOrDefault(id);
        if (etag is not null && etag != old?.ETag)
        {
            throw new FactoryRequestException("PreconditionFailed", "The version is another one.") { Status = 412 };
        }

        if (old is { IsStarted: true } && id.Kind == ResourceKind.Trigger)
        {
            throw new FactoryRequestException("TriggerEnabledCannotUpdate", "Cannot update enabled Trigger; the trigger needs to be disabled first.") { Status = 400 };
        }

        var properties = JsonNode.Parse(body)!["properties"]!.DeepClone().AsObject();
        foreach (var missing in JsonReferences.Find(JsonElement.Parse(body)).Where(r => !_resources.ContainsKey(r) && r != id))
        {
            throw new FactoryRequestException("BadRequest", $"The document creation or update failed because of invalid reference '{missing.Name}'.") { Status = 400 };
        }

        if (id.Kind == ResourceKind.Trigger)
        {
            properties["runtimeState"] = "Stopped";
        }

        Normalise(properties);
        return Store(id, properties);
    });

    public Task<bool> DeleteAsync(ResourceId id, CancellationToken cancellation) => Do($"delete {id}", () =>
    {
        if (_resources.Values.FirstOrDefault(r => r.Id != id && JsonReferences.Find(r.Content).Contains(id)) is { } user)
        {
            throw new FactoryRequestException("BadRequest", $"The document cannot be deleted since it is referenced by {user.Id.Name}.") { Status = 400 };
        }

        return _resources.TryRemove(id, out _);
    });

    public Task StopTriggerAsync(string name, CancellationToken cancellation) => Do($"stop {name}", () => SetState(name, "Stopped"));

    public Task StartTriggerAsync(string name, CancellationToken cancellation) => Do($"start {name}", () => SetState(name, "Started"));

    private LiveResource SetState(string name, string state)
    {
        var id = new ResourceId(ResourceKind.Trigger, name);
        var properties = JsonObject.Create(_resources[id].Properties)!;
        properties["runtimeState"] = state;
        return Store(id, properties);
    }

    private LiveResource Store(ResourceId id, JsonObject properties)
    {
        var etag = $"v{Interlocked.Increment(ref _version)}";
        var content = new JsonObject { ["name"] = id.Name, ["etag"] = etag, ["properties"] = properties };
        return _resources[id] = new LiveResource(id, JsonElement.Parse(content.ToJsonString()), etag);
    }

    private async Task<T> Do<T>(string call, Func<T> act)
    {
        Calls.Enqueue(call);
        lock (_lock)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        }

        try
        {
            await Fault(call, false);
            await Task.Yield();
            T result;
            lock (_lock)
            {
                result = act();
            }

            await Fault(call, true);
            return result;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
