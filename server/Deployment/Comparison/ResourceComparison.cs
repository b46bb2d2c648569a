// Compares what is wanted with what is live, by meaning: the service writes much that nobody asked for, and shows no secrets.
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.Security;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Comparison;

/// <summary>One comparison of two resources.</summary>
public sealed class ResourceComparison
{
    private readonly ImmutableArray<PropertyChange>.Builder _changes = ImmutableArray.CreateBuilder<PropertyChange>();
    private readonly List<PathStep> _path = [];

    /// <summary>Whether the service has encrypted the secrets at this level or above.</summary>
    private bool _isEncrypted;

    private ResourceComparison()
    {
    }

    /// <summary>The properties that a deployment of <paramref name="wanted"/> would change. Of a factory only the global parameters count.</summary>
    /// <param name="live">The service's answer, or the body of a request.</param>
    /// <param name="wanted">As <paramref name="live"/>.</param>
    public static ImmutableArray<PropertyChange> Compare(ResourceKind kind, JsonElement live, JsonElement wanted)
    {
        var comparison = new ResourceComparison();
        var schema = SchemaCatalog.Default[kind].FindProperty("properties");
        comparison._path.Add(new PathStep("properties", IsElement: false));
        var (before, after) = (Member(live, "properties"), Member(wanted, "properties"));
        if (kind == ResourceKind.Factory)
        {
            comparison._path.Add(new PathStep("globalParameters", IsElement: false));
            (before, after) = (Member(before, "globalParameters"), Member(after, "globalParameters"));
            schema = (schema?.Type as ObjectType)?.FindProperty("globalParameters");
        }

        comparison.CompareValues("properties", before, after, schema?.Type, schema);
        return comparison._changes.ToImmutable();
    }

    private void CompareValues(string name, JsonElement before, JsonElement after, SchemaType? type, PropertySchema? slot)
    {
        if (Absence.IsNothing(before, slot) && Absence.IsNothing(after, slot))
        {
            return;
        }

        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
        {
            if (!ServiceSecrets.IsSame(before, after))
            {
                CompareObjects(name, before, after, type);
            }
        }
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array)
        {
            CompareArrays(name, before, after, JsonShapes.OfItem(type));
        }
        else if (!ServiceSecrets.IsSame(before, after) && !IsSameScalar(before, after))
        {
            Report(name, before, after);
        }
    }

    private void CompareObjects(string name, JsonElement before, JsonElement after, SchemaType? type)
    {
        var shape = JsonShapes.OfObject(type, n => TextOf(after, n) ?? TextOf(before, n));
        var isEncryptedAbove = _isEncrypted;
        _isEncrypted |= Member(before, ServiceSecrets.Encrypted).ValueKind != JsonValueKind.Undefined;
        foreach (var key in after.EnumerateObject().Select(m => m.Name).Concat(before.EnumerateObject().Select(m => m.Name)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var property = shape?.FindProperty(key);
            if (IsOfService(key, property))
            {
                continue;
            }

            var (old, wanted) = (Member(before, key), Member(after, key));
            if (_isEncrypted && ServiceSecrets.IsHidden(old, wanted, property))
            {
                continue;
            }

            _path.Add(new PathStep(key, IsElement: false));
            CompareValues(key is "value" or "defaultValue" ? name : key, old, wanted, JsonShapes.OfMember(shape, key), property);
            _path.RemoveAt(_path.Count - 1);
        }

        _isEncrypted = isEncryptedAbove;
    }

    /// <summary>
    /// What the service writes, and what it makes of a secret. Whether a trigger fires is asked for apart; whether a private endpoint is connected,
    /// the owner of what it leads to decides (Microsoft's documentation of managed private endpoints).
    /// </summary>
    private bool IsOfService(string key, PropertySchema? property) => property is { IsReadOnly: true } || key.Equals(ServiceSecrets.Encrypted, StringComparison.OrdinalIgnoreCase)
        || (_path.Count == 1 && (key.Equals("runtimeState", StringComparison.OrdinalIgnoreCase) || key.Equals("lastPublishTime", StringComparison.OrdinalIgnoreCase)
            || key.Equals("connectionState", StringComparison.OrdinalIgnoreCase)));

    private void CompareArrays(string name, JsonElement before, JsonElement after, SchemaType? item)
    {
        if (ElementNames.Find(before, after) is not { } nameOf)
        {
            var length = Math.Max(before.GetArrayLength(), after.GetArrayLength());
            for (var i = 0; i < length; i++)
            {
                CompareElement(name, i.ToString(System.Globalization.CultureInfo.InvariantCulture), At(before, i), At(after, i), item);
            }

            return;
        }

        var old = before.EnumerateArray().ToDictionary(nameOf, StringComparer.OrdinalIgnoreCase);
        var wanted = after.EnumerateArray().ToDictionary(nameOf, StringComparer.OrdinalIgnoreCase);
        foreach (var key in wanted.Keys.Concat(old.Keys.Where(k => !wanted.ContainsKey(k))))
        {
            CompareElement(name, key, old.GetValueOrDefault(key), wanted.GetValueOrDefault(key), item);
        }

        // Where no element came or went, their order is a change of its own.
        if (old.Keys.Order(StringComparer.OrdinalIgnoreCase).SequenceEqual(wanted.Keys.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase)
            && !old.Keys.SequenceEqual(wanted.Keys, StringComparer.OrdinalIgnoreCase))
        {
            _changes.Add(new PropertyChange(Path(), Names(old.Keys), Names(wanted.Keys)));
        }
    }

    private void CompareElement(string name, string key, JsonElement before, JsonElement after, SchemaType? item)
    {
        _path.Add(new PathStep(key, IsElement: true));
        CompareValues(name, before, after, item, null);
        _path.RemoveAt(_path.Count - 1);
    }

    private void Report(string name, JsonElement before, JsonElement after) => _changes.Add(new PropertyChange(Path(), Show(name, before), Show(name, after)));

    private static string? Show(string name, JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? null : SecretMask.Hide(name, value);

    private string Path() => _path.Aggregate(new StringBuilder(), PropertyPath.Append).ToString();

    private static string Names(IEnumerable<string> names) => "[" + string.Join(',', names.Select(n => $"\"{JsonEncodedText.Encode(n, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"")) + "]";

    private static JsonElement At(JsonElement array, int index) => index < array.GetArrayLength() ? array[index] : default;

    private static bool IsSameScalar(JsonElement before, JsonElement after) => (before.ValueKind, after.ValueKind) switch
    {
        (JsonValueKind.String, JsonValueKind.String) => before.ValueEquals(after.GetString()),
        (JsonValueKind.Number, JsonValueKind.Number) => before.GetRawText() == after.GetRawText()
            || (before.TryGetDecimal(out var left) && after.TryGetDecimal(out var right) ? left == right : before.GetDouble().Equals(after.GetDouble())),
        var (left, right) => left == right && left is JsonValueKind.True or JsonValueKind.False,
    };

    /// <summary>A member without regard to case, as the service takes it; of two the one that is written alike.</summary>
    internal static JsonElement Member(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        if (value.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return default;
    }

    internal static string? TextOf(JsonElement value, string name) => Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
