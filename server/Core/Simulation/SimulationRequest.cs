// What a simulated run starts from: all of it is given, so that the same request on the same files gives the same trace.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;

namespace Pipewright.Core.Simulation;

/// <summary>One run to simulate.</summary>
public sealed record SimulationRequest
{
    /// <summary>The pipeline's parameters by name without regard to case. Text is converted where the pipeline declares a number or boolean.</summary>
    public ImmutableDictionary<string, ExpressionValue> Parameters { get; init; } = EvaluationContext.Empty;

    /// <summary>Values of global parameters in place of those in the factory's file.</summary>
    public ImmutableDictionary<string, ExpressionValue> GlobalParameters { get; init; } = EvaluationContext.Empty;

    /// <summary>What activities answer that need a cloud. Those without a stub succeed with an output of the right shape.</summary>
    public StubSet Stubs { get; init; } = StubSet.Empty;

    /// <summary>The time at which the run starts, in UTC.</summary>
    public DateTime Start { get; init; } = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What IDs, <c>guid()</c> and <c>rand()</c> follow from.</summary>
    public ulong Seed { get; init; }

    public RunCause Cause { get; init; } = RunCause.Manual;

    /// <summary>What <c>pipeline().DataFactory</c> gives; null for the name that the factory's file gives.</summary>
    public string? FactoryName { get; init; }

    public SimulationLimits Limits { get; init; } = new();

    /// <summary>Whether the trace tells inputs and outputs that activities keep from monitoring: for tests, whose values are nobody's secrets.</summary>
    public bool ShowsSecured { get; init; }

    /// <summary>Whether the trace tells what each expression came to, and of what.</summary>
    public bool KeepsExpressions { get; init; }

    /// <summary>The earlier run that this one goes on from; null for a run of its own.</summary>
    public RerunRequest? Rerun { get; init; }

    /// <summary>When somebody cancels the run, counted from its start, together with those that it waits for; null for never.</summary>
    public TimeSpan? CancelAfter { get; init; }

    /// <summary>Which runs somebody cancels by their ID; one that is not there, or has ended, is passed over.</summary>
    public ImmutableArray<RunCancellation> Cancellations { get; init; } = [];
}

/// <summary>Somebody cancels a run.</summary>
/// <param name="After">Counted from the start of the simulation.</param>
/// <param name="IsRecursive">Whether the runs that it waits for end, too.</param>
public sealed record RunCancellation(string RunId, TimeSpan After, bool IsRecursive);

/// <summary>What started a run: the values of the system variables about triggers.</summary>
/// <param name="Type"><c>Manual</c>, <c>ScheduleTrigger</c> …, as <c>pipeline().TriggerType</c> gives it.</param>
/// <param name="Name">Of the trigger.</param>
/// <param name="Id">Of the trigger's run; null for one that is made up.</param>
/// <param name="Time">When it fired, in UTC; null for the start of the run.</param>
public sealed record RunCause(string Type, string Name, string? Id = null, DateTime? Time = null)
{
    public static RunCause Manual { get; } = new("Manual", "Manual");
}

/// <summary>Goes on from an earlier run of the same pipeline: what it did is taken as done, and its outputs are used.</summary>
/// <param name="Earlier">The trace of the earlier run.</param>
/// <param name="StartActivity">
/// The activity to start from: it and all that come after it run again. Null to run again what failed, and all that come after that.
/// </param>
public sealed record RerunRequest(PipelineRun Earlier, string? StartActivity = null);

/// <summary>Where a simulation stops, and how much of it is kept.</summary>
public sealed record SimulationLimits
{
    /// <summary>How many activities may be started in all; then all runs are cancelled with the error <see cref="SimulationErrors.LimitCode"/>.</summary>
    public long MaximumActivities { get; init; } = 2_000_000;

    /// <summary>How deep pipelines may execute each other; an activity that goes deeper fails.</summary>
    public int MaximumDepth { get; init; } = 40;

    /// <summary>How many iterations of each loop are kept in full: the first, and beyond these as many of the failed ones. The rest is counted.</summary>
    public int KeptIterations { get; init; } = 1000;

    /// <summary>How many activity runs are kept in all before iterations that end are only counted.</summary>
    public int KeptActivities { get; init; } = 100_000;
}
