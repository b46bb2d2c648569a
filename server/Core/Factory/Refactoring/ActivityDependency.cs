using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

/// <summary>What an activity waits for.</summary>
/// <param name="Conditions">As written; at least one.</param>
public sealed record ActivityDependency(string Activity, ImmutableArray<string> Conditions)
{
    /// <summary>It waits for success, and nothing else.</summary>
    public bool IsDefault => Conditions is [var only] && only.Equals(SpecForm.DefaultCondition, StringComparison.OrdinalIgnoreCase);

    public static ActivityDependency OnSuccess(string activity) => new(activity, [SpecForm.DefaultCondition]);

    /// <summary>The dependencies of an activity in their order; null where one has conditions that are not simple words.</summary>
    public static ImmutableArray<ActivityDependency>? Of(ActivityNode activity)
    {
        var found = ImmutableArray.CreateBuilder<ActivityDependency>();
        foreach (var (name, conditions) in activity.Activity.Dependencies)
        {
            if (conditions is not BoundArray { Items: { Length: > 0 } items } || !items.All(i => i is BoundScalar { Kind: ScalarKind.String }))
            {
                return null;
            }

            found.Add(new ActivityDependency(name.Text, [.. items.Cast<BoundScalar>().Select(c => c.Text)]));
        }

        var isAllRead = activity.Activity.Node.FindValue("dependsOn") is null or BoundScalar { Kind: ScalarKind.Null } || activity.Activity.Node.FindValue("dependsOn") is BoundArray list && list.Items.Length == found.Count;
        return isAllRead ? found.ToImmutable() : null;
    }

    public bool HasConditionsOf(ActivityDependency other) =>
        Conditions.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(other.Conditions);

    public bool IsOn(string activity) => Activity.Equals(activity, StringComparison.OrdinalIgnoreCase);
}
