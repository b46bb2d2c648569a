using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Limits;

/// <summary>A dataset or linked service that is larger than factories take unless Microsoft's support has raised their limit (Azure's service limits for Data Factory).</summary>
internal sealed class LargeResourceRule() : Rule(new("PW5105", DiagnosticSeverity.Warning, "Dataset or linked service is large"))
{
    private const long Most = 100 * 1024;

    private const long MostEver = 2000 * 1024;

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind is ResourceKind.Dataset or ResourceKind.LinkedService && context.Properties is { } properties && JsonSize.Of(properties) is > Most and <= MostEver and var size)
        {
            yield return Descriptor.At(
                Names.NamedThing.NameSpan(context),
                $"The {TypeNames.Describe(context.Kind)} has {(size + 1023) / 1024} KB when it is deployed; {Most / 1024} KB are the limit unless support has raised it.");
        }
    }
}
