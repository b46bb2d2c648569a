using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Limits;

/// <summary>More resources than a factory has room for, unless Microsoft's support has raised its limit (Azure's service limits for Data Factory). Said once, in the factory's own file.</summary>
internal sealed class ResourceCountRule() : Rule(new("PW5106", DiagnosticSeverity.Warning, "Factory has too many resources"))
{
    private const int Most = 5000;

    /// <summary>The kinds that count together.</summary>
    private static readonly ResourceKind[] Counted =
    [
        ResourceKind.Pipeline, ResourceKind.Dataset, ResourceKind.LinkedService, ResourceKind.Trigger, ResourceKind.IntegrationRuntime, ResourceKind.ManagedPrivateEndpoint,
    ];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind == ResourceKind.Factory && Counted.Sum(context.Factory.Count) is > Most and var count)
        {
            yield return Descriptor.At(
                Names.NamedThing.NameSpan(context),
                $"The factory has {count} pipelines, datasets, linked services, triggers, integration runtimes and private endpoints; {Most} are the limit unless support has raised it.");
        }
    }
}
