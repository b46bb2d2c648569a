// Rules about ForEach and Until.
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>How many rounds run at once is said of a loop that runs one after the other: it has no effect (Microsoft's documentation of ForEach).</summary>
internal sealed class SequentialBatchRule() : Rule(new("PW4231", DiagnosticSeverity.Hint, "batchCount without effect", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("ForEach")
        where activity.IsFlag("isSequential", true) && activity.FindValue("batchCount") is not null
        let batch = activity.TypeProperties!.Find("batchCount")
        where !batch.IsImplied
        select Descriptor.At(batch.NameSpan, "With 'isSequential' the rounds run one after the other, and 'batchCount' has no effect.", ActivityReading.Possible(new CodeFix("Remove it", context.Edits.Remove(batch))));
}

/// <summary>
/// The condition of an Until reads nothing that can change while it runs: no activity of its body, no variable that is set meanwhile, and not the
/// time. It ends after one round, or only when its time is up.
/// </summary>
internal sealed class ConstantConditionRule() : Rule(new("PW4232", DiagnosticSeverity.Hint, "Condition that never changes"))
{
    /// <summary>Functions that give another value at each call.</summary>
    private static readonly string[] Changing = ["utcNow", "guid", "rand"];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var loop in context.Running("Until"))
        {
            if (context.ExpressionsIn(loop.FindValue("expression")).FirstOrDefault() is { Site: var site, Analysis: { } analysis }
                && !analysis.Findings.Any(f => f.Diagnostic.Severity == DiagnosticSeverity.Error)
                && !site.Template.Parts.OfType<ExpressionPart>().Any(p => CallsChanging(p.Expression))
                && !NameUses.Find(site.Template).Any(u => MayChange(context, loop, u)))
            {
                yield return Descriptor.At(
                    site.Scalar.Span,
                    $"Nothing that '{loop.Name}' runs changes what this reads: it ends after one round, or only when its time is up. Read the output of one of its activities, or a variable that they set.");
            }
        }
    }

    private static bool MayChange(RuleContext context, ActivityNode loop, NameUse use) => use.Kind switch
    {
        NameKind.Activity => use.Name is null || context.Graph.Find(use.Name) is not { } read || read.ContainersAndSelf().Contains(loop),
        NameKind.Variable => use.Name is null || context.Running("SetVariable", "AppendVariable").Any(a => MayWrite(a, use.Name) && !IsBefore(context, loop, a)),
        _ => false,
    };

    private static bool MayWrite(ActivityNode activity, string variable) =>
        activity.FindLiteral("variableName") is not { } name || name.Text.Equals(variable, StringComparison.OrdinalIgnoreCase);

    /// <summary>What runs beside the loop may set a variable as well as its body.</summary>
    private static bool IsBefore(RuleContext context, ActivityNode loop, ActivityNode activity) =>
        loop.ContainersAndSelf().Any(l => context.Graph.GetUpstream(l).Overlaps(activity.ContainersAndSelf()));

    private static bool CallsChanging(ExpressionNode node) =>
        (node is CallNode call && Changing.Any(call.Calls)) || node.Children.Any(CallsChanging);
}
