using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>
/// The time zone is UTC, and a time has no <c>Z</c>: the trigger is published and cannot be started (Microsoft's documentation of schedule
/// triggers; finops-toolkit issue 2157, <c>InvalidWorkflowTriggerRecurrence</c>).
/// </summary>
internal sealed class UtcWithoutZRule() : Rule(new("PW4308", DiagnosticSeverity.Error, "Time in UTC without Z"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        TriggerPeriod.Find(context) is { HasZone: true, Zone: { } zone } period && TriggerTime.IsUtc(zone)
            ? period.Times.Where(t => TriggerParts.TextOf(t) is { } text && TriggerTime.Read(text) is { Offset: null })
                .Select(t => Descriptor.At(
                    t.Span, "With the time zone UTC a time needs a Z behind it, or else the trigger can't be started.", new CodeFix("Add the Z", context.Edits.SetText(t, t.Text + "Z"))))
            : [];
}
