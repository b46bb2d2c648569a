// If and Switch: one of several lists of activities.
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

internal static class Conditions
{
    public static void RunIf(ActivityWalk walk)
    {
        if (walk.Decide("expression", walk.Input.Find("expression")) is { } isTrue)
        {
            var branch = isTrue ? "ifTrueActivities" : "ifFalseActivities";
            RunBranch(walk, walk.Run.Plan.FindList(walk.Node.TypeProperties, branch), branch);
        }
    }

    public static void RunSwitch(ActivityWalk walk)
    {
        var value = walk.Input.Find("on");
        if (value is not (StringValue or IntegerValue or BooleanValue))
        {
            walk.Fail(SimulationErrors.InvalidTemplate, SimulationErrors.WrongValue(walk.Node.Name, "on", value, "text"), walk.Property("on"));
            return;
        }

        var text = value.ToText();
        var chosen = (walk.Property("cases") as BoundArray)?.Items.OfType<BoundObject>()
            .FirstOrDefault(c => c.FindValue("value") is BoundScalar one && one.Text.Equals(text, StringComparison.Ordinal));
        if (chosen is null)
        {
            RunBranch(walk, walk.Run.Plan.FindList(walk.Node.TypeProperties, "defaultActivities"), "defaultActivities");
        }
        else
        {
            RunBranch(walk, walk.Run.Plan.FindList(chosen, "activities"), $"cases/{text}");
        }
    }

    private static void RunBranch(ActivityWalk walk, ActivityListPlan plan, string name)
    {
        walk.Inner = new InnerWalks(walk);
        walk.Inner.Start(plan, name, null, null, list =>
        {
            walk.List.Scope.AddAll(list.Scope);
            if (list.Failed is null)
            {
                walk.Succeed(ObjectValue.Empty);
            }
            else
            {
                walk.FailBy(list);
            }
        });
    }
}
