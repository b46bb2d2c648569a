using System.Collections.Immutable;

namespace Pipewright.Core.Tests.Mutations;

internal static class AllMutations
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        .. JsonSyntaxMutations.All, .. YamlSyntaxMutations.All, .. SchemaMutations.All, .. ExpressionMutations.All, .. ReferenceMutations.All,
        .. DependencyMutations.All, .. PipelineMutations.All, .. ResourceMutations.All, .. TriggerMutations.All, .. ConnectionMutations.All,
    ];
}
