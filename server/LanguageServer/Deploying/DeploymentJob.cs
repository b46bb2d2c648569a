// One deployment of a factory's files to a target: what is wanted, what would change, and the change.
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Azure;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Pipewright.Deployment;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Notebooks;
using Pipewright.Deployment.Planning;
using Pipewright.Deployment.Running;
using Pipewright.LanguageServer.AzureServices;

namespace Pipewright.LanguageServer.Deploying;

/// <param name="root">The factory root.</param>
internal sealed class DeploymentJob(string root, FactorySnapshot factory, ResolvedTarget target, IFactoryClient client)
{
    private readonly DeploymentFolder _folder = DeploymentFolder.Of(root);

    public string Root => root;

    public FactorySnapshot Factory => factory;

    public ResolvedTarget Target => target;

    /// <summary>How many resources are sent at once.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>Gives variables of the environment to overrides; null where these must not use any.</summary>
    public Func<string, string?>? Environment { get; init; }

    /// <summary>The workspaces that notebooks go to.</summary>
    public AzureWorkspaceClient Workspaces { get; init; } = AzureWorkspaceClient.OfMachine(target.Factory);

    /// <summary>The workspaces that are asked why a notebook has failed.</summary>
    public INotebookRuns NotebookRuns { get; init; } = DatabricksRunReader.OfMachine(target.Factory);

    /// <summary>Whether the notebooks that pipelines call go along; null for what the target says.</summary>
    public bool? DeploysNotebooks { get; set; }

    /// <summary>A client with the credentials of this machine, for the command line; a session's <see cref="ServerSession.SignIn"/> is the one for editors.</summary>
    public static IFactoryClient Connect(FactoryTarget target) => new AzureFactoryClient(ConnectClient(target));

    /// <summary>As <see cref="Connect"/>, for whatever is done in a factory.</summary>
    public static DataFactoryClient ConnectClient(FactoryTarget target) => new(target, target.Cloud is { } cloud ? AzureCredentials.FromMachine(cloud, target.Tenant) : null);

    /// <summary>The resources of some documents with all that they need, as the target wants them.</summary>
    /// <exception cref="DeploymentRefusedException">There are errors in the files or in the overrides.</exception>
    /// <exception cref="DeploymentCycleException">There is no order to deploy them in.</exception>
    public ImmutableArray<DeploymentUnit> Collect(IReadOnlyCollection<ResourceDocument> documents, CancellationToken cancellation)
    {
        var overrides = target.Configured is { Overrides.IsEmpty: false } configured ? new TargetOverrides(configured, Environment) : null;
        try
        {
            var units = DeploymentScope.Collect(factory, DeploymentScope.ChooseFactory(documents, target.Factory.Factory), overrides);
            var involved = units.Select(u => u.Path).Concat(documents.Select(d => d.Path)).Distinct().Select(p => factory.Documents[p]);
            var errors = FindErrors(involved, cancellation).Concat(overrides is null ? [] : FindFutile(target.Configured!)).ToList();
            return errors.Count == 0 ? units : throw new DeploymentRefusedException(
                $"Not deployed: there are errors to mend first.\n{string.Join('\n', errors.Take(5))}{(errors.Count > 5 ? $"\n… and {errors.Count - 5} more" : "")}")
            { IsOfFiles = true };
        }
        catch (OverrideException e)
        {
            throw new DeploymentRefusedException(e.Message);
        }
    }

    /// <summary>What would change: resources, and notebooks where they go along.</summary>
    /// <param name="deletes">Whether what the target has beyond the units is to go.</param>
    /// <exception cref="FactoryRequestException">The target, or a workspace, can't be read.</exception>
    public async Task<DeploymentPlan> PlanAsync(ImmutableArray<DeploymentUnit> units, bool deletes, CancellationToken cancellation)
    {
        var resources = PlanResourcesAsync(units, deletes, cancellation);
        if (!(DeploysNotebooks ?? target.Configured?.DeploysNotebooks ?? false))
        {
            return await resources;
        }

        var scope = NotebookScope.Collect(factory, units, Workspaces.Resolve);
        var plan = await resources;
        return plan with { Notebooks = await NotebookPlanner.MakeAsync(scope.Units, Workspaces, cancellation), Warnings = plan.Warnings.AddRange(scope.Warnings) };
    }

    /// <summary>As <see cref="PlanAsync"/>, without notebooks.</summary>
    public Task<DeploymentPlan> PlanResourcesAsync(ImmutableArray<DeploymentUnit> units, bool deletes, CancellationToken cancellation) =>
        new Planner(client, _folder.BaselinesOf(target.Factory)).MakeAsync(
            new PlanRequest(units) { Deletes = deletes, InterruptedTriggers = _folder.FindInterruptedTriggers(target.Factory) }, cancellation);

    /// <summary>Applies a plan, on record: notebooks before the resources that call them, and those that go after these.</summary>
    /// <param name="undoes">The name of the journal that a rollback is of; null for a deployment.</param>
    /// <param name="recordNotebook">Takes each result of a notebook as soon as it is known.</param>
    public async Task<DeploymentOutcome> ApplyAsync(
        DeploymentPlan plan, string? undoes, Action<DeploymentProgress> report, Action<DeploymentResult> record, Action<NotebookResult> recordNotebook, CancellationToken cancellation)
    {
        using var journal = _folder.Begin(target.Factory, undoes);
        var deployer = new NotebookDeployer(Workspaces, journal) { Parallel = Parallel };
        var notebooks = await deployer.ApplyAsync(plan.Notebooks.Where(n => n.Action != PlannedAction.Delete), recordNotebook, cancellation);
        var results = notebooks.FirstOrDefault(n => n.Action == DeploymentAction.Failed) is { } failed
            ? LeaveOut(plan, $"{failed.Notebook.Place} failed before.", record)
            : await new Deployer(client, journal, _folder.BaselinesOf(target.Factory)) { Parallel = Parallel }.ApplyAsync(plan, report, record, cancellation);
        if (notebooks.All(n => n.IsDone) && results.All(r => r.IsDone))
        {
            notebooks = notebooks.AddRange(await deployer.ApplyAsync(plan.Notebooks.Where(n => n.Action == PlannedAction.Delete), recordNotebook, cancellation));
        }
        else
        {
            notebooks = notebooks.AddRange(plan.Notebooks.Where(n => n.Action == PlannedAction.Delete).Select(n => new NotebookResult(n, DeploymentAction.NotAttempted, "Something failed before.")));
        }

        journal.End();
        return new DeploymentOutcome(plan, results, journal.Path, target.Factory.Factory) { Notebooks = notebooks };
    }

    /// <summary>The newest deployment to the target that can be rolled back: none that is a rollback itself. Null where there is none.</summary>
    public FoundJournal? FindLastDeployment() => _folder.ReadJournals(target.Factory).FirstOrDefault(j => j.Record.Header.Undoes is null && !j.Record.Steps.IsEmpty);

    public async Task<RollbackPlan> PlanRollbackAsync(JournalRecord journal, CancellationToken cancellation)
    {
        var resources = RollbackPlanner.MakeAsync(journal, client, cancellation);
        var (notebooks, obstacles) = await NotebookRollback.MakeAsync(journal, Workspaces, cancellation);
        var rollback = await resources;
        return new RollbackPlan(rollback.Plan with { Notebooks = notebooks }, rollback.Obstacles.AddRange(obstacles));
    }

    /// <summary>Where a document is in the file system, or its address where it is in no folder.</summary>
    public string? FileOf(string path) => path.Length > 0 && Path.IsPathRooted(root) ? Path.Combine(root, path) : null;

    private static ImmutableArray<DeploymentResult> LeaveOut(DeploymentPlan plan, string why, Action<DeploymentResult> record)
    {
        ImmutableArray<DeploymentResult> results = [.. plan.Changes.Where(c => c.Action != PlannedAction.None).Select(c => new DeploymentResult(c, DeploymentAction.NotAttempted, why))];
        foreach (var result in results)
        {
            record(result);
        }

        return results;
    }

    private IEnumerable<string> FindErrors(IEnumerable<ResourceDocument> documents, CancellationToken cancellation) =>
        from document in documents
        from diagnostic in LanguageFeatures.GetDiagnostics(factory, document, cancellation)
        where diagnostic.Severity == DiagnosticSeverity.Error
        select $"{document.Path}:{LineOf(document.Text, diagnostic.Span)} {diagnostic.Code} {diagnostic.Message}";

    private IEnumerable<string> FindFutile(DeploymentTarget configured) => factory.Configuration.File is not { } file
        ? []
        : TargetOverrides.Check(factory.With(factory.Configuration with { Targets = [configured] })).Select(d => $"{file.Path}:{LineOf(file.Syntax.Text, d.Span)} {d.Code} {d.Message}");

    private static string LineOf(SourceText text, TextSpan span) => (text.GetPosition(span.Start).Line + 1).ToString(CultureInfo.InvariantCulture);
}
