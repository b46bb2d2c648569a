using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Dependencies;

/// <summary>
/// An activity that no ending of the others lets run: all of its dependencies have to hold at once, and cannot. Mostly a handler that waits for
/// the failure of every step of a chain, of which the first to fail has the others skipped.
/// </summary>
internal sealed class UnreachableActivityRule() : Rule(new("PW4107", DiagnosticSeverity.Warning, "Activity can never run"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var siblings in context.Activities.GroupBy(a => a.Siblings))
        {
            var outcomes = new ActivityOutcomes(siblings);

            // One on a circle never runs either; that is another rule's to say. Names tell what waits for what, but two may have one name.
            var stuck = siblings.Where(a => !a.Dependencies.IsEmpty && !context.Graph.IsOnCircle(a) && !outcomes.CanRun(a)).ToList();
            var names = stuck.Select(a => a.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var activity in stuck.Where(a => !a.IsInactive && !a.Dependencies.Any(d => names.Contains(d.Name))))
            {
                yield return Report(context, activity, outcomes);
            }
        }
    }

    private Diagnostic Report(RuleContext context, ActivityNode activity, ActivityOutcomes outcomes)
    {
        var dependencies = activity.Activity.Dependencies.ToList();
        var single = dependencies.FindLast(d => context.Graph.Find(d.Activity.Text) is { } upstream && outcomes.CanRun(activity, upstream)).Activity;
        var culprit = single ?? dependencies[^1].Activity;
        var message = dependencies.Count == 1
            ? $"'{activity.Name}' can never run: '{culprit.Text}' never ends that way."
            : $"'{activity.Name}' can never run: its dependencies have to hold all at once, and the one on '{culprit.Text}' contradicts the others.";
        return Descriptor.At(culprit.Span, message,
        [
            .. MakeHandlerOfLast(context, activity, dependencies),
            .. single is null ? Array.Empty<CodeFix>() : [new CodeFix($"Do not wait for '{culprit.Text}'", context.Edits.RemoveItem(DependencyNodes.Find(culprit))) { IsPreferred = false }],
        ]);
    }

    /// <summary>One that waits for the failure of each step of a chain can wait for the last step to fail or to be skipped.</summary>
    private static IEnumerable<CodeFix> MakeHandlerOfLast(RuleContext context, ActivityNode activity, List<(BoundScalar Activity, BoundNode? Conditions)> dependencies)
    {
        var last = dependencies.Select(d => context.Graph.Find(d.Activity.Text))
            .FirstOrDefault(l => l is not null && dependencies.All(d => context.Graph.Find(d.Activity.Text) is { } other && (other == l || context.Graph.IsUpstream(l, other))));
        if (last is null || dependencies.Count < 2 || !dependencies.All(d => ActivityOutcomes.ReadConditions(d.Conditions) == ActivityStatus.Failed)
            || activity.Activity.Node.Find("dependsOn") is not { } property)
        {
            yield break;
        }

        NewNode conditions = new NewSequence(new NewScalar("Failed"), new NewScalar("Skipped"));
        NewNode value = activity.Activity.Node.IsSpec
            ? new NewMapping((last.Name, conditions))
            : new NewSequence(new NewMapping(("activity", new NewScalar(last.Name)), ("dependencyConditions", conditions)));
        yield return new CodeFix($"Wait for '{last.Name}' to fail or to be skipped", context.Edits.SetProperty(activity.Activity.Node, property.Name, value)) { IsPreferred = true };
    }
}
