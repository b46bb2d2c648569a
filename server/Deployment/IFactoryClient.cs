namespace Pipewright.Deployment;

/// <summary>A resource as the target has it.</summary>
/// <param name="ETag">Its version.</param>
/// <param name="IsStarted">For a trigger: whether it fires.</param>
public sealed record LiveResource(string? ETag, bool IsStarted);

/// <summary>The service refused, or could not be reached.</summary>
/// <param name="code">The service's own code, such as <c>BadRequest</c>.</param>
public sealed class FactoryRequestException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}

/// <summary>What a deployment needs of the service. All methods throw <see cref="FactoryRequestException"/> when it refuses.</summary>
public interface IFactoryClient
{
    /// <summary>Null where the target has no such resource.</summary>
    Task<LiveResource?> FindAsync(ResourceId id, CancellationToken cancellation);

    /// <summary>Creates or replaces a resource.</summary>
    /// <param name="body">JSON, sent as it is.</param>
    /// <param name="etag">The version that is replaced; another one is refused. Null for a resource that is new.</param>
    Task PutAsync(ResourceId id, string body, string? etag, CancellationToken cancellation);

    Task StopTriggerAsync(string name, CancellationToken cancellation);

    Task StartTriggerAsync(string name, CancellationToken cancellation);
}
