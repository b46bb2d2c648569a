// The shape in which the service keeps and gives back what it was sent. It goes by the schema: by the types of properties, not by the names of
// linked services or activities. What is known for sure and what is only likely, docs/emulator.md says.
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Pipewright.Core.Rules.Security;
using Pipewright.Core.Schema;

namespace Pipewright.Emulator;

/// <param name="now">The time of the request.</param>
/// <param name="serial">A number that no other change has: a new encrypted credential never looks like the last one.</param>
internal sealed class ServiceForm(DateTimeOffset now, long serial)
{
    /// <summary>What the service shows in place of a secret.</summary>
    public const string Mask = "**********";

    private const string Credential = "encryptedCredential";
    private const string PublishTime = "lastPublishTime";
    private const string ConnectionState = "connectionState";

    /// <summary>Where a secret was found whose object has a place for encrypted ones.</summary>
    private sealed class Secrets
    {
        public bool Found { get; set; }
    }

    /// <summary>The properties as the service keeps them.</summary>
    public JsonObject Keep(ResourceKind kind, JsonObject properties)
    {
        if (SchemaCatalog.Default[kind].FindProperty("properties")?.Type is not { } type)
        {
            return properties;
        }

        var kept = WriteObject(properties, type, null);
        var schema = JsonShapes.OfObject(type, name => properties.Text(name));
        if (schema?.FindProperty("annotations") is not null && kept["annotations"] is null)
        {
            kept["annotations"] = new JsonArray();
        }

        AddServiceValues(kept, schema);
        return kept;
    }

    /// <summary>Gives a resource that is replaced what the service had given it: its network stays the same one, and what was approved stays approved.</summary>
    public static void Carry(ResourceKind kind, JsonObject kept, JsonObject old)
    {
        var schema = SchemaCatalog.Default[kind].FindProperty("properties")?.Type is { } type ? JsonShapes.OfObject(type, name => kept.Text(name)) : null;
        foreach (var property in schema?.Properties.Where(p => (p.IsReadOnly && p.Name != PublishTime) || p.Name == ConnectionState) ?? [])
        {
            if (old[property.Name] is { } value)
            {
                kept[property.Name] = value.DeepClone();
            }
        }
    }

    /// <summary>Values that only the service writes, for each property that the schema calls read-only.</summary>
    private void AddServiceValues(JsonObject kept, ObjectType? schema)
    {
        foreach (var property in schema?.Properties.Where(p => p.IsReadOnly) ?? [])
        {
            JsonNode? value = property.Name switch
            {
                PublishTime => now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                "provisioningState" => "Succeeded",
                "vNetId" => MakeId(0),
                "alias" => "emulated",
                "isReserved" => false,
                _ => null,
            };
            if (value is not null)
            {
                kept[property.Name] = value;
            }
        }

        // A private endpoint waits for the owner of what it leads to.
        if (schema?.FindProperty(ConnectionState)?.Type is ObjectType)
        {
            kept.Remove(ConnectionState);
            kept[ConnectionState] = new JsonObject { ["status"] = "Pending", ["description"] = "", ["actionsRequired"] = "None" };
        }
    }

    private JsonNode? Write(string name, JsonNode? node, SchemaType? type, Secrets? secrets) => node switch
    {
        JsonObject value when IsSecureString(value) => Hide(value, secrets),
        JsonObject value => WriteObject(value, type, secrets),
        JsonArray array => new JsonArray([.. array.Select(item => Write(name, item, (type as ArrayType)?.Item, null))]),
        JsonValue value when type is ScalarType { IsSecret: true } && value.Text() is { } text => WriteSecret(name, text, secrets),
        null => null,
        _ => node.DeepClone(),
    };

    private JsonObject WriteObject(JsonObject value, SchemaType? type, Secrets? secrets)
    {
        var schema = JsonShapes.OfObject(type, name => value.Text(name));
        var own = schema?.FindProperty(Credential) is not null ? new Secrets() : null;
        var place = own ?? secrets;
        JsonObject written = [];
        foreach (var (name, inner) in value.OrderBy(p => PlaceOf(p.Key, schema, type)))
        {
            var property = schema?.FindProperty(name);
            if (property is { IsReadOnly: true })
            {
                continue;
            }

            var result = Write(name, inner, property?.Type ?? schema?.AdditionalProperties?.Value, place);
            if (result is not null || inner is null)
            {
                written[name] = result;
            }
        }

        FillSettings(written, schema);
        HideDefault(written, schema);
        if (own is { Found: true })
        {
            written[Credential] = MakeCredential();
        }

        return written;
    }

    /// <summary>The property that decides the type comes first, then what is its own; the rest stays in its order. So are the answers in Microsoft's examples.</summary>
    private static int PlaceOf(string name, ObjectType? schema, SchemaType? type) => type is not DiscriminatedType decided ? 0
        : name.Equals(decided.DiscriminatorName, StringComparison.Ordinal) ? 0
        : name.Equals(schema?.Wrapper?.Name, StringComparison.Ordinal) ? 1 : 2;

    /// <summary>Settings of which every one has a known default, such as an activity's policy, are given back complete.</summary>
    private static void FillSettings(JsonObject written, ObjectType? schema)
    {
        if (schema is not { Properties: { Length: > 1 } properties } || properties.Any(p => p.Default is null))
        {
            return;
        }

        foreach (var property in properties.Where(p => !written.Any(w => w.Key.Equals(p.Name, StringComparison.OrdinalIgnoreCase))))
        {
            written[property.Name] = ParseDefault(property.Default!);
        }
    }

    private static JsonNode? ParseDefault(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }

    /// <summary>The default of a parameter that is secret.</summary>
    private static void HideDefault(JsonObject written, ObjectType? schema)
    {
        if (schema?.FindProperty("defaultValue") is not null && written.ContainsKey("defaultValue")
            && "SecureString".Equals(written.Text("type"), StringComparison.OrdinalIgnoreCase))
        {
            written["defaultValue"] = Mask;
        }
    }

    private static bool IsSecureString(JsonObject value) =>
        "SecureString".Equals(value.Text("type"), StringComparison.OrdinalIgnoreCase) && value.ContainsKey("value") && !value.ContainsKey("defaultValue");

    /// <summary>Null where the secret goes into the encrypted credential; masked in its place where there is none for it.</summary>
    private static JsonObject? Hide(JsonObject secret, Secrets? secrets)
    {
        if (secrets is not null)
        {
            secrets.Found = true;
            return null;
        }

        var hidden = (JsonObject)secret.DeepClone();
        hidden["value"] = Mask;
        return hidden;
    }

    /// <summary>A connection string without its secret parts; nothing of what is secret as a whole. What is computed at run time is no secret.</summary>
    private static JsonNode? WriteSecret(string name, string text, Secrets? secrets)
    {
        if (text.StartsWith('@') || text.Contains("@{", StringComparison.Ordinal))
        {
            return text;
        }

        if (name.Contains("connectionString", StringComparison.OrdinalIgnoreCase) && !text.Contains("://", StringComparison.Ordinal))
        {
            return WriteConnection(text, secrets);
        }

        if (secrets is null)
        {
            return Mask;
        }

        secrets.Found = true;
        return null;
    }

    private static string WriteConnection(string text, Secrets? secrets)
    {
        var open = SecretMask.RemoveParts(text);
        if (secrets is not null)
        {
            secrets.Found |= open.Length < text.Length;
        }

        return open;
    }

    /// <summary>What it is encrypted with and where it is kept, in base 64: so the service writes it. There is no secret in it.</summary>
    private string MakeCredential() => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $$"""{"Version":"2017-11-30","ProtectionMode":"Key","SecretContentType":"Plaintext","CredentialId":"EMULATED_{{MakeId(1)}}"}"""));

    private string MakeId(int salt) => string.Create(CultureInfo.InvariantCulture, $"{(uint)now.ToUnixTimeSeconds():x8}-0000-4000-8000-{salt:x4}{serial & 0xffffffff:x8}");
}
