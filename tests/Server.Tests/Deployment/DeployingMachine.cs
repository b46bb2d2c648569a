using System.Collections.Immutable;
using Pipewright.Deployment;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;

namespace Pipewright.Server.Tests.Deployment;

internal sealed class ProcessKilledException : Exception;

/// <summary>A machine that deploys the forty resources: what it leaves on its disk outlives its death.</summary>
internal sealed class DeployingMachine(IFactoryClient client) : IDeploymentJournal
{
    private readonly List<List<string>> _journals = [];

    public bool IsDead { get; set; }

    public bool IsRepaired { get; private set; }

    public void Repair() => (IsDead, IsRepaired) = (false, true);

    public Task<DeploymentPlan> PlanAsync() => new Planner(client).MakeAsync(
        new PlanRequest(FortyResources.Wanted) { Deletes = true, InterruptedTriggers = JournalRecords.FindStoppedTriggers(_journals.Select(j => JournalFormat.Read(j)!)) }, default);

    /// <returns>Nothing where the process was killed, or nothing could be begun.</returns>
    public async Task<ImmutableArray<DeploymentResult>> DeployAsync()
    {
        try
        {
            var plan = await PlanAsync();
            Begin();
            return await new Deployer(client, this) { Pause = TimeSpan.Zero, Parallel = 4 }.ApplyAsync(plan, _ => { }, _ => { }, default);
        }
        catch (ProcessKilledException)
        {
            IsDead = true;
            return [];
        }
        catch (FactoryRequestException)
        {
            return [];
        }
    }

    /// <returns>Whether all is as it was before the last deployment.</returns>
    public async Task<bool> RollBackAsync()
    {
        if (_journals.Count == 0)
        {
            return true;
        }

        var rollback = await RollbackPlanner.MakeAsync(JournalFormat.Read(_journals[^1])!, client, default);
        Begin();
        var results = await new Deployer(client, this) { Pause = TimeSpan.Zero }.ApplyAsync(rollback.Plan, _ => { }, _ => { }, default);
        return rollback.Obstacles.IsEmpty && results.All(r => r.IsDone);
    }

    /// <summary>A machine with the same disk before a factory of its own.</summary>
    public DeployingMachine Copy(IFactoryClient other)
    {
        var copy = new DeployingMachine(other);
        copy._journals.AddRange(_journals.Select(j => j.ToList()));
        return copy;
    }

    public void Write(JournalStep step)
    {
        if (IsDead)
        {
            throw new ProcessKilledException();
        }

        lock (_journals)
        {
            _journals[^1].Add(JournalFormat.Write(step, DateTimeOffset.UnixEpoch));
        }
    }

    private void Begin() => _journals.Add([JournalFormat.Write(new JournalHeader("f", DateTimeOffset.UnixEpoch))]);
}
