// The published JSON Schemas (draft 7), for people with other editors: one file a kind of resource and form, each whole by itself.
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipewright.Generator.Publishing;

internal static class JsonSchemaFiles
{
    public const string Folder = "published";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is written beside resources, and has one form only.</summary>
    private const string Test = "PipelineTest";

    /// <summary>All files by their paths below <see cref="Folder"/>.</summary>
    public static ImmutableSortedDictionary<string, string> Write(SchemaModel model) =>
        (from isSpec in (bool[])[false, true]
         from resource in model.Resources
         where resource.Key != Test
         select KeyValuePair.Create($"{(isSpec ? "spec" : "git")}/{WordOf(resource.Key)}.schema.json", WriteOne(model, resource.Key, resource.Value, isSpec)))
        .Append(KeyValuePair.Create("pipeline-test.schema.json", ClosedJsonSchema.Write(model, Test)))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>As the Git form names the folder of a kind, and the spec form its files.</summary>
    private static string WordOf(string kind) => kind switch
    {
        "DataFlow" => "dataflow",
        "ChangeDataCapture" => "adfcdc",
        _ => char.ToLowerInvariant(kind[0]) + kind[1..],
    };

    /// <summary>A line a definition, so that a change is a readable diff.</summary>
    private static string WriteOne(SchemaModel model, string kind, string type, bool isSpec)
    {
        var definitions = new JsonSchemaDefinitions(model, isSpec);
        var root = definitions.Refer(type, isRoot: true);
        var text = new StringBuilder("{\n");
        text.Append("\"$schema\": \"http://json-schema.org/draft-07/schema#\",\n");
        text.Append("\"title\": ").Append(ToJson($"Azure Data Factory: {WordOf(kind)} in the {(isSpec ? "spec" : "Git")} form")).Append(",\n");
        text.Append("\"$comment\": \"Generated from schemas/generated and schemas/curated; see schemas/README.md.\",\n");
        text.Append("\"allOf\": [").Append(ToJson(root)).Append("],\n\"definitions\": {\n");
        text.AppendJoin(",\n", definitions.All.Select(d => $"{ToJson(JsonValue.Create(d.Key))}: {ToJson(d.Value)}"));
        return text.Append("\n}\n}\n").ToString();
    }

    private static string ToJson(JsonNode node) => node.ToJsonString(Plain);

    private static string ToJson(string text) => ToJson(JsonValue.Create(text));
}
