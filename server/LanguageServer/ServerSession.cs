// The life of one connection: what the client can do, what it has open, and what state the connection is in.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Azure.Core.Pipeline;
using Pipewright.LanguageServer.AzureServices;
using Pipewright.LanguageServer.Handlers;
using Pipewright.LanguageServer.Live;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Running;
using Pipewright.LanguageServer.Testing;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer;

/// <summary>What all handlers share.</summary>
internal sealed class ServerSession : IDisposable
{
    /// <summary>The end of the client's stream tells first, but for a client that is killed while others hold the stream.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly JsonRpcHost _host;
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IdleMemory _memory = new();
    private Process? _clientProcess;
    private Timer? _clientLook;
    private bool _isShutDown;
    private int _answers;

    /// <param name="transport">What carries requests to Azure; null for HTTP.</param>
    public ServerSession(Stream input, Stream output, HttpPipelineTransport? transport = null)
    {
        _host = new JsonRpcHost(input, output, (method, problem) => Log(1, $"{method}: {problem}"), text => SignIn!.Scrub(text));
        Workspace = new Workspace(message => Log(2, message));
        Reading = new WorkspaceReading(this);
        Diagnostics = new DiagnosticsPublisher(this);
        Progress = new ProgressReporter(this);
        Views = new ViewRefresh(this);
        Notebooks = new NotebookRegistration(this);
        SignIn = new SignIn(this, transport);
        Live = new LiveCatalogue(this, LiveCache.OfUser);
        Databricks = new WorkspaceCatalogue(this, WorkspaceCache.OfUser, (workspace, mayAskUser) => new DatabricksReader(SignIn.ConnectDatabricks(workspace, mayAskUser)));
        Tokens = new TokenHandlers(this);
        LifecycleHandlers.Register(this);
        SyncHandlers.Register(this);
        FeatureHandlers.Register(this);
        DiagnosticHandlers.Register(this);
        FactoryHandlers.Register(this);
        DeploymentHandlers.Register(this);
        ConvertHandlers.Register(this);
        ExportHandlers.Register(this);
        LiveHandlers.Register(this);
        RunHandlers.Register(this);
        GraphHandlers.Register(this);
        RenameHandlers.Register(this);
        NavigationHandlers.Register(this);
        CallHierarchyHandlers.Register(this);
        SymbolHandlers.Register(this);
        StructureHandlers.Register(this);
        FormattingHandlers.Register(this);
        HintHandlers.Register(this);
        TestHandlers.Register(this);
        Tokens.Register();
    }

    public Workspace Workspace { get; }

    public WorkspaceReading Reading { get; }

    public DiagnosticsPublisher Diagnostics { get; }

    public ProgressReporter Progress { get; }

    public ViewRefresh Views { get; }

    public NotebookRegistration Notebooks { get; }

    public TokenHandlers Tokens { get; }

    public SignIn SignIn { get; }

    public LiveCatalogue Live { get; }

    public WorkspaceCatalogue Databricks { get; }

    /// <summary>The last runs without a cloud.</summary>
    public DryRunBook DryRuns { get; } = new();

    /// <summary>Of the runs under scratch names that began here, the names that their pipelines have in the files.</summary>
    public ScratchNames Scratch { get; } = new();

    /// <summary>Null until the client has said <c>initialize</c>.</summary>
    public ClientCapabilities? Client { get; set; }

    public PositionEncoding Encoding { get; set; } = PositionEncoding.Utf16;

    public ServerSettings Settings { get; private set; } = ServerSettings.Default;

    /// <summary>How often the client has sent settings without being asked.</summary>
    public int SettingsSent { get; set; }

    /// <summary>The commands that the client runs by itself.</summary>
    public IReadOnlyList<string> ClientCommands { get; set; } = [];

    /// <summary>Whether the client wants to know which messages are handled.</summary>
    public bool IsTraced { get; set; }

    /// <summary>Whether the client wants to know which requests go to Azure, too.</summary>
    public bool IsVerbose { get; set; }

    public JsonRpcHost Host => _host;

    /// <summary>Serves until the client says <c>exit</c> or goes away.</summary>
    /// <returns>The process's exit code: 0 after an orderly shutdown, else 1, as LSP asks.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output, HttpPipelineTransport? transport = null)
    {
        using var session = new ServerSession(input, output, transport);
        session._host.Start();
        var ended = await Task.WhenAny(session._exit.Task, session._host.Completion);
        return ended == session._exit.Task ? await session._exit.Task : session._isShutDown ? 0 : 1;
    }

    public void ShutDown() => _isShutDown = true;

    public void Exit() => _exit.TrySetResult(_isShutDown ? 0 : 1);

    /// <summary>Takes in settings; those that are not ours, or none, change nothing.</summary>
    /// <returns>Whether files may now hold something else than before.</returns>
    public bool TakeSettings(JsonElement settings)
    {
        if (ServerSettings.Read(settings, message => Log(2, message)) is not { } read)
        {
            return false;
        }

        var before = Settings.Kinds.Patterns.Select(p => (p.Glob, p.Kind));
        var isChanged = !before.SequenceEqual(read.Kinds.Patterns.Select(p => (p.Glob, p.Kind)));
        Settings = read;
        Workspace.Kinds = read.Kinds;
        return isChanged;
    }

    /// <summary>Registers a method that needs an initialised session.</summary>
    public void Register(string method, MessageHandler handler) => _host.Register(method, async (parameters, cancellation) =>
    {
        if (Client is null)
        {
            throw new RequestFailedException(RequestFailedException.ServerNotInitialized, "The server is not initialized yet.");
        }

        if (_isShutDown)
        {
            throw new RequestFailedException(RequestFailedException.InvalidRequest, "The server has been shut down.");
        }

        _memory.Touch();
        var started = TimeProvider.System.GetTimestamp();
        var result = await handler(parameters, cancellation);
        Trace(method, TimeProvider.System.GetElapsedTime(started));
        return result;
    });

    /// <summary>Registers a request that reads: it is answered from the snapshot of the moment it came, beside other work.</summary>
    public void RegisterRead(string method, Func<WorkspaceSnapshot, JsonElement, CancellationToken, JsonElement?> answer) => Register(method, (parameters, cancellation) =>
    {
        var snapshot = Workspace.Current;
        return AnswerAsync(() => answer(snapshot, parameters, cancellation), cancellation);
    });

    /// <summary>Registers a request that reads, and whose answer would be wrong as long as files have not been read yet: it waits for those.</summary>
    public void RegisterOnceRead(string method, Func<WorkspaceSnapshot, JsonElement, CancellationToken, JsonElement?> answer) => Register(method, async (parameters, cancellation) =>
    {
        await Reading.Completed.WaitAsync(cancellation);
        var snapshot = Workspace.Current;
        return await AnswerAsync(() => answer(snapshot, parameters, cancellation), cancellation);
    });

    /// <summary>Whether an answer is being worked out that somebody waits for.</summary>
    public bool IsAnswering => Volatile.Read(ref _answers) > 0;

    private async Task<JsonElement?> AnswerAsync(Func<JsonElement?> answer, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _answers);
        try
        {
            return await Task.Run(answer, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _answers);
        }
    }

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

    private void Trace(string method, TimeSpan duration)
    {
        if (IsTraced)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"{method}: {duration.TotalMilliseconds:0.0} ms");
            Notify("$/logTrace", ProtocolJson.Write(new LogTraceParams(message), ProtocolJson.Default.LogTraceParams));
        }
    }

    /// <summary>Writes a line into the client's log. No token is in it, whatever the message was made of.</summary>
    /// <param name="type">1 error, 2 warning, 3 information, 4 log.</param>
    public void Log(int type, string message) => Notify("window/logMessage", ProtocolJson.Write(new LogMessageParams(type, SignIn.Scrub(message)), ProtocolJson.Default.LogMessageParams));

    /// <summary>Tells the person at the client something.</summary>
    /// <param name="type">As of <see cref="Log"/>.</param>
    public void Show(int type, string message) => Notify("window/showMessage", ProtocolJson.Write(new ShowMessageParams(type, message), ProtocolJson.Default.ShowMessageParams));

    /// <summary>Sends a notification without waiting; a client that is gone is no error.</summary>
    public void Notify(string method, JsonElement parameters) => _host.NotifyAsync(method, parameters).ContinueWith(
        t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    /// <summary>Ends the process when the client's process ends without saying so.</summary>
    public void WatchClient(int processId)
    {
        try
        {
            _clientProcess = Process.GetProcessById(processId);
            if (OperatingSystem.IsWindows())
            {
                _clientProcess.Exited += (_, _) => _exit.TrySetResult(1);
                _clientProcess.EnableRaisingEvents = true;
            }
            else
            {
                // Elsewhere the runtime looks after a process that it has not started twenty times a second, for as long as the server lives.
                _clientLook = new Timer(_ => LookAfterClient(_clientProcess), null, BetweenLooks, BetweenLooks);
            }

            LookAfterClient(_clientProcess);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // The process is not one that can be watched, as from inside a container; the end of the stream will tell.
            Log(4, $"The client's process {processId} can't be watched: {e.Message}");
        }
    }

    private void LookAfterClient(Process client)
    {
        try
        {
            if (client.HasExited)
            {
                _exit.TrySetResult(1);
            }
        }
        catch (InvalidOperationException)
        {
            // The session is over, and the process is no more to be asked.
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        _clientLook?.Dispose();
        Live.Dispose();
        Databricks.Dispose();
        Reading.Dispose();
        Diagnostics.Dispose();
        _host.Dispose();
        _clientProcess?.Dispose();
    }
}
