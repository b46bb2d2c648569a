using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules;

/// <summary>Two activities of one pipeline have one name, those inside containers included: expressions name them without a path.</summary>
internal sealed class DuplicateActivityRule() : Rule(new("PW4103", DiagnosticSeverity.Warning, "Two activities have one name"))
{
    public override IEnumerable<Diagnostic> Check(FactorySnapshot factory, ResourceDocument document, BoundResource resource)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return ActivityScope.FindAll(resource).SelectMany(s => s.Activities).Select(a => a.Name).OfType<BoundScalar>()
            .OrderBy(n => n.Span.Start)
            .Where(n => n.Text.Length > 0 && !seen.Add(n.Text))
            .Select(n => Descriptor.At(n.Span, $"Another activity of this pipeline is named '{n.Text}' too. Activity names are unique in a pipeline, containers included."));
    }
}
