using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Comparison;

/// <summary>Finds by which name the elements of two lists can be told apart, so that one that moved is not another one.</summary>
internal static class ElementNames
{
    /// <summary>Members that hold the reference which names an element: of a trigger's pipelines, of a data flow's sources.</summary>
    private static readonly string[] Holders = ["pipelineReference", "referenceTrigger", "dataset", "linkedService"];

    /// <returns>Gives an element's name; null where some have none, or two have the same.</returns>
    public static Func<JsonElement, string>? Find(JsonElement before, JsonElement after)
    {
        if (before.GetArrayLength() + after.GetArrayLength() == 0)
        {
            return null;
        }

        foreach (var member in JsonElements.NameMembers)
        {
            if (Names(before, e => ResourceComparison.TextOf(e, member)) && Names(after, e => ResourceComparison.TextOf(e, member)))
            {
                return e => ResourceComparison.TextOf(e, member)!;
            }
        }

        return Names(before, HolderName) && Names(after, HolderName) ? e => HolderName(e)! : null;
    }

    /// <summary>All that an element can be called.</summary>
    public static IEnumerable<string> Of(JsonObject element)
    {
        foreach (var named in JsonElements.NameMembers.Select(m => element[m]).Concat(Holders.Select(h => (element[h] as JsonObject)?["referenceName"])))
        {
            if (named is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            {
                yield return value.GetValue<string>();
            }
        }
    }

    private static string? HolderName(JsonElement element) =>
        Holders.Select(h => ResourceComparison.TextOf(ResourceComparison.Member(element, h), "referenceName")).FirstOrDefault(n => n is not null);

    private static bool Names(JsonElement list, Func<JsonElement, string?> nameOf)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Object && nameOf(e) is { Length: > 0 } name && seen.Add(name));
    }
}
