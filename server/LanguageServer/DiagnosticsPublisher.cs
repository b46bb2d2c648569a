// Tells the client of findings, unless it asks for them: first those of the document that is edited, then those of the others.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.LanguageServer.Handlers;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;
using Diagnostic = Pipewright.LanguageServer.Protocol.Diagnostic;

namespace Pipewright.LanguageServer;

internal sealed class DiagnosticsPublisher(ServerSession session) : IDisposable
{
    /// <summary>Of one file; VS Code shows as many.</summary>
    private const int MostFindings = 1_000;

    /// <summary>Long enough for what an editor sends in one go, as of several cursors. What is typed while a file is checked ends that, so it need be no longer where checks are short.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Nobody sees a wait of this, and a check that is begun with each letter takes the processor from the proposals.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>The pause before a check, as a part of how long the last one took.</summary>
    private const double PartOfCheck = 0.25;

    /// <summary>How often it waits once more while an answer is worked out that somebody waits for: proposals come before findings.</summary>
    private const int MostPauses = 20;

    /// <summary>What refers to files that are not read yet must not look wrong. A workspace that takes longer than this has to do with less.</summary>
    private static readonly TimeSpan PatienceWithDisk = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();

    /// <summary>How long the last check of a document took, by its key.</summary>
    private readonly ConcurrentDictionary<string, TimeSpan> _durations = [];

    /// <summary>What the client was last told, by key of the document.</summary>
    private readonly Dictionary<string, (int? Version, string Text)> _told = [];

    /// <summary>Files that are not open, and that the client was told about because it asked to have the whole factory checked.</summary>
    private readonly Dictionary<string, string> _unopened = [];

    private CancellationTokenSource _pending = new();
    private TaskCompletionSource _nextCheck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _clientPullsAll;
    private bool _isOver;

    /// <summary>A client that asks for the findings of its open documents is not told them as well.</summary>
    private bool ClientPulls => session.Client?.TextDocument?.Diagnostic is not null;

    /// <summary>Completes when something has changed and has been checked again.</summary>
    public Task NextCheck => Volatile.Read(ref _nextCheck).Task;

    /// <summary>Publishes anew in a moment; what was scheduled before and has not begun is dropped.</summary>
    /// <param name="first">The document whose findings come first; null for no order.</param>
    public void Schedule(string? first)
    {
        CancellationToken cancellation;
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _pending.Cancel();
            _pending.Dispose();
            _pending = new CancellationTokenSource();
            cancellation = _pending.Token;
        }

        _ = Task.Run(() => PublishAsync(first is null ? null : DocumentUri.ToKey(first), cancellation), CancellationToken.None);
    }

    /// <summary>The files on disk are others than before: tells, or lets the client ask again.</summary>
    public void ScheduleAll()
    {
        Schedule(null);
        session.Views.Refresh();
        if (ClientPulls && session.Client?.Workspace?.Diagnostics?.IsSupported == true)
        {
            _ = session.Host.TryRequestAsync("workspace/diagnostic/refresh", default, CancellationToken.None);
        }
    }

    /// <summary>An open document is the client's to ask about, or is published with its version.</summary>
    public void Opened(string uri)
    {
        lock (_lock)
        {
            if (_unopened.Remove(DocumentUri.ToKey(uri)) && ClientPulls)
            {
                Tell(DocumentUri.ToKey(uri), uri, null, []);
            }
        }
    }

    /// <summary>A document that is closed has no findings any more.</summary>
    public void Closed(string uri)
    {
        lock (_lock)
        {
            if (!ClientPulls)
            {
                Tell(DocumentUri.ToKey(uri), uri, null, []);
                _told.Remove(DocumentUri.ToKey(uri));
            }

            _durations.TryRemove(DocumentUri.ToKey(uri), out _);
        }
    }

    /// <summary>Waits before a check whether something more is typed, the longer the longer checks of the document take, and for an answer that is being worked out: proposals come first.</summary>
    /// <param name="key">Of the document; null for no particular one.</param>
    public async Task WaitForTypingAsync(string? key, CancellationToken cancellation)
    {
        // What has just been opened is not being typed; what comes while its first check runs is.
        if (key is null || !_durations.TryAdd(key, TimeSpan.Zero))
        {
            var part = key is null ? TimeSpan.Zero : _durations.GetValueOrDefault(key) * PartOfCheck;
            await Task.Delay(part < Pause ? Pause : part < LongestPause ? part : LongestPause, cancellation);
        }

        for (var times = 0; session.IsAnswering && times < MostPauses; times++)
        {
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>The findings of an open document; notes how long it took.</summary>
    public IReadOnlyList<Diagnostic> FindInTime(WorkspaceSnapshot snapshot, OpenDocument open, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        var found = Find(session, snapshot, open, cancellation);
        _durations[DocumentUri.ToKey(open.Uri)] = TimeProvider.System.GetElapsedTime(started);
        return found;
    }

    /// <summary>Tells the findings of files that are not open, and keeps them current from now on.</summary>
    public void PublishUnopened(WorkspaceSnapshot snapshot, IEnumerable<LocatedDocument> documents, CancellationToken cancellation)
    {
        foreach (var file in documents.Select(d => Path.GetFullPath(Path.Combine(d.Root, d.Document.Path))).Where(f => Path.IsPathRooted(f) && !snapshot.Open.ContainsKey(f)))
        {
            cancellation.ThrowIfCancellationRequested();
            PublishUnopened(snapshot, file, DocumentUri.FromPath(file), cancellation);
        }
    }

    public static IReadOnlyList<Diagnostic> Find(ServerSession session, WorkspaceSnapshot snapshot, OpenDocument open, CancellationToken cancellation) =>
        [.. Gravest(Findings.Find(snapshot, open, cancellation)).Select(d => Translation.ToDiagnostic(d, open.Text, open.Root, snapshot, session))];

    /// <summary>The findings of a file, open or not.</summary>
    public static IReadOnlyList<Diagnostic> Find(ServerSession session, WorkspaceSnapshot snapshot, string root, ResourceDocument document, CancellationToken cancellation) =>
        [.. Gravest(LanguageFeatures.GetDiagnostics(snapshot.FactoryOf(root), document, cancellation)).Select(d => Translation.ToDiagnostic(d, document.Text, root, snapshot, session))];

    /// <summary>Of a file with more findings than anybody reads, the gravest: all of them would be sent anew with each key that is pressed.</summary>
    private static IEnumerable<Core.Text.Diagnostic> Gravest(ImmutableArray<Core.Text.Diagnostic> found) => found.Length <= MostFindings
        ? found
        : found.OrderByDescending(d => d.Severity).Take(MostFindings).OrderBy(d => d.Span.Start);

    /// <summary>From now on the client asks for the findings of files that are not open as well, so it is not told them any more.</summary>
    public void LetClientPullAll()
    {
        lock (_lock)
        {
            _clientPullsAll = true;
            foreach (var (file, uri) in _unopened)
            {
                Tell(file, uri, null, []);
            }

            _unopened.Clear();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _pending.Cancel();
            _pending.Dispose();
        }
    }

    private async Task PublishAsync(string? first, CancellationToken cancellation)
    {
        try
        {
            await WaitForTypingAsync(first, cancellation);
            if (!session.Reading.Completed.IsCompleted)
            {
                await Task.WhenAny(session.Reading.Completed, Task.Delay(PatienceWithDisk, cancellation));
                cancellation.ThrowIfCancellationRequested();
            }

            Interlocked.Exchange(ref _nextCheck, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            var snapshot = session.Workspace.Current;
            if (!ClientPulls)
            {
                PublishOpen(snapshot, first, cancellation);
            }

            foreach (var (file, uri) in ListUnopened())
            {
                PublishUnopened(snapshot, file, uri, cancellation);
            }

            foreach (var open in snapshot.Open.Values)
            {
                session.Views.RefreshAfter(open);
            }

            session.Databricks.WantForOpen(snapshot);
            foreach (var open in snapshot.Open.Values)
            {
                cancellation.ThrowIfCancellationRequested();
                open.Document?.Prepare();
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

    /// <summary>The document in view first, then all others side by side.</summary>
    private void PublishOpen(WorkspaceSnapshot snapshot, string? first, CancellationToken cancellation)
    {
        if (first is not null && snapshot.Open.TryGetValue(first, out var inView))
        {
            PublishOpen(first, inView, FindInTime(snapshot, inView, cancellation), cancellation);
        }

        var others = snapshot.Open.Where(o => o.Key != first).AsParallel().AsOrdered().WithCancellation(cancellation).WithMergeOptions(ParallelMergeOptions.NotBuffered);
        foreach (var (key, open, found) in others.Select(o => (o.Key, o.Value, Find(session, snapshot, o.Value, cancellation))))
        {
            PublishOpen(key, open, found, cancellation);
        }
    }

    private KeyValuePair<string, string>[] ListUnopened()
    {
        lock (_lock)
        {
            return [.. _unopened];
        }
    }

    private void PublishOpen(string key, OpenDocument open, IReadOnlyList<Diagnostic> found, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // Decided under the lock, so that nothing is said about a document after it has been closed.
            cancellation.ThrowIfCancellationRequested();
            if (session.Workspace.Current.Open.ContainsKey(key))
            {
                Tell(key, open.Uri, open.Version, found);
            }
        }
    }

    private void PublishUnopened(WorkspaceSnapshot snapshot, string file, string uri, CancellationToken cancellation)
    {
        var located = snapshot.FindFile(uri);
        var found = located is null ? [] : Find(session, snapshot, located.Root, located.Document, cancellation);
        lock (_lock)
        {
            if (_clientPullsAll || session.Workspace.Current.Open.ContainsKey(file))
            {
                return;
            }

            if (found.Count > 0 || _unopened.ContainsKey(file))
            {
                Tell(file, uri, null, found);
            }

            _unopened[file] = uri;
            if (found.Count == 0)
            {
                _unopened.Remove(file);
            }
        }
    }

    /// <summary>Called under the lock. Says nothing twice.</summary>
    private void Tell(string key, string uri, int? version, IReadOnlyList<Diagnostic> found)
    {
        var supportsVersion = session.Client?.TextDocument?.PublishDiagnostics?.VersionSupport == true;
        var parameters = ProtocolJson.Write(
            new PublishDiagnosticsParams(uri, supportsVersion ? version : null, found), ProtocolJson.Default.PublishDiagnosticsParams);
        var text = parameters.GetRawText();
        if (_told.GetValueOrDefault(key) != (version, text))
        {
            _told[key] = (version, text);
            session.Notify("textDocument/publishDiagnostics", parameters);
        }
    }
}
