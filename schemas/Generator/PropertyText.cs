// The keys that describe a property, in the generated and the curated files alike.
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class PropertyText
{
    /// <summary>Changes a property by what a mapping says of it.</summary>
    /// <exception cref="FormatException">A key is unknown or its value is not what it should be.</exception>
    public static PropertyModel Apply(PropertyModel property, YamlMappingNode node) =>
        node.Entries().Aggregate(property, (current, entry) => Apply(current, entry.Key, entry.Value));

    private static PropertyModel Apply(PropertyModel property, string key, YamlNode value) => key switch
    {
        "type" => property with { Value = property.Value with { Type = ReadType(value) } },
        "required" => property with { IsRequired = value.Flag() },
        "readOnly" => property with { IsReadOnly = value.Flag() },
        "deprecated" => property with { IsDeprecated = value.Flag() },
        "plain" => property with { IsPlain = value.Flag() },
        "expression" => property with { Expression = ReadExpression(value, property.Value.Type) },
        "default" => property with { Default = Yaml.ToJson(value) },
        "description" => property with { Description = value.Text() },
        "allowed" => property with { Value = property.Value with { Allowed = [.. ((YamlSequenceNode)value).Select(v => v.Text())] } },
        "extensible" => property with { Value = property.Value with { IsExtensible = value.Flag() } },
        "pattern" => property with { Value = property.Value with { Pattern = value.Text() is { Length: > 0 } pattern ? pattern : null } },
        "minimum" => property with { Value = property.Value with { Minimum = ReadLimit(value) } },
        "maximum" => property with { Value = property.Value with { Maximum = ReadLimit(value) } },
        "minItems" => property with { Value = property.Value with { MinimumItems = (int?)ReadLimit(value) } },
        "maxItems" => property with { Value = property.Value with { MaximumItems = (int?)ReadLimit(value) } },
        _ => throw value.Error($"'{key}' is not known of a property"),
    };

    private static long? ReadLimit(YamlNode value) => value.Text() switch
    {
        "none" => null,
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) => limit,
        _ => throw value.Error("a whole number, or none, is wanted"),
    };

    private static TypeText ReadType(YamlNode value) =>
        value.Text() is { Length: > 0 } text ? new TypeText(text) : throw value.Error("a type is missing");

    /// <summary><c>own</c> stands for the kind of the property's own type, <c>none</c> for a static slot.</summary>
    private static string? ReadExpression(YamlNode value, TypeText type) => value.Text() switch
    {
        "none" => null,
        "own" => DescriptionText.KindOf(type),
        "any" or "string" or "integer" or "number" or "boolean" or "array" or "object" => value.Text(),
        var other => throw value.Error($"'{other}' is not a kind of expression"),
    };
}
