// Checks the outputs of activities and writes them as the server reads them: the same as JSON.
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Expressions;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class OutputTable
{
    /// <exception cref="FormatException">The text does not follow the form that it describes in its first lines.</exception>
    public static byte[] Write(string text)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(ToJson(Yaml.Parse(text)));
        using var document = JsonDocument.Parse(json);
        OutputText.ParseFile(document.RootElement);
        return json;
    }

    private static JsonNode ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Entries().Select(e => KeyValuePair.Create(e.Key, (JsonNode?)ToJson(e.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonValue.Create(node.Text()),
    };
}
