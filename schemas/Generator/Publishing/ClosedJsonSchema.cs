// The JSON Schema of a type that only we read, so that what it does not name is a slip.
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipewright.Generator.Publishing;

internal static class ClosedJsonSchema
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema of a type with all that it needs, as text.</summary>
    public static string Write(SchemaModel model, string root)
    {
        var definitions = new JsonObject();
        var waiting = new Queue<string>([root]);
        while (waiting.TryDequeue(out var name))
        {
            if (definitions.ContainsKey(name))
            {
                continue;
            }

            definitions[name] = OfObject((ObjectModel)model.Types[name]);
            foreach (var inner in Areas.References(model.Types[name]))
            {
                waiting.Enqueue(inner);
            }
        }

        return new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Pipewright's tests of pipelines",
            ["$ref"] = Reference(root),
            ["definitions"] = definitions,
        }.ToJsonString(Layout) + "\n";
    }

    private static JsonObject OfObject(ObjectModel type)
    {
        var properties = new JsonObject();
        foreach (var property in type.Order.Concat(type.Properties.Keys.Except(type.Order)).Select(n => type.Properties[n]))
        {
            var value = OfValue(property.Value);
            Describe(value, property.Description);
            if (property.Default is { } standard)
            {
                value["default"] = JsonNode.Parse(standard);
            }

            properties[property.Name] = value;
        }

        var schema = new JsonObject { ["type"] = "object" };
        Describe(schema, type.Description);
        schema["properties"] = properties;
        schema["additionalProperties"] = type.Additional is { } additional ? OfType(additional) : false;
        if (type.Properties.Values.Any(p => p.IsRequired))
        {
            schema["required"] = new JsonArray([.. type.Properties.Values.Where(p => p.IsRequired).Select(p => JsonValue.Create(p.Name))]);
        }

        return schema;
    }

    private static JsonObject OfValue(ValueModel value)
    {
        var schema = OfType(value.Type);
        var innermost = schema;
        while ((innermost["items"] ?? innermost["additionalProperties"]) is JsonObject inner)
        {
            innermost = inner;
        }

        if (!value.Allowed.IsEmpty)
        {
            innermost["enum"] = new JsonArray([.. value.Allowed.Select(a => JsonValue.Create(a))]);
        }

        if (value.Minimum is { } minimum)
        {
            innermost["minimum"] = minimum;
        }

        if (value.MinimumItems is { } items)
        {
            schema["minItems"] = items;
        }

        return schema;
    }

    private static JsonObject OfType(TypeText type) => type switch
    {
        { IsList: true } => new JsonObject { ["type"] = "array", ["items"] = OfType(type.Item) },
        { IsMap: true } => new JsonObject { ["type"] = "object", ["additionalProperties"] = OfType(type.Item) },
        { Text: "any" } => [],
        { IsScalar: true } => new JsonObject { ["type"] = type.Text == "secret" ? "string" : type.Text },
        // Beside a reference nothing else counts in this version of JSON Schema, but in the list of all that must hold.
        _ => new JsonObject { ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = Reference(type.Text) }) },
    };

    private static void Describe(JsonObject schema, string? description)
    {
        if (description is not null)
        {
            schema["description"] = description;
        }
    }

    private static string Reference(string name) => $"#/definitions/{name}";
}
