using System.Text.Json.Nodes;

namespace Pipewright.Generator.Publishing;

/// <summary>
/// The definitions of one JSON Schema, made as they are referred to. They are as lenient as the service where JSON Schema allows for it: a text may stand for a number, null
/// for what is not set, an expression for anything that takes one. Names and values are known in their canonical case only: JSON Schema has no other way that editors could propose from.
/// </summary>
/// <param name="isSpec">Whether wrappers may be left out, and short forms stand for references, dependencies and declarations.</param>
internal sealed class JsonSchemaDefinitions(SchemaModel model, bool isSpec)
{
    private const string Expression = "expression";

    private readonly SortedDictionary<string, JsonNode> _definitions = new(StringComparer.Ordinal) { [Expression] = MakeExpression() };

    /// <summary>By name; complete when all that was referred to has been read.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode>> All => _definitions;

    /// <summary>A reference to the definition of a named type, which is made if there is none yet.</summary>
    /// <param name="isRoot">Of a whole file of the spec form, whose name stands for the resource's.</param>
    public JsonObject Refer(string type, bool isRoot = false) => Refer(type, () => model.Types[type] switch
    {
        UnionModel union => MakeUnion(union),
        ObjectModel shape => MakeObject(shape, isRoot),
        var other => throw new NotSupportedException($"{other.Name} is of a new kind."),
    });

    private JsonObject Refer(string name, Func<JsonNode> make)
    {
        if (!_definitions.ContainsKey(name))
        {
            // Types are recursive: the name is taken before the definition is made.
            _definitions[name] = true;
            _definitions[name] = make();
        }

        return new JsonObject { ["$ref"] = $"#/definitions/{name}" };
    }

    private JsonObject MakeUnion(UnionModel union) => MakeChoice(union, Completion.MakeBase(union, model).Properties.Values, v => Refer(v));

    /// <summary>An object whose discriminator decides which of several definitions it follows.</summary>
    private JsonObject MakeChoice(UnionModel union, IEnumerable<PropertyModel> usual, Func<string, JsonNode> refer)
    {
        var properties = Properties(usual.Where(p => p.Name != union.Discriminator));
        properties[union.Discriminator] = new JsonObject { ["enum"] = Array(union.Variants.Keys) };
        return new JsonObject
        {
            ["type"] = Array("object", "null"),
            ["properties"] = properties,
            ["required"] = Array(union.Discriminator),
            ["allOf"] = new JsonArray([.. union.Variants.Select(v => new JsonObject
            {
                ["if"] = new JsonObject { ["properties"] = new JsonObject { [union.Discriminator] = new JsonObject { ["const"] = v.Key } }, ["required"] = Array(union.Discriminator) },
                ["then"] = refer(v.Value),
            })]),
        };
    }

    /// <summary>The same for a resource whose discriminator is a level below, where it may stand too; then the resource's own type may stand in its place.</summary>
    private JsonObject MakeWrappedChoice(UnionModel union, FlatShape flat, Func<string, JsonNode> refer)
    {
        var choice = MakeChoice(union, flat.Properties, refer);
        var properties = choice["properties"]!.AsObject();
        foreach (var (wrapper, type) in flat.Wrappers)
        {
            properties[wrapper] = ReferInside(type);
        }

        properties[union.Discriminator] = AnyOf(properties[union.Discriminator]!.DeepClone(), new JsonObject { ["type"] = "string", ["pattern"] = "^Microsoft\\.DataFactory/" });
        choice.Remove("required");
        choice["anyOf"] = new JsonArray([.. flat.Wrappers.Keys.Append(union.Discriminator).Select(n => new JsonObject { ["required"] = Array(n) })]);
        return choice;
    }

    /// <summary>What may stand under a wrapper that is written all the same: any part of what it holds, as the rest may stand outside.</summary>
    private JsonObject ReferInside(string type) => Refer($"{type} in part", () => new JsonObject
    {
        ["type"] = Array("object", "null"),
        ["properties"] = Properties(model.Types[type] is UnionModel union ? Completion.MakeBase(union, model).Properties.Values : model.Types[type].Properties.Values),
    });

    private JsonObject MakeObject(ObjectModel shape, bool isRoot)
    {
        if (isSpec && FlatShape.Of(model, shape) is { } flat)
        {
            return flat.Deciding is { } union
                ? MakeWrappedChoice(union, flat, variant => Refer($"{shape.Name} of {variant}", () => MakeFlat(FlatShape.Of(model, shape, variant)!, isRoot)))
                : MakeFlat(flat, isRoot);
        }

        var made = new JsonObject { ["type"] = Array("object", "null"), ["properties"] = Properties(shape.Properties.Values) };
        AddRequired(made, shape.Properties.Values.Where(p => p.IsRequired && !p.IsReadOnly && !(isSpec && shape.Reference is not null && p.Name == "type")));
        if (shape.Additional is { } additional)
        {
            made["additionalProperties"] = ItemOf(new ValueModel(additional));
        }

        return isSpec && ShortForms.Find(shape) is { } shortForm ? AnyOf(shortForm, made) : made;
    }

    /// <summary>An object of the spec form whose wrappers may be left out: written by hand, so that what it does not know is most likely a slip.</summary>
    private JsonObject MakeFlat(FlatShape flat, bool isRoot)
    {
        var properties = Properties(flat.Properties);
        foreach (var (wrapper, type) in flat.Wrappers)
        {
            properties[wrapper] = ReferInside(type);
        }

        var made = new JsonObject { ["type"] = Array("object", "null"), ["properties"] = properties };
        AddRequired(made, flat.Outer.Where(p => p.IsRequired && !p.IsReadOnly && !(isRoot && p.Name == "name") && !flat.Wrappers.ContainsKey(p.Name)));
        var inner = flat.Inner.Where(p => p.IsRequired && !p.IsReadOnly && !flat.Wrappers.ContainsKey(p.Name)).ToList();
        if (inner.Count > 0)
        {
            var without = new JsonObject();
            AddRequired(without, inner);
            made["anyOf"] = new JsonArray([.. flat.Wrappers.Keys.Select(w => new JsonObject { ["required"] = Array(w) }), without]);
        }

        if (!flat.IsOpen)
        {
            made["additionalProperties"] = false;
        }

        return made;
    }

    private static void AddRequired(JsonObject made, IEnumerable<PropertyModel> required)
    {
        var names = required.Select(p => p.Name).ToList();
        if (names.Find(Spellings.OfStudio.ContainsKey) is { } name)
        {
            names.Remove(name);
            made["anyOf"] = new JsonArray(new JsonObject { ["required"] = Array(name) }, new JsonObject { ["required"] = Array(Spellings.OfStudio[name]) });
        }

        if (names.Count > 0)
        {
            made["required"] = Array(names);
        }
    }

    private JsonObject Properties(IEnumerable<PropertyModel> properties) =>
        new(properties.SelectMany(Spellings.Of).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => KeyValuePair.Create<string, JsonNode?>(p.Name, Describe(p, ValueOf(p)))));

    private static JsonNode Describe(PropertyModel property, JsonNode value)
    {
        if (value is not JsonObject described || (property.Description is null && property.Default is null))
        {
            return value;
        }

        // Beside a reference nothing else is read.
        described = described.ContainsKey("$ref") ? new JsonObject { ["allOf"] = new JsonArray(described) } : described;
        if (property.Description is { } text)
        {
            described["description"] = text;
        }

        if (property.Default is { } usual)
        {
            described["default"] = JsonNode.Parse(usual);
        }

        return described;
    }

    private JsonNode ValueOf(PropertyModel property)
    {
        if (isSpec && property.Value.Type.Text == "list of ActivityDependency")
        {
            return ShortForms.MakeDependencies(Refer("ActivityDependency"));
        }

        // What the service writes of itself is as it is.
        var value = ValueOf(property.IsReadOnly ? new ValueModel(property.Value.Type) : property.Value);
        if (property is { Name: "schema", Value.Type.IsList: true })
        {
            // Of JSON and the like Studio keeps a JSON Schema there.
            value = AnyOf(value, new JsonObject { ["type"] = "object" });
        }

        return property.Expression is null || value is JsonValue ? value : AnyOf(value, new JsonObject { ["$ref"] = $"#/definitions/{Expression}" });
    }

    /// <summary>A value inside of a list or a map, where an expression is legal always.</summary>
    private JsonNode ItemOf(ValueModel value) => ValueOf(value) is JsonObject item ? AnyOf(item, new JsonObject { ["$ref"] = $"#/definitions/{Expression}" }) : true;

    private JsonNode ValueOf(ValueModel value)
    {
        if (value.Type.IsList)
        {
            var list = new JsonObject { ["type"] = Array("array", "null"), ["items"] = ItemOf(value with { Type = value.Type.Item, MinimumItems = null, MaximumItems = null }) };
            AddLimit(list, "minItems", value.MinimumItems);
            AddLimit(list, "maxItems", value.MaximumItems);
            return list;
        }

        if (value.Type.IsMap)
        {
            return new JsonObject { ["type"] = Array("object", "null"), ["additionalProperties"] = ItemOf(value with { Type = value.Type.Item }) };
        }

        return value.Type.Text switch
        {
            "any" => value.Allowed.IsEmpty ? true : MakeText(value),
            "string" => MakeText(value),
            "secret" => AnyOf(MakeText(value), Refer("SecretBase")),
            "boolean" => AnyOf(new JsonObject { ["type"] = Array("boolean", "null") }, new JsonObject { ["enum"] = Array("true", "false", "True", "False") }),
            "integer" => MakeNumber("integer", @"^\s*-?\d+(\.0+)?\s*$", value),
            "number" => MakeNumber("number", @"^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$", value),
            var name => Refer(name),
        };
    }

    private static JsonObject MakeText(ValueModel value)
    {
        var text = new JsonObject { ["type"] = Array("string", "number", "boolean", "null") };
        if (!value.Allowed.IsEmpty)
        {
            return value.IsExtensible ? AnyOf(new JsonObject { ["enum"] = Array(value.Allowed) }, text) : new JsonObject { ["enum"] = new JsonArray([.. value.Allowed.Select(a => JsonValue.Create(a)), null]) };
        }

        if (value.Pattern is { } pattern)
        {
            text["pattern"] = pattern;
        }

        AddLimit(text, "minLength", value.Minimum);
        AddLimit(text, "maxLength", value.Maximum);
        return text;
    }

    private static JsonObject MakeNumber(string type, string asText, ValueModel value)
    {
        var number = new JsonObject { ["type"] = Array(type, "null") };
        AddLimit(number, "minimum", value.Minimum);
        AddLimit(number, "maximum", value.Maximum);
        return AnyOf(number, new JsonObject { ["type"] = "string", ["pattern"] = asText });
    }

    private static void AddLimit(JsonObject schema, string name, long? limit)
    {
        if (limit is { } value)
        {
            schema[name] = value;
        }
    }

    private static JsonObject MakeExpression() => AnyOf(
        new JsonObject { ["type"] = "string", ["pattern"] = "^@(?!@)|@\\{" },
        new JsonObject
        {
            ["type"] = "object",
            ["required"] = Array("type", "value"),
            ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = "Expression" }, ["value"] = new JsonObject { ["type"] = "string" } },
        });

    internal static JsonObject AnyOf(params JsonNode[] choices) => new() { ["anyOf"] = new JsonArray(choices) };

    internal static JsonArray Array(params IEnumerable<string> texts) => [.. texts.Select(t => JsonValue.Create(t))];
}
