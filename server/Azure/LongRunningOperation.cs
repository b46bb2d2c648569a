using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace Pipewright.Azure;

/// <summary>Looks after an operation that goes on behind its answer, by <c>Azure-AsyncOperation</c> where there is one, else by <c>Location</c>.</summary>
internal sealed class LongRunningOperation(ArmConnection connection, ArmCall call, ArmOptions options)
{
    /// <summary>What looking takes is not what the operation may wait between its tries.</summary>
    private readonly ArmCall _looking = new(isRead: true, options.MaxOperationTime);

    /// <returns>The last answer; null where the operation is over and says nothing.</returns>
    public async Task<JsonElement?> FinishAsync(Response response, CancellationToken cancellation)
    {
        var status = response.Headers.TryGetValue("Azure-AsyncOperation", out var statusLink) ? statusLink : null;
        var location = response.Headers.TryGetValue("Location", out var locationLink) ? locationLink : null;
        if (status is not null)
        {
            return await PollAsync(response, status, location, cancellation);
        }

        return response.Status == 202 && location is not null ? await PollAsync(response, null, location, cancellation) : null;
    }

    /// <param name="statusLink">Where the operation tells its state; null where only its result tells that it is over.</param>
    private async Task<JsonElement?> PollAsync(Response begun, string? statusLink, string? location, CancellationToken cancellation)
    {
        var link = connection.FollowLink(statusLink ?? location!, begun, call);
        var pause = PauseOf(begun);
        while (_looking.TryWait(pause))
        {
            await Task.Delay(pause, options.Clock, cancellation);
            using var answer = await LookAsync(link, cancellation);
            if (statusLink is null ? answer.Status != 202 : IsOver(answer))
            {
                return statusLink is not null && location is not null ? await ReadResultAsync(connection.FollowLink(location, answer, call), cancellation) : ReadContent(answer);
            }

            link = statusLink is null && answer.Headers.TryGetValue("Location", out var moved) && moved is not null ? connection.FollowLink(moved, answer, call) : link;
            pause = PauseOf(answer);
        }

        throw new ArmException(
            begun.Status, "OperationTimedOut",
            $"What was begun is not over after {options.MaxOperationTime.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} minutes. It may still come to its end: look at the factory before you try again.",
            ArmErrors.CorrelationId(begun))
        { ClientRequestId = begun.ClientRequestId, IsOutcomeUnknown = true };
    }

    private async Task<Response> LookAsync(Uri link, CancellationToken cancellation)
    {
        try
        {
            var answer = await connection.SendAsync(_looking, RequestMethod.Get, link, null, null, cancellation);
            return answer.Status is 200 or 201 or 202 or 204 ? answer : throw connection.Refusals.Make(answer, _looking);
        }
        catch (ArmException e) when (e.Status is 0 or 401 or 403 or 408 or 429 or >= 500)
        {
            // It goes on, whether it can be looked at or not.
            throw new ArmException(e.Status, e.Code, e.Message, e.CorrelationId, e) { ClientRequestId = e.ClientRequestId, IsOutcomeUnknown = true };
        }
    }

    private bool IsOver(Response answer)
    {
        var content = connection.Read(answer, call).Content;
        switch (content.Text("status")?.ToUpperInvariant())
        {
            case "SUCCEEDED":
                return true;
            case "FAILED" or "CANCELED" or "CANCELLED":
                var (code, message) = ArmErrors.Read(content) ?? ("OperationFailed", $"The operation ended as '{content.Text("status")}'.");
                throw new ArmException(answer.Status, code, message, ArmErrors.CorrelationId(answer)) { ClientRequestId = answer.ClientRequestId };
            case null:
                throw connection.Refusals.MakeInvalid(answer, call, "The service does not say how far the operation is: there is no 'status'.");
            default:
                return false;
        }
    }

    private async Task<JsonElement?> ReadResultAsync(Uri link, CancellationToken cancellation)
    {
        using var answer = await LookAsync(link, cancellation);
        return ReadContent(answer);
    }

    private JsonElement? ReadContent(Response answer) => answer.Status == 204 || answer.Content.ToMemory().IsEmpty ? null : connection.Read(answer, call).Content;

    private TimeSpan PauseOf(Response answer) => answer.Headers.TryGetValue("Retry-After", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        ? TimeSpan.FromSeconds(Math.Max(1, seconds))
        : options.PollInterval;
}
