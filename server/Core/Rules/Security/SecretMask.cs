using System.Text;
using System.Text.Json;
using Pipewright.Core.Rules.Connections;

namespace Pipewright.Core.Rules.Security;

/// <summary>Hides the secrets in what is shown to people or written to disk: what a rule would find as one, and all that stands in the place of one.</summary>
public static class SecretMask
{
    /// <summary>What is shown in place of a secret. The service shows the same.</summary>
    public const string Mask = "**********";

    /// <summary>A text without its secrets; the same text where it has none.</summary>
    /// <param name="name">Of the property that holds it.</param>
    public static string Hide(string name, string text)
    {
        if (name == "encryptedCredential" || (SecretText.SaysSecret(name) && SecretText.IsReal(text)))
        {
            return Mask;
        }

        // One secret hides the next, which is found once it is gone.
        for (var round = 0; round < 16 && (SecretText.FindInConnection(text) ?? SecretText.FindToken(text)) is var (_, start, length); round++)
        {
            text = string.Concat(text.AsSpan(0, start), Mask, text.AsSpan(start + length));
        }

        return text;
    }

    /// <summary>A connection string without its secret parts, as the service gives it back; any other text as it is.</summary>
    public static string RemoveParts(string text)
    {
        var left = new StringBuilder(text);
        foreach (var part in ConnectionStringParts.Parse(text).Where(p => SecretText.SecretKeys.Contains(p.Key)).Reverse())
        {
            left.Remove(part.Whole.Start, part.Whole.Length);
        }

        // The semicolon before a last part goes with it.
        return left.Length < text.Length && !text.EndsWith(';') ? left.ToString().TrimEnd(';') : left.ToString();
    }

    /// <summary>A value as compact JSON text without its secrets.</summary>
    /// <param name="name">Of the property that holds it.</param>
    public static string Hide(string name, JsonElement value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024 }))
        {
            Write(writer, name, value);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var isSecret = IsSecretObject(value);
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    if (isSecret && member.Value.ValueKind is JsonValueKind.String && member.Name is "value" or "defaultValue")
                    {
                        writer.WriteStringValue(Mask);
                    }
                    else
                    {
                        // A parameter or a header is named by the object around its value.
                        Write(writer, member.Name is "value" or "defaultValue" or "content" ? name : member.Name, member.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, name, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Hide(name, value.GetString()!));
                break;
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>A <c>SecureString</c>, or a parameter of that type.</summary>
    public static bool IsSecretObject(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String && "SecureString".Equals(type.GetString(), StringComparison.OrdinalIgnoreCase);
}
