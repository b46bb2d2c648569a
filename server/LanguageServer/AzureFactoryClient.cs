// The seam between deployments and Azure: the one file to change if Azure's typed client for Data Factory took the place of our own.
using System.Text.Json;
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
        return found is null ? null : new LiveResource(found.ETag, IsStarted(found.Content));
    });

    public Task PutAsync(ResourceId id, string body, string? etag, CancellationToken cancellation) => Translate(async () =>
    {
        // The factory is more than its file says: its location, its identity, its Git connection. Only its global parameters are replaced, and
        // the version that they were merged into, so that nobody's change in between is lost.
        (body, etag) = id.Kind == ResourceKind.Factory ? await MergeFactoryAsync(body, cancellation) : (body, etag);
        return await client.PutAsync(PathOf(id), body, etag, cancellation);
    });

    public Task StopTriggerAsync(string name, CancellationToken cancellation) => PostAsync($"triggers/{Uri.EscapeDataString(name)}/stop", cancellation);

    public Task StartTriggerAsync(string name, CancellationToken cancellation) => PostAsync($"triggers/{Uri.EscapeDataString(name)}/start", cancellation);

    private Task<bool> PostAsync(string path, CancellationToken cancellation) => Translate(async () =>
    {
        await client.PostAsync(path, cancellation);
        return true;
    });

    /// <summary>The path below the factory, as the REST API of 2018-06-01 has it.</summary>
    private static string PathOf(ResourceId id)
    {
        var name = Uri.EscapeDataString(id.Name);
        return id.Kind switch
        {
            ResourceKind.Factory => "",
            ResourceKind.Pipeline => $"pipelines/{name}",
            ResourceKind.Dataset => $"datasets/{name}",
            ResourceKind.LinkedService => $"linkedservices/{name}",
            ResourceKind.Trigger => $"triggers/{name}",
            ResourceKind.DataFlow => $"dataflows/{name}",
            ResourceKind.IntegrationRuntime => $"integrationRuntimes/{name}",
            ResourceKind.Credential => $"credentials/{name}",
            ResourceKind.ManagedVirtualNetwork => $"managedVirtualNetworks/{name}",
            ResourceKind.ManagedPrivateEndpoint => $"managedVirtualNetworks/{Uri.EscapeDataString(id.VirtualNetwork ?? "default")}/managedPrivateEndpoints/{name}",
            _ => $"adfcdcs/{name}",
        };
    }

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

    private static bool IsStarted(JsonElement content) => content.TryGetProperty("properties", out var properties)
        && properties.TryGetProperty("runtimeState", out var state) && state.ValueKind == JsonValueKind.String && state.ValueEquals("Started");

    private static async Task<T> Translate<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ArmException e)
        {
            throw new FactoryRequestException(e.Code, e.CorrelationId is null ? e.Message : $"{e.Message} (correlation id {e.CorrelationId})", e);
        }
    }
}
