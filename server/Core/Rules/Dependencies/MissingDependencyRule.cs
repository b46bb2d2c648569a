using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
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
        foreach (var scope in context.Scopes)
        {
            var siblings = scope.Activities.Select(a => a.Name?.Text).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var activity in scope.Activities)
            {
                foreach (var (name, _) in activity.Dependencies.Where(d => !siblings.Contains(d.Activity.Text)))
                {
                    yield return Report(context, name, activity, siblings);
                }
            }
        }
    }

    private Diagnostic Report(RuleContext context, BoundScalar name, Activity activity, HashSet<string> siblings)
    {
        var own = activity.Name?.Text ?? "";
        var meant = context.Graph.Find(name.Text);
        var container = meant?.ContainersAndSelf().Select(c => c.Name).FirstOrDefault(c => siblings.Contains(c) && !c.Equals(own, StringComparison.OrdinalIgnoreCase));
        var closest = meant is null ? Spelling.FindClosest(name.Text, siblings.Where(s => !s.Equals(own, StringComparison.OrdinalIgnoreCase))) : null;
        var message = meant is null
            ? $"There is no activity '{name.Text}' to depend on." + (closest is null ? "" : $" Did you mean '{closest}'?")
            : $"'{name.Text}' is in another list of activities: an activity can only depend on one of the same list."
                + (container is null ? "" : $" Depend on '{container}', which holds it.");
        var isThere = (closest ?? container) is { } better && activity.Dependencies.Any(d => d.Activity.Text.Equals(better, StringComparison.OrdinalIgnoreCase));
        return Descriptor.At(name.Span, message,
        [
            .. !isThere && (closest ?? container) is { } replacement ? [new CodeFix($"Change to '{replacement}'", context.Edits.SetText(name, replacement)) { IsPreferred = true }] : Array.Empty<CodeFix>(),
            new CodeFix($"Do not wait for '{name.Text}'", context.Edits.RemoveItem(DependencyNodes.Find(name))) { IsPreferred = false },
        ]) with
        { Related = meant?.Activity.Name is { } place ? [new RelatedPlace(context.Document.Path, place.Span, $"'{place.Text}' is declared here")] : [] };
    }
}
