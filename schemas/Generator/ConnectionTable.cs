// Checks what fits what, and writes it as the server reads it: a line each, with bars between its parts and commas between names.
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class ConnectionTable
{
    public const string ResourceName = "connections.txt";

    /// <exception cref="FormatException">The text has another section, or an entry another key, than it should.</exception>
    public static byte[] Write(string text)
    {
        var lines = new StringBuilder();
        foreach (var (section, node) in Yaml.Parse(text).Entries())
        {
            switch (section)
            {
                case "formats":
                    lines.Append("format|").Append(Names(node)).Append('\n');
                    break;
                case "datasets":
                    WriteEntries(lines, "dataset", node, "linkedServices", "sources", "sinks");
                    break;
                case "locations":
                    WriteEntries(lines, "location", node, "linkedServices", "read", "write");
                    break;
                case "activities":
                    foreach (var (name, types) in Mapping(node).Entries())
                    {
                        lines.Append("activity|").Append(name).Append('|').Append(Names(types)).Append('\n');
                    }

                    break;
                default:
                    throw node.Error($"'{section}' is not known here");
            }
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static void WriteEntries(StringBuilder lines, string kind, YamlNode section, params string[] keys)
    {
        foreach (var (name, entry) in Mapping(section).Entries())
        {
            var members = Mapping(entry);
            foreach (var (key, value) in members.Entries().Where(e => !keys.Contains(e.Key)))
            {
                throw value.Error($"'{key}' is not known here");
            }

            lines.Append(kind).Append('|').Append(name);
            foreach (var key in keys)
            {
                lines.Append('|').Append(Names(members.Find(key) ?? throw entry.Error($"'{key}' is missing")));
            }

            lines.Append('\n');
        }
    }

    private static YamlMappingNode Mapping(YamlNode node) => node as YamlMappingNode ?? throw node.Error("a mapping is wanted");

    private static string Names(YamlNode node) => string.Join(',', (node as YamlSequenceNode ?? throw node.Error("a list is wanted")).Select(n => n.Text()));
}
