// The start of a value, by what the schema says it is.
using System.Collections.Immutable;
using System.Text.Json;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features.Completion;

internal static class ValueTemplates
{
    /// <summary>Longer lists are better chosen from by completing the value than by a snippet's menu.</summary>
    private const int LongestChoice = 20;

    /// <summary>Where a secret should be.</summary>
    private const string KeyVaultSecret = "AzureKeyVaultSecret";

    /// <summary>How deep required members are written out: a required object in a required object, and no further.</summary>
    private const int DeepestRequired = 3;

    /// <summary>The value of a property, opened where the user goes on.</summary>
    public static Template Of(PropertySchema property, bool isSpec) => property.Type switch
    {
        _ when property.IsComputed => Expression(isSpec),
        ScalarType { SecretObject: DiscriminatedType secret } when secret.FindVariant(KeyVaultSecret) is { } inVault => NewObject(inVault, isSpec),
        ScalarType scalar => OfScalar(scalar, property.Default, isSpec),
        var type => OfType(type, isSpec),
    };

    /// <summary>The members that a new object must have, with its discriminator.</summary>
    public static MapTemplate NewObject(ObjectType type, bool isSpec) => NewObject(type, isSpec, 0);

    /// <summary>Whether the spec form has no use for a property at its level: it is a wrapper, or its bare name means that of an outer level.</summary>
    private static bool IsLeftOut(ImmutableArray<ObjectType> levels, int level, PropertySchema property, bool isSpec) => isSpec
        && (property == levels[level].Wrapper || SpecForm.FindLevel(levels, 0, property.Name, null) != level);

    public static Template Reference(ReferenceSchema reference, Template name, bool isSpec) => isSpec
        ? name
        : new MapTemplate([new("referenceName", name), new("type", new TextTemplate(reference.TypeName))]);

    public static Template Expression(bool isSpec) => isSpec
        ? new ExpressionTemplate()
        : new MapTemplate([new("value", new ExpressionTemplate()), new("type", new TextTemplate("Expression"))]);

    /// <summary>The text of a default value.</summary>
    public static Template OfJson(string json)
    {
        if (!json.StartsWith('"'))
        {
            return new TextTemplate(json, IsString: false);
        }

        using var document = JsonDocument.Parse(json);
        return new TextTemplate(document.RootElement.GetString() ?? "");
    }

    private static MapTemplate NewObject(ObjectType type, bool isSpec, int depth)
    {
        var levels = isSpec ? SpecForm.GetLevels(type, _ => null) : [type];
        var entries = levels.SelectMany((level, i) => level.Properties
            .Where(p => !p.IsReadOnly && (p.IsRequired || p == level.Wrapper) && !IsLeftOut(levels, i, p, isSpec))
            .Select(p => (Property: p, Value: IsDiscriminator(type, p) ? new TextTemplate(type.Discriminator!) : OfRequired(p, isSpec, depth + 1)))
            .Where(p => p.Property.IsRequired || p.Value is MapTemplate { Entries.IsEmpty: false })
            .OrderBy(p => p.Property.Name == "name" ? 0 : IsDiscriminator(type, p.Property) ? 1 : 2)
            .Select(p => new TemplateEntry(p.Property.Name, p.Value)));
        return new MapTemplate([.. entries]);
    }

    private static bool IsDiscriminator(ObjectType type, PropertySchema property) =>
        type.Discriminator is not null && property.Name.Equals("type", StringComparison.OrdinalIgnoreCase);

    private static Template OfRequired(PropertySchema property, bool isSpec, int depth) => property.Type switch
    {
        ObjectType { Reference: null } type when depth < DeepestRequired && !SpecForm.IsTypeShorthand(type) =>
            NewObject(type, isSpec, depth),
        _ => Of(property, isSpec),
    };

    private static Template OfType(SchemaType type, bool isSpec) => type switch
    {
        ScalarType scalar => OfScalar(scalar, null, isSpec),
        ObjectType { Reference: { } reference } => Reference(reference, new StopTemplate(), isSpec),
        ObjectType shorthand when isSpec && SpecForm.IsTypeShorthand(shorthand) => new StopTemplate(),
        ObjectType => MapTemplate.Empty,
        DiscriminatedType discriminated => new MapTemplate([new(discriminated.DiscriminatorName, new StopTemplate())]),
        ArrayType => ListTemplate.Empty,
        _ => isSpec ? new StopTemplate() : new StopTemplate("null", IsString: false),
    };

    private static Template OfScalar(ScalarType type, string? defaultJson, bool isSpec) => type switch
    {
        { Kind: ValueKind.Boolean } => new ChoiceTemplate(defaultJson == "true" ? ["false", "true"] : ["true", "false"], IsString: false),
        { AllowedValues: [var only], Kind: var kind } => new StopTemplate(only, kind is ValueKind.String or ValueKind.Any),
        { AllowedValues: { Length: > 0 and <= LongestChoice } values, Kind: var kind } => new ChoiceTemplate(values, kind is ValueKind.String or ValueKind.Any),
        { Kind: ValueKind.Integer or ValueKind.Number } => new StopTemplate(defaultJson ?? (isSpec ? "" : "0"), IsString: false),
        _ when defaultJson is not null && OfJson(defaultJson) is TextTemplate { IsString: true } text => new StopTemplate(text.Text),
        _ => new StopTemplate(),
    };
}
