// Gives an answer to the client, or fails to, as a fault wants it.
using System.Globalization;
using System.Text;

namespace Pipewright.Emulator.Faults;

/// <param name="service">Whose form refusals have.</param>
/// <param name="ended">When the client has gone or the emulator ends.</param>
internal sealed class Delivery(HttpContext context, EmulatedService service, CancellationToken ended)
{
    private const int Pieces = 16;

    /// <summary>The status that was sent; null where nothing was.</summary>
    public int? Status { get; private set; }

    public Task WaitAsync(TimeSpan time) => time == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(time, ended);

    /// <param name="effect">Null for an answer as it should be.</param>
    /// <param name="carryOut">Carries the request out; called once, or not at all where the fault comes before.</param>
    public async Task DeliverAsync(FaultEffect? effect, Func<ArmResponse> carryOut)
    {
        var answer = effect is null or { IsAfter: true } ? carryOut() : null;
        switch (effect?.Action)
        {
            case FaultAction.Status:
                await WriteAsync(ArmResponse.Refuse(service, UsualErrors.Of(service, effect.Status, effect.Code, effect.Message)) with { RetryAfter = effect.RetryAfter });
                break;
            case FaultAction.Timeout:
                await Task.Delay(effect.Time ?? Timeout.InfiniteTimeSpan, ended);
                await WriteAsync(ArmResponse.Refuse(service, UsualErrors.Of(service, 504)));
                break;
            case FaultAction.Reset:
                context.Abort();
                break;
            case FaultAction.Malformed when effect.IsHtml:
                await WriteTextAsync(200, "text/html", "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to your network to go on.</body></html>");
                break;
            case FaultAction.Malformed:
                var whole = answer?.Content?.ToJsonString() ?? """{"id":"/subscriptions/""";
                await WriteTextAsync(200, "application/json", answer is null ? whole : whole[..((whole.Length + 1) / 2)]);
                break;
            case FaultAction.Slow:
                await WriteSlowlyAsync(answer!, effect.Time!.Value / Pieces);
                break;
            case FaultAction.Latency:
                await WaitAsync(effect.Time!.Value);
                await WriteAsync(answer ?? carryOut());
                break;
            default:
                await WriteAsync(answer!);
                break;
        }
    }

    public async Task WriteAsync(ArmResponse answer)
    {
        WriteHead(answer);
        if (BodyOf(answer) is { } body)
        {
            await context.Response.WriteAsync(body, ended);
        }
    }

    private async Task WriteSlowlyAsync(ArmResponse answer, TimeSpan pause)
    {
        WriteHead(answer);
        var body = Encoding.UTF8.GetBytes(BodyOf(answer) ?? "");
        var size = Math.Max(1, (body.Length + Pieces - 1) / Pieces);
        for (var start = 0; start < body.Length; start += size)
        {
            await Task.Delay(pause, ended);
            await context.Response.Body.WriteAsync(body.AsMemory(start, Math.Min(size, body.Length - start)), ended);
            await context.Response.Body.FlushAsync(ended);
        }
    }

    public async Task WriteTextAsync(int status, string type, string text)
    {
        Status = context.Response.StatusCode = status;
        context.Response.ContentType = type + "; charset=utf-8";
        await context.Response.WriteAsync(text, ended);
    }

    private void WriteHead(ArmResponse answer)
    {
        Status = context.Response.StatusCode = answer.Status;
        if (answer.Location is not null)
        {
            context.Response.Headers.Location = answer.Location;
        }

        if (answer.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        }

        if (BodyOf(answer) is not null)
        {
            context.Response.ContentType = answer.Text is null ? "application/json; charset=utf-8" : "application/octet-stream";
        }
    }

    private static string? BodyOf(ArmResponse answer) => answer.Text ?? answer.Content?.ToJsonString();
}
