// Which activities a rerun takes as done, by Microsoft's documentation of rerunning a pipeline from an activity or from what failed.
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;

namespace Pipewright.Core.Simulation;

internal sealed class RerunPlan
{
    private readonly Dictionary<string, ActivityRun> _earlier = new(StringComparer.OrdinalIgnoreCase);
    private readonly PipelinePlan _plan;
    private readonly ActivityNode? _start;

    public RerunPlan(RerunRequest request, PipelinePlan plan)
    {
        _plan = plan;
        foreach (var activity in request.Earlier.Activities)
        {
            _earlier[activity.Name] = activity;
        }

        _start = request.StartActivity is { } name ? plan.Root.Activities.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) : null;
        IsStartMissing = request.StartActivity is not null && _start is null;
    }

    /// <summary>The pipeline itself has no activity of the name to start from.</summary>
    public bool IsStartMissing { get; }

    /// <summary>Whether the rerun begins with an activity, whatever it waits for.</summary>
    public bool StartsAt(ActivityNode node) => node == _start;

    /// <summary>The earlier run of an activity that is taken as done; null where it runs again.</summary>
    public ActivityRun? Find(ActivityNode node)
    {
        if (!_earlier.TryGetValue(node.Name, out var earlier))
        {
            return null;
        }

        var isDone = _start is null ? earlier.Status == ActivityRunStatus.Succeeded : node != _start && !_plan.Graph.GetUpstream(node).Contains(_start);
        return isDone ? earlier : null;
    }

    /// <summary>Does again what a run that is taken as done did to the variables, and what it left behind for others to read.</summary>
    public static void Replay(ActivityRun earlier, PipelineWalk run, WalkScope scope)
    {
        foreach (var activity in earlier.WithInner().Where(a => a.Status == ActivityRunStatus.Succeeded).OrderBy(a => a.End))
        {
            if (activity.Output is ObjectValue output && output.Find("name") is StringValue { Value: var name } && output.Find("value") is { } value)
            {
                VariableActivities.Replay(activity.Type, name, value, run);
            }
        }

        foreach (var inner in FindReadable(earlier))
        {
            scope.Add(inner.Name, ActivityResult.Of(inner, run.RunId));
        }
    }

    /// <summary>What is inside of a branch or of the last round of an Until; of a ForEach nobody knows whose round.</summary>
    private static IEnumerable<ActivityRun> FindReadable(ActivityRun container) => container.Type.Equals("ForEach", StringComparison.OrdinalIgnoreCase) || container.Branches.IsEmpty
        ? []
        : container.Branches[^1].Activities.SelectMany(a => FindReadable(a).Prepend(a));
}
