using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Limits;

/// <summary>More parameters than a pipeline may have (Azure's service limits for Data Factory).</summary>
internal sealed class ParameterCountRule() : Rule(new("PW5103", DiagnosticSeverity.Error, "Pipeline has too many parameters"))
{
    private const int Most = 50;

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind == ResourceKind.Pipeline && context.Properties?.FindValue("parameters") is BoundObject parameters
            && parameters.Properties.DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Count() is > Most and var count)
        {
            yield return Descriptor.At(
                PipelineParts.NameOf(context, "parameters"), $"The pipeline has {count} parameters; {Most} are the most. Pass several values together as one object.");
        }
    }
}
