// The schema as the generator holds it: what the package says, then what the curated files change, before it is encoded.
using System.Collections.Immutable;

namespace Pipewright.Generator;

/// <summary>All types, and which of them is the whole resource of each kind.</summary>
/// <param name="Resources">Type names by resource kind (<c>Pipeline</c>).</param>
internal sealed record SchemaModel(ImmutableSortedDictionary<string, TypeModel> Types, ImmutableSortedDictionary<string, string> Resources)
{
    public static SchemaModel Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, TypeModel>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The property names that may stand both in a type and in its wrapper, by type. A clash that is not listed is an error.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Clashes { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    public SchemaModel With(TypeModel type) => this with { Types = Types.SetItem(type.Name, type) };
}

/// <summary>A type with a name of its own.</summary>
/// <param name="Properties">By name; of a <see cref="UnionModel"/> those that all its variants have.</param>
internal abstract record TypeModel(string Name, ImmutableSortedDictionary<string, PropertyModel> Properties)
{
    public static ImmutableSortedDictionary<string, PropertyModel> NoProperties { get; } =
        ImmutableSortedDictionary.Create<string, PropertyModel>(StringComparer.Ordinal);

    public string? Description { get; init; }

    /// <summary>The names of the properties that come first, in this order.</summary>
    public ImmutableArray<string> Order { get; init; } = [];

    /// <summary>The level below that the spec form may leave out.</summary>
    public string? Wrapper { get; init; }

    public ImmutableArray<string> WrapperClashes { get; init; } = [];
}

/// <summary>An object, or a variant of a union.</summary>
internal sealed record ObjectModel(string Name, ImmutableSortedDictionary<string, PropertyModel> Properties) : TypeModel(Name, Properties)
{
    /// <summary>The union that this is a variant of; it has the union's properties too.</summary>
    public string? Union { get; init; }

    /// <summary>The discriminator's value that selects this variant.</summary>
    public string? Discriminator { get; init; }

    /// <summary>The type of properties that are not listed; null where there are none.</summary>
    public TypeText? Additional { get; init; }

    /// <summary>The resource kind that it refers to, <c>External</c> for things of other services; null for what is not a reference.</summary>
    public string? Reference { get; init; }

    public bool IsDeprecated { get; init; }
}

/// <summary>An object whose type a property decides.</summary>
/// <param name="Discriminator">The deciding property.</param>
/// <param name="Variants">Names of object types by the discriminator's value.</param>
internal sealed record UnionModel(
    string Name,
    string Discriminator,
    ImmutableSortedDictionary<string, PropertyModel> Properties,
    ImmutableSortedDictionary<string, string> Variants) : TypeModel(Name, Properties);

internal sealed record PropertyModel(string Name, ValueModel Value)
{
    public bool IsRequired { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>The type that an expression here has: one of the scalar words, <c>array</c>, <c>object</c> or <c>any</c>; null for a static slot.</summary>
    public string? Expression { get; init; }

    /// <summary>An expression is kept a lone string in the Git form.</summary>
    public bool IsPlain { get; init; }

    public bool IsDeprecated { get; init; }

    /// <summary>JSON text.</summary>
    public string? Default { get; init; }

    public string? Description { get; init; }
}

/// <summary>The type of a value and what limits it. The limits are on the innermost scalar where the type is a list or a map.</summary>
internal sealed record ValueModel(TypeText Type)
{
    public ImmutableArray<string> Allowed { get; init; } = [];

    public bool IsExtensible { get; init; }

    public string? Pattern { get; init; }

    /// <summary>Least number of items of a list.</summary>
    public int? MinimumItems { get; init; }

    /// <summary>Greatest number of items of a list.</summary>
    public int? MaximumItems { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }
}

/// <summary>
/// A type as it is written in the files: <c>any</c>, <c>string</c>, <c>secret</c> (a string, or an object of SecretBase), <c>integer</c>,
/// <c>number</c>, <c>boolean</c>, the name of a type, <c>list of T</c>, <c>map of T</c>.
/// </summary>
internal readonly record struct TypeText(string Text)
{
    private const string ListPrefix = "list of ";
    private const string MapPrefix = "map of ";

    public static TypeText Any { get; } = new("any");

    public static ImmutableArray<string> Scalars { get; } = ["any", "string", "secret", "integer", "number", "boolean"];

    public bool IsScalar => Scalars.Contains(Text);

    public bool IsList => Text.StartsWith(ListPrefix, StringComparison.Ordinal);

    public bool IsMap => Text.StartsWith(MapPrefix, StringComparison.Ordinal);

    /// <summary>The element's type of a list or map; itself for others.</summary>
    public TypeText Item => IsList ? new(Text[ListPrefix.Length..]) : IsMap ? new(Text[MapPrefix.Length..]) : this;

    /// <summary>The name of the type at the core; null where it is a scalar.</summary>
    public string? NamedType => IsList || IsMap ? Item.NamedType : IsScalar ? null : Text;

    public TypeText InList() => new(ListPrefix + Text);

    public TypeText InMap() => new(MapPrefix + Text);

    public override string ToString() => Text;
}
