// What ADF's resources may hold: types, properties, allowed values, reference and expression slots. Plain data, loaded lazily
// from the embedded schema that the build makes of schemas/generated and schemas/curated.
using System.Collections.Immutable;

namespace Pipewright.Core.Schema;

/// <summary>The kinds of resource that a factory holds.</summary>
public enum ResourceKind
{
    Pipeline,
    Dataset,
    LinkedService,
    Trigger,
    DataFlow,
    IntegrationRuntime,
    Credential,

    /// <summary>The factory itself, with its global parameters.</summary>
    Factory,
    ManagedVirtualNetwork,
    ManagedPrivateEndpoint,
    ChangeDataCapture,

    /// <summary>Tests of a pipeline: no resource, and nothing that the service knows of.</summary>
    PipelineTest,
}

/// <summary>Which kinds there are.</summary>
public static class ResourceKinds
{
    /// <summary>Those that the service holds.</summary>
    public static ImmutableArray<ResourceKind> OfService { get; } = [.. Enum.GetValues<ResourceKind>().Where(k => k != ResourceKind.PipelineTest)];
}

/// <summary>The type of a value when it is not an expression; also the type that an expression in a slot must have.</summary>
public enum ValueKind
{
    Any,
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

/// <summary>A type of the schema. Types are shared and may be recursive (an activity holds activities): never walk them without an end.</summary>
public abstract class SchemaType
{
    /// <summary>The name in ADF's REST model (<c>CopyActivity</c>), or a short word for scalars.</summary>
    public required string Name { get; init; }
}

/// <summary>Anything at all.</summary>
public sealed class AnyType : SchemaType;

/// <summary>A single value.</summary>
public sealed class ScalarType : SchemaType
{
    /// <summary>Any, String, Integer, Number or Boolean.</summary>
    public required ValueKind Kind { get; init; }

    /// <summary>Allowed values in their canonical case; empty where all are. They match without regard to case.</summary>
    public ImmutableArray<string> AllowedValues { get; init; } = [];

    /// <summary>Whether values beyond <see cref="AllowedValues"/> are legal, as where the service may add some.</summary>
    public bool IsExtensible { get; init; }

    /// <summary>A secret: it may be an object of <see cref="SecretObject"/> in place of the string.</summary>
    public bool IsSecret => SecretObjectType is not null;

    /// <summary>What a secret is when it is an object: a <c>SecureString</c> or an <c>AzureKeyVaultSecret</c>, by its <c>type</c>. Null for what is no secret.</summary>
    public SchemaType? SecretObject => SecretObjectType?.Value;

    public Lazy<SchemaType>? SecretObjectType { get; init; }

    /// <summary>A .NET regular expression that the value must match; null for none.</summary>
    public string? Pattern { get; init; }

    /// <summary>Least value of a number or length of a string; null for none.</summary>
    public long? Minimum { get; init; }

    /// <summary>Greatest value of a number or length of a string; null for none.</summary>
    public long? Maximum { get; init; }
}

public sealed class ArrayType : SchemaType
{
    public required Lazy<SchemaType> ItemType { get; init; }

    public SchemaType Item => ItemType.Value;

    public long? MinimumLength { get; init; }

    public long? MaximumLength { get; init; }
}

/// <summary>An object with named properties, a map of values of one type, or both.</summary>
public sealed class ObjectType : SchemaType
{
    private ImmutableDictionary<string, PropertySchema>? _byName;

    /// <summary>In the order in which Studio writes them where that is known, required ones first otherwise.</summary>
    public required ImmutableArray<PropertySchema> Properties { get; init; }

    /// <summary>The type of properties that are not listed: a map's values. Null where unlisted properties are unknown ones.</summary>
    public Lazy<SchemaType>? AdditionalProperties { get; init; }

    /// <summary>For a reference object (<c>referenceName</c>, <c>type</c>, perhaps <c>parameters</c>): what it refers to.</summary>
    public ReferenceSchema? Reference { get; init; }

    /// <summary>The value of the discriminator that selects this type (<c>Copy</c>); null where it is not a variant.</summary>
    public string? Discriminator { get; init; }

    /// <summary>The level below that the spec form may leave out: <c>properties</c> or <c>typeProperties</c>. Null where there is none.</summary>
    public PropertySchema? Wrapper { get; init; }

    /// <summary>Names that stand in this object and in its wrapper: unwrapped they mean the outer one.</summary>
    public ImmutableArray<string> WrapperClashes { get; init; } = [];

    /// <summary>Whether Microsoft's documentation or model calls the type deprecated or legacy.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>What it is for, in our own words; null where there are none.</summary>
    public string? Description => LazyDescription?.Value;

    public Lazy<string?>? LazyDescription { get; init; }

    /// <summary>Finds a property without regard to case; null where there is none of that name.</summary>
    public PropertySchema? FindProperty(string name)
    {
        _byName ??= Properties.ToImmutableDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        return _byName.GetValueOrDefault(name);
    }
}

/// <summary>An object whose properties depend on the value of one of them, such as an activity on its <c>type</c>.</summary>
public sealed class DiscriminatedType : SchemaType
{
    /// <summary>The property that decides: <c>type</c> almost everywhere.</summary>
    public required string DiscriminatorName { get; init; }

    /// <summary>What every variant has; used where the discriminator is missing or unknown. Includes the discriminator property itself.</summary>
    public required Lazy<ObjectType> BaseType { get; init; }

    /// <summary>Variants by discriminator value; keys match without regard to case and are in canonical case.</summary>
    public required ImmutableDictionary<string, Lazy<ObjectType>> Variants { get; init; }

    public ObjectType Base => BaseType.Value;

    public ObjectType? FindVariant(string discriminator) => Variants.GetValueOrDefault(discriminator)?.Value;
}

/// <summary>What a reference object may name.</summary>
/// <param name="TypeName">The literal of its <c>type</c> property: <c>DatasetReference</c>.</param>
/// <param name="Target">The kind of resource; null for those of other services (Synapse notebooks, Spark pools), which are not looked up.</param>
public sealed record ReferenceSchema(string TypeName, ResourceKind? Target);

/// <summary>A property of an object.</summary>
public sealed class PropertySchema
{
    public required string Name { get; init; }

    public required Lazy<SchemaType> LazyType { get; init; }

    public SchemaType Type => LazyType.Value;

    public bool IsRequired { get; init; }

    /// <summary>Written by the service; ignored by validation, dropped by comparison.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether the slot takes dynamic content, and of which type. Null where it must be static.</summary>
    public ValueKind? Expression { get; init; }

    /// <summary>Whether a string with an expression is kept a plain string in the Git form, rather than <c>{value, type: Expression}</c>.</summary>
    public bool WritesPlainExpression { get; init; }

    /// <summary>
    /// Whether the value can only be computed: a condition, or the items of a loop. The model takes nothing but an expression's object there.
    /// </summary>
    public bool IsComputed => IsRequired && Expression is ValueKind.Boolean or ValueKind.Array
        && Type is ScalarType { Kind: ValueKind.Boolean } or ArrayType { Item: AnyType };

    public bool IsDeprecated { get; init; }

    /// <summary>The value that the service assumes where nothing is written, as JSON text; null where not known.</summary>
    public string? Default { get; init; }

    /// <summary>Microsoft's description, from the package at build time, or our own. Loaded on demand; null where there is none.</summary>
    public string? Description => LazyDescription?.Value;

    public Lazy<string?>? LazyDescription { get; init; }
}
