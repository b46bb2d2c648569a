// Who has changed what: a file, what was last deployed of it, and what is live.
using System.Collections.Immutable;
using System.Text.Json;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Pulling;

public enum ResourceState
{
    /// <summary>The file and the factory mean the same.</summary>
    Same,

    /// <summary>The file is another than what was last deployed from here.</summary>
    ChangedHere,

    /// <summary>Somebody has changed the factory since: drift.</summary>
    ChangedThere,

    ChangedBoth,

    /// <summary>They differ, and as nothing is known of a deployment from here, nobody can tell who changed.</summary>
    Differs,

    OnlyHere,

    OnlyThere,
}

/// <summary>The state of one resource.</summary>
/// <param name="Unit">What the file holds, as the target wants it; null where there is none.</param>
/// <param name="Live">Null where the factory has none.</param>
/// <param name="Properties">How they differ: before is what is live, after what the file wants.</param>
public sealed record ResourceStatus(ResourceId Id, ResourceState State, DeploymentUnit? Unit, LiveResource? Live, ImmutableArray<PropertyChange> Properties)
{
    /// <summary>What tells a state to programs.</summary>
    public string Word => State switch
    {
        ResourceState.Same => "same",
        ResourceState.ChangedHere => "changedHere",
        ResourceState.ChangedThere => "changedThere",
        ResourceState.ChangedBoth => "changedBoth",
        ResourceState.Differs => "differs",
        ResourceState.OnlyHere => "onlyHere",
        _ => "onlyThere",
    };
}

/// <summary>The states of all resources of a factory, in the order of kinds and names.</summary>
public static class FactoryStatus
{
    /// <param name="baselines">What was last deployed; null where nothing is known.</param>
    /// <param name="overrides">What the target changes; null for nothing.</param>
    /// <exception cref="OverrideException">An override can't be applied.</exception>
    public static ImmutableArray<ResourceStatus> Find(FactorySnapshot factory, IEnumerable<LiveResource> live, IBaselineStore? baselines, TargetOverrides? overrides)
    {
        var there = live.ToDictionary(l => l.Id);
        var units = new Dictionary<ResourceId, DeploymentUnit>();
        ResourceDocument[] documents = [.. factory.Documents.Values.Where(d => !d.IsForeign).OrderBy(d => d.Path, StringComparer.Ordinal)];
        var own = new ResourceId(ResourceKind.Factory, "");
        foreach (var unit in DeploymentScope.ChooseFactory(documents, there.TryGetValue(own, out var ownLive) ? ResourceComparison.TextOf(ownLive.Content, "name") : null).SelectMany(d => DeploymentUnit.FromDocument(d, overrides)))
        {
            units.TryAdd(unit.Id, unit);
        }

        // Of several factories' settings none may be the live one's: then nothing is said of it.
        if (!units.ContainsKey(own) && factory.Count(ResourceKind.Factory) > 1)
        {
            there.Remove(own);
        }

        return [.. units.Keys.Union(there.Keys).Select(id => Find(id, units.GetValueOrDefault(id), there.GetValueOrDefault(id), baselines)).OfType<ResourceStatus>()
            .OrderBy(s => FactoryReading.Kinds.IndexOf(s.Id.Kind)).ThenBy(s => s.Id.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static ResourceStatus? Find(ResourceId id, DeploymentUnit? unit, LiveResource? live, IBaselineStore? baselines)
    {
        if (unit is null)
        {
            return IsNothing(live!) ? null : new ResourceStatus(id, ResourceState.OnlyThere, null, live, []);
        }

        if (live is null)
        {
            return new ResourceStatus(id, ResourceState.OnlyHere, unit, null, []);
        }

        var baseline = baselines?.Find(id);
        var residue = baseline?.Residue ?? [];

        // A factory's file that has no global parameters leaves those of the target alone.
        ImmutableArray<PropertyChange> Compare(JsonElement of) => id.Kind == ResourceKind.Factory && !HasGlobalParameters(unit.Content) ? [] : ResourceComparison.Compare(id.Kind, of, unit.Content).RemoveRange(residue);
        var differences = Compare(live.Content);
        var state = differences.IsEmpty ? ResourceState.Same
            : baseline is null ? ResourceState.Differs
            : (!Compare(baseline.Live).IsEmpty, !ResourceComparison.Compare(id.Kind, baseline.Live, live.Content).IsEmpty) switch
            {
                (true, true) => ResourceState.ChangedBoth,
                (false, true) => ResourceState.ChangedThere,
                _ => ResourceState.ChangedHere,
            };
        return new ResourceStatus(id, state, unit, live, differences);
    }

    /// <summary>What every factory has, and no file needs to say.</summary>
    private static bool IsNothing(LiveResource live) => live.Id.Kind switch
    {
        ResourceKind.Factory => !HasGlobalParameters(live.Content),
        ResourceKind.IntegrationRuntime => live.Id.Name.Equals("AutoResolveIntegrationRuntime", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool HasGlobalParameters(JsonElement content) =>
        ResourceComparison.Member(ResourceComparison.Member(content, "properties"), "globalParameters") is { ValueKind: JsonValueKind.Object } parameters && parameters.EnumerateObject().Any();
}
