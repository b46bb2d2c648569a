// Checks what context functions and outputs of activities hold, and writes it as the server reads it: the same as JSON.
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Expressions;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class OutputTable
{
    /// <exception cref="FormatException">The text does not follow the form that it describes in its first lines; the message names the line.</exception>
    public static byte[] Write(string text)
    {
        var root = Yaml.Parse(text);
        CheckSections(root);
        var json = JsonSerializer.SerializeToUtf8Bytes(ToJson(root));
        using var document = JsonDocument.Parse(json);
        MemberTables.Parse(document.RootElement);
        return json;
    }

    private static void CheckSections(YamlMappingNode root)
    {
        var shared = root.Map("shared").Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, section) in root.Entries())
        {
            switch (name)
            {
                case "pipeline" or "activity":
                    CheckMembers(section);
                    break;
                case "trigger" or "triggerBody" or "shared":
                    CheckNames(section);
                    root.Map(name).Select(e => e.Value).ToList().ForEach(CheckMembers);
                    break;
                case "outputs":
                    CheckNames(section);
                    root.Map(name).Select(e => e.Value).ToList().ForEach(o => CheckOutput(o, shared));
                    break;
                case "fabricOnly":
                    break;
                default:
                    throw section.Error($"'{name}' is not known here");
            }
        }
    }

    private static void CheckOutput(YamlNode node, HashSet<string> shared)
    {
        var output = node as YamlMappingNode ?? throw node.Error($"an output has {string.Join(", ", OutputText.Keys)}");
        foreach (var (key, value) in output.Entries().Where(e => !OutputText.Keys.Contains(e.Key)))
        {
            throw value.Error($"'{key}' is not known here");
        }

        output.Find("open")?.Flag();
        foreach (var members in output.Entries().Where(e => e.Key == "members").Concat(output.Map("cases").Where(c => c.Key != "property")).Select(e => e.Value))
        {
            CheckMembers(members);
        }

        var read = Yaml.At(output, () => OutputText.Parse(ToElement(output)));
        if (read.Also.FirstOrDefault(a => !shared.Contains(a)) is { } missing)
        {
            throw output.Error($"there are no shared members '{missing}'");
        }
    }

    /// <summary>Checks the inner members first, so that an error names their line.</summary>
    private static void CheckMembers(YamlNode node)
    {
        foreach (var (key, value) in (node as YamlMappingNode ?? throw node.Error("members are written as a mapping")).Entries())
        {
            if (value is YamlSequenceNode { Children: [_, YamlMappingNode inner] })
            {
                CheckMembers(inner);
            }

            Yaml.At(value, () => MemberText.Parse(key, ToElement(value)));
        }

        Yaml.At(node, () => MemberText.ParseAll(ToElement(node)));
    }

    /// <summary>The server finds types of activities and triggers without regard to case.</summary>
    private static void CheckNames(YamlNode section)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in (section as YamlMappingNode ?? throw section.Error("a mapping is wanted")).Entries().Where(e => !names.Add(e.Key)))
        {
            throw value.Error($"'{name}' is there twice");
        }
    }

    private static JsonElement ToElement(YamlNode node) => JsonSerializer.SerializeToElement(ToJson(node));

    private static JsonNode ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Entries().Select(e => KeyValuePair.Create(e.Key, (JsonNode?)ToJson(e.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonValue.Create(node.Text()),
    };
}
