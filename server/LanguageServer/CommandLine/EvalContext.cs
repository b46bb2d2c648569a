using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>The context of an evaluation as a line of JSON gives it.</summary>
internal static class EvalContext
{
    /// <summary>Reads a context; what it leaves out is empty, and the time, GUIDs and chance are real ones.</summary>
    /// <exception cref="FormatException">A part of it is not what it must be; the message says which.</exception>
    public static EvaluationContext Read(JsonElement context, TimeProvider clock)
    {
        if (context.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
        {
            throw new FormatException("'context' must be an object.");
        }

        // Of two parts of one name the last counts, as elsewhere in JSON.
        var parts = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in context.ValueKind == JsonValueKind.Object ? context.EnumerateObject() : default)
        {
            parts[part.Name] = part.Value;
        }

        var guid = ReadGuid(parts);
        var random = parts.TryGetValue("random", out var number) && number.ValueKind == JsonValueKind.Number ? Math.Clamp(number.GetDouble(), 0, 0.999999999) : (double?)null;
        return new EvaluationContext
        {
            Parameters = ReadTable(parts, "parameters") ?? EvaluationContext.Empty,
            GlobalParameters = ReadTable(parts, "globalParameters") ?? EvaluationContext.Empty,
            LibraryVariables = ReadTable(parts, "libraryVariables") ?? EvaluationContext.Empty,
            Variables = ReadTable(parts, "variables") ?? EvaluationContext.Empty,
            Activities = ReadTable(parts, "activities") ?? EvaluationContext.Empty,
            System = ReadTable(parts, "system") ?? EvaluationContext.Empty,
            Dataset = ReadTable(parts, "dataset"),
            LinkedService = ReadTable(parts, "linkedService"),
            Item = ReadValue(parts, "item"),
            Trigger = ReadValue(parts, "trigger"),
            TriggerBody = ReadValue(parts, "triggerBody"),
            Now = ReadNow(parts) ?? clock.GetUtcNow().UtcDateTime,
            NewGuid = () => guid ?? Guid.NewGuid(),
            NextRandom = () => random ?? RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue,
        };
    }

    private static ImmutableDictionary<string, ExpressionValue>? ReadTable(Dictionary<string, JsonElement> parts, string name) =>
        !parts.TryGetValue(name, out var table) || table.ValueKind == JsonValueKind.Null ? null
        : table.ValueKind == JsonValueKind.Object ? EvaluationContext.Empty.SetItems(table.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, ValueJson.Read(p.Value))))
        : throw new FormatException($"'{name}' in the context must be an object.");

    private static ExpressionValue? ReadValue(Dictionary<string, JsonElement> parts, string name) => parts.TryGetValue(name, out var value) ? ValueJson.Read(value) : null;

    private static Guid? ReadGuid(Dictionary<string, JsonElement> parts) => !parts.TryGetValue("guid", out var text) || text.ValueKind == JsonValueKind.Null ? null
        : text.ValueKind == JsonValueKind.String && Guid.TryParse(text.GetString(), out var guid) ? guid
        : throw new FormatException("'guid' in the context must be the text of a GUID.");

    private static DateTime? ReadNow(Dictionary<string, JsonElement> parts) => !parts.TryGetValue("now", out var text) || text.ValueKind == JsonValueKind.Null ? null
        : text.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var now) ? now.UtcDateTime
        : throw new FormatException("'now' in the context must be a time, such as 2024-01-31T13:05:00Z.");
}
