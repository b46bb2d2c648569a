// Reads ADF's resource types from the NuGet package Azure.Bicep.Types.Az into our own model.
using System.Collections.Immutable;
using Azure.Bicep.Types.Az;
using Azure.Bicep.Types.Concrete;

namespace Pipewright.Generator;

internal sealed class PackageReader
{
    public const string ApiVersion = "2018-06-01";

    /// <summary>Resource kinds by their ARM type, with the name that ADF's REST model gives the whole resource.</summary>
    private static readonly ImmutableArray<(string Kind, string ArmType, string Name)> Kinds =
    [
        ("Pipeline", "factories/pipelines", "PipelineResource"),
        ("Dataset", "factories/datasets", "DatasetResource"),
        ("LinkedService", "factories/linkedservices", "LinkedServiceResource"),
        ("Trigger", "factories/triggers", "TriggerResource"),
        ("DataFlow", "factories/dataflows", "DataFlowResource"),
        ("IntegrationRuntime", "factories/integrationRuntimes", "IntegrationRuntimeResource"),
        ("Credential", "factories/credentials", "CredentialResource"),
        ("Factory", "factories", "Factory"),
        ("ManagedVirtualNetwork", "factories/managedVirtualNetworks", "ManagedVirtualNetworkResource"),
        ("ManagedPrivateEndpoint", "factories/managedVirtualNetworks/managedPrivateEndpoints", "ManagedPrivateEndpointResource"),
        ("ChangeDataCapture", "factories/adfcdcs", "ChangeDataCaptureResource"),
    ];

    private readonly Dictionary<string, TypeModel> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<TypeBase, string> _names = new(ReferenceEqualityComparer.Instance);

    private PackageReader()
    {
    }

    public static SchemaModel Read()
    {
        var loader = new AzTypeLoader();
        var index = loader.LoadTypeIndex();
        var reader = new PackageReader();
        foreach (var (_, armType, name) in Kinds)
        {
            var location = index.Resources[$"Microsoft.DataFactory/{armType}@{ApiVersion}"];
            var body = (ObjectType)loader.LoadResourceType(location).Body.Type;
            reader._names[body] = name;
            reader.AddObject(body, name, null, null);
        }

        return new SchemaModel(
            reader._types.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Kinds.ToImmutableSortedDictionary(k => k.Kind, k => k.Name, StringComparer.Ordinal));
    }

    private void AddObject(ObjectType type, string name, UnionModel? union, string? discriminator)
    {
        if (!_types.ContainsKey(name))
        {
            // Types may be recursive: the name must be taken before the properties are walked.
            _types[name] = new ObjectModel(name, TypeModel.NoProperties);
        }

        var additional = type.AdditionalProperties is { } value ? TextOf(value) : (TypeText?)null;
        var model = new ObjectModel(name, ReadProperties(type.Properties))
        {
            Union = union?.Name,
            Discriminator = discriminator,
            // Every object of ADF is open; the package says so of some only. With it, a misspelt property would go unseen.
            Additional = additional is { Text: "any" } && type.Properties.Count > 0 ? null : additional,
        };
        _types[name] = _types[name] is ObjectModel { Properties.Count: > 0 } known ? Merge(known, model) : model;
    }

    private void AddUnion(DiscriminatedObjectType type)
    {
        _types.TryAdd(type.Name, new UnionModel(type.Name, type.Discriminator, TypeModel.NoProperties, ImmutableSortedDictionary<string, string>.Empty));
        var variants = type.Elements.ToImmutableSortedDictionary(e => e.Key, e => ((ObjectType)e.Value.Type).Name, StringComparer.Ordinal);
        var model = new UnionModel(type.Name, type.Discriminator, ReadProperties(type.BaseProperties), variants);
        if (_types[type.Name] is UnionModel { Variants.Count: > 0 } known && !known.Variants.SequenceEqual(variants))
        {
            throw new NotSupportedException($"The package has two different unions named {type.Name}.");
        }

        _types[type.Name] = model;
        foreach (var (discriminator, reference) in type.Elements.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            var variant = (ObjectType)reference.Type;
            _names[variant] = variant.Name;
            AddObject(variant, variant.Name, model, discriminator);
        }
    }

    private ImmutableSortedDictionary<string, PropertyModel> ReadProperties(IReadOnlyDictionary<string, ObjectTypeProperty> properties) =>
        properties.OrderBy(p => p.Key, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(p => p.Key, p => ReadProperty(p.Key, p.Value), StringComparer.Ordinal);

    private PropertyModel ReadProperty(string name, ObjectTypeProperty property)
    {
        var value = ReadValue(property.Type);
        var text = DescriptionText.Parse(property.Description);
        if (value.Type.Text == "any" && text.Type is { } told)
        {
            value = value with { Type = told };
        }

        if (value.Type.Text == "SecretBase")
        {
            value = value with { Type = new TypeText("secret") };
        }

        return new PropertyModel(name, value with { Pattern = value.Pattern ?? text.Pattern, Minimum = value.Minimum ?? text.Minimum })
        {
            IsRequired = property.Flags.HasFlag(ObjectTypePropertyFlags.Required),
            IsReadOnly = property.Flags.HasFlag(ObjectTypePropertyFlags.ReadOnly),
            IsDeprecated = text.IsDeprecated,
            Expression = text.Expression,
            Description = property.Description,
        };
    }

    private TypeText TextOf(ITypeReference reference) => ReadValue(reference).Type;

    private ValueModel ReadValue(ITypeReference reference) => reference.Type switch
    {
        AnyType => new ValueModel(TypeText.Any),
        BooleanType => new ValueModel(new TypeText("boolean")),
        IntegerType integer => new ValueModel(new TypeText("integer")) { Minimum = integer.MinValue, Maximum = integer.MaxValue },
        StringType text => new ValueModel(new TypeText(text.Sensitive == true ? "secret" : "string"))
        {
            Pattern = text.Pattern,
            Minimum = text.MinLength,
            Maximum = text.MaxLength,
        },
        StringLiteralType literal => new ValueModel(new TypeText("string")) { Allowed = [literal.Value] },
        UnionType union => ReadEnumeration(union),
        ArrayType array => ReadValue(array.ItemType) is var item ? item with { Type = item.Type.InList() } : null!,
        ObjectType { Properties.Count: 0, AdditionalProperties: { } value } => new ValueModel(TextOf(value).InMap()),
        ObjectType type => new ValueModel(new TypeText(NameOf(type))),
        DiscriminatedObjectType type => new ValueModel(new TypeText(NameOf(type))),
        var other => throw new NotSupportedException($"The package has a type of a kind that is new to us: {other.GetType().Name}."),
    };

    private static ValueModel ReadEnumeration(UnionType union)
    {
        var values = union.Elements.Select(e => e.Type).OfType<StringLiteralType>().Select(l => l.Value).ToImmutableArray();
        var isExtensible = union.Elements.Any(e => e.Type is StringType);
        return values.Length + (isExtensible ? 1 : 0) == union.Elements.Count
            ? new ValueModel(new TypeText("string")) { Allowed = values, IsExtensible = isExtensible }
            : throw new NotSupportedException("The package has a union of other things than strings, which is new to us.");
    }

    private string NameOf(TypeBase type)
    {
        if (_names.TryGetValue(type, out var name))
        {
            return name;
        }

        name = type is ObjectType o ? o.Name : ((DiscriminatedObjectType)type).Name;
        _names[type] = name;
        if (type is ObjectType shape)
        {
            AddObject(shape, name, null, null);
        }
        else
        {
            AddUnion((DiscriminatedObjectType)type);
        }

        return name;
    }

    /// <summary>The package repeats some types, now and then with a looser property; the stricter one of each is kept.</summary>
    private static ObjectModel Merge(ObjectModel first, ObjectModel second)
    {
        if (!first.Properties.Keys.SequenceEqual(second.Properties.Keys))
        {
            throw new NotSupportedException($"The package has two different types named {first.Name}.");
        }

        var properties = first.Properties.Values.Select(p => second.Properties[p.Name] is var other && p.Value.Allowed.IsEmpty ? other : p);
        return (first.Union is null ? second : first) with
        {
            Properties = properties.ToImmutableSortedDictionary(p => p.Name, p => p, StringComparer.Ordinal),
        };
    }
}
