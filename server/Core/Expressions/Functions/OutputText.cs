// The written form of schemas/curated/expressions/outputs.yaml, which the build turns into JSON; shared by its reader here and the tool that checks it.
using System.Text.Json;

namespace Pipewright.Core.Expressions;

/// <summary>A member as it is written.</summary>
/// <param name="Name"><see cref="Others"/> for all those whose names nobody can list.</param>
/// <param name="Type">A type, or a word for one that is worked out from the pipeline; null for an object with <paramref name="Members"/>.</param>
internal sealed record MemberText(string Name, bool IsOptional, bool IsArray, string? Type, string Description, IReadOnlyList<MemberText> Members)
{
    public const string Others = "*";

    /// <summary>Words for types that follow from other parts of the pipeline or factory.</summary>
    public static IReadOnlyList<string> WorkedOut { get; } = ["parameters", "globalParameters", "output", "returnValues", "items"];

    /// <exception cref="FormatException">The value is not written as a member.</exception>
    public static MemberText Parse(string key, JsonElement value)
    {
        var isArray = key.EndsWith("[]", StringComparison.Ordinal);
        var name = isArray ? key[..^2] : key;
        var isOptional = name.EndsWith('?');
        name = isOptional ? name[..^1] : name;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 2 || value[0].ValueKind != JsonValueKind.String)
        {
            throw new FormatException($"'{key}' is neither [type, description] nor [description, members]; a text with a comma needs quotes");
        }

        var first = value[0].GetString()!;
        if (value[1].ValueKind == JsonValueKind.Object)
        {
            return new MemberText(name, isOptional, isArray, null, first, ParseAll(value[1]));
        }

        if (isArray || value[1].ValueKind != JsonValueKind.String)
        {
            throw new FormatException($"'{key}' has no members");
        }

        return WorkedOut.Contains(first) || first.Split('|').All(SignatureText.KindWords.Contains)
            ? new MemberText(name, isOptional, false, first, value[1].GetString()!, [])
            : throw new FormatException($"'{first}' is not a known type");
    }

    /// <exception cref="FormatException">The value is not an object of members, or two have one name.</exception>
    public static IReadOnlyList<MemberText> ParseAll(JsonElement members)
    {
        if (members.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("members are written as an object");
        }

        List<MemberText> all = [.. members.EnumerateObject().Select(m => Parse(m.Name, m.Value))];
        var twice = all.GroupBy(m => m.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? all : throw new FormatException($"'{twice.Key}' is there twice");
    }
}

/// <summary>The output of an activity type as it is written.</summary>
/// <param name="Also">Names of shared members.</param>
/// <param name="IsOpen">It may have any other member.</param>
/// <param name="OnlyListed">The property that lists the members that are there; null where all are.</param>
/// <param name="CaseProperty">The property that <paramref name="Cases"/> depend on, with dots to one of an inner object; null where there are none.</param>
/// <param name="Cases">Members by the value of that property; the first stands for all other values, and for none.</param>
internal sealed record OutputText(
    IReadOnlyList<string> Also, bool IsOpen, string? OnlyListed, IReadOnlyList<MemberText> Members, string? CaseProperty, IReadOnlyList<OutputCase> Cases)
{
    public static IReadOnlyList<string> Keys { get; } = ["also", "open", "onlyListed", "members", "cases"];

    /// <exception cref="FormatException">The value is not written as an output.</exception>
    public static OutputText Parse(JsonElement output)
    {
        if (output.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"an output is an object of {string.Join(", ", Keys)}");
        }

        var cases = Find(output, "cases") is { } given ? ReadCases(given) : (null, []);
        return new OutputText(
            Find(output, "also") is { } also ? ReadNames(also) : [],
            Find(output, "open") is { } open && ReadText(open) == "true",
            Find(output, "onlyListed") is { } listed ? ReadText(listed) : null,
            Find(output, "members") is { } members ? MemberText.ParseAll(members) : [],
            cases.Property,
            cases.Cases);
    }

    public static JsonElement? Find(JsonElement value, string key) => value.TryGetProperty(key, out var found) ? found : null;

    public static IReadOnlyList<string> ReadNames(JsonElement list) => list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(ReadText)]
        : throw new FormatException("a list of names is wanted");

    private static string ReadText(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException("a plain value is wanted");

    private static (string Property, IReadOnlyList<OutputCase> Cases) ReadCases(JsonElement cases)
    {
        var property = cases.ValueKind == JsonValueKind.Object && Find(cases, "property") is { } name ? ReadText(name) : throw new FormatException("cases need a property");
        List<OutputCase> all = [.. cases.EnumerateObject().Where(c => c.Name != "property").Select(c => new OutputCase(c.Name, MemberText.ParseAll(c.Value)))];
        return all.Count > 1 ? (property, all) : throw new FormatException("there are fewer than two cases");
    }
}

/// <summary>The members that are there if a property has a value.</summary>
internal sealed record OutputCase(string Value, IReadOnlyList<MemberText> Members);

/// <summary>All that is written of what context functions hold.</summary>
/// <param name="FabricOnly">Members of <c>pipeline()</c> that only Microsoft Fabric has.</param>
/// <param name="Trigger">By trigger type; so is <paramref name="TriggerBody"/>.</param>
/// <param name="Shared">Members that several outputs have, by the name that they are known by in the file.</param>
/// <param name="Outputs">By activity type.</param>
internal sealed record MemberTables(
    IReadOnlyList<MemberText> Pipeline,
    IReadOnlyList<string> FabricOnly,
    IReadOnlyList<MemberText> Activity,
    IReadOnlyDictionary<string, IReadOnlyList<MemberText>> Trigger,
    IReadOnlyDictionary<string, IReadOnlyList<MemberText>> TriggerBody,
    IReadOnlyDictionary<string, IReadOnlyList<MemberText>> Shared,
    IReadOnlyDictionary<string, OutputText> Outputs)
{
    public const string ResourceName = "outputs.json";

    /// <exception cref="FormatException">The file does not follow its form.</exception>
    public static MemberTables Parse(JsonElement file) => new(
        MemberText.ParseAll(Section(file, "pipeline")),
        OutputText.ReadNames(Section(file, "fabricOnly")),
        MemberText.ParseAll(Section(file, "activity")),
        ByName(file, "trigger", MemberText.ParseAll),
        ByName(file, "triggerBody", MemberText.ParseAll),
        ByName(file, "shared", MemberText.ParseAll),
        ByName(file, "outputs", OutputText.Parse));

    private static JsonElement Section(JsonElement file, string name) =>
        OutputText.Find(file, name) ?? throw new FormatException($"'{name}' is missing");

    private static Dictionary<string, T> ByName<T>(JsonElement file, string section, Func<JsonElement, T> read) =>
        Section(file, section).EnumerateObject().ToDictionary(e => e.Name, e => read(e.Value), StringComparer.OrdinalIgnoreCase);
}
