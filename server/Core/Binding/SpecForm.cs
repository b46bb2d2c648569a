// The spec form's own rules: what may be left out, and what then stands for it. Binding expands by them, and writing the spec form leaves
// out by the very same ones, so that the two cannot disagree. Keyed by the names of ADF's REST model.
using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Binding;

/// <summary>The rules of the spec form.</summary>
public static class SpecForm
{
    /// <summary>Below a node with this YAML tag everything is taken exactly as JSON has it: nothing is expanded, moved or added.</summary>
    public const string LiteralTag = "!json";

    public const string DefaultCondition = "Succeeded";

    private const string ResourceTypePrefix = "Microsoft.DataFactory/";

    private static readonly ImmutableHashSet<string> TypedByName =
        ImmutableHashSet.Create(StringComparer.Ordinal, "ParameterSpecification", "VariableSpecification");

    /// <summary>Whether a lone string stands for <c>{type: string}</c>: in the declaration of a parameter or variable.</summary>
    public static bool IsTypeShorthand(SchemaType? type) => type is ObjectType { Name: var name } && TypedByName.Contains(name);

    /// <summary>Whether names may stand for <c>{activity, dependencyConditions}</c>: in an activity's <c>dependsOn</c>.</summary>
    public static bool IsDependencyList(SchemaType? type) => type is ArrayType { Item: ObjectType { Name: "ActivityDependency" } };

    public static ReferenceSchema? GetReference(SchemaType? type) => (type as ObjectType)?.Reference;

    /// <summary>Whether a string is dynamic content: it starts with one <c>@</c>, or has <c>@{</c> in it.</summary>
    public static bool IsExpression(string text) =>
        (text.StartsWith('@') && !text.StartsWith("@@", StringComparison.Ordinal)) || HasInterpolation(text);

    /// <summary>Whether an expression in this slot is written as a lone string, where the Git form has <c>{value, type: Expression}</c>.</summary>
    public static bool ShortensExpression(ExpressionSlot slot, string text) => slot is { Expected: not null, IsPlain: false } && IsExpression(text);

    /// <summary>
    /// The level that a key in a mapping of the spec form belongs to: the outermost that lists it, from <paramref name="from"/> on. A property
    /// that only the service writes gives way to one of an inner level: <c>type: Parquet</c> is the dataset's, not the ARM resource's.
    /// </summary>
    /// <param name="value">The value if it is a string.</param>
    /// <returns>The index of the level; <paramref name="from"/> for a key that no level lists.</returns>
    public static int FindLevel(ImmutableArray<ObjectType> levels, int from, string key, string? value)
    {
        var outer = -1;
        for (var i = from; i < levels.Length; i++)
        {
            if (levels[i].FindProperty(key) is not { } property)
            {
                continue;
            }

            if (!property.IsReadOnly || value?.StartsWith(ResourceTypePrefix, StringComparison.OrdinalIgnoreCase) == true)
            {
                return i;
            }

            outer = outer < 0 ? i : outer;
        }

        return outer < 0 ? from : outer;
    }

    /// <summary>The types whose properties one mapping of the spec form may hold.</summary>
    /// <param name="findDiscriminator">Gives the value of a discriminator from the mapping, wrappers included; null if it is not there.</param>
    public static ImmutableArray<ObjectType> GetLevels(ObjectType outermost, Func<string, string?> findDiscriminator)
    {
        var levels = ImmutableArray.CreateBuilder<ObjectType>();
        for (ObjectType? level = outermost; level is not null && levels.Count < 4; level = GetInner(level, findDiscriminator))
        {
            levels.Add(level);
        }

        return levels.ToImmutable();
    }

    private static ObjectType? GetInner(ObjectType level, Func<string, string?> findDiscriminator) => level.Wrapper?.Type switch
    {
        ObjectType inner => inner,
        DiscriminatedType inner => findDiscriminator(inner.DiscriminatorName) is { } value && inner.FindVariant(value) is { } variant ? variant : inner.Base,
        _ => null,
    };

    private static bool HasInterpolation(string text)
    {
        for (var i = text.IndexOf("@{", StringComparison.Ordinal); i >= 0; i = text.IndexOf("@{", i + 2, StringComparison.Ordinal))
        {
            if (i == 0 || text[i - 1] != '@')
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Whether a place takes dynamic content.</summary>
/// <param name="Expected">The type that an expression must have; null where the value must be static.</param>
/// <param name="IsPlain">The Git form has the expression as a lone string here, rather than as <c>{value, type: Expression}</c>.</param>
public readonly record struct ExpressionSlot(ValueKind? Expected, bool IsPlain)
{
    /// <summary>A place that the schema says nothing about: an expression is legal there, and left as it is written.</summary>
    public static ExpressionSlot Unknown { get; } = new(ValueKind.Any, true);

    public static ExpressionSlot Of(PropertySchema? property) =>
        property is null ? Unknown : new ExpressionSlot(property.Expression, property.WritesPlainExpression);

    /// <summary>The slot of a map's values.</summary>
    /// <param name="map">The property that holds the map; null where that is unknown.</param>
    public static ExpressionSlot OfMapValue(PropertySchema? map, SchemaType? valueType) => map is null
        ? Unknown
        : new ExpressionSlot(valueType switch { ScalarType scalar => scalar.Kind, AnyType => ValueKind.Any, _ => null }, map.WritesPlainExpression);
}

/// <summary>What the schema says of the value of one key in an object.</summary>
/// <param name="Schema">The listed property; null for a key of a map, or one that is unknown.</param>
/// <param name="Type">Null where nothing is known.</param>
/// <param name="Slot">Whether an expression may stand there.</param>
/// <param name="Property">The nearest listed property: the value's own, or the one that holds the map.</param>
public readonly record struct ValuePlace(PropertySchema? Schema, SchemaType? Type, ExpressionSlot Slot, PropertySchema? Property)
{
    /// <param name="owner">The nearest listed property that the object itself is in.</param>
    public static ValuePlace Of(ObjectType? shape, string key, PropertySchema? owner)
    {
        if (shape?.FindProperty(key) is { } schema)
        {
            return new ValuePlace(schema, schema.Type, ExpressionSlot.Of(schema), schema);
        }

        var valueType = shape?.AdditionalProperties?.Value;
        return new ValuePlace(null, valueType, ExpressionSlot.OfMapValue(valueType is null ? null : owner, valueType), owner);
    }
}
