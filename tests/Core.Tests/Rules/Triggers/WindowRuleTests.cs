using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Triggers;

/// <summary>Tumbling window triggers, and what their windows wait for.</summary>
public sealed class WindowRuleTests
{
    private const string Path = "t.trigger.yaml";

    private const string Window = "type: TumblingWindowTrigger\npipeline: { pipelineReference: p }\nfrequency: Hour\ninterval: 1\nstartTime: 2025-01-01T00:00:00Z\nmaxConcurrency: 1\n";

    private static readonly string[] Others =
    [
        "p.pipeline.yaml", "activities: []",
        "other.trigger.yaml", Window,
        "waits.trigger.yaml", Window + "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: T }]",
        "nightly.trigger.yaml", "type: ScheduleTrigger\nrecurrence: { frequency: Day }",
    ];

    [Theory]
    [InlineData("PW4313", "delay: [|900|]")]
    [InlineData("PW4313", "delay: [|PT15M|]")]
    [InlineData("PW4313", "delay: [|-00:15:00|]")]
    [InlineData("PW4313", "delay: [|soon|]")]
    [InlineData("PW4313", "dependsOn:\n  - type: TumblingWindowTriggerDependencyReference\n    referenceTrigger: other\n    offset: [|'-1:00:00'|]\n    size: [|00:00:00|]")]
    [InlineData("PW4313", "dependsOn: [{ type: SelfDependencyTumblingWindowTriggerReference, offset: -01:00:00, size: [|-01:00:00|] }]")]
    [InlineData("PW4313", "dependsOn: [{ type: SelfDependencyTumblingWindowTriggerReference, offset: [|-01:61:00|] }]")]
    [InlineData("PW4314", "dependsOn: [{ type: SelfDependencyTumblingWindowTriggerReference, offset: [|01:00:00|] }]")]
    [InlineData("PW4314", "dependsOn:\n  - type: SelfDependencyTumblingWindowTriggerReference\n    offset: [|'00:00:00'|]")]
    [InlineData("PW4315", "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: [|Nightly|] }]")]
    [InlineData("PW4316", "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: [|waits|] }]")]
    [InlineData("PW4316", "dependsOn:\n  - type: TumblingWindowTriggerDependencyReference\n    referenceTrigger: [|t|]\n  - type: TumblingWindowTriggerDependencyReference\n    referenceTrigger: other")]
    [InlineData("PW4316", "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: [|t|], offset: -02:00:00, size: 02:00:00 }]")]
    [InlineData("PW4317", "dependsOn:\n  - { type: TumblingWindowTriggerDependencyReference, referenceTrigger: other }\n  - { type: TumblingWindowTriggerDependencyReference, referenceTrigger: [|Other|] }")]
    public void It_is_found(string code, string more) => RuleCases.Finds(code, Path, Window + more + "\n", Others);

    [Theory]
    [InlineData("PW4313", "delay: 00:15:00")]
    [InlineData("PW4313", "delay: 1.00:15:00")]
    [InlineData("PW4313", "delay: '@concat(''00'', '':15:00'')'")]
    [InlineData("PW4313", "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: other, offset: -10.23:59:60, size: 24:00:00 }]")]
    [InlineData("PW4314", "dependsOn: [{ type: SelfDependencyTumblingWindowTriggerReference, offset: -1.00:00:00, size: 01:00:00 }]")]
    [InlineData("PW4314", "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: other, offset: 01:00:00 }]")]
    [InlineData("PW4315", "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: other }, { type: TumblingWindowTriggerDependencyReference, referenceTrigger: unknown }]")]
    [InlineData("PW4316", "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: other }, { type: SelfDependencyTumblingWindowTriggerReference, offset: -01:00:00 }]")]
    [InlineData("PW4317", "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: other }, { type: TumblingWindowTriggerDependencyReference, referenceTrigger: other, offset: -01:00:00 }]")]
    public void It_is_left_alone(string code, string more) => RuleCases.FindsNothing(code, Path, Window + more + "\n", Others);

    [Fact]
    public void A_window_that_is_too_short_is_found()
    {
        const string Minutes = "type: TumblingWindowTrigger\npipeline: { pipelineReference: p }\nfrequency: minute\nstartTime: 2025-01-01T00:00:00Z\nmaxConcurrency: 1\n";
        RuleCases.Finds("PW4312", Path, Minutes + "interval: [|4|]\n");
        RuleCases.FindsNothing("PW4312", Path, Minutes + "interval: 5\n");
        RuleCases.FindsNothing("PW4312", Path, Window);
    }

    [Theory]
    [InlineData("PW4313", "delay: 15", 0)]
    [InlineData("PW4313", "delay: \"0\"", 1)]
    [InlineData("PW4316", "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: t, offset: 01:00:00 }]", 0)]
    public void A_fix_is_offered_only_where_one_is_known(string code, string more, int fixes) =>
        Assert.Equal(fixes, Assert.Single(RuleCases.Finds(code, Path, Mark(Window + more), Others)).Fixes.Length);

    [Theory]
    [InlineData("PW4313", "delay: PT1H30M", "delay: \"01:30:00\"")]
    [InlineData("PW4313", "delay: \"2:00:00\"", "delay: \"02:00:00\"")]
    [InlineData("PW4313", "delay: -00:15:00", "delay: \"00:15:00\"")]
    [InlineData("PW4314", "dependsOn: [{ type: SelfDependencyTumblingWindowTriggerReference, offset: 01:00:00 }]", "dependsOn: [{ type: SelfDependencyTumblingWindowTriggerReference, offset: \"-01:00:00\" }]")]
    [InlineData(
        "PW4316", "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: t }]",
        "dependsOn: [{ type: SelfDependencyTumblingWindowTriggerReference, offset: \"-01:00:00\" }]")]
    public void It_is_mended(string code, string before, string after) => Assert.Equal(Window + after, RuleCases.Fix(code, Path, Window + before, 0, Others));

    [Fact]
    public void Triggers_that_wait_in_a_circle_are_found_in_each()
    {
        const string Dependency = "dependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: ";
        var factory = TestText.Factory(
            "p.pipeline.yaml", "activities: []", "a.trigger.yaml", Window + Dependency + "b }]", "b.trigger.yaml", Window + Dependency + "c }]", "c.trigger.yaml", Window + Dependency + "a }]",
            "d.trigger.yaml", Window + Dependency + "a }]");
        Assert.Equal(
            ["a.trigger.yaml", "b.trigger.yaml", "c.trigger.yaml"],
            factory.Documents.Values.Where(d => LanguageFeatures.GetDiagnostics(factory, d, default).Any(f => f.Code == "PW4316")).Select(d => d.Path).Order());
    }

    [Theory]
    [InlineData("PW4307", "type: TumblingWindowTrigger\nfrequency: Hour\ninterval: 1\nmaxConcurrency: 1\nstartTime: [|yesterday|]\n")]
    [InlineData("PW4309", "type: TumblingWindowTrigger\nfrequency: Hour\ninterval: 1\nmaxConcurrency: 1\nstartTime: [|2025-01-01T00:00:00|]\n")]
    [InlineData("PW4311", "type: TumblingWindowTrigger\nfrequency: Hour\ninterval: 1\nmaxConcurrency: 1\nstartTime: 2025-01-01T00:00:00Z\nendTime: [|2024-01-01T00:00:00Z|]\n")]
    public void Its_times_are_looked_at_as_well(string code, string text) => RuleCases.Finds(code, Path, text);

    [Theory]
    [InlineData("PW2004", "type: TumblingWindowTrigger\nfrequency: [|Day|]\ninterval: 1\nmaxConcurrency: 1\nstartTime: 2025-01-01T00:00:00Z\n")]
    [InlineData("PW2009", "type: TumblingWindowTrigger\nfrequency: Hour\ninterval: [|0|]\nmaxConcurrency: [|51|]\nstartTime: 2025-01-01T00:00:00Z\nretryPolicy: { count: [|-1|], intervalInSeconds: [|29|] }\n")]
    [InlineData("PW2009", "type: ScheduleTrigger\nrecurrence: { frequency: Day, interval: [|1001|], schedule: { minutes: [[|60|]], hours: [[|24|], 0] } }\n")]
    [InlineData("PW2009", "type: ScheduleTrigger\nrecurrence: { frequency: Month, schedule: { monthDays: [[|32|], [|-32|]], monthlyOccurrences: [{ day: Monday, occurrence: [|6|] }] } }\n")]
    [InlineData("PW2015", "type: BlobEventsTrigger\nscope: /s\n[|events|]: []\n")]
    [InlineData("PW2015", "type: CustomEventsTrigger\nscope: /s\n[|events|]: []\n")]
    [InlineData("PW2004", "type: BlobEventsTrigger\nscope: /s\nevents: [Microsoft.Storage.BlobCreated, [|Microsoft.Storage.BlobRenamed|]]\n")]
    public void Ranges_and_words_are_held_against_the_schema(string code, string text) => RuleCases.Finds(code, Path, text);

    /// <summary>Marks the first value of <c>delay</c> or <c>referenceTrigger</c>.</summary>
    private static string Mark(string text)
    {
        var key = text.Contains("delay: ", StringComparison.Ordinal) ? "delay: " : "referenceTrigger: ";
        var start = text.IndexOf(key, StringComparison.Ordinal) + key.Length;
        var end = text.IndexOfAny([',', '\n', ' '], start);
        return text.Insert(end < 0 ? text.Length : end, "|]").Insert(start, "[|");
    }
}
