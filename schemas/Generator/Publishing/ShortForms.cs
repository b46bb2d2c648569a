using System.Text.Json.Nodes;

namespace Pipewright.Generator.Publishing;

/// <summary>What the spec form may write in place of an object (docs/spec-form.md).</summary>
internal static class ShortForms
{
    /// <summary>The short form of an object: a name for a reference, a type for a declaration; null where there is none.</summary>
    public static JsonNode? Find(ObjectModel shape) => shape switch
    {
        { Reference: not null } => new JsonObject { ["type"] = "string" },
        { Name: "ParameterSpecification" or "VariableSpecification" } => new JsonObject { ["enum"] = JsonSchemaDefinitions.Array(shape.Properties["type"].Value.Allowed) },
        _ => null,
    };

    /// <summary>Names alone, names with conditions, or the long form.</summary>
    public static JsonObject MakeDependencies(JsonNode dependency)
    {
        var condition = new JsonObject { ["enum"] = JsonSchemaDefinitions.Array("Succeeded", "Failed", "Skipped", "Completed") };
        return JsonSchemaDefinitions.AnyOf(
            new JsonObject { ["type"] = "null" },
            new JsonObject { ["type"] = "array", ["items"] = JsonSchemaDefinitions.AnyOf(new JsonObject { ["type"] = "string" }, dependency) },
            new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = JsonSchemaDefinitions.AnyOf(condition, new JsonObject { ["type"] = "array", ["items"] = condition.DeepClone() }),
            });
    }
}

/// <summary>Names of properties that Studio writes in other letters than Microsoft's model has.</summary>
internal static class Spellings
{
    public static IReadOnlyDictionary<string, string> OfStudio { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["dataFlow"] = "dataflow" };

    /// <summary>The property by each of its names.</summary>
    public static IEnumerable<PropertyModel> Of(PropertyModel property) => OfStudio.TryGetValue(property.Name, out var other) ? [property, property with { Name = other }] : [property];
}
