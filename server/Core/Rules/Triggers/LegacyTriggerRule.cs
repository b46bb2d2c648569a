using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A trigger of a type that is in the model and nowhere else: Studio and the documentation know it no more.</summary>
internal sealed class LegacyTriggerRule() : Rule(new("PW4326", DiagnosticSeverity.Hint, "Legacy type of trigger", DiagnosticTags.Deprecated))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerParts.TypeOf(context.Resource) is { } type && context.Properties!.Shape!.IsDeprecated)
        {
            var instead = type switch
            {
                "BlobTrigger" => $" Use a {TriggerParts.BlobEvents}, which gets events in place of polling.",
                "ChainingTrigger" => " Use an ExecutePipeline activity, or a custom event.",
                "RerunTumblingWindowTrigger" => " Run windows again from the monitor.",
                _ => "",
            };
            yield return Descriptor.At(TriggerParts.Anchor(context), $"'{type}' is no longer offered.{instead}");
        }
    }
}
