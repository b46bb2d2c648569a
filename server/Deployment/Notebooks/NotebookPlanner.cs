using System.Collections.Immutable;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Notebooks;

/// <summary>What a deployment would do with one notebook.</summary>
/// <param name="Unit">What is wanted; null for one that is to go.</param>
/// <param name="Live">What the workspace has; null where it has none.</param>
public sealed record PlannedNotebook(NotebookPlace Place, PlannedAction Action, NotebookUnit? Unit, LiveNotebook? Live);

public static class NotebookPlanner
{
    private const int Parallel = 8;

    /// <summary>Compares what is wanted with what workspaces have.</summary>
    /// <exception cref="FactoryRequestException">A workspace can't be read.</exception>
    public static async Task<ImmutableArray<PlannedNotebook>> MakeAsync(ImmutableArray<NotebookUnit> units, IWorkspaceClient client, CancellationToken cancellation)
    {
        var planned = new PlannedNotebook[units.Length];
        await System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(0, units.Length), new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation }, async (i, token) =>
            {
                var unit = units[i];
                var live = await client.FindAsync(unit.Place, token);
                planned[i] = new PlannedNotebook(unit.Place, live is null ? PlannedAction.Create : NotebookText.IsSame(unit.Content, live) ? PlannedAction.None : PlannedAction.Update, unit, live);
            });
        return [.. planned];
    }
}
