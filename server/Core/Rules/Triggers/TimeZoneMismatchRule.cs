using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>
/// A time has an offset, and the trigger a time zone: a <c>Z</c> makes the zone useless (Microsoft's documentation). Or it has neither, and
/// reads like local time while it is UTC.
/// </summary>
internal sealed class TimeZoneMismatchRule() : Rule(new("PW4309", DiagnosticSeverity.Warning, "Time and time zone contradict each other"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerPeriod.Find(context) is not { } period || (period.NamesZone && (period.Zone is not { } zone || TriggerTime.IsUtc(zone))))
        {
            return [];
        }

        return from scalar in period.Times
               let time = TriggerParts.TextOf(scalar) is { } text ? TriggerTime.Read(text) : null
               where time is not null && period.NamesZone == (time.Value.Offset is not null)
               select period.Zone is { } name ? ReportOffset(context, scalar, time.Value, name) : ReportMissing(context, scalar);
    }

    private Diagnostic ReportMissing(RuleContext context, BoundScalar scalar) => Descriptor.At(
        scalar.Span, "Without a time zone this is UTC. Write a Z behind it, so that nobody takes it for local time.",
        new CodeFix("Add the Z", context.Edits.SetText(scalar, scalar.Text + "Z")));

    private Diagnostic ReportOffset(RuleContext context, BoundScalar scalar, TriggerTime time, string zone)
    {
        var asWritten = Write(time.Clock);
        var fixes = new List<CodeFix> { new($"Take it as local time: {asWritten}", context.Edits.SetText(scalar, asWritten)) { IsPreferred = false } };
        if (TimeZones.Find(zone) is { } found && Write(TimeZones.ToLocal(time.ToUtc(null)!.Value, found)) is var local && local != asWritten)
        {
            fixes.Add(new CodeFix($"Convert it to local time: {local}", context.Edits.SetText(scalar, local)) { IsPreferred = false });
        }

        return Descriptor.At(scalar.Span, $"This time has an offset of its own, so that '{zone}' means nothing for it. In a time zone, times have no Z and no offset.", [.. fixes]);
    }

    private static string Write(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
