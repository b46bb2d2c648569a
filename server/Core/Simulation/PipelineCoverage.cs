// What simulated runs of a pipeline have shown of it, and what not. Made of the counts, so it does not matter how much of the traces was kept.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;

namespace Pipewright.Core.Simulation;

/// <summary>Something of a pipeline that can happen in a run.</summary>
/// <param name="Activity">The name of the activity that it is about.</param>
/// <param name="Branch">One of its lists of activities ran, as <see cref="BranchRun.Name"/> has it; null for another thing.</param>
/// <param name="Upstream">It ran after this activity had ended; null for another thing.</param>
/// <param name="Status">How <paramref name="Upstream"/> had ended; null for another thing.</param>
/// <param name="Place">Where that is written.</param>
public sealed record CoverageItem(string Activity, string? Branch, string? Upstream, ActivityRunStatus? Status, SourcePlace Place);

/// <summary>All that can happen in a pipeline, by whether it did.</summary>
/// <param name="Covered">In text order; so is <paramref name="Missed"/>.</param>
public sealed record PipelineCoverage(ImmutableArray<CoverageItem> Covered, ImmutableArray<CoverageItem> Missed)
{
    private static readonly ImmutableArray<string> Lists = ["activities", "ifTrueActivities", "ifFalseActivities", "defaultActivities"];

    private static readonly ImmutableArray<ActivityRunStatus> Ends = [ActivityRunStatus.Succeeded, ActivityRunStatus.Failed, ActivityRunStatus.Skipped];

    /// <summary>Of one pipeline over any number of simulations.</summary>
    /// <param name="counts">What the pipeline did in each; those of other pipelines must not be among them.</param>
    public static PipelineCoverage Of(ResourceSymbol pipeline, IEnumerable<PipelineCounts> counts)
    {
        var all = counts.ToList();
        var items = new ActivityGraph(pipeline.Resource).All.Where(a => a.Name.Length > 0).SelectMany(a => FindItems(pipeline, a)).ToList();
        return new PipelineCoverage([.. items.Where(i => all.Exists(c => DidHappen(i, c)))], [.. items.Where(i => !all.Exists(c => DidHappen(i, c)))]);
    }

    private static bool DidHappen(CoverageItem item, PipelineCounts counts) => counts.Activities.TryGetValue(item.Activity, out var activity) && item switch
    {
        { Branch: { } branch } => activity.Branches.ContainsKey(branch),
        { Upstream: { } upstream, Status: { } status } => activity.Dependencies.Keys.Any(d => d.Activity.Equals(upstream, StringComparison.OrdinalIgnoreCase) && d.Status == status),
        _ => activity.Statuses.Keys.Any(s => s is ActivityRunStatus.Succeeded or ActivityRunStatus.Failed),
    };

    private static IEnumerable<CoverageItem> FindItems(ResourceSymbol pipeline, ActivityNode activity)
    {
        CoverageItem Make(BoundNode node, string? branch = null, string? upstream = null, ActivityRunStatus? status = null) =>
            new(activity.Name, branch, upstream, status, new SourcePlace(pipeline.Document.Path, node.Span));

        // What is switched off never runs, and is not meant to.
        if (activity.ContainersAndSelf().Any(c => c.IsInactive))
        {
            yield break;
        }

        yield return Make(activity.Activity.Name!);
        foreach (var (name, conditions) in activity.Activity.Dependencies)
        {
            var wanted = conditions is BoundArray { Items.IsEmpty: false } ? ActivityOutcomes.ReadConditions(conditions) : ActivityStatus.Succeeded;
            foreach (var status in Ends.Where(s => wanted.HasFlag(ListWalk.ToEnd(s))))
            {
                yield return Make(name, upstream: name.Text, status: status);
            }
        }

        foreach (var (name, list) in FindBranches(activity).Where(b => b.List is BoundArray { Items.IsEmpty: false }))
        {
            yield return Make(list!, branch: name);
        }
    }

    private static IEnumerable<(string Name, BoundNode? List)> FindBranches(ActivityNode activity) =>
    [
        .. Lists.Select(n => (n, activity.TypeProperties?.FindValue(n))),
        .. from one in ((activity.TypeProperties?.FindValue("cases") as BoundArray)?.Items ?? []).OfType<BoundObject>()
           let value = one.FindValue("value") as BoundScalar
           where value is not null
           select ($"cases/{value.Text}", one.FindValue("activities")),
    ];
}
