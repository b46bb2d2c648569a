using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>
/// A trigger fires on the 29th, 30th or 31st, or on the fifth of a weekday: not in every month. Microsoft's documentation advises to count
/// from the end.
/// </summary>
internal sealed class MissingMonthDayRule() : Rule(new("PW4306", DiagnosticSeverity.Hint, "Not every month has this day"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var schedule = TriggerParts.FindSchedule(context);
        var days = (schedule?.FindValue("monthDays") as BoundArray)?.Items ?? [];
        if (!days.Any(d => TriggerParts.NumberOf(d) == -1))
        {
            foreach (var day in days.Where(d => TriggerParts.NumberOf(d) is >= 29 and <= 31))
            {
                yield return Report(context, day, $"Not every month has a day {TriggerParts.NumberOf(day)}: in those the trigger does not fire.");
            }
        }

        foreach (var occurrence in ((schedule?.FindValue("monthlyOccurrences") as BoundArray)?.Items ?? []).OfType<BoundObject>())
        {
            if (occurrence.FindValue("occurrence") is { } number && TriggerParts.NumberOf(number) == 5)
            {
                yield return Report(context, number, "Not every month has a fifth of each weekday: in those the trigger does not fire.");
            }
        }
    }

    private Diagnostic Report(RuleContext context, BoundNode day, string message) => Descriptor.At(
        day.Span, message + " The last one is -1.",
        new CodeFix("Take the last: -1", context.Edits.SetValue(day, new NewLiteral("-1"))) { IsPreferred = false });
}
