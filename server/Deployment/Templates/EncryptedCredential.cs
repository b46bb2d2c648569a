// Studio keeps no secret in Git: where a linked service has one, its file has 'encryptedCredential', which only the factory that made it can read. A template has a parameter for the secret instead.
using System.Collections.Immutable;
using System.Text.Json;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Templates;

internal static class EncryptedCredential
{
    public const string Property = "encryptedCredential";

    /// <summary>Which property is the secret one where the file has one of these, as Studio's own templates have it. The first that a linked service's type knows counts.</summary>
    private static readonly ImmutableArray<(string[] Has, string[] Secrets)> Known =
    [
        (["servicePrincipalId"], ["servicePrincipalKey", "servicePrincipalCredential"]),
        (["userName", "username", "userId", "user", "clusterUserName"], ["password"]),
        (["clientId"], ["clientSecret", "password"]),
        (["accessKeyId"], ["secretAccessKey"]),
        ([], ["accountKey", "accessToken", "accessKey", "password", "servicePrincipalKey", "clientSecret", "secretAccessKey", "apiKey", "functionKey", "apiToken", "privateKeyContent", "mwsAuthToken"]),
    ];

    /// <summary>The property whose value is encrypted.</summary>
    /// <param name="type">Of the linked service; null where it has none.</param>
    /// <returns>Null where nobody can tell.</returns>
    public static string? FindSecret(string? type, JsonElement typeProperties)
    {
        var properties = SchemaCatalog.Default[ResourceKind.LinkedService].FindProperty("properties")?.Type is DiscriminatedType types && type is not null
            && types.FindVariant(type)?.FindProperty("typeProperties")?.Type is ObjectType known ? known.Properties : [];
        return Known.Where(k => k.Has.Length == 0 || k.Has.Any(h => Has(typeProperties, h)))
            .SelectMany(k => k.Secrets)
            .Concat(properties.Where(p => p.Type is ScalarType { IsSecret: true }).Select(p => p.Name))
            .FirstOrDefault(s => properties.Any(p => p.Name == s) && !Has(typeProperties, s));
    }

    private static bool Has(JsonElement value, string name) => value.TryGetProperty(name, out _);
}
