using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Limits;

/// <summary>A resource is larger than the service takes (Azure's service limits for Data Factory).</summary>
internal sealed class ResourceSizeRule() : Rule(new("PW5104", DiagnosticSeverity.Error, "Resource is too large"))
{
    /// <summary>In bytes; null for kinds without a known limit.</summary>
    private static long? MostOf(ResourceKind kind) => kind switch
    {
        ResourceKind.Pipeline => 200 * 1024,
        ResourceKind.Dataset or ResourceKind.LinkedService => 2000 * 1024,
        _ => null,
    };

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (MostOf(context.Kind) is { } most && context.Properties is { } properties && JsonSize.Of(properties) is var size && size > most)
        {
            yield return Descriptor.At(
                Names.NamedThing.NameSpan(context),
                $"The {TypeNames.Describe(context.Kind)} has {(size + 1023) / 1024} KB when it is deployed; {most / 1024} KB are the most. Move a part of it elsewhere.");
        }
    }
}
