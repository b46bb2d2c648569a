// What is deployed, and in which order.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment;

/// <summary>Resources refer to each other in a circle, so that there is no order to deploy them in.</summary>
public sealed class DeploymentCycleException(ImmutableArray<DeploymentUnit> cycle)
    : Exception($"These refer to each other in a circle and can't be deployed: {string.Join(" → ", cycle.Select(u => $"{u.Id.Name} ({u.Path})"))}.")
{
    public ImmutableArray<DeploymentUnit> Cycle { get; } = cycle;
}

public static class DeploymentScope
{
    /// <summary>What the service can do without comes first (Microsoft's order for templates); references decide within and across.</summary>
    private static readonly ImmutableArray<ResourceKind> Order =
    [
        ResourceKind.Factory, ResourceKind.ManagedVirtualNetwork, ResourceKind.ManagedPrivateEndpoint, ResourceKind.IntegrationRuntime, ResourceKind.Credential,
        ResourceKind.LinkedService, ResourceKind.Dataset, ResourceKind.DataFlow, ResourceKind.Pipeline, ResourceKind.Trigger, ResourceKind.ChangeDataCapture,
    ];

    /// <summary>
    /// The resources of some documents and all that these need and that the factory's files declare, each after what it refers to. What no file
    /// declares is taken to be in the target already.
    /// </summary>
    /// <exception cref="DeploymentCycleException">There is no such order.</exception>
    public static ImmutableArray<DeploymentUnit> Collect(FactorySnapshot factory, IEnumerable<ResourceDocument> documents)
    {
        var collected = new Dictionary<ResourceId, DeploymentUnit>();
        var pending = new Queue<DeploymentUnit>(documents.SelectMany(DeploymentUnit.FromDocument));
        while (pending.TryDequeue(out var unit))
        {
            if (!collected.TryAdd(unit.Id, unit))
            {
                continue;
            }

            foreach (var needed in unit.References.Where(r => !collected.ContainsKey(r)).SelectMany(r => factory.Find(r.Kind, r.Name)))
            {
                foreach (var found in DeploymentUnit.FromDocument(needed.Document))
                {
                    pending.Enqueue(found);
                }
            }
        }

        return Sort(collected);
    }

    private static ImmutableArray<DeploymentUnit> Sort(Dictionary<ResourceId, DeploymentUnit> units)
    {
        var sorted = ImmutableArray.CreateBuilder<DeploymentUnit>(units.Count);
        var done = new HashSet<ResourceId>();
        var path = new List<DeploymentUnit>();
        foreach (var unit in units.Values.OrderBy(u => Order.IndexOf(u.Id.Kind)).ThenBy(u => u.Id.Name, StringComparer.OrdinalIgnoreCase))
        {
            Visit(unit);
        }

        return sorted.ToImmutable();

        void Visit(DeploymentUnit unit)
        {
            var at = path.IndexOf(unit);
            if (at >= 0)
            {
                throw new DeploymentCycleException([.. path[at..], unit]);
            }

            if (done.Contains(unit.Id))
            {
                return;
            }

            path.Add(unit);
            foreach (var needed in unit.References.Where(units.ContainsKey).Select(r => units[r]).OrderBy(u => Order.IndexOf(u.Id.Kind)).ThenBy(u => u.Id.Name, StringComparer.OrdinalIgnoreCase))
            {
                // A tumbling-window trigger may depend on its own earlier windows.
                if (needed.Id != unit.Id || unit.Id.Kind != ResourceKind.Trigger)
                {
                    Visit(needed);
                }
            }

            path.RemoveAt(path.Count - 1);
            done.Add(unit.Id);
            sorted.Add(unit);
        }
    }
}
