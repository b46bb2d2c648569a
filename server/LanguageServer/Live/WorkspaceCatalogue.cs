// What Databricks workspaces have, for all that answers an editor: taken from the disk at once, asked for part by part in the background when something needs it. Nothing
// waits for it.
using System.Collections.Immutable;
using Pipewright.Azure.Databricks;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Live;

/// <param name="cache">Where it is kept between sessions.</param>
/// <param name="connect">Makes a reader of a workspace; the flag says whether the user has just asked for it.</param>
internal sealed class WorkspaceCatalogue(ServerSession session, WorkspaceCache cache, Func<DatabricksWorkspace, bool, IWorkspaceReader> connect) : IDisposable
{
    /// <summary>What is younger is not asked for anew: where somebody looks at a list, and where a file only names something.</summary>
    private static readonly TimeSpan FreshInLists = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FreshInFiles = TimeSpan.FromMinutes(5);

    /// <summary>The pause after a failure; it doubles with each, up to the longest.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <summary>A part that alone can't be read is asked for again after this.</summary>
    private static readonly TimeSpan PartPause = TimeSpan.FromMinutes(5);

    /// <summary>A request in the background that takes longer is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>With a sign-in, which a person may have to do.</summary>
    private static readonly TimeSpan PatienceWithUser = TimeSpan.FromMinutes(5);

    /// <summary>Requests to one workspace at a time.</summary>
    private const int MostCalls = 4;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Dictionary<string, KnownWorkspace> _known = [];

    /// <summary>What is known of all, as the snapshots have it but for the target.</summary>
    private LiveWorkspaces _published = LiveWorkspaces.Empty;

    /// <summary>What is known of one workspace, and how it is asked.</summary>
    private sealed class KnownWorkspace(DatabricksWorkspace workspace)
    {
        public DatabricksWorkspace Workspace { get; set; } = workspace;

        public LiveWorkspace Live { get; set; } = new(AddressOf(workspace));

        /// <summary>Completes when what is on disk has been taken in; null before anybody asked for that.</summary>
        public Task? Loading { get; set; }

        /// <summary>The user has asked for it in this session.</summary>
        public bool IsInUse { get; set; }

        /// <summary>Whether an earlier session has left something on disk; null before anybody looked.</summary>
        public bool? IsKept { get; set; }

        public SemaphoreSlim Calls { get; } = new(MostCalls);

        /// <summary>Requests that are under way or due.</summary>
        public HashSet<WorkspacePart> Due { get; } = [];

        /// <summary>Parts that could not be read, and when they may be asked for again.</summary>
        public Dictionary<WorkspacePart, DateTimeOffset> Refused { get; } = [];

        /// <summary>Whether something has come since findings were last told.</summary>
        public bool IsChanged { get; set; }

        public int Failures { get; set; }

        public DateTimeOffset NotBefore { get; set; }
    }

    /// <summary>Something would like to know parts of workspaces. What is not fresh is asked for in the background; returns at once.</summary>
    /// <param name="root">The factory that names the workspaces.</param>
    /// <returns>Whether any of the parts is being read.</returns>
    public bool Want(WorkspaceSnapshot snapshot, string root, IEnumerable<WorkspaceNeed> needs) => Want(snapshot, root, needs, FreshInLists);

    /// <summary>The files that are open may name something else than before. Returns at once.</summary>
    public void WantForOpen(WorkspaceSnapshot snapshot)
    {
        if (session.Settings.Live == LiveMode.Never || _ended.IsCancellationRequested)
        {
            return;
        }

        foreach (var open in snapshot.Open.Values.Where(o => o.Document is not null))
        {
            SetTarget(open.Root, FindTarget(snapshot, open.Root));
            var factory = session.Workspace.Current.FactoryOf(open.Root);
            Want(snapshot, open.Root, LanguageFeatures.GetWorkspaceNeeds(factory, open.Document!), FreshInFiles);
        }
    }

    /// <summary>The target of roots, or whether anything may be looked at, may be another than before.</summary>
    public void TouchAll()
    {
        var before = session.Workspace.Current.Factories;
        foreach (var root in session.Workspace.Current.Open.Values.Select(o => o.Root).Distinct())
        {
            SetTarget(root, FindTarget(session.Workspace.Current, root));
        }

        Publish();
        if (session.Workspace.Current.Factories != before)
        {
            session.Diagnostics.ScheduleAll();
        }
    }

    /// <summary>
    /// Asks the workspaces of a factory because the user wants it: now, and with a sign-in where one is needed. What can't be read says why. Nothing is asked where the settings
    /// say never, as they do for files that are not trusted.
    /// </summary>
    /// <param name="isForTarget">The user has asked for the target's factory: if that is emulated, workspaces in Azure, and a sign-in there, are nothing that was asked for.</param>
    public async Task RefreshAsync(string root, bool isForTarget, CancellationToken cancellation)
    {
        if (session.Settings.Live == LiveMode.Never)
        {
            return;
        }

        var snapshot = session.Workspace.Current;
        SetTarget(root, FindTarget(snapshot, root));
        var factory = session.Workspace.Current.FactoryOf(root);
        var needs = session.Workspace.Current.Open.Values.Where(o => o.Root == root && o.Document is not null)
            .SelectMany(o => LanguageFeatures.GetWorkspaceNeeds(factory, o.Document!)).ToLookup(n => n.Domain, n => n.Part);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ended.Token);
        var isOfMachine = isForTarget && FindTarget(snapshot, root) is { Factory.IsEmulator: true };
        var workspaces = WorkspaceAddress.FindAll(factory).Select(w => w.Domain).Concat(needs.Select(n => n.Key)).Distinct().Select(d => Of(snapshot, root, d)).OfType<KnownWorkspace>()
            .Where(k => !isOfMachine || k.Workspace.IsEmulator).ToList();
        await Task.WhenAll(workspaces.Select(async known =>
        {
            lock (_lock)
            {
                known.IsInUse = true;
                known.NotBefore = default;
                known.Refused.Clear();
            }

            await LoadAsync(known);

            // One request first, by which the user signs in; the others have the token then.
            await ReadAsync(known, WorkspacePart.Folder("/"), mayAskUser: true, stop.Token);
            if (known.Live.Problem is not null)
            {
                return;
            }

            await Task.WhenAll(known.Live.Parts.Keys.Union(needs[known.Live.Domain]).Where(p => p != WorkspacePart.Folder("/")).Select(p => ReadAsync(known, p, mayAskUser: true, stop.Token)));
        }));
    }

    /// <summary>What is known of a workspace, why it can't be asked (null where it can), and whether it is looked at in the background.</summary>
    public (LiveWorkspace? Live, string? Problem, bool IsLookedAt) Find(string root, string domain)
    {
        var isLookedAt = Of(session.Workspace.Current, root, domain) is { } known && IsWanted(session.Workspace.Current, root, known);
        lock (_lock)
        {
            return _known.TryGetValue(domain, out var found) ? (found.Live, found.Live.Problem, isLookedAt) : (null, DatabricksWorkspace.Parse(domain, out var problem) is null ? problem : null, false);
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        lock (_lock)
        {
            foreach (var known in _known.Values)
            {
                known.Calls.Dispose();
            }
        }
    }

    private bool Want(WorkspaceSnapshot snapshot, string root, IEnumerable<WorkspaceNeed> needs, TimeSpan fresh)
    {
        var isFilling = false;
        foreach (var workspace in needs.GroupBy(n => n.Domain).ToList())
        {
            if (session.Settings.Live != LiveMode.Never && !_ended.IsCancellationRequested && Of(snapshot, root, workspace.Key) is { } known && IsWanted(snapshot, root, known))
            {
                isFilling |= Begin(known, workspace.Select(n => n.Part), fresh);
            }
        }

        return isFilling;
    }

    /// <summary>Begins to read what is not fresh.</summary>
    private bool Begin(KnownWorkspace known, IEnumerable<WorkspacePart> parts, TimeSpan fresh)
    {
        var now = TimeProvider.System.GetUtcNow();
        var begun = new List<WorkspacePart>();
        var isFilling = false;
        lock (_lock)
        {
            foreach (var part in parts)
            {
                var isFresh = known.Live.Find(part) is { Content: not null, IsFromDisk: false, Problem: null } kept && now - kept.ReadAt < fresh;
                if (!isFresh && now >= known.NotBefore && now >= known.Refused.GetValueOrDefault(part) && known.Due.Add(part))
                {
                    begun.Add(part);
                    Put(known, part, (known.Live.Find(part) ?? new KnownPart(null, now)) with { IsFilling = true });
                }

                isFilling |= known.Due.Contains(part);
            }
        }

        foreach (var part in begun)
        {
            _ = Task.Run(async () =>
            {
                await LoadAsync(known);
                await ReadAsync(known, part, mayAskUser: false, _ended.Token);
            });
        }

        Publish();
        return isFilling;
    }

    /// <summary>Asks for one part. What goes wrong is noted, and thrown by nobody.</summary>
    private async Task ReadAsync(KnownWorkspace known, WorkspacePart part, bool mayAskUser, CancellationToken cancellation)
    {
        try
        {
            await known.Calls.WaitAsync(cancellation);
            try
            {
                // Another request may have found meanwhile that nothing can be had.
                if (mayAskUser || TimeProvider.System.GetUtcNow() >= known.NotBefore)
                {
                    await AskAsync(known, part, mayAskUser, cancellation);
                }
            }
            finally
            {
                known.Calls.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The session is over, or the user has had enough.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            session.Log(1, $"{known.Live.Domain} could not be looked at: {e}");
        }
        finally
        {
            End(known, part);
        }
    }

    private async Task AskAsync(KnownWorkspace known, WorkspacePart part, bool mayAskUser, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(mayAskUser ? PatienceWithUser : Patience);
        try
        {
            var content = await connect(known.Workspace, mayAskUser).ReadAsync(part, stop.Token).WaitAsync(stop.Token);
            lock (_lock)
            {
                (known.Failures, known.NotBefore) = (0, default);
                known.Refused.Remove(part);
                var before = known.Live.Find(part);
                Put(known, part, new KnownPart(content, TimeProvider.System.GetUtcNow(), IsFilling: true));
                known.IsChanged |= !ReferenceEquals(known.Live.Find(part)!.Content, before?.Sure) || known.Live.Problem is not null;
                known.Live = known.Live with { Problem = null };
            }
        }
        catch (WorkspaceReadException e)
        {
            Fail(known, part, e.Message, e.IsOfPart);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Fail(known, part, $"{known.Workspace.Host} did not answer within {Patience.TotalSeconds:0} seconds.", isOfPart: false);
        }
    }

    private void Fail(KnownWorkspace known, WorkspacePart part, string problem, bool isOfPart)
    {
        var now = TimeProvider.System.GetUtcNow();
        var isNews = false;
        lock (_lock)
        {
            if (isOfPart)
            {
                known.Refused[part] = now + PartPause;
            }
            else if (now >= known.NotBefore)
            {
                // Requests that were under way beside this one fail for the same reason, and count once.
                var pause = FirstPause * Math.Pow(2, Math.Min(known.Failures, 10));
                known.NotBefore = now + (pause < LongestPause ? pause : LongestPause);
                known.Failures++;
                isNews = known.Live.Problem != problem;
                known.IsChanged |= known.Live.Problem is null;
                known.Live = known.Live with { Problem = problem };
            }

            var before = known.Live.Find(part) ?? new KnownPart(null, now);
            known.IsChanged |= before.Sure is not null;
            Put(known, part, before with { Problem = problem });
        }

        if (isNews)
        {
            session.Log(2, $"What {known.Workspace.Host} has is not known now: {problem}");
        }
    }

    /// <summary>A request is over. Findings are told anew when all of the workspace are.</summary>
    private void End(KnownWorkspace known, WorkspacePart part)
    {
        bool isDone, isChanged;
        lock (_lock)
        {
            known.Due.Remove(part);
            if (known.Live.Find(part) is { } state)
            {
                // What was never read and failed with all of the workspace is as if it had not been asked for.
                known.Live = state is { Content: null, Problem: null } ? known.Live.Without(part) : known.Live.With(part, state with { IsFilling = false });
            }

            isDone = known.Due.Count == 0;
            isChanged = isDone && known.IsChanged;
            known.IsChanged &= !isDone;
        }

        Publish();
        if (isDone && !_ended.IsCancellationRequested)
        {
            cache.Write(known.Live);
        }

        if (isChanged && !_ended.IsCancellationRequested)
        {
            session.Diagnostics.ScheduleAll();
        }
    }

    /// <summary>Takes what is on disk, once. What has been read since stays.</summary>
    private Task LoadAsync(KnownWorkspace known)
    {
        lock (_lock)
        {
            return known.Loading ??= Task.Run(() =>
            {
                var kept = cache.Read(known.Live.Domain);
                lock (_lock)
                {
                    foreach (var (part, content) in kept?.Parts ?? [])
                    {
                        if (known.Live.Find(part) is not { Content: not null } state)
                        {
                            Put(known, part, content with { IsFilling = known.Live.Find(part)?.IsFilling ?? false });
                        }
                    }
                }

                Publish();
            });
        }
    }

    /// <summary>
    /// Whether a workspace is looked at in the background. Its address comes from a file that may be somebody else's: with <c>auto</c> it takes a factory that the user works with,
    /// or that the user has once asked for this workspace; and on this machine, an emulator among the machine's own targets.
    /// </summary>
    private bool IsWanted(WorkspaceSnapshot snapshot, string root, KnownWorkspace known) => session.Settings.Live switch
    {
        LiveMode.Always => true,
        LiveMode.Never => false,
        _ when known.IsInUse => true,
        _ when known.Workspace.IsEmulator => FindTarget(snapshot, root) is { Factory.IsEmulator: true },
        _ => (known.IsKept ??= cache.Has(known.Live.Domain)) || (FindTarget(snapshot, root) is { Factory.IsEmulator: false } target && session.Live.IsLookedAt(target.Factory)),
    };

    /// <summary>Null for an address that is never asked.</summary>
    private KnownWorkspace? Of(WorkspaceSnapshot snapshot, string root, string domain)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(domain, out var known))
            {
                return known;
            }
        }

        if (!DatabricksWorkspace.TryParse(domain, out var workspace) || AddressOf(workspace) != domain)
        {
            return null;
        }

        var tenant = FindTarget(snapshot, root)?.Factory.Tenant;
        lock (_lock)
        {
            return _known.TryGetValue(domain, out var known) ? known : _known[domain] = new KnownWorkspace(workspace with { Tenant = tenant });
        }
    }

    private ResolvedTarget? FindTarget(WorkspaceSnapshot snapshot, string root)
    {
        try
        {
            return Targets.Resolve(session.Settings, snapshot.FactoryOf(root).Configuration, null, null);
        }
        catch (DeploymentRefusedException)
        {
            return null;
        }
    }

    private void SetTarget(string root, ResolvedTarget? target) => session.Workspace.SetTarget(root, target?.Name);

    /// <summary>Called under the lock.</summary>
    private static void Put(KnownWorkspace known, WorkspacePart part, KnownPart state) => known.Live = known.Live.With(part, state);

    /// <summary>Lets the factories of the editor know it.</summary>
    private void Publish()
    {
        lock (_lock)
        {
            _published = _known.Values.Aggregate(_published, (all, k) => all.Find(k.Live.Domain) == k.Live ? all : all.With(k.Live));
            session.Workspace.SetDatabricks(session.Settings.Live == LiveMode.Never ? LiveWorkspaces.Empty : _published);
        }
    }

    private static string AddressOf(DatabricksWorkspace workspace) => workspace.Address.GetLeftPart(UriPartial.Authority).ToLowerInvariant();
}
