using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Nesting;

/// <summary>Which containers of activities may hold which: If and Switch in ForEach and Until, and nothing else (Microsoft's documentation on nested activities).</summary>
internal static class ContainerNesting
{
    private static readonly (string Type, string Noun)[] Containers = [("IfCondition", "If Condition"), ("Switch", "Switch"), ("ForEach", "ForEach"), ("Until", "Until")];

    /// <summary>The name that Studio has for a type of container; null for other activities.</summary>
    public static string? NounOf(ActivityNode activity) => Containers.FirstOrDefault(c => activity.Is(c.Type)).Noun;

    /// <summary>As <c>ForEach 'Each day'</c>.</summary>
    public static string Describe(ActivityNode container) => $"{NounOf(container)} '{container.Name}'";

    /// <summary>Its type, or all of its first line where that is not written.</summary>
    public static TextSpan PlaceOf(ActivityNode activity) => (activity.Activity.Node.FindValue("type") ?? activity.Activity.Name ?? (BoundNode)activity.Activity.Node).Span;

    /// <summary>The activities that are inside of one that cannot hold them. Not those that are switched off, which the service does not validate.</summary>
    public static IEnumerable<(ActivityNode Inner, ActivityNode Outer)> FindMisplaced(RuleContext context) =>
        from activity in context.Activities
        where activity.Container is not null && NounOf(activity) is not null && !MayHold(activity.Container, activity) && !context.IsInactive(activity.Activity.Node)
        select (activity, activity.Container);

    /// <summary>
    /// The documentation rules a Switch inside of an If out as well. Factories that were published with one are not few, so the service takes it.
    /// </summary>
    public static bool IsTaken(ActivityNode outer, ActivityNode inner) => outer.Is("IfCondition") && inner.Is("Switch");

    private static bool MayHold(ActivityNode outer, ActivityNode inner) => (outer.Is("ForEach") || outer.Is("Until")) && (inner.Is("IfCondition") || inner.Is("Switch"));

    /// <summary>Moves an activity to a pipeline of its own, which is executed in its place. None where what it reads or sets does not let it go.</summary>
    public static IEnumerable<CodeFix> MoveOut(RuleContext context, ActivityNode activity)
    {
        if (ChildPipelineExtraction.Plan(context.Factory, context.Document, context.Resource, [activity]) is { } plan)
        {
            yield return CodeFix.Deferred($"Move '{activity.Name}' to the new pipeline '{plan.Name}'", plan.Extract);
        }
    }
}
