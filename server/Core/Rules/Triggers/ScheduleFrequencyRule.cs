using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>
/// A schedule has days that its frequency does not go with, or any at all with the frequency Minute: starting the trigger fails with
/// <c>InvalidWorkflowTriggerRecurrenceSchedule</c> (Microsoft's documentation of the schedule's elements; azure-sdk-for-js issue 23171).
/// </summary>
internal sealed class ScheduleFrequencyRule() : Rule(new("PW4301", DiagnosticSeverity.Error, "Schedule does not go with the frequency"))
{
    private static readonly Dictionary<string, string> OnlyWith = new(StringComparer.OrdinalIgnoreCase)
    {
        ["weekDays"] = "Week",
        ["monthDays"] = "Month",
        ["monthlyOccurrences"] = "Month",
    };

    /// <summary>Those of which the documentation speaks.</summary>
    private static readonly HashSet<string> Frequencies = new(["Minute", "Hour", "Day", "Week", "Month"], StringComparer.OrdinalIgnoreCase);

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerParts.FindRecurrence(context) is not { } recurrence || recurrence.FindValue("schedule") is not BoundObject schedule
            || TriggerParts.TextOf(recurrence.FindValue("frequency")) is not { } frequency || !Frequencies.Contains(frequency))
        {
            return [];
        }

        var filled = schedule.Properties.Where(p => p.Value is BoundArray { Items.IsEmpty: false }).ToList();
        return filled.Where(p => !Fits(p.Name, frequency)).Select(p => Report(context, recurrence, p, frequency, filled));
    }

    private static bool Fits(string list, string frequency) => OnlyWith.TryGetValue(list, out var only)
        ? only.Equals(frequency, StringComparison.OrdinalIgnoreCase)
        : !IsMinute(frequency) || list is not ("minutes" or "hours");

    private static bool IsMinute(string frequency) => frequency.Equals("Minute", StringComparison.OrdinalIgnoreCase);

    private Diagnostic Report(RuleContext context, BoundObject recurrence, BoundProperty list, string frequency, List<BoundProperty> filled)
    {
        var needed = OnlyWith.GetValueOrDefault(list.Name);
        var message = needed is not null
            ? $"'{list.Name}' goes with the frequency {needed} only, and this one is {frequency}: the trigger can't be started."
            : $"A schedule does not go with the frequency Minute: the trigger can't be started. Take it away, or set the frequency to Day.";
        var removal = new CodeFix($"Remove '{list.Name}'", context.Edits.Remove(list)) { IsPreferred = false };

        // Another frequency is an answer only if all of the schedule goes with it.
        var better = needed ?? "Day";
        return Descriptor.At(list.NameSpan, message, filled.TrueForAll(p => Fits(p.Name, better))
            ? [new CodeFix($"Set the frequency to {better}", context.Edits.SetProperty(recurrence, "frequency", new NewScalar(better))) { IsPreferred = needed is not null }, removal]
            : [removal]);
    }
}
