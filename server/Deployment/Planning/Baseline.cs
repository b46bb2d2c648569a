using System.Collections.Immutable;
using System.Text.Json;
using Pipewright.Deployment.Comparison;

namespace Pipewright.Deployment.Planning;

/// <summary>A resource as it was right after its last deployment from here.</summary>
/// <param name="Live">The service's answer.</param>
/// <param name="Residue">How it differed from what was sent: what the service makes of it.</param>
public sealed record Baseline(JsonElement Live, ImmutableArray<PropertyChange> Residue);

/// <summary>The baselines of one target. What is lost of them makes plans less exact, and nothing else.</summary>
public interface IBaselineStore
{
    /// <summary>Null where there is none that can be read.</summary>
    Baseline? Find(ResourceId id);

    void Put(ResourceId id, Baseline baseline);

    void Remove(ResourceId id);
}
