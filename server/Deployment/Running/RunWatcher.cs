// Looks at a run again and again until it is over, and tells what has changed.
using System.Text.Json;

namespace Pipewright.Deployment.Running;

/// <param name="time">The clock that pauses are measured by.</param>
public sealed class RunWatcher(IRunClient client, TimeProvider time)
{
    /// <summary>How long the service keeps runs (Microsoft's documentation of monitoring).</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(45);

    /// <summary>For clocks that differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromDays(1);

    private readonly Dictionary<string, Watched> _runs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The pause between two looks while something happens.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause where nothing has happened for long.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long looks may fail, one after the other, before the watching does.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the service may not know the run: it takes a moment to tell of one that has just begun. Zero for a run that began long ago.</summary>
    public TimeSpan UnknownFor { get; init; }

    /// <summary>The workspaces to ask why a notebook has failed; null to ask none.</summary>
    public INotebookRuns? Notebooks { get; init; }

    /// <summary>A run of a pipeline that is watched.</summary>
    private sealed class Watched(string runId, int depth)
    {
        public string RunId => runId;

        public int Depth => depth;

        public PipelineRunState? State { get; set; }

        /// <summary>Whether its activities have been looked at since it was over.</summary>
        public bool IsDone { get; set; }

        public Dictionary<string, string> Activities { get; } = [];

        public Dictionary<string, int> Iterations { get; } = [];
    }

    /// <summary>
    /// Watches a run and the runs that it calls. What it calls without waiting is watched as long as it goes on itself.
    /// </summary>
    /// <param name="report">Takes each change; calls come one at a time.</param>
    /// <returns>The run as it ended.</returns>
    /// <exception cref="FactoryRequestException">The service refuses to tell, there is no such run, or looking has failed for too long.</exception>
    /// <exception cref="OperationCanceledException">The watching was given up; the run goes on.</exception>
    public async Task<PipelineRunState> WatchAsync(string runId, Action<RunEvent> report, CancellationToken cancellation)
    {
        _runs.Clear();
        var root = _runs[runId] = new Watched(runId, 0);
        var pause = ShortestPause;
        long? failing = null;
        while (true)
        {
            try
            {
                pause = await LookAsync(report, cancellation) ? ShortestPause : Min(pause * 1.5, LongestPause);
                failing = null;
                if (root is { IsDone: true, State: { } end })
                {
                    return end;
                }
            }
            catch (FactoryRequestException e) when (time.GetElapsedTime(failing ??= time.GetTimestamp()) < PatienceFor(e, root))
            {
                report(new LookFailed(e.Message));
                pause = Min(pause * 2, LongestPause);
            }

            await Task.Delay(pause, time, cancellation);
        }
    }

    /// <summary>Runs, the newest first.</summary>
    /// <param name="pipeline">Its name; null for those of all pipelines.</param>
    public async Task<IReadOnlyList<PipelineRunState>> ListRecentAsync(string? pipeline, int count, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var found = new List<PipelineRunState>();
        await foreach (var run in client.ListAsync(new RunFilter(now - Kept, now + Skew, pipeline is null ? [] : [new RunCondition("PipelineName", [pipeline])], "RunStart"), cancellation))
        {
            found.Add(run);
            if (found.Count >= count)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>What may be otherwise in a moment: no answer or one that can't be read, a busy service, one that failed, one that does not know yet what it has begun.</summary>
    private TimeSpan PatienceFor(FactoryRequestException e, Watched root) =>
        e.Status is 0 or (>= 200 and < 300) or 408 or 429 or >= 500 || e.IsOutcomeUnknown ? Patience
        : e.Code == NotYetKnown && root.State is null ? UnknownFor
        : TimeSpan.Zero;

    private const string NotYetKnown = "PipelineRunNotFound";

    /// <returns>Whether anything has changed.</returns>
    private async Task<bool> LookAsync(Action<RunEvent> report, CancellationToken cancellation)
    {
        var hasChanged = false;

        // Looking at one may add others.
        foreach (var depth in Enumerable.Range(0, int.MaxValue))
        {
            var level = _runs.Values.Where(r => r.Depth == depth).ToList();
            if (level.Count == 0)
            {
                return hasChanged;
            }

            foreach (var run in level.Where(r => !r.IsDone))
            {
                hasChanged |= await LookAsync(run, report, cancellation);
            }
        }

        return hasChanged;
    }

    private async Task<bool> LookAsync(Watched run, Action<RunEvent> report, CancellationToken cancellation)
    {
        // The run first: once it is over, its activities are as they will stay.
        var state = await client.FindAsync(run.RunId, cancellation) ?? throw new FactoryRequestException(NotYetKnown, $"There is no run '{run.RunId}' in this factory. Runs are kept for 45 days.") { Status = 404 };
        var hasChanged = state.Status != run.State?.Status;
        if (hasChanged && !state.IsOver)
        {
            report(new RunChanged(state, run.Depth));
        }

        run.State = state;
        var now = time.GetUtcNow();
        var activities = new List<ActivityRunState>();
        await foreach (var activity in client.ListActivitiesAsync(run.RunId, new RunFilter(now - Kept, now + Skew, []), cancellation))
        {
            activities.Add(activity);
        }

        foreach (var activity in activities.OrderBy(a => a.Start ?? DateTimeOffset.MaxValue))
        {
            hasChanged |= await TakeAsync(run, state, activity, report, cancellation);
        }

        if (state.IsOver)
        {
            run.IsDone = true;
            report(new RunChanged(state, run.Depth));
        }

        return hasChanged;
    }

    private async Task<bool> TakeAsync(Watched run, PipelineRunState state, ActivityRunState activity, Action<RunEvent> report, CancellationToken cancellation)
    {
        if (CalledRun(activity) is { } called && !_runs.ContainsKey(called))
        {
            _runs[called] = new Watched(called, run.Depth + 1);
        }

        var key = $"{activity.ActivityRunId}/{activity.RetryAttempt}";
        var seen = $"{activity.Status} {activity.Start:O} {activity.End:O} {PageOf(activity)}";
        if (run.Activities.GetValueOrDefault(key) == seen)
        {
            return false;
        }

        var notebook = await NotebookOutcomes.FindAsync(activity, Notebooks, cancellation);
        run.Activities[key] = seen;
        report(new ActivityChanged(activity, activity.Pipeline ?? state.Pipeline, run.Depth, IterationOf(run, activity)) { Notebook = notebook });
        return true;
    }

    /// <summary>The service tells rounds apart, and not which is which.</summary>
    private static int? IterationOf(Watched run, ActivityRunState activity)
    {
        if (string.IsNullOrEmpty(activity.IterationHash))
        {
            return null;
        }

        var key = $"{activity.Activity}/{activity.IterationHash}";
        if (!run.Iterations.TryGetValue(key, out var number))
        {
            number = run.Iterations[key] = run.Iterations.Keys.Count(k => k.StartsWith(activity.Activity + "/", StringComparison.Ordinal));
        }

        return number;
    }

    /// <summary>The run that an ExecutePipeline has begun.</summary>
    private static string? CalledRun(ActivityRunState activity) =>
        "ExecutePipeline".Equals(activity.Type, StringComparison.OrdinalIgnoreCase) ? Member(activity.Output, "pipelineRunId") : null;

    /// <summary>Where Databricks shows the run, which comes while the activity goes on.</summary>
    private static string? PageOf(ActivityRunState activity) => Member(activity.Output, "runPageUrl");

    private static string? Member(JsonElement output, string name) =>
        output.ValueKind == JsonValueKind.Object && output.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
