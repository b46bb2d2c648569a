// The seam to the JSON-RPC library: nothing else knows which one carries the messages.
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Text.Json;
using Pipewright.LanguageServer.Protocol;
using StreamJsonRpc;

namespace Pipewright.LanguageServer;

/// <summary>Answers a request or takes a notification. The part before its first wait runs in the order in which messages came.</summary>
/// <param name="parameters">Undefined where the message has none.</param>
internal delegate Task<JsonElement?> MessageHandler(JsonElement parameters, CancellationToken cancellation);

/// <summary>A request that can't be answered; the client gets the message.</summary>
internal sealed class RequestFailedException(int code, string message) : Exception(message)
{
    /// <summary>LSP's RequestFailed: the request was right and still could not be served.</summary>
    public const int RequestFailed = -32803;

    /// <summary>LSP's ContentModified: the document has changed since it was asked about.</summary>
    public const int ContentModified = -32801;

    public const int InvalidParams = -32602;

    public const int ServerNotInitialized = -32002;

    public const int InvalidRequest = -32600;

    public const int InternalError = -32603;

    public int Code { get; } = code;
}

/// <summary>One connection to a client.</summary>
internal sealed class JsonRpcHost : IDisposable
{
    private readonly JsonRpc _rpc;
    private readonly Action<string, Exception> _report;
    private readonly Func<string, string> _clean;

    /// <param name="report">Takes what a handler did not foresee, by method; the client gets an error reply.</param>
    /// <param name="clean">Takes secrets out of what is told of such an error.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The connection owns its handler and formatter and disposes of them.")]
    public JsonRpcHost(Stream input, Stream output, Action<string, Exception> report, Func<string, string> clean)
    {
        _report = report;
        _clean = clean;
        _rpc = new JsonRpc(new MessageFraming(PipeWriter.Create(output), PipeReader.Create(input), CreateFormatter()))
        {
            CancelLocallyInvokedMethodsWhenConnectionIsClosed = true,
        };
    }

    /// <summary>Ends when the client goes away.</summary>
    public Task Completion => _rpc.Completion;

    public void Register(string method, MessageHandler handler)
    {
        var endpoint = new Endpoint(method, handler, _report, _clean);
        var target = endpoint.InvokeAsync;
        _rpc.AddLocalRpcMethod(target.Method, endpoint, new JsonRpcMethodAttribute(method) { UseSingleObjectParameterDeserialization = true });
    }

    public void Start() => _rpc.StartListening();

    public Task NotifyAsync(string method, JsonElement parameters) => _rpc.NotifyWithParameterObjectAsync(method, ToArguments(parameters), null);

    /// <summary>Asks the client for something.</summary>
    /// <returns>Null where it refuses, or has gone.</returns>
    public async Task<JsonElement?> RequestAsync(string method, JsonElement parameters, CancellationToken cancellation)
    {
        try
        {
            return await _rpc.InvokeWithParameterObjectAsync<JsonElement?>(method, ToArguments(parameters), null, cancellation) ?? default(JsonElement);
        }
        catch (Exception e) when (e is RemoteRpcException or ConnectionLostException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Asks the client to do something; false where it refuses, or has gone.</summary>
    public async Task<bool> TryRequestAsync(string method, JsonElement parameters, CancellationToken cancellation) =>
        await RequestAsync(method, parameters, cancellation) is not null;

    public void Dispose() => _rpc.Dispose();

    /// <summary>The members of a parameter object by name: the library would look for properties of anything else.</summary>
    private static Dictionary<string, object?> ToArguments(JsonElement parameters) => parameters.ValueKind == JsonValueKind.Object
        ? parameters.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value)
        : [];

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The resolver set below is generated; the formatter's reflection is never reached.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "As above.")]
    private static SystemTextJsonFormatter CreateFormatter() => new()
    {
        JsonSerializerOptions = new JsonSerializerOptions(ProtocolJson.Default.Options) { TypeInfoResolver = ProtocolJson.Default },
    };

    /// <summary>One method. A class of its own, so that the library finds a method with one optional parameter object.</summary>
    private sealed class Endpoint(string method, MessageHandler handler, Action<string, Exception> report, Func<string, string> clean)
    {
        public async Task<JsonElement?> InvokeAsync(JsonElement parameters = default, CancellationToken cancellation = default)
        {
            try
            {
                return await handler(parameters, cancellation);
            }
            catch (JsonException e)
            {
                throw new LocalRpcException($"The parameters are not understood: {e.Message}") { ErrorCode = RequestFailedException.InvalidParams };
            }
            catch (RequestFailedException e)
            {
                throw new LocalRpcException(e.Message) { ErrorCode = e.Code };
            }
            catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
            {
                report(method, e);
                throw new LocalRpcException(clean($"{method} failed: {e.Message}")) { ErrorCode = RequestFailedException.InternalError };
            }
        }
    }
}
