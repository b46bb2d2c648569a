// Checks which types are usual, and writes it as the server reads it: a line for each of what they are variants of, with a bar before them and
// commas between them.
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class UsualTable
{
    public const string ResourceName = "usual.txt";

    /// <exception cref="FormatException">The schema has no such variants, or one stands there twice.</exception>
    public static byte[] Write(string text, SchemaModel model)
    {
        var lines = new StringBuilder();
        foreach (var (union, node) in Yaml.Parse(text).Entries())
        {
            var known = model.Types.GetValueOrDefault(union) as UnionModel ?? throw node.Error($"'{union}' is nothing that has variants");
            var seen = new HashSet<string>();
            foreach (var type in node as YamlSequenceNode ?? throw node.Error("a list is wanted"))
            {
                if (!known.Variants.ContainsKey(type.Text()) || !seen.Add(type.Text()))
                {
                    throw type.Error($"'{type.Text()}' is no variant of {union}, or is there already");
                }
            }

            lines.Append(union).Append('|').AppendJoin(',', seen).Append('\n');
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
