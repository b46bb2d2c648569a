using System.Text.Json;
using Azure.Core;
using Azure.Identity;
using Pipewright.Azure;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.AzureServices;

/// <summary>Tokens of the user's own sign-in, which the editor has: <c>pipewright/getToken</c>.</summary>
/// <param name="mayAskUser">Whether the user has just asked for something in Azure, so that the editor may ask for a sign-in.</param>
internal sealed class ClientTokenCredential(JsonRpcHost client, AzureCloud cloud, string? tenant, bool mayAskUser, TimeProvider clock) : TokenCredential
{
    /// <summary>How long a token is used that does not tell its end.</summary>
    private static readonly TimeSpan ShortLife = TimeSpan.FromMinutes(15);

    /// <summary>Who gave the last token; null where nobody did, or the editor does not tell.</summary>
    public string? Account { get; private set; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException("The editor is asked asynchronously.");

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var parameters = new TokenParams(requestContext.Scopes, cloud.Name, tenant, requestContext.Claims, mayAskUser);
        var answer = await client.RequestAsync("pipewright/getToken", ProtocolJson.Write(parameters, ProtocolJson.Default.TokenParams), cancellationToken);
        if (answer is not { ValueKind: JsonValueKind.Object } given || given.Text("token") is not { Length: > 0 } token)
        {
            throw new CredentialUnavailableException(mayAskUser ? "The editor gave no token: the sign-in was refused or cancelled." : "The editor has no token without asking for a sign-in.");
        }

        Account = given.Text("account");
        return new AccessToken(token, given.Time("expiresOn") ?? TokenClaims.Read(token).ExpiresOn ?? clock.GetUtcNow() + ShortLife);
    }
}
