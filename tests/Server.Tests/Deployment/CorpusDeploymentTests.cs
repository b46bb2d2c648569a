using System.Collections.Immutable;
using Pipewright.Azure;
using Pipewright.Core.Schema;
using Pipewright.Core.Tests;
using Pipewright.Deployment;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Workspaces;
using Pipewright.Server.Tests.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>Real factories, and the samples, deployed to the emulator.</summary>
public sealed class CorpusDeploymentTests
{
    /// <summary>Templates of factories: names in them are filled in before the service could take them.</summary>
    private static bool IsTemplate(DeploymentUnit unit) => unit.References.Append(unit.Id).Any(r => r.Name.Contains('{', StringComparison.Ordinal) || r.Name.Contains('<', StringComparison.Ordinal));

    [Fact]
    public async Task The_samples_can_be_deployed_and_then_there_is_nothing_to_do()
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(Repository.Root, "samples")))
        {
            await DeployAllAsync(folder);
        }
    }

    [CorpusFact]
    public async Task Every_factory_can_be_deployed_and_then_there_is_nothing_to_do()
    {
        var deployed = 0;
        foreach (var folder in CorpusFiles.Factories)
        {
            deployed += await DeployAllAsync(folder);
        }

        Assert.InRange(deployed, 1000, int.MaxValue);
    }

    private static async Task<int> DeployAllAsync(string folder)
    {
        var count = 0;
        foreach (var factory in new FactoryLoader(FileKinds.Default, _ => { }).Load(folder, default))
        {
            await using var emulator = await TestEmulator.StartAsync();
            var client = DeploymentJob.Connect(new FactoryTarget(emulator.Address, "00000000-0000-0000-0000-000000000000", "local", "local"));
            var units = FindUnits(factory);
            var baselines = new MemoryBaselines();
            var planner = new Planner(client, baselines);
            var results = await DeployAsync(client, factory, baselines);
            AssertEmpty(factory.Path, await planner.MakeAsync(new PlanRequest(units), default));

            // Without what is remembered of the deployment, as on another machine.
            AssertEmpty(factory.Path, await new Planner(client).MakeAsync(new PlanRequest(units), default));
            count += results.Length;
        }

        return count;
    }

    /// <summary>Deploys all of a factory that can be.</summary>
    internal static async Task<ImmutableArray<DeploymentResult>> DeployAsync(IFactoryClient client, LoadedFactory factory, IBaselineStore baselines)
    {
        var units = FindUnits(factory);
        await AddMissingAsync(client, units);
        var results = await new Deployer(client, null, baselines).ApplyAsync(await new Planner(client, baselines).MakeAsync(new PlanRequest(units), default), _ => { }, _ => { }, default);
        Assert.True(results.All(r => r.IsDone), $"{factory.Path}: {results.FirstOrDefault(r => r.Action == DeploymentAction.Failed)?.Error}");
        return results;
    }

    private static ImmutableArray<DeploymentUnit> FindUnits(LoadedFactory factory) =>
        WithoutTemplates(DeploymentScope.Collect(factory.Snapshot, factory.Snapshot.Documents.Values.Where(d => !d.IsForeign && !d.HasSyntaxErrors)));

    private static ImmutableArray<DeploymentUnit> WithoutTemplates(ImmutableArray<DeploymentUnit> units)
    {
        var left = units.Where(IsTemplate).Select(u => u.Id).ToHashSet();
        return [.. units.Where(u => !left.Contains(u.Id) && !u.References.Any(left.Contains))];
    }

    internal static void AssertEmpty(string path, DeploymentPlan plan) => Assert.True(
        plan.IsEmpty, $"{path}: {string.Join("; ", plan.Changes.Where(c => c.Action != PlannedAction.None).Take(3).Select(c => $"{c.Action} {c.Id} {string.Join(", ", c.Properties)}"))}");

    /// <summary>Some repositories hold a part of a factory. What they take for granted is there.</summary>
    private static async Task AddMissingAsync(IFactoryClient client, IEnumerable<DeploymentUnit> units)
    {
        var all = units.ToList();
        var known = all.Select(u => u.Id).ToHashSet();
        foreach (var missing in all.SelectMany(u => u.References).Where(r => !known.Contains(r)).Distinct().OrderBy(r => r.Kind == ResourceKind.LinkedService ? 0 : 1))
        {
            var properties = missing.Kind switch
            {
                ResourceKind.Pipeline => """{"activities":[]}""",
                ResourceKind.Dataset => """{"type":"Binary","linkedServiceName":{"referenceName":"Standin","type":"LinkedServiceReference"}}""",
                ResourceKind.LinkedService => """{"type":"AzureKeyVault","typeProperties":{"baseUrl":"https://a.vault.azure.net/"}}""",
                ResourceKind.IntegrationRuntime => """{"type":"Managed"}""",
                ResourceKind.Trigger => """{"type":"TumblingWindowTrigger"}""",
                ResourceKind.DataFlow => """{"type":"MappingDataFlow"}""",
                ResourceKind.Credential => """{"type":"ManagedIdentity"}""",
                _ => "{}",
            };
            if (missing.Kind == ResourceKind.Dataset)
            {
                await client.PutAsync(new ResourceId(ResourceKind.LinkedService, "Standin"), """{"properties":{"type":"AzureKeyVault","typeProperties":{"baseUrl":"https://a.vault.azure.net/"}}}""", null, default);
            }

            await client.PutAsync(missing, $$"""{"properties":{{properties}}}""", null, default);
        }
    }
}
