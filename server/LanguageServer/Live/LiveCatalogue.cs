// What the targets' factories have, for all that answers an editor: taken from the disk at once, read from Azure in the background, one factory after
// the other. Nothing waits for it.
using Pipewright.Azure;
using Pipewright.Core.Factory;
using Pipewright.Deployment;
using Pipewright.LanguageServer.Deploying;

namespace Pipewright.LanguageServer.Live;

/// <param name="cache">Where it is kept between sessions.</param>
internal sealed class LiveCatalogue(ServerSession session, LiveCache cache) : IDisposable
{
    /// <summary>What is younger is not read anew by itself.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>The pause after a failure; it doubles with each, up to the longest.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <summary>A reading in the background that takes longer is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>After a deployment of more, everything is read.</summary>
    private const int MostSingle = 50;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly Dictionary<FactoryTarget, Known> _known = [];

    /// <summary>The target that each root shows.</summary>
    private readonly Dictionary<string, FactoryTarget> _shown = [];

    /// <summary>Ends the reading in the background; null where there is none.</summary>
    private Action? _endBackground;

    /// <summary>What is known of one factory.</summary>
    private sealed class Known
    {
        public LiveResources? Live { get; set; }

        /// <summary>What the client was last asked to look at anew.</summary>
        public LiveResources? Told { get; set; }

        public bool IsFromDisk { get; set; }

        /// <summary>The user has deployed to it, signed in to it or asked for it in this session.</summary>
        public bool IsInUse { get; set; }

        /// <summary>A reading is under way or due.</summary>
        public bool IsDue { get; set; }

        public int Failures { get; set; }

        public DateTimeOffset NotBefore { get; set; }
    }

    /// <summary>The target of a root is needed, or may be another than before. Returns at once.</summary>
    public void Touch(string root)
    {
        if (Path.IsPathRooted(root) && !_ended.IsCancellationRequested)
        {
            _ = Task.Run(() => TouchAsync(root, _ended.Token), CancellationToken.None);
        }
    }

    /// <summary>Settings have changed.</summary>
    public void TouchAll()
    {
        foreach (var root in session.Workspace.Current.Open.Values.Select(o => o.Root).Distinct())
        {
            Touch(root);
        }
    }

    /// <summary>The user works with a target, so what it has may be looked at from now on.</summary>
    public void Use(string root, ResolvedTarget target)
    {
        lock (_lock)
        {
            Of(target.Factory).IsInUse = true;
        }

        Touch(root);
    }

    /// <summary>Reads a factory because the user asks for it: now, and with a sign-in where one is needed.</summary>
    /// <exception cref="FactoryRequestException">It can't be read.</exception>
    public async Task<LiveResources> RefreshAsync(string root, ResolvedTarget target, CancellationToken cancellation)
    {
        Action? end;
        lock (_lock)
        {
            end = _endBackground;
            Of(target.Factory).IsInUse = true;
            Of(target.Factory).NotBefore = default;
            if (IsCurrent(root, target))
            {
                _shown[root] = target.Factory;
            }
        }

        // What hangs in the background, as without a sign-in, must not hold this up.
        try
        {
            end?.Invoke();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }

        await LoadAsync(target);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ended.Token);
        return await ReadAsync(target, mayAskUser: true, stop.Token);
    }

    /// <summary>Reads some resources anew, as after a deployment; everything where little is known.</summary>
    public void ReadAgain(string root, ResolvedTarget target, IReadOnlyCollection<ResourceId> ids) => _ = Task.Run(async () =>
    {
        try
        {
            Use(root, target);
            if (Find(target.Factory) is { } live && ids.Count <= MostSingle && ids.All(i => live.HasRead(i.Kind)))
            {
                await _turn.WaitAsync(_ended.Token);
                try
                {
                    await ReadSingleAsync(target, ids, mayAskUser: false, _ended.Token);
                }
                finally
                {
                    _turn.Release();
                }
            }
            else if (IsWanted(target.Factory))
            {
                await ReadAsync(target, mayAskUser: false, _ended.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or FactoryRequestException or ObjectDisposedException)
        {
            // What is known is only older than it could be.
        }
    });

    /// <summary>One resource as it is now; null where the factory does not have it.</summary>
    /// <exception cref="FactoryRequestException">It can't be read.</exception>
    public async Task<LiveEntry?> FindAsync(string root, ResolvedTarget target, ResourceId id, CancellationToken cancellation)
    {
        await LoadAsync(target);
        if (Find(target.Factory)?.HasRead(id.Kind) != true)
        {
            await RefreshAsync(root, target, cancellation);
        }

        return (await ReadSingleAsync(target, [id], mayAskUser: true, cancellation)).Find(id.Kind, id.Name);
    }

    /// <summary>Whether a factory is looked at in the background.</summary>
    public bool IsLookedAt(FactoryTarget target) => IsWanted(target);

    public LiveResources? Find(FactoryTarget target)
    {
        lock (_lock)
        {
            return _known.GetValueOrDefault(target)?.Live;
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        _turn.Dispose();
    }

    private async Task TouchAsync(string root, CancellationToken cancellation)
    {
        try
        {
            await session.Reading.Completed.WaitAsync(cancellation);
            if (Resolve(root) is not { } target)
            {
                Show(root, null);
                return;
            }

            Show(root, target.Factory);
            await LoadAsync(target);
            Publish(target.Factory, isDone: true);
            if (!Begin(target.Factory))
            {
                return;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            stop.CancelAfter(Patience);
            lock (_lock)
            {
                _endBackground = stop.Cancel;
            }

            try
            {
                await ReadAsync(target, mayAskUser: false, stop.Token);
            }
            finally
            {
                lock (_lock)
                {
                    Of(target.Factory).IsDue = false;
                    _endBackground = null;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or FactoryRequestException or ObjectDisposedException)
        {
            // A later one tries again.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            session.Log(1, $"The target's factory could not be looked at: {e}");
        }
    }

    /// <summary>Whether a reading is to begin now; nobody else begins one then.</summary>
    private bool Begin(FactoryTarget target)
    {
        lock (_lock)
        {
            var (known, now) = (Of(target), TimeProvider.System.GetUtcNow());
            if (known.IsDue || now < known.NotBefore || !IsWanted(target) || (known.Live is { IsFilling: false } live && now - live.ReadAt < Fresh))
            {
                return false;
            }

            return known.IsDue = true;
        }
    }

    /// <summary>
    /// By default a factory in Azure is looked at once its user has had to do with it from here: somebody else's pipewright.yaml sends nobody's sign-in anywhere.
    /// </summary>
    private bool IsWanted(FactoryTarget target)
    {
        lock (_lock)
        {
            return session.Settings.Live switch
            {
                LiveMode.Always => true,
                LiveMode.Never => false,
                _ => target.IsEmulator || Of(target) is { IsInUse: true } or { IsFromDisk: true },
            };
        }
    }

    private ResolvedTarget? Resolve(string root)
    {
        try
        {
            return Targets.Resolve(session.Settings, Targets.ReadConfiguration(root), null, null);
        }
        catch (DeploymentRefusedException)
        {
            return null;
        }
    }

    private bool IsCurrent(string root, ResolvedTarget target) => Resolve(root)?.Factory == target.Factory;

    /// <summary>Takes what is on disk, once.</summary>
    private async Task LoadAsync(ResolvedTarget target)
    {
        if (session.Settings.Live == LiveMode.Never || Find(target.Factory) is not null)
        {
            return;
        }

        var kept = await Task.Run(() => cache.Read(target.Factory, target.Name));
        lock (_lock)
        {
            var known = Of(target.Factory);
            known.IsFromDisk |= kept is not null || cache.Has(target.Factory);
            known.Live ??= kept;
        }
    }

    private async Task<LiveResources> ReadAsync(ResolvedTarget target, bool mayAskUser, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            var before = Find(target.Factory) ?? new LiveResources(target.Name, target.Factory.Factory, now, IsFilling: true);
            Set(target.Factory, before with { IsFilling = true }, isDone: false);
            var live = await Reader(target, mayAskUser).ReadAsync(before with { IsFilling = true }, now, l => Set(target.Factory, l, isDone: false), cancellation);
            lock (_lock)
            {
                Of(target.Factory).Failures = 0;
                Of(target.Factory).NotBefore = default;
            }

            Set(target.Factory, live, isDone: true);
            await Task.Run(() => cache.Write(target.Factory, live), CancellationToken.None);
            return live;
        }
        catch (Exception e) when (e is OperationCanceledException or FactoryRequestException)
        {
            Fail(target.Factory, e);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<LiveResources> ReadSingleAsync(ResolvedTarget target, IReadOnlyCollection<ResourceId> ids, bool mayAskUser, CancellationToken cancellation)
    {
        var reader = Reader(target, mayAskUser);
        foreach (var id in ids)
        {
            // A reading of everything that goes on beside this may put back what it read a moment ago; the next one sets it right.
            var read = await reader.ReadOneAsync(Find(target.Factory)!, id, cancellation);
            Set(target.Factory, read, isDone: id.Equals(ids.Last()));
        }

        var live = Find(target.Factory)!;
        await Task.Run(() => cache.Write(target.Factory, live), CancellationToken.None);
        return live;
    }

    private LiveReader Reader(ResolvedTarget target, bool mayAskUser) => new(new AzureFactoryClient(session.SignIn.Connect(target.Factory, mayAskUser)), target.Factory.Factory);

    private void Fail(FactoryTarget target, Exception reason)
    {
        lock (_lock)
        {
            var known = Of(target);
            known.Failures++;
            var pause = FirstPause * Math.Pow(2, Math.Min(known.Failures - 1, 10));
            known.NotBefore = TimeProvider.System.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
        }

        if (Find(target) is { } live)
        {
            Set(target, live with { IsFilling = false }, isDone: true);
        }

        if (reason is FactoryRequestException refusal)
        {
            session.Log(3, $"{target.Factory} could not be looked at: {refusal.Code}: {refusal.Message}");
        }
    }

    private void Set(FactoryTarget target, LiveResources live, bool isDone)
    {
        lock (_lock)
        {
            Of(target).Live = live;
        }

        Publish(target, isDone);
    }

    /// <summary>Which target a root shows from now on; null for none.</summary>
    private void Show(string root, FactoryTarget? target)
    {
        lock (_lock)
        {
            if (target is not null)
            {
                // Another target's findings are told anew, whatever was said of it before.
                Of(target).Told = _shown.GetValueOrDefault(root) == target ? Of(target).Told : null;
                _shown[root] = target;
                return;
            }

            _shown.Remove(root);
        }

        if (session.Workspace.Current.FactoryOf(root).Live is not null)
        {
            session.Workspace.SetLive(root, null);
            session.Diagnostics.ScheduleAll();
        }
    }

    /// <summary>Lets the factories of the workspace know it; findings follow once a reading is done.</summary>
    private void Publish(FactoryTarget target, bool isDone)
    {
        List<string> roots;
        LiveResources? live;
        lock (_lock)
        {
            roots = [.. _shown.Where(s => s.Value == target).Select(s => s.Key)];
            live = session.Settings.Live == LiveMode.Never ? null : Of(target).Live;
        }

        foreach (var root in roots)
        {
            session.Workspace.SetLive(root, live);
        }

        if (isDone && Of(target) is var known && !ReferenceEquals(known.Told, live) && !(live?.HasSameEntries(known.Told) ?? false))
        {
            known.Told = live;
            session.Diagnostics.ScheduleAll();
        }
    }

    private Known Of(FactoryTarget target)
    {
        if (!_known.TryGetValue(target, out var known))
        {
            _known[target] = known = new Known();
        }

        return known;
    }
}
