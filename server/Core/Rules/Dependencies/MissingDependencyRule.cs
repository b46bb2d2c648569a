using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Dependencies;

/// <summary>
/// An activity depends on one that is not its sibling: every run fails with <c>InvalidTemplate</c> (azure.datafactory.devops issue 69; the
/// service does not check it at publish).
/// </summary>
internal sealed class MissingDependencyRule() : Rule(new("PW4101", DiagnosticSeverity.Error, "Dependency on an activity that is not there"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var scopes = context.Scopes;
        var everywhere = scopes.SelectMany(s => s.Activities).Select(a => a.Name?.Text).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var scope in scopes)
        {
            var siblings = scope.Activities.Select(a => a.Name?.Text).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var activity in scope.Activities)
            {
                foreach (var (name, _) in activity.Dependencies.Where(d => !siblings.Contains(d.Activity.Text)))
                {
                    yield return Report(name, activity, siblings, everywhere.Contains(name.Text));
                }
            }
        }
    }

    private Diagnostic Report(BoundScalar name, Activity activity, HashSet<string> siblings, bool isElsewhere)
    {
        var own = activity.Name?.Text ?? "";
        var closest = Spelling.FindClosest(name.Text, siblings.Where(s => !s.Equals(own, StringComparison.OrdinalIgnoreCase)));
        var what = isElsewhere
            ? $"'{name.Text}' is inside another container: an activity can only depend on one of the same list."
            : $"There is no activity '{name.Text}' to depend on." + (closest is null ? "" : $" Did you mean '{closest}'?");
        return Descriptor.At(name.Span, what, closest is not null && name.Syntax is ScalarSyntax syntax
            ? [new CodeFix($"Change to '{closest}'", [new TextChange(syntax.ToSourceSpan(new TextSpan(0, name.Text.Length)), closest)])]
            : []);
    }
}
