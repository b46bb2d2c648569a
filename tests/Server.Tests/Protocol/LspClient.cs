// A client of the protocol as small as can be: it knows framing and JSON, and nothing of the server's own types.
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Pipewright.LanguageServer;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>An error reply.</summary>
internal sealed class LspErrorException(int code, string message) : Exception($"{code}: {message}")
{
    public int Code { get; } = code;
}

internal sealed class LspClient : IAsyncDisposable
{
    /// <summary>Long enough for a machine that is busy; a test that waits this long has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Stream _toServer;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _requests = new();
    private readonly List<JsonObject> _received = [];
    private readonly List<(Func<JsonObject, bool> IsWanted, TaskCompletionSource<JsonObject> Found)> _waiting = [];
    private readonly Dictionary<string, (int Version, string Text)> _documents = [];
    private readonly Task<int> _exit;
    private readonly Task _reading;
    private int _count;

    /// <param name="exit">Gives the server's exit code once it has ended.</param>
    public LspClient(Stream fromServer, Stream toServer, Task<int> exit)
    {
        _toServer = toServer;
        _exit = exit;
        _reading = Task.Run(() => ReadAsync(PipeReader.Create(fromServer)));
    }

    /// <summary>The exit code of a server that was told to end, or is about to.</summary>
    public Task<int> Exit => _exit.WaitAsync(Patience);

    /// <summary>What the server said about itself.</summary>
    public JsonObject Server { get; private set; } = [];

    /// <summary>Requests of the server that are left without an answer.</summary>
    public HashSet<string> Unanswered { get; } = [];

    /// <summary>What is answered to requests of the server, by method; null to all others.</summary>
    public Dictionary<string, Func<JsonNode, JsonNode?>> Answers { get; } = [];

    /// <summary>All notifications and requests that have come so far.</summary>
    public IReadOnlyList<JsonObject> Received
    {
        get
        {
            lock (_received)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>A server within this process, not yet initialised.</summary>
    /// <param name="azure">What carries its requests to Azure; null for HTTP.</param>
    public static LspClient Connect(HttpPipelineTransport? azure = null)
    {
        var (up, down) = (new Pipe(), new Pipe());
        var exit = Task.Run(async () =>
        {
            var code = await ServerSession.RunAsync(up.Reader.AsStream(), down.Writer.AsStream(), azure);
            await down.Writer.CompleteAsync();
            return code;
        });
        return new LspClient(down.Reader.AsStream(), up.Writer.AsStream(), exit);
    }

    /// <summary>An initialised server within this process.</summary>
    /// <param name="capabilities">What the client says that it can do, as JSON.</param>
    public static async Task<LspClient> StartAsync(TestFolder? folder = null, string capabilities = "{}", string options = "{}")
    {
        var client = Connect();
        await client.InitializeAsync(folder is null ? [] : [folder.Uri], capabilities, options);
        return client;
    }

    public async Task InitializeAsync(string[] folders, string capabilities = "{}", string options = "{}")
    {
        var result = await RequestAsync("initialize", new JsonObject
        {
            ["processId"] = null,
            ["rootUri"] = folders.FirstOrDefault(),
            ["workspaceFolders"] = new JsonArray([.. folders.Select(f => new JsonObject { ["uri"] = f, ["name"] = "folder" })]),
            ["capabilities"] = JsonNode.Parse(capabilities),
            ["initializationOptions"] = JsonNode.Parse(options),
        });
        Server = result!.AsObject();
        await NotifyAsync("initialized", new JsonObject());
    }

    public async Task<JsonNode?> RequestAsync(string method, JsonNode? parameters, CancellationToken cancellation = default)
    {
        var (id, reply) = await BeginAsync(method, parameters);
        await using var registration = cancellation.Register(() => _ = NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id }));
        return await reply;
    }

    /// <summary>Sends a request and gives its id and the reply to come.</summary>
    public async Task<(int Id, Task<JsonNode?> Reply)> BeginAsync(string method, JsonNode? parameters)
    {
        var id = Interlocked.Increment(ref _count);
        var reply = _requests[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters?.DeepClone() });
        return (id, reply.Task.WaitAsync(Patience));
    }

    public Task NotifyAsync(string method, JsonNode? parameters) =>
        SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters?.DeepClone() });

    /// <summary>Opens a document in which <c>|</c> marks the cursor.</summary>
    /// <returns>Where the cursor is, in UTF-16 units; the start where there is no mark.</returns>
    public async Task<JsonObject> OpenAsync(string uri, string text)
    {
        var cursor = Math.Max(0, text.IndexOf('|', StringComparison.Ordinal));
        var before = text[..cursor];
        text = before + text[cursor..].Replace("|", "", StringComparison.Ordinal);
        _documents[uri] = (1, text);
        await NotifyAsync("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "yaml", ["version"] = 1, ["text"] = text },
        });
        return new JsonObject { ["line"] = before.Count(c => c == '\n'), ["character"] = before.Length - (before.LastIndexOf('\n') + 1) };
    }

    /// <summary>Changes a document by edits, each in the text that the one before left.</summary>
    public Task ChangeAsync(string uri, params JsonObject[] changes)
    {
        _documents[uri] = (_documents[uri].Version + 1, "");
        return NotifyAsync("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = _documents[uri].Version },
            ["contentChanges"] = new JsonArray([.. changes]),
        });
    }

    public Task ReplaceAsync(string uri, string text) => ChangeAsync(uri, new JsonObject { ["text"] = text });

    public Task CloseAsync(string uri) => NotifyAsync("textDocument/didClose", At(uri));

    /// <summary>Asks a question about a place.</summary>
    public Task<JsonNode?> AskAsync(string method, string uri, JsonObject position)
    {
        var parameters = At(uri);
        parameters["position"] = position.DeepClone();
        return RequestAsync(method, parameters);
    }

    public static JsonObject At(string uri) => new() { ["textDocument"] = new JsonObject { ["uri"] = uri } };

    /// <summary>The codes that were last published for a document's current version.</summary>
    public async Task<string[]> PublishedAsync(string uri, Func<string[], bool>? until = null)
    {
        var message = await WaitAsync("textDocument/publishDiagnostics", p => p["uri"]!.GetValue<string>() == uri
            && (p["version"]?.GetValue<int>() ?? _documents[uri].Version) == _documents[uri].Version
            && (until is null || until(Codes(p["diagnostics"]))));
        return Codes(message["params"]!["diagnostics"]);
    }

    public static string[] Codes(JsonNode? diagnostics) => [.. diagnostics!.AsArray().Select(d => d!["code"]!.GetValue<string>())];

    /// <summary>The first message of a method, among those that have come or else to come, whose parameters are the wanted ones.</summary>
    public async Task<JsonObject> WaitAsync(string method, Func<JsonNode, bool>? isWanted = null)
    {
        bool IsWanted(JsonObject message) => message["method"]?.GetValue<string>() == method && (isWanted is null || isWanted(message["params"]!));
        var found = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_received)
        {
            // The latest counts: what was said before may be out of date.
            if (_received.FindLast(IsWanted) is { } before)
            {
                return before;
            }

            _waiting.Add((IsWanted, found));
        }

        return await found.Task.WaitAsync(Patience);
    }

    /// <summary>Forgets what has come, so that only what comes from now on is waited for.</summary>
    public void Forget()
    {
        lock (_received)
        {
            _received.Clear();
        }
    }

    public Task SendAsync(JsonNode message) => SendRawAsync(message.ToJsonString());

    /// <summary>Sends any content, framed as it should be.</summary>
    public async Task SendRawAsync(string content)
    {
        var body = Encoding.UTF8.GetBytes(content);
        await SendBytesAsync([.. Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), .. body]);
    }

    public async Task SendBytesAsync(byte[] bytes)
    {
        await _sending.WaitAsync();
        try
        {
            await _toServer.WriteAsync(bytes);
            await _toServer.FlushAsync();
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Goes away without a word.</summary>
    public async Task HangUpAsync() => await _toServer.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _toServer.DisposeAsync();
        await Exit;
        await _reading;
        _sending.Dispose();
    }

    private async Task ReadAsync(PipeReader reader)
    {
        var stream = reader.AsStream();
        while (await ReadLengthAsync(stream) is { } length)
        {
            var body = new byte[length];
            await stream.ReadExactlyAsync(body);
            await TakeAsync(JsonNode.Parse(body)!.AsObject());
        }

        foreach (var request in _requests.Values)
        {
            request.TrySetException(new EndOfStreamException("The server has gone without an answer."));
        }
    }

    private static async Task<int?> ReadLengthAsync(Stream stream)
    {
        var header = new StringBuilder();
        var one = new byte[1];
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            header.Append((char)one[0]);
        }

        var line = header.ToString().Split("\r\n").First(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture);
    }

    private async Task TakeAsync(JsonObject message)
    {
        if (message["method"] is null)
        {
            Settle(message);
            return;
        }

        var method = message["method"]!.GetValue<string>();
        if (message["id"] is { } id && !Unanswered.Contains(method))
        {
            await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = Answers.GetValueOrDefault(method)?.Invoke(message["params"]!) });
        }

        lock (_received)
        {
            _received.Add(message);
            foreach (var waiting in _waiting.Where(w => w.IsWanted(message)).ToList())
            {
                waiting.Found.TrySetResult(message);
                _waiting.Remove(waiting);
            }
        }
    }

    private void Settle(JsonObject reply)
    {
        if (reply["id"] is not JsonValue id || !id.TryGetValue<int>(out var number) || !_requests.TryRemove(number, out var request))
        {
            lock (_received)
            {
                _received.Add(reply);
            }
        }
        else if (reply["error"] is { } error)
        {
            request.SetException(new LspErrorException(error["code"]!.GetValue<int>(), error["message"]!.GetValue<string>()));
        }
        else
        {
            request.SetResult(reply["result"]?.DeepClone());
        }
    }
}
