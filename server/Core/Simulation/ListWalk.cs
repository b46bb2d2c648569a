// One walk through a list of activities: each is started when what it waits for has ended as it wants, or is skipped.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;

namespace Pipewright.Core.Simulation;

/// <param name="run">The run that it is part of.</param>
/// <param name="name">As <see cref="BranchRun.Name"/> has it.</param>
/// <param name="iteration">As <see cref="BranchRun.Iteration"/> has it.</param>
/// <param name="item">As <see cref="BranchRun.Item"/> has it.</param>
/// <param name="ended">Called once, after all else that happens at that time and was planned before.</param>
internal sealed class ListWalk(
    PipelineWalk run, ActivityListPlan plan, WalkScope scope, string name, int? iteration, ExpressionValue? item, Action<ListWalk> ended)
{
    private readonly ActivityWalk?[] _walks = new ActivityWalk?[plan.Activities.Length];
    private readonly List<ActivityWalk> _order = [];
    private readonly List<ActivityWalk> _ends = [];
    private readonly DateTime _start = run.Simulation.Clock.Now;
    private DateTime _end;

    public PipelineWalk Run => run;

    public WalkScope Scope => scope;

    public int? Iteration => iteration;

    /// <summary>How it ended; null while it goes on.</summary>
    public ActivityRunStatus? Status { get; private set; }

    /// <summary>The activity that made it fail; null where none did.</summary>
    public ActivityWalk? Failed { get; private set; }

    public void Start()
    {
        for (var i = 0; i < _walks.Length; i++)
        {
            if (plan.Dependencies[i].IsEmpty)
            {
                Begin(i);
            }
        }

        if (_walks.Length == 0)
        {
            run.Simulation.Clock.Soon(End);
        }
    }

    /// <summary>Takes note that an activity has ended, and starts or skips those that waited for it.</summary>
    public void OnEnded(ActivityWalk walk)
    {
        if (Status is not null)
        {
            return;
        }

        var pending = new Queue<ActivityWalk>([walk]);
        while (pending.TryDequeue(out var next))
        {
            _ends.Add(next);
            foreach (var i in plan.Waiting[plan.Places[next.Node]])
            {
                if (_walks[i] is null && plan.Dependencies[i].All(d => _walks[d.Upstream] is { IsEnded: true }))
                {
                    if (IsMet(i))
                    {
                        Begin(i);
                    }
                    else
                    {
                        pending.Enqueue(Skip(i));
                    }
                }
            }
        }

        if (_ends.Count == _walks.Length)
        {
            run.Simulation.Clock.Soon(End);
        }
    }

    /// <summary>Ends all that goes on in it. It does not call anybody.</summary>
    public void Cancel(bool isRecursive = true)
    {
        if (Status is not null)
        {
            return;
        }

        Status = ActivityRunStatus.Cancelled;
        _end = run.Simulation.Clock.Now;
        foreach (var walk in _order)
        {
            walk.Cancel(isRecursive);
        }
    }

    /// <summary>How many activity runs it holds, those in containers included.</summary>
    public long Count() => _order.Sum(w => 1 + w.CountInner());

    public BranchRun ToBranch() => new(name, iteration, item, Status ?? ActivityRunStatus.Cancelled, _start, _end, ToRuns());

    public ImmutableArray<ActivityRun> ToRuns() => [.. _order.Select(w => w.ToRun())];

    /// <summary>An end as those that wait for it see it.</summary>
    internal static ActivityStatus ToEnd(ActivityRunStatus status) => status switch
    {
        ActivityRunStatus.Succeeded => ActivityStatus.Succeeded,
        ActivityRunStatus.Skipped => ActivityStatus.Skipped,
        _ => ActivityStatus.Failed,
    };

    private bool IsMet(int i) => run.Rerun?.StartsAt(plan.Activities[i]) == true
        || plan.Dependencies[i].All(d => (ToEnd(_walks[d.Upstream]!.CountsAs) & d.Wanted) != 0);

    private void Begin(int i)
    {
        var walk = Add(i);
        foreach (var (upstream, _) in plan.Dependencies[i])
        {
            walk.Tally.CountDependency(plan.Activities[upstream].Name, _walks[upstream]!.CountsAs);
        }

        var areAsBefore = AreAsBefore(i);
        run.Simulation.Clock.Soon(() => walk.Start(areAsBefore));
    }

    /// <summary>Whether all that an activity waits for ended as in the earlier run, because nothing of it ran again.</summary>
    private bool AreAsBefore(int i) => run.Rerun is not null && plan.Dependencies[i].All(d => _walks[d.Upstream]!.IsAsBefore);

    private ActivityWalk Skip(int i)
    {
        var walk = Add(i);
        walk.Skip(AreAsBefore(i));
        return walk;
    }

    private ActivityWalk Add(int i)
    {
        var walk = _walks[i] = new ActivityWalk(this, plan.Activities[i]);
        _order.Add(walk);
        return walk;
    }

    private void End()
    {
        if (Status is not null)
        {
            return;
        }

        var deciding = plan.Outcomes.FindDeciding(a => ToEnd(_walks[plan.Places[a]]!.CountsAs)).ToHashSet();
        Failed = _ends.Find(w => w.CountsAs != ActivityRunStatus.Succeeded && deciding.Contains(w.Node));
        Status = Failed is null ? ActivityRunStatus.Succeeded : ActivityRunStatus.Failed;
        _end = run.Simulation.Clock.Now;
        ended(this);
    }
}
