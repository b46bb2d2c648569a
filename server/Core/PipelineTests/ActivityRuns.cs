// The runs of activities in a trace, whichever run of whichever pipeline they are in.
using System.Collections.Immutable;
using Pipewright.Core.Simulation;

namespace Pipewright.Core.PipelineTests;

/// <summary>A run of an activity within the trace.</summary>
/// <param name="Owner">The run of its pipeline.</param>
/// <param name="Iterations">The numbers of the iterations that it is in, outermost first.</param>
public sealed record FoundActivityRun(PipelineRun Owner, ActivityRun Run, ImmutableArray<int> Iterations)
{
    /// <summary>Of the nearest loop; null outside of any.</summary>
    public int? Iteration => Iterations.IsEmpty ? null : Iterations[^1];
}

public static class ActivityRuns
{
    /// <summary>All runs of activities in a trace, in the order in which they started, containers before what is in them.</summary>
    public static IEnumerable<FoundActivityRun> FindAll(PipelineRun run) => run.Activities.SelectMany(a => FindAll(run, a, []));

    /// <summary>A run and all that it started, at any depth.</summary>
    public static IEnumerable<PipelineRun> FindPipelines(PipelineRun run) => FindAll(run).Select(a => a.Owner).Append(run).Concat(FindAll(run).Select(a => a.Run.Child).OfType<PipelineRun>()).Distinct(ReferenceEqualityComparer.Instance).Cast<PipelineRun>();

    private static IEnumerable<FoundActivityRun> FindAll(PipelineRun owner, ActivityRun run, ImmutableArray<int> iterations)
    {
        yield return new FoundActivityRun(owner, run, iterations);
        foreach (var branch in run.Branches)
        {
            foreach (var inner in branch.Activities.SelectMany(a => FindAll(owner, a, branch.Iteration is { } number ? iterations.Add(number) : iterations)))
            {
                yield return inner;
            }
        }

        foreach (var inner in run.Child is { } child ? FindAll(child) : [])
        {
            yield return inner;
        }
    }
}
