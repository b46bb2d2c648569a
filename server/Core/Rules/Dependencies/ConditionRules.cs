// Rules about the conditions of a single dependency.
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Dependencies;

/// <summary>A dependency with no condition at all. Studio always writes one; nothing says what the service does with none.</summary>
internal sealed class EmptyConditionsRule() : Rule(new("PW4104", DiagnosticSeverity.Error, "Dependency without a condition"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Activities
        from dependency in activity.Activity.Dependencies
        where dependency.Conditions is BoundArray { IsImplied: false, Items.IsEmpty: true }
        select Descriptor.At(
            dependency.Conditions.Span,
            $"'{activity.Name}' waits for '{dependency.Activity.Text}', but not for what: write Succeeded, Failed, Skipped or Completed.",
            new CodeFix($"Wait for its success", context.Edits.SetProperty(DependencyNodes.Find(dependency.Activity), "dependencyConditions", new NewSequence(new NewScalar(SpecForm.DefaultCondition)))));
}

/// <summary><c>Completed</c> says all that <c>Succeeded</c> and <c>Failed</c> do; Studio offers it only by itself.</summary>
internal sealed class CompletedWithOthersRule() : Rule(new("PW4105", DiagnosticSeverity.Error, "Completed together with Succeeded or Failed"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var dependency in context.Activities.SelectMany(a => a.Activity.Dependencies))
        {
            var conditions = (dependency.Conditions as BoundArray)?.Items.OfType<BoundScalar>().ToList() ?? [];
            if (conditions.Find(c => Is(c, "Completed")) is null || conditions.Find(c => Is(c, "Succeeded") || Is(c, "Failed")) is not { } covered)
            {
                continue;
            }

            NewNode[] kept = [new NewScalar("Completed"), .. conditions.Where(c => Is(c, "Skipped")).Take(1).Select(_ => new NewScalar("Skipped"))];
            yield return Descriptor.At(
                covered.Span,
                $"'Completed' covers '{covered.Text}' already, and Data Factory takes it only without. Keep one of the two.",
                new CodeFix("Keep Completed", context.Edits.SetProperty(DependencyNodes.Find(dependency.Activity), "dependencyConditions", new NewSequence([.. kept]))));
        }
    }

    private static bool Is(BoundScalar condition, string name) => condition.Text.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One activity is waited for twice: its conditions belong together.</summary>
internal sealed class RepeatedDependencyRule() : Rule(new("PW4106", DiagnosticSeverity.Warning, "Dependency is written twice"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var activity in context.Activities)
        {
            var first = new Dictionary<string, (BoundScalar Activity, BoundNode? Conditions)>(StringComparer.OrdinalIgnoreCase);
            foreach (var dependency in activity.Activity.Dependencies)
            {
                if (!first.TryAdd(dependency.Activity.Text, dependency))
                {
                    yield return Descriptor.At(
                        dependency.Activity.Span,
                        $"'{activity.Name}' waits for '{dependency.Activity.Text}' twice. Write all conditions at one place.",
                        new CodeFix("Put them together", Merge(context, first[dependency.Activity.Text], dependency)));
                }
            }
        }
    }

    private static FixEdit Merge(RuleContext context, (BoundScalar Activity, BoundNode? Conditions) first, (BoundScalar Activity, BoundNode? Conditions) second)
    {
        NewNode[] all = [.. NamesOf(first.Conditions).Concat(NamesOf(second.Conditions)).Distinct(StringComparer.OrdinalIgnoreCase).Select(c => new NewScalar(c))];
        var removal = context.Edits.RemoveItem(DependencyNodes.Find(second.Activity));
        return new FixEdit(all.Length == NamesOf(first.Conditions).Count()
            ? removal
            : [.. context.Edits.SetProperty(DependencyNodes.Find(first.Activity), "dependencyConditions", new NewSequence([.. all])), .. removal]);
    }

    private static IEnumerable<string> NamesOf(BoundNode? conditions) => (conditions as BoundArray)?.Items.OfType<BoundScalar>().Select(c => c.Text) ?? [];
}

internal static class DependencyNodes
{
    /// <summary>The dependency that names an activity.</summary>
    public static BoundObject Find(BoundScalar name) => (BoundObject)name.Parent!.Parent!;
}
