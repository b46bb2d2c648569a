// Walks a Git-form resource beside its schema and counts what it meets. It parses JSON by itself, so that it says something of the schema alone.
using System.Text.Json;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Tests.Schema;

internal sealed class CorpusSurvey
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly Dictionary<string, ResourceKind> Folders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pipeline"] = ResourceKind.Pipeline,
        ["dataset"] = ResourceKind.Dataset,
        ["linkedService"] = ResourceKind.LinkedService,
        ["trigger"] = ResourceKind.Trigger,
        ["dataflow"] = ResourceKind.DataFlow,
        ["integrationRuntime"] = ResourceKind.IntegrationRuntime,
        ["credential"] = ResourceKind.Credential,
        ["factory"] = ResourceKind.Factory,
        ["managedVirtualNetwork"] = ResourceKind.ManagedVirtualNetwork,
        ["managedPrivateEndpoint"] = ResourceKind.ManagedPrivateEndpoint,
        ["adfcdc"] = ResourceKind.ChangeDataCapture,
    };

    /// <summary>Values of discriminators: how many are known, and the unknown ones.</summary>
    public Tally Types { get; } = new();

    public Tally Properties { get; } = new();

    /// <summary>By slot, the expressions that are an object of value and type, and those that are a lone string.</summary>
    public Dictionary<string, (PropertySchema Slot, int Objects, int Plain)> Expressions { get; } = new(StringComparer.Ordinal);

    /// <summary>What does not fit the schema, with the value.</summary>
    public Dictionary<string, int> Misfits { get; } = new(StringComparer.Ordinal);

    public int Files { get; private set; }

    public void Visit(string factory)
    {
        foreach (var path in Directory.EnumerateFiles(factory, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var folder = Path.GetDirectoryName(Path.GetRelativePath(factory, path))!.Split(Path.DirectorySeparatorChar).LastOrDefault(Folders.ContainsKey);
            if (folder is not null && Parse(path) is { RootElement: { ValueKind: JsonValueKind.Object } root } && root.TryGetProperty("properties", out _))
            {
                Files++;
                VisitValue(root, SchemaCatalog.Default[Folders[folder]], null, folder);
            }
        }
    }

    private static JsonDocument? Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(path), Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void VisitValue(JsonElement value, SchemaType? type, PropertySchema? slot, string place)
    {
        if (slot is not null && IsExpression(value, out var isObject))
        {
            var (_, objects, plain) = Expressions.GetValueOrDefault(place, (slot, 0, 0));
            Expressions[place] = isObject ? (slot, objects + 1, plain) : (slot, objects, plain + 1);
            return;
        }

        if (!Fits(value, type))
        {
            var text = value.GetRawText();
            var misfit = $"{place}: {Describe(type)} <- {(text.Length > 50 ? text[..50].ReplaceLineEndings(" ") : text)}";
            Misfits[misfit] = Misfits.GetValueOrDefault(misfit) + 1;
        }

        switch (value.ValueKind, type)
        {
            case (JsonValueKind.Object, ScalarType { SecretObject: { } secret }):
                VisitValue(value, secret, slot, place);
                break;
            case (JsonValueKind.Object, DiscriminatedType union):
                VisitObject(value, FindVariant(value, union), slot, place);
                break;
            case (JsonValueKind.Object, ObjectType shape):
                VisitObject(value, shape, slot, place);
                break;
            case (JsonValueKind.Array, ArrayType array):
                foreach (var item in value.EnumerateArray())
                {
                    VisitValue(item, array.Item, slot, place + "[]");
                }

                break;
        }
    }

    private ObjectType FindVariant(JsonElement value, DiscriminatedType union)
    {
        var written = value.EnumerateObject().FirstOrDefault(p => p.Name.Equals(union.DiscriminatorName, StringComparison.OrdinalIgnoreCase)).Value;
        var variant = written.ValueKind == JsonValueKind.String ? union.FindVariant(written.GetString()!) : null;
        Types.Add(variant is not null, $"{union.Name} {(written.ValueKind == JsonValueKind.Undefined ? "(none)" : written.GetRawText())}");
        return variant ?? union.Base;
    }

    private void VisitObject(JsonElement value, ObjectType shape, PropertySchema? slot, string at)
    {
        foreach (var property in value.EnumerateObject())
        {
            var known = shape.FindProperty(property.Name);
            var place = $"{shape.Name}.{property.Name}";
            if (known is not null)
            {
                Properties.Add(true, place);
                VisitValue(property.Value, known.Type, known, place);
            }
            else if (shape.AdditionalProperties is { } additional)
            {
                VisitValue(property.Value, additional.Value, slot, $"{at}.*");
            }
            else
            {
                Properties.Add(false, place);
            }
        }

        foreach (var missing in shape.Properties.Where(p => p.IsRequired && !value.EnumerateObject().Any(e => e.Name.Equals(p.Name, StringComparison.OrdinalIgnoreCase))))
        {
            var misfit = $"{shape.Name} lacks {missing.Name}";
            Misfits[misfit] = Misfits.GetValueOrDefault(misfit) + 1;
        }
    }

    private static bool IsExpression(JsonElement value, out bool isObject)
    {
        isObject = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            && string.Equals(type.GetString(), "Expression", StringComparison.OrdinalIgnoreCase) && value.TryGetProperty("value", out _);
        return isObject || (value.ValueKind == JsonValueKind.String && SpecForm.IsExpression(value.GetString()!));
    }

    private static bool Fits(JsonElement value, SchemaType? type) => (value.ValueKind, type) switch
    {
        (_, null or AnyType) or (JsonValueKind.Null, _) => true,
        (JsonValueKind.Object, ObjectType or DiscriminatedType or ScalarType { IsSecret: true }) => true,
        (JsonValueKind.Array, ArrayType) => true,
        (JsonValueKind.String, ScalarType { Kind: ValueKind.String } scalar) => IsAllowed(value.GetString()!, scalar),
        (JsonValueKind.Number, ScalarType { Kind: ValueKind.Integer or ValueKind.Number } scalar) =>
            !(value.GetDouble() < scalar.Minimum) && !(value.GetDouble() > scalar.Maximum),
        (JsonValueKind.True or JsonValueKind.False, ScalarType { Kind: ValueKind.Boolean }) => true,
        _ => false,
    };

    private static bool IsAllowed(string text, ScalarType scalar) =>
        (scalar.AllowedValues.IsEmpty || scalar.AllowedValues.Contains(text, StringComparer.OrdinalIgnoreCase))
        && (scalar.Pattern is null || System.Text.RegularExpressions.Regex.IsMatch(text, scalar.Pattern));

    private static string Describe(SchemaType? type) => type switch
    {
        ScalarType { AllowedValues: { IsEmpty: false } allowed, IsExtensible: var isOpen } => $"one of {string.Join('|', allowed)}{(isOpen ? "|…" : "")}",
        ScalarType { Pattern: not null } => "string of a pattern",
        null => "?",
        _ => type.Name,
    };

    /// <summary>How many of a thing are known, and those that are not.</summary>
    internal sealed class Tally
    {
        public int Known { get; private set; }

        public Dictionary<string, int> Unknown { get; } = new(StringComparer.Ordinal);

        public double Share => Known / (double)(Known + Unknown.Values.Sum());

        public void Add(bool isKnown, string name)
        {
            if (isKnown)
            {
                Known++;
            }
            else
            {
                Unknown[name] = Unknown.GetValueOrDefault(name) + 1;
            }
        }
    }
}
