using System.Collections.Immutable;

namespace Pipewright.Core.Rules.DataFlows;

/// <summary>Rules about data flows: whether their script and the lists beside it are about the same.</summary>
internal static class DataFlowRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new StreamNotInScriptRule(), new StreamNotListedRule(), new TwoScriptsRule(), new NoScriptRule(), new UnboundStreamRule(), new UnknownStreamRule(), new UndeclaredParameterRule(),
    ];
}
