using System.Text.Json;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment;

/// <summary>A resource as the target has it.</summary>
/// <param name="Content">The service's answer: <c>id</c>, <c>name</c>, <c>type</c>, <c>etag</c> and <c>properties</c>.</param>
/// <param name="ETag">Its version; null where the service gave none.</param>
public sealed record LiveResource(ResourceId Id, JsonElement Content, string? ETag)
{
    /// <summary>Undefined where the answer has none.</summary>
    public JsonElement Properties => Content.ValueKind == JsonValueKind.Object && Content.TryGetProperty("properties", out var properties) ? properties : default;

    /// <summary>For a trigger: whether it fires.</summary>
    public bool IsStarted => Properties.ValueKind == JsonValueKind.Object
        && Properties.TryGetProperty("runtimeState", out var state) && state.ValueKind == JsonValueKind.String && state.ValueEquals("Started");
}

/// <summary>The service refused, or could not be reached.</summary>
/// <param name="code">The service's own code, such as <c>BadRequest</c>.</param>
public sealed class FactoryRequestException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    /// <summary>The HTTP status; 0 where there was no answer.</summary>
    public int Status { get; init; }

    /// <summary>Whether the request may have been carried out all the same: no answer came, or one that cannot be read, or the service failed over it.</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>Whether somebody else has changed the resource since it was read.</summary>
    public bool IsConflict => Status == 412;
}

/// <summary>What a deployment needs of one factory. All methods throw <see cref="FactoryRequestException"/> when the service refuses or does not answer.</summary>
public interface IFactoryClient
{
    /// <summary>Null where the target has no such resource.</summary>
    Task<LiveResource?> FindAsync(ResourceId id, CancellationToken cancellation);

    /// <summary>All resources of a kind, page after page; private endpoints of all networks. Of the kind factory the one factory itself.</summary>
    IAsyncEnumerable<LiveResource> ListAsync(ResourceKind kind, CancellationToken cancellation);

    /// <summary>Creates or replaces a resource.</summary>
    /// <param name="body">JSON, sent as it is. Of the factory only the global parameters count; the rest stays what it is.</param>
    /// <param name="etag">The version that is replaced; another one is refused with status 412. Null for a resource that is new.</param>
    /// <returns>The resource as the service has it now.</returns>
    Task<LiveResource> PutAsync(ResourceId id, string body, string? etag, CancellationToken cancellation);

    /// <returns>Whether there was something to delete.</returns>
    Task<bool> DeleteAsync(ResourceId id, CancellationToken cancellation);

    /// <summary>Done when the trigger no longer fires; one that is stopped already is no error.</summary>
    Task StopTriggerAsync(string name, CancellationToken cancellation);

    /// <summary>Done when the trigger fires, its subscription to events included.</summary>
    Task StartTriggerAsync(string name, CancellationToken cancellation);
}
