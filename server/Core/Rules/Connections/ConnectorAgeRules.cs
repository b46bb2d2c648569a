// Rules about connectors of an older generation. Facts by Microsoft's table of connector release stages and timelines, and by the pages of the
// connectors that call a type legacy.
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Connections;

/// <summary>A type that works, and that Microsoft's documentation calls legacy or replaced by another: of a linked service, a dataset, a source, a sink or an activity.</summary>
internal sealed class LegacyTypeRule() : Rule(new("PW4420", DiagnosticSeverity.Hint, "Legacy type", DiagnosticTags.Deprecated))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        // Of triggers, and of activities whose service has gone, other rules speak.
        if (context.Kind == ResourceKind.Trigger || EndedConnectorRule.FindEnd(context) is not null)
        {
            yield break;
        }

        foreach (var value in context.Resource.Objects
            .Where(o => o.Shape is { IsDeprecated: true, Discriminator: not null } && o.Shape.FindProperty("dependsOn") is null))
        {
            if (ConnectionContext.TypeOf(value) is { IsImplied: false } type)
            {
                var instead = ConnectorCatalog.Default.FindReplacements(type.Text);
                yield return Descriptor.At(
                    type.Span, $"'{type.Text}' is legacy." + (instead.IsEmpty ? " Microsoft's documentation advises against it for anything new." : $" For anything new use {string.Join(" or ", instead)}."));
            }
        }
    }
}

/// <summary>A linked service whose connector Microsoft has taken away, or takes away on a day that is announced.</summary>
internal sealed class EndedConnectorRule() : Rule(new("PW4421", DiagnosticSeverity.Warning, "Connector that has ended", DiagnosticTags.Deprecated))
{
    public static string? FindEnd(RuleContext context) =>
        context.Kind == ResourceKind.LinkedService && ConnectionContext.TypeOf(context.Properties) is { } type ? ConnectorCatalog.Default.FindEnd(type.Text) : null;

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FindEnd(context) is { } end && ConnectionContext.TypeOf(context.Properties) is { } type)
        {
            var instead = ConnectorCatalog.Default.FindReplacements(type.Text);
            yield return Descriptor.At(
                type.Span, $"The connector '{type.Text}' ended {end}." + (instead.IsEmpty ? " Reach the store in another way, as by ODBC or by its REST interface." : $" Use {string.Join(" or ", instead)}."));
        }
    }
}

/// <summary>A linked service of version 1.0 of its connector, which has a day on which it goes.</summary>
internal sealed class OldConnectorVersionRule() : Rule(new("PW4422", DiagnosticSeverity.Warning, "Old version of a connector", DiagnosticTags.Deprecated))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (LinkedServiceReading.Of(context) is { } service && ConnectorCatalog.Default.FindVersion(service.Type.Text) is { } version
            && !version.Marks.Any(service.Has) && service.Properties.FindValue("version") is null or BoundScalar { Text: "" or "1" or "1.0" } or BoundScalar { Kind: ScalarKind.Null })
        {
            var written = service.Properties.FindValue("version");
            yield return Descriptor.At(
                written?.Span ?? service.Type.Span,
                $"This is version 1.0 of the connector '{service.Type.Text}', which ends on {version.Ends}. Set 'version' to '{version.Newest}', and give the properties that it has.");
        }
    }
}
