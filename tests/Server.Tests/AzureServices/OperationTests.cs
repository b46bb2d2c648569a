using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Xunit;
using static Pipewright.Server.Tests.AzureServices.RequestTests;
using static Pipewright.Server.Tests.AzureServices.ScriptedAzure;

namespace Pipewright.Server.Tests.AzureServices;

/// <summary>What takes long, and what becomes of it: long-running operations and triggers.</summary>
public sealed class OperationTests
{
    private const string Here = "https://management.azure.com";

    [Theory]
    [InlineData("/start")]
    [InlineData("/stop")]
    public async Task An_operation_is_followed_by_its_location(string action)
    {
        var azure = InTurn(
            () => Answer(202, "", ("Location", Here + "/op/1"), ("Retry-After", "7")),
            () => Answer(202, "", ("Location", Here + "/op/2")),
            () => Answer(503),
            () => Answer(200, """{"name":"ir","properties":{"state":"Started"}}"""));
        var client = azure.FactoryClient();
        if (action == "/start")
        {
            Assert.Equal("Started", (await client.StartIntegrationRuntimeAsync("ir", default))!.Value.GetProperty("properties").GetProperty("state").GetString());
        }
        else
        {
            await client.StopIntegrationRuntimeAsync("ir", default);
        }

        Assert.Equal([$"POST /integrationRuntimes/ir{action}", "GET /op/1", "GET /op/2", "GET /op/2"], azure.Asked);
        Assert.Equal([7, 5], azure.Clock.Pauses.Select(p => p.TotalSeconds).Take(2));
    }

    [Fact]
    public async Task An_operation_is_followed_by_its_state_and_its_result_is_fetched()
    {
        var azure = InTurn(
            () => Answer(202, "", ("Location", Here + "/result"), ("Azure-AsyncOperation", Here + "/state")),
            () => Answer(200, """{"status":"InProgress"}"""),
            () => Answer(200, """{"status":"Succeeded"}"""),
            () => Answer(200, """{"name":"ir"}"""));
        Assert.Equal("ir", (await azure.FactoryClient().StartIntegrationRuntimeAsync("ir", default))!.Value.GetProperty("name").GetString());
        Assert.Equal(["POST /integrationRuntimes/ir/start", "GET /state", "GET /state", "GET /result"], azure.Asked);
    }

    [Theory]
    [InlineData("""{"status":"Failed","error":{"code":"NoQuota","message":"Too much."}}""", "200 NoQuota")]
    [InlineData("""{"status":"Canceled"}""", "200 OperationFailed")]
    [InlineData("""{}""", "200 InvalidResponse, who knows")]
    [InlineData("""<html>""", "200 InvalidResponse, who knows")]
    public async Task An_operation_that_fails_says_why(string state, string outcome)
    {
        var azure = InTurn(() => Answer(202, "", ("Azure-AsyncOperation", Here + "/state")), () => Answer(200, state));
        Assert.Equal(outcome, await OutcomeAsync(() => azure.FactoryClient().StartIntegrationRuntimeAsync("ir", default)));
    }

    [Fact]
    public async Task An_operation_is_not_waited_for_without_end()
    {
        var azure = InTurn(() => Answer(202, "", ("Location", Here + "/op")));
        Assert.Equal("202 OperationTimedOut, who knows", await OutcomeAsync(() => azure.FactoryClient().StartIntegrationRuntimeAsync("ir", default)));
        Assert.InRange(azure.Clock.Pauses.Sum(p => p.TotalMinutes), 29, 30);
    }

    [Fact]
    public async Task An_operation_that_can_not_be_looked_at_may_go_on()
    {
        var azure = InTurn(() => Answer(202, "", ("Location", Here + "/op")), Reset);
        Assert.Equal("0 NoResponse, who knows", await OutcomeAsync(() => azure.FactoryClient().StartIntegrationRuntimeAsync("ir", default)));
        Assert.Single(azure.Asked, a => a.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Location", "https://example.org/op")]
    [InlineData("Azure-AsyncOperation", "https://example.org/op")]
    [InlineData("Azure-AsyncOperation", "http://management.azure.com/op")]
    public async Task An_operation_elsewhere_is_not_followed(string header, string address)
    {
        var azure = InTurn(() => Answer(202, "", (header, address)));
        Assert.Equal("202 InvalidNextLink, who knows", await OutcomeAsync(() => azure.FactoryClient().StartIntegrationRuntimeAsync("ir", default)));
        Assert.Single(azure.Seen);
    }

    [Fact]
    public async Task A_resource_that_takes_long_is_read_at_the_end()
    {
        var azure = InTurn(
            () => Answer(202, "{}", ("Azure-AsyncOperation", Here + "/state")), () => Answer(200, """{"status":"Succeeded"}"""), () => Answer(200, """{"name":"n","etag":"v2"}"""));
        Assert.Equal("v2", (await azure.FactoryClient().PutAsync(new ResourceId(ResourceKind.ManagedVirtualNetwork, "n"), "{}", null, default)).ETag);
        Assert.Equal(["PUT /managedVirtualNetworks/n", "GET /state", "GET /managedVirtualNetworks/n"], azure.Asked);
    }

    [Fact]
    public async Task A_resource_that_takes_long_to_delete_is_waited_for()
    {
        var azure = InTurn(() => Answer(202, "", ("Location", Here + "/op")), () => Answer(204));
        Assert.True(await azure.FactoryClient().DeleteAsync(new ResourceId(ResourceKind.Pipeline, "p"), default));
        Assert.Equal(["DELETE /pipelines/p", "GET /op"], azure.Asked);
    }

    [Fact]
    public async Task A_trigger_of_events_is_subscribed_before_it_is_started_and_looked_at_afterwards()
    {
        var states = new Queue<string>(["Disabled", "Provisioning", "Enabled", "Provisioning", "Enabled"]);
        var azure = Trigger("BlobEventsTrigger", () => states.Dequeue());
        await azure.FactoryClient().StartTriggerAsync("t", default);
        Assert.Equal("GET, status, subscribe, status, status, start, status, status", Short(azure));
    }

    [Fact]
    public async Task A_trigger_that_ends_up_without_its_events_is_an_error()
    {
        var azure = Trigger("CustomEventsTrigger", () => "Disabled");
        Assert.Equal("0 EventSubscriptionDisabled", await OutcomeAsync(() => azure.FactoryClient().StartTriggerAsync("t", default)));
    }

    [Theory]
    [InlineData("ScheduleTrigger", "GET, stop")]
    [InlineData("BlobEventsTrigger", "GET, stop, status, status")]
    public async Task A_trigger_is_stopped_once_nothing_is_under_way(string type, string asked)
    {
        var states = new Queue<string>(["Deprovisioning", "Disabled"]);
        var azure = Trigger(type, () => states.Dequeue());
        await azure.FactoryClient().StopTriggerAsync("t", default);
        Assert.Equal(asked, Short(azure));
    }

    [Theory]
    [InlineData("Started", "done")]
    [InlineData("Stopped", "500 InternalServerError, who knows")]
    public async Task Whether_a_trigger_was_started_after_all_the_trigger_tells(string state, string outcome)
    {
        var azure = new ScriptedAzure(r => r.Method == "GET"
            ? Answer(200, $$"""{"properties":{"type":"ScheduleTrigger","runtimeState":"{{state}}"} }""")
            : Refuse(500, "InternalServerError", "Oops."));
        Assert.Equal(outcome, await OutcomeAsync(() => azure.FactoryClient().StartTriggerAsync("t", default)));
    }

    private static ScriptedAzure Trigger(string type, Func<string> status) => new(r => r.Method == "GET"
        ? Answer(200, $$"""{"properties":{"type":"{{type}}","runtimeState":"Stopped"} }""")
        : r.ToString().EndsWith("getEventSubscriptionStatus", StringComparison.Ordinal) ? Answer(200, $$"""{"triggerName":"t","status":"{{status()}}"}""") : Answer(200));

    private static string Short(ScriptedAzure azure) => string.Join(", ", azure.Asked.Select(a => a switch
    {
        "GET /triggers/t" => "GET",
        "POST /triggers/t/getEventSubscriptionStatus" => "status",
        "POST /triggers/t/subscribeToEvents" => "subscribe",
        "POST /triggers/t/start" => "start",
        "POST /triggers/t/stop" => "stop",
        _ => a,
    }));
}
