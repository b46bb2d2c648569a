// Which activities may stand inside of which.
using System.Collections.Immutable;

namespace Pipewright.Core.Factory;

/// <summary>The nesting of containers that the service's design allows: https://learn.microsoft.com/azure/data-factory/concepts-nested-activities.</summary>
public static class ContainerNesting
{
    private static readonly ImmutableHashSet<string> Loops = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "ForEach", "Until");
    private static readonly ImmutableHashSet<string> Branches = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "IfCondition", "Switch");

    /// <summary>Whether activities of a type hold others.</summary>
    public static bool IsContainer(string? type) => type is not null && (Loops.Contains(type) || Branches.Contains(type));

    /// <summary>Whether a type of activity may only stand in the pipeline's own list or, for branches, in a loop of it.</summary>
    public static bool MayHold(string outer, string? inner) => inner is null
        || !(Loops.Contains(inner) || inner.Equals("Validation", StringComparison.OrdinalIgnoreCase) || Branches.Contains(inner))
        || (Loops.Contains(outer) && Branches.Contains(inner));

    /// <summary>Whether a container may be put around activities at their place.</summary>
    public static bool MayWrap(string container, IEnumerable<ActivityNode> activities, ActivityGraph graph)
    {
        var members = activities.ToHashSet();
        return members.All(m => m.Container?.ContainersAndSelf().All(c => MayHold(c.Activity.Type ?? "", container)) != false)
            && graph.All.Where(a => a.ContainersAndSelf().Any(members.Contains)).All(a => MayHold(container, a.Activity.Type));
    }
}
