// Why an activity did not run, in a sentence or a few.
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Simulation;

namespace Pipewright.Core.PipelineTests;

/// <summary>Where activities are written.</summary>
internal static class ActivityPlaces
{
    /// <summary>The name of an activity; null where there is no such.</summary>
    public static SourcePlace? Find(FactorySnapshot factory, string pipeline, string activity) => factory.Find(ResourceKind.Pipeline, pipeline) is [var symbol, ..]
        && new ActivityGraph(symbol.Resource).Find(activity) is { Activity.Name: { } name } ? new SourcePlace(symbol.Document.Path, name.Span) : null;
}

public static class Explanation
{
    /// <summary>Why an activity was skipped, or never came to its turn; empty where it ran, or nothing is known of it.</summary>
    /// <param name="run">The run that was asked for; those that it started are looked at, too.</param>
    public static string Of(FactorySnapshot factory, PipelineRun run, string pipeline, string activity)
    {
        if (factory.Find(ResourceKind.Pipeline, pipeline) is not [var symbol, ..] || new ActivityGraph(symbol.Resource) is not { } graph || graph.Find(activity) is not { } node)
        {
            return "";
        }

        var runs = ActivityRuns.FindPipelines(run).Where(r => r.Pipeline.Equals(pipeline, StringComparison.OrdinalIgnoreCase)).ToList();
        if (runs.Count == 0)
        {
            return $"No run of '{symbol.Name}' was started.";
        }

        return runs.Select(r => Of(r, graph, node)).FirstOrDefault(s => s.Length > 0) ?? "";
    }

    private static string Of(PipelineRun run, ActivityGraph graph, ActivityNode node)
    {
        var found = run.AllActivities().Where(a => IsSame(a.Name, node.Name)).ToList();
        if (found.Exists(a => a.Status is not ActivityRunStatus.Skipped))
        {
            return "";
        }

        if (found.Count > 0)
        {
            return OfSkipped(run, graph, node, []);
        }

        return node.Container is { } container ? OfContained(run, graph, node, container)
            : run.Status == PipelineRunStatus.Refused ? $"The run was refused: {run.Error?.Message}"
            : run.Status == PipelineRunStatus.Cancelled ? "The run was cancelled before its turn came."
            : run.Activities.IsEmpty ? $"The run failed before any activity started: {run.Error?.Message}"
            : "";
    }

    private static string OfContained(PipelineRun run, ActivityGraph graph, ActivityNode node, ActivityNode container)
    {
        if (run.AllActivities().LastOrDefault(a => IsSame(a.Name, container.Name)) is not { } around)
        {
            return Of(run, graph, container);
        }

        if (around.Status == ActivityRunStatus.Skipped)
        {
            return $"It is in '{container.Name}', which was skipped. {OfSkipped(run, graph, container, [])}";
        }

        if (around.Source == AnswerSource.Stub)
        {
            return $"It is in '{container.Name}', for all of which a stub answered.";
        }

        if (around.BranchCount == 0)
        {
            return around.Error is { } error ? $"It is in '{container.Name}', which failed before: {error.Message}" : $"It is in '{container.Name}', which made no iteration.";
        }

        var branch = ExpectationCheck.BranchOf(around);
        return branch is null ? $"It is in '{container.Name}', whose iterations ended before." : $"It is in another branch of '{container.Name}', which took '{branch}'.";
    }

    private static string OfSkipped(PipelineRun run, ActivityGraph graph, ActivityNode node, HashSet<string> seen)
    {
        if (!seen.Add(node.Name))
        {
            return "";
        }

        foreach (var (name, conditions) in node.Activity.Dependencies)
        {
            var wanted = conditions is BoundArray { Items.IsEmpty: false } ? ActivityOutcomes.ReadConditions(conditions) : ActivityStatus.Succeeded;
            var upstream = run.AllActivities().Where(a => IsSame(a.Name, name.Text)).ToList();
            if (upstream.Find(a => (ListWalk.ToEnd(a.CountsAs) & wanted) == 0) is not { } other)
            {
                continue;
            }

            var reason = $"'{node.Name}' was skipped because it waits for '{other.Name}' to be {Words(wanted)}, and that is {other.CountsAs}";
            return other switch
            {
                { Status: ActivityRunStatus.Skipped } when graph.Find(other.Name) is { } before => $"{reason}. {OfSkipped(run, graph, before, seen)}".TrimEnd(),
                { Error: { } error } => $"{reason}: {error.Message}",
                _ => reason + ".",
            };
        }

        return "";
    }

    private static string Words(ActivityStatus wanted) => string.Join(" or ", Enum.GetValues<ActivityStatus>().Where(s => IsSingle(s) && wanted.HasFlag(s)));

    private static bool IsSingle(ActivityStatus status) => status != 0 && ((int)status & ((int)status - 1)) == 0;

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
