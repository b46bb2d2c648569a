using System.Collections.Immutable;
using System.Text.Json;

namespace Pipewright.Deployment;

/// <summary>What starts a run.</summary>
/// <param name="Parameters">A JSON object of values by the parameters' names; null for none, so that each has its default.</param>
public sealed record RunStart(string Pipeline, string? Parameters = null)
{
    /// <summary>The run that is run again; null for a run of its own.</summary>
    public string? ReferenceRunId { get; init; }

    /// <summary>Whether the run joins the group of the one that is run again.</summary>
    public bool IsRecovery { get; init; }

    /// <summary>The activity to begin at; those before it count as done. Null for the first ones.</summary>
    public string? StartActivity { get; init; }

    /// <summary>Whether to begin at the activities that failed.</summary>
    public bool StartsFromFailure { get; init; }
}

/// <summary>Who started a run.</summary>
/// <param name="Type">Such as <c>Manual</c>, <c>ScheduleTrigger</c>, <c>PipelineActivity</c>.</param>
/// <param name="Pipeline">The calling pipeline; null for none.</param>
/// <param name="RunId">The calling run; null for none.</param>
public sealed record RunInvoker(string? Name, string? Id, string? Type, string? Pipeline, string? RunId);

/// <summary>A run of a pipeline as the service knows it. What it does not tell is null.</summary>
/// <param name="Status"><c>Queued</c>, <c>InProgress</c>, <c>Succeeded</c>, <c>Failed</c>, <c>Canceling</c>, <c>Cancelled</c>, or one that is newer than this program.</param>
/// <param name="GroupId">The same for a run and its reruns.</param>
/// <param name="IsLatest">Whether it is the last of its group.</param>
/// <param name="Parameters">An object; undefined where there are none.</param>
/// <param name="Message">Why it failed.</param>
public sealed record PipelineRunState(
    string RunId, string Pipeline, string Status, string? GroupId, bool? IsLatest, JsonElement Parameters, RunInvoker? InvokedBy, DateTimeOffset? LastUpdated, DateTimeOffset? Start,
    DateTimeOffset? End, TimeSpan? Duration, string? Message)
{
    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsOver => Status is "Succeeded" or "Failed" or "Cancelled";
}

/// <summary>Why an activity failed.</summary>
/// <param name="FailureType"><c>UserError</c> or <c>SystemError</c>.</param>
/// <param name="Target">The activity that it is about.</param>
/// <param name="Details">Anything; undefined where there is none.</param>
public sealed record ActivityRunError(string? Code, string? Message, string? FailureType, string? Target, JsonElement Details);

/// <summary>A run of an activity as the service knows it. What it does not tell is null, or undefined.</summary>
/// <param name="Status">As of <see cref="PipelineRunState"/>, or <c>Skipped</c> or <c>Inactive</c>.</param>
/// <param name="IterationHash">What tells the runs of one activity within a loop from each other.</param>
/// <param name="RetryAttempt">Null for the first try.</param>
public sealed record ActivityRunState(
    string ActivityRunId, string Activity, string? Type, string Status, string? Pipeline, string? PipelineRunId, DateTimeOffset? Start, DateTimeOffset? End, TimeSpan? Duration,
    JsonElement Input, JsonElement Output, ActivityRunError? Error, string? IterationHash, int? RetryAttempt, JsonElement UserProperties, string? LinkedService)
{
    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsOver => Status is "Succeeded" or "Failed" or "Cancelled" or "Skipped" or "Inactive";
}

/// <summary>A run of a trigger as the service knows it.</summary>
/// <param name="Status"><c>Succeeded</c>, <c>Failed</c>, <c>Inprogress</c>, <c>Waiting</c> and so on.</param>
/// <param name="Pipelines">The runs that it started, by pipeline.</param>
public sealed record TriggerRunState(string RunId, string Trigger, string? Type, string Status, DateTimeOffset? Time, string? Message, ImmutableDictionary<string, string> Pipelines);

/// <summary>A condition on runs.</summary>
/// <param name="Operand">What the service can compare, such as <c>PipelineName</c>, <c>Status</c>, <c>RunGroupId</c>, <c>TriggerName</c>.</param>
/// <param name="IsIn">Whether the value must be one of these, or none of them.</param>
public sealed record RunCondition(string Operand, ImmutableArray<string> Values, bool IsIn = true);

/// <summary>Which runs: those that changed in a stretch of time, and fulfil all conditions. The service keeps runs for 45 days.</summary>
/// <param name="OrderBy">What the service can order by, such as <c>RunStart</c>; null for its own order.</param>
public sealed record RunFilter(DateTimeOffset UpdatedAfter, DateTimeOffset UpdatedBefore, ImmutableArray<RunCondition> Conditions, string? OrderBy = null, bool IsDescending = true);

/// <summary>Runs of one factory's pipelines. All methods throw <see cref="FactoryRequestException"/> when the service refuses or does not answer.</summary>
public interface IRunClient
{
    /// <summary>
    /// Starts a run. It is never tried again by itself: where the outcome is unknown, look for the run by <see cref="ListAsync"/> before you ask for another.
    /// </summary>
    /// <returns>The run's id.</returns>
    Task<string> StartAsync(RunStart start, CancellationToken cancellation);

    /// <returns>Null where there is no such run.</returns>
    Task<PipelineRunState?> FindAsync(string runId, CancellationToken cancellation);

    /// <summary>Runs of pipelines, page after page.</summary>
    IAsyncEnumerable<PipelineRunState> ListAsync(RunFilter filter, CancellationToken cancellation);

    /// <summary>The runs of activities within a run of a pipeline, page after page; those within loops too, those of called pipelines not.</summary>
    IAsyncEnumerable<ActivityRunState> ListActivitiesAsync(string runId, RunFilter filter, CancellationToken cancellation);

    /// <summary>Runs of triggers, page after page.</summary>
    IAsyncEnumerable<TriggerRunState> ListTriggerRunsAsync(RunFilter filter, CancellationToken cancellation);

    /// <summary>Asks for the end of a run; it goes on for a while.</summary>
    /// <param name="isRecursive">Whether the runs that it has called end, too.</param>
    Task CancelAsync(string runId, bool isRecursive, CancellationToken cancellation);
}
