using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Planning;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>The two texts of a diff: what is no change is written alike in both.</summary>
public sealed class PlannedBodiesTests
{
    [Theory]
    [InlineData("""{"description":"old"}""", """{"description":"new"}""", """{"description":"old"}""")]
    [InlineData("""{"description":"old","annotations":[],"lastPublishTime":"t"}""", "{}", """{"description":"old"}""")]
    [InlineData("{}", """{"description":"new"}""", "{}")]
    [InlineData("""{"activities":[{"type":"Wait","name":"B","typeProperties":{"waitTimeInSeconds":1}},{"name":"A","type":"Wait"}]}""",
        """{"activities":[{"name":"B","type":"Wait","typeProperties":{"waitTimeInSeconds":2}}]}""",
        """{"activities":[{"name":"B","type":"Wait","typeProperties":{"waitTimeInSeconds":1}},{"name":"A","type":"Wait"}]}""")]
    [InlineData("""{"activities":[{"name":"A","type":"Lookup","policy":{"retry":2}}]}""", """{"activities":[{"name":"A","type":"Lookup"}]}""", """{"activities":[{"name":"A","type":"Lookup","policy":{"retry":2}}]}""")]
    [InlineData("""{"activities":[{"name":"A","type":"X","list":[1,2,3]}]}""", """{"activities":[{"name":"A","type":"X","list":[1,5]}]}""", """{"activities":[{"name":"A","type":"X","list":[1,2,3]}]}""")]
    [InlineData("""{"parameters":{"p":{"type":"SecureString","defaultValue":"**********"}}}""", """{"parameters":{"p":{"type":"SecureString","defaultValue":"secret"}},"concurrency":1}""", """{"parameters":{"p":{"type":"SecureString","defaultValue":"**********"}}}""")]
    public void What_is_there_now_is_written_as_the_file_has_it(string live, string wanted, string before)
    {
        var id = new ResourceId(ResourceKind.Pipeline, "p");
        var unit = new DeploymentUnit(id, $$"""{"properties":{{wanted}}}""", "p.pipeline.yaml", []);
        var there = new LiveResource(id, JsonElement.Parse($$"""{"name":"p","properties":{{live}}}"""), "e");
        var bodies = PlannedBodies.Of(new PlannedChange(id, PlannedAction.Update, unit, there) { Properties = ResourceComparison.Compare(id.Kind, there.Content, unit.Content) });
        Assert.Equal(before, JsonNode.Parse(bodies.Before!)!["properties"]!.ToJsonString());
        Assert.DoesNotContain("secret\"", bodies.After, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_new_has_no_before_and_what_goes_no_after()
    {
        var id = new ResourceId(ResourceKind.Pipeline, "p");
        var created = PlannedBodies.Of(new PlannedChange(id, PlannedAction.Create, new DeploymentUnit(id, """{"properties":{"activities":[]}}""", "p", []), null));
        Assert.Equal((null, "{\n  \"properties\": {\n    \"activities\": []\n  }\n}\n"), (created.Before, created.After?.ReplaceLineEndings("\n")));
        var deleted = PlannedBodies.Of(new PlannedChange(id, PlannedAction.Delete, null, new LiveResource(id, JsonElement.Parse("""{"properties":{"a":1}}"""), "e")));
        Assert.Equal(("{\n  \"properties\": {\n    \"a\": 1\n  }\n}\n", null), (deleted.Before?.ReplaceLineEndings("\n"), deleted.After));
    }
}
