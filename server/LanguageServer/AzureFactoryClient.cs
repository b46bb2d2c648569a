// The seam between deployments and Azure: the one file to change if Azure's typed client for Data Factory took the place of our own.
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Pipewright.Azure;
using Pipewright.Core.Schema;
using Pipewright.Deployment;

namespace Pipewright.LanguageServer;

internal sealed class AzureFactoryClient(DataFactoryClient client) : IFactoryClient
{
    public Task<LiveResource?> FindAsync(ResourceId id, CancellationToken cancellation) => Translate(async () =>
    {
        var found = await client.FindAsync(PathOf(id), cancellation);
        return found is null ? null : new LiveResource(id, found.Content, found.ETag);
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
            await using var items = client.ListAsync(CollectionOf(kind, network), cancellation).GetAsyncEnumerator(cancellation);
            while (await Translate(async () => await items.MoveNextAsync()))
            {
                var id = new ResourceId(kind, items.Current.Content.GetProperty("name").GetString()!, network);
                yield return new LiveResource(id, items.Current.Content, items.Current.ETag);
            }
        }
    }

    public Task<LiveResource> PutAsync(ResourceId id, string body, string? etag, CancellationToken cancellation) => Translate(async () =>
    {
        // The factory is more than its file says: its location, its identity, its Git connection. Only its global parameters are replaced, and
        // the version that they were merged into, so that nobody's change in between is lost.
        (body, etag) = id.Kind == ResourceKind.Factory ? await MergeFactoryAsync(body, cancellation) : (body, etag);
        var put = await client.PutAsync(PathOf(id), body, etag, cancellation);
        return new LiveResource(id, put.Content, put.ETag);
    });

    public Task<bool> DeleteAsync(ResourceId id, CancellationToken cancellation) => Translate(() => client.DeleteAsync(PathOf(id), cancellation));

    public Task StopTriggerAsync(string name, CancellationToken cancellation) => PostAsync($"triggers/{Uri.EscapeDataString(name)}/stop", cancellation);

    public Task StartTriggerAsync(string name, CancellationToken cancellation) => PostAsync($"triggers/{Uri.EscapeDataString(name)}/start", cancellation);

    private Task<bool> PostAsync(string path, CancellationToken cancellation) => Translate(async () =>
    {
        await client.PostAsync(path, cancellation);
        return true;
    });

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
        var live = await client.FindAsync("", cancellation) ?? throw new FactoryRequestException("FactoryNotFound", "The target factory does not exist. Create it first.");
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

    private static async Task<T> Translate<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ArmException e)
        {
            throw new FactoryRequestException(e.Code, e.CorrelationId is null ? e.Message : $"{e.Message} (correlation id {e.CorrelationId})", e)
            {
                Status = e.Status,
                IsOutcomeUnknown = e.Status is 0 or >= 500 || e.Code == ArmException.InvalidResponse,
            };
        }
    }
}
