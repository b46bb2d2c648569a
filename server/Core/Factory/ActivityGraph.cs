// The activities of a pipeline as a graph: which is inside which, and which waits for which.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Factory;

/// <summary>An activity in the graph.</summary>
/// <param name="container">The activity whose branch or body it is in; null for one of the pipeline itself.</param>
/// <param name="siblings">The array that it is in.</param>
public sealed class ActivityNode(Activity activity, ActivityNode? container, BoundArray siblings)
{
    public Activity Activity { get; } = activity;

    /// <summary>Empty where it has none yet.</summary>
    public string Name { get; } = activity.Name?.Text ?? "";

    public ActivityNode? Container { get; } = container;

    public BoundArray Siblings { get; } = siblings;

    /// <summary>The names that it waits for, and whether it runs only after their failure.</summary>
    public ImmutableArray<(string Name, bool OnlyFailed)> Dependencies { get; } = [.. activity.Dependencies.Select(d => (d.Activity.Text, IsOnlyFailed(d.Conditions)))];

    /// <summary>What belongs to its type; null where nothing is given.</summary>
    public BoundObject? TypeProperties { get; } = activity.Node.FindValue("typeProperties") as BoundObject;

    /// <summary>It is switched off itself; whether what is around it is, its containers tell.</summary>
    public bool IsInactive { get; } = "Inactive".Equals(activity.Node.FindString("state"), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is of an activity type.</summary>
    public bool Is(string type) => string.Equals(Activity.Type, type, StringComparison.OrdinalIgnoreCase);

    /// <summary>This one and those that hold it, innermost first.</summary>
    public IEnumerable<ActivityNode> ContainersAndSelf()
    {
        for (var node = this; node is not null; node = node.Container)
        {
            yield return node;
        }
    }

    private static bool IsOnlyFailed(BoundNode? conditions) => conditions is BoundArray { Items: { Length: > 0 } items }
        && items.All(i => i is BoundScalar { Text: var text } && text.Equals("Failed", StringComparison.OrdinalIgnoreCase));
}

/// <summary>All activities of a pipeline.</summary>
public sealed class ActivityGraph
{
    private readonly Dictionary<BoundNode, ActivityNode> _byNode = [];
    private readonly Dictionary<string, ActivityNode> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<BoundArray, Dictionary<string, ActivityNode>> _siblings = [];
    private readonly Dictionary<ActivityNode, ActivityNode[]> _dependencies = [];
    private readonly Dictionary<ActivityNode, HashSet<ActivityNode>> _upstream = [];

    /// <summary>Those that run only after the failure of an activity, by that activity.</summary>
    private readonly Lazy<Dictionary<ActivityNode, HashSet<ActivityNode>>> _handlers;

    private readonly Lazy<HashSet<ActivityNode>> _maybeOnCircle;

    public ActivityGraph(BoundResource pipeline)
    {
        _maybeOnCircle = new Lazy<HashSet<ActivityNode>>(FindMaybeOnCircle);
        _handlers = new Lazy<Dictionary<ActivityNode, HashSet<ActivityNode>>>(FindHandlers);

        // Outer scopes come before inner ones, so a container is there before what it holds.
        foreach (var scope in ActivityScope.FindAll(pipeline))
        {
            var container = ActivityScope.FindActivity(scope.List) is { } holder ? _byNode.GetValueOrDefault(holder.Node) : null;
            var names = new Dictionary<string, ActivityNode>(StringComparer.OrdinalIgnoreCase);
            foreach (var activity in scope.Activities)
            {
                var node = new ActivityNode(activity, container, scope.List);
                _byNode[activity.Node] = node;
                if (node.Name.Length > 0)
                {
                    _byName.TryAdd(node.Name, node);
                    names.TryAdd(node.Name, node);
                }
            }

            _siblings[scope.List] = names;
        }

        All = [.. _byNode.Values.OrderBy(a => a.Activity.Node.Span.Start)];
    }

    /// <summary>In text order, those inside of containers included.</summary>
    public ImmutableArray<ActivityNode> All { get; }

    /// <summary>By name; of two with one name the first.</summary>
    public IReadOnlyCollection<ActivityNode> Named => _byName.Values;

    public ActivityNode? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>By name and by its number among those of the same name, in text order from 0.</summary>
    public ActivityNode? Find(string name, int which) => All.Where(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ElementAtOrDefault(which);

    /// <summary>Those that wait for an activity, among its siblings, in text order.</summary>
    public IEnumerable<ActivityNode> FindWaiting(ActivityNode node) =>
        All.Where(a => a.Siblings == node.Siblings && a.Dependencies.Any(d => d.Name.Equals(node.Name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The innermost activity that a node of the bound tree is part of.</summary>
    public ActivityNode? FindEnclosing(BoundNode node) => ActivityScope.FindActivity(node) is { } activity ? _byNode.GetValueOrDefault(activity.Node) : null;

    /// <summary>How an activity stands to an expression in another one; <paramref name="from"/> is null outside of all.</summary>
    public ActivityReach ReachOf(ActivityNode? from, ActivityNode target)
    {
        var reach = ActivityReach.Upstream;
        for (var level = target; level is not null; level = level.Container)
        {
            if (from?.ContainersAndSelf().FirstOrDefault(c => c.Siblings == level.Siblings) is { } here)
            {
                return here == level ? ReachInside(from!, level, target) : IsUpstream(here, level) ? reach : ActivityReach.NotUpstream;
            }

            reach = level.Container is { } container ? Worse(reach, container) : reach;
        }

        return ActivityReach.NotUpstream;
    }

    /// <summary>Whether an expression is evaluated only if an activity has failed: it, or one that it waits for, wants nothing else of it.</summary>
    public bool HasFailed(ActivityNode? from, ActivityNode target) => _handlers.Value.TryGetValue(target, out var handlers)
        && from?.ContainersAndSelf().FirstOrDefault(c => c.Siblings == target.Siblings) is { } here && (handlers.Contains(here) || handlers.Any(h => IsUpstream(here, h)));

    /// <summary>The dependency that would let an expression read an activity: who has to wait for whom. Null where none can.</summary>
    public (ActivityNode Waiting, ActivityNode For)? FindMissingDependency(ActivityNode from, ActivityNode target)
    {
        // Of an activity inside of a container the container is waited for. What a loop leaves behind cannot be read all the same.
        foreach (var level in target.ContainersAndSelf().TakeWhile(c => c == target || !c.Is("ForEach")))
        {
            if (from.ContainersAndSelf().FirstOrDefault(c => c.Siblings == level.Siblings) is { } here)
            {
                return here != level && !IsUpstream(level, here) ? (here, level) : null;
            }
        }

        return null;
    }

    /// <summary>All that must have ended before an activity starts, among its siblings.</summary>
    public IReadOnlySet<ActivityNode> GetUpstream(ActivityNode node) => _upstream.TryGetValue(node, out var known) ? known : WalkUpstream(node, null)!;

    /// <summary>Whether an activity must have ended before another one starts. Both are of one list. One is upstream of itself only on a circle.</summary>
    public bool IsUpstream(ActivityNode node, ActivityNode earlier)
    {
        // What is named is mostly near, so the walk ends early, and nothing is kept for each activity of a long chain.
        if (_upstream.TryGetValue(node, out var known))
        {
            return known.Contains(earlier);
        }

        return WalkUpstream(node, earlier) is null;
    }

    /// <summary>Whether an activity waits for itself, in the end.</summary>
    public bool IsOnCircle(ActivityNode node) => _maybeOnCircle.Value.Contains(node) && IsUpstream(node, node);

    /// <summary>The nearest first. All that are upstream are remembered; null where <paramref name="wanted"/> is met, and then nothing is.</summary>
    private HashSet<ActivityNode>? WalkUpstream(ActivityNode node, ActivityNode? wanted)
    {
        var found = new HashSet<ActivityNode>();
        var pending = new Queue<ActivityNode>([node]);
        while (pending.TryDequeue(out var next))
        {
            foreach (var before in FindDependencies(next))
            {
                if (before == wanted)
                {
                    return null;
                }

                if (found.Add(before))
                {
                    pending.Enqueue(before);
                }
            }
        }

        return _upstream[node] = found;
    }

    /// <summary>What is left when those that wait for nothing are taken away, again and again: circles, and what waits for them.</summary>
    private HashSet<ActivityNode> FindMaybeOnCircle()
    {
        var waiting = _byNode.Values.ToDictionary(n => n, n => FindDependencies(n).Length);
        var waitedFor = _byNode.Values.SelectMany(n => FindDependencies(n).Select(d => (Waiting: n, For: d))).ToLookup(d => d.For, d => d.Waiting);
        var free = new Queue<ActivityNode>(waiting.Where(w => w.Value == 0).Select(w => w.Key));
        while (free.TryDequeue(out var ended))
        {
            foreach (var next in waitedFor[ended].Where(n => --waiting[n] == 0))
            {
                free.Enqueue(next);
            }
        }

        return [.. waiting.Where(w => w.Value > 0).Select(w => w.Key)];
    }

    private Dictionary<ActivityNode, HashSet<ActivityNode>> FindHandlers()
    {
        var handlers = new Dictionary<ActivityNode, HashSet<ActivityNode>>();
        foreach (var node in _byNode.Values)
        {
            foreach (var (name, _) in node.Dependencies.Where(d => d.OnlyFailed))
            {
                if (_siblings[node.Siblings].TryGetValue(name, out var failed))
                {
                    (handlers.TryGetValue(failed, out var known) ? known : handlers[failed] = []).Add(node);
                }
            }
        }

        return handlers;
    }

    private ActivityNode[] FindDependencies(ActivityNode node)
    {
        if (!_dependencies.TryGetValue(node, out var known))
        {
            var siblings = _siblings[node.Siblings];
            known = _dependencies[node] = [.. node.Dependencies.Select(d => siblings.GetValueOrDefault(d.Name)).OfType<ActivityNode>()];
        }

        return known;
    }

    /// <summary>The condition of an Until is evaluated after its body. Nothing else of an activity can read what is inside of it, or beside in another branch.</summary>
    private static ActivityReach ReachInside(ActivityNode from, ActivityNode level, ActivityNode target)
    {
        if (level == target)
        {
            return ActivityReach.Itself;
        }

        // Up to the body itself, which is what the condition is about.
        return from == level && level.Is("Until")
            ? target.ContainersAndSelf().Skip(1).TakeWhile(c => c != level).Aggregate(ActivityReach.Upstream, Worse)
            : ActivityReach.NotUpstream;
    }

    /// <summary>
    /// What the last round of an Until leaves behind can be read after it, as factories in production do. Of a ForEach nobody knows whose round.
    /// </summary>
    private static ActivityReach Worse(ActivityReach reach, ActivityNode crossed) =>
        crossed.Is("ForEach") ? ActivityReach.InLoop : reach == ActivityReach.Upstream && !crossed.Is("Until") ? ActivityReach.InBranch : reach;
}
