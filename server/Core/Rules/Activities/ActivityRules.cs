using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Activities;

/// <summary>Rules about single activities.</summary>
internal static class ActivityRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
