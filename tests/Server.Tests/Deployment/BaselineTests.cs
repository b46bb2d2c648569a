using System.Text.Json.Nodes;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>What the service made of a deployment is told from what somebody changed since.</summary>
public sealed class BaselineTests
{
    private const string Load = """{"properties":{"description":"Load","activities":[]}}""";

    private readonly MemoryFactory _factory = new() { Normalise = p => p["concurrency"] = (JsonNode)7 };
    private readonly MemoryBaselines _baselines = new();

    [Fact]
    public async Task What_the_service_adds_is_no_change_and_no_ones_doing()
    {
        Assert.Equal("properties.concurrency", Assert.Single((await DeployAsync(new MemoryBaselines()))[0].Properties).Path);
        var change = (await DeployAsync(_baselines))[0];
        Assert.Equal(PlannedAction.None, change.Action);
        Assert.Empty(change.ChangedOutside);
    }

    [Fact]
    public async Task What_somebody_else_changed_is_told_apart_from_what_would_change()
    {
        await DeployAsync(_baselines);
        _factory.Seed(ResourceKind.Pipeline, "load", """{"description":"Theirs","activities":[],"concurrency":7}""");
        var plan = await new Planner(_factory, _baselines).MakeAsync(new PlanRequest([Unit(Load.Replace("[]", """[{"name":"W","type":"Wait"}]""", StringComparison.Ordinal))]), default);
        var change = Assert.Single(plan.Changes);
        Assert.Equal(["properties.activities[W]", "properties.description"], change.Properties.Select(p => p.Path).Order());
        Assert.Equal(["properties.description"], change.ChangedOutside.Select(p => p.Path));
        Assert.Contains("pipeline load was changed by somebody else since it was last deployed from here: properties.description", Assert.Single(plan.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_the_service_that_changes_later_is_a_change()
    {
        await DeployAsync(_baselines);
        _factory.Seed(ResourceKind.Pipeline, "load", """{"description":"Load","activities":[],"concurrency":9}""");
        var plan = await new Planner(_factory, _baselines).MakeAsync(new PlanRequest([Unit(Load)]), default);
        Assert.Equal(("properties.concurrency", "9", null), (plan.Changes[0].Properties[0].Path, plan.Changes[0].Properties[0].Before, plan.Changes[0].Properties[0].After));
    }

    [Fact]
    public async Task A_factory_that_is_connected_to_Git_is_warned_of()
    {
        _factory.Seed(ResourceKind.Factory, "local", """{"repoConfiguration":{"type":"FactoryGitHubConfiguration","collaborationBranch":"main"}}""");
        var plan = await new Planner(_factory).MakeAsync(new PlanRequest([Unit(Load)]), default);
        Assert.Contains("connected to Git", Assert.Single(plan.Warnings), StringComparison.Ordinal);
        Assert.Contains("'main'", plan.Warnings[0], StringComparison.Ordinal);
    }

    /// <summary>Deploys, and gives the plan for doing it once more.</summary>
    private async Task<IReadOnlyList<PlannedChange>> DeployAsync(IBaselineStore baselines)
    {
        var plan = await new Planner(_factory, baselines).MakeAsync(new PlanRequest([Unit(Load)]), default);
        await new Deployer(_factory, null, baselines).ApplyAsync(plan, _ => { }, _ => { }, default);
        return (await new Planner(_factory, baselines is MemoryBaselines && baselines == _baselines ? baselines : null).MakeAsync(new PlanRequest([Unit(Load)]), default)).Changes;
    }

    private static DeploymentUnit Unit(string body) => new(new ResourceId(ResourceKind.Pipeline, "load"), body, "load.pipeline.yaml", []);
}
