namespace Pipewright.Azure;

/// <summary>The service answered with an error, or did not answer.</summary>
/// <param name="status">The HTTP status; 0 where there was no answer.</param>
/// <param name="code">ARM's code, such as <c>PipelineNotFound</c>, or one of ours.</param>
/// <param name="message">What is wrong and what to do, to be read by a person.</param>
public sealed class ArmException(int status, string code, string message, string? correlationId, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The code of an answer that is not what was asked for, such as a proxy's page.</summary>
    public const string InvalidResponse = "InvalidResponse";

    /// <summary>The code where the service could not be reached, or did not answer in time.</summary>
    public const string NoResponse = "NoResponse";

    /// <summary>The code where there is no token to ask with.</summary>
    public const string NotSignedIn = "NotSignedIn";

    /// <summary>The code of a link that leads to another host than the service's.</summary>
    public const string ForeignLink = "InvalidNextLink";

    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>What support asks for: the id under which Azure logged the request.</summary>
    public string? CorrelationId { get; } = correlationId;

    /// <summary>The id that this program gave the request; it is in its log, too. Null where none was sent.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>Whether a change may have been made all the same: no answer came, or one that cannot be read, or the service failed over it. Never of a request that reads.</summary>
    public bool IsOutcomeUnknown { get; init; }
}
