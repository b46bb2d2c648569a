// Checks the functions of the expression language and writes them as the server reads them: a line each.
using Pipewright.Core.Expressions;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class FunctionTable
{
    /// <exception cref="FormatException">The text does not follow the form that it describes in its first lines.</exception>
    public static string Write(string text)
    {
        var root = Yaml.Parse(text);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lines = root.Map("documented").SelectMany(c => ReadFunctions(c.Key, c.Value, names))
            .Concat(ReadFunctions(FunctionLine.Undocumented, root.Find(FunctionLine.Undocumented) ?? throw root.Error("'undocumented' is missing"), names))
            .Concat(ReadForeign(FunctionLine.LogicApps, root, names))
            .Concat(ReadForeign(FunctionLine.DataFlow, root, names));
        return string.Concat(lines.Select(l => l.Write() + "\n").ToList());
    }

    private static IEnumerable<FunctionLine> ReadFunctions(string section, YamlNode node, HashSet<string> names)
    {
        foreach (var item in node as YamlSequenceNode ?? throw node.Error($"'{section}' must be a list"))
        {
            var entry = item as YamlMappingNode ?? throw item.Error("a function has call, does and example");
            if (entry.Entries().FirstOrDefault(e => e.Key is not ("call" or "does" or "example")) is { Key: { } unknown })
            {
                throw entry.Error($"'{unknown}' is not known here");
            }

            var call = (entry.Find("call") ?? throw entry.Error("'call' is missing")).Text();
            var does = (entry.Find("does") ?? throw entry.Error("'does' is missing")).Text();
            AddName(Yaml.At(entry, () => SignatureText.Parse(call)).Name, entry, names);
            var example = entry.Find("example")?.Text();
            yield return example?.Contains(" => ", StringComparison.Ordinal) == false
                ? throw entry.Error("an example is a call, => and its result")
                : new FunctionLine(section, call, does, example);
        }
    }

    private static IEnumerable<FunctionLine> ReadForeign(string section, YamlMappingNode root, HashSet<string> names)
    {
        foreach (var (name, instead) in root.Map(section))
        {
            AddName(name, instead, names);
            yield return new FunctionLine(section, name, "", instead.Text() is "null" ? null : instead.Text());
        }
    }

    private static void AddName(string name, YamlNode node, HashSet<string> names)
    {
        if (!names.Add(name))
        {
            throw node.Error($"'{name}' is there twice");
        }
    }
}
