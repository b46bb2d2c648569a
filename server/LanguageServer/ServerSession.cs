// The life of one connection: what the client can do, what it has open, and what state the connection is in.
using System.Diagnostics;
using System.Text.Json;
using Pipewright.LanguageServer.Handlers;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer;

/// <summary>What all handlers share.</summary>
internal sealed class ServerSession : IDisposable
{
    private readonly JsonRpcHost _host;
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isShutDown;

    public ServerSession(Stream input, Stream output)
    {
        _host = new JsonRpcHost(input, output, (method, problem) => Log(1, $"{method}: {problem}"));
        Diagnostics = new DiagnosticsPublisher(this);
        LifecycleHandlers.Register(this);
        SyncHandlers.Register(this);
        FeatureHandlers.Register(this);
        DiagnosticHandlers.Register(this);
        FactoryHandlers.Register(this);
    }

    public Workspace Workspace { get; } = new();

    public DiagnosticsPublisher Diagnostics { get; }

    public ProgressReporter Progress => field ??= new ProgressReporter(this);

    /// <summary>Null until the client has said <c>initialize</c>.</summary>
    public ClientCapabilities? Client { get; set; }

    public PositionEncoding Encoding { get; set; } = PositionEncoding.Utf16;

    public ServerSettings Settings { get; set; } = ServerSettings.Default;

    public JsonRpcHost Host => _host;

    /// <summary>Serves until the client says <c>exit</c> or goes away.</summary>
    /// <returns>The process's exit code: 0 after an orderly shutdown, else 1, as LSP asks.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output)
    {
        using var session = new ServerSession(input, output);
        session._host.Start();
        var ended = await Task.WhenAny(session._exit.Task, session._host.Completion);
        return ended == session._exit.Task ? await session._exit.Task : session._isShutDown ? 0 : 1;
    }

    public void ShutDown() => _isShutDown = true;

    public void Exit() => _exit.TrySetResult(_isShutDown ? 0 : 1);

    /// <summary>Registers a method that needs an initialised session.</summary>
    public void Register(string method, MessageHandler handler) => _host.Register(method, (parameters, cancellation) =>
        Client is null ? throw new RequestFailedException(RequestFailedException.ServerNotInitialized, "The server is not initialized yet.")
        : _isShutDown ? throw new RequestFailedException(RequestFailedException.InvalidRequest, "The server has been shut down.")
        : handler(parameters, cancellation));

    /// <summary>Registers a request that reads: it is answered from the snapshot of the moment it came, beside other work.</summary>
    public void RegisterRead(string method, Func<WorkspaceSnapshot, JsonElement, CancellationToken, JsonElement?> answer) => Register(method, (parameters, cancellation) =>
    {
        var snapshot = Workspace.Current;
        return Task.Run(() => answer(snapshot, parameters, cancellation), cancellation);
    });

    /// <summary>Registers a notification that changes state. It is done before the next message is looked at; what goes wrong in it is logged.</summary>
    public void RegisterChange(string method, Action<JsonElement> change) => Register(method, (parameters, _) =>
    {
        try
        {
            change(parameters);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Log(1, $"{method}: {e.Message}");
        }

        return Task.FromResult<JsonElement?>(null);
    });

    /// <param name="type">1 error, 2 warning, 3 information, 4 log.</param>
    public void Log(int type, string message) => Notify("window/logMessage", ProtocolJson.Write(new LogMessageParams(type, message), ProtocolJson.Default.LogMessageParams));

    /// <summary>Sends a notification without waiting; a client that is gone is no error.</summary>
    public void Notify(string method, JsonElement parameters) => _host.NotifyAsync(method, parameters).ContinueWith(
        t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    /// <summary>Ends the process when the client's process ends without saying so.</summary>
    public void WatchClient(int processId)
    {
        try
        {
            var client = Process.GetProcessById(processId);
            client.EnableRaisingEvents = true;
            client.Exited += (_, _) => _exit.TrySetResult(1);
            if (client.HasExited)
            {
                _exit.TrySetResult(1);
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // The process is not one that can be watched, as from inside a container; the end of the stream will tell.
            Log(4, $"The client's process {processId} can't be watched: {e.Message}");
        }
    }

    public void Dispose()
    {
        Diagnostics.Dispose();
        _host.Dispose();
    }
}
