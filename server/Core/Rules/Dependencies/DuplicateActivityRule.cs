using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Dependencies;

/// <summary>Two activities of one pipeline have one name, those inside containers included: expressions name them without a path.</summary>
internal sealed class DuplicateActivityRule() : Rule(new("PW4103", DiagnosticSeverity.Warning, "Two activities have one name"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var seen = new Dictionary<string, BoundScalar>(StringComparer.OrdinalIgnoreCase);
        var names = context.Activities.Select(a => a.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return context.Activities.Select(a => a.Activity.Name).OfType<BoundScalar>()
            .Where(n => n.Text.Length > 0 && !seen.TryAdd(n.Text, n))
            .Select(n => Descriptor.At(n.Span, $"Another activity of this pipeline is named '{n.Text}' too. Activity names are unique in a pipeline, containers included.",
                new CodeFix($"Name it '{FreeName(n.Text, names)}'", context.Edits.SetText(n, FreeName(n.Text, names)))) with
            {
                Related = [new RelatedPlace(context.Document.Path, seen[n.Text].Span, $"'{seen[n.Text].Text}' is declared here")],
            });
    }

    private static string FreeName(string name, HashSet<string> taken) => Enumerable.Range(2, taken.Count + 1).Select(i => $"{name}{i}").First(n => !taken.Contains(n));
}
