using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A schedule has nothing in it: the trigger fires as if there were none, which is hardly why it is there.</summary>
internal sealed class EmptyScheduleRule() : Rule(new("PW4305", DiagnosticSeverity.Warning, "Schedule is empty", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerParts.FindRecurrence(context)?.Find("schedule") is { Value: BoundObject schedule } property
            && schedule.Properties.All(p => p.Value is BoundArray { Items.IsEmpty: true }))
        {
            yield return Descriptor.At(
                property.NameSpan, "The schedule is empty: the trigger fires by frequency, interval and start time alone. Fill it or remove it.",
                new CodeFix("Remove 'schedule'", context.Edits.Remove(property)));
        }
    }
}
