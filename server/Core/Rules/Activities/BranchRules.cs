// Rules about the branches of a Switch, and about containers with nothing in them.
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>A case of a Switch.</summary>
internal sealed record SwitchBranch(ActivityNode Activity, BoundObject Node)
{
    /// <summary>What it is taken for; null for an expression, and where it is missing.</summary>
    public BoundScalar? Value => ActivityReading.Literal(Node.FindValue("value"));

    public bool IsEmpty => Containers.IsEmpty(Node.FindValue("activities"));

    /// <summary>The cases of all that run.</summary>
    public static IEnumerable<SwitchBranch> FindAll(RuleContext context) => context.Running("Switch").SelectMany(FindAll);

    public static IEnumerable<SwitchBranch> FindAll(ActivityNode activity) =>
        (activity.FindValue("cases") as BoundArray)?.Items.OfType<BoundObject>().Select(c => new SwitchBranch(activity, c)) ?? [];
}

internal static class Containers
{
    /// <summary>Whether a list of activities is left out or has none in it.</summary>
    public static bool IsEmpty(BoundNode? activities) => ActivityReading.Given(activities) is null or BoundArray { Items.IsEmpty: true };
}

/// <summary>Two cases of a Switch are for one value; only one can be taken. Values that differ in case may well be two.</summary>
internal sealed class DuplicateCaseRule() : Rule(new("PW4226", DiagnosticSeverity.Warning, "Two cases for one value"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Switch")
        from same in SwitchBranch.FindAll(activity).Where(c => c.Value is not null).GroupBy(c => c.Value!.Text, StringComparer.Ordinal)
        from later in same.Skip(1)
        select Descriptor.At(later.Value!.Span, $"There is a case for '{same.Key}' already, and only one is taken. Put the activities of both into one, or give this one another value.");
}

/// <summary>Studio allows 25 cases.</summary>
internal sealed class ManyCasesRule() : Rule(new("PW4227", DiagnosticSeverity.Warning, "Switch with many cases"))
{
    private const int Most = 25;

    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Switch")
        let count = SwitchBranch.FindAll(activity).Count()
        where count > Most
        select Descriptor.At(activity.TypeProperties!.Find("cases")!.NameSpan, $"'{activity.Name}' has {count} cases; Studio allows {Most}. Put what several have in common into a pipeline of its own.");
}

/// <summary>Nothing says for which value a case is: it can never be taken.</summary>
internal sealed class CaseWithoutValueRule() : Rule(new("PW4228", DiagnosticSeverity.Warning, "Case without a value"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from branch in SwitchBranch.FindAll(context)
        where ActivityReading.Given(branch.Node.FindValue("value")) is null
        let place = branch.Node.Find("activities") is { IsImplied: false } activities ? activities.NameSpan : new TextSpan(branch.Node.Span.Start, Math.Min(1, branch.Node.Span.Length))
        select Descriptor.At(place, $"This case of '{branch.Activity.Name}' has no 'value', so it is never taken. Give it one, or move its activities to 'defaultActivities'.");
}

/// <summary>A loop with nothing in it: Studio asks for one activity at least.</summary>
internal sealed class EmptyLoopRule() : Rule(new("PW4229", DiagnosticSeverity.Warning, "Loop without activities"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("ForEach", "Until")
        let body = activity.TypeProperties?.Find("activities")
        where body is { IsImplied: false } && Containers.IsEmpty(body.Value)
        select Descriptor.At(body.NameSpan, $"'{activity.Name}' has nothing to run in each round. Put an activity into it, or remove it.");
}

/// <summary>A condition or a case that nothing comes of. It may be meant, as where one value must not reach the default.</summary>
internal sealed class EmptyBranchRule() : Rule(new("PW4230", DiagnosticSeverity.Hint, "Branch without activities"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var activity in context.Running("IfCondition", "Switch"))
        {
            var cases = SwitchBranch.FindAll(activity).ToList();
            string[] others = activity.Is("Switch") ? ["defaultActivities"] : ["ifTrueActivities", "ifFalseActivities"];
            if (cases.All(c => c.IsEmpty) && others.All(o => Containers.IsEmpty(activity.TypeProperties?.FindValue(o))))
            {
                yield return Descriptor.At(activity.Anchor(), $"None of the branches of '{activity.Name}' has an activity: whatever it finds, nothing comes of it.");
            }
            else
            {
                foreach (var value in cases.Where(c => c.IsEmpty).Select(c => c.Value).OfType<BoundScalar>())
                {
                    yield return Descriptor.At(value.Span, $"Nothing is run for '{value.Text}', nor are the activities of the default. Without the case they would be.");
                }
            }
        }
    }
}
