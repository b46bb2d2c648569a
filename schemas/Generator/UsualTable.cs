// Checks what is usual, and writes it as the server reads it: a line for each type, with bars between its parts and commas between names.
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class UsualTable
{
    public const string ResourceName = "usual.txt";

    /// <exception cref="FormatException">The schema has no such variant or property, one stands there twice, or a section is unknown.</exception>
    public static byte[] Write(string text, SchemaModel model)
    {
        var lines = new StringBuilder();
        foreach (var (section, types) in Yaml.Parse(text).Entries())
        {
            foreach (var (name, node) in (types as YamlMappingNode ?? throw types.Error("a mapping is wanted")).Entries())
            {
                var type = model.Types.GetValueOrDefault(name) ?? throw node.Error($"there is no type '{name}'");
                var known = section switch
                {
                    "variants" => (type as UnionModel)?.Variants.Keys.ToHashSet() ?? throw node.Error($"'{name}' is nothing that has variants"),
                    "properties" => PropertiesOf(type, model),
                    _ => throw types.Error($"'{section}' is not known here"),
                };
                lines.Append(section).Append('|').Append(name).Append('|').AppendJoin(',', ReadNames(node, known)).Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static HashSet<string> PropertiesOf(TypeModel type, SchemaModel model) => type is UnionModel union
        ? [.. union.Properties.Keys, .. union.Variants.Values.SelectMany(v => model.Types[v].Properties.Keys)]
        : [.. type.Properties.Keys];

    private static HashSet<string> ReadNames(YamlNode node, HashSet<string> known)
    {
        var seen = new HashSet<string>();
        foreach (var name in node as YamlSequenceNode ?? throw node.Error("a list is wanted"))
        {
            if (!known.Contains(name.Text()) || !seen.Add(name.Text()))
            {
                throw name.Error($"'{name.Text()}' is not in the schema there, or is there already");
            }
        }

        return seen;
    }
}
