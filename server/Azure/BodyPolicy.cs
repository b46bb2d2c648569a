using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Pipewright.Azure;

/// <summary>Takes answers in, up to a size and within a time: what answers in the service's place may send for ever.</summary>
internal sealed class BodyPolicy(ArmOptions options) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Requests are sent asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        // The pipeline's own reading knows no limit.
        message.BufferResponse = false;
        await ProcessNextAsync(message, pipeline);
        if (message.Response.ContentStream is not { } stream)
        {
            return;
        }

        await using (stream)
        {
            message.Response.ContentStream = await ReadAsync(message, stream);
        }
    }

    private async Task<MemoryStream> ReadAsync(HttpMessage message, Stream stream)
    {
        var call = ArmCall.Of(message);
        var started = options.Clock.GetTimestamp();
        var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, message.CancellationToken)) > 0;)
        {
            await content.WriteAsync(buffer.AsMemory(0, read), message.CancellationToken);
            if (content.Length > options.LargestBody)
            {
                throw Refuse(message.Response, call, $"The service's answer is larger than {options.LargestBody >> 20} MB, and is not read.");
            }

            if (!call.TryTake(read, options.MostBytes))
            {
                throw Refuse(message.Response, call, $"The service's answers to one question are larger than {options.MostBytes >> 20} MB together, and are not read any further.");
            }

            if (options.Clock.GetElapsedTime(started) > options.LongestBody)
            {
                throw Refuse(message.Response, call, $"The service's answer has not come to its end after {options.LongestBody.TotalMinutes:0.#} minutes, and is not waited for.");
            }
        }

        content.Position = 0;
        return content;
    }

    private static ArmException Refuse(Response response, ArmCall call, string problem) =>
        new(response.Status, ArmException.InvalidResponse, problem, ArmErrors.CorrelationId(response)) { ClientRequestId = response.ClientRequestId, IsOutcomeUnknown = !call.IsRead };
}
