using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Habits;

/// <summary>Rules about good habits; off unless the factory's configuration wants them.</summary>
internal static class HabitRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
