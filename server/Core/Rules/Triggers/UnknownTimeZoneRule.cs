using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>
/// Windows has no time zone of the name: starting the trigger fails with <c>InvalidWorkflowTriggerRecurrence</c> (finops-toolkit issue 1085).
/// Names of the IANA are unknown to the service as well.
/// </summary>
internal sealed class UnknownTimeZoneRule() : Rule(new("PW4310", DiagnosticSeverity.Error, "Unknown time zone"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerPeriod.Find(context)?.Zone is not { } zone || TimeZones.WindowsNames.Contains(zone, StringComparer.OrdinalIgnoreCase))
        {
            yield break;
        }

        var value = TriggerPeriod.Find(context)!.ZoneProperty!.Value;
        var better = TimeZones.FindWindowsName(zone) ?? FindMeant(zone);
        var message = TimeZones.IsKnown(zone)
            ? $"The service knows time zones by their Windows names, not '{zone}'." + (better is null ? "" : $" There it is '{better}'.")
            : $"There is no time zone '{zone}'. " + (better is null ? "Write its Windows name, such as 'UTC' or 'W. Europe Standard Time'." : $"Did you mean '{better}'?");
        yield return Descriptor.At(value.Span, message, better is not null && value is Binding.BoundScalar scalar
            ? [new CodeFix($"Change to '{better}'", context.Edits.SetText(scalar, better))]
            : []);
    }

    private static string? FindMeant(string zone)
    {
        var names = TimeZones.WindowsNames;
        return names.FirstOrDefault(n => n.Equals(zone + " Standard Time", StringComparison.OrdinalIgnoreCase)
                || n.Equals(zone.Replace("Daylight", "Standard", StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase)
                || n.Equals(zone.Replace(" Time", " Standard Time", StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase))
            ?? Spelling.FindClosest(zone, names);
    }
}
