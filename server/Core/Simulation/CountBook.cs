// What all runs did, counted while they go on, so that nothing is lost of what the trace does not keep.
using System.Collections.Immutable;
using Pipewright.Core.Factory;

namespace Pipewright.Core.Simulation;

internal sealed class CountBook
{
    private readonly Dictionary<PipelinePlan, PipelineTally> _pipelines = [];

    public PipelineTally Of(PipelinePlan plan)
    {
        if (!_pipelines.TryGetValue(plan, out var tally))
        {
            tally = _pipelines[plan] = new PipelineTally();
        }

        return tally;
    }

    public ImmutableSortedDictionary<string, PipelineCounts> Read() =>
        _pipelines.ToImmutableSortedDictionary(p => p.Key.Name, p => p.Value.Read(), StringComparer.OrdinalIgnoreCase);
}

internal sealed class PipelineTally
{
    private readonly Dictionary<ActivityNode, ActivityTally> _activities = [];

    public long Runs { get; set; }

    public ActivityTally Of(ActivityNode activity)
    {
        if (!_activities.TryGetValue(activity, out var tally))
        {
            tally = _activities[activity] = new ActivityTally();
        }

        return tally;
    }

    public PipelineCounts Read() => new(Runs, _activities.GroupBy(a => a.Key.Name, a => a.Value, StringComparer.OrdinalIgnoreCase)
        .ToImmutableSortedDictionary(g => g.Key, g => ActivityTally.Read([.. g]), StringComparer.OrdinalIgnoreCase));
}

internal sealed class ActivityTally
{
    private readonly long[] _statuses = new long[Enum.GetValues<ActivityRunStatus>().Length];
    private readonly Dictionary<string, long> _branches = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Activity, ActivityRunStatus Status), long> _dependencies = [];

    public long Attempts { get; set; }

    public void CountEnd(ActivityRunStatus status) => _statuses[(int)status]++;

    public void CountBranch(string name) => _branches[name] = _branches.GetValueOrDefault(name) + 1;

    public void CountDependency(string activity, ActivityRunStatus status) => _dependencies[(activity, status)] = _dependencies.GetValueOrDefault((activity, status)) + 1;

    /// <summary>The counts of all activities of one name together.</summary>
    public static ActivityCounts Read(ImmutableArray<ActivityTally> tallies) => new(
        Enum.GetValues<ActivityRunStatus>().Select(s => KeyValuePair.Create(s, tallies.Sum(t => t._statuses[(int)s]))).Where(c => c.Value > 0).ToImmutableSortedDictionary(),
        tallies.Sum(t => t.Attempts),
        tallies.SelectMany(t => t._branches).GroupBy(b => b.Key).ToImmutableSortedDictionary(g => g.Key, g => g.Sum(b => b.Value), StringComparer.Ordinal),
        tallies.SelectMany(t => t._dependencies).GroupBy(d => d.Key).ToImmutableDictionary(g => g.Key, g => g.Sum(d => d.Value)));
}
