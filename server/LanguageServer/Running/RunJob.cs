// A pipeline of the files as something to run in a target.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Pipewright.Azure;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Running;
using Pipewright.LanguageServer.AzureServices;
using Pipewright.LanguageServer.Deploying;

namespace Pipewright.LanguageServer.Running;

/// <summary>A run that has begun.</summary>
/// <param name="Pipeline">The name that it runs under.</param>
/// <param name="Scratch">What is to be deleted when it is over; null for a run of what is deployed.</param>
internal sealed record StartedRun(string RunId, string Pipeline, ScratchDeployment? Scratch, ImmutableArray<string> Warnings);

/// <param name="pipeline">Its name in the files.</param>
internal sealed class RunJob(DeploymentJob job, ResourceDocument document, string pipeline, RunParameters parameters, DataFactoryClient client)
{
    private readonly AzureRunClient _runs = new(client);

    public DeploymentJob Job => job;

    public string Pipeline => pipeline;

    public RunParameters Parameters => parameters;

    public IRunClient Client => _runs;

    /// <summary>Of a run that may have just begun.</summary>
    public RunWatcher NewWatcher => new(_runs, TimeProvider.System) { UnknownFor = TimeSpan.FromSeconds(30), Notebooks = job.NotebookRuns };

    /// <summary>For who waits for the end alone, of a run that may have just begun: no workspace is asked for anything.</summary>
    public RunWatcher EndWatcher => new(_runs, TimeProvider.System) { UnknownFor = TimeSpan.FromSeconds(30) };

    public RunWatcher Watcher => new(_runs, TimeProvider.System) { Notebooks = job.NotebookRuns };

    /// <summary>The pipeline that some documents are.</summary>
    /// <exception cref="DeploymentRefusedException">They are none, or more than one, or it can't be read.</exception>
    public static (ResourceDocument Document, string Name, RunParameters Parameters) FindPipeline(IReadOnlyList<ResourceDocument> documents)
    {
        if (documents.Where(d => d.Classification.Kind == ResourceKind.Pipeline).ToList() is not [var document])
        {
            throw new DeploymentRefusedException(documents.Any(d => d.Classification.Kind == ResourceKind.Pipeline)
                ? "There is more than one pipeline. Name the file of the one to run." : "This is no pipeline, so there is nothing to run.");
        }

        return Conversion.ToDeployment(document) switch
        {
            [var (name, json)] => (document, name, RunParameters.Of(name, json)),
            [] => throw new DeploymentRefusedException($"{document.Path} can't be read as a pipeline. Mend its errors first."),
            _ => throw new DeploymentRefusedException($"{document.Path} holds more than one pipeline. Only files of one can be run."),
        };
    }

    public static RunJob Create(DeploymentJob job, IReadOnlyList<ResourceDocument> documents, DataFactoryClient client)
    {
        var (document, name, parameters) = FindPipeline(documents);
        return new RunJob(job, document, name, parameters, client);
    }

    /// <exception cref="DeploymentRefusedException">The values do not fit the pipeline, or it can't be deployed under a scratch name.</exception>
    /// <exception cref="FactoryRequestException">The service refuses.</exception>
    public async Task<StartedRun> StartAsync(JsonObject given, bool isScratch, CancellationToken cancellation)
    {
        if (parameters.Check(given) is { IsEmpty: false } problems)
        {
            throw new DeploymentRefusedException($"Not run: {string.Join('\n', problems)}");
        }

        var scratch = isScratch ? await DeployScratchAsync(cancellation) : null;
        var name = scratch?.Plan.Pipeline ?? pipeline;
        try
        {
            var id = await new RunStarter(_runs, TimeProvider.System).StartAsync(new RunStart(name, given.ToJsonString()), cancellation);
            return new StartedRun(id, name, scratch, scratch?.Plan.Warnings ?? []);
        }
        catch (Exception) when (scratch is not null)
        {
            await scratch.DeleteAsync();
            throw;
        }
    }

    /// <summary>Runs a run again, in its group: from an activity, or from what failed.</summary>
    /// <param name="activity">Null for what failed.</param>
    public Task<string> RerunAsync(string runId, string? activity, CancellationToken cancellation) => new RunStarter(_runs, TimeProvider.System).StartAsync(
        new RunStart(pipeline) { ReferenceRunId = runId, IsRecovery = true, StartActivity = activity, StartsFromFailure = activity is null }, cancellation);

    /// <exception cref="DeploymentRefusedException">There is none.</exception>
    public async Task<string> FindLastAsync(CancellationToken cancellation) => await Watcher.ListRecentAsync(pipeline, 1, cancellation) is [var last]
        ? last.RunId
        : throw new DeploymentRefusedException($"There is no run of '{pipeline}' in {job.Target.Factory.Factory}. Start one with 'pipewright run'.");

    private async Task<ScratchDeployment> DeployScratchAsync(CancellationToken cancellation)
    {
        var units = job.Collect([document], cancellation);
        var plan = ScratchPlan.Make(await job.PlanResourcesAsync(units, deletes: false, cancellation), pipeline, Environment.UserName);
        if (!plan.Missing.IsEmpty)
        {
            throw new DeploymentRefusedException($"Not run: {string.Join('\n', plan.Missing)}");
        }

        var scratch = new ScratchDeployment(new AzureFactoryClient(client), plan);
        await scratch.PutAsync(cancellation);
        return scratch;
    }
}
