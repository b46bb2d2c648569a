namespace Pipewright.Deployment.Running;

/// <summary>Something about a run that has changed since the last look.</summary>
public abstract record RunEvent;

/// <summary>A run of a pipeline: the one that is watched, or one that it has called.</summary>
/// <param name="Depth">How many runs are above it.</param>
public sealed record RunChanged(PipelineRunState Run, int Depth) : RunEvent;

/// <summary>A run of an activity; each retry is one of its own.</summary>
/// <param name="Depth">How many runs of pipelines are above the one that it is in.</param>
/// <param name="Iteration">Within a loop: which round it is in, from 0, in the order of starting; null elsewhere.</param>
public sealed record ActivityChanged(ActivityRunState Activity, string Pipeline, int Depth, int? Iteration) : RunEvent
{
    /// <summary>What came of its run in Databricks; null for an activity that runs nothing there, and for one that goes on.</summary>
    public NotebookOutcome? Notebook { get; init; }

    /// <summary>From 1.</summary>
    public int Attempt => (Activity.RetryAttempt ?? 0) + 1;
}

/// <summary>A look failed; it is tried again.</summary>
public sealed record LookFailed(string Message) : RunEvent;
