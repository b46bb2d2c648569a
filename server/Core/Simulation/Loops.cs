// ForEach and Until.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

/// <summary>
/// All items, some at one time: an iteration starts when another has ended. All run, even when some fail; then the activity fails (Microsoft's documentation).
/// </summary>
internal sealed class ForEachLoop(ActivityWalk walk)
{
    /// <summary>The most items and the most iterations at one time, and how many these are by default (Microsoft's documentation of limits).</summary>
    private const int MaximumItems = 100_000;

    private const int MaximumAtOnce = 50;
    private const int UsualAtOnce = 20;

    private ActivityListPlan _plan = ActivityListPlan.Empty;
    private ImmutableArray<ExpressionValue> _items = [];
    private int _atOnce;
    private int _next;
    private int _ended;

    public void Start()
    {
        if (walk.FindItems("foreach") is not { Items: var items })
        {
            return;
        }

        if (items.Length > MaximumItems)
        {
            walk.Fail(SimulationErrors.BadRequest, SimulationErrors.TooManyItems(walk.Node.Name, items.Length), walk.Property("items"));
            return;
        }

        _items = items;
        _plan = walk.Run.Plan.FindList(walk.Node.TypeProperties, "activities");
        var isSequential = PlainValue.Boolean(walk.Input.Find("isSequential")) == true;
        _atOnce = isSequential ? 1 : (int)Math.Clamp(PlainValue.Integer(walk.Input.Find("batchCount")) ?? UsualAtOnce, 1, MaximumAtOnce);
        walk.Inner = new InnerWalks(walk);
        if (items.IsEmpty)
        {
            End();
        }
        else
        {
            for (var i = Math.Min(_atOnce, items.Length); i > 0; i--)
            {
                StartNext();
            }
        }
    }

    private void StartNext()
    {
        var index = _next++;
        walk.Inner!.Start(_plan, "activities", index, _items[index], OnEnded);
    }

    private void OnEnded(ListWalk list)
    {
        _ended++;
        if (_next < _items.Length)
        {
            StartNext();
        }
        else if (_ended == _items.Length)
        {
            End();
        }
    }

    private void End()
    {
        if (walk.Inner!.FirstFailed is { } failed)
        {
            walk.FailBy(failed);
        }
        else
        {
            walk.Succeed(new ObjectValue([ActivityResult.Member("IterationsCount", new IntegerValue(_items.Length))]));
        }
    }
}

/// <summary>
/// Rounds until the condition holds, at least one. A round that fails does not end it (Microsoft's documentation); the last one decides whether it succeeds.
/// </summary>
internal sealed class UntilLoop(ActivityWalk walk)
{
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromDays(7);

    /// <summary>A round takes some time even if nothing in it does: else one whose condition never holds would never come to its timeout.</summary>
    private static readonly TimeSpan ShortestRound = TimeSpan.FromSeconds(1);

    private ActivityListPlan _plan = ActivityListPlan.Empty;
    private PlannedEvent? _timeout;
    private DateTime _roundStart;
    private int _round;

    public void Start()
    {
        var given = walk.Input.Find("timeout");
        var timeout = given is null or NullValue ? UsualTimeout : PlainValue.Span(given);
        if (timeout is not { } longest)
        {
            walk.Fail(SimulationErrors.BadRequest, SimulationErrors.WrongValue(walk.Node.Name, "timeout", given, "a time span, d.hh:mm:ss"), walk.Property("timeout"));
            return;
        }

        _plan = walk.Run.Plan.FindList(walk.Node.TypeProperties, "activities");
        walk.Inner = new InnerWalks(walk);
        _timeout = walk.Simulation.Clock.After(longest, () => OnTimeout(longest));
        StartRound();
    }

    private void StartRound()
    {
        if (!walk.IsEnded)
        {
            _roundStart = walk.Simulation.Clock.Now;
            walk.Inner!.Start(_plan, "activities", _round++, null, list => walk.Guard(() => OnEnded(list)));
        }
    }

    private void OnEnded(ListWalk list)
    {
        walk.List.Scope.AddAll(list.Scope);
        if (walk.Property("expression") is not { } expression)
        {
            _timeout?.CallOff();
            walk.Decide("expression", null);
            return;
        }

        bool? isDone = null;
        try
        {
            isDone = walk.Decide("expression", walk.Resolve(expression));
        }
        finally
        {
            if (isDone != false)
            {
                _timeout?.CallOff();
            }
        }

        if (isDone == false && walk.Simulation.CountStart())
        {
            walk.Simulation.Clock.After(_roundStart + ShortestRound - walk.Simulation.Clock.Now, StartRound);
        }
        else if (isDone == true && list.Failed is null)
        {
            walk.Succeed(ObjectValue.Empty);
        }
        else if (isDone == true)
        {
            walk.FailBy(list);
        }
    }

    private void OnTimeout(TimeSpan timeout)
    {
        if (!walk.IsEnded)
        {
            walk.Inner!.Cancel();
            walk.Fail(SimulationErrors.Timeout, SimulationErrors.TimedOut(walk.Node.Name, timeout), walk.Property("timeout"));
        }
    }
}
