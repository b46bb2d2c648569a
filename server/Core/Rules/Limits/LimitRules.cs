using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Limits;

/// <summary>Rules about how many and how large.</summary>
internal static class LimitRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
