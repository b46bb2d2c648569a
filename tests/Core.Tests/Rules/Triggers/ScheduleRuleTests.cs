using Xunit;

namespace Pipewright.Core.Tests.Rules.Triggers;

/// <summary>When schedule triggers fire: what the service refuses, and what is hardly meant.</summary>
public sealed class ScheduleRuleTests
{
    private const string Path = "t.trigger.yaml";

    [Theory]
    [InlineData("PW4301", "frequency: Day, schedule: { [|weekDays|]: [Monday] }")]
    [InlineData("PW4301", "frequency: hour, schedule: { [|weekDays|]: [Monday], minutes: [0] }")]
    [InlineData("PW4301", "frequency: Month, schedule: { [|weekDays|]: [Monday], monthDays: [1] }")]
    [InlineData("PW4301", "frequency: Week, schedule: { [|monthDays|]: [1] }")]
    [InlineData("PW4301", "frequency: Week, schedule: { hours: [2], [|monthlyOccurrences|]: [{ day: Monday, occurrence: 1 }] }")]
    [InlineData("PW4301", "frequency: Minute, schedule: { [|minutes|]: [0], [|hours|]: [1] }")]
    [InlineData("PW4302", "frequency: Hour, schedule: { minutes: [0], [|hours|]: [1] }")]
    [InlineData("PW4303", "frequency: Month, schedule: { monthDays: [1], [|monthlyOccurrences|]: [{ day: Monday, occurrence: 1 }] }")]
    [InlineData("PW4304", "frequency: Month, schedule: { monthDays: [1, [|0|]] }")]
    [InlineData("PW4304", "frequency: Month, schedule: { monthlyOccurrences: [{ day: Monday, occurrence: [|0|] }] }")]
    [InlineData("PW4305", "frequency: Day, [|schedule|]: {}")]
    [InlineData("PW4305", "frequency: Day, [|schedule|]: { minutes: [], hours: [] }")]
    [InlineData("PW4306", "frequency: Month, schedule: { monthDays: [1, [|31|]] }")]
    [InlineData("PW4306", "frequency: Month, schedule: { monthDays: [[|29|], [|30|]] }")]
    [InlineData("PW4306", "frequency: Month, schedule: { monthlyOccurrences: [{ day: Monday, occurrence: [|5|] }] }")]
    [InlineData("PW4307", "frequency: Day, startTime: [|tomorrow|]")]
    [InlineData("PW4307", "frequency: Day, startTime: '2025-01-01T00:00:00Z', endTime: [|'2025-02-30T00:00:00Z'|]")]
    [InlineData("PW4307", "frequency: Day, startTime: [|'06:00'|]")]
    [InlineData("PW4307", "frequency: Day, startTime: [|'2025-01-01T00:00:00+15:00'|]")]
    [InlineData("PW4308", "frequency: Day, startTime: [|'2025-01-01T00:00:00'|], timeZone: UTC")]
    [InlineData("PW4308", "frequency: Day, startTime: [|2025-01-01T00:00:00|], endTime: [|2026-01-01T00:00:00|], timeZone: utc")]
    [InlineData("PW4309", "frequency: Day, startTime: [|'2025-07-01T00:00:00Z'|], timeZone: W. Europe Standard Time")]
    [InlineData("PW4309", "frequency: Day, startTime: [|'2025-07-01T00:00:00-05:00'|], endTime: '2026-01-01T00:00:00', timeZone: Eastern Standard Time")]
    [InlineData("PW4309", "frequency: Day, startTime: [|'2025-07-01T00:00:00'|]")]
    [InlineData("PW4310", "frequency: Day, timeZone: [|Europe/Berlin|]")]
    [InlineData("PW4310", "frequency: Day, timeZone: [|W. Europe Standart Time|]")]
    [InlineData("PW4310", "frequency: Day, timeZone: [|Eastern|]")]
    [InlineData("PW4310", "frequency: Day, timeZone: [|Nowhere in Particular|]")]
    [InlineData("PW4311", "frequency: Day, startTime: '2025-01-02T00:00:00Z', endTime: [|'2025-01-01T00:00:00Z'|], timeZone: UTC")]
    [InlineData("PW4311", "frequency: Day, startTime: '2025-01-02T00:00:00', endTime: [|'2025-01-02T00:00:00'|], timeZone: Tokyo Standard Time")]
    [InlineData("PW4311", "frequency: Day, startTime: '2025-01-02T01:00:00+01:00', endTime: [|'2025-01-02T00:00:00Z'|]")]
    public void It_is_found(string code, string recurrence)
    {
        RuleCases.Finds(code, Path, $"type: ScheduleTrigger\npipelines: []\nrecurrence: {{ {recurrence} }}\n");
        RuleCases.Finds(code, Path, $"type: ScheduleTrigger\npipelines: []\nrecurrence:\n  {string.Join("\n  ", SplitEntries(recurrence))}\n");
    }

    [Theory]
    [InlineData("PW4301", "frequency: Week, schedule: { weekDays: [Monday], hours: [1], minutes: [0] }")]
    [InlineData("PW4301", "frequency: Day, schedule: { weekDays: [], hours: [1] }")]
    [InlineData("PW4301", "frequency: month, schedule: { monthDays: [-1], hours: [1] }")]
    [InlineData("PW4301", "frequency: Year, schedule: { monthDays: [1] }")]
    [InlineData("PW4301", "frequency: Hour, schedule: { minutes: [30] }")]
    [InlineData("PW4302", "frequency: Hour, schedule: { minutes: [30] }")]
    [InlineData("PW4303", "frequency: Month, schedule: { monthDays: [1], monthlyOccurrences: [] }")]
    [InlineData("PW4304", "frequency: Month, schedule: { hours: [0], minutes: [0], monthDays: [-1], monthlyOccurrences: [{ day: Monday }] }")]
    [InlineData("PW4305", "frequency: Day")]
    [InlineData("PW4306", "frequency: Month, schedule: { monthDays: [28, 31, -1], monthlyOccurrences: [{ day: Monday, occurrence: 4 }] }")]
    [InlineData("PW4307", "frequency: Day, startTime: '2025-01-01T00:00:00.000Z', endTime: '2026-01-01T00:00:00'")]
    [InlineData("PW4307", "frequency: Day, startTime: '#{start}#', endTime: __END__")]
    [InlineData("PW4308", "frequency: Day, startTime: '2025-01-01T00:00:00', timeZone: Tokyo Standard Time")]
    [InlineData("PW4308", "frequency: Day, startTime: '2025-01-01T00:00:00Z', timeZone: UTC")]
    [InlineData("PW4309", "frequency: Day, startTime: '2025-01-01T00:00:00', timeZone: Tokyo Standard Time")]
    [InlineData("PW4309", "frequency: Day, startTime: '2025-01-01T00:00:00Z'")]
    [InlineData("PW4309", "frequency: Day, startTime: '2025-01-01T00:00:00Z', timeZone: '#{zone}#'")]
    [InlineData("PW4310", "frequency: Day, timeZone: w. europe standard time")]
    [InlineData("PW4310", "frequency: Day, timeZone: Kamchatka Standard Time")]
    [InlineData("PW4310", "frequency: Day, timeZone: '$(zone)'")]
    [InlineData("PW4311", "frequency: Day, startTime: '2025-01-01T00:00:00+00:00', endTime: '2025-01-01T00:00:00-01:00'")]
    [InlineData("PW4311", "frequency: Day, startTime: '2025-01-01T00:00:00Z', endTime: '2025-01-01T00:00:00', timeZone: Nowhere")]
    [InlineData("PW4311", "frequency: Day, startTime: '2025-01-01T00:00:00Z', endTime: '2025-01-01T08:00:00', timeZone: Central Standard Time")]
    public void It_is_left_alone(string code, string recurrence) =>
        RuleCases.FindsNothing(code, Path, $"type: ScheduleTrigger\npipelines: []\nrecurrence: {{ {recurrence} }}\n");

    [Theory]
    [InlineData("PW4301", 0, "frequency: Day, schedule: { weekDays: [Monday] }", "frequency: Week, schedule: { weekDays: [Monday] }")]
    [InlineData("PW4301", 0, "frequency: Month, schedule: { weekDays: [Monday], monthDays: [1] }", "frequency: Month, schedule: { monthDays: [1] }")]
    [InlineData("PW4304", 1, "frequency: Month, schedule: { monthDays: [1, 0] }", "frequency: Month, schedule: { monthDays: [1, -1] }")]
    [InlineData("PW4305", 0, "frequency: Day, schedule: {}", "frequency: Day")]
    [InlineData("PW4308", 0, "startTime: \"2025-01-01T00:00:00\", timeZone: UTC", "startTime: \"2025-01-01T00:00:00Z\", timeZone: UTC")]
    [InlineData("PW4309", 0, "startTime: \"2025-07-01T00:00:00Z\", timeZone: Tokyo Standard Time", "startTime: \"2025-07-01T00:00:00\", timeZone: Tokyo Standard Time")]
    [InlineData("PW4309", 1, "startTime: \"2025-07-01T00:00:00Z\", timeZone: W. Europe Standard Time", "startTime: \"2025-07-01T02:00:00\", timeZone: W. Europe Standard Time")]
    [InlineData("PW4310", 0, "timeZone: Europe/Vienna", "timeZone: W. Europe Standard Time")]
    [InlineData("PW4310", 0, "timeZone: Eastern Daylight Time", "timeZone: Eastern Standard Time")]
    [InlineData("PW4310", 0, "timeZone: Etc/UTC", "timeZone: UTC")]
    [InlineData("PW4311", 0, "startTime: \"2025-01-02T00:00:00Z\", endTime: \"2025-01-01T00:00:00Z\"", "startTime: \"2025-01-01T00:00:00Z\", endTime: \"2025-01-02T00:00:00Z\"")]
    public void It_is_mended(string code, int fix, string before, string after) => Assert.Equal(
        $"type: ScheduleTrigger\nrecurrence: {{ {after} }}\n", RuleCases.Fix(code, Path, $"type: ScheduleTrigger\nrecurrence: {{ {before} }}\n", fix));

    /// <summary>The entries of a mapping in braces, for one by indentation.</summary>
    private static IEnumerable<string> SplitEntries(string entries)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            depth += entries[i] is '{' or '[' ? 1 : entries[i] is '}' or ']' ? -1 : 0;
            if (entries[i] == ',' && depth == 0)
            {
                yield return entries[start..i];
                start = i + 2;
            }
        }

        yield return entries[start..];
    }
}
