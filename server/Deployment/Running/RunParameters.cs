// The parameters of a pipeline, and whether the values for a run fit them: what is wrong is said before anything is sent.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipewright.Deployment.Running;

/// <summary>A parameter that a pipeline declares.</summary>
/// <param name="Type">As declared; null where it is not said.</param>
/// <param name="Default">JSON; null where it has none, so that a run must give it.</param>
public sealed record RunParameter(string Name, string? Type, string? Default)
{
    public bool IsRequired => Default is null;

    /// <summary>Whether its value must not be shown.</summary>
    public bool IsSecret => Type?.StartsWith("secure", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What a form asks with: text, secret, integer, number, boolean, list or object.</summary>
    public string FieldKind => Type?.ToUpperInvariant() switch
    {
        _ when IsSecret => "secret",
        "INT" => "integer",
        "FLOAT" => "number",
        "BOOL" => "boolean",
        "ARRAY" => "list",
        "OBJECT" => "object",
        _ => "text",
    };

    /// <summary>The default as a form shows it: a text as it is, all else as JSON, lists and objects over several lines. Null where there is none, and of secrets.</summary>
    public string? DefaultText => Default is null || IsSecret ? null : JsonNode.Parse(Default, null, new JsonDocumentOptions { MaxDepth = 1024 }) switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonNode node => RunParameters.Indent(node),
        null => "null",
    };
}

/// <summary>Why a run can't take the value of a parameter, or misses one.</summary>
/// <param name="Name">The parameter's, as it is given.</param>
public sealed record ParameterProblem(string Name, string Message);

/// <param name="pipeline">Its name.</param>
/// <param name="declared">In the order of the file.</param>
public sealed class RunParameters(string pipeline, ImmutableArray<RunParameter> declared)
{
    public ImmutableArray<RunParameter> Declared { get; } = declared;

    /// <param name="json">The body of the PUT request that deploys the pipeline.</param>
    public static RunParameters Of(string pipeline, string json)
    {
        var declared = JsonNode.Parse(json, null, new JsonDocumentOptions { MaxDepth = 1024 })?["properties"]?["parameters"] as JsonObject ?? [];
        return new RunParameters(pipeline, [.. declared.Select(p => new RunParameter(p.Key, Text((p.Value as JsonObject)?["type"]), (p.Value as JsonObject)?["defaultValue"]?.ToJsonString()))]);
    }

    /// <summary>A value that is written as text, as on a command line, as the parameter's type has it; a text that is none of that type stays one.</summary>
    public JsonNode? Read(string name, string text) => Find(name)?.Type?.ToUpperInvariant() switch
    {
        "INT" or "FLOAT" or "BOOL" or "ARRAY" or "OBJECT" => TryParse(text) ?? JsonValue.Create(text),
        _ => JsonValue.Create(text),
    };

    /// <summary>As <see cref="Read"/> for all texts of a form, with what is wrong with them.</summary>
    /// <returns>The values to send, without those of which nothing can be made.</returns>
    public (JsonObject Values, ImmutableArray<ParameterProblem> Problems) ReadAll(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var values = new JsonObject();
        var problems = ImmutableArray.CreateBuilder<ParameterProblem>();
        foreach (var (name, text) in texts)
        {
            if (Find(name) is { FieldKind: "list" or "object" } parameter && FindFault(text) is { } fault)
            {
                problems.Add(new ParameterProblem(parameter.Name, fault));
            }
            else
            {
                values[name] = Read(name, text);
            }
        }

        var broken = problems.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        problems.AddRange(FindProblems(values).Where(p => !broken.Contains(p.Name)));
        return (values, problems.ToImmutable());
    }

    /// <summary>What is wrong with the values, a sentence each; empty where a run can take them.</summary>
    public ImmutableArray<string> Check(JsonObject given) => [.. FindProblems(given).Select(p => p.Message)];

    private List<ParameterProblem> FindProblems(JsonObject given)
    {
        var problems = new List<ParameterProblem>();
        foreach (var (name, value) in given)
        {
            if (Find(name) is not { } parameter)
            {
                problems.Add(new ParameterProblem(name, Declared.IsEmpty
                    ? $"The pipeline '{pipeline}' has no parameter '{name}'. It takes none."
                    : $"The pipeline '{pipeline}' has no parameter '{name}'. It takes {string.Join(", ", Declared.Select(p => p.Name))}."));
            }
            else if (Expected(parameter.Type, value) is { } expected)
            {
                problems.Add(new ParameterProblem(
                    parameter.Name, $"The parameter '{parameter.Name}' takes {expected}, and {(parameter.IsSecret ? "what is given is not one" : $"{value?.ToJsonString() ?? "null"} is not one")}."));
            }
        }

        foreach (var missing in Declared.Where(p => p.IsRequired && !given.Any(g => g.Key.Equals(p.Name, StringComparison.OrdinalIgnoreCase))))
        {
            problems.Add(new ParameterProblem(
                missing.Name, $"The parameter '{missing.Name}'{(missing.Type is null ? "" : $" ({missing.Type})")} has no value. The pipeline '{pipeline}' has no default for it, so the run must give one."));
        }

        return problems;
    }

    internal static string Indent(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024 }))
        {
            node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Where and why a text is no JSON; null where it is.</summary>
    private static string? FindFault(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1024 });
            return null;
        }
        catch (JsonException e)
        {
            // The reader's own place counts from 0, and stands in brackets behind its sentence once more.
            var reason = e.Message.Split(" LineNumber:")[0];
            var line = Encoding.UTF8.GetBytes(text.Split('\n').ElementAtOrDefault((int)(e.LineNumber ?? 0)) ?? "");
            var column = Encoding.UTF8.GetCharCount(line, 0, (int)Math.Min(e.BytePositionInLine ?? 0, line.Length)) + 1;
            return string.IsNullOrWhiteSpace(text) ? "Write JSON here." : $"This is no JSON: line {(e.LineNumber ?? 0) + 1}, column {column}: {reason}";
        }
    }

    private RunParameter? Find(string name) => Declared.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// What a type wants that a value is not; null where it fits. The service converts text that holds a number or a boolean, and takes null and lists
    /// for objects.
    /// </summary>
    private static string? Expected(string? type, JsonNode? value)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        var text = Text(value);
        return (kind == JsonValueKind.Null, type?.ToUpperInvariant()) switch
        {
            (true, _) => null,
            (_, "STRING" or "SECURESTRING") => kind is JsonValueKind.Array or JsonValueKind.Object ? "a text" : null,
            (_, "INT") => (text ?? value!.ToJsonString()) is var number && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "a whole number",
            (_, "FLOAT") => kind != JsonValueKind.True && kind != JsonValueKind.False && double.TryParse(text ?? value!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : "a number",
            (_, "BOOL") => kind is JsonValueKind.True or JsonValueKind.False || (text is not null && bool.TryParse(text, out _)) ? null : "true or false",
            (_, "ARRAY") => kind == JsonValueKind.Array ? null : "a list",
            (_, "OBJECT") => kind is JsonValueKind.Object or JsonValueKind.Array ? null : "an object",
            _ => null,
        };
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text, null, new JsonDocumentOptions { MaxDepth = 1024 });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
