using Azure.Core;
using Azure.Core.Pipeline;

namespace Pipewright.Azure;

/// <summary>Tells of each try: what was asked, what came, and how long it took.</summary>
internal sealed class TracePolicy(Action<RequestTrace> trace, TimeProvider clock) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Requests are sent asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var started = clock.GetTimestamp();
        var isAnswered = false;
        try
        {
            await ProcessNextAsync(message, pipeline);
            isAnswered = true;
        }
        finally
        {
            trace(new RequestTrace(
                message.Request.Method.Method, message.Request.Uri.ToUri().AbsolutePath, isAnswered ? message.Response.Status : 0, clock.GetElapsedTime(started),
                message.Request.ClientRequestId, isAnswered ? ArmErrors.CorrelationId(message.Response) : null));
        }
    }
}
