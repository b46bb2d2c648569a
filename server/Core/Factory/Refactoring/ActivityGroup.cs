// Activities that stand beside each other and are to be taken as one.
using System.Collections.Immutable;

namespace Pipewright.Core.Factory;

/// <summary>Siblings that one activity could stand for: nothing outside runs between them, and what the group waits for is the same for all that start it.</summary>
public sealed class ActivityGroup
{
    private readonly HashSet<ActivityNode> _members;

    private ActivityGroup(ActivityGraph graph, ImmutableArray<ActivityNode> members)
    {
        Graph = graph;
        Members = members;
        _members = [.. members];
    }

    public ActivityGraph Graph { get; }

    /// <summary>In text order; at least one.</summary>
    public ImmutableArray<ActivityNode> Members { get; }

    /// <summary>What the group has to wait for.</summary>
    public ImmutableArray<ActivityDependency> OuterDependencies { get; private init; } = [];

    /// <summary>The siblings outside that wait for members.</summary>
    public ImmutableArray<ActivityNode> Dependents { get; private init; } = [];

    /// <summary>The members and all that they hold.</summary>
    public IEnumerable<ActivityNode> All => Graph.All.Where(Holds);

    /// <summary>Whether an activity is a member, or inside of one.</summary>
    public bool Holds(ActivityNode? activity) => activity?.ContainersAndSelf().Any(_members.Contains) == true;

    public bool Holds(string name) => Graph.Find(name) is { } activity && Holds(activity);

    /// <summary>Makes a group; null where one activity in the place of the members would run in another order or under other conditions.</summary>
    public static ActivityGroup? Of(ActivityGraph graph, IEnumerable<ActivityNode> members)
    {
        var group = new ActivityGroup(graph, [.. members.Distinct().OrderBy(m => m.Activity.Node.Span.Start)]);
        if (group.Members is not [var first, ..] || group.Members.Any(m => m.Siblings != first.Siblings || m.Name.Length == 0)
            || graph.All.GroupBy(a => a.Name, StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1))
        {
            return null;
        }

        var outside = graph.All.Where(a => a.Siblings == first.Siblings && !group._members.Contains(a)).ToList();
        var isSplit = outside.Any(o => graph.GetUpstream(o).Any(group._members.Contains) && group.Members.Any(m => graph.GetUpstream(m).Contains(o)));
        return isSplit || group.FindOuterDependencies() is not { } outer || group.FindDependents(outside) is not { } dependents
            ? null
            : new ActivityGroup(graph, group.Members) { OuterDependencies = outer, Dependents = dependents };
    }

    private ImmutableArray<ActivityDependency>? FindOuterDependencies()
    {
        var found = new List<ActivityDependency>();
        foreach (var member in Members)
        {
            if (ActivityDependency.Of(member) is not { } dependencies)
            {
                return null;
            }

            foreach (var dependency in dependencies.Where(d => !Members.Any(m => d.IsOn(m.Name))))
            {
                if (found.Find(f => f.IsOn(dependency.Activity)) is not { } known)
                {
                    found.Add(dependency);
                }
                else if (!known.HasConditionsOf(dependency))
                {
                    return null;
                }
            }
        }

        // Where something else than success is waited for, a member that does not wait for it would run only then.
        var starts = Members.Where(m => !m.Dependencies.Any(d => Members.Any(o => o.Name.Equals(d.Name, StringComparison.OrdinalIgnoreCase))));
        return found.TrueForAll(f => f.IsDefault || starts.All(s => s.Dependencies.Any(d => f.IsOn(d.Name)))) ? [.. found] : null;
    }

    private ImmutableArray<ActivityNode>? FindDependents(IEnumerable<ActivityNode> outside)
    {
        var found = ImmutableArray.CreateBuilder<ActivityNode>();
        foreach (var other in outside.Where(o => o.Dependencies.Any(d => Members.Any(m => m.Name.Equals(d.Name, StringComparison.OrdinalIgnoreCase)))))
        {
            // Of one activity all outcomes are those of what stands for it; of several only success means the same.
            if (ActivityDependency.Of(other) is not { } dependencies
                || (Members.Length > 1 && dependencies.Any(d => Members.Any(m => d.IsOn(m.Name)) && !d.IsDefault)))
            {
                return null;
            }

            found.Add(other);
        }

        return found.ToImmutable();
    }
}
