using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Planning;

/// <summary>Orders resources so that each stands after what it refers to.</summary>
internal static class ReferenceOrder
{
    /// <summary>What the service can do without comes first (Microsoft's order for templates); references decide within and across.</summary>
    private static readonly ImmutableArray<ResourceKind> Kinds =
    [
        ResourceKind.Factory, ResourceKind.ManagedVirtualNetwork, ResourceKind.ManagedPrivateEndpoint, ResourceKind.IntegrationRuntime, ResourceKind.Credential,
        ResourceKind.LinkedService, ResourceKind.Dataset, ResourceKind.DataFlow, ResourceKind.Pipeline, ResourceKind.Trigger, ResourceKind.ChangeDataCapture,
    ];

    /// <param name="onCycle">Takes resources that refer to each other in a circle, the first one again at the end; the order is then a guess.</param>
    public static ImmutableArray<T> Sort<T>(IEnumerable<T> items, Func<T, ResourceId> idOf, Func<T, IEnumerable<ResourceId>> referencesOf, Action<ImmutableArray<T>> onCycle)
    {
        var byId = new Dictionary<ResourceId, T>();
        foreach (var item in items)
        {
            byId.TryAdd(idOf(item), item);
        }

        var sorted = ImmutableArray.CreateBuilder<T>(byId.Count);
        var done = new HashSet<ResourceId>();
        var path = new List<ResourceId>();
        foreach (var item in InKindOrder(byId.Keys))
        {
            Visit(item);
        }

        return sorted.ToImmutable();

        void Visit(ResourceId id)
        {
            if (path.IndexOf(id) is >= 0 and var at)
            {
                onCycle([.. path[at..].Append(id).Select(i => byId[i])]);
                return;
            }

            if (done.Contains(id))
            {
                return;
            }

            path.Add(id);
            foreach (var needed in InKindOrder(referencesOf(byId[id]).Where(byId.ContainsKey)))
            {
                // A tumbling-window trigger may depend on its own earlier windows.
                if (needed != id || id.Kind != ResourceKind.Trigger)
                {
                    Visit(needed);
                }
            }

            path.RemoveAt(path.Count - 1);
            done.Add(id);
            sorted.Add(byId[id]);
        }
    }

    private static IEnumerable<ResourceId> InKindOrder(IEnumerable<ResourceId> ids) => ids.OrderBy(i => Kinds.IndexOf(i.Kind)).ThenBy(i => i.Name, StringComparer.OrdinalIgnoreCase);
}
