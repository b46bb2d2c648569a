using Pipewright.Core.Schema;

namespace Pipewright.Core.Tests.Schema;

/// <summary>Every type that the schema reaches.</summary>
internal static class SchemaWalk
{
    private static readonly Lazy<HashSet<SchemaType>> Reached = new(Walk);

    public static IEnumerable<SchemaType> All => Reached.Value;

    public static IReadOnlyDictionary<string, DiscriminatedType> Unions { get; } =
        All.OfType<DiscriminatedType>().ToDictionary(u => u.Name, StringComparer.Ordinal);

    /// <summary>The only object type of a name.</summary>
    public static ObjectType Object(string name) => All.OfType<ObjectType>().Single(t => t.Name == name && !Unions.Values.Any(u => u.Base == t));

    /// <summary>A property by the names from a variant on: <c>Activity Copy typeProperties.source</c>.</summary>
    public static PropertySchema Property(string union, string variant, string path)
    {
        SchemaType type = Unions[union].FindVariant(variant) ?? throw new ArgumentException($"There is no {variant}.", nameof(variant));
        PropertySchema? property = null;
        foreach (var name in path.Split('.'))
        {
            property = ((ObjectType)type).FindProperty(name) ?? throw new ArgumentException($"{type.Name} has no {name}.", nameof(path));
            type = property.Type;
        }

        return property!;
    }

    private static HashSet<SchemaType> Walk()
    {
        var seen = new HashSet<SchemaType>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<SchemaType>(Enum.GetValues<ResourceKind>().Select(k => SchemaCatalog.Default[k]));
        while (waiting.TryPop(out var type))
        {
            if (!seen.Add(type))
            {
                continue;
            }

            foreach (var inner in Inner(type))
            {
                waiting.Push(inner);
            }
        }

        return seen;
    }

    private static IEnumerable<SchemaType> Inner(SchemaType type) => type switch
    {
        ObjectType shape => shape.Properties.Select(p => p.Type).Concat(shape.AdditionalProperties is { } more ? [more.Value] : []),
        DiscriminatedType union => union.Variants.Values.Select(v => (SchemaType)v.Value).Append(union.Base),
        ArrayType array => [array.Item],
        ScalarType { SecretObject: { } secret } => [secret],
        _ => [],
    };
}
