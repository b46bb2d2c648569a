// The lists of activities that a container runs, at once or one after the other, and how much of them is kept.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

internal sealed class InnerWalks(ActivityWalk owner)
{
    private readonly List<ListWalk> _running = [];
    private readonly List<ListWalk> _kept = [];
    private int _keptLate;

    public long Total { get; private set; }

    public long FailedCount { get; private set; }

    /// <summary>The first that failed; null while none has.</summary>
    public ListWalk? FirstFailed { get; private set; }

    /// <summary>Starts one.</summary>
    /// <param name="ended">Called once when it ends, unless it is cancelled.</param>
    public void Start(ActivityListPlan plan, string name, int? iteration, ExpressionValue? item, Action<ListWalk> ended)
    {
        owner.Tally.CountBranch(name);
        Total++;
        var walk = new ListWalk(owner.Run, plan, new WalkScope(owner.List.Scope, item, iteration), name, iteration, item, list =>
        {
            _running.Remove(list);
            if (list.Status == ActivityRunStatus.Failed)
            {
                FailedCount++;
                FirstFailed ??= list;
            }

            Keep(list);
            ended(list);
        });
        _running.Add(walk);
        walk.Start();
    }

    public void Cancel(bool isRecursive = true)
    {
        foreach (var list in _running)
        {
            list.Cancel(isRecursive);
        }
    }

    public long Count() => _kept.Concat(_running).Sum(l => l.Count());

    public ImmutableArray<BranchRun> ToBranches() => [.. _kept.Concat(_running).OrderBy(l => l.Iteration ?? 0).Select(l => l.ToBranch())];

    private void Keep(ListWalk list)
    {
        var most = owner.Simulation.Request.Limits.KeptIterations;
        var isEarly = list.Iteration is null || list.Iteration < most;
        var isWanted = isEarly || (list.Status == ActivityRunStatus.Failed && _keptLate < most);
        if (isWanted && (list.Iteration is null || owner.Simulation.TryKeep(list.Count())))
        {
            _kept.Add(list);
            _keptLate += isEarly ? 0 : 1;
        }
    }
}
