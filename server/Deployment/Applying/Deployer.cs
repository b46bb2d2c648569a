// Carries out a plan.
using System.Collections.Immutable;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Applying;

/// <param name="journal">Null for none.</param>
/// <param name="baselines">Null for none.</param>
public sealed class Deployer(IFactoryClient client, IDeploymentJournal? journal = null, IBaselineStore? baselines = null)
{
    private readonly ResourceWriter _writer = new(client, journal, baselines);

    /// <summary>How many resources are sent at once, at least 1.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>The pause before a request of unknown outcome is sent again; doubled each time.</summary>
    public TimeSpan Pause
    {
        get => _writer.Pause;
        init => _writer.Pause = value;
    }

    /// <summary>
    /// Applies a plan: each resource after those that it refers to, others beside each other. After a failure nothing more is begun; a cancellation takes
    /// effect between two resources, so that none is left half done. A trigger that fires is stopped for its change and started again, whatever comes of
    /// the change.
    /// </summary>
    /// <param name="report">Takes each resource before it is sent; calls come one at a time.</param>
    /// <param name="record">Takes each result as soon as it is known; calls come one at a time.</param>
    /// <returns>One result for each change that is one, in the plan's order.</returns>
    public async Task<ImmutableArray<DeploymentResult>> ApplyAsync(
        DeploymentPlan plan, Action<DeploymentProgress> report, Action<DeploymentResult> record, CancellationToken cancellation)
    {
        var changes = plan.Changes.Where(c => c.Action != PlannedAction.None).ToList();
        using var run = new Run(_writer, changes.Count, Math.Max(1, Parallel), report, record, cancellation);
        var tasks = new Dictionary<ResourceId, Task<DeploymentResult>>();
        var written = new List<Task>();
        var users = new Dictionary<ResourceId, List<Task>>();
        foreach (var change in changes)
        {
            var references = change.References.Where(r => r != change.Id).Distinct().ToList();
            if (change.Action != PlannedAction.Delete)
            {
                written.Add(tasks[change.Id] = run.DoAsync(change, [.. references.Where(tasks.ContainsKey).Select(r => tasks[r])]));
                continue;
            }

            // What goes may have been referred to by anything that is changed, and by what goes before it.
            tasks[change.Id] = run.DoAsync(change, [.. written, .. users.GetValueOrDefault(change.Id, [])]);
            foreach (var used in references)
            {
                (users.TryGetValue(used, out var known) ? known : users[used] = []).Add(tasks[change.Id]);
            }
        }

        return [.. await Task.WhenAll(changes.Select(c => tasks[c.Id]))];
    }

    /// <summary>One application of a plan.</summary>
    private sealed class Run(
        ResourceWriter writer, int total, int parallel, Action<DeploymentProgress> report, Action<DeploymentResult> record, CancellationToken cancellation) : IDisposable
    {
        private readonly SemaphoreSlim _slots = new(parallel);
        private readonly Lock _lock = new();
        private int _done;
        private PlannedChange? _failed;

        public async Task<DeploymentResult> DoAsync(PlannedChange change, ImmutableArray<Task> awaited)
        {
            await Task.WhenAll(awaited);
            await _slots.WaitAsync(CancellationToken.None);
            try
            {
                var result = Refuse(change) ?? await writer.WriteAsync(change);
                Finish(result);
                return result;
            }
            finally
            {
                _slots.Release();
            }
        }

        public void Dispose() => _slots.Dispose();

        /// <summary>Tells that it is about to be sent; or why not.</summary>
        private DeploymentResult? Refuse(PlannedChange change)
        {
            lock (_lock)
            {
                if (_failed is not null || cancellation.IsCancellationRequested)
                {
                    return new DeploymentResult(change, DeploymentAction.NotAttempted, _failed is null ? "The deployment was cancelled." : $"{_failed.Id} failed before.");
                }

                report(new DeploymentProgress(_done, total, change));
                return null;
            }
        }

        private void Finish(DeploymentResult result)
        {
            lock (_lock)
            {
                _done++;
                _failed ??= result.Action == DeploymentAction.Failed ? result.Change : null;
                record(result);
            }
        }
    }
}
