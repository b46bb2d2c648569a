// Carries out what is planned for notebooks, so that what a workspace has is known afterwards whatever the network does.
using System.Collections.Immutable;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Notebooks;

/// <summary>What became of one notebook.</summary>
/// <param name="Error">Why it failed or was not attempted; null for what was done.</param>
public sealed record NotebookResult(PlannedNotebook Notebook, DeploymentAction Action, string? Error = null)
{
    /// <summary>Whether the failed request may have been carried out all the same. Planning again tells.</summary>
    public bool IsOutcomeUnknown { get; init; }

    public bool IsDone => Action is DeploymentAction.Created or DeploymentAction.Updated or DeploymentAction.Deleted;
}

/// <param name="journal">Null for none.</param>
public sealed class NotebookDeployer(IWorkspaceClient client, IDeploymentJournal? journal = null)
{
    private const int Attempts = 4;

    private readonly Lock _lock = new();
    private PlannedNotebook? _failed;

    /// <summary>How many notebooks are sent at once, at least 1.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>The pause before a request of unknown outcome is sent again; doubled each time.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Applies what is planned. After a failure, of an earlier call too, nothing more is begun; a cancellation takes effect between two notebooks.</summary>
    /// <param name="record">Takes each result as soon as it is known; calls come one at a time.</param>
    /// <returns>One result for each change that is one, in their order.</returns>
    public async Task<ImmutableArray<NotebookResult>> ApplyAsync(IEnumerable<PlannedNotebook> notebooks, Action<NotebookResult> record, CancellationToken cancellation)
    {
        var changes = notebooks.Where(n => n.Action != PlannedAction.None).ToArray();
        var results = new NotebookResult[changes.Length];
        await System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(0, changes.Length), new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Parallel) }, async (i, _) =>
            {
                var result = Refuse(changes[i], cancellation) ?? await WriteAsync(changes[i]);
                lock (_lock)
                {
                    _failed ??= result.Action == DeploymentAction.Failed ? changes[i] : null;
                    results[i] = result;
                    record(result);
                }
            });
        return [.. results];
    }

    private NotebookResult? Refuse(PlannedNotebook notebook, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _failed is { } failed ? new NotebookResult(notebook, DeploymentAction.NotAttempted, $"{failed.Place} failed before.")
                : cancellation.IsCancellationRequested ? new NotebookResult(notebook, DeploymentAction.NotAttempted, "The deployment was cancelled.")
                : null;
        }
    }

    private async Task<NotebookResult> WriteAsync(PlannedNotebook notebook)
    {
        var wanted = notebook.Unit?.Content;
        journal?.Write(new NotebookBegun(
            notebook.Place, notebook.Action, notebook.Live, wanted is null ? null : new NotebookFingerprint(NotebookText.FingerprintOf(wanted), wanted.IsJupyter)));
        try
        {
            await (wanted is null ? DeleteAsync(notebook) : ImportAsync(notebook, wanted));
            journal?.Write(new NotebookDone(notebook.Place));
            return new NotebookResult(notebook, notebook.Action switch
            {
                PlannedAction.Create => DeploymentAction.Created,
                PlannedAction.Delete => DeploymentAction.Deleted,
                _ => DeploymentAction.Updated,
            });
        }
        catch (FactoryRequestException e)
        {
            var error = $"{e.Code}: {e.Message}";
            journal?.Write(new NotebookFailed(notebook.Place, error, e.IsOutcomeUnknown));
            return new NotebookResult(notebook, DeploymentAction.Failed, error) { IsOutcomeUnknown = e.IsOutcomeUnknown };
        }
    }

    /// <summary>A workspace knows no versions, so what is there is looked at right before, and again where the answer does not tell.</summary>
    private async Task ImportAsync(PlannedNotebook notebook, NotebookContent wanted)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = await RepeatAsync(() => client.FindAsync(notebook.Place, CancellationToken.None));
            if (now is not null && NotebookText.IsSame(wanted, now))
            {
                return;
            }

            RequirePlanned(notebook, now);
            try
            {
                await client.ImportAsync(notebook.Place, wanted, CancellationToken.None);
                return;
            }
            catch (FactoryRequestException e) when (e.IsOutcomeUnknown && attempt < Attempts)
            {
                await Task.Delay(Pause * Math.Pow(2, attempt - 1));
            }
        }
    }

    private async Task DeleteAsync(PlannedNotebook notebook)
    {
        if (await RepeatAsync(() => client.FindAsync(notebook.Place, CancellationToken.None)) is not { } now)
        {
            return;
        }

        RequirePlanned(notebook, now);

        // Deleting what is gone is no error, so it can be repeated.
        await RepeatAsync(() => client.DeleteAsync(notebook.Place, CancellationToken.None));
    }

    /// <exception cref="FactoryRequestException">The workspace has another version than the one that was planned with.</exception>
    private static void RequirePlanned(PlannedNotebook notebook, LiveNotebook? now)
    {
        if (now is null != notebook.Live is null || (now is not null && !NotebookText.IsSame(now, notebook.Live!)))
        {
            throw new FactoryRequestException(
                "PreconditionFailed", $"{notebook.Place} was changed by somebody else after this deployment was planned. Nothing of that was overwritten. Plan again.")
            { Status = 412 };
        }
    }

    /// <summary>Sends a request that may as well be carried out twice until its outcome is known.</summary>
    private async Task<T> RepeatAsync<T>(Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (FactoryRequestException e) when (e.IsOutcomeUnknown && attempt < Attempts)
            {
                await Task.Delay(Pause * Math.Pow(2, attempt - 1));
            }
        }
    }
}
