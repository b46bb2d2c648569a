using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A trigger ends when it starts or before: it never fires (Microsoft's documentation: nothing runs after the end).</summary>
internal sealed class EndBeforeStartRule() : Rule(new("PW4311", DiagnosticSeverity.Error, "Trigger ends before it starts"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerPeriod.Find(context) is not { Start: { } startScalar, End: { } endScalar } period
            || TriggerParts.TextOf(startScalar) is not { } startText || TriggerTime.Read(startText) is not { } start
            || TriggerParts.TextOf(endScalar) is not { } endText || TriggerTime.Read(endText) is not { } end
            || Compare(start, end, period) is not (<= 0 and var order))
        {
            yield break;
        }

        var removal = new CodeFix("Remove 'endTime'", context.Edits.Remove(period.Owner.Find("endTime")!)) { IsPreferred = false };
        yield return Descriptor.At(
            endScalar.Span, "The trigger ends before it starts: it never fires. Write a later end, or none.",
            order < 0 ? [new CodeFix("Swap start and end", [.. context.Edits.SetText(startScalar, endText), .. context.Edits.SetText(endScalar, startText)]) { IsPreferred = false }, removal] : [removal]);
    }

    /// <summary>Negative if the end is before the start; null where that cannot be told.</summary>
    private static int? Compare(TriggerTime start, TriggerTime end, TriggerPeriod period)
    {
        if (start.Offset is null && end.Offset is null)
        {
            return end.Clock.CompareTo(start.Clock);
        }

        return period.NamesZone && period.Zone is null ? null
            : end.ToUtc(period.Zone) is { } last && start.ToUtc(period.Zone) is { } first ? last.CompareTo(first) : null;
    }
}
