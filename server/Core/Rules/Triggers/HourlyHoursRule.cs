using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>Hours of the day stand beside a frequency of hours. The documentation has them for days, weeks and months only.</summary>
internal sealed class HourlyHoursRule() : Rule(new("PW4302", DiagnosticSeverity.Warning, "Hours of the day with an hourly frequency"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerParts.FindRecurrence(context) is { } recurrence && TriggerParts.TextOf(recurrence.FindValue("frequency")) is { } frequency
            && frequency.Equals("Hour", StringComparison.OrdinalIgnoreCase)
            && (recurrence.FindValue("schedule") as BoundObject)?.Find("hours") is { Value: BoundArray { Items.IsEmpty: false } } hours)
        {
            yield return Descriptor.At(
                hours.NameSpan, "Hours of the day say when to fire on a day: they go with the frequencies Day, Week and Month.",
                new CodeFix("Set the frequency to Day", context.Edits.SetProperty(recurrence, "frequency", new NewScalar("Day"))) { IsPreferred = false },
                new CodeFix("Remove 'hours'", context.Edits.Remove(hours)) { IsPreferred = false });
        }
    }
}
