using System.Buffers.Text;
using System.Text.Json;

namespace Pipewright.Azure;

/// <summary>What a token says of itself. It is not verified: for messages and for the time of asking again, never for a decision about rights.</summary>
/// <param name="Tenant">The tenant's id; null where the token does not tell.</param>
/// <param name="ExpiresOn">Null where the token does not tell.</param>
public sealed record TokenClaims(string? Tenant, DateTimeOffset? ExpiresOn)
{
    private static readonly TokenClaims None = new(null, null);

    /// <summary>Of a token that can't be read nothing is known; that is no error.</summary>
    public static TokenClaims Read(string token)
    {
        if (token.Split('.') is not [_, var payload, _])
        {
            return None;
        }

        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return new TokenClaims(
                claims.RootElement.Text("tid"),
                claims.RootElement.Member("exp") is { ValueKind: JsonValueKind.Number } exp && exp.TryGetInt64(out var seconds) && seconds is > 0 and < 253402300800
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                    : null);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return None;
        }
    }
}
