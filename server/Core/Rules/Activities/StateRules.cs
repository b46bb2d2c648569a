// Rules about activities that are switched off.
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>What an inactive activity is taken for is said of one that is active: it has no effect (Microsoft's documentation).</summary>
internal sealed class InactiveMarkRule() : Rule(new("PW4206", DiagnosticSeverity.Hint, "onInactiveMarkAs without effect", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Activities
        let mark = activity.Activity.Node.Find("onInactiveMarkAs")
        where mark is { IsImplied: false } && ActivityReading.Given(mark.Value) is not null && !activity.IsInactive
        select Descriptor.At(
            mark.NameSpan, "'onInactiveMarkAs' only counts for an activity with 'state: Inactive'.", new CodeFix("Remove it", context.Edits.Remove(mark)));
}

/// <summary>An expression reads the output of an activity that does not run: it has none, and the expression fails (Microsoft's documentation).</summary>
internal sealed class InactiveOutputRule() : Rule(new("PW4209", DiagnosticSeverity.Warning, "Output of an inactive activity"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (!context.Activities.Any(a => a.IsInactive))
        {
            yield break;
        }

        foreach (var expression in context.Expressions.Where(e => e.Analysis is not null && !context.IsInactive(e.Site.Scalar)))
        {
            foreach (var use in NameUses.Find(expression.Site.Template).Where(u => u is { Kind: NameKind.Activity, Name: not null } && ReadsOutput(expression.Site.Template, u)))
            {
                if (context.Graph.Find(use.Name!)?.ContainersAndSelf().FirstOrDefault(a => a.IsInactive) is { } inactive)
                {
                    yield return Descriptor.At(
                        expression.Site.Syntax.ToSourceSpan(use.Span),
                        inactive.Name.Equals(use.Name, StringComparison.OrdinalIgnoreCase)
                            ? $"'{use.Name}' is inactive: it does not run and has no output, so that this expression fails."
                            : $"'{use.Name}' is inside of '{inactive.Name}', which is inactive: it does not run and has no output, so that this expression fails.",
                        ActivityReading.Possible(Activate(context, inactive)));
                }
            }
        }
    }

    private static CodeFix Activate(RuleContext context, ActivityNode inactive) => new(
        $"Make '{inactive.Name}' active", context.Edits.SetValue(inactive.Activity.Node.FindValue("state")!, new NewScalar("Active")))
    { IsPreferred = false };

    /// <summary>Whether <c>.output</c> follows the call, without the question mark that takes its absence into account.</summary>
    private static bool ReadsOutput(Template template, NameUse use)
    {
        var node = template.FindNode(use.Span.Start);
        while (node is not (null or CallNode))
        {
            node = node.Parent;
        }

        return node?.Parent switch
        {
            MemberNode { Name: var name, Question: null } => name.Equals("output", StringComparison.OrdinalIgnoreCase),
            IndexNode { Index: LiteralNode { Value: StringValue { Value: var name } }, Question: null } => name.Equals("output", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }
}

/// <summary>An activity that is switched off, which is easily forgotten.</summary>
internal sealed class InactiveActivityRule() : Rule(new("PW4255", DiagnosticSeverity.Information, "Activity is switched off", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Activities
        where activity.IsInactive
        let state = activity.Activity.Node.FindValue("state")
        select Descriptor.At(
            activity.Activity.Name is { Text.Length: > 0 } name ? name.Span : state.Span,
            $"'{activity.Name}' is switched off: it does not run, and those that wait for it take it for {Mark(activity)}.",
            ActivityReading.Possible(new CodeFix("Make it active", context.Edits.SetValue(state, new NewScalar("Active"))) { IsPreferred = false }));

    private static string Mark(ActivityNode activity) => activity.Activity.Node.FindString("onInactiveMarkAs")?.ToUpperInvariant() switch
    {
        "FAILED" => "failed",
        "SKIPPED" => "skipped",
        _ => "succeeded",
    };
}
