using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pipewright.Server.Tests.Templates;

/// <summary>
/// What a template of Azure Resource Manager means: its parameters, and each resource with its body and what it depends on, with all expressions worked out. Parameters stand for themselves, by
/// names as Bicep can have them. Fails on what is no expression of ARM, on unknown parameters and variables, and on dependencies that are not there.
/// </summary>
internal sealed partial class TemplateMeaning
{
    private readonly JsonObject _template;

    public TemplateMeaning(string text)
    {
        _template = JsonNode.Parse(text)!.AsObject();
        foreach (var (name, parameter) in _template["parameters"]!.AsObject())
        {
            Parameters.Add(Identifier(name), $"{parameter!["type"]!.GetValue<string>().ToUpperInvariant()} {Evaluate(parameter["defaultValue"])?.ToJsonString() ?? "-"}");
        }

        foreach (var resource in _template["resources"]!.AsArray().Select(r => r!.AsObject()))
        {
            var type = resource["type"]!.GetValue<string>();
            var path = PathOf(type, Evaluate(resource["name"])!.GetValue<string>().Split('/'));
            var body = new JsonObject(resource.Where(m => m.Key is not ("name" or "type" or "apiVersion" or "dependsOn")).Select(m => KeyValuePair.Create(m.Key, Evaluate(m.Value))));
            var needed = resource["dependsOn"]?.AsArray().Select(d => Evaluate(d)!.GetValue<string>().ToUpperInvariant()).Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
            Resources.Add(path.ToUpperInvariant(), (Sort(body)!.ToJsonString(), string.Join('\n', needed)));
        }

        if (Resources.Values.SelectMany(r => r.Needed.Split('\n', StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault(n => !Resources.ContainsKey(n)) is { } missing)
        {
            throw new FormatException($"There is no {missing} to depend on.");
        }
    }

    /// <summary>By name: the type and the default.</summary>
    public SortedDictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>By the path of the resource: its body, and the paths of what it depends on.</summary>
    public SortedDictionary<string, (string Body, string Needed)> Resources { get; } = new(StringComparer.Ordinal);

    /// <summary>The first difference from another template; null for none.</summary>
    public string? FindDifference(TemplateMeaning other) =>
        Compare(Parameters, other.Parameters) ?? Compare(Resources.ToDictionary(r => r.Key, r => r.Value.Body), other.Resources.ToDictionary(r => r.Key, r => r.Value.Body))
        ?? Compare(Resources.ToDictionary(r => r.Key, r => r.Value.Needed), other.Resources.ToDictionary(r => r.Key, r => r.Value.Needed));

    private static string? Compare(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        left.Keys.Concat(right.Keys).Distinct().Where(k => left.GetValueOrDefault(k) != right.GetValueOrDefault(k))
            .Select(k => $"{k}:\n{left.GetValueOrDefault(k, "nothing")}\n{right.GetValueOrDefault(k, "nothing")}").FirstOrDefault();

    private static string PathOf(string type, string[] names)
    {
        var types = type.Split('/');
        return types[0] + string.Concat(names.Select((n, i) => $"/{types[i + 1]}/{n}"));
    }

    private static string Identifier(string name)
    {
        var plain = NoIdentifier().Replace(name, "_");
        return char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
    }

    /// <summary>Members in one order: their order means nothing.</summary>
    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject value => new JsonObject(value.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sort(m.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Sort)]),
        null => null,
        { } other => other.DeepClone(),
    };

    private JsonNode? Evaluate(JsonNode? node) => node switch
    {
        JsonObject value => new JsonObject(value.Select(m => KeyValuePair.Create(Unescape(m.Key), Evaluate(m.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Evaluate)]),
        JsonValue value when value.TryGetValue<string>(out var text) => EvaluateText(text),
        null => null,
        { } other => other.DeepClone(),
    };

    private JsonNode? EvaluateText(string text)
    {
        if (!text.StartsWith('[') || !text.EndsWith(']') || text.StartsWith("[[", StringComparison.Ordinal))
        {
            return JsonValue.Create(Unescape(text));
        }

        var (value, end) = Read(text, 1);
        return end == text.Length - 1 ? value : throw new FormatException($"'{text}' is no expression.");
    }

    private static string Unescape(string text) => text.StartsWith("[[", StringComparison.Ordinal) && text.EndsWith(']') ? text[1..] : text;

    /// <summary>A text in quotes or a call of a function.</summary>
    private (JsonNode? Value, int End) Read(string text, int at)
    {
        if (Quoted().Match(text, at) is { Success: true } quoted)
        {
            return (JsonValue.Create(quoted.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal)), at + quoted.Length);
        }

        if (Number().Match(text, at) is { Success: true } number)
        {
            return (JsonNode.Parse(number.Value), at + number.Length);
        }

        var name = FunctionName().Match(text, at) is { Success: true } found ? found.Groups[1].Value : throw new FormatException($"'{text}' is no expression at {at}.");
        at += found.Length;
        var arguments = new List<JsonNode?>();
        while (text[at] != ')')
        {
            var (argument, end) = Read(text, at);
            arguments.Add(argument);
            at = Space().Match(text, end) is { Success: true } space ? end + space.Length : end;
        }

        return (Call(name, arguments), at + 1);
    }

    private JsonNode? Call(string name, List<JsonNode?> arguments)
    {
        return name switch
        {
            "parameters" => JsonValue.Create(Text(0) == "factoryName" ? "F" : $"«{Known(Text(0))}»"),
            "variables" => Evaluate(_template["variables"]![Text(0)] ?? throw new FormatException($"There is no variable '{Text(0)}'.")),
            "concat" => JsonValue.Create(string.Concat(arguments.Select((_, i) => Text(i)))),
            "format" => JsonValue.Create(string.Format(CultureInfo.InvariantCulture, Text(0), [.. arguments.Skip(1).Select((_, i) => Text(i + 1))])),
            "resourceId" => JsonValue.Create(PathOf(Text(0), [.. arguments.Skip(1).Select((_, i) => Text(i + 1))])),
            "take" => JsonValue.Create(Text(0)),
            "json" => JsonNode.Parse(Text(0)),
            _ => throw new FormatException($"'{name}' is not expected in an exported template."),
        };

        string Text(int at) => arguments[at]!.GetValue<string>();
    }

    private string Known(string parameter) => _template["parameters"]!.AsObject().ContainsKey(parameter) ? Identifier(parameter) : throw new FormatException($"There is no parameter '{parameter}'.");

    [GeneratedRegex(@"\G'((?:[^']|'')*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\G-?\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"\G([A-Za-z]+)\(")]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"\G, *")]
    private static partial Regex Space();

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NoIdentifier();
}
