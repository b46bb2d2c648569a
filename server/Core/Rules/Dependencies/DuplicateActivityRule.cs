using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Dependencies;

/// <summary>Two activities of one pipeline have one name, those inside containers included: expressions name them without a path.</summary>
internal sealed class DuplicateActivityRule() : Rule(new("PW4103", DiagnosticSeverity.Warning, "Two activities have one name"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return context.Activities.Select(a => a.Activity.Name).OfType<BoundScalar>()
            .Where(n => n.Text.Length > 0 && !seen.Add(n.Text))
            .Select(n => Descriptor.At(n.Span, $"Another activity of this pipeline is named '{n.Text}' too. Activity names are unique in a pipeline, containers included."));
    }
}
