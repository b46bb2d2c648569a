using System.Text.Json.Nodes;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Emit;

/// <summary>Finds what a path leads to in the JSON of the Git form. Like the spec form, a path may leave out the levels that the schema knows.</summary>
internal static class OverridePlaces
{
    /// <summary>The holders of what a path leads to, each with the last step as it is written there: the name of a member, or an index.</summary>
    /// <param name="type">Of <paramref name="value"/>; null where it is not known.</param>
    /// <param name="creates">Whether the last step may lead to what is not there yet; missing objects on the way are made.</param>
    public static List<(JsonNode Holder, PathStep Step)> Find(JsonNode? value, SchemaType? type, ReadOnlySpan<PathStep> steps, bool creates) => value switch
    {
        JsonObject members => FindMember(members, type, steps, creates),
        JsonArray items when steps[0].IsElement => FindItems(items, type, steps, creates),
        _ => [],
    };

    private static List<(JsonNode Holder, PathStep Step)> FindMember(JsonObject members, SchemaType? type, ReadOnlySpan<PathStep> steps, bool creates)
    {
        var step = steps[0];
        var shape = JsonShapes.OfObject(type, name => TextOf(members, name));
        if (step.IsEach)
        {
            var all = new List<(JsonNode, PathStep)>();
            foreach (var key in members.Select(m => m.Key).ToList())
            {
                all.AddRange(Follow(members, shape, key, steps, creates));
            }

            return all;
        }

        if (FindKey(members, step.Text) is { } known)
        {
            return Follow(members, shape, known, steps, creates);
        }

        // The level between may be left out, if the name is not one of this level.
        if (shape?.Wrapper is { } wrapper && shape.FindProperty(step.Text) is null)
        {
            var inner = members[wrapper.Name] as JsonObject;
            if (inner is not null && FindMember(inner, wrapper.Type, steps, creates: false) is { Count: > 0 } found)
            {
                return found;
            }

            if (creates && JsonShapes.OfObject(wrapper.Type, name => TextOf(members, name))?.FindProperty(step.Text) is not null)
            {
                members[wrapper.Name] = inner ??= [];
                return FindMember(inner, wrapper.Type, steps, creates: true);
            }
        }

        if (!creates)
        {
            return [];
        }

        var written = shape?.FindProperty(step.Text)?.Name ?? step.Text;
        if (steps.Length > 1)
        {
            members[written] = new JsonObject();
        }

        return Follow(members, shape, written, steps, creates);
    }

    private static List<(JsonNode Holder, PathStep Step)> Follow(JsonObject members, ObjectType? shape, string key, ReadOnlySpan<PathStep> steps, bool creates) => steps.Length == 1
        ? [(members, new PathStep(key, IsElement: false))]
        : Find(members[key], JsonShapes.OfMember(shape, key), steps[1..], creates);

    private static List<(JsonNode Holder, PathStep Step)> FindItems(JsonArray items, SchemaType? type, ReadOnlySpan<PathStep> steps, bool creates)
    {
        var step = steps[0];
        var found = new List<(JsonNode, PathStep)>();

        // From the end, so that what is taken away does not move what is still to come.
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (!step.IsEach && step.Index != i && !Names(items[i], step.Text))
            {
                continue;
            }

            if (steps.Length == 1)
            {
                found.Add((items, new PathStep(i.ToString(System.Globalization.CultureInfo.InvariantCulture), IsElement: true)));
            }
            else
            {
                found.AddRange(Find(items[i], JsonShapes.OfItem(type), steps[1..], creates));
            }
        }

        if (found.Count == 0 && creates && steps.Length == 1 && step.Index == items.Count)
        {
            found.Add((items, step));
        }

        return found;
    }

    /// <summary>Elements of lists are named as people speak of them: activities and parameters by their name, dependencies by the activity, references by what they name.</summary>
    private static bool Names(JsonNode? item, string name) => item switch
    {
        JsonObject members => JsonElements.NameMembers.Any(m => name.Equals(TextOf(members, m), StringComparison.OrdinalIgnoreCase)),
        JsonValue value => value.GetValueKind() == System.Text.Json.JsonValueKind.String && name.Equals(value.GetValue<string>(), StringComparison.Ordinal),
        _ => false,
    };

    private static string? FindKey(JsonObject members, string name) =>
        members.ContainsKey(name) ? name : members.Select(m => m.Key).FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? TextOf(JsonObject members, string name) =>
        FindKey(members, name) is { } key && members[key] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : null;
}
