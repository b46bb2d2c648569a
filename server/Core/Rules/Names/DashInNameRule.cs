using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>
/// A dash in the name of a dataset, linked service, data flow or global parameter: Microsoft's naming rules leave it out, and the parameters of
/// an exported ARM template are named after these (azure.datafactory.tools warns of it as well).
/// </summary>
internal sealed class DashInNameRule() : Rule(new("PW5004", DiagnosticSeverity.Warning, "Dash in a name"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from thing in FindDashless(context)
        where thing.Name.Contains('-', StringComparison.Ordinal)
        select Descriptor.At(
            thing.Span, $"The name of the {thing.Noun} has a dash, which Microsoft's naming rules leave out and ARM export trips over. Write '_' instead.",
            [.. thing.Rename(thing.Name.Replace('-', '_'))]);

    private static IEnumerable<NamedThing> FindDashless(RuleContext context) => context.Kind switch
    {
        ResourceKind.Dataset or ResourceKind.LinkedService or ResourceKind.DataFlow => NamedThing.OfResource(context),
        ResourceKind.Factory => NamedThing.OfGlobalParameters(context),
        _ => [],
    };
}
