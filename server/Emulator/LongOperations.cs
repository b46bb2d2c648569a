// Operations that go on after the answer: 202 with an address to ask at, until the time that they take is over. They are known in memory only; after
// a restart they are over.
using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

/// <param name="duration">How long each takes; zero for at once, with the result in the first answer.</param>
internal sealed class LongOperations(TimeProvider time, TimeSpan duration)
{
    public TimeSpan Duration => duration;

    private readonly ConcurrentDictionary<string, Running> _byId = new();
    private readonly ConcurrentDictionary<string, Running> _bySubject = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="Doing">What it does, for those who look meanwhile: <c>Starting</c>.</param>
    private sealed record Running(string Doing, DateTimeOffset End, Func<JsonNode?> Result);

    /// <summary>Begins an operation, of which the work has been done already and is only shown later.</summary>
    /// <param name="subject">The id of the resource that it is about.</param>
    /// <param name="result">The body of the last answer; null for none.</param>
    public ArmResponse Begin(ArmCall call, string subject, string doing, Func<JsonNode?> result)
    {
        if (duration == TimeSpan.Zero)
        {
            return new ArmResponse(200, result());
        }

        var id = Guid.NewGuid().ToString();
        _byId[id] = _bySubject[subject] = new Running(doing, time.GetUtcNow() + duration, result);
        return new ArmResponse(202, null, $"{call.Request.Origin}{call.Key.Id}/operationresults/{id}?api-version=2018-06-01", RetryAfter);
    }

    /// <summary>What is being done to a resource; null for nothing.</summary>
    public string? FindDoing(string subject) => _bySubject.TryGetValue(subject, out var running) && running.End > time.GetUtcNow() ? running.Doing : null;

    public void Clear()
    {
        _byId.Clear();
        _bySubject.Clear();
    }

    /// <summary>The address that the first answer gave.</summary>
    public Operation Poll() => new("OperationResults_Get", "GET", Operation.Factory + "/operationresults/{id}", call =>
    {
        var running = _byId.GetValueOrDefault(call["id"]) ?? throw ArmErrorException.NotFound("OperationNotFound", call["id"]);
        return running.End > time.GetUtcNow() ? new ArmResponse(202, null, call.Request.Address + "?api-version=2018-06-01", RetryAfter) : new ArmResponse(200, running.Result());
    })
    { Service = EmulatedService.Around };

    /// <summary>In whole seconds, at least 1, as the header has it.</summary>
    private int RetryAfter => Math.Clamp((int)Math.Ceiling(duration.TotalSeconds / 2), 1, 15);
}
