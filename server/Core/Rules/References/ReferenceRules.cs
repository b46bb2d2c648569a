using System.Collections.Immutable;

namespace Pipewright.Core.Rules.References;

/// <summary>Rules about what refers to what, and what is passed along.</summary>
internal static class ReferenceRules
{
    public static ImmutableArray<Rule> All { get; } = [
        new MissingResourceRule(), new DuplicateResourceRule(), new WrongReferenceTypeRule(), new MissingArgumentRule(), new MissingPipelineArgumentRule(), new UnknownArgumentRule(), new WrongArgumentRule(),
        new ReferenceCycleRule(), new ComputedReferenceRule(), new EmptyReferenceRule(), new UnusedGlobalParameterRule(), new MissingNetworkRule(), new MisplacedEndpointRule(),
        new UnusedParameterRule(), new UnusedVariableRule(), new UnsetVariableRule(), new UnreadVariableRule(), new UnreferencedResourceRule(),
    ];
}
