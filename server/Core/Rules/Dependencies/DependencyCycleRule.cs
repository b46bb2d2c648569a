using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Dependencies;

/// <summary>Activities wait for each other in a circle, or one for itself: none of them can ever start.</summary>
internal sealed class DependencyCycleRule() : Rule(new("PW4102", DiagnosticSeverity.Error, "Activities depend on each other in a circle"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        context.Scopes.SelectMany(s => CheckScope(context, s));

    private IEnumerable<Diagnostic> CheckScope(RuleContext context, ActivityScope scope)
    {
        var activities = scope.Activities.Where(a => a.Name is not null)
            .GroupBy(a => a.Name!.Text, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        var waiting = FindStuck(activities);
        foreach (var activity in waiting.Select(name => activities[name]))
        {
            foreach (var (name, _) in activity.Dependencies.Where(d => waiting.Contains(d.Activity.Text)))
            {
                var isSelf = name.Text.Equals(activity.Name!.Text, StringComparison.OrdinalIgnoreCase);
                yield return Descriptor.At(name.Span, isSelf
                    ? $"'{name.Text}' depends on itself and can never start. Remove the dependency."
                    : $"'{activity.Name!.Text}' and '{name.Text}' wait for each other, directly or through others. Remove one of the dependencies.",
                    new CodeFix($"Do not wait for '{name.Text}'", context.Edits.RemoveItem(DependencyNodes.Find(name))) { IsPreferred = isSelf }) with
                {
                    Related = isSelf || activities[name.Text].Name is not { } other ? [] : [new RelatedPlace(context.Document.Path, other.Span, $"'{other.Text}' is declared here")],
                };
            }
        }
    }

    /// <summary>The activities on circles: takes away, until none is left to take, those that wait for nothing and those that nothing waits for.</summary>
    private static HashSet<string> FindStuck(Dictionary<string, Activity> activities)
    {
        var upstream = activities.ToDictionary(
            a => a.Key, a => a.Value.Dependencies.Select(d => d.Activity.Text).Where(activities.ContainsKey).ToList(), StringComparer.OrdinalIgnoreCase);
        var stuck = activities.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            var waitedFor = stuck.SelectMany(n => upstream[n]).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (stuck.RemoveWhere(n => !waitedFor.Contains(n) || !upstream[n].Any(stuck.Contains)) == 0)
            {
                return stuck;
            }
        }
    }
}
