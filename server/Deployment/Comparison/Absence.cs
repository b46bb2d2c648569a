using System.Text.Json;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Comparison;

/// <summary>Tells what is as good as not written: the service fills in empty values and defaults, and leaves others out.</summary>
internal static class Absence
{
    /// <summary>Whether a value says no more than its absence would.</summary>
    /// <param name="slot">The property that holds it; null for an element of a list, which is always something.</param>
    public static bool IsNothing(JsonElement value, PropertySchema? slot) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => IsEmpty(value, slot),
        _ => slot?.Default is { } text && IsDefault(value, text),
    };

    /// <summary>An object whose members are all nothing, or the service's own. One of several types says something by its type alone.</summary>
    private static bool IsEmpty(JsonElement value, PropertySchema? slot)
    {
        foreach (var member in value.EnumerateObject())
        {
            var inner = (slot?.Type as ObjectType)?.FindProperty(member.Name);
            if (inner is { IsReadOnly: true })
            {
                continue;
            }

            if (inner is null ? member.Value.ValueKind != JsonValueKind.Null : !IsNothing(member.Value, inner))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDefault(JsonElement value, string text)
    {
        var known = JsonElement.Parse(text);
        return value.ValueKind == known.ValueKind && (value.ValueKind == JsonValueKind.String ? value.ValueEquals(known.GetString()) : value.GetRawText() == known.GetRawText());
    }
}
