using System.Collections.Concurrent;
using Pipewright.Deployment;
using Pipewright.Deployment.Planning;

namespace Pipewright.Server.Tests.Deployment;

internal sealed class MemoryBaselines : IBaselineStore
{
    private readonly ConcurrentDictionary<ResourceId, Baseline> _baselines = new();

    public Baseline? Find(ResourceId id) => _baselines.GetValueOrDefault(id);

    public void Put(ResourceId id, Baseline baseline) => _baselines[id] = baseline;

    public void Remove(ResourceId id) => _baselines.TryRemove(id, out _);
}
