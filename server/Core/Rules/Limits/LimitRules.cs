using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Limits;

/// <summary>Rules about how much the service takes.</summary>
internal static class LimitRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new ActivityCountRule(), new ManyActivitiesRule(), new ParameterCountRule(), new ResourceSizeRule(), new LargeResourceRule(),
        new ResourceCountRule(), new AnnotationRule(), new ElapsedTimeRule(),
    ];
}
