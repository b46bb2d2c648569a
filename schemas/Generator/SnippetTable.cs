// Checks the shape of the snippets, and puts them into one text, a YAML document a file. What they mean is for the server to read.
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class SnippetTable
{
    public const string ResourceName = "snippets.yaml";

    private static readonly string[] Keys = ["title", "kind", "description", "stops", "body"];

    private static readonly string[] StopKeys = ["default", "is", "types", "choices"];

    /// <exception cref="FormatException">A snippet lacks a member, or has another than it should.</exception>
    public static byte[] Write(IEnumerable<KeyValuePair<string, string>> files)
    {
        var all = new StringBuilder();
        foreach (var (file, text) in files)
        {
            try
            {
                Check(Yaml.Parse(text));
            }
            catch (FormatException e)
            {
                throw new FormatException($"snippets/{file}: {e.Message}", e);
            }

            all.Append("---\n").Append(text);
        }

        return Encoding.UTF8.GetBytes(all.ToString());
    }

    private static void Check(YamlMappingNode snippets)
    {
        foreach (var (name, node) in snippets.Entries())
        {
            var snippet = node as YamlMappingNode ?? throw node.Error("a snippet is a mapping");
            if (Keys.FirstOrDefault(k => snippet.Find(k) is null) is { } missing)
            {
                throw node.Error($"'{name}' has no '{missing}'");
            }

            if (snippet.Entries().FirstOrDefault(e => !Keys.Contains(e.Key)) is { Key: { } unknown })
            {
                throw node.Error($"'{unknown}' is not known here");
            }

            foreach (var (stop, value) in snippet.Map("stops"))
            {
                var members = value as YamlMappingNode ?? throw value.Error("a stop is a mapping");
                if (members.Find("default") is null || members.Entries().Any(e => !StopKeys.Contains(e.Key)))
                {
                    throw value.Error($"'{stop}' needs a 'default', and may have 'is', 'types' and 'choices'");
                }
            }
        }
    }
}
