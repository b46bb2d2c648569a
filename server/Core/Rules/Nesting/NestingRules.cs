using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Nesting;

/// <summary>Rules about which activities may be inside of which.</summary>
internal static class NestingRules
{
    public static ImmutableArray<Rule> All { get; } = [new NestedContainerRule(), new SwitchInIfRule(), new NestedValidationRule()];
}
