using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A trigger starts one pipeline twice with the same parameters.</summary>
internal sealed class DuplicatePipelineRule() : Rule(new("PW4325", DiagnosticSeverity.Warning, "Trigger starts a pipeline twice"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind != Schema.ResourceKind.Trigger)
        {
            return [];
        }

        var seen = new HashSet<(string, string)>();
        return from started in TriggerPipelines.FindAll(context.Resource)
               let name = TriggerPipelines.NameOf(started)
               where name is not null && !seen.Add((name.Text.ToUpperInvariant(), Write(started.FindValue("parameters"))))
               select Descriptor.At(
                   name.Span, $"The trigger starts '{name.Text}' twice at a time, with the same parameters. Remove one.",
                   new CodeFix("Remove it", context.Edits.RemoveItem(started)));
    }

    /// <summary>A text that is the same for the same values.</summary>
    private static string Write(BoundNode? value) => value is null or BoundObject { Properties.IsEmpty: true } ? "" : string.Join('\n', value.DescendantsAndSelf().Select(n => n switch
    {
        BoundProperty property => property.Name.ToUpperInvariant() + ":",
        BoundScalar scalar => $"{scalar.Kind} {scalar.Text}",
        BoundArray array => $"[{array.Items.Length}",
        BoundObject inner => $"{{{inner.Properties.Length}",
        _ => "",
    }));
}
