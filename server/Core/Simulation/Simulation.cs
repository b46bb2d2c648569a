// All runs of one simulation: simulated time, what is shared between runs, and the queues of pipelines that limit their concurrency.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Simulation;

internal sealed class Simulation
{
    /// <summary>How many runs can wait for a pipeline's concurrency (Microsoft's documentation of limits).</summary>
    private const int MaximumQueue = 100;

    /// <summary>How many runs a factory can have at one time (Microsoft's documentation of limits).</summary>
    private const int MaximumLive = 10_000;

    /// <summary>Of more expressions than these nobody looks at the values.</summary>
    private const int MostExpressions = 20_000;

    /// <summary>So that IDs and what expressions draw are two sequences.</summary>
    private const ulong ExpressionSeed = 0x5DEECE66D;

    private readonly FactorySnapshot _factory;
    private readonly Dictionary<string, PipelinePlan?> _plans = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<PipelinePlan, (int Running, Queue<PipelineWalk> Waiting)> _queues = [];
    private readonly HashSet<PipelineWalk> _live = [];
    private readonly SeededChance _ids;
    private readonly List<EvaluatedExpression> _expressions = [];
    private long _started;
    private long _kept;
    private bool _isStopped;

    public Simulation(FactorySnapshot factory, SimulationRequest request, CancellationToken cancellation)
    {
        _factory = factory;
        Request = request;
        Cancellation = cancellation;
        Clock = new SimulationClock(DateTime.SpecifyKind(request.Start, DateTimeKind.Utc));
        _ids = new SeededChance(request.Seed);
        Chance = new SeededChance(request.Seed ^ ExpressionSeed);
        GlobalParameters = RunParameters.FindGlobal(factory, request.GlobalParameters);
        FactoryName = request.FactoryName ?? factory.OfKind(ResourceKind.Factory).FirstOrDefault()?.Name ?? "";
    }

    public FactorySnapshot Factory => _factory;

    public SimulationRequest Request { get; }

    public CancellationToken Cancellation { get; }

    public SimulationClock Clock { get; }

    public CountBook Counts { get; } = new();

    /// <summary>What expressions draw from.</summary>
    public SeededChance Chance { get; }

    public ImmutableDictionary<string, ExpressionValue> GlobalParameters { get; }

    public string FactoryName { get; }

    /// <summary>Takes note of what an expression came to, if anybody wants to know.</summary>
    public void Note(Func<EvaluatedExpression> expression)
    {
        if (Request.KeepsExpressions && _expressions.Count < MostExpressions)
        {
            _expressions.Add(expression());
        }
    }

    /// <summary>A new ID of a run.</summary>
    public string NextId() => _ids.NextGuid().ToString("D");

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public SimulationTrace Run(string pipelineName)
    {
        if (FindPlan(pipelineName) is not { } plan)
        {
            return new SimulationTrace(RefuseUnknown(pipelineName), Counts.Read(), 0);
        }

        var rerun = Request.Rerun is { } earlier ? new RerunPlan(earlier, plan) : null;
        PlannedEvent? cancel = null;
        var root = new PipelineWalk(this, plan, Request.Cause, null, rerun, _ => cancel?.CallOff());
        if (rerun is { IsStartMissing: true })
        {
            root.Refuse(new RunError(SimulationErrors.BadRequest, $"The pipeline '{plan.Name}' has no activity '{Request.Rerun!.StartActivity}' of its own to start from.", SimulationErrors.UserError, plan.Name, null));
        }
        else if (root.Bind(Request.Parameters))
        {
            cancel = Request.CancelAfter is { } after ? Clock.After(after, () => root.Cancel(null)) : null;
            foreach (var (runId, delay, isRecursive) in Request.Cancellations)
            {
                Clock.After(delay, () => FindGoingOn(runId)?.CancelAlone(isRecursive));
            }

            Queue(root);
            GoOn();
        }

        return new SimulationTrace(root.ToRun(), Counts.Read(), _started) { Expressions = [.. _expressions] };
    }

    /// <summary>Starts a run, or lets it wait for its turn. One whose status is set at once was refused.</summary>
    public PipelineWalk StartRun(PipelinePlan plan, IEnumerable<KeyValuePair<string, ExpressionValue>> parameters, RunCause cause, ActivityWalk parent, Action<PipelineWalk> ended)
    {
        var run = new PipelineWalk(this, plan, cause, parent, null, ended);
        if (run.Bind(parameters))
        {
            var refusal = _live.Count >= MaximumLive ? SimulationErrors.TooManyRuns(plan.Name, MaximumLive) : Queue(run) ? null : SimulationErrors.QueueFull(plan.Name);
            if (refusal is not null)
            {
                run.Refuse(new RunError(SimulationErrors.BadRequest, refusal, SimulationErrors.UserError, plan.Name, null));
            }
        }

        return run;
    }

    /// <summary>The pipeline of a name; null where there is none.</summary>
    public PipelinePlan? FindPlan(string name)
    {
        if (!_plans.TryGetValue(name, out var plan))
        {
            plan = _plans[name] = _factory.Find(ResourceKind.Pipeline, name) is [var symbol, ..] ? new PipelinePlan(symbol) : null;
        }

        return plan;
    }

    /// <summary>Counts an activity that is about to start. False where that is one too many, so that all stops.</summary>
    public bool CountStart()
    {
        if (_started >= Request.Limits.MaximumActivities)
        {
            _isStopped = true;
            return false;
        }

        _started++;
        return true;
    }

    /// <summary>Whether so many more activity runs may be kept in the trace; if so, they count.</summary>
    public bool TryKeep(long count)
    {
        if (_kept + count > Request.Limits.KeptActivities)
        {
            return false;
        }

        _kept += count;
        return true;
    }

    /// <summary>Takes note that a run has ended, and starts the one that waited for its place.</summary>
    public void OnEnded(PipelineWalk run)
    {
        var (running, waiting) = _queues[run.Plan];

        // One that was cancelled while it waited has no place.
        _queues[run.Plan] = (_live.Remove(run) ? running - 1 : running, waiting);
        Admit(run.Plan);
    }

    private PipelineWalk? FindGoingOn(string runId) => _live.Concat(_queues.Values.SelectMany(q => q.Waiting)).FirstOrDefault(r => r.RunId == runId);

    private void GoOn()
    {
        while (!_isStopped && Clock.Step())
        {
            Cancellation.ThrowIfCancellationRequested();
        }

        // Whatever still goes on can never end.
        foreach (var run in _live.Concat(_queues.Values.SelectMany(q => q.Waiting)).OrderBy(r => r.Depth).ThenBy(r => r.RunId, StringComparer.Ordinal).ToList())
        {
            run.Cancel(_isStopped
                ? new RunError(SimulationErrors.LimitCode, SimulationErrors.Limit(Request.Limits.MaximumActivities), SimulationErrors.UserError, run.Plan.Name, null)
                : new RunError(SimulationErrors.DeadlockCode, SimulationErrors.Deadlock(run.Plan.Name), SimulationErrors.UserError, run.Plan.Name, null));
        }
    }

    private bool Queue(PipelineWalk run)
    {
        var (running, waiting) = _queues.TryGetValue(run.Plan, out var queue) ? queue : _queues[run.Plan] = (0, new Queue<PipelineWalk>());
        if (run.Plan.Concurrency <= running && waiting.Count >= MaximumQueue)
        {
            return false;
        }

        waiting.Enqueue(run);
        Admit(run.Plan);
        return true;
    }

    private void Admit(PipelinePlan plan)
    {
        var (running, waiting) = _queues[plan];
        while (!(plan.Concurrency <= running) && waiting.TryDequeue(out var next))
        {
            if (next.Status is null)
            {
                running++;
                _live.Add(next);
                Clock.Soon(() => StartUnlessEnded(next));
            }
        }

        _queues[plan] = (running, waiting);
    }

    private static void StartUnlessEnded(PipelineWalk run)
    {
        if (run.Status is null)
        {
            run.Start();
        }
    }

    private PipelineRun RefuseUnknown(string pipelineName) => new()
    {
        Pipeline = pipelineName,
        RunId = NextId(),
        GroupId = NextId(),
        Status = PipelineRunStatus.Refused,
        Error = new RunError("PipelineNotFound", SimulationErrors.NoSuchPipeline(pipelineName), SimulationErrors.UserError, pipelineName, null),
        Queued = Clock.Now,
        Start = Clock.Now,
        End = Clock.Now,
        Parameters = ObjectValue.Empty,
        Variables = ObjectValue.Empty,
        ReturnValue = ObjectValue.Empty,
        TriggerType = Request.Cause.Type,
        TriggerName = Request.Cause.Name,
        Activities = [],
    };
}
