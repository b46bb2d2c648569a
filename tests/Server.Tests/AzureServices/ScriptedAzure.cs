// Azure in memory: what is asked of it is written down, and it answers as it is told to. No request leaves the process.
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Pipewright.Azure;
using Pipewright.LanguageServer;

namespace Pipewright.Server.Tests.AzureServices;

/// <param name="Headers">By name, in lower case.</param>
internal sealed record SeenRequest(string Method, Uri Address, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Token => Headers.GetValueOrDefault("authorization");

    /// <summary>The method and what is behind the factory's path.</summary>
    public override string ToString() => $"{Method} {Address.PathAndQuery.Replace(ScriptedAzure.Target.ResourceId, "", StringComparison.Ordinal).Replace("?api-version=2018-06-01", "", StringComparison.Ordinal)}";
}

/// <summary>A clock on which every pause is over at once.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private long _ticks;

    /// <summary>The pauses that were made.</summary>
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(Interlocked.Read(ref _ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pauses.Enqueue(dueTime);
        Advance(dueTime);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Ended();
    }

    private sealed class Ended : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

internal sealed class ScriptedAzure(Func<SeenRequest, HttpResponseMessage> answer) : HttpMessageHandler
{
    public static FactoryTarget Target { get; } = new(FactoryTarget.PublicCloud, "11111111-1111-1111-1111-111111111111", "rg", "adf");

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public ImpatientClock Clock { get; } = new();

    public IEnumerable<string> Asked => Seen.Select(s => s.ToString());

    public HttpPipelineTransport Transport => new HttpClientTransport(this);

    public ArmOptions Options => new() { Transport = Transport, Clock = Clock };

    /// <summary>Gives these answers one after the other, and the last one from then on.</summary>
    public static ScriptedAzure InTurn(params Func<HttpResponseMessage>[] answers)
    {
        var count = -1;
        return new ScriptedAzure(_ => answers[Math.Min(Interlocked.Increment(ref count), answers.Length - 1)]());
    }

    public static HttpResponseMessage Answer(int status, string body = "", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    /// <summary>A factory that is there and empty; what is not asked but done is answered otherwise.</summary>
    public static HttpResponseMessage EmptyFactory(SeenRequest request, Func<HttpResponseMessage> otherwise) => request.Method != "GET" ? otherwise()
        : request.Address.Segments is [.., "factories/", _] ? Answer(200, """{"name":"f","properties":{}}""") : Refuse(404, "PipelineNotFound", "No.");

    public static HttpResponseMessage Refuse(int status, string code, string message, params (string Name, string Value)[] headers) =>
        Answer(status, $$"""{"error":{"code":"{{code}}","message":"{{message}}"} }""", headers);

    /// <summary>The connection breaks off after the request was sent.</summary>
    public static HttpResponseMessage Reset() => throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset", new IOException("Connection reset by peer"));

    /// <summary>Nobody is there to take the request.</summary>
    public static HttpResponseMessage Unreachable() => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");

    public DataFactoryClient Client(TokenCredential? credential = null, Func<ArmOptions, ArmOptions>? change = null, FactoryTarget? target = null) =>
        new(target ?? Target, credential ?? Credential("token"), (change ?? (o => o))(Options));

    public AzureFactoryClient FactoryClient(Func<ArmOptions, ArmOptions>? change = null) => new(Client(null, change));

    /// <summary>A credential that gives these tokens one after the other, each for an hour.</summary>
    public TokenCredential Credential(params string[] tokens)
    {
        var count = -1;
        return DelegatedTokenCredential.Create((_, _) => new AccessToken(tokens[Math.Min(Interlocked.Increment(ref count), tokens.Length - 1)], Clock.GetUtcNow().AddHours(1)));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(", ", h.Value));
        var seen = new SeenRequest(
            request.Method.Method, request.RequestUri!, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken), headers);
        Seen.Enqueue(seen);
        var response = answer(seen);
        response.RequestMessage = request;
        return response;
    }
}
