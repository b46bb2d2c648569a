using Pipewright.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Emulator;

public sealed class ResourceTests
{
    public static TheoryData<string, string, string> Kinds => new()
    {
        { "pipelines", "pipelines", """{"activities":[]}""" },
        { "datasets", "datasets", """{"type":"Binary","typeProperties":{}}""" },
        { "linkedservices", "linkedservices", """{"type":"AzureBlobStorage","typeProperties":{"x":1.0}}""" },
        { "triggers", "triggers", """{"type":"ScheduleTrigger","runtimeState":"Stopped"}""" },
        { "dataflows", "dataflows", """{"type":"MappingDataFlow"}""" },
        { "integrationRuntimes", "integrationRuntimes", """{"type":"SelfHosted"}""" },
        { "credentials", "credentials", """{"type":"ManagedIdentity"}""" },
        { "managedVirtualNetworks", "managedVirtualNetworks", "{}" },
        { "managedVirtualNetworks/net/managedPrivateEndpoints", "managedVirtualNetworks/managedPrivateEndpoints", """{"groupId":"blob"}""" },
        { "adfcdcs", "adfcdcs", """{"SourceConnectionsInfo":[]}""" },
        { "globalParameters", "globalParameters", """{"waitTime":{"type":"int","value":5}}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_is_made_read_listed_replaced_and_deleted(string collection, string type, string properties)
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Plain = true });
        await emulator.PutAsync("managedVirtualNetworks/net", """{"properties":{}}""");

        var made = await emulator.PutAsync($"{collection}/First-one", $$$"""{"properties":{{{properties}}},"name":"other","id":"x"}""");
        Assert.Equal(200, made.Status);
        Assert.Equal(["id", "name", "type", "properties", "etag"], made.Content!.AsObject().Select(p => p.Key));
        Assert.Equal($"{TestEmulator.Factory}/{collection}/First-one", (string)made.Content["id"]!);
        Assert.Equal("First-one", (string)made.Content["name"]!);
        Assert.Equal($"Microsoft.DataFactory/factories/{type}", (string)made.Content["type"]!);
        Assert.Matches("^[0-9a-f]{8}-0000-0000-0000-[0-9a-f]{12}$", made.ETag);
        Assert.Equal(properties, made.Content["properties"]!.ToJsonString());

        var read = await emulator.GetAsync($"{collection}/First-one");
        Assert.Equal(made.Content.ToJsonString(), read.Content!.ToJsonString());
        Assert.Contains("First-one", (await emulator.GetAsync(collection)).Names);

        var replaced = await emulator.PutAsync($"{collection}/First-one", $$$"""{"properties":{{{properties}}}}""", made.ETag);
        Assert.NotEqual(made.ETag, replaced.ETag);

        if (collection == "managedVirtualNetworks")
        {
            Assert.Equal(501, (await emulator.DeleteAsync($"{collection}/First-one")).Status);
            return;
        }

        Assert.Equal(200, (await emulator.DeleteAsync($"{collection}/First-one")).Status);
        Assert.Equal(204, (await emulator.DeleteAsync($"{collection}/First-one")).Status);
        var gone = await emulator.GetAsync($"{collection}/First-one");
        Assert.Equal(404, gone.Status);
        Assert.EndsWith("NotFound", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_come_in_pages_that_hold_everything_once()
    {
        await using var emulator = await TestEmulator.StartAsync(pageSize: 2);
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
        {
            await emulator.PutAsync($"pipelines/{name}", """{"properties":{}}""");
        }

        var names = new List<string[]>();
        for (var next = "pipelines"; next is not null;)
        {
            var page = await emulator.GetAsync(next);
            names.Add([.. page.Names]);
            next = (string?)page.Content!["nextLink"];
        }

        Assert.Equal([["a", "b"], ["c", "d"], ["e"]], names);
    }

    [Fact]
    public async Task A_version_that_has_been_replaced_is_not_replaced_again()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var first = await emulator.PutAsync("pipelines/p", """{"properties":{}}""");
        var second = await emulator.PutAsync("pipelines/p", """{"properties":{"description":"2"}}""", $"\"{first.ETag}\"");
        Assert.Equal(200, second.Status);
        var late = await emulator.PutAsync("pipelines/p", """{"properties":{"description":"3"}}""", first.ETag);
        Assert.Equal((412, "PreconditionFailed"), (late.Status, late.Error));
        Assert.Equal("2", (string)(await emulator.GetAsync("pipelines/p")).Content!["properties"]!["description"]!);
        Assert.Equal(200, (await emulator.PutAsync("pipelines/p", """{"properties":{}}""", "*")).Status);
        Assert.Equal(412, (await emulator.PutAsync("pipelines/new", """{"properties":{}}""", first.ETag)).Status);
    }

    [Fact]
    public async Task What_the_client_has_already_is_not_sent_again()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var made = await emulator.PutAsync("pipelines/p", """{"properties":{}}""");
        var same = await emulator.GetAsync("pipelines/p", made.ETag);
        Assert.Equal(304, same.Status);
        Assert.Null(same.Content);
        Assert.Equal(200, (await emulator.GetAsync("pipelines/p", "other")).Status);
        var factory = (await emulator.GetAsync("")).Content!;
        Assert.Equal(304, (await emulator.GetAsync("", (string)factory["eTag"]!)).Status);
    }

    [Theory]
    [InlineData("GET", "pipelines/none", null, 404, "PipelineNotFound")]
    [InlineData("GET", "linkedServices/none", null, 404, "LinkedServiceNotFound")]
    [InlineData("GET", "managedVirtualNetworks/none/managedPrivateEndpoints", null, 404, "ManagedVirtualNetworkNotFound")]
    [InlineData("GET", "pipelines?x=1", null, 400, "MissingApiVersionParameter")]
    [InlineData("GET", "/", null, 404, "InvalidResourceType")]
    [InlineData("GET", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a", null, 404, "InvalidResourceType")]
    [InlineData("GET", "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/other", null, 404, "ResourceNotFound")]
    [InlineData("PUT", "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/other/pipelines/p", "{}", 404, "ResourceNotFound")]
    [InlineData("PUT", "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/under_score", """{"location":"x"}""", 400, "InvalidFactoryName")]
    [InlineData("PUT", "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/fine", "{}", 400, "LocationRequired")]
    [InlineData("PUT", "pipelines/p", "{", 400, "InvalidRequestContent")]
    [InlineData("PUT", "pipelines/p", "", 400, "InvalidRequestContent")]
    [InlineData("PUT", "pipelines/p", """{"properties":{},"properties":{}}""", 400, "InvalidRequestContent")]
    [InlineData("PUT", "pipelines/p", """{"properties":{"a":{"b":1,"b":2}}}""", 400, "InvalidRequestContent")]
    [InlineData("PUT", "pipelines/p", "[]", 400, "BadRequest")]
    [InlineData("PUT", "pipelines/p", """{"properties":[]}""", 400, "BadRequest")]
    [InlineData("PUT", "datasets/d", """{"properties":{"typeProperties":{}}}""", 400, "BadRequest")]
    [InlineData("PUT", "pipelines/a.b", """{"properties":{}}""", 400, "InvalidResourceName")]
    [InlineData("PUT", "pipelines/-a", """{"properties":{}}""", 400, "InvalidResourceName")]
    [InlineData("PUT", "integrationRuntimes/a_b", """{"properties":{"type":"SelfHosted"}}""", 400, "InvalidResourceName")]
    [InlineData("PUT", "integrationRuntimes/ab", """{"properties":{"type":"SelfHosted"}}""", 400, "InvalidResourceName")]
    [InlineData("PUT", "credentials/a b", """{"properties":{"type":"ManagedIdentity"}}""", 400, "InvalidResourceName")]
    [InlineData("PUT", "credentials/a-", """{"properties":{"type":"ManagedIdentity"}}""", 400, "InvalidResourceName")]
    [InlineData("PUT", "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/fine", """{"location":"x","properties":[]}""", 400, "BadRequest")]
    [InlineData("GET", "/subscriptions/none/resourcegroups", null, 404, "SubscriptionNotFound")]
    [InlineData("POST", "/subscriptions/s/providers/Microsoft.DataFactory/locations/x/configureFactoryRepo", "{}", 400, "BadRequest")]
    [InlineData("GET", "operationresults/none", null, 404, "OperationNotFound")]
    [InlineData("POST", "integrationRuntimes/none/getStatus", null, 404, "IntegrationRuntimeNotFound")]
    [InlineData("POST", "adfcdcs/none/start", null, 404, "ChangeDataCaptureNotFound")]
    [InlineData("PUT", "pipelines/a%2Fb", """{"properties":{}}""", 400, "InvalidResourceName")]
    [InlineData("POST", "pipelines", "{}", 501, "NotSupportedByEmulator")]
    [InlineData("POST", "createDataFlowDebugSession", "{}", 501, "NotSupportedByEmulator")]
    [InlineData("POST", "pipelines/p/createRun", "{}", 404, "PipelineNotFound")]
    [InlineData("GET", "nonsense", null, 501, "NotSupportedByEmulator")]
    [InlineData("GET", "managedPrivateEndpoints", null, 501, "NotSupportedByEmulator")]
    [InlineData("POST", "triggers/none/start", null, 404, "TriggerNotFound")]
    public async Task A_refusal_has_a_status_and_a_code_in_the_envelope_of_Azure(string method, string path, string? body, int status, string code)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var answer = await emulator.SendAsync(method, path, body);
        Assert.Equal((status, code), (answer.Status, answer.Error));
        Assert.NotEmpty((string)answer.Content!["error"]!["message"]!);
        Assert.Equal("application/json", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Message.Headers.Contains("x-ms-correlation-request-id"));
    }

    [Theory]
    [InlineData("pipelines/new", """{"activities":[{"linkedServiceName":{"referenceName":"nowhere","type":"LinkedServiceReference"}}]}""", "nowhere")]
    [InlineData("datasets/new", """{"type":"Binary","linkedServiceName":{"referenceName":"lost","type":"LinkedServiceReference"}}""", "lost")]
    [InlineData("triggers/new", """{"type":"ScheduleTrigger","pipelines":[{"pipelineReference":{"referenceName":"gone","type":"PipelineReference"}}]}""", "gone")]
    public async Task What_refers_to_nothing_is_refused_and_not_kept(string path, string properties, string missing)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var answer = await emulator.PutAsync(path, $$$"""{"properties":{{{properties}}}}""");
        Assert.Equal((400, "BadRequest"), (answer.Status, answer.Error));
        Assert.Contains($"invalid reference '{missing}'", (string)answer.Content!["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal(404, (await emulator.GetAsync(path)).Status);
    }

    [Fact]
    public async Task What_is_referred_to_is_not_deleted()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("linkedservices/Lake", """{"properties":{"type":"AzureBlobFS"}}""");
        await emulator.PutAsync("datasets/Orders", """{"properties":{"type":"Binary","linkedServiceName":{"referenceName":"LAKE","type":"LinkedServiceReference"}}}""");
        var refused = await emulator.DeleteAsync("linkedservices/lake");
        Assert.Equal((400, "BadRequest"), (refused.Status, refused.Error));
        Assert.Contains("referenced by Orders", (string)refused.Content!["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal(200, (await emulator.DeleteAsync("datasets/Orders")).Status);
        Assert.Equal(200, (await emulator.DeleteAsync("linkedservices/lake")).Status);
    }

    [Fact]
    public async Task The_default_runtime_is_there_without_being_made()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var properties = """{"type":"AzureSqlDatabase","connectVia":{"referenceName":"AutoResolveIntegrationRuntime","type":"IntegrationRuntimeReference"}}""";
        Assert.Equal(200, (await emulator.PutAsync("linkedservices/Sql", $$$"""{"properties":{{{properties}}}}""")).Status);
    }

    [Fact]
    public async Task A_runtime_keeps_its_type()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("integrationRuntimes/own", """{"properties":{"type":"SelfHosted"}}""");
        var refused = await emulator.PutAsync("integrationRuntimes/own", """{"properties":{"type":"Managed"}}""");
        Assert.Equal((400, "DataFactoryPropertyUpdateNotSupported"), (refused.Status, refused.Error));
        Assert.Equal(200, (await emulator.PutAsync("integrationRuntimes/own", """{"properties":{"type":"SelfHosted","description":"d"}}""")).Status);
    }

    [Fact]
    public async Task Addresses_are_matched_without_regard_to_case_and_names_are_kept_as_first_written()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("PIPELINES/Load", """{"properties":{}}""");
        await emulator.PutAsync("pipelines/LOAD", """{"properties":{"description":"again"}}""");
        Assert.Equal(["Load"], (await emulator.GetAsync(TestEmulator.Factory.ToUpperInvariant() + "/pipelines")).Names);
        var read = await emulator.GetAsync("Pipelines/load");
        Assert.Equal($"{TestEmulator.Factory}/pipelines/Load", (string)read.Content!["id"]!);
    }

    [Fact]
    public async Task A_trigger_starts_stops_and_is_neither_replaced_nor_deleted_while_it_fires()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("pipelines/p", """{"properties":{}}""");
        var body = """{"properties":{"type":"ScheduleTrigger","runtimeState":"Started","pipelines":[{"pipelineReference":{"referenceName":"p","type":"PipelineReference"}}]}}""";
        string State(Answer answer) => (string)answer.Content!["properties"]!["runtimeState"]!;
        Assert.Equal("Stopped", State(await emulator.PutAsync("triggers/t", body)));

        var stopped = await emulator.GetAsync("triggers/t");
        Assert.Equal(200, (await emulator.PostAsync("triggers/T/START")).Status);
        var started = await emulator.GetAsync("triggers/t");
        Assert.Equal("Started", State(started));
        Assert.NotEqual(stopped.ETag, started.ETag);
        Assert.Equal("Enabled", (string)(await emulator.PostAsync("triggers/t/getEventSubscriptionStatus")).Content!["status"]!);

        Assert.Equal("TriggerEnabledCannotUpdate", (await emulator.PutAsync("triggers/t", body)).Error);
        Assert.Equal("TriggerEnabledCannotUpdate", (await emulator.DeleteAsync("triggers/t")).Error);
        Assert.Equal(["t"], (await emulator.PostAsync("queryTriggers", "{}")).Names);

        Assert.Equal(200, (await emulator.PostAsync("triggers/t/stop")).Status);
        Assert.Equal(200, (await emulator.PutAsync("triggers/t", body)).Status);
        Assert.Equal(200, (await emulator.DeleteAsync("triggers/t")).Status);
    }

    [Fact]
    public async Task Many_writers_of_one_version_leave_one_winner()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var made = await emulator.PutAsync("pipelines/p", """{"properties":{}}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => emulator.PutAsync("pipelines/p", """{"properties":{"description":"N"}}""".Replace("N", $"{i}", StringComparison.Ordinal), made.ETag)));
        Assert.Equal([200], answers.Select(a => a.Status).Where(s => s != 412));
    }
}
