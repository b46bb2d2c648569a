// What a simulation tells: every run with its activities, as a tree. Times are simulated, in UTC.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Text;

namespace Pipewright.Core.Simulation;

public enum PipelineRunStatus
{
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>The service takes no such run: a parameter is missing or wrong, or there is no such pipeline. No activity ran.</summary>
    Refused,
}

public enum ActivityRunStatus
{
    Succeeded,
    Failed,

    /// <summary>What it waits for ended otherwise than it wants.</summary>
    Skipped,
    Cancelled,

    /// <summary>It is switched off.</summary>
    Inactive,
}

/// <summary>Where an activity's answer came from.</summary>
public enum AnswerSource
{
    /// <summary>The activity was walked as the service does.</summary>
    Walked,

    /// <summary>A stub gave it.</summary>
    Stub,

    /// <summary>No stub was there for it: it has only the shape of a real one.</summary>
    DefaultStub,

    /// <summary>It was taken from an earlier run.</summary>
    EarlierRun,
}

/// <summary>All that came of a simulation.</summary>
/// <param name="Run">The run that was asked for; those that it started are below.</param>
/// <param name="Counts">What every pipeline did in all of its runs, by its name without regard to case; what the trace does not keep is counted too.</param>
/// <param name="ActivityCount">How many activities were started.</param>
public sealed record SimulationTrace(PipelineRun Run, ImmutableSortedDictionary<string, PipelineCounts> Counts, long ActivityCount)
{
    /// <summary>What expressions came to, in the order of time; the first ones where there are many. Empty unless they were asked for.</summary>
    public ImmutableArray<EvaluatedExpression> Expressions { get; init; } = [];
}

/// <summary>An expression that was evaluated.</summary>
/// <param name="Place">The string that it is.</param>
/// <param name="RunId">The run of the pipeline.</param>
/// <param name="Activity">The activity that wanted it.</param>
/// <param name="Iteration">Of the nearest loop around; null outside of any.</param>
/// <param name="Value">Null where it gave an error.</param>
/// <param name="Context">What it could read.</param>
public sealed record EvaluatedExpression(
    SourcePlace Place, string RunId, string Activity, int? Iteration, ExpressionValue? Value, EvaluationError? Error, EvaluationContext Context);

/// <summary>One run of a pipeline.</summary>
public sealed record PipelineRun
{
    public required string Pipeline { get; init; }

    public required string RunId { get; init; }

    /// <summary>Shared by a run, those that it started, and its reruns.</summary>
    public required string GroupId { get; init; }

    public required PipelineRunStatus Status { get; init; }

    /// <summary>Why it did not succeed; null where it did.</summary>
    public RunError? Error { get; init; }

    /// <summary>When it was asked for. It starts later where the pipeline's own <c>concurrency</c> makes it wait.</summary>
    public required DateTime Queued { get; init; }

    public required DateTime Start { get; init; }

    public required DateTime End { get; init; }

    /// <summary>As monitoring shows them: a secret is not told.</summary>
    public required ObjectValue Parameters { get; init; }

    /// <summary>The variables at the end.</summary>
    public required ObjectValue Variables { get; init; }

    /// <summary>What it returns to an activity that waits for it; empty where it returns nothing.</summary>
    public required ObjectValue ReturnValue { get; init; }

    public required string TriggerType { get; init; }

    public required string TriggerName { get; init; }

    /// <summary>In the order in which they started. An activity that was neither started nor skipped is not there.</summary>
    public required ImmutableArray<ActivityRun> Activities { get; init; }

    /// <summary>All activity runs of this run that are kept, those in containers included, containers first; not those of other runs.</summary>
    public IEnumerable<ActivityRun> AllActivities() => Activities.SelectMany(a => a.WithInner());
}

/// <summary>One run of an activity with all its attempts.</summary>
public sealed record ActivityRun
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string RunId { get; init; }

    public required ActivityRunStatus Status { get; init; }

    /// <summary>What those that wait for it see: of one that is switched off, how it is marked.</summary>
    public required ActivityRunStatus CountsAs { get; init; }

    public required DateTime Start { get; init; }

    public required DateTime End { get; init; }

    /// <summary>
    /// What the service would send: <c>typeProperties</c> with all expressions evaluated, beside them <c>inputs</c>, <c>outputs</c> and <c>linkedServiceName</c>
    /// where the activity has them. Null where it was not made, or must not be shown.
    /// </summary>
    public ExpressionValue? Input { get; init; }

    /// <summary>Null where there is none, or where it must not be shown.</summary>
    public ExpressionValue? Output { get; init; }

    /// <summary>The activity has <c>secureInput</c>.</summary>
    public bool IsInputSecure { get; init; }

    /// <summary>The activity has <c>secureOutput</c>.</summary>
    public bool IsOutputSecure { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public RunError? Error { get; init; }

    public required AnswerSource Source { get; init; }

    /// <summary>One for each time that the service would have sent it; empty where it sends nothing.</summary>
    public ImmutableArray<ActivityAttempt> Attempts { get; init; } = [];

    /// <summary>The lists of activities that a container ran: the branch taken, or the iterations that are kept, in their order.</summary>
    public ImmutableArray<BranchRun> Branches { get; init; } = [];

    /// <summary>How many lists it ran, kept or not.</summary>
    public long BranchCount { get; init; }

    /// <summary>How many of these failed.</summary>
    public long FailedBranchCount { get; init; }

    /// <summary>The run that it started; null where it started none, or was stubbed.</summary>
    public PipelineRun? Child { get; init; }

    /// <summary>The activity's own properties for monitoring, evaluated.</summary>
    public ObjectValue UserProperties { get; init; } = ObjectValue.Empty;

    /// <summary>Where the activity is written.</summary>
    public required SourcePlace Place { get; init; }

    internal IEnumerable<ActivityRun> WithInner() => Branches.SelectMany(b => b.Activities).SelectMany(a => a.WithInner()).Prepend(this);
}

/// <summary>One attempt; to the service each is an activity run of its own.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Output">Null where there is none, or where it must not be shown.</param>
/// <param name="Error">Null where it succeeded.</param>
public sealed record ActivityAttempt(int Number, string RunId, DateTime Start, DateTime End, ActivityRunStatus Status, ExpressionValue? Output, RunError? Error, AnswerSource Source);

/// <summary>One walk through a list of activities inside of a container.</summary>
/// <param name="Name">
/// Which list: <c>activities</c>, <c>ifTrueActivities</c>, <c>ifFalseActivities</c>, <c>defaultActivities</c>, or of a Switch <c>cases/</c> and the value of the case.
/// </param>
/// <param name="Iteration">Its number in a loop, from 0; null in a container that is no loop.</param>
/// <param name="Item">What <c>item()</c> gives in a ForEach; null elsewhere.</param>
public sealed record BranchRun(
    string Name, int? Iteration, ExpressionValue? Item, ActivityRunStatus Status, DateTime Start, DateTime End, ImmutableArray<ActivityRun> Activities);

/// <summary>Why something failed, as the service tells it, and where that is written.</summary>
/// <param name="FailureType"><c>UserError</c> or <c>SystemError</c>.</param>
/// <param name="Target">The activity; of a run that was refused, the pipeline.</param>
/// <param name="Place">The characters at fault; null where no text is.</param>
public sealed record RunError(string Code, string Message, string FailureType, string Target, SourcePlace? Place);

/// <summary>A place in a file of the factory.</summary>
/// <param name="Path">Relative to the factory's root.</param>
public sealed record SourcePlace(string Path, TextSpan Span);

/// <summary>What a pipeline did in all of its runs.</summary>
/// <param name="Runs">How many there were.</param>
/// <param name="Activities">By name without regard to case; one that never came to its turn is not there.</param>
public sealed record PipelineCounts(long Runs, ImmutableSortedDictionary<string, ActivityCounts> Activities);

/// <summary>What an activity did in all runs.</summary>
/// <param name="Statuses">How often it ended how.</param>
/// <param name="Attempts">How many attempts the service would have made.</param>
/// <param name="Branches">How often each of its lists of activities ran, by <see cref="BranchRun.Name"/>.</param>
/// <param name="Dependencies">How often it ran after which end of which activity that it waits for.</param>
public sealed record ActivityCounts(
    ImmutableSortedDictionary<ActivityRunStatus, long> Statuses, long Attempts, ImmutableSortedDictionary<string, long> Branches,
    ImmutableDictionary<(string Activity, ActivityRunStatus Status), long> Dependencies);
