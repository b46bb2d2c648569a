// The activities of a pipeline as the graph has them: lists of siblings, each inside the pipeline or a container.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

/// <summary>An activity.</summary>
/// <param name="Name">Null where it has none yet.</param>
public sealed record Activity(BoundObject Node, BoundScalar? Name)
{
    public string? Type { get; } = Node.FindString("type");

    /// <summary>The names in its <c>dependsOn</c> with their conditions.</summary>
    public IEnumerable<(BoundScalar Activity, BoundNode? Conditions)> Dependencies => Node.FindValue("dependsOn") is BoundArray list
        ? from item in list.Items.OfType<BoundObject>()
          let name = item.FindValue("activity") as BoundScalar
          where name is { Kind: ScalarKind.String }
          select (name, item.FindValue("dependencyConditions"))
        : [];
}

/// <summary>One list of activities that run beside and after each other: a pipeline's own, or that of one branch of a container.</summary>
/// <param name="List">The array that holds them.</param>
public sealed record ActivityScope(BoundArray List, ImmutableArray<Activity> Activities)
{
    /// <summary>All scopes of a pipeline, outer before inner.</summary>
    public static ImmutableArray<ActivityScope> FindAll(BoundResource pipeline) =>
        [.. pipeline.Arrays.Where(IsActivityList).Select(a => new ActivityScope(a, [.. FindActivities(a)]))];

    /// <summary>The scope that a node is in; null for one that is not part of an activity.</summary>
    public static ActivityScope? FindEnclosing(BoundNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is BoundArray array && IsActivityList(array))
            {
                return new ActivityScope(array, [.. FindActivities(array)]);
            }
        }

        return null;
    }

    /// <summary>The innermost activity that a node is part of.</summary>
    public static Activity? FindActivity(BoundNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is BoundObject value && current.Parent is BoundArray array && IsActivityList(array))
            {
                return new Activity(value, value.FindValue("name") as BoundScalar);
            }
        }

        return null;
    }

    private static bool IsActivityList(BoundArray array) =>
        array.Type is Schema.ArrayType { Item: Schema.DiscriminatedType { Name: "Activity" } };

    private static IEnumerable<Activity> FindActivities(BoundArray array) =>
        array.Items.OfType<BoundObject>().Select(o => new Activity(o, o.FindValue("name") as BoundScalar));
}
