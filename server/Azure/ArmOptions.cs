using Azure.Core.Pipeline;

namespace Pipewright.Azure;

/// <summary>How patient a client is, and what it tells of itself.</summary>
public sealed record ArmOptions
{
    public static ArmOptions Default { get; } = new();

    /// <summary>How often a request is tried again that got no answer or a failure of the service; 0 for never. A change is tried again only where it surely was not made.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>How long one operation waits in all, between its tries: all pages of a list are one operation.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The first pause before another try; it doubles, and chance lengthens or shortens it, so that not all clients come back at once.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.8);

    /// <summary>How long the network may be silent during one try.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one answer may take to come in, from its first byte to its last.</summary>
    public TimeSpan LongestBody { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The bytes of one answer. A resource has 4 MB at most, and a page of a list some dozens of them.</summary>
    public long LargestBody { get; init; } = 128L * 1024 * 1024;

    /// <summary>The bytes of all answers of one operation, such as all pages of a list.</summary>
    public long MostBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>The pages of a list. A factory has 5,000 resources unless Microsoft allows it more (Data Factory limits in Microsoft's documentation).</summary>
    public int MostPages { get; init; } = 2_000;

    /// <summary>How often a long-running operation is looked at where the service does not say.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a long-running operation may take.</summary>
    public TimeSpan MaxOperationTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>What carries the requests; null for HTTP.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes each request when it is over; null for nobody. It has no body, no header and no query.</summary>
    public Action<RequestTrace>? Trace { get; init; }

    /// <summary>The tokens to share with other clients of the same cloud, tenant and user; null for the client's own.</summary>
    public TokenCache? Tokens { get; init; }
}

/// <summary>One request as it may be logged.</summary>
/// <param name="Path">Without the query, which can hold what continues a list.</param>
/// <param name="Status">0 where there was no answer.</param>
/// <param name="CorrelationId">Null where the service gave none.</param>
public sealed record RequestTrace(string Method, string Path, int Status, TimeSpan Duration, string ClientRequestId, string? CorrelationId);
