using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.PipelineTests;

namespace Pipewright.LanguageServer.Testing;

/// <summary>The last run without a cloud of each pipeline, for who looks at its text. Calls may come from any thread.</summary>
internal sealed class DryRunBook
{
    /// <summary>Older ones are forgotten.</summary>
    private const int MostRuns = 20;

    private ImmutableList<(string Root, DryRun Run)> _runs = [];

    /// <summary>Takes a run in, in place of an earlier one of its pipeline.</summary>
    public void Add(string root, DryRun run) => ImmutableInterlocked.Update(ref _runs, runs =>
    {
        var others = runs.RemoveAll(r => r.Root == root && IsSame(r.Run.Result.Case.Pipeline, run.Result.Case.Pipeline));
        return (others.Count < MostRuns ? others : others.RemoveAt(0)).Add((root, run));
    });

    /// <summary>The run to tell of in a file: of a pipeline in it, else the last that went through it. Null where there is none, or the file has changed since.</summary>
    public DryRun? Find(string root, ResourceDocument document)
    {
        var found = _runs.Where(r => r.Root == root && r.Run.Shows(document) && r.Run.IsOf(document)).Select(r => r.Run).ToList();
        return found.FindLast(r => document.Resources.Any(d => IsSame(d.Name, r.Result.Case.Pipeline))) ?? found.LastOrDefault();
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
