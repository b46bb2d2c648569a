using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>Rules about triggers.</summary>
internal static class TriggerRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
