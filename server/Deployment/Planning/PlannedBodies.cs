using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.Security;
using Pipewright.Deployment.Comparison;

namespace Pipewright.Deployment.Planning;

/// <summary>A resource before and after, as people compare texts: what is no change looks the same in both, and secrets are masked.</summary>
/// <param name="Before">Indented JSON; null where there is none.</param>
/// <param name="After">As <paramref name="Before"/>.</param>
public sealed record PlannedBodies(string? Before, string? After)
{
    public static PlannedBodies Of(PlannedChange change)
    {
        var after = change.Unit is { } unit ? Mask(unit.Content) : null;
        if (change.Live is null)
        {
            return new PlannedBodies(null, Write(after));
        }

        var before = after is null ? new JsonObject { ["properties"] = Mask(change.Live.Properties) } : after.DeepClone();
        foreach (var property in after is null ? [] : change.Properties)
        {
            Undo(before, property);
        }

        return new PlannedBodies(Write(before), Write(after));
    }

    private static JsonNode? Mask(JsonElement body) => JsonNode.Parse(SecretMask.Hide("", body), null, new JsonDocumentOptions { MaxDepth = 1024 });

    private static string? Write(JsonNode? body)
    {
        if (body is null)
        {
            return null;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024 }))
        {
            body.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Gives a property the value that it has now. A path that leads nowhere changes nothing: the list of properties tells all the same.</summary>
    private static void Undo(JsonNode body, PropertyChange property)
    {
        var steps = PropertyPath.Parse(property.Path)!.Steps;
        JsonNode? holder = body;
        for (var i = 0; i < steps.Length - 1 && holder is not null; i++)
        {
            holder = Step(holder, steps[i], creates: property.Before is not null && !steps[i + 1].IsElement);
        }

        var value = property.Before is null ? null : JsonNode.Parse(property.Before);
        switch (holder)
        {
            case JsonObject members when property.Before is null:
                members.Remove(FindKey(members, steps[^1].Text) ?? "");
                break;
            case JsonObject members:
                members[FindKey(members, steps[^1].Text) ?? steps[^1].Text] = value;
                break;
            case JsonArray items when Find(items, steps[^1].Text) is { } at:
                _ = property.Before is null ? Remove(items, at) : items[at] = value;
                break;
            case JsonArray items when property.Before is not null:
                items.Add(value);
                break;
        }
    }

    private static JsonNode? Remove(JsonArray items, int at)
    {
        items.RemoveAt(at);
        return null;
    }

    private static JsonNode? Step(JsonNode holder, PathStep step, bool creates)
    {
        switch (holder)
        {
            case JsonObject members when FindKey(members, step.Text) is { } key && members[key] is { } inner:
                return inner;
            case JsonObject members when creates:
                var made = new JsonObject();
                members[step.Text] = made;
                return made;
            case JsonArray items:
                return Find(items, step.Text) is { } at ? items[at] : null;
            default:
                return null;
        }
    }

    private static string? FindKey(JsonObject members, string name) => members.ContainsKey(name) ? name : members.Select(m => m.Key).FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static int? Find(JsonArray items, string name)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject item && ElementNames.Of(item).Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count ? index : null;
    }
}
