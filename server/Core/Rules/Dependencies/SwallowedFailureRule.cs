using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Dependencies;

/// <summary>
/// An activity may fail, and the pipeline still succeeds, because what handles the failure is what counts in the end (Microsoft's documentation of
/// pipeline failures; a common surprise, azure-docs issue 30153). Many factories want it so, which makes it an information. Said once for each
/// activity that may fail, where its first handler waits for it.
/// </summary>
internal sealed class SwallowedFailureRule() : Rule(new("PW4108", DiagnosticSeverity.Information, "Failure does not fail the pipeline"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var siblings in context.Activities.GroupBy(a => a.Siblings))
        {
            var waiting = (from handler in siblings
                           where !handler.IsInactive && !context.Graph.IsOnCircle(handler)
                           from dependency in handler.Activity.Dependencies
                           where ActivityOutcomes.ReadConditions(dependency.Conditions) is var wanted && wanted.HasFlag(ActivityStatus.Failed) && wanted != ActivityStatus.Any
                           select (Handler: handler, Name: dependency.Activity)).ToList();
            var outcomes = waiting.Count == 0 ? null : new ActivityOutcomes(siblings);
            foreach (var (handler, name) in waiting.DistinctBy(w => w.Name.Text, StringComparer.OrdinalIgnoreCase))
            {
                var failing = siblings.FirstOrDefault(a => a.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase));
                if (failing is { IsInactive: false } && !failing.Is("Fail") && outcomes!.EndWith(failing) is var ends && ends[handler] == ActivityStatus.Succeeded && outcomes.Succeeds(ends))
                {
                    yield return Report(context, handler, name);
                }
            }
        }
    }

    private Diagnostic Report(RuleContext context, ActivityNode handler, BoundScalar failing)
    {
        var whole = handler.Container is { } container ? $"'{container.Name}'" : "the pipeline";
        return Descriptor.At(
            failing.Span,
            $"When '{failing.Text}' fails and '{handler.Name}' then succeeds, {whole} counts as succeeded. End with a Fail activity if it should not.",
            AddFail(context, handler, failing.Text));
    }

    /// <summary>A Fail activity after the handler, which passes the error on.</summary>
    private static CodeFix AddFail(RuleContext context, ActivityNode handler, string failing)
    {
        var name = FreeName(context, $"Fail after {handler.Name}");
        NewNode onFailure = new NewScalar("Failed");
        var isSpec = handler.Activity.Node.IsSpec;
        NewNode Wait(string activity, NewNode condition) => new NewMapping(("activity", new NewScalar(activity)), ("dependencyConditions", new NewSequence(condition)));
        NewNode dependsOn = isSpec
            ? new NewMapping((failing, onFailure), (handler.Name, new NewScalar("Completed")))
            : new NewSequence(Wait(failing, onFailure), Wait(handler.Name, new NewScalar("Completed")));
        var message = $"@activity('{failing.Replace("'", "''", StringComparison.Ordinal)}').error.message";
        var code = $"@activity('{failing.Replace("'", "''", StringComparison.Ordinal)}').error.errorCode";
        NewNode Expression(string text) => isSpec ? new NewScalar(text) : new NewMapping(("value", new NewScalar(text)), ("type", new NewScalar("Expression")));
        (string, NewNode)[] inner = [("message", Expression(message)), ("errorCode", Expression(code))];
        (string, NewNode)[] common = [("name", new NewScalar(name)), ("type", new NewScalar("Fail")), ("dependsOn", dependsOn)];
        return new CodeFix($"Add a Fail activity after '{handler.Name}'", context.Edits.AddItem(handler.Siblings, isSpec
            ? new NewMapping([.. common, .. inner])
            : new NewMapping([.. common, ("userProperties", new NewSequence()), ("typeProperties", new NewMapping([.. inner]))])));
    }

    private static string FreeName(RuleContext context, string wanted)
    {
        // No longer than the service takes: 55 characters (Microsoft's naming rules).
        var stem = wanted.Length > 50 ? wanted[..50].TrimEnd() : wanted;
        var name = stem;
        for (var i = 2; context.Graph.Find(name) is not null; i++)
        {
            name = $"{stem} {i}";
        }

        return name;
    }
}
