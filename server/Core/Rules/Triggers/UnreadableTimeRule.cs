using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A start or end is no time: the model has it as one, so the service cannot read the trigger.</summary>
internal sealed class UnreadableTimeRule() : Rule(new("PW4307", DiagnosticSeverity.Error, "Time of a trigger cannot be read"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => (TriggerPeriod.Find(context)?.Times ?? [])
        .Where(t => TriggerParts.TextOf(t) is { } text && TriggerTime.Read(text) is null)
        .Select(t => Descriptor.At(t.Span, $"'{t.Text}' is not a time. Write it as 2025-01-31T06:00:00, with a Z behind it for UTC."));
}
