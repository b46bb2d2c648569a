// The runs of a target's factory, whichever pipelines they are of.
using Pipewright.Azure;
using Pipewright.Deployment;
using Pipewright.Deployment.Running;
using Pipewright.LanguageServer.AzureServices;
using Pipewright.LanguageServer.Deploying;

namespace Pipewright.LanguageServer.Running;

/// <param name="root">The folder of the files that are deployed to it.</param>
internal sealed class FactoryRuns(string root, ResolvedTarget target, DataFactoryClient client)
{
    public string Root => root;

    public ResolvedTarget Target => target;

    public IRunClient Client { get; } = new AzureRunClient(client);

    /// <summary>Of a run that may have just begun.</summary>
    public RunWatcher NewWatcher => new(Client, TimeProvider.System) { UnknownFor = TimeSpan.FromSeconds(30) };

    /// <summary>The newest first, of all pipelines.</summary>
    public Task<IReadOnlyList<PipelineRunState>> ListRecentAsync(int count, CancellationToken cancellation) => new RunWatcher(Client, TimeProvider.System).ListRecentAsync(null, count, cancellation);

    /// <summary>The name that a run's pipeline has in the factory.</summary>
    /// <exception cref="DeploymentRefusedException">There is no such run.</exception>
    public async Task<string> FindPipelineAsync(string runId, CancellationToken cancellation) => (await Client.FindAsync(runId, cancellation))?.Pipeline
        ?? throw new DeploymentRefusedException($"There is no run '{runId}' in {target.Factory.Factory}. Runs are kept for 45 days.");

    /// <summary>Runs a run again, in its group: from an activity, or from what failed.</summary>
    /// <param name="activity">Null for what failed.</param>
    /// <returns>The id of the new run.</returns>
    public async Task<string> RerunAsync(string pipeline, string runId, string? activity, CancellationToken cancellation) => await new RunStarter(Client, TimeProvider.System).StartAsync(
        new RunStart(pipeline) { ReferenceRunId = runId, IsRecovery = true, StartActivity = activity, StartsFromFailure = activity is null }, cancellation);
}
