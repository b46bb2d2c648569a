// What is deployed, and in which order.
using System.Collections.Immutable;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Planning;

/// <summary>Resources refer to each other in a circle, so that there is no order to deploy them in.</summary>
public sealed class DeploymentCycleException(ImmutableArray<DeploymentUnit> cycle)
    : Exception($"These refer to each other in a circle and can't be deployed: {string.Join(" → ", cycle.Select(u => $"{u.Id.Name} ({u.Path})"))}.")
{
    public ImmutableArray<DeploymentUnit> Cycle { get; } = cycle;
}

public static class DeploymentScope
{
    /// <summary>
    /// A repository may hold the settings of several factories: those of the target's name count, and none where no name tells which these are. One alone counts whatever its
    /// name is: it is that of the factory that people develop in.
    /// </summary>
    /// <param name="name">Of the target's factory; null where it is not known.</param>
    public static IEnumerable<ResourceDocument> ChooseFactory(IReadOnlyCollection<ResourceDocument> documents, string? name)
    {
        var factories = documents.Where(d => d.Classification.Kind == ResourceKind.Factory).ToList();
        return factories.Count < 2 ? documents : documents.Where(d => d.Classification.Kind != ResourceKind.Factory || d.Resources.Any(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// The resources of some documents and all that these need and that the factory's files declare, each after what it refers to. What no file
    /// declares is taken to be in the target already.
    /// </summary>
    /// <param name="overrides">What the target changes; null for nothing.</param>
    /// <exception cref="DeploymentCycleException">There is no such order.</exception>
    /// <exception cref="OverrideException">An override can't be applied.</exception>
    public static ImmutableArray<DeploymentUnit> Collect(FactorySnapshot factory, IEnumerable<ResourceDocument> documents, TargetOverrides? overrides = null)
    {
        var collected = new Dictionary<ResourceId, DeploymentUnit>();
        var pending = new Queue<DeploymentUnit>(documents.SelectMany(d => DeploymentUnit.FromDocument(d, overrides)));
        while (pending.TryDequeue(out var unit))
        {
            if (!collected.TryAdd(unit.Id, unit))
            {
                continue;
            }

            foreach (var needed in unit.References.Where(r => !collected.ContainsKey(r)).SelectMany(r => factory.Find(r.Kind, r.Name)))
            {
                foreach (var found in DeploymentUnit.FromDocument(needed.Document, overrides))
                {
                    pending.Enqueue(found);
                }
            }
        }

        return ReferenceOrder.Sort(collected.Values, u => u.Id, u => u.References, cycle => throw new DeploymentCycleException(cycle));
    }
}
