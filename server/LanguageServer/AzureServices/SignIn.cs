using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Pipewright.Azure;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.AzureServices;

/// <summary>The clients of Azure that a session makes, all with the same sign-in.</summary>
/// <param name="transport">What carries the requests; null for HTTP.</param>
internal sealed class SignIn(ServerSession session, HttpPipelineTransport? transport)
{
    private readonly ConcurrentDictionary<(string Cloud, string? Tenant), TokenCache> _tokens = new();

    /// <summary>Whether the client has the user's sign-in: <c>tokens</c> of its <c>initializationOptions</c>.</summary>
    public bool IsInClient { get; set; }

    /// <summary>Reads from <c>initializationOptions</c> whether the client gives tokens.</summary>
    public static bool ReadIsInClient(JsonElement options) => options.Flag("tokens") == true;

    /// <param name="mayAskUser">Whether the user has just asked for something in Azure: nothing in the background may open a window.</param>
    public DataFactoryClient Connect(FactoryTarget target, bool mayAskUser) => target.Cloud is { } cloud
        ? new(target, CredentialFor(cloud, target.Tenant, mayAskUser), OptionsFor(cloud, target.Tenant))
        : new(target, null, OptionsFor(null, null));

    /// <summary>What there is to deploy to in a cloud.</summary>
    /// <param name="mayAskUser">As of <see cref="Connect"/>.</param>
    public SubscriptionClient ConnectSubscriptions(AzureCloud cloud, string? tenant, bool mayAskUser) =>
        new(cloud.Endpoint, tenant, CredentialFor(cloud, tenant, mayAskUser), OptionsFor(cloud, tenant));

    private TokenCredential CredentialFor(AzureCloud cloud, string? tenant, bool mayAskUser) => IsInClient
        ? new ClientTokenCredential(session.Host, cloud, tenant, mayAskUser, TimeProvider.System)
        : AzureCredentials.FromMachine(cloud, tenant);

    private ArmOptions OptionsFor(AzureCloud? cloud, string? tenant) => ArmOptions.Default with
    {
        Transport = transport,
        Trace = Trace,
        Tokens = cloud is null ? null : _tokens.GetOrAdd((cloud.Name, tenant), _ => new TokenCache(TimeProvider.System)),
    };

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
