using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>Microsoft's naming rules let datasets, linked services and data flows begin with a letter only; the REST model lets them begin with a digit.</summary>
internal sealed class LeadingDigitRule() : Rule(new("PW5007", DiagnosticSeverity.Warning, "Name begins with a digit"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => context.Kind is not (ResourceKind.Dataset or ResourceKind.LinkedService or ResourceKind.DataFlow) ? [] :
        from thing in NamedThing.OfResource(context)
        where thing.Name.Length > 0 && char.IsAsciiDigit(thing.Name[0])
        select Descriptor.At(
            thing.Span, $"The name of the {thing.Noun} begins with a digit; by Microsoft's naming rules it begins with a letter.",
            [.. thing.Rename(Prefix(context.Kind) + thing.Name)]);

    /// <summary>The customary abbreviations.</summary>
    private static string Prefix(ResourceKind kind) => kind switch
    {
        ResourceKind.Dataset => "ds_",
        ResourceKind.LinkedService => "ls_",
        _ => "df_",
    };
}
