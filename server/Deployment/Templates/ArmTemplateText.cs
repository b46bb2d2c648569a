// Writes templates as the JSON of Azure Resource Manager, in the layout of Data Factory Studio.
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipewright.Deployment.Templates;

internal static class ArmTemplateText
{
    private const string FactoryId = "[concat('Microsoft.DataFactory/factories/', parameters('factoryName'))]";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, IndentSize = 4, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024 };

    /// <summary>A whole template.</summary>
    public static string Write(FactoryTemplate template) => Write(writer =>
    {
        WriteHead(writer, template.FactoryName, template.Parameters);
        writer.WriteStartArray("resources");
        foreach (var resource in template.Resources)
        {
            WriteResource(writer, resource, template.Resources);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>The file that gives values to a template's parameters: their defaults, and nothing for the others.</summary>
    public static string WriteParameters(FactoryTemplate template) => WriteParameters(template.FactoryName, template.Parameters);

    public static string WriteParameters(string? factoryName, IEnumerable<TemplateParameter> parameters) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://schema.management.azure.com/schemas/2015-01-01/deploymentParameters.json#");
        writer.WriteString("contentVersion", "1.0.0.0");
        writer.WriteStartObject("parameters");
        WriteMember("factoryName", w => w.WriteStringValue(factoryName ?? ""));
        foreach (var parameter in parameters)
        {
            // Values of this file are no expressions, so nothing is escaped.
            WriteMember(parameter.Name, w => (parameter.Default ?? EmptyOf(parameter.Type)).WriteTo(w));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();

        void WriteMember(string name, Action<Utf8JsonWriter> value)
        {
            writer.WriteStartObject(name);
            writer.WritePropertyName("value");
            value(writer);
            writer.WriteEndObject();
        }
    });

    /// <summary>Text by a writer; it ends with a line break.</summary>
    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Begins a template: all that stands before its resources.</summary>
    public static void WriteHead(Utf8JsonWriter writer, string? factoryName, IEnumerable<TemplateParameter> parameters)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", "http://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#");
        writer.WriteString("contentVersion", "1.0.0.0");
        writer.WriteStartObject("parameters");
        WriteParameter(writer, FactoryParameter(factoryName));
        foreach (var parameter in parameters)
        {
            WriteParameter(writer, parameter);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("variables");
        writer.WriteString("factoryId", FactoryId);
        writer.WriteEndObject();
    }

    public static TemplateParameter FactoryParameter(string? name) => new("factoryName", "string", name is null ? null : JsonElement.Parse($"\"{JsonEncodedText.Encode(name)}\""), "Data Factory name");

    /// <summary>A resource with what it depends on of the resources beside it.</summary>
    public static void WriteResource(Utf8JsonWriter writer, TemplateResource resource, IReadOnlyCollection<TemplateResource> others)
    {
        writer.WriteStartObject();
        writer.WriteString("name", resource.IsFactory ? "[parameters('factoryName')]" : $"[concat(parameters('factoryName'), '/{Quote(TemplateKinds.PathOf(resource.Id))}')]");
        writer.WriteString("type", resource.IsFactory ? TemplateKinds.Factory : $"{TemplateKinds.Factory}/{TemplateKinds.TypeOf(resource.Id.Kind)}");
        writer.WriteString("apiVersion", TemplateKinds.ApiVersion);
        foreach (var (name, value) in resource.Body.Members)
        {
            WriteMember(writer, name, value);
        }

        writer.WriteStartArray("dependsOn");
        foreach (var needed in resource.References.Select(r => others.FirstOrDefault(o => o.Id == r)).OfType<TemplateResource>())
        {
            writer.WriteStringValue($"[concat(variables('factoryId'), '/{Quote($"{TemplateKinds.TypeOf(needed.Id.Kind)}/{needed.Id.Name}")}')]");
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter writer, TemplateParameter parameter)
    {
        writer.WriteStartObject(parameter.Name);
        writer.WriteString("type", parameter.Type);
        if (parameter.Description is not null)
        {
            writer.WriteStartObject("metadata");
            writer.WriteString("description", parameter.Description);
            writer.WriteEndObject();
        }

        if (parameter.Default is { } value)
        {
            writer.WritePropertyName("defaultValue");
            WriteLiteral(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, TemplateNode value)
    {
        writer.WritePropertyName(Escape(name));
        WriteNode(writer, value);
    }

    private static void WriteNode(Utf8JsonWriter writer, TemplateNode node)
    {
        switch (node)
        {
            case TemplateObject value:
                writer.WriteStartObject();
                foreach (var (name, inner) in value.Members)
                {
                    WriteMember(writer, name, inner);
                }

                writer.WriteEndObject();
                break;
            case TemplateArray array:
                writer.WriteStartArray();
                foreach (var item in array.Items)
                {
                    WriteNode(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ParameterUse use:
                writer.WriteStringValue($"[parameters('{Quote(use.Parameter.Name)}')]");
                break;
            case ReferenceName reference:
                writer.WriteStringValue(Escape(reference.Text));
                break;
            case TemplateLiteral literal:
                WriteLiteral(writer, literal.Value);
                break;
        }
    }

    private static void WriteLiteral(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(Escape(member.Name));
                    WriteLiteral(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteLiteral(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Escape(value.GetString()!));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>A text in brackets is an expression to ARM; one more bracket before it says that it is not (Microsoft's documentation, "Template expressions"). A text that only begins with one is none.</summary>
    private static string Escape(string text) => text.StartsWith('[') && text.EndsWith(']') ? "[" + text : text;

    /// <summary>A text within the quotes of an ARM expression.</summary>
    public static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    public static JsonElement EmptyOf(string type) => JsonElement.Parse(type switch
    {
        "int" => "0",
        "bool" => "false",
        "array" => "[]",
        "object" or "secureObject" => "{}",
        _ => "\"\"",
    });
}
