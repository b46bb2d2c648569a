using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer.Deploying;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>Why a resource is in a plan, in words.</summary>
public sealed class PlanReasonTests
{
    private static readonly PropertyChange State = new("properties.runtimeState", "\"Stopped\"", "\"Started\"");
    private static readonly PropertyChange Text = new("properties.description", "\"a\"", "\"b\"");

    [Theory]
    [InlineData(true, "It is to be started.")]
    [InlineData(false, "It is to be stopped.")]
    public void A_trigger_that_only_starts_or_stops_is_told_so(bool starts, string reason)
    {
        var change = Update("Nightly", ResourceKind.Trigger) with { Properties = [State], Writes = false, EndsStarted = starts };
        Assert.Equal(reason, ReasonOf(change));
    }

    [Fact]
    public void What_somebody_else_has_changed_is_told()
    {
        Assert.Equal(
            "'properties.description' differs. Somebody else has changed 'properties.description' there since the last deployment.",
            ReasonOf(Update("load") with { Properties = [Text], ChangedOutside = [Text] }));
        Assert.Equal(
            "2 properties differ. Somebody else has changed 2 properties there since the last deployment.",
            ReasonOf(Update("load") with { Properties = [Text, State], ChangedOutside = [Text, State] }));
    }

    [Fact]
    public void Who_needs_a_resource_is_told_and_many_are_counted()
    {
        var used = Update("Lake", ResourceKind.LinkedService) with { Properties = [Text] };
        PlannedChange[] users = [.. new[] { "a", "b", "c", "d", "e" }.Select(n => UserOf(n, used.Id))];
        Assert.Equal("'properties.description' differs. Needed by pipeline a.", ReasonOf(used, users[0]));
        Assert.Equal("'properties.description' differs. Needed by pipeline a, pipeline b, pipeline c and 2 more.", ReasonOf(used, users));
    }

    private static PlannedChange Update(string name, ResourceKind kind = ResourceKind.Pipeline) =>
        new(new ResourceId(kind, name), PlannedAction.Update, new DeploymentUnit(new ResourceId(kind, name), "{}", $"{name}.yaml", []), null);

    private static PlannedChange UserOf(string name, ResourceId used)
    {
        var id = new ResourceId(ResourceKind.Pipeline, name);
        return new PlannedChange(id, PlannedAction.Create, new DeploymentUnit(id, "{}", $"{name}.yaml", [used]), null);
    }

    private static string ReasonOf(PlannedChange change, params PlannedChange[] others) => PlanReasons.Of(new DeploymentPlan([change, .. others], []), change, []);
}
