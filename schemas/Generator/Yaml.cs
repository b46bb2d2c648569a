// Small reading and writing of YAML for the schema's own files.
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static partial class Yaml
{
    /// <exception cref="FormatException">The text is no YAML mapping, or has a key twice in one.</exception>
    public static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {e.Start.Line}: {e.Message}"), e);
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }] ? root : throw new FormatException("The file is not one YAML mapping.");
    }

    public static YamlNode? Find(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    public static IEnumerable<KeyValuePair<string, YamlNode>> Entries(this YamlMappingNode node) =>
        node.Children.Select(c => KeyValuePair.Create(c.Key.Text(), c.Value));

    /// <summary>The entries of the mapping under a key; none where the key is missing.</summary>
    public static IEnumerable<KeyValuePair<string, YamlNode>> Map(this YamlMappingNode node, string key) => node.Find(key) switch
    {
        null => [],
        YamlMappingNode map => map.Entries(),
        var other => throw other.Error($"'{key}' must be a mapping"),
    };

    public static string Text(this YamlNode node) => node is YamlScalarNode { Value: { } value } ? value : throw node.Error("a plain value is wanted");

    public static bool Flag(this YamlNode node) => node.Text() switch
    {
        "true" => true,
        "false" => false,
        _ => throw node.Error("true or false is wanted"),
    };

    public static FormatException Error(this YamlNode node, string message) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {node.Start.Line}: {message}."));

    /// <summary>What is read at a node, whose line any error then names.</summary>
    /// <exception cref="FormatException">What stands there does not follow its form.</exception>
    public static T At<T>(YamlNode node, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw node.Error(e.Message);
        }
    }

    /// <summary>A scalar as JSON text: quoted and word-like ones as strings, others by their looks.</summary>
    public static string ToJson(YamlNode node) => node switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" or "null" } literal => literal.Value,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } number } when Number().IsMatch(number) => number,
        YamlScalarNode { Value: { } text } => JsonSerializer.Serialize(text),
        YamlSequenceNode list => $"[{string.Join(",", list.Select(ToJson))}]",
        _ => throw node.Error("a default is a plain value or a list of such"),
    };

    /// <summary>A plain scalar where YAML takes it as a string, else one in single quotes.</summary>
    public static string Quote(string value) =>
        PlainWord().IsMatch(value) && value is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n")
            ? value
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex("^[A-Za-z_$][A-Za-z0-9_.$/-]*( [A-Za-z0-9_.$/-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"^-?\d+(\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
