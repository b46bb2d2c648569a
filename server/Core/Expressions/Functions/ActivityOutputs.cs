// The types of activities' outputs, read from the embedded resource that the build makes of schemas/curated/expressions/outputs.yaml when first asked for.
using System.Collections.Immutable;
using System.Text.Json;

namespace Pipewright.Core.Expressions;

/// <summary>What an output's type follows from, besides the activity's type.</summary>
public abstract class OutputSource
{
    /// <summary>The text of a property of the activity. Null where it is left out.</summary>
    /// <param name="property">Its name; with dots between names for one of an inner object.</param>
    /// <param name="isKnown">False for an expression, whose value is known only when it runs.</param>
    public abstract string? FindText(string property, out bool isKnown);

    /// <summary>The texts in a list that is a property of the activity. Null where they are not all known.</summary>
    public abstract ImmutableArray<string>? FindList(string property);

    /// <summary>The type of what the pipeline that the activity calls returns.</summary>
    public abstract ExpressionType ReturnValues { get; }

    /// <summary>The type of the array that the activity goes through.</summary>
    public abstract ExpressionType Items { get; }
}

public static class ActivityOutputs
{
    private static readonly Lazy<(Dictionary<string, IReadOnlyList<MemberText>> Shared, Dictionary<string, OutputText> Outputs)> Loaded = new(Load);

    /// <summary>The activity types whose outputs are described.</summary>
    public static IEnumerable<string> Types => Loaded.Value.Outputs.Keys;

    /// <summary>The type of <c>activity('…').output</c>; any where nothing is known of the activity type.</summary>
    public static ExpressionType Find(string activityType, OutputSource source)
    {
        if (!Loaded.Value.Outputs.TryGetValue(activityType, out var output))
        {
            return ExpressionType.Any;
        }

        var members = FindListed(output, source).Concat(output.Also.SelectMany(a => Read(Loaded.Value.Shared[a], source))).ToList();
        var isUnsure = false;
        if (output.CaseProperty is { } property)
        {
            var value = source.FindText(property, out var isKnown);
            isUnsure = !isKnown;
            var match = output.Cases.FirstOrDefault(c => c.Value.Equals(value, StringComparison.OrdinalIgnoreCase), output.Cases[0]);
            members.AddRange((isKnown ? match.Members : output.Cases.SelectMany(c => c.Members).DistinctBy(m => m.Name)).SelectMany(m => Read([m], source)));
        }

        return ExpressionType.ObjectOf(members, isClosed: false) with { IsOpen = output.IsOpen || isUnsure };
    }

    private static IEnumerable<TypeMember> FindListed(OutputText output, OutputSource source)
    {
        var members = Read(output.Members, source);
        return output.OnlyListed is { } property && source.FindList(property) is { } listed
            ? members.Where(m => listed.Contains(m.Name, StringComparer.OrdinalIgnoreCase))
            : members;
    }

    private static IEnumerable<TypeMember> Read(IReadOnlyList<MemberText> members, OutputSource source) =>
        members.Select(m => new TypeMember(m.Name, ReadType(m, source), m.IsOptional, m.Description));

    private static ExpressionType ReadType(MemberText member, OutputSource source) => member.Type switch
    {
        null when member.IsArray => ExpressionType.ArrayOf(ExpressionType.ObjectOf(Read(member.Members, source), isClosed: false)),
        null => ExpressionType.ObjectOf(Read(member.Members, source), isClosed: false),
        "returnValues" => source.ReturnValues,
        "items" => source.Items,
        "array<object>" => ExpressionType.ArrayOf(ExpressionType.Object),
        var type => TypeWords.Parse(type),
    };

    private static (Dictionary<string, IReadOnlyList<MemberText>> Shared, Dictionary<string, OutputText> Outputs) Load()
    {
        using var stream = typeof(ActivityOutputs).Assembly.GetManifestResourceStream(OutputText.ResourceName)
            ?? throw new InvalidOperationException("The server was built without its outputs.");
        using var file = JsonDocument.Parse(stream);
        return OutputText.ParseFile(file.RootElement);
    }
}
