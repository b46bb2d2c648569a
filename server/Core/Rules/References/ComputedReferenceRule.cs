using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>A reference whose name is computed. The service resolves references when it publishes, before there is anything to compute.</summary>
internal sealed class ComputedReferenceRule() : Rule(new("PW4010", DiagnosticSeverity.Warning, "Reference with a computed name"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var name in context.Resource.Objects
            .Where(o => o.Shape?.Reference is { Target: not null }).Select(o => o.FindValue("referenceName")))
        {
            if (name is BoundObject or BoundArray || (name is BoundScalar { Kind: ScalarKind.String } text && SpecForm.IsExpression(text.Text)))
            {
                yield return Descriptor.At(
                    name.Span,
                    context.Kind == ResourceKind.Pipeline
                        ? "The name of a reference cannot be computed. Name one resource, and give it parameters for what differs; or choose with a Switch."
                        : "The name of a reference cannot be computed. Name one resource, and give it parameters for what differs.");
            }
        }
    }
}
