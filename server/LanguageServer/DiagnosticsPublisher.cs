// Loads the workspace and tells the client of findings: at once for the document that is edited, then for the others that are open.
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.LanguageServer.Handlers;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;
using Diagnostic = Pipewright.LanguageServer.Protocol.Diagnostic;

namespace Pipewright.LanguageServer;

internal sealed class DiagnosticsPublisher(ServerSession session) : IDisposable
{
    /// <summary>Long enough that a word is typed in one go, short enough to feel immediate.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private CancellationTokenSource _pending = new();

    /// <summary>A client that pulls is not pushed to as well.</summary>
    private bool ClientPulls => session.Client?.TextDocument?.Diagnostic is not null;

    /// <summary>Completes when the workspace folders have been read.</summary>
    public Task Loaded { get; private set; } = Task.CompletedTask;

    public void LoadWorkspace() => Loaded = Task.Run(LoadAsync);

    /// <summary>Publishes anew in a moment; what was scheduled before and has not begun is dropped.</summary>
    /// <param name="first">The document whose findings come first; null for no order.</param>
    public void Schedule(string? first)
    {
        if (ClientPulls)
        {
            return;
        }

        CancellationToken cancellation;
        lock (_lock)
        {
            _pending.Cancel();
            _pending = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
            cancellation = _pending.Token;
        }

        _ = Task.Run(() => PublishAsync(first, cancellation), CancellationToken.None);
    }

    public void Clear(string uri)
    {
        if (!ClientPulls)
        {
            Send(uri, null, []);
        }
    }

    public static IReadOnlyList<Diagnostic> Find(ServerSession session, WorkspaceSnapshot snapshot, OpenDocument open, CancellationToken cancellation)
    {
        var found = open.Document is not null ? LanguageFeatures.GetDiagnostics(snapshot.FactoryOf(open), open.Document, cancellation)
            : FactoryLoader.IsConfiguration(open.Path) ? FactoryConfiguration.Parse(open.Text).Diagnostics
            : [];
        return [.. found.Select(d => Translation.ToDiagnostic(d, open.Text, session))];
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        _pending.Dispose();
    }

    private async Task PublishAsync(string? first, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Pause, cancellation);
            var snapshot = session.Workspace.Current;
            foreach (var open in snapshot.Open.Values.OrderByDescending(o => o.Uri == first))
            {
                var found = Find(session, snapshot, open, cancellation);
                cancellation.ThrowIfCancellationRequested();
                Send(open.Uri, open.Version, found);
            }
        }
        catch (OperationCanceledException)
        {
            // A newer edit publishes in its turn.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            session.Log(1, $"The findings could not be computed: {e}");
        }
    }

    private void Send(string uri, int? version, IReadOnlyList<Diagnostic> diagnostics)
    {
        var supportsVersion = session.Client?.TextDocument?.PublishDiagnostics?.VersionSupport == true;
        session.Notify("textDocument/publishDiagnostics", ProtocolJson.Write(
            new PublishDiagnosticsParams(uri, supportsVersion ? version : null, diagnostics), ProtocolJson.Default.PublishDiagnosticsParams));
    }

    private async Task LoadAsync()
    {
        await using var progress = await session.Progress.BeginAsync("Pipewright: reading the factory", null, isCancellable: false);
        foreach (var folder in session.Workspace.Current.Folders)
        {
            try
            {
                var loaded = FactoryLoader.Load(folder, message => session.Log(2, message), _ended.Token);
                session.Workspace.Add(loaded);
                session.Log(3, $"{folder}: {loaded.Sum(f => f.Snapshot.Documents.Count)} resource files in {loaded.Count} factories.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
            {
                session.Log(2, $"{folder} can't be read: {e.Message}");
            }
        }

        Schedule(null);
        if (ClientPulls && session.Client?.Workspace?.Diagnostics?.IsSupported == true)
        {
            await session.Host.TryRequestAsync("workspace/diagnostic/refresh", default, CancellationToken.None);
        }
    }
}
