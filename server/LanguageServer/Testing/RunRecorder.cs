// Makes a test of a run that was made in a factory.
using System.Text.Json;
using Pipewright.Core.Expressions;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Rules.Security;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.LanguageServer.Deploying;
using Pipewright.Deployment.Running;
using Pipewright.LanguageServer.Running;

namespace Pipewright.LanguageServer.Testing;

internal static class RunRecorder
{
    /// <param name="runId">Null for the last run of the pipeline.</param>
    /// <exception cref="DeploymentRefusedException">The run is of another pipeline, or goes on.</exception>
    /// <exception cref="FactoryRequestException">There is no such run, or it can't be read.</exception>
    public static async Task<NewPipelineTest> RecordAsync(RunJob job, string? runId, CancellationToken cancellation)
    {
        runId ??= await job.FindLastAsync(cancellation);
        if (await job.Client.FindAsync(runId, cancellation) is { } state)
        {
            if (!state.IsOver)
            {
                throw new DeploymentRefusedException($"The run '{runId}' goes on. Record it when it is over.");
            }

            if (!state.Pipeline.Equals(job.Pipeline, StringComparison.OrdinalIgnoreCase))
            {
                throw new DeploymentRefusedException($"The run '{runId}' is of the pipeline '{state.Pipeline}', and not of '{job.Pipeline}'.");
            }
        }

        var runs = new Dictionary<string, PipelineRunState>(StringComparer.OrdinalIgnoreCase);
        var activities = new List<ActivityChanged>();
        await job.Watcher.WatchAsync(runId, change => Take(change, runs, activities), cancellation);
        var recorded = Recorded(runId, runs, activities.ToLookup(a => a.Activity.PipelineRunId ?? "", StringComparer.OrdinalIgnoreCase), []);
        return PipelineTestText.Create(job.Job.Factory, job.Job.Factory.Find(ResourceKind.Pipeline, job.Pipeline)[0], recorded, SecretMask.Hide);
    }

    private static void Take(RunEvent change, Dictionary<string, PipelineRunState> runs, List<ActivityChanged> activities)
    {
        switch (change)
        {
            case RunChanged { Run: var run }:
                runs[run.RunId] = run;
                break;
            case ActivityChanged activity:
                // Of one that was seen while it went on only its end counts.
                activities.RemoveAll(a => a.Activity.ActivityRunId == activity.Activity.ActivityRunId && a.Attempt == activity.Attempt);
                activities.Add(activity);
                break;
        }
    }

    private static RecordedRun Recorded(string runId, Dictionary<string, PipelineRunState> runs, ILookup<string, ActivityChanged> activities, HashSet<string> seen)
    {
        seen.Add(runId);
        var run = runs[runId];
        return new RecordedRun(
            run.Pipeline, run.Status, run.Start?.UtcDateTime, run.Message, Read(run.Parameters) as ObjectValue ?? ObjectValue.Empty,
            [.. activities[runId].OrderBy(a => a.Activity.Start ?? DateTimeOffset.MaxValue).Select(a => Recorded(a, runs, activities, seen))]);
    }

    private static RecordedActivity Recorded(ActivityChanged change, Dictionary<string, PipelineRunState> runs, ILookup<string, ActivityChanged> activities, HashSet<string> seen)
    {
        var activity = change.Activity;
        var output = Read(activity.Output);
        var called = ((output as ObjectValue)?.Find("pipelineRunId") as StringValue)?.Value;
        return new RecordedActivity(
            activity.Activity, activity.Type ?? "", activity.Status, change.Iteration, change.Attempt, Read(activity.Input), output, activity.Error?.Code, activity.Error?.Message, activity.Error?.FailureType,
            activity.Duration)
        {
            Child = called is not null && runs.ContainsKey(called) && !seen.Contains(called) ? Recorded(called, runs, activities, seen) : null,
        };
    }

    private static ExpressionValue? Read(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : ValueJson.Read(value);
}
