// The written form of schemas/curated/expressions/outputs.yaml, which the build turns into JSON; shared by its reader here and the tool that checks it.
using System.Text.Json;

namespace Pipewright.Core.Expressions;

/// <summary>A member as it is written.</summary>
/// <param name="Type">A type, or one of <see cref="WorkedOut"/>; null for an object with <paramref name="Members"/>.</param>
internal sealed record MemberText(string Name, bool IsOptional, bool IsArray, string? Type, string? Description, IReadOnlyList<MemberText> Members)
{
    /// <summary>Types that follow from other parts of the pipeline.</summary>
    public static IReadOnlyList<string> WorkedOut { get; } = ["returnValues", "items", "array<object>"];

    /// <exception cref="FormatException">The value is not written as a member.</exception>
    public static MemberText Parse(string key, JsonElement value)
    {
        var isArray = key.EndsWith("[]", StringComparison.Ordinal);
        var name = isArray ? key[..^2] : key;
        var isOptional = name.EndsWith('?');
        name = isOptional ? name[..^1] : name;
        if (value.ValueKind == JsonValueKind.Object)
        {
            return new MemberText(name, isOptional, isArray, null, null, ParseAll(value));
        }

        if (isArray || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 2)
        {
            throw new FormatException($"'{key}' is neither [type, description] nor an object of members");
        }

        var type = value[0].GetString()!;
        return WorkedOut.Contains(type) || type.Split('|').All(SignatureText.KindWords.Contains)
            ? new MemberText(name, isOptional, false, type, value[1].GetString(), [])
            : throw new FormatException($"'{type}' is not a known type");
    }

    public static IReadOnlyList<MemberText> ParseAll(JsonElement members) => [.. members.EnumerateObject().Select(m => Parse(m.Name, m.Value))];
}

/// <summary>The output of an activity type as it is written.</summary>
/// <param name="Also">Names of shared members.</param>
/// <param name="OnlyListed">The property that lists the members that are there; null where all are.</param>
/// <param name="CaseProperty">The property that <paramref name="Cases"/> depend on.</param>
/// <param name="Cases">Members by the value of that property; the first stands for all other values, and for none.</param>
internal sealed record OutputText(
    IReadOnlyList<string> Also, bool IsOpen, string? OnlyListed, IReadOnlyList<MemberText> Members, string? CaseProperty, IReadOnlyList<(string Value, IReadOnlyList<MemberText> Members)> Cases)
{
    public const string ResourceName = "outputs.json";

    /// <exception cref="FormatException">The value is not written as an output.</exception>
    public static OutputText Parse(JsonElement output)
    {
        if (output.EnumerateObject().FirstOrDefault(p => p.Name is not ("also" or "open" or "onlyListed" or "members" or "cases")) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new FormatException($"'{unknown.Name}' is not known here");
        }

        var cases = output.TryGetProperty("cases", out var given) ? given : default;
        return new OutputText(
            output.TryGetProperty("also", out var also) ? [.. also.EnumerateArray().Select(a => a.GetString()!)] : [],
            output.TryGetProperty("open", out var open) && open.GetString() == "true",
            output.TryGetProperty("onlyListed", out var listed) ? listed.GetString() : null,
            output.TryGetProperty("members", out var members) ? MemberText.ParseAll(members) : [],
            cases.ValueKind == JsonValueKind.Object ? cases.GetProperty("property").GetString() : null,
            cases.ValueKind == JsonValueKind.Object ? [.. cases.EnumerateObject().Where(c => c.Name != "property").Select(c => (c.Name, MemberText.ParseAll(c.Value)))] : []);
    }

    /// <summary>All of a file: shared members by name, and outputs by activity type.</summary>
    /// <exception cref="FormatException">The file does not follow its form; the message names the entry.</exception>
    public static (Dictionary<string, IReadOnlyList<MemberText>> Shared, Dictionary<string, OutputText> Outputs) ParseFile(JsonElement file)
    {
        var shared = file.GetProperty("shared").EnumerateObject().ToDictionary(s => s.Name, s => MemberText.ParseAll(s.Value), StringComparer.Ordinal);
        var outputs = new Dictionary<string, OutputText>(StringComparer.OrdinalIgnoreCase);
        foreach (var output in file.GetProperty("outputs").EnumerateObject())
        {
            try
            {
                outputs.Add(output.Name, Parse(output.Value));
            }
            catch (FormatException e)
            {
                throw new FormatException($"{output.Name}: {e.Message}", e);
            }

            if (outputs[output.Name].Also.FirstOrDefault(a => !shared.ContainsKey(a)) is { } missing)
            {
                throw new FormatException($"{output.Name}: there are no shared members '{missing}'");
            }
        }

        return (shared, outputs);
    }
}
