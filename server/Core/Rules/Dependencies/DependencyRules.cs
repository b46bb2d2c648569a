using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Dependencies;

/// <summary>Rules about which activity waits for which, and what a pipeline's outcome is.</summary>
internal static class DependencyRules
{
    public static ImmutableArray<Rule> All { get; } = [
        new MissingDependencyRule(), new DependencyCycleRule(), new DuplicateActivityRule(), new EmptyConditionsRule(), new CompletedWithOthersRule(),
        new RepeatedDependencyRule(), new UnreachableActivityRule(), new SwallowedFailureRule(),
    ];
}
