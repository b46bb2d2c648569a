using Azure.Core;
using Azure.Core.Pipeline;

namespace Pipewright.Azure;

/// <summary>
/// Tries a request again. What reads is tried again after anything that may pass. A change is only where it surely was not made: it came too fast, or
/// the service was not reached. For the rest, whoever asked for it has to look first: a second try could undo, repeat, or find its own version.
/// </summary>
internal sealed class RetryPolicy(ArmOptions options) : HttpPipelinePolicy
{
    private const int TooManyRequests = 429;

    private readonly DelayStrategy _pauses = DelayStrategy.CreateExponentialDelayStrategy(options.FirstPause, TimeSpan.FromMinutes(1));

    /// <summary>Whether a request that failed like this never reached the service.</summary>
    public static bool WasNotSent(Exception problem)
    {
        for (var e = problem; e is not null; e = e.InnerException)
        {
            if (e is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError })
            {
                return true;
            }
        }

        return false;
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Requests are sent asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var call = ArmCall.Of(message);
        for (var (unanswered, tries) = (0, 1); ; tries++)
        {
            TimeSpan pause;
            try
            {
                await ProcessNextAsync(message, pipeline);
                var isThrottled = message.Response.Status == TooManyRequests;
                if (!isThrottled && !(call.IsRead && MayPass(message.Response.Status) && unanswered++ < options.MaxRetries))
                {
                    return;
                }

                pause = _pauses.GetNextDelay(message.Response, tries);
                if ((isThrottled && options.MaxRetries == 0) || !call.TryWait(pause))
                {
                    return;
                }
            }
            catch (Exception e) when (IsOfTheNetwork(e, message.CancellationToken) && (call.IsRead || WasNotSent(e)) && unanswered++ < options.MaxRetries)
            {
                pause = _pauses.GetNextDelay(null, tries);
                if (!call.TryWait(pause))
                {
                    throw;
                }
            }

            await Task.Delay(pause, options.Clock, message.CancellationToken);
        }
    }

    /// <summary>Whether the network is to blame, and not the caller who gave up.</summary>
    public static bool IsOfTheNetwork(Exception e, CancellationToken cancellation) => !cancellation.IsCancellationRequested
        && e is global::Azure.RequestFailedException or HttpRequestException or IOException or OperationCanceledException or AggregateException;

    private static bool MayPass(int status) => status is 408 or 500 or 502 or 503 or 504;
}
