using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A schedule has days of the month by their number and by their weekday. Studio offers the one or the other.</summary>
internal sealed class TwoKindsOfMonthDayRule() : Rule(new("PW4303", DiagnosticSeverity.Warning, "Days of the month told in two ways"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var schedule = TriggerParts.FindSchedule(context);
        if (schedule?.Find("monthDays") is { Value: BoundArray { Items.IsEmpty: false } } byNumber
            && schedule.Find("monthlyOccurrences") is { Value: BoundArray { Items.IsEmpty: false } } byWeekday)
        {
            var later = byNumber.NameSpan.Start > byWeekday.NameSpan.Start ? byNumber : byWeekday;
            yield return Descriptor.At(
                later.NameSpan, "A schedule has either 'monthDays' or 'monthlyOccurrences': which of the days count is not said anywhere. Use two triggers.",
                [.. new[] { later, later == byNumber ? byWeekday : byNumber }.Select(p => new CodeFix($"Remove '{p.Name}'", context.Edits.Remove(p)) { IsPreferred = false })]);
        }
    }
}
