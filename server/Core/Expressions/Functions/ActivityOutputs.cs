using System.Collections.Immutable;

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

/// <summary>What an activity has to be told for a member to be in its output.</summary>
/// <param name="Property">A property of the activity's type; with dots between names for one of an inner object.</param>
/// <param name="Value">What it must be; null for a list that must name the member.</param>
public sealed record OutputSetting(string Property, string? Value)
{
    /// <summary>The condition in words: <c>firstRowOnly is false</c>.</summary>
    public string Wish => Value is null ? $"{Property} lists it" : $"{Property} is {Value}";
}

/// <summary>The types of activities' outputs.</summary>
public static class ActivityOutputs
{
    /// <summary>The activity types whose outputs are described.</summary>
    public static IEnumerable<string> Types => MemberReader.Tables.Outputs.Keys;

    /// <summary>The properties of the activity type that its output depends on; with dots between names for one of an inner object.</summary>
    public static IEnumerable<string> PropertiesOf(string activityType) => MemberReader.Tables.Outputs.TryGetValue(activityType, out var output)
        ? ((string?[])[output.OnlyListed, output.CaseProperty]).OfType<string>()
        : [];

    /// <summary>The type of <c>activity('…').output</c>; any where nothing is known of the activity type.</summary>
    public static ExpressionType Find(string activityType, OutputSource source)
    {
        if (!MemberReader.Tables.Outputs.TryGetValue(activityType, out var output))
        {
            return ExpressionType.Any;
        }

        var listed = output.OnlyListed is { } list ? source.FindList(list) : null;
        var isCaseKnown = true;
        var value = output.CaseProperty is { } property ? source.FindText(property, out isCaseKnown) : null;
        var chosen = isCaseKnown ? FindCase(output, value) : null;

        var members = output.Also.SelectMany(a => MemberReader.Tables.Shared[a])
            .Concat(output.Members.Where(m => IsListed(m, listed)))
            .Concat(chosen?.Members ?? output.Cases.SelectMany(c => c.Members))
            .DistinctBy(m => m.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var type = MemberReader.ReadObject(members, word => word == "items" ? source.Items : source.ReturnValues);
        return type with { IsOpen = output.IsOpen || !isCaseKnown, LeftOut = FindLeftOut(output, listed, chosen, members) };
    }

    private static OutputCase? FindCase(OutputText output, string? value) =>
        output.Cases.FirstOrDefault(c => c.Value.Equals(value, StringComparison.OrdinalIgnoreCase)) ?? (output.Cases is [var usual, ..] ? usual : null);

    private static bool IsListed(MemberText member, ImmutableArray<string>? listed) =>
        listed is not { } names || names.Contains(member.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The members that the output would have with other values of the activity's properties, and with which.</summary>
    private static ImmutableDictionary<string, OutputSetting> FindLeftOut(
        OutputText output, ImmutableArray<string>? listed, OutputCase? chosen, List<MemberText> members)
    {
        var unlisted = output.Members.Where(m => !IsListed(m, listed)).Select(m => KeyValuePair.Create(m.Name, new OutputSetting(output.OnlyListed!, null)));
        var others = chosen is null
            ? []
            : output.Cases.SelectMany(c => c.Members.Select(m => KeyValuePair.Create(m.Name, new OutputSetting(output.CaseProperty!, c.Value))))
                .ExceptBy(members.Select(m => m.Name), m => m.Key, StringComparer.OrdinalIgnoreCase);
        return unlisted.Concat(others).DistinctBy(m => m.Key, StringComparer.OrdinalIgnoreCase).ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
