// Descriptions are not kept in the repository; they come from the package when the server is built.
using System.Collections.Immutable;

namespace Pipewright.Generator;

internal static class Descriptions
{
    public static SchemaModel Add(SchemaModel facts, SchemaModel package) => facts with
    {
        Types = facts.Types.Values.Select(t => package.Types.TryGetValue(t.Name, out var source) ? Add(t, source) : t)
            .ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal),
    };

    private static TypeModel Add(TypeModel type, TypeModel source) => type with
    {
        Properties = type.Properties.Values
            .Select(p => source.Properties.TryGetValue(p.Name, out var other) ? p with { Description = other.Description } : p)
            .ToImmutableSortedDictionary(p => p.Name, p => p, StringComparer.Ordinal),
    };
}
