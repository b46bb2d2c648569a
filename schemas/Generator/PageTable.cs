// Checks where types are described, and writes it as the server reads it: a line a type, with a bar before its page.
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class PageTable
{
    public const string ResourceName = "pages.txt";

    /// <exception cref="FormatException">A page has no list of types, or a type has two pages.</exception>
    public static byte[] Write(string text)
    {
        var lines = new StringBuilder();
        var seen = new HashSet<string>();
        foreach (var (page, node) in Yaml.Parse(text).Entries())
        {
            foreach (var type in node as YamlSequenceNode ?? throw node.Error("a list is wanted"))
            {
                lines.Append(seen.Add(type.Text()) ? type.Text() : throw type.Error($"'{type.Text()}' has a page already")).Append('|').Append(page).Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
