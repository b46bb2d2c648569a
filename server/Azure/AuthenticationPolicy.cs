using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Pipewright.Azure;

/// <summary>Gives each request its token, if it goes to the one host that the token is for. A token that is refused is asked for anew, once.</summary>
internal sealed partial class AuthenticationPolicy(TokenSource tokens, Uri endpoint) : HttpPipelinePolicy
{
    private const int Unauthorized = 401;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Requests are sent asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var address = message.Request.Uri.ToUri();
        if (address.Scheme != "https" || address.Authority != endpoint.Authority)
        {
            throw new ArmException(0, ArmException.ForeignLink, $"A token for {endpoint.Host} is not sent to {address.Host}.", null);
        }

        var token = await GetAsync(null, null, message);
        await SendAsync(token, message, pipeline);
        if (message.Response.Status != Unauthorized)
        {
            return;
        }

        var claims = ReadClaims(message.Response);
        if (claims is null && FindTenant(message.Response) is not null && ArmErrors.ReadCode(message.Response) == ArmErrors.WrongTenant)
        {
            return;
        }

        var another = await GetAsync(token, claims, message);
        if (another != token)
        {
            await SendAsync(another, message, pipeline);
        }
    }

    /// <summary>The tenant that a refused request belongs to: the last part of <c>authorization_uri</c>. Null where the answer does not name one.</summary>
    public static string? FindTenant(global::Azure.Response response) =>
        ReadParameter(response, "authorization_uri") is { } address && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Segments is [_, var first, ..] && first.TrimEnd('/') is { Length: > 0 } tenant && tenant is not ("common" or "organizations")
            ? tenant
            : null;

    private async Task<string> GetAsync(string? refused, string? claims, HttpMessage message)
    {
        try
        {
            return (await tokens.GetAsync(refused, claims, message.CancellationToken)).Token;
        }
        catch (global::Azure.Identity.AuthenticationFailedException e)
        {
            // The exception itself is not kept: nobody knows what it quotes.
            throw new ArmException(0, ArmException.NotSignedIn, tokens.Cache.Scrub(e.Message), null);
        }
    }

    private static async Task SendAsync(string token, HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, "Bearer " + token);
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            // Whoever gets hold of the request afterwards gets no token.
            message.Request.Headers.Remove(HttpHeader.Names.Authorization);
        }
    }

    /// <summary>What the service asks for beyond a token ("continuous access evaluation" in Microsoft's documentation); null for nothing, or nothing that can be read.</summary>
    private static string? ReadClaims(global::Azure.Response response)
    {
        var encoded = ReadParameter(response, "claims");
        var buffer = new byte[encoded?.Length ?? 0];
        return encoded is { Length: > 0 } && Convert.TryFromBase64String(encoded.PadRight((encoded.Length + 3) / 4 * 4, '='), buffer, out var length)
            ? Encoding.UTF8.GetString(buffer, 0, length)
            : null;
    }

    private static string? ReadParameter(global::Azure.Response response, string name) => response.Headers.TryGetValue("WWW-Authenticate", out var challenge) && challenge is not null
        ? Parameter().Matches(challenge).FirstOrDefault(m => m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))?.Groups["value"].Value
        : null;

    [GeneratedRegex("""(?<name>[A-Za-z_]+)="(?<value>[^"]*)["]""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}
