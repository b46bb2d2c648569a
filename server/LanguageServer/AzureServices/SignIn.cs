using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Pipewright.Azure;
using Pipewright.Azure.Databricks;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.AzureServices;

/// <summary>The clients of Azure that a session makes, all with the same sign-in.</summary>
/// <param name="transport">What carries the requests; null for HTTP.</param>
internal sealed class SignIn(ServerSession session, HttpPipelineTransport? transport)
{
    private readonly ConcurrentDictionary<(string Cloud, string? Tenant, string Scope), TokenCache> _tokens = new();

    /// <summary>Whether the client has the user's sign-in: <c>tokens</c> of its <c>initializationOptions</c>.</summary>
    public bool IsInClient { get; set; }

    /// <summary>Reads from <c>initializationOptions</c> whether the client gives tokens.</summary>
    public static bool ReadIsInClient(JsonElement options) => options.Flag("tokens") == true;

    /// <param name="mayAskUser">Whether the user has just asked for something in Azure: nothing in the background may open a window.</param>
    public DataFactoryClient Connect(FactoryTarget target, bool mayAskUser) => target.Cloud is { } cloud
        ? new(target, CredentialFor(cloud, target.Tenant, mayAskUser), OptionsFor(TokensFor(cloud, target.Tenant, cloud.Scope)))
        : new(target, null, OptionsFor(null));

    /// <summary>A workspace of Databricks: with the personal token of the environment where there is one, else with the sign-in to Azure.</summary>
    /// <param name="mayAskUser">As of <see cref="Connect"/>.</param>
    public DatabricksClient ConnectDatabricks(DatabricksWorkspace workspace, bool mayAskUser) => workspace.Cloud is not { } cloud
        ? new(workspace, null, OptionsFor(null))
        : DatabricksCredentials.FromEnvironment(workspace) is { } personal
            ? new(workspace, personal, OptionsFor(null))
            : new(workspace, CredentialFor(cloud, workspace.Tenant, mayAskUser), OptionsFor(TokensFor(cloud, workspace.Tenant, AzureCloud.DatabricksScope)));

    /// <summary>What there is to deploy to in a cloud.</summary>
    /// <param name="mayAskUser">As of <see cref="Connect"/>.</param>
    public SubscriptionClient ConnectSubscriptions(AzureCloud cloud, string? tenant, bool mayAskUser) =>
        new(cloud.Endpoint, tenant, CredentialFor(cloud, tenant, mayAskUser), OptionsFor(TokensFor(cloud, tenant, cloud.Scope)));

    /// <summary>Asks for a new token, with a dialog where one is needed.</summary>
    /// <returns>A sentence for the user.</returns>
    /// <exception cref="RequestFailedException">There is no token to be had.</exception>
    public async Task<string> AskAsync(FactoryTarget target, CancellationToken cancellation)
    {
        if (target.Cloud is not { } cloud)
        {
            return $"{target.Factory} is an emulator's, which needs no sign-in.";
        }

        if (!IsInClient)
        {
            throw new RequestFailedException(
                RequestFailedException.RequestFailed, $"This editor has no sign-in to give. Run 'az login{(target.Tenant is null ? "" : $" --tenant {target.Tenant}")}' instead.");
        }

        var credential = new ClientTokenCredential(session.Host, cloud, target.Tenant, mayAskUser: true, TimeProvider.System);
        var tokens = TokensFor(cloud, target.Tenant, cloud.Scope);
        tokens.Forget();
        try
        {
            var token = await tokens.GetAsync(credential, new TokenRequestContext([cloud.Scope]), null, cancellation);
            var tenant = TokenClaims.Read(token.Token).Tenant ?? target.Tenant;
            return $"Signed in{(credential.Account is null ? "" : $" as {credential.Account}")}{(tenant is null ? "" : $" to the tenant {tenant}")}.";
        }
        catch (AuthenticationFailedException e)
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, e.Message);
        }
    }

    /// <summary>A text without the tokens that were given in this session.</summary>
    public string Scrub(string text) => _tokens.Values.Aggregate(text, (clean, tokens) => tokens.Scrub(clean));

    private TokenCredential CredentialFor(AzureCloud cloud, string? tenant, bool mayAskUser) => IsInClient
        ? new ClientTokenCredential(session.Host, cloud, tenant, mayAskUser, TimeProvider.System)
        : AzureCredentials.FromMachine(cloud, tenant);

    private ArmOptions OptionsFor(TokenCache? tokens) => ArmOptions.Default with
    {
        Transport = transport,
        Trace = Trace,
        Tokens = tokens,
    };

    private TokenCache TokensFor(AzureCloud cloud, string? tenant, string scope) => _tokens.GetOrAdd((cloud.Name, tenant, scope), _ => new TokenCache(TimeProvider.System));

    private void Trace(RequestTrace request)
    {
        if (session.IsVerbose)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Method} {request.Path}: {request.Status}, {request.Duration.TotalMilliseconds:0.0} ms, client request id {request.ClientRequestId}{(request.CorrelationId is null ? "" : $", correlation id {request.CorrelationId}")}");
            session.Notify("$/logTrace", ProtocolJson.Write(new LogTraceParams(message), ProtocolJson.Default.LogTraceParams));
        }
    }
}
