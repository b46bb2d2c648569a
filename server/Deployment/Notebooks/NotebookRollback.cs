// Plans the way back of notebooks, from what a journal tells.
using System.Collections.Immutable;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Notebooks;

public static class NotebookRollback
{
    /// <returns>What is to be done, and a sentence for each notebook that is left as it is.</returns>
    public static async Task<(ImmutableArray<PlannedNotebook> Notebooks, ImmutableArray<string> Obstacles)> MakeAsync(
        JournalRecord journal, IWorkspaceClient client, CancellationToken cancellation)
    {
        var notebooks = ImmutableArray.CreateBuilder<PlannedNotebook>();
        var obstacles = ImmutableArray.CreateBuilder<string>();
        foreach (var begun in journal.Steps.OfType<NotebookBegun>().DistinctBy(b => b.Place))
        {
            try
            {
                if (Plan(begun, await client.FindAsync(begun.Place, cancellation), out var obstacle) is { } planned)
                {
                    notebooks.Add(planned);
                }

                if (obstacle is not null)
                {
                    obstacles.Add(obstacle);
                }
            }
            catch (FactoryRequestException e)
            {
                // The rest goes back all the same.
                obstacles.Add($"The {begun.Place} can't be read, and is left as it is: {e.Message}");
            }
        }

        return (notebooks.ToImmutable(), obstacles.ToImmutable());
    }

    private static PlannedNotebook? Plan(NotebookBegun begun, LiveNotebook? now, out string? obstacle)
    {
        obstacle = null;
        if (begun.Before is not { } before)
        {
            if (now is null || IsOurs(begun, now))
            {
                return now is null ? null : new PlannedNotebook(begun.Place, PlannedAction.Delete, null, now);
            }

            obstacle = $"The {begun.Place} was changed by somebody else since, and is left as it is.";
            return null;
        }

        if (now is not null && NotebookText.IsSame(before, now))
        {
            return null;
        }

        if (now is null ? begun.Action != PlannedAction.Delete : !IsOurs(begun, now))
        {
            obstacle = now is null ? $"The {begun.Place} was deleted by somebody else since." : $"The {begun.Place} was changed by somebody else since, and is left as it is.";
            return null;
        }

        var unit = new NotebookUnit(begun.Place, new NotebookContent(before.Source, before.Language, IsJupyter: false), "");
        return new PlannedNotebook(begun.Place, now is null ? PlannedAction.Create : PlannedAction.Update, unit, now);
    }

    /// <summary>Whether what is there is what the deployment put there.</summary>
    private static bool IsOurs(NotebookBegun begun, LiveNotebook now) => begun.Wanted is { } wanted && NotebookText.FingerprintOf(now, wanted.IsByCells) == wanted.Hash;
}
