namespace Pipewright.LanguageServer.Workspaces;

/// <summary>Reads the workspace from the disk, beside all other work, one reading after the other.</summary>
internal sealed class WorkspaceReading(ServerSession session) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private CancellationTokenSource? _current;
    private bool _isFollowUpDue;
    private bool _isOver;

    /// <summary>Completes when what was asked for so far has been read. Never fails.</summary>
    public Task Completed { get; private set; } = Task.CompletedTask;

    /// <summary>Reads all workspace folders, in place of a reading that is still under way.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _current?.Cancel();
            _current?.Dispose();
            _current = new CancellationTokenSource();
            var cancellation = _current.Token;
            Completed = RunAsync(Completed, () => ReadFolders(cancellation), "reading the factories");
        }
    }

    /// <summary>Reads the factories of open documents that no workspace folder has brought.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            if (!_isFollowUpDue && !_isOver && FindUnread().Any())
            {
                _isFollowUpDue = true;
                var cancellation = _ended.Token;
                Completed = RunAsync(Completed, () => ReadUnread(cancellation), null);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _current?.Cancel();
            _current?.Dispose();
            _ended.Cancel();
            _ended.Dispose();
        }
    }

    private async Task RunAsync(Task before, Action read, string? title)
    {
        await before;
        var reading = Task.Run(read);
        _ = title is null ? Task.CompletedTask : ShowAsync(reading, title);
        try
        {
            await reading;
        }
        catch (OperationCanceledException)
        {
            // A newer reading follows, or the session is over.
            return;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What could not be read once is not tried again by itself.
            session.Log(1, $"The workspace could not be read: {e}");
            session.Diagnostics.ScheduleAll();
            return;
        }

        Complete();
        session.Notebooks.Refresh();
        session.Diagnostics.ScheduleAll();
    }

    /// <summary>Never waited for: a client that does not answer must not hold up the reading.</summary>
    private async Task ShowAsync(Task reading, string title)
    {
        await using var progress = await session.Progress.BeginAsync($"Pipewright: {title}", null, isCancellable: false);
        await Task.WhenAny(reading);
    }

    private void ReadFolders(CancellationToken cancellation)
    {
        session.Workspace.BeginReading();
        var loader = new FactoryLoader(session.Workspace.Kinds, message => session.Log(2, message), session.Workspace.Current.Factories);
        var factories = new Dictionary<string, LoadedFactory>();
        foreach (var folder in session.Workspace.Current.Folders.Where(Directory.Exists))
        {
            var loaded = loader.Load(folder, cancellation);
            session.Log(3, $"{folder}: {loaded.Sum(f => f.Snapshot.Documents.Count)} resource files in {loaded.Count} factories.");
            foreach (var factory in loaded)
            {
                factories[factory.Path] = factory;
            }
        }

        cancellation.ThrowIfCancellationRequested();
        session.Workspace.Replace([.. factories.Values]);
    }

    private void ReadUnread(CancellationToken cancellation)
    {
        lock (_lock)
        {
            _isFollowUpDue = false;
        }

        session.Workspace.BeginReading();
        var loader = new FactoryLoader(session.Workspace.Kinds, message => session.Log(2, message));
        session.Workspace.Add([.. FindUnread().ToList().Select(r => loader.LoadRoot(r, cancellation))]);
    }

    private IEnumerable<string> FindUnread()
    {
        var current = session.Workspace.Current;
        return current.Open.Values.Where(o => o.Document is not null && Path.IsPathRooted(o.Root)).Select(o => o.Root).Distinct().Where(r => !current.ReadRoots.Contains(r));
    }
}
