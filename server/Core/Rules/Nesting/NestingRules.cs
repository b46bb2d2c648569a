using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Nesting;

/// <summary>Rules about what may stand inside of what.</summary>
internal static class NestingRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
