// One run of a pipeline while it goes on.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;

namespace Pipewright.Core.Simulation;

/// <param name="parent">The activity that started it; null for the run that was asked for.</param>
/// <param name="ended">Called once when it ends, unless whoever waits for it was cancelled before.</param>
internal sealed class PipelineWalk(Simulation simulation, PipelinePlan plan, RunCause cause, ActivityWalk? parent, RerunPlan? rerun, Action<PipelineWalk> ended)
{
    private readonly DateTime _queued = simulation.Clock.Now;
    private DateTime _start = simulation.Clock.Now;
    private DateTime _end = simulation.Clock.Now;
    private ImmutableDictionary<string, ExpressionValue> _parameters = EvaluationContext.Empty;

    public Simulation Simulation => simulation;

    public PipelinePlan Plan => plan;

    public string RunId { get; } = simulation.NextId();

    /// <summary>How many runs are above it.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Run.Depth + 1;

    public RerunPlan? Rerun => rerun;

    public PipelineTally Tally { get; } = simulation.Counts.Of(plan);

    public VariableStore Variables { get; } = new(plan.Variables);

    public ObjectValue ReturnValue { get; set; } = ObjectValue.Empty;

    /// <summary>What all of its expressions can read.</summary>
    public EvaluationContext Context { get; private set; } = new();

    /// <summary>Its own activities; null until it starts.</summary>
    public ListWalk? Root { get; private set; }

    /// <summary>Null while it goes on or waits.</summary>
    public PipelineRunStatus? Status { get; private set; }

    public RunError? Error { get; private set; }

    private string GroupId => parent?.Run.GroupId ?? simulation.Request.Rerun?.Earlier.GroupId ?? RunId;

    /// <summary>Takes the parameters. False where the run is refused because of them.</summary>
    public bool Bind(IEnumerable<KeyValuePair<string, ExpressionValue>> given)
    {
        (_parameters, Error) = RunParameters.Bind(plan, given);
        if (Error is not null)
        {
            Status = PipelineRunStatus.Refused;
        }

        return Error is null;
    }

    /// <summary>Refuses it for another reason.</summary>
    public void Refuse(RunError error) => (Status, Error) = (PipelineRunStatus.Refused, error);

    public void Start()
    {
        _start = simulation.Clock.Now;
        Tally.Runs++;
        Context = new EvaluationContext
        {
            Parameters = _parameters,
            GlobalParameters = simulation.GlobalParameters,
            System = MakeSystem(),
            NewGuid = simulation.Chance.NextGuid,
            NextRandom = simulation.Chance.NextDouble,
        };
        if (plan.Problem is { } problem)
        {
            simulation.Clock.Soon(() => End(PipelineRunStatus.Failed, problem with { Message = $"ErrorCode={problem.Code}, ErrorMessage={problem.Message}" }));
            return;
        }

        Root = new ListWalk(this, plan.Root, new WalkScope(null, null, null), "activities", null, null, OnRootEnded);
        Root.Start();
    }

    /// <summary>Ends it and all that it waits for. Does nothing if it has ended.</summary>
    /// <param name="error">Why; null where somebody cancelled it.</param>
    /// <param name="isRecursive">Whether the runs that it waits for end, too.</param>
    public void Cancel(RunError? error, bool isRecursive = true)
    {
        if (Status is null)
        {
            Root?.Cancel(isRecursive);
            Finish(PipelineRunStatus.Cancelled, error ?? new RunError("Cancelled", "The run was cancelled.", SimulationErrors.UserError, plan.Name, null));
        }
    }

    /// <summary>Ends it because somebody cancelled just this run: what waits for it goes on, and sees that. Does nothing if it has ended.</summary>
    public void CancelAlone(bool isRecursive)
    {
        if (Status is null)
        {
            Cancel(null, isRecursive);
            ended(this);
        }
    }

    public PipelineRun ToRun() => new()
    {
        Pipeline = plan.Name,
        RunId = RunId,
        GroupId = GroupId,
        Status = Status ?? PipelineRunStatus.Cancelled,
        Error = Error,
        Queued = _queued,
        Start = _start,
        End = _end,
        Parameters = RunParameters.Show(plan, _parameters),
        Variables = Variables.ReadAll(),
        ReturnValue = ReturnValue,
        TriggerType = cause.Type,
        TriggerName = cause.Name,
        Activities = Root?.ToRuns() ?? [],
    };

    private void OnRootEnded(ListWalk list)
    {
        if (list.Failed is { } failed)
        {
            var message = failed.Error?.Message ?? $"The activity is switched off and marked as {failed.CountsAs}.";
            End(PipelineRunStatus.Failed, new RunError(
                failed.Error?.Code ?? SimulationErrors.ActionFailed, SimulationErrors.OperationFailed(failed.Node.Name, message), failed.Error?.FailureType ?? SimulationErrors.UserError,
                failed.Node.Name, failed.Error?.Place ?? plan.PlaceOf(failed.Node.Activity.Node)));
        }
        else
        {
            End(PipelineRunStatus.Succeeded, null);
        }
    }

    private void End(PipelineRunStatus status, RunError? error)
    {
        if (Status is null)
        {
            Finish(status, error);
            ended(this);
        }
    }

    private void Finish(PipelineRunStatus status, RunError? error)
    {
        Status = status;
        Error = error;
        _end = simulation.Clock.Now;
        simulation.OnEnded(this);
    }

    private ImmutableDictionary<string, ExpressionValue> MakeSystem()
    {
        var values = EvaluationContext.Empty.ToBuilder();
        void Add(string name, string value) => values[name] = new StringValue(value);
        Add("DataFactory", simulation.FactoryName);
        Add("Pipeline", plan.Name);
        Add("RunId", RunId);
        Add("GroupId", GroupId);
        Add("TriggerType", cause.Type);
        Add("TriggerName", cause.Name);
        Add("TriggerId", cause.Id ?? simulation.NextId());
        values["TriggerTime"] = ActivityResult.Text(cause.Time ?? _queued);
        if (parent is not null)
        {
            Add("TriggeredByPipelineName", parent.Run.Plan.Name);
            Add("TriggeredByPipelineRunId", parent.Run.RunId);
        }

        return values.ToImmutable();
    }
}
