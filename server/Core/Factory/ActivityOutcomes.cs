// How the activities of one list can end: what runs, what is skipped, and what the list's outcome is. By Microsoft's documentation of
// dependency conditions and of a pipeline's outcome.
using System.Collections.Immutable;
using Pipewright.Core.Binding;

namespace Pipewright.Core.Factory;

/// <summary>How an activity can end.</summary>
[Flags]
public enum ActivityStatus
{
    None = 0,
    Succeeded = 1,
    Failed = 2,
    Skipped = 4,
    Any = Succeeded | Failed | Skipped,
}

/// <summary>One list of activities with what each waits for.</summary>
public sealed class ActivityOutcomes
{
    /// <summary>Real lists need a few hundred steps. What takes more is not decided.</summary>
    private const int MaximumSteps = 20_000;

    /// <summary>How many choices between two endings may stand within each other. Real lists have a few; each takes a part of the thread's stack.</summary>
    private const int MaximumChoices = 400;

    private readonly ImmutableArray<ActivityNode> _activities;
    private readonly Dictionary<ActivityNode, ImmutableArray<(ActivityNode Upstream, ActivityStatus Wanted)>> _dependencies = [];
    private ActivityNode[]? _last;
    private int _steps;
    private int _choices;
    private HashSet<ActivityNode>? _running;
    private ImmutableArray<ActivityNode> _order;

    /// <param name="siblings">All activities of one list.</param>
    public ActivityOutcomes(IEnumerable<ActivityNode> siblings)
    {
        _activities = [.. siblings];
        var byName = new Dictionary<string, ActivityNode>(StringComparer.OrdinalIgnoreCase);
        foreach (var activity in _activities)
        {
            byName.TryAdd(activity.Name, activity);
        }

        foreach (var activity in _activities)
        {
            _dependencies[activity] =
            [
                .. from dependency in activity.Activity.Dependencies
                   let upstream = byName.GetValueOrDefault(dependency.Activity.Text)
                   where upstream is not null
                   select (upstream, ReadConditions(dependency.Conditions)),
            ];
        }
    }

    /// <summary>What a dependency wants of its activity, by its conditions; of those that are not known, anything.</summary>
    public static ActivityStatus ReadConditions(BoundNode? conditions) => conditions is not BoundArray { Items: { IsEmpty: false } items }
        ? ActivityStatus.Any
        : items.Aggregate(ActivityStatus.None, (all, item) => all | ((item as BoundScalar)?.Text.ToUpperInvariant() switch
        {
            "SUCCEEDED" => ActivityStatus.Succeeded,
            "FAILED" => ActivityStatus.Failed,
            "SKIPPED" => ActivityStatus.Skipped,
            "COMPLETED" => ActivityStatus.Succeeded | ActivityStatus.Failed,
            _ => ActivityStatus.Any,
        }));

    /// <summary>
    /// Whether there is any way of ending of the others after which an activity runs. True also where that takes too long to find out.
    /// Whether <c>Completed</c> lets an activity run after one that was skipped is not certain, so here it does.
    /// </summary>
    /// <param name="without">One of its dependencies that is not to count; null for none.</param>
    public bool CanRun(ActivityNode activity, ActivityNode? without = null)
    {
        if (without is null && (_running ??= FindRunning()).Contains(activity))
        {
            return true;
        }

        (_steps, _choices) = (0, 0);
        var wanted = _dependencies[activity].Where(d => d.Upstream != without).Select(d => (d.Upstream, Loosen(d.Wanted))).ToImmutableList();
        return Satisfy(wanted, ImmutableDictionary.Create<ActivityNode, ActivityStatus>()) != false;
    }

    /// <summary>How every activity ends when just one fails, and all others that run succeed.</summary>
    /// <param name="failing">Null for none.</param>
    public IReadOnlyDictionary<ActivityNode, ActivityStatus> EndWith(ActivityNode? failing)
    {
        if (_order.IsDefault)
        {
            _order = FindOrder();
        }

        // Those on a circle count as skipped until it is their turn; they are another rule's finding.
        var ends = new Dictionary<ActivityNode, ActivityStatus>(_activities.Length);
        foreach (var activity in _order)
        {
            var runs = _dependencies[activity].All(d => (ends.GetValueOrDefault(d.Upstream, ActivityStatus.Skipped) & d.Wanted) != 0);
            ends[activity] = activity.IsInactive && activity != failing ? MarkOf(activity)
                : !runs ? ActivityStatus.Skipped
                : activity == failing || activity.Is("Fail") ? ActivityStatus.Failed
                : ActivityStatus.Succeeded;
        }

        return ends;
    }

    /// <summary>Whether a list succeeds whose activities have ended: all those that decide it succeeded.</summary>
    public bool Succeeds(IReadOnlyDictionary<ActivityNode, ActivityStatus> ends) => FindDeciding(a => ends[a]).All(a => ends[a] == ActivityStatus.Succeeded);

    /// <summary>
    /// The activities that decide how a list ends whose activities have ended: those on which none depends, and for one that was skipped those that it
    /// depends on. None of them was skipped.
    /// </summary>
    public IEnumerable<ActivityNode> FindDeciding(Func<ActivityNode, ActivityStatus> endOf)
    {
        _last ??= [.. _activities.Except(_dependencies.Values.SelectMany(d => d.Select(u => u.Upstream)))];
        var seen = new HashSet<ActivityNode>();
        var pending = new Stack<ActivityNode>(_last);
        while (pending.TryPop(out var activity))
        {
            if (!seen.Add(activity))
            {
                continue;
            }

            if (endOf(activity) != ActivityStatus.Skipped)
            {
                yield return activity;
                continue;
            }

            foreach (var (upstream, _) in _dependencies[activity])
            {
                pending.Push(upstream);
            }
        }
    }

    private static ActivityStatus Loosen(ActivityStatus wanted) =>
        wanted == (ActivityStatus.Succeeded | ActivityStatus.Failed) ? ActivityStatus.Any : wanted;

    /// <summary>How an activity can end if it runs; one that is switched off ends as its settings say, or in a way that is not known.</summary>
    private static ActivityStatus Domain(ActivityNode activity) => activity.IsInactive ? ActivityStatus.Any
        : activity.Is("Fail") ? ActivityStatus.Failed | ActivityStatus.Skipped
        : ActivityStatus.Any;

    /// <summary>Whether all wishes can be met at once; null where that is not found out in time.</summary>
    /// <param name="wishes">What is wanted of activities and not looked at yet.</param>
    /// <param name="settled">What has been found that activities may end as.</param>
    private bool? Satisfy(ImmutableList<(ActivityNode Activity, ActivityStatus Wanted)> wishes, ImmutableDictionary<ActivityNode, ActivityStatus> settled)
    {
        // What can end in one way only is settled here, wish by wish; a choice between two ways is a call.
        while (!wishes.IsEmpty)
        {
            if (++_steps > MaximumSteps)
            {
                return null;
            }

            var (activity, wanted) = wishes[0];
            var before = settled.GetValueOrDefault(activity, Domain(activity));
            var allowed = before & wanted;
            if (allowed == ActivityStatus.None)
            {
                return false;
            }

            wishes = wishes.RemoveAt(0);
            if (allowed == before && settled.ContainsKey(activity))
            {
                continue;
            }

            if (allowed == ActivityStatus.Skipped)
            {
                return SatisfySkipped(activity, wishes, settled.SetItem(activity, allowed));
            }

            // It ran, so all that it waits for ended as it wants.
            var needs = activity.IsInactive ? wishes : wishes.AddRange(_dependencies[activity].Select(d => (d.Upstream, Loosen(d.Wanted))));
            var ran = settled.SetItem(activity, allowed & ~ActivityStatus.Skipped);
            if (allowed.HasFlag(ActivityStatus.Skipped))
            {
                var result = Choose(needs, ran);
                return result == false ? SatisfySkipped(activity, wishes, settled.SetItem(activity, ActivityStatus.Skipped)) : result;
            }

            (wishes, settled) = (needs, ran);
        }

        return true;
    }

    private bool? Choose(ImmutableList<(ActivityNode Activity, ActivityStatus Wanted)> wishes, ImmutableDictionary<ActivityNode, ActivityStatus> settled)
    {
        if (_choices >= MaximumChoices)
        {
            return null;
        }

        _choices++;
        var result = Satisfy(wishes, settled);
        _choices--;
        return result;
    }

    /// <summary>It was skipped, so one at least of those that it waits for ended in another way.</summary>
    private bool? SatisfySkipped(ActivityNode activity, ImmutableList<(ActivityNode Activity, ActivityStatus Wanted)> wishes, ImmutableDictionary<ActivityNode, ActivityStatus> settled)
    {
        if (activity.IsInactive)
        {
            return Choose(wishes, settled);
        }

        bool? result = false;
        foreach (var (upstream, wanted) in _dependencies[activity])
        {
            var answer = Choose(wishes.Add((upstream, ActivityStatus.Any & ~wanted)), settled);
            if (answer == true)
            {
                return true;
            }

            result = answer ?? result;
        }

        return result;
    }

    /// <summary>Those that run when nothing fails that does not have to.</summary>
    private HashSet<ActivityNode> FindRunning() => [.. EndWith(null).Where(e => !e.Key.IsInactive && e.Value != ActivityStatus.Skipped).Select(e => e.Key)];

    /// <summary>Each after those that it waits for; what is on a circle, or waits for one, comes last.</summary>
    private ImmutableArray<ActivityNode> FindOrder()
    {
        var waiting = _activities.ToDictionary(a => a, a => _dependencies[a].Length);
        var waitedFor = _activities.SelectMany(a => _dependencies[a].Select(d => (Waiting: a, d.Upstream))).ToLookup(d => d.Upstream, d => d.Waiting);
        var order = ImmutableArray.CreateBuilder<ActivityNode>(_activities.Length);
        order.AddRange(_activities.Where(a => waiting[a] == 0));
        for (var i = 0; i < order.Count; i++)
        {
            order.AddRange(waitedFor[order[i]].Where(w => --waiting[w] == 0));
        }

        order.AddRange(_activities.Where(a => waiting[a] > 0));
        return order.ToImmutable();
    }

    /// <summary>How those that wait for an activity that is switched off see it.</summary>
    public static ActivityStatus MarkOf(ActivityNode inactive) => inactive.Activity.Node.FindString("onInactiveMarkAs")?.ToUpperInvariant() switch
    {
        "FAILED" => ActivityStatus.Failed,
        "SKIPPED" => ActivityStatus.Skipped,
        _ => ActivityStatus.Succeeded,
    };
}
