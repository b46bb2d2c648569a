using System.Collections.Immutable;
using System.Text.Json;
using Pipewright.Azure;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Pipewright.Deployment;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Pulling;
using Pipewright.LanguageServer.AzureServices;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Live;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>The requests about what is live: what there is, who has changed what, and taking it into the files.</summary>
internal static class LiveHandlers
{
    public static void Register(ServerSession session)
    {
        session.Register("pipewright/liveResources", async (parameters, cancellation) =>
        {
            var asked = ReadLive(parameters);
            await session.Reading.Completed.WaitAsync(cancellation);
            return await DeploymentHandlers.RefuseAs(() => Task.Run(() =>
            {
                var (root, target) = Find(session, asked.Uri, asked.Target);
                return (JsonElement?)Describe(session, root, target, session.Live.Find(target.Factory), KindOf(asked.Kind));
            }));
        });
        session.Register("pipewright/refreshLive", async (parameters, cancellation) =>
        {
            var asked = ReadLive(parameters);
            await session.Reading.Completed.WaitAsync(cancellation);
            return await DeploymentHandlers.RefuseAs(async () =>
            {
                var (root, target) = Find(session, asked.Uri, asked.Target);
                _ = session.Databricks.RefreshAsync(root, isForTarget: true, CancellationToken.None);
                return Describe(session, root, target, await session.Live.RefreshAsync(root, target, cancellation), KindOf(asked.Kind));
            });
        });
        session.Register("pipewright/workspaces", async (parameters, cancellation) =>
        {
            var asked = parameters.ValueKind == JsonValueKind.Object ? ProtocolJson.Read(parameters, ProtocolJson.Default.WorkspacesParams) : new WorkspacesParams();
            await session.Reading.Completed.WaitAsync(cancellation);
            return await DeploymentHandlers.RefuseAs(async () =>
            {
                var root = FindRoot(session, asked.Uri);
                if (asked.Refresh)
                {
                    await session.Databricks.RefreshAsync(root, isForTarget: false, cancellation);
                }

                return (JsonElement?)DescribeWorkspaces(session, root);
            });
        });
        session.Register("pipewright/factories", (parameters, cancellation) => ListFactoriesAsync(
            session, parameters.ValueKind == JsonValueKind.Object ? ProtocolJson.Read(parameters, ProtocolJson.Default.FactoriesParams) : new FactoriesParams(), cancellation));
        session.Register("pipewright/bringIn", (parameters, cancellation) => BringInAsync(session, ProtocolJson.Read(parameters, ProtocolJson.Default.BringInParams), cancellation));
        session.Register("pipewright/pull", (parameters, cancellation) => PullAsync(session, ProtocolJson.Read(parameters, ProtocolJson.Default.PullParams), cancellation));
        session.Register("pipewright/setTrigger", (parameters, cancellation) => SetTriggerAsync(session, ProtocolJson.Read(parameters, ProtocolJson.Default.SetTriggerParams), cancellation));
        session.Register("pipewright/status", (parameters, cancellation) => FindStatusAsync(session, ProtocolJson.Read(parameters, ProtocolJson.Default.PullParams), cancellation));
    }

    /// <summary>What hovers say of the target's factory; null where nothing is known of it.</summary>
    public static LiveView? ViewOf(FactorySnapshot factory) => factory.Live is null && !factory.Workspaces.All.Any() ? null : new LiveView(TimeProvider.System.GetUtcNow(), (symbol, entry) =>
    {
        // Without the environment: in an editor its variables are not those of a deployment.
        var overrides = factory.Live is { } live && factory.Configuration.FindTarget(live.Target) is { Overrides.IsEmpty: false } configured ? new TargetOverrides(configured, null) : null;
        try
        {
            return DeploymentUnit.FromDocument(symbol.Document, overrides).FirstOrDefault(u => u.Id.Kind == entry.Kind && (entry.Kind == ResourceKind.Factory || u.Id.Name.Equals(entry.Name, StringComparison.OrdinalIgnoreCase))) is { } unit
                ? ResourceComparison.Compare(entry.Kind, JsonElement.Parse(entry.Content, new JsonDocumentOptions { MaxDepth = 1024 }), unit.Content).Length
                : null;
        }
        catch (OverrideException)
        {
            return null;
        }
    });

    private static LiveParams ReadLive(JsonElement parameters) => parameters.ValueKind == JsonValueKind.Object ? ProtocolJson.Read(parameters, ProtocolJson.Default.LiveParams) : new LiveParams();

    /// <exception cref="DeploymentRefusedException">There is no such kind.</exception>
    private static ResourceKind? KindOf(string? word) => word is null ? null
        : FileClassification.GitFolders.TryGetValue(word, out var kind) ? kind
        : throw new DeploymentRefusedException($"There is no kind '{word}'. Known are {string.Join(", ", FileClassification.GitFolders.Keys.Order())}.");

    /// <exception cref="DeploymentRefusedException">There is no factory, or no target.</exception>
    private static (string Root, ResolvedTarget Target) Find(ServerSession session, string? uri, string? target)
    {
        var root = FindRoot(session, uri);
        return (root, Targets.Resolve(session.Settings, Targets.ReadConfiguration(root), target, null));
    }

    /// <exception cref="DeploymentRefusedException">There is no factory.</exception>
    private static string FindRoot(ServerSession session, string? uri)
    {
        var snapshot = session.Workspace.Current;
        var root = uri is null ? snapshot.Factories.Keys.Where(Path.IsPathRooted).Order(StringComparer.Ordinal).FirstOrDefault() : snapshot.FindRoot(uri);
        return root is null || !Path.IsPathRooted(root) ? throw new DeploymentRefusedException("This is no file of a factory.") : root;
    }

    /// <summary>The workspaces that a factory's files lead to, with what is known of each.</summary>
    private static JsonElement DescribeWorkspaces(ServerSession session, string root)
    {
        var workspaces = WorkspaceAddress.FindAll(session.Workspace.Current.FactoryOf(root)).Select(w =>
        {
            var (live, problem, isLookedAt) = session.Databricks.Find(root, w.Domain);
            var parts = (live?.Parts ?? ImmutableDictionary<WorkspacePart, KnownPart>.Empty).OrderBy(p => p.Key.Kind).ThenBy(p => p.Key.Key, StringComparer.OrdinalIgnoreCase)
                .Select(p => new WorkspacePartSummary(
                    JsonNamingPolicy.CamelCase.ConvertName(p.Key.Kind.ToString()), p.Key.Key.Length == 0 ? null : p.Key.Key, p.Value.Content is null ? null : p.Value.ReadAt, p.Value.IsFilling, CountOf(p.Value.Content), p.Value.Problem));
            return new WorkspaceSummary(w.Domain, w.LinkedServices, isLookedAt, live?.Parts.Values.Any(p => p.IsFilling) ?? false, problem, [.. parts]);
        });
        return ProtocolJson.Write(new WorkspacesResult([.. workspaces]), ProtocolJson.Default.WorkspacesResult);
    }

    private static int? CountOf(WorkspaceContent? content) => content switch
    {
        FolderContent folder => folder.Items.Length,
        ListContent list => list.Entries.Length,
        _ => null,
    };

    private static JsonElement Describe(ServerSession session, string root, ResolvedTarget target, LiveResources? live, ResourceKind? kind)
    {
        var snapshot = session.Workspace.Current;
        var factory = snapshot.FactoryOf(root);
        var resources = (live?.All ?? []).Where(e => kind is null || e.Kind == kind)
            .OrderBy(e => FactoryReading.Kinds.IndexOf(e.Kind)).ThenBy(e => e.Name, StringComparer.OrdinalIgnoreCase)
            .Select(e => new LiveResourceSummary(
                FileClassification.WordOf(e.Kind), e.Name, e.Type, e.Description, e.LinkedService, e.State, e.LastChange,
                factory.Find(e.Kind, e.Name) is [var symbol, ..] ? WorkspaceEdits.UriOf(symbol.Document.Path, root, snapshot) : null, e.Folder));
        return ProtocolJson.Write(
            new LiveResult(
                target.Name, target.Factory.Factory, live?.ReadAt, live?.IsFilling ?? false, [.. resources], DocumentUri.FromPath(root), target.Factory.PortalAddress?.AbsoluteUri),
            ProtocolJson.Default.LiveResult);
    }

    /// <summary>What there is to deploy to. A subscription that can't be listed says why, and the others are there.</summary>
    private static Task<JsonElement?> ListFactoriesAsync(ServerSession session, FactoriesParams asked, CancellationToken cancellation) => DeploymentHandlers.RefuseAs(async () =>
    {
        await session.Reading.Completed.WaitAsync(cancellation);
        var client = ConnectSubscriptions(session, asked);
        return await AzureErrors.Translate(async () =>
        {
            var subscriptions = new List<SubscriptionSummary>();
            await foreach (var subscription in client.ListSubscriptionsAsync(cancellation))
            {
                subscriptions.Add(await ListFactoriesAsync(client, subscription, cancellation));
            }

            return (JsonElement?)ProtocolJson.Write(new FactoriesResult(subscriptions), ProtocolJson.Default.FactoriesResult);
        });
    });

    private static async Task<SubscriptionSummary> ListFactoriesAsync(SubscriptionClient client, AzureSubscription subscription, CancellationToken cancellation)
    {
        var factories = new List<FactorySummary>();
        try
        {
            await foreach (var factory in client.ListFactoriesAsync(subscription.Id, null, cancellation))
            {
                factories.Add(new FactorySummary(factory.Name, factory.ResourceGroup, factory.Location, factory.IsConnectedToGit));
            }

            return new SubscriptionSummary(subscription.Id, subscription.Name, subscription.Tenant, factories);
        }
        catch (ArmException e) when (e.Status is 403 or 404)
        {
            return new SubscriptionSummary(subscription.Id, subscription.Name, subscription.Tenant, factories, e.Message);
        }
    }

    /// <summary>In the cloud that is asked for; else in that of the target, which may be an emulator.</summary>
    private static SubscriptionClient ConnectSubscriptions(ServerSession session, FactoriesParams asked)
    {
        if (asked.Cloud is { } name)
        {
            return session.SignIn.ConnectSubscriptions(
                AzureCloud.Find(name) ?? throw new DeploymentRefusedException($"There is no cloud '{name}'. Known are {string.Join(", ", AzureCloud.All.Select(c => c.Name))}."), asked.Tenant, mayAskUser: true);
        }

        FactoryTarget? target = null;
        try
        {
            // Whoever has no files yet may have a target all the same: an emulator of the machine's settings.
            target = Targets.Find(session, session.Workspace.Current, asked.Uri, asked.Target);
        }
        catch (RequestFailedException) when (asked.Target is null)
        {
            // There may be no target yet: that is what one is looked for.
        }

        return target is { Cloud: null } ? new SubscriptionClient(target.Endpoint, null, null) : session.SignIn.ConnectSubscriptions(target?.Cloud ?? AzureCloud.Public, asked.Tenant ?? target?.Tenant, mayAskUser: true);
    }

    private static Task<JsonElement?> BringInAsync(ServerSession session, BringInParams asked, CancellationToken cancellation) => DeploymentHandlers.RefuseAs(async () =>
    {
        await session.Reading.Completed.WaitAsync(cancellation);
        var (root, target) = Find(session, asked.Uri, asked.Target);
        var kind = KindOf(asked.Kind)!.Value;
        var snapshot = session.Workspace.Current;
        var factory = snapshot.FactoryOf(root);
        if (factory.Find(kind, asked.Name) is [var there, ..])
        {
            throw new DeploymentRefusedException($"'{there.Document.Path}' declares it already. 'pipewright/pull' takes over what has changed.");
        }

        var entry = await session.Live.FindAsync(root, target, new ResourceId(kind, asked.Name), cancellation)
            ?? throw new DeploymentRefusedException($"'{target.Factory.Factory}' has no {asked.Kind} '{asked.Name}'.");
        if (LiveFile.Create(factory, entry, snapshot.FindDocument(asked.Uri)?.Document) is not { } file || WorkspaceEdits.Make([file], root, snapshot, session) is not { } edit)
        {
            throw new DeploymentRefusedException("This editor can't create files by an edit. Use 'pipewright pull' instead.");
        }

        return ProtocolJson.Write(new BringInResult(WorkspaceEdits.UriOf(file.Path, root, snapshot), edit), ProtocolJson.Default.BringInResult);
    });

    private static Task<JsonElement?> PullAsync(ServerSession session, PullParams asked, CancellationToken cancellation) => DeploymentHandlers.RefuseAs(async () =>
    {
        await session.Reading.Completed.WaitAsync(cancellation);
        bool? isSpec = asked.Form switch
        {
            null => null,
            "git" => false,
            "spec" => true,
            _ => throw new DeploymentRefusedException($"There is no form '{asked.Form}'. Known are git, spec."),
        };
        var (root, target) = Find(session, asked.TextDocument.Uri, asked.Target);
        await using var progress = await session.Progress.BeginAsync($"Comparing with {target.Factory.Factory}", asked.WorkDoneToken, isCancellable: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, progress.Source.Token);
        var snapshot = session.Workspace.Current;
        var factory = snapshot.FactoryOf(root);
        var plan = await Task.Run(() => Connect(session, root, factory, target).PlanAsync(isSpec, stop.Token), stop.Token);
        session.Live.Use(root, target);
        FileChange[] changes = [.. plan.Changes(factory, asked.Deletes)];
        var edit = changes.Length == 0 ? null : WorkspaceEdits.Make(changes, root, snapshot, session)
            ?? throw new DeploymentRefusedException("This editor can't create files by an edit. Use 'pipewright pull' instead.");
        return ProtocolJson.Write(
            new PullResult(target.Name, target.Factory.Factory, plan.Summarise(), [.. plan.Resources.Select(r => ToProtocol(r, root, snapshot))], edit), ProtocolJson.Default.PullResult);
    });

    private static Task<JsonElement?> FindStatusAsync(ServerSession session, PullParams asked, CancellationToken cancellation) => DeploymentHandlers.RefuseAs(async () =>
    {
        await session.Reading.Completed.WaitAsync(cancellation);
        var (root, target) = Find(session, asked.TextDocument.Uri, asked.Target);
        await using var progress = await session.Progress.BeginAsync($"Comparing with {target.Factory.Factory}", asked.WorkDoneToken, isCancellable: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, progress.Source.Token);
        var snapshot = session.Workspace.Current;
        var states = await Task.Run(() => Connect(session, root, snapshot.FactoryOf(root), target).FindStatusAsync(stop.Token), stop.Token);
        session.Live.Use(root, target);
        return ProtocolJson.Write(
            new StatusResult(target.Name, target.Factory.Factory, StatusText.Summarise(states), [.. states.Select(s => ToProtocol(s, root, snapshot))]), ProtocolJson.Default.StatusResult);
    });

    /// <summary>Starts or stops one trigger, as a person does in ADF Studio; files are left alone.</summary>
    private static Task<JsonElement?> SetTriggerAsync(ServerSession session, SetTriggerParams asked, CancellationToken cancellation) => DeploymentHandlers.RefuseAs(async () =>
    {
        await session.Reading.Completed.WaitAsync(cancellation);
        var (root, target) = Find(session, asked.Uri, asked.Target);
        var trigger = new TriggerSwitch(session.SignIn.Connect(target.Factory, mayAskUser: true), asked.Name);
        await AzureErrors.Translate(() => asked.Start ? trigger.StartAsync(cancellation) : trigger.StopAsync(cancellation));
        session.Live.ReadAgain(root, target, [new ResourceId(ResourceKind.Trigger, asked.Name)]);
        return ProtocolJson.Write(new SetTriggerResult(target.Factory.Factory, asked.Name, asked.Start ? "Started" : "Stopped"), ProtocolJson.Default.SetTriggerResult);
    });

    private static PullJob Connect(ServerSession session, string root, FactorySnapshot factory, ResolvedTarget target) =>
        new(root, factory, target, new AzureFactoryClient(session.SignIn.Connect(target.Factory, mayAskUser: true)));

    private static PulledResourceSummary ToProtocol(PulledResource resource, string root, WorkspaceSnapshot snapshot) => new(
        resource.Id.KindWord, resource.Id.Name, StatusText.ActionWord(resource.Action), WorkspaceEdits.UriOf(resource.Path, root, snapshot), [.. resource.Properties.Select(DeploymentHandlers.ToProtocol)], resource.Note);

    private static ResourceStatusSummary ToProtocol(ResourceStatus state, string root, WorkspaceSnapshot snapshot)
    {
        var properties = state.Unit?.Content.Member("properties");
        return new ResourceStatusSummary(
            state.Id.KindWord, state.Id.Name, state.Word, state.Unit is { } unit ? WorkspaceEdits.UriOf(unit.Path, root, snapshot) : null, [.. state.Properties.Select(DeploymentHandlers.ToProtocol)],
            properties?.Text("type"), properties?.Member("folder")?.Text("name"));
    }
}
