using System.Text.Json;
using Pipewright.Core.Schema;
using Pipewright.Deployment.Comparison;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>What counts as a change between the live resource and the file's.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData("""{"type":"Wait","name":"W"}""", """{"name":"W","type":"Wait"}""")]
    [InlineData("""{"name":"W","type":"Wait","userProperties":[],"dependsOn":[],"description":null}""", """{"name":"W","type":"Wait"}""")]
    [InlineData("""{"name":"W","type":"Wait"}""", """{"name":"W","type":"Wait","userProperties":[],"dependsOn":[]}""")]
    [InlineData("""{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":1.0}}""", """{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":1}}""")]
    [InlineData("""{"name":"L","type":"Lookup","policy":{"timeout":"0.12:00:00","retry":0,"retryIntervalInSeconds":30,"secureInput":false,"secureOutput":false}}""", """{"name":"L","type":"Lookup"}""")]
    [InlineData("""{"name":"L","type":"Lookup","policy":{"retry":2,"secureInput":false}}""", """{"name":"L","type":"Lookup","policy":{"retry":2}}""")]
    [InlineData("""{"name":"F","type":"ForEach","typeProperties":{"isSequential":false}}""", """{"name":"F","type":"ForEach","typeProperties":{}}""")]
    [InlineData("""{"name":"W","Type":"Wait"}""", """{"name":"W","type":"Wait"}""")]
    public void What_the_service_writes_of_itself_is_no_change_of_an_activity(string live, string wanted) =>
        Assert.Empty(Compare(ResourceKind.Pipeline, $$"""{"activities":[{{live}}]}""", $$"""{"activities":[{{wanted}}]}"""));

    [Theory]
    [InlineData(ResourceKind.Pipeline, """{"activities":[],"lastPublishTime":"2026-01-01T00:00:00Z","annotations":[]}""", """{"activities":[]}""")]
    [InlineData(ResourceKind.Trigger, """{"type":"ScheduleTrigger","runtimeState":"Started"}""", """{"type":"ScheduleTrigger","runtimeState":"Stopped"}""")]
    [InlineData(ResourceKind.LinkedService, """{"type":"AzureSqlDatabase","typeProperties":{"encryptedCredential":"abc"}}""", """{"type":"AzureSqlDatabase","typeProperties":{"password":{"type":"SecureString","value":"p"}}}""")]
    [InlineData(ResourceKind.LinkedService, """{"type":"AzureDatabricks","typeProperties":{"domain":"https://a","accessToken":{"type":"SecureString","value":"**********"}}}""", """{"type":"AzureDatabricks","typeProperties":{"domain":"https://a","accessToken":{"type":"SecureString","value":"dapi1"}}}""")]
    [InlineData(ResourceKind.LinkedService, """{"type":"AzureDatabricks","typeProperties":{"domain":"https://a","encryptedCredential":"x"}}""", """{"type":"AzureDatabricks","typeProperties":{"domain":"https://a","encryptedCredential":"y"}}""")]
    [InlineData(ResourceKind.LinkedService, """{"type":"AzureSqlDatabase","typeProperties":{"connectionString":"Server=s;Database=d;","encryptedCredential":"x"}}""", """{"type":"AzureSqlDatabase","typeProperties":{"connectionString":"Server=s;Database=d;Password=secret1!"}}""")]
    [InlineData(ResourceKind.LinkedService, """{"type":"RestService","typeProperties":{"url":"https://a","authHeaders":{},"encryptedCredential":"x"}}""", """{"type":"RestService","typeProperties":{"url":"https://a","authHeaders":{"key":{"type":"SecureString","value":"k"}}}}""")]
    [InlineData(ResourceKind.LinkedService, """{"type":"RestService","typeProperties":{"url":"https://a","encryptedCredential":"x"}}""", """{"type":"RestService","typeProperties":{"url":"https://a","authHeaders":{"key":{"type":"SecureString","value":"k"}}}}""")]
    [InlineData(ResourceKind.LinkedService, """{"type":"AzureSqlDatabase","typeProperties":{"connectionString":"Server=s;Database=d","encryptedCredential":"x"}}""", """{"type":"AzureSqlDatabase","typeProperties":{"connectionString":"Server=s;Database=d;Password=\"a;b=c\""}}""")]
    [InlineData(ResourceKind.ManagedVirtualNetwork, """{"alias":"a","vNetId":"b"}""", "{}")]
    [InlineData(ResourceKind.Pipeline, """{"parameters":{"p":{"type":"SecureString","defaultValue":"**********"}}}""", """{"parameters":{"p":{"type":"SecureString","defaultValue":"s3cret"}}}""")]
    [InlineData(ResourceKind.Factory, """{"globalParameters":{"a":{"type":"int","value":1}},"provisioningState":"Succeeded"}""", """{"globalParameters":{"a":{"type":"int","value":1}}}""")]
    public void What_the_service_writes_or_hides_is_no_change(ResourceKind kind, string live, string wanted) => Assert.Empty(Compare(kind, live, wanted));

    [Theory]
    [InlineData(ResourceKind.Pipeline, """{"description":"a"}""", """{"description":"b"}""", "properties.description: \"a\" → \"b\"")]
    [InlineData(ResourceKind.Pipeline, """{"description":"a"}""", "{}", "properties.description: \"a\" → ")]
    [InlineData(ResourceKind.Pipeline, """{"description":"one; a=1; b=2"}""", """{"description":"two; a=1; b=2"}""", "properties.description: \"one; a=1; b=2\" → \"two; a=1; b=2\"")]
    [InlineData(ResourceKind.Pipeline, """{"concurrency":1}""", """{"concurrency":2}""", "properties.concurrency: 1 → 2")]
    [InlineData(ResourceKind.Pipeline, """{"activities":[{"name":"A","type":"Wait"},{"name":"B","type":"Wait"}]}""", """{"activities":[{"name":"B","type":"Wait","description":"x"}]}""",
        "properties.activities[B].description:  → \"x\" | properties.activities[A]: {\"name\":\"A\",\"type\":\"Wait\"} → ")]
    [InlineData(ResourceKind.Pipeline, """{"activities":[{"name":"A","type":"Wait"},{"name":"B","type":"Wait"}]}""", """{"activities":[{"name":"B","type":"Wait"},{"name":"A","type":"Wait"}]}""",
        "properties.activities: [\"A\",\"B\"] → [\"B\",\"A\"]")]
    [InlineData(ResourceKind.Pipeline, """{"activities":[{"name":"L","type":"Lookup","policy":{"retry":0}}]}""", """{"activities":[{"name":"L","type":"Lookup","policy":{"retry":3}}]}""", "properties.activities[L].policy.retry: 0 → 3")]
    [InlineData(ResourceKind.Pipeline, """{"activities":[{"name":"A","dependsOn":[{"activity":"B","dependencyConditions":["Succeeded"]}]}]}""", """{"activities":[{"name":"A","dependsOn":[{"activity":"B","dependencyConditions":["Failed"]}]}]}""",
        "properties.activities[A].dependsOn[B].dependencyConditions[0]: \"Succeeded\" → \"Failed\"")]
    [InlineData(ResourceKind.Trigger, """{"pipelines":[{"pipelineReference":{"referenceName":"a"},"parameters":{"x":1}},{"pipelineReference":{"referenceName":"b"}}]}""", """{"pipelines":[{"pipelineReference":{"referenceName":"a"},"parameters":{"x":2}},{"pipelineReference":{"referenceName":"b"}}]}""",
        "properties.pipelines[a].parameters.x: 1 → 2")]
    [InlineData(ResourceKind.LinkedService, """{"type":"AzureSqlDatabase","typeProperties":{"connectionString":"Server=s;Database=d;"}}""", """{"type":"AzureSqlDatabase","typeProperties":{"connectionString":"Server=t;Database=d;Password=secret1!"}}""",
        "properties.typeProperties.connectionString: \"Server=s;Database=d;\" → \"Server=t;Database=d;Password=**********\"")]
    [InlineData(ResourceKind.LinkedService, """{"type":"AzureDatabricks","typeProperties":{"accessToken":{"type":"AzureKeyVaultSecret","secretName":"t"}}}""", """{"type":"AzureDatabricks","typeProperties":{"accessToken":{"type":"SecureString","value":"dapi"}}}""",
        "properties.typeProperties.accessToken.type: \"AzureKeyVaultSecret\" → \"SecureString\" | properties.typeProperties.accessToken.value:  → \"**********\" | properties.typeProperties.accessToken.secretName: \"t\" → ")]
    [InlineData(ResourceKind.Factory, """{"globalParameters":{"a":{"type":"int","value":1}}}""", """{"globalParameters":{"a":{"type":"int","value":2}}}""", "properties.globalParameters.a.value: 1 → 2")]
    [InlineData(ResourceKind.Pipeline, """{"activities":[{"name":"A","type":"Wait","typeProperties":{"waitTimeInSeconds":1}}]}""", """{"activities":[{"name":"A","type":"Wait","typeProperties":{"waitTimeInSeconds":"1"}}]}""", "properties.activities[A].typeProperties.waitTimeInSeconds: 1 → \"1\"")]
    public void A_change_is_told_property_by_property_without_secrets(ResourceKind kind, string live, string wanted, string expected) =>
        Assert.Equal(expected, string.Join(" | ", Compare(kind, live, wanted).Select(c => $"{c.Path}: {c.Before} → {c.After}")));

    private static System.Collections.Immutable.ImmutableArray<PropertyChange> Compare(ResourceKind kind, string live, string wanted) => ResourceComparison.Compare(
        kind, JsonElement.Parse($$"""{"name":"x","etag":"e","properties":{{live}}}"""), JsonElement.Parse($$"""{"properties":{{wanted}}}"""));
}
