// The seam between deployments and Azure: the one file to change if Azure's typed client for Data Factory took the place of our own.
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Azure;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.LanguageServer.AzureServices;

namespace Pipewright.LanguageServer;

/// <summary>What became of a look at a resource that was known before.</summary>
/// <param name="Resource">Null where there is none, or where it is unchanged.</param>
/// <param name="IsUnchanged">It is still the version that was known.</param>
internal sealed record LiveLookup(LiveResource? Resource, bool IsUnchanged);

internal sealed class AzureFactoryClient(DataFactoryClient client) : IFactoryClient
{
    public async Task<LiveResource?> FindAsync(ResourceId id, CancellationToken cancellation) => (await FindAsync(id, null, cancellation)).Resource;

    /// <summary>As <see cref="FindAsync(ResourceId, CancellationToken)"/>, without the content of what is unchanged.</summary>
    /// <param name="knownETag">The version that is known; null for none.</param>
    public Task<LiveLookup> FindAsync(ResourceId id, string? knownETag, CancellationToken cancellation) => AzureErrors.Translate(async () =>
    {
        var found = await client.FindAsync(PathOf(id), knownETag, cancellation);
        return new LiveLookup(found.Resource is null ? null : new LiveResource(id, found.Resource.Content, found.Resource.ETag), found.IsUnchanged);
    });

    public async IAsyncEnumerable<LiveResource> ListAsync(ResourceKind kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (kind == ResourceKind.Factory)
        {
            if (await FindAsync(new ResourceId(kind, ""), cancellation) is { } factory)
            {
                yield return factory;
            }

            yield break;
        }

        var networks = new List<string?> { null };
        if (kind == ResourceKind.ManagedPrivateEndpoint)
        {
            networks = [];
            await foreach (var network in ListAsync(ResourceKind.ManagedVirtualNetwork, cancellation))
            {
                networks.Add(network.Id.Name);
            }
        }

        foreach (var network in networks)
        {
            // What has no name can't be a resource.
            var items = AzureErrors.Translate(client.ListAsync(CollectionOf(kind, network), cancellation), item => item.Content.Text("name") is { Length: > 0 } name
                ? new LiveResource(new ResourceId(kind, name, network), item.Content, item.ETag)
                : null);
            await foreach (var item in items)
            {
                yield return item;
            }
        }
    }

    public Task<LiveResource> PutAsync(ResourceId id, string body, string? etag, CancellationToken cancellation) => AzureErrors.Translate(async () =>
    {
        // The factory is more than its file says: its location, its identity, its Git connection. Only its global parameters are replaced, and
        // the version that they were merged into, so that nobody's change in between is lost.
        (body, etag) = id.Kind == ResourceKind.Factory ? await MergeFactoryAsync(body, cancellation) : (body, etag);
        var put = await client.PutAsync(PathOf(id), body, etag, cancellation);
        return new LiveResource(id, put.Content, put.ETag);
    });

    public Task<bool> DeleteAsync(ResourceId id, CancellationToken cancellation) => AzureErrors.Translate(() => client.DeleteAsync(PathOf(id), cancellation));

    public Task StopTriggerAsync(string name, CancellationToken cancellation) => AzureErrors.Translate(() => new TriggerSwitch(client, name).StopAsync(cancellation));

    public Task StartTriggerAsync(string name, CancellationToken cancellation) => AzureErrors.Translate(() => new TriggerSwitch(client, name).StartAsync(cancellation));

    /// <summary>Starts an integration runtime that runs SSIS packages; done when it runs, which takes up to half an hour.</summary>
    /// <returns>Its state; null where the service tells none.</returns>
    public Task<JsonElement?> StartIntegrationRuntimeAsync(string name, CancellationToken cancellation) =>
        AzureErrors.Translate(() => client.PostAsync($"integrationRuntimes/{Uri.EscapeDataString(name)}/start", cancellation));

    /// <summary>Done when it no longer runs.</summary>
    public Task StopIntegrationRuntimeAsync(string name, CancellationToken cancellation) =>
        AzureErrors.Translate(() => client.PostAsync($"integrationRuntimes/{Uri.EscapeDataString(name)}/stop", cancellation));

    /// <returns>The service's answer, <c>name</c> and <c>properties</c>; null where it tells nothing.</returns>
    public Task<JsonElement?> GetIntegrationRuntimeStatusAsync(string name, CancellationToken cancellation) =>
        AzureErrors.Translate(() => client.PostAsync($"integrationRuntimes/{Uri.EscapeDataString(name)}/getStatus", cancellation, isRead: true));

    /// <summary>The path below the factory, as the REST API of 2018-06-01 has it.</summary>
    private static string PathOf(ResourceId id) => id.Kind == ResourceKind.Factory ? "" : $"{CollectionOf(id.Kind, id.VirtualNetwork)}/{Uri.EscapeDataString(id.Name)}";

    private static string CollectionOf(ResourceKind kind, string? network) => kind switch
    {
        ResourceKind.Pipeline => "pipelines",
        ResourceKind.Dataset => "datasets",
        ResourceKind.LinkedService => "linkedservices",
        ResourceKind.Trigger => "triggers",
        ResourceKind.DataFlow => "dataflows",
        ResourceKind.IntegrationRuntime => "integrationRuntimes",
        ResourceKind.Credential => "credentials",
        ResourceKind.ManagedVirtualNetwork => "managedVirtualNetworks",
        ResourceKind.ManagedPrivateEndpoint => $"managedVirtualNetworks/{Uri.EscapeDataString(network ?? "default")}/managedPrivateEndpoints",
        _ => "adfcdcs",
    };

    private async Task<(string Body, string? ETag)> MergeFactoryAsync(string body, CancellationToken cancellation)
    {
        var live = await client.FindAsync("", cancellation) ?? throw new FactoryRequestException(
            "FactoryNotFound", $"There is no factory '{client.Target.Factory}' in the resource group '{client.Target.ResourceGroup}'. Create it, or mend 'factory' of the target.")
        { Status = 404 };
        var merged = JsonObject.Create(live.Content)!;
        var wanted = JsonNode.Parse(body)!["properties"]?["globalParameters"];
        if (wanted is not null)
        {
            if (merged["properties"] is not JsonObject)
            {
                merged["properties"] = new JsonObject();
            }

            merged["properties"]!["globalParameters"] = wanted.DeepClone();
        }

        return (merged.ToJsonString(), live.ETag);
    }
}
