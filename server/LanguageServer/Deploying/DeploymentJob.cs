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
using Pipewright.Deployment.Planning;

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

    /// <param name="deletes">Whether what the target has beyond the units is to go.</param>
    /// <exception cref="FactoryRequestException">The target can't be read.</exception>
    public Task<DeploymentPlan> PlanAsync(ImmutableArray<DeploymentUnit> units, bool deletes, CancellationToken cancellation) =>
        new Planner(client, _folder.BaselinesOf(target.Factory)).MakeAsync(
            new PlanRequest(units) { Deletes = deletes, InterruptedTriggers = _folder.FindInterruptedTriggers(target.Factory) }, cancellation);

    /// <summary>Applies a plan, on record.</summary>
    /// <param name="undoes">The name of the journal that a rollback is of; null for a deployment.</param>
    public async Task<DeploymentOutcome> ApplyAsync(
        DeploymentPlan plan, string? undoes, Action<DeploymentProgress> report, Action<DeploymentResult> record, CancellationToken cancellation)
    {
        using var journal = _folder.Begin(target.Factory, undoes);
        var results = await new Deployer(client, journal, _folder.BaselinesOf(target.Factory)) { Parallel = Parallel }.ApplyAsync(plan, report, record, cancellation);
        journal.End();
        return new DeploymentOutcome(plan, results, journal.Path, target.Factory.Factory);
    }

    /// <summary>The newest deployment to the target that can be rolled back: none that is a rollback itself. Null where there is none.</summary>
    public FoundJournal? FindLastDeployment() => _folder.ReadJournals(target.Factory).FirstOrDefault(j => j.Record.Header.Undoes is null && !j.Record.Steps.IsEmpty);

    public Task<RollbackPlan> PlanRollbackAsync(JournalRecord journal, CancellationToken cancellation) => RollbackPlanner.MakeAsync(journal, client, cancellation);

    /// <summary>Where a document is in the file system, or its address where it is in no folder.</summary>
    public string? FileOf(string path) => path.Length > 0 && Path.IsPathRooted(root) ? Path.Combine(root, path) : null;

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
