using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Deployment;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer.AzureServices;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>The requests about deployments: plan, deploy, roll back.</summary>
internal static class DeploymentHandlers
{
    public static void Register(ServerSession session)
    {
        session.Register("pipewright/plan", (parameters, cancellation) => PlanAsync(session, ProtocolJson.Read(parameters, ProtocolJson.Default.DeployParams), cancellation));
        session.Register("pipewright/deploy", (parameters, cancellation) => DeployAsync(session, ProtocolJson.Read(parameters, ProtocolJson.Default.DeployParams), cancellation));
        session.Register("pipewright/rollback", (parameters, cancellation) => RollBackAsync(session, ProtocolJson.Read(parameters, ProtocolJson.Default.RollbackParams), cancellation));
    }

    public static Task<JsonElement?> DeployAsync(ServerSession session, DeployParams parameters, CancellationToken cancellation) => RefuseAs(async () =>
    {
        var (job, documents, name) = await FindAsync(session, parameters.TextDocument.Uri, parameters.Target, parameters.WholeFactory, cancellation);
        RefuseDeletion(parameters);
        job.DeploysNotebooks = parameters.Notebooks;
        await using var progress = await session.Progress.BeginAsync($"Deploying {name} to {job.Target.Factory.Factory}", parameters.WorkDoneToken, isCancellable: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, progress.Source.Token);
        var units = await Task.Run(() => job.Collect(documents, stop.Token), stop.Token);
        progress.Report($"Comparing with {job.Target.Factory.Factory}", 0);
        var plan = await job.PlanAsync(units, parameters.Deletes, stop.Token);
        var told = parameters.ReportResources ? parameters.WorkDoneToken : null;
        return ProtocolJson.Write(await ApplyAsync(job, plan, null, progress, session, told, stop.Token), ProtocolJson.Default.DeployResult);
    });

    private static Task<JsonElement?> PlanAsync(ServerSession session, DeployParams parameters, CancellationToken cancellation) => RefuseAs(async () =>
    {
        var (job, documents, name) = await FindAsync(session, parameters.TextDocument.Uri, parameters.Target, parameters.WholeFactory, cancellation);
        RefuseDeletion(parameters);
        job.DeploysNotebooks = parameters.Notebooks;
        await using var progress = await session.Progress.BeginAsync($"Comparing {name} with {job.Target.Factory.Factory}", parameters.WorkDoneToken, isCancellable: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, progress.Source.Token);
        var units = await Task.Run(() => job.Collect(documents, stop.Token), stop.Token);
        var plan = await job.PlanAsync(units, parameters.Deletes, stop.Token);
        session.Live.Use(job.Root, job.Target);
        return ProtocolJson.Write(
            new PlanResult(job.Target.Name, job.Target.Factory.Factory, plan.Summarise(), [.. plan.Changes.Select(c => ToProtocol(job, c, PlanReasons.Of(plan, c, documents))), .. plan.Notebooks.Select(n => NotebookMessages.Of(job, n))], [.. NotebookMessages.Announce(plan), .. plan.Warnings]), ProtocolJson.Default.PlanResult);
    });

    private static Task<JsonElement?> RollBackAsync(ServerSession session, RollbackParams parameters, CancellationToken cancellation) => RefuseAs(async () =>
    {
        var (job, _, _) = await FindAsync(session, parameters.TextDocument.Uri, parameters.Target, wholeFactory: true, cancellation);
        if ((parameters.Journal is { } file ? FoundJournal.Read(file) : job.FindLastDeployment()) is not var (path, record)
            || !record.Header.Factory.Equals(job.Target.Factory.ResourceId, StringComparison.OrdinalIgnoreCase))
        {
            throw new DeploymentRefusedException(parameters.Journal is null ? $"No deployment to '{job.Target.Name}' is on record here." : $"'{parameters.Journal}' is no journal of a deployment to '{job.Target.Name}'.");
        }

        await using var progress = await session.Progress.BeginAsync($"Rolling back in {job.Target.Factory.Factory}", parameters.WorkDoneToken, isCancellable: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, progress.Source.Token);
        var rollback = await job.PlanRollbackAsync(record, stop.Token);
        var told = parameters.ReportResources ? parameters.WorkDoneToken : null;
        var result = await ApplyAsync(job, rollback.Plan, Path.GetFileName(path), progress, session, told, stop.Token);
        return ProtocolJson.Write(
            result with { Succeeded = result.Succeeded && rollback.Obstacles.IsEmpty, Summary = string.Join(' ', rollback.Obstacles.Prepend(result.Summary + ".")) }, ProtocolJson.Default.DeployResult);
    });

    /// <param name="told">The token under which the client is told of each resource; null where it does not want that.</param>
    private static async Task<DeployResult> ApplyAsync(
        DeploymentJob job, DeploymentPlan plan, string? undoes, ProgressReport progress, ServerSession session, JsonElement? told, CancellationToken cancellation)
    {
        void Tell(DeployedResource resource)
        {
            if (told is { } token)
            {
                session.Notify("pipewright/deployChanged", ProtocolJson.Write(
                    new DeployChangedParams(token, resource.Kind, resource.Name, resource.Action, resource.Error, resource.Workspace), ProtocolJson.Default.DeployChangedParams));
            }
        }

        var outcome = await job.ApplyAsync(
            plan, undoes,
            p =>
            {
                progress.Report($"{p.Current.Id.Name} ({p.Done + 1} of {p.Total})", 100 * p.Done / p.Total);
                Tell(new DeployedResource(p.Current.Id.KindWord, p.Current.Id.Name, "running", null, null));
            },
            r => Tell(ToProtocol(job, r, session.Encoding)),
            n =>
            {
                progress.Report(n.Notebook.Place.Path, 0);
                Tell(NotebookMessages.Of(job, n));
            },
            cancellation);
        session.Live.ReadAgain(job.Root, job.Target, [.. plan.Changes.Select(c => c.Id)]);
        var unchanged = plan.Changes.Where(c => c.Action == PlannedAction.None).Select(c => new DeployedResource(c.Id.KindWord, c.Id.Name, "unchanged", UriOf(job, c), null, Link: LinkOf(job, c)));
        IEnumerable<DeployedResource> results = [.. outcome.Notebooks.Select(n => NotebookMessages.Of(job, n)), .. outcome.Results.Select(r => ToProtocol(job, r, session.Encoding)), .. unchanged];
        return new DeployResult(outcome.Succeeded, outcome.Summarise(), [.. results], outcome.Journal);
    }

    /// <exception cref="DeploymentRefusedException">There is nothing to deploy, or no target.</exception>
    public static async Task<(DeploymentJob Job, IReadOnlyList<ResourceDocument> Documents, string Name)> FindAsync(
        ServerSession session, string uri, string? targetName, bool wholeFactory, CancellationToken cancellation)
    {
        await session.Reading.Completed.WaitAsync(cancellation);
        var snapshot = session.Workspace.Current;
        var found = snapshot.FindDocument(uri);
        if ((found?.Root ?? (wholeFactory ? snapshot.FindRoot(uri) : null)) is not { } root || (found is null && !wholeFactory))
        {
            throw new DeploymentRefusedException("This is no resource of a factory, so there is nothing to deploy.");
        }

        var factory = snapshot.FactoryOf(root);
        var target = Targets.Resolve(session.Settings, Targets.ReadConfiguration(root), targetName, null);
        var job = new DeploymentJob(root, factory, target, new AzureFactoryClient(session.SignIn.Connect(target.Factory, mayAskUser: true)))
        {
            Workspaces = new AzureWorkspaceClient(target.Factory, workspace => session.SignIn.ConnectDatabricks(workspace, mayAskUser: true)),
        };
        return wholeFactory
            ? (job, [.. factory.Documents.Values.Where(d => !d.IsForeign)], "the factory")
            : (job, [found!.Document], found.Document.Classification.Name);
    }

    private static void RefuseDeletion(DeployParams parameters)
    {
        if (parameters.Deletes && !parameters.WholeFactory)
        {
            throw new DeploymentRefusedException("Only a deployment of the whole factory can delete: what other files declare would be gone.");
        }
    }

    /// <summary>Turns what can't be done, for whatever reason, into an error reply that says why.</summary>
    public static async Task<JsonElement?> RefuseAs(Func<Task<JsonElement?>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is DeploymentRefusedException or DeploymentCycleException)
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, e.Message);
        }
        catch (FactoryRequestException e)
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, $"{e.Code}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, $"A file can't be read or written: {e.Message}");
        }
    }

    private static DeployedResource ToProtocol(DeploymentJob job, DeploymentResult result, PositionEncoding encoding)
    {
        var place = result is { Action: DeploymentAction.Failed, Error: { } error, Change.Unit: { } unit } && job.Factory.Documents.TryGetValue(unit.Path, out var document)
            ? encoding.ToRange(document.Text, FailurePlace.Find(document, error))
            : null;
        var isThere = result.Action is DeploymentAction.Created or DeploymentAction.Updated;
        return new DeployedResource(
            result.Change.Id.KindWord, result.Change.Id.Name, DeploymentOutcome.ActionName(result.Action), UriOf(job, result.Change), result.Error, place, Link: isThere ? LinkOf(job, result.Change) : null);
    }

    private static string? LinkOf(DeploymentJob job, PlannedChange change) => job.Target.Factory.AuthoringAddress(change.Id.KindWord, change.Id.Name)?.AbsoluteUri;

    private static PlannedResource ToProtocol(DeploymentJob job, PlannedChange change, string why)
    {
        var bodies = change.Action == PlannedAction.None ? new PlannedBodies(null, null) : PlannedBodies.Of(change);
        return new PlannedResource(
            change.Id.KindWord, change.Id.Name, JournalFormat.ActionWord(change.Action), UriOf(job, change),
            [.. change.Properties.Select(ToProtocol)], [.. change.ChangedOutside.Select(ToProtocol)], bodies.Before, bodies.After, Why: why);
    }

    public static PlannedProperty ToProtocol(PropertyChange property) => new(property.Path, Parse(property.Before), Parse(property.After));

    private static JsonElement? Parse(string? json) => json is null ? null : JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = 1024 });

    private static string? UriOf(DeploymentJob job, PlannedChange change) => change.Unit is { } unit && job.FileOf(unit.Path) is { } file ? DocumentUri.FromPath(file) : null;
}
