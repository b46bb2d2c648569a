using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>The day 0 of a month, or the weekday number 0 of one: counting starts at 1, and from the end at -1 (Microsoft's documentation).</summary>
internal sealed class ZerothDayRule() : Rule(new("PW4304", DiagnosticSeverity.Error, "Day number 0"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var schedule = TriggerParts.FindSchedule(context);
        var days = (schedule?.FindValue("monthDays") as BoundArray)?.Items ?? [];
        var occurrences = ((schedule?.FindValue("monthlyOccurrences") as BoundArray)?.Items ?? []).OfType<BoundObject>().Select(o => o.FindValue("occurrence"));
        return days.Concat(occurrences).OfType<BoundScalar>().Where(d => TriggerParts.NumberOf(d) == 0).Select(day => Descriptor.At(
            day.Span, "Days count from 1, or from the end of the month from -1: there is no number 0.",
            new CodeFix("Take the first: 1", context.Edits.SetValue(day, new NewLiteral("1"))) { IsPreferred = false },
            new CodeFix("Take the last: -1", context.Edits.SetValue(day, new NewLiteral("-1"))) { IsPreferred = false }));
    }
}
