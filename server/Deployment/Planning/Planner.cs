// Compares what the files want with what the target has.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Pipewright.Core.Schema;
using Pipewright.Deployment.Comparison;

namespace Pipewright.Deployment.Planning;

/// <param name="Units">What is wanted, in any order.</param>
public sealed record PlanRequest(ImmutableArray<DeploymentUnit> Units)
{
    /// <summary>Whether what the target has beyond <see cref="Units"/> is to go.</summary>
    public bool Deletes { get; init; }

    /// <summary>Triggers that an interrupted deployment has stopped and not started again.</summary>
    public ImmutableArray<string> InterruptedTriggers { get; init; } = [];
}

/// <param name="baselines">Null for none.</param>
public sealed class Planner(IFactoryClient client, IBaselineStore? baselines = null)
{
    /// <summary>From this many resources of a kind on, one list is cheaper than asking for each.</summary>
    private const int ListsFrom = 4;

    private const int Parallel = 16;

    /// <summary>Networks are shared, and the service does not delete them.</summary>
    private static readonly ImmutableArray<ResourceKind> Deletable =
        [.. ResourceKinds.OfService.Where(k => k is not (ResourceKind.Factory or ResourceKind.ManagedVirtualNetwork))];

    /// <exception cref="FactoryRequestException">The target can't be read.</exception>
    public async Task<DeploymentPlan> MakeAsync(PlanRequest request, CancellationToken cancellation)
    {
        var factory = await client.FindAsync(new ResourceId(ResourceKind.Factory, ""), cancellation)
            ?? throw new FactoryRequestException("FactoryNotFound", "The target factory does not exist. Create it first, or mend its name in pipewright.yaml.") { Status = 404 };
        var live = await ReadAsync(request, cancellation);
        live[new ResourceId(ResourceKind.Factory, "")] = factory;
        var units = ReferenceOrder.Sort(request.Units, u => u.Id, u => u.References, _ => { });
        var changes = units.Select(u => Plan(u, live.GetValueOrDefault(u.Id), request)).ToList();
        if (request.Deletes)
        {
            changes.AddRange(PlanDeletions(units, live.Values));
        }

        return new DeploymentPlan([.. changes], [.. FindWarnings(factory, changes)]);
    }

    /// <summary>Reads what the plan compares with: lists of kinds of which many count, else one by one; all side by side.</summary>
    private async Task<Dictionary<ResourceId, LiveResource>> ReadAsync(PlanRequest request, CancellationToken cancellation)
    {
        var live = new ConcurrentDictionary<ResourceId, LiveResource>();
        var reads = new List<Func<CancellationToken, Task>>();
        var kinds = request.Units.Select(u => u.Id.Kind).Concat(request.Deletes ? Deletable : []).Distinct().Where(k => k != ResourceKind.Factory);
        foreach (var kind in kinds)
        {
            var ids = request.Units.Select(u => u.Id).Where(i => i.Kind == kind).ToList();
            if (request.Deletes || ids.Count >= ListsFrom)
            {
                reads.Add(token => ReadKindAsync(kind, live, token));
            }
            else
            {
                reads.AddRange(ids.Select(id => (Func<CancellationToken, Task>)(token => ReadOneAsync(id, live, token))));
            }
        }

        await System.Threading.Tasks.Parallel.ForEachAsync(
            reads, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation }, async (read, token) => await read(token));
        return new Dictionary<ResourceId, LiveResource>(live);
    }

    private async Task ReadKindAsync(ResourceKind kind, ConcurrentDictionary<ResourceId, LiveResource> live, CancellationToken cancellation)
    {
        await foreach (var resource in client.ListAsync(kind, cancellation))
        {
            live[resource.Id] = resource;
        }
    }

    private async Task ReadOneAsync(ResourceId id, ConcurrentDictionary<ResourceId, LiveResource> live, CancellationToken cancellation)
    {
        if (await client.FindAsync(id, cancellation) is { } found)
        {
            live[id] = found;
        }
    }

    private PlannedChange Plan(DeploymentUnit unit, LiveResource? live, PlanRequest request)
    {
        var wasStarted = live?.IsStarted == true || request.InterruptedTriggers.Contains(unit.Id.Name, StringComparer.OrdinalIgnoreCase);
        var endsStarted = unit.Id.Kind == ResourceKind.Trigger && (unit.IsStarted ?? wasStarted);
        if (live is null)
        {
            return new PlannedChange(unit.Id, PlannedAction.Create, unit, null) { EndsStarted = endsStarted };
        }

        var baseline = baselines?.Find(unit.Id);
        var residue = baseline?.Residue ?? [];
        var properties = IsUnsaid(unit) ? [] : ResourceComparison.Compare(unit.Id.Kind, live.Content, unit.Content).RemoveRange(residue);
        var outside = baseline is null ? [] : ResourceComparison.Compare(unit.Id.Kind, baseline.Live, live.Content);
        var isMoved = unit.Id.Kind == ResourceKind.Trigger && endsStarted != live.IsStarted;
        var state = new PropertyChange("properties.runtimeState", live.IsStarted ? "\"Started\"" : "\"Stopped\"", endsStarted ? "\"Started\"" : "\"Stopped\"");
        return new PlannedChange(unit.Id, properties.IsEmpty && !isMoved ? PlannedAction.None : PlannedAction.Update, unit, live)
        {
            Properties = isMoved ? properties.Add(state) : properties,
            ChangedOutside = outside,
            Residue = residue,
            Writes = !properties.IsEmpty,
            EndsStarted = endsStarted,
        };
    }

    /// <summary>A factory's file that has no global parameters leaves those of the target alone.</summary>
    private static bool IsUnsaid(DeploymentUnit unit) =>
        unit.Id.Kind == ResourceKind.Factory && !(unit.Content.TryGetProperty("properties", out var properties) && properties.TryGetProperty("globalParameters", out _));

    private static IEnumerable<PlannedChange> PlanDeletions(ImmutableArray<DeploymentUnit> units, IEnumerable<LiveResource> live)
    {
        var wanted = units.Select(u => u.Id).ToHashSet();
        var gone = live.Where(l => Deletable.Contains(l.Id.Kind) && !wanted.Contains(l.Id) && !IsBuiltIn(l.Id)).ToList();
        return ReferenceOrder.Sort(gone, l => l.Id, l => JsonReferences.Find(l.Content), _ => { }).Reverse().Select(l => new PlannedChange(l.Id, PlannedAction.Delete, null, l));
    }

    /// <summary>Every factory has it, and cannot lose it.</summary>
    private static bool IsBuiltIn(ResourceId id) => id.Kind == ResourceKind.IntegrationRuntime && id.Name.Equals("AutoResolveIntegrationRuntime", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> FindWarnings(LiveResource factory, IEnumerable<PlannedChange> changes)
    {
        if (factory.Properties.ValueKind == JsonValueKind.Object && factory.Properties.TryGetProperty("repoConfiguration", out var repository) && repository.ValueKind == JsonValueKind.Object)
        {
            var branch = repository.TryGetProperty("collaborationBranch", out var name) && name.ValueKind == JsonValueKind.String ? $" '{name.GetString()}'" : "";
            yield return $"The factory is connected to Git. This deployment changes what is live, not the branch{branch}; the next publish from Studio overwrites it.";
        }

        foreach (var change in changes.Where(c => !c.ChangedOutside.IsEmpty && c.Action != PlannedAction.None))
        {
            yield return $"{change.Id} was changed by somebody else since it was last deployed from here: {string.Join(", ", change.ChangedOutside.Take(3).Select(p => p.Path))}{(change.ChangedOutside.Length > 3 ? ", …" : "")}.";
        }
    }
}
