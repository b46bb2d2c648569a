using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator.Faults;

/// <summary>A request as the log tells of it. What it was authorized with is never kept, only whether it was.</summary>
/// <param name="Number">From 1, in the order of arrival.</param>
/// <param name="Operation">Null where no operation has its address.</param>
/// <param name="Fault">The rule that it met; null for none.</param>
/// <param name="Status">Null where no answer was given.</param>
internal sealed record LoggedRequest(
    long Number, string Method, string Path, string? Operation, bool IsAuthorized, string? IfMatch, string? ClientRequestId, DateTimeOffset Start, int? Fault, int? Status, double? Milliseconds);

/// <summary>The last requests, those that are going on as well.</summary>
internal sealed class RequestLog
{
    private const int Longest = 100_000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, LoggedRequest> _requests = [];
    private long _last;

    /// <param name="request">Its number is given to it here.</param>
    public LoggedRequest Begin(LoggedRequest request)
    {
        lock (_lock)
        {
            var numbered = request with { Number = ++_last };
            _requests[_last] = numbered;
            _requests.Remove(_last - Longest);
            return numbered;
        }
    }

    public void End(LoggedRequest request)
    {
        lock (_lock)
        {
            if (_requests.ContainsKey(request.Number))
            {
                _requests[request.Number] = request;
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
        }
    }

    /// <param name="after">Only those with a greater number.</param>
    public JsonObject List(long after)
    {
        LoggedRequest[] requests;
        lock (_lock)
        {
            requests = [.. _requests.Values.Where(r => r.Number > after)];
        }

        return new JsonObject { ["value"] = new JsonArray([.. requests.Select(Describe)]) };
    }

    private static JsonObject Describe(LoggedRequest request) => new()
    {
        ["number"] = request.Number,
        ["method"] = request.Method,
        ["path"] = request.Path,
        ["operation"] = request.Operation,
        ["status"] = request.Status,
        ["start"] = request.Start.ToString("O", CultureInfo.InvariantCulture),
        ["milliseconds"] = request.Milliseconds,
        ["authorization"] = request.IsAuthorized,
        ["ifMatch"] = request.IfMatch,
        ["clientRequestId"] = request.ClientRequestId,
        ["fault"] = request.Fault,
    };
}
