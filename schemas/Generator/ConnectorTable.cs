// Checks what becomes of connectors and how they sign in, and writes it as the server reads it: a line each, with bars between its parts and
// commas between names.
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class ConnectorTable
{
    public const string ResourceName = "connectors.txt";

    /// <exception cref="FormatException">The text has another section, or an entry another key, than it should.</exception>
    public static byte[] Write(string text)
    {
        var lines = new StringBuilder();
        foreach (var (section, node) in Yaml.Parse(text).Entries())
        {
            foreach (var (name, entry) in Mapping(node).Entries())
            {
                switch (section)
                {
                    case "replaced" or "selfHosted":
                        Add(lines, section, name, Names(entry));
                        break;
                    case "ended":
                        Add(lines, section, name, entry.Text());
                        break;
                    case "versions":
                        var version = Mapping(entry);
                        Add(lines, section, name, Required(version, "newest").Text(), Required(version, "ends").Text(), Names(Required(version, "marks")));
                        break;
                    case "signIn":
                        WriteSignIn(lines, name, Mapping(entry));
                        break;
                    default:
                        throw node.Error($"'{section}' is not known here");
                }
            }
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static void WriteSignIn(StringBuilder lines, string name, YamlMappingNode entry)
    {
        foreach (var (key, value) in entry.Entries())
        {
            switch (key)
            {
                case "oneOf" or "atMostOne":
                    Add(lines, key, name, Names(value));
                    break;
                case "together":
                    AddEach(lines, key, name, "", value);
                    break;
                case "methods":
                    AddEach(lines, key, name, Required(entry, "by").Text() + "|", value);
                    break;
                case "by":
                    break;
                default:
                    throw value.Error($"'{key}' is not known here");
            }
        }
    }

    private static void AddEach(StringBuilder lines, string kind, string name, string before, YamlNode entries)
    {
        foreach (var (key, needs) in Mapping(entries).Entries())
        {
            Add(lines, kind, name, before + key, Names(needs));
        }
    }

    private static void Add(StringBuilder lines, params ReadOnlySpan<string> parts) => lines.AppendJoin('|', parts).Append('\n');

    private static YamlNode Required(YamlMappingNode entry, string key) => entry.Find(key) ?? throw entry.Error($"'{key}' is missing");

    private static YamlMappingNode Mapping(YamlNode node) => node as YamlMappingNode ?? throw node.Error("a mapping is wanted");

    private static string Names(YamlNode node) => string.Join(',', (node as YamlSequenceNode ?? throw node.Error("a list is wanted")).Select(n => n.Text()));
}
