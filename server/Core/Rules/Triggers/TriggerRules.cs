using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>Rules about triggers.</summary>
internal static class TriggerRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new ScheduleFrequencyRule(), new HourlyHoursRule(), new TwoKindsOfMonthDayRule(), new ZerothDayRule(), new EmptyScheduleRule(), new MissingMonthDayRule(),
        new UnreadableTimeRule(), new UtcWithoutZRule(), new TimeZoneMismatchRule(), new UnknownTimeZoneRule(), new EndBeforeStartRule(),
        new ShortWindowRule(), new WindowTimeSpanRule(), new SelfDependencyOffsetRule(), new DependencyKindRule(), new TriggerCycleRule(), new DuplicateWindowDependencyRule(),
        new MissingPathFilterRule(), new BlobPathRule(), new UnrootedBlobPathRule(), new BlobWildcardRule(), new EventScopeRule(),
        new StartedWithoutPipelineRule(), new PipelinePropertyRule(), new DuplicatePipelineRule(), new LegacyTriggerRule(),
    ];
}
