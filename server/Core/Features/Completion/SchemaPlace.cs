// What the schema says about a place in a text, by way of the bound tree.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features.Completion;

/// <summary>What may stand as the value of a key, as an item of a list, or as a whole resource.</summary>
/// <param name="Type">Null where nothing is known.</param>
/// <param name="Property">The nearest listed property: the value's own, or the one that holds the list or map.</param>
/// <param name="Holder">The object or list that the value is in; null for a resource.</param>
/// <param name="Key">The key of the value; null for an item.</param>
/// <param name="IsSpec">Whether the spec form's short ways of writing are understood here.</param>
internal sealed record SchemaPlace(SchemaType? Type, PropertySchema? Property, BoundNode? Holder, string? Key, bool IsSpec)
{
    /// <summary>The value's own property in the schema; null for an item, a key of a map, or one that is unknown.</summary>
    public PropertySchema? OwnProperty => Key is not null && Property is not null && Property.Name.Equals(Key, StringComparison.OrdinalIgnoreCase) ? Property : null;

    public bool AllowsScalar => Type is ScalarType or AnyType || (OwnProperty is { } property && property.IsComputed)
        || (IsSpec && (SpecForm.GetReference(Type) is not null || SpecForm.IsTypeShorthand(Type) || IsDependency));

    public bool AllowsMapping => ObjectForm is ObjectType or DiscriminatedType;

    /// <summary>The type of the value as an object: a secret may be one in place of its string.</summary>
    public SchemaType? ObjectForm => Type is ScalarType { SecretObject: { } secret } ? secret : Type;

    /// <summary>An item of an activity's <c>dependsOn</c>.</summary>
    public bool IsDependency => Type is ObjectType { Name: "ActivityDependency" };

    /// <summary>The place of an item, where this is the place of a list; null elsewhere.</summary>
    public SchemaPlace? Item => Type is ArrayType { Item: var item } ? this with { Type = item, Key = null } : null;
}

/// <summary>One object of a mapping that may stand for several: in the spec form the wrappers are left out.</summary>
/// <param name="Shape">Its properties.</param>
/// <param name="Variants">What its discriminator can select; null where there is none.</param>
/// <param name="Content">What is there already; null if nothing is.</param>
internal sealed record SiteLevel(ObjectType Shape, DiscriminatedType? Variants, BoundObject? Content);

/// <summary>Finds the places of syntax nodes.</summary>
internal sealed class SchemaPlaces(ResourceDocument document)
{
    public BoundNode? FindBound(SyntaxNode node)
    {
        foreach (var resource in document.Resources)
        {
            if (resource.FindNode(node) is { } bound)
            {
                return bound;
            }

            if (resource.Content is { } content && content.Syntax == node)
            {
                return content;
            }
        }

        return null;
    }

    public BoundResource? FindResource(DocumentSyntax part) => document.Resources.FirstOrDefault(r => r.Content?.Syntax == part.Root?.Resolved);

    /// <summary>The place of a whole resource.</summary>
    public SchemaPlace OfResource() => new(SchemaCatalog.Default[document.Classification.Kind], null, null, null, document.IsSpec);

    public SchemaPlace? OfValue(MappingEntrySyntax entry) => FindBound(entry) switch
    {
        BoundProperty property => new SchemaPlace(
            property.Value.Type, NearestProperty(property), property.Parent, property.Name, IsSpec(entry)),

        // In a mapping of dependencies a key is an activity, and its value one condition or a list of them.
        BoundObject { Type: ObjectType { Name: "ActivityDependency" } type } dependency when type.FindProperty("dependencyConditions") is { Type: ArrayType { Item: var condition } } =>
            new SchemaPlace(condition, null, dependency, null, IsSpec: true),
        _ => null,
    };

    public SchemaPlace? OfItem(SequenceSyntax sequence) => FindBound(sequence) is BoundArray { Type: ArrayType { Item: var item } } array
        ? new SchemaPlace(item, NearestProperty(array), array, null, IsSpec(sequence))
        : null;

    /// <summary>The place of a mapping that is there.</summary>
    public SchemaPlace? OfMapping(MappingSyntax mapping) => mapping.Parent switch
    {
        MappingEntrySyntax entry => OfValue(entry),
        SequenceSyntax sequence => OfItem(sequence),
        null => OfResource(),
        _ => null,
    };

    /// <summary>The objects whose properties may be written in a mapping.</summary>
    /// <param name="mapping">Null where the mapping has yet to begin.</param>
    public ImmutableArray<SiteLevel> FindLevels(SchemaPlace place, MappingSyntax? mapping)
    {
        var content = mapping is null ? null : FindBound(mapping) as BoundObject;
        var variants = (content?.Type ?? place.ObjectForm) as DiscriminatedType;
        var shape = content?.Shape ?? place.ObjectForm switch
        {
            ObjectType type => type,
            DiscriminatedType type => type.Base,
            _ => null,
        };
        return shape is null ? [] : [.. Unwrap(shape, variants, content, content?.Levels ?? default, place.IsSpec)];
    }

    private static IEnumerable<SiteLevel> Unwrap(
        ObjectType outermost, DiscriminatedType? variants, BoundObject? content, ImmutableArray<ObjectType> levels, bool isSpec)
    {
        if (levels.IsDefaultOrEmpty)
        {
            levels = isSpec && content is null ? SpecForm.GetLevels(outermost, _ => null) : [outermost];
        }

        for (var i = 0; i < levels.Length; i++)
        {
            yield return new SiteLevel(levels[i], variants, content);
            if (levels[i].Wrapper is not { } wrapper || content?.Find(wrapper.Name) is { IsImplied: false })
            {
                // Who writes the wrapper out means to write inside of it.
                yield break;
            }

            content = content?.FindValue(wrapper.Name) as BoundObject;
            variants = wrapper.Type as DiscriminatedType;
        }
    }

    private static PropertySchema? NearestProperty(BoundNode? node)
    {
        while (node is not (null or BoundProperty { Schema: not null }))
        {
            node = node.Parent;
        }

        return (node as BoundProperty)?.Schema;
    }

    private bool IsSpec(SyntaxNode node)
    {
        for (SyntaxNode? current = node; current is not null; current = current.Parent)
        {
            if (current.Tag == SpecForm.LiteralTag)
            {
                return false;
            }
        }

        return document.IsSpec;
    }
}
