using System.Text.Json;
using Pipewright.Core.Rules.Security;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Comparison;

/// <summary>
/// What becomes of secrets in the service: it keeps them, and gives back a mask, or nothing but <c>encryptedCredential</c> beside them, and a connection
/// string without its secret parts (Microsoft's REST examples). So a secret that is wanted cannot be told from the one that is live.
/// </summary>
internal static class ServiceSecrets
{
    public const string Encrypted = "encryptedCredential";

    /// <summary>Whether two values differ at most in what the service hides.</summary>
    public static bool IsSame(JsonElement live, JsonElement wanted) => wanted.ValueKind switch
    {
        JsonValueKind.Object when SecretMask.IsSecretObject(wanted) => IsMask(live) || (SecretMask.IsSecretObject(live) && IsMaskOrSame(live, wanted)),
        JsonValueKind.String => live.ValueKind == JsonValueKind.String && (IsMask(live) || IsMask(wanted) || WithoutSecrets(live.GetString()!) == WithoutSecrets(wanted.GetString()!)),
        _ => false,
    };

    /// <summary>Whether a secret is wanted that the service has encrypted together with others: it shows none of them.</summary>
    public static bool IsHidden(JsonElement live, JsonElement wanted, PropertySchema? property) => live.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
        && (SecretMask.IsSecretObject(wanted) || (wanted.ValueKind == JsonValueKind.Object && wanted.EnumerateObject().Any() && wanted.EnumerateObject().All(m => SecretMask.IsSecretObject(m.Value))) || (wanted.ValueKind == JsonValueKind.String && property?.Type is ScalarType { IsSecret: true }));

    private static bool IsMaskOrSame(JsonElement live, JsonElement wanted)
    {
        var members = wanted.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.String && m.Name is "value" or "defaultValue").ToList();
        return members.All(m => !live.TryGetProperty(m.Name, out var shown) || shown.ValueKind == JsonValueKind.Null || IsMask(shown) || IsMask(m.Value) || shown.ValueEquals(m.Value.GetString()))
            && wanted.EnumerateObject().All(m => members.Any(s => s.Name == m.Name) || m.Name == "type" || (live.TryGetProperty(m.Name, out var other) && JsonElement.DeepEquals(other, m.Value)));
    }

    /// <summary>Whether a text is what the service shows in place of a secret.</summary>
    public static bool IsMask(string text) => text.Length > 2 && text.All(c => c == '*');

    private static bool IsMask(JsonElement value) => value.ValueKind == JsonValueKind.String && IsMask(value.GetString()!);

    /// <summary>A connection string without its secret parts, and without the semicolon that may be left at the end; any other text as it is.</summary>
    private static string WithoutSecrets(string text) => SecretMask.RemoveParts(text).TrimEnd(';', ' ');
}
