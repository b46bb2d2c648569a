using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Names;

/// <summary>Rules about names.</summary>
internal static class NameRules
{
    public static ImmutableArray<Rule> All { get; } = [];
}
