using System.Text.Json.Nodes;
using Pipewright.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Emulator;

/// <summary>What can be asked of the factory and of its resources, beside keeping them.</summary>
public sealed class OperationTests
{
    private const string Trigger = """{"properties":{"type":"ScheduleTrigger","pipelines":[{"pipelineReference":{"referenceName":"p","type":"PipelineReference"}}]}}""";

    [Fact]
    public async Task A_trigger_without_pipelines_is_not_started()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("triggers/t", """{"properties":{"type":"ScheduleTrigger"}}""");
        var refused = await emulator.PostAsync("triggers/t/start");
        Assert.Equal((400, "BadRequest"), (refused.Status, refused.Error));
        Assert.Equal(("Missing or invalid pipeline references for trigger t", "t"), ((string)refused.Content!["error"]!["message"]!, (string)refused.Content["error"]!["target"]!));
        Assert.Equal("Stopped", (string)(await emulator.GetAsync("triggers/t")).Content!["properties"]!["runtimeState"]!);
    }

    [Fact]
    public async Task Starting_takes_its_time_where_it_is_given_some()
    {
        var time = new TurnedTime();
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Time = time, OperationTime = TimeSpan.FromSeconds(4) });
        await emulator.PutAsync("pipelines/p", """{"properties":{}}""");
        await emulator.PutAsync("triggers/t", Trigger);
        async Task<string> StateAsync() => (string)(await emulator.GetAsync("triggers/t")).Content!["properties"]!["runtimeState"]!;

        var accepted = await emulator.PostAsync("triggers/t/start");
        Assert.Equal((202, TimeSpan.FromSeconds(2)), (accepted.Status, accepted.Message.Headers.RetryAfter!.Delta));
        var location = accepted.Message.Headers.Location!.ToString();
        Assert.Equal(202, (await emulator.GetAsync(location)).Status);
        Assert.Equal("Stopped", await StateAsync());
        Assert.Equal("Provisioning", (string)(await emulator.PostAsync("triggers/t/getEventSubscriptionStatus")).Content!["status"]!);
        foreach (var answer in (Answer[])[await emulator.PutAsync("triggers/t", Trigger), await emulator.DeleteAsync("triggers/t"), await emulator.PostAsync("triggers/t/stop")])
        {
            Assert.Equal(400, answer.Status);
        }

        time.Turn(TimeSpan.FromSeconds(4));
        Assert.Equal(200, (await emulator.GetAsync(location)).Status);
        Assert.Equal("Started", await StateAsync());
        Assert.Equal("Enabled", (string)(await emulator.PostAsync("triggers/t/getEventSubscriptionStatus")).Content!["status"]!);

        Assert.Equal(202, (await emulator.PostAsync("triggers/t/stop")).Status);
        Assert.Equal("Started", await StateAsync());
        Assert.Contains("during provisioning", (string)(await emulator.PutAsync("triggers/t", Trigger)).Content!["error"]!["message"]!, StringComparison.Ordinal);
        time.Turn(TimeSpan.FromSeconds(4));
        Assert.Equal("Stopped", await StateAsync());
        Assert.Equal(200, (await emulator.PutAsync("triggers/t", Trigger)).Status);
    }

    [Fact]
    public async Task A_trigger_subscribes_to_events_and_no_longer()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("triggers/t", """{"properties":{"type":"BlobEventsTrigger","typeProperties":{"scope":"/x","events":["Microsoft.Storage.BlobCreated"]}}}""");
        async Task<string> AskAsync(string action) => (string)(await emulator.PostAsync($"triggers/t/{action}")).Content!["status"]!;
        Assert.Equal("Disabled", await AskAsync("getEventSubscriptionStatus"));
        Assert.Equal("Enabled", await AskAsync("subscribeToEvents"));
        Assert.Equal("Enabled", await AskAsync("getEventSubscriptionStatus"));
        Assert.Equal("Disabled", await AskAsync("unsubscribeFromEvents"));
        Assert.Equal("Disabled", await AskAsync("getEventSubscriptionStatus"));
    }

    [Fact]
    public async Task Triggers_are_asked_for_by_parent_and_page()
    {
        await using var emulator = await TestEmulator.StartAsync(pageSize: 2);
        foreach (var name in (string[])["a", "b", "c"])
        {
            await emulator.PutAsync($"triggers/{name}", """{"properties":{"type":"TumblingWindowTrigger"}}""");
        }

        await emulator.PutAsync("triggers/again", """{"properties":{"type":"RerunTumblingWindowTrigger","typeProperties":{"parentTrigger":"b"}}}""");
        Assert.Equal(["again"], (await emulator.PostAsync("querytriggers", """{"parentTriggerName":"B"}""")).Names);
        var first = await emulator.PostAsync("querytriggers", "{}");
        Assert.Equal(["a", "again"], first.Names);
        var second = await emulator.PostAsync("querytriggers", $$"""{"continuationToken":"{{first.Content!["continuationToken"]}}"}""");
        Assert.Equal(["b", "c"], second.Names);
        Assert.Null(second.Content!["continuationToken"]);
    }

    [Fact]
    public async Task A_self_hosted_runtime_needs_registration_until_it_has_a_node()
    {
        await using var emulator = await TestEmulator.StartAsync();
        const string Runtime = "integrationRuntimes/own";
        await emulator.PutAsync(Runtime, """{"properties":{"type":"SelfHosted"}}""");
        async Task<JsonNode> StatusAsync() => (await emulator.PostAsync($"{Runtime}/getStatus")).Content!["properties"]!;
        Assert.Equal("NeedRegistration", (string)(await StatusAsync())["state"]!);
        Assert.Equal(400, (await emulator.PostAsync($"{Runtime}/getConnectionInfo")).Status);
        Assert.Equal(400, (await emulator.PostAsync($"{Runtime}/start")).Status);
        Assert.Equal(404, (await emulator.GetAsync($"{Runtime}/nodes/N")).Status);

        Assert.Equal(400, (await emulator.PostAsync("/_emulator/nodes", """{"integrationRuntime":"own","name":"N"}""")).Status);
        Assert.Equal(200, (await emulator.PostAsync("/_emulator/nodes", $$"""{"integrationRuntime":"{{TestEmulator.Factory}}/{{Runtime}}","name":"N","status":"Offline"}""")).Status);
        Assert.Equal("Offline", (string)(await StatusAsync())["state"]!);
        await emulator.PostAsync("/_emulator/nodes", $$"""{"integrationRuntime":"{{TestEmulator.Factory}}/{{Runtime}}","name":"N"}""");
        var status = await StatusAsync();
        Assert.Equal(("Online", "N"), ((string)status["state"]!, (string)status["typeProperties"]!["nodes"]![0]!["nodeName"]!));
        Assert.Equal(200, (await emulator.PostAsync($"{Runtime}/getConnectionInfo")).Status);
        Assert.Equal("N", (string)(await emulator.PostAsync($"{Runtime}/monitoringData")).Content!["nodes"]![0]!["nodeName"]!);

        await emulator.PatchAsync(Runtime, """{"autoUpdate":"Off","updateDelayOffset":"\"PT5H\""}""");
        Assert.Equal(("Off", "PT5H"), await StatusAsync() is var s ? ((string)s["typeProperties"]!["autoUpdate"]!, (string)s["typeProperties"]!["updateDelayOffset"]!) : default);
        Assert.Equal(3, (int)(await emulator.PatchAsync($"{Runtime}/nodes/n", """{"concurrentJobsLimit":3}""")).Content!["concurrentJobsLimit"]!);
        Assert.Equal(400, (await emulator.PatchAsync($"{Runtime}/nodes/n", """{"concurrentJobsLimit":0}""")).Status);
        Assert.NotEmpty((string)(await emulator.PostAsync($"{Runtime}/nodes/N/ipAddress")).Content!["ipAddress"]!);

        await emulator.DeleteAsync(Runtime);
        await emulator.PutAsync(Runtime, """{"properties":{"type":"SelfHosted"}}""");
        Assert.Equal("NeedRegistration", (string)(await StatusAsync())["state"]!);
    }

    [Fact]
    public async Task A_key_stays_until_it_is_made_anew()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("integrationRuntimes/own", """{"properties":{"type":"SelfHosted"}}""");
        async Task<(string, string)> KeysAsync(string action, string? body = null) =>
            (await emulator.PostAsync($"integrationRuntimes/own/{action}", body)).Content is var c ? ((string)c!["authKey1"]!, (string)c["authKey2"]!) : default;
        var (first, second) = await KeysAsync("listAuthKeys");
        Assert.Equal((first, second), await KeysAsync("listAuthKeys"));
        var (_, fresh) = await KeysAsync("regenerateAuthKey", """{"keyName":"authKey2"}""");
        Assert.NotEqual(second, fresh);
        Assert.Equal((first, fresh), await KeysAsync("listAuthKeys"));
        Assert.Equal(400, (await emulator.PostAsync("integrationRuntimes/own/regenerateAuthKey", """{"keyName":"authKey3"}""")).Status);
        await emulator.PutAsync("integrationRuntimes/azure", """{"properties":{"type":"Managed"}}""");
        Assert.Equal(400, (await emulator.PostAsync("integrationRuntimes/azure/listAuthKeys")).Status);
    }

    [Fact]
    public async Task A_runtime_for_packages_is_started_and_stopped()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("integrationRuntimes/ssis", """{"properties":{"type":"Managed","typeProperties":{"ssisProperties":{"edition":"Standard"}}}}""");
        async Task<string> StateAsync() => (string)(await emulator.PostAsync("integrationRuntimes/ssis/getStatus")).Content!["properties"]!["state"]!;
        Assert.Equal("Initial", await StateAsync());
        Assert.Equal("Started", (string)(await emulator.PostAsync("integrationRuntimes/ssis/start")).Content!["properties"]!["state"]!);
        Assert.Equal(200, (await emulator.PostAsync("integrationRuntimes/ssis/stop")).Status);
        Assert.Equal("Stopped", await StateAsync());
    }

    [Fact]
    public async Task A_capture_says_whether_it_runs()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("adfcdcs/c", """{"properties":{"SourceConnectionsInfo":[],"TargetConnectionsInfo":[],"Policy":{}}}""");
        async Task<string> StatusAsync() => (string)(await emulator.GetAsync("adfcdcs/c/status")).Content!;
        Assert.Equal("Stopped", await StatusAsync());
        Assert.Equal(200, (await emulator.PostAsync("adfcdcs/c/start")).Status);
        Assert.Equal("Running", await StatusAsync());
        Assert.Equal(200, (await emulator.PostAsync("adfcdcs/c/stop")).Status);
        Assert.Equal("Stopped", await StatusAsync());
        Assert.Equal(["c"], (await emulator.GetAsync("adfcdcs")).Names);
    }

    [Fact]
    public async Task Global_parameters_have_two_addresses_and_are_one()
    {
        await using var emulator = await TestEmulator.StartAsync();
        const string Parameters = """{"env":{"type":"string","value":"dev"}}""";
        await emulator.PutAsync("globalParameters/default", $$$"""{"properties":{{{Parameters}}}}""");
        Assert.Equal(Parameters, (await emulator.GetAsync("")).Content!["properties"]!["globalParameters"]!.ToJsonString());
        await emulator.PutAsync("", """{"location":"x","properties":{"globalParameters":{"env":{"type":"string","value":"test"}}}}""");
        Assert.Equal("test", (string)(await emulator.GetAsync("globalParameters/default")).Content!["properties"]!["env"]!["value"]!);
        await emulator.DeleteAsync("globalParameters/default");
        Assert.Null((await emulator.GetAsync("")).Content!["properties"]!["globalParameters"]);
        await emulator.PutAsync("", $$$"""{"location":"x","properties":{"globalParameters":{{{Parameters}}}}}""");
        await emulator.PutAsync("", """{"location":"x"}""");
        Assert.Empty((await emulator.GetAsync("globalParameters")).Names);
    }

    [Fact]
    public async Task A_factory_is_connected_to_Git_and_disconnected()
    {
        await using var emulator = await TestEmulator.StartAsync();
        const string Address = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.DataFactory/locations/local/configureFactoryRepo";
        var connected = await emulator.PostAsync(Address, $$$"""{"factoryResourceId":"{{{TestEmulator.Factory}}}","repoConfiguration":{"type":"FactoryGitHubConfiguration","accountName":"a"}}""");
        Assert.Equal("a", (string)connected.Content!["properties"]!["repoConfiguration"]!["accountName"]!);
        Assert.Equal("a", (string)(await emulator.GetAsync("")).Content!["properties"]!["repoConfiguration"]!["accountName"]!);
        await emulator.PostAsync(Address, $$"""{"factoryResourceId":"{{TestEmulator.Factory}}"}""");
        Assert.Null((await emulator.GetAsync("")).Content!["properties"]!["repoConfiguration"]);
    }

    [Fact]
    public async Task An_editor_finds_factories_from_tenant_to_group()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/one", """{"location":"x"}""");
        async Task<JsonArray> ListAsync(string path) => (await emulator.GetAsync($"{path}?api-version=2022-12-01")).Content!["value"]!.AsArray();
        var tenant = (string)(await ListAsync("/tenants"))[0]!["tenantId"]!;
        var subscriptions = await ListAsync("/subscriptions");
        Assert.Equal(["00000000-0000-0000-0000-000000000000", "s"], subscriptions.Select(s => (string)s!["subscriptionId"]!));
        Assert.All(subscriptions, s => Assert.Equal((tenant, "Enabled"), ((string)s!["tenantId"]!, (string)s["state"]!)));
        Assert.Equal("s", (string)(await emulator.GetAsync("/subscriptions/S")).Content!["subscriptionId"]!);
        Assert.Equal(["g"], (await ListAsync("/subscriptions/s/resourceGroups")).Select(g => (string)g!["name"]!));
    }

    [Fact]
    public async Task Features_are_off_and_access_to_data_opens_nothing()
    {
        await using var emulator = await TestEmulator.StartAsync();
        Assert.Equal("False", (string)(await emulator.PostAsync("getFeatureValue", """{"featureName":"f","featureType":"Feature"}""")).Content!["value"]!);
        var several = await emulator.PostAsync("queryFeaturesValue", """{"exposureControlRequests":[{"featureName":"a"},{"featureName":"b"}]}""");
        Assert.Equal(["a", "b"], several.Content!["exposureControlResponses"]!.AsArray().Select(r => (string)r!["featureName"]!));
        Assert.Equal("r", (string)(await emulator.PostAsync("getDataPlaneAccess", """{"permissions":"r"}""")).Content!["policy"]!["permissions"]!);
    }

    [Fact]
    public async Task A_system_assigned_identity_gets_its_ids()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var factory = await emulator.PutAsync("", """{"location":"x","identity":{"type":"SystemAssigned"}}""");
        Assert.True(Guid.TryParse((string)factory.Content!["identity"]!["principalId"]!, out _));
    }
}
