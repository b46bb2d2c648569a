using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>Two sources, sinks or transformations of a data flow have one name (Microsoft's naming rules: unique within a data flow).</summary>
internal sealed class DuplicateStreamRule() : Rule(new("PW5011", DiagnosticSeverity.Error, "Two streams of a data flow have one name"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var seen = new Dictionary<string, BoundScalar>(StringComparer.OrdinalIgnoreCase);
        return DataFlowStreams.FindNames(context).Where(n => n.Text.Length > 0 && !seen.TryAdd(n.Text, n))
            .Select(n => Descriptor.At(n.Span, $"Another stream of this data flow is named '{n.Text}' too. Names of sources, transformations and sinks are unique in a data flow.") with
            {
                Related = [new RelatedPlace(context.Document.Path, seen[n.Text].Span, $"'{seen[n.Text].Text}' is declared here")],
            });
    }
}
