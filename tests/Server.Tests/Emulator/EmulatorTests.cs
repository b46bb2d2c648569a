using Pipewright.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Emulator;

/// <summary>The emulator answers as Azure Resource Manager does.</summary>
public sealed class EmulatorTests
{
    private const string Empty = """{"properties":{}}""";

    [Theory]
    [InlineData("pipelines", """{"properties":{"activities":[]}}""", "pipelines")]
    [InlineData("datasets", """{"properties":{"type":"Parquet"}}""", "datasets")]
    [InlineData("linkedservices", """{"properties":{"type":"AzureKeyVault"}}""", "linkedservices")]
    [InlineData("triggers", """{"properties":{"type":"ScheduleTrigger"}}""", "triggers")]
    [InlineData("dataflows", """{"properties":{"type":"MappingDataFlow"}}""", "dataflows")]
    [InlineData("integrationRuntimes", """{"properties":{"type":"SelfHosted"}}""", "integrationRuntimes")]
    [InlineData("credentials", """{"properties":{"type":"ManagedIdentity"}}""", "credentials")]
    [InlineData("managedVirtualNetworks", Empty, "managedVirtualNetworks")]
    [InlineData("adfcdcs", Empty, "adfcdcs")]
    [InlineData("globalParameters", Empty, "globalParameters")]
    public async Task A_resource_of_each_kind_is_put_read_listed_and_deleted(string collection, string body, string type)
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        Assert.Equal(404, (await emulator.SendAsync("GET", $"{collection}/one")).Status);

        var (status, put) = await emulator.SendAsync("PUT", $"{collection}/one", body);
        Assert.Equal(200, status);
        Assert.Equal($"{EmulatorHost.DefaultFactory.Id}/{collection}/one", (string?)put!["id"]);
        Assert.Equal("one", (string?)put["name"]);
        Assert.Equal($"Microsoft.DataFactory/factories/{type}", (string?)put["type"]);

        var (_, read) = await emulator.SendAsync("GET", $"{collection.ToUpperInvariant()}/ONE");
        Assert.Equal((string?)put["etag"], (string?)read!["etag"]);
        Assert.Single((await emulator.SendAsync("GET", collection)).Body!["value"]!.AsArray());
        Assert.Equal(200, (await emulator.SendAsync("DELETE", $"{collection}/one")).Status);
        Assert.Equal(204, (await emulator.SendAsync("DELETE", $"{collection}/one")).Status);
    }

    [Fact]
    public async Task A_private_endpoint_lives_in_its_network()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        const string Path = "managedVirtualNetworks/default/managedPrivateEndpoints/lake";
        Assert.Equal(404, (await emulator.SendAsync("PUT", Path, Empty)).Status);
        await emulator.SendAsync("PUT", "managedVirtualNetworks/default", Empty);
        var (status, put) = await emulator.SendAsync("PUT", Path, Empty);
        Assert.Equal(200, status);
        Assert.Equal("Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints", (string?)put!["type"]);
        Assert.Single((await emulator.SendAsync("GET", "managedVirtualNetworks/default/managedPrivateEndpoints")).Body!["value"]!.AsArray());
        Assert.Single((await emulator.SendAsync("GET", "managedVirtualNetworks")).Body!["value"]!.AsArray());
    }

    [Fact]
    public async Task A_factory_is_made_found_and_deleted_with_all_that_is_in_it()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        const string Factory = "/subscriptions/s1/resourceGroups/g1/providers/Microsoft.DataFactory/factories/adf-one";
        Assert.Equal((404, "ResourceNotFound"), Error(await emulator.SendAsync("GET", Factory)));
        Assert.Equal((404, "ResourceNotFound"), Error(await emulator.SendAsync("PUT", Factory + "/pipelines/p", Empty)));
        Assert.Equal((400, "LocationRequired"), Error(await emulator.SendAsync("PUT", Factory, "{}")));
        Assert.Equal((400, "InvalidFactoryName"), Error(await emulator.SendAsync("PUT", Factory + "--", """{"location":"x"}""")));
        var (status, put) = await emulator.SendAsync("PUT", Factory, """{"location":"westeurope","properties":{"globalParameters":{"a":{"type":"int","value":1}}}}""");
        Assert.Equal(200, status);
        Assert.Equal(("westeurope", "Succeeded", 1), ((string?)put!["location"], (string?)put["properties"]!["provisioningState"], (int)put["properties"]!["globalParameters"]!["a"]!["value"]!));
        Assert.Single((await emulator.SendAsync("GET", "/subscriptions/s1/providers/Microsoft.DataFactory/factories")).Body!["value"]!.AsArray());
        await emulator.SendAsync("PUT", Factory + "/pipelines/p", Empty);
        Assert.Equal(200, (await emulator.SendAsync("DELETE", Factory)).Status);
        await emulator.SendAsync("PUT", Factory, """{"location":"westeurope"}""");
        Assert.Equal(404, (await emulator.SendAsync("GET", Factory + "/pipelines/p")).Status);
    }

    [Fact]
    public async Task A_long_list_comes_in_pages()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync(pageSize: 2);
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
        {
            await emulator.SendAsync("PUT", $"pipelines/{name}", Empty);
        }

        var names = new List<string>();
        var page = (await emulator.SendAsync("GET", "pipelines")).Body;
        for (var pages = 1; page is not null; pages++)
        {
            names.AddRange(page["value"]!.AsArray().Select(v => (string)v!["name"]!));
            page = (string?)page["nextLink"] is { } link ? await emulator.FollowAsync(link) : null;
            Assert.True(pages <= 3);
        }

        Assert.Equal(["a", "b", "c", "d", "e"], names);
    }

    [Fact]
    public async Task A_version_that_is_not_the_current_one_is_refused()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        var etag = (string)(await emulator.SendAsync("PUT", "pipelines/p", Empty)).Body!["etag"]!;
        Assert.Equal(304, (await emulator.SendAsync("GET", "pipelines/p", ifNoneMatch: etag)).Status);
        var changed = (string)(await emulator.SendAsync("PUT", "pipelines/p", Empty, ifMatch: etag)).Body!["etag"]!;
        Assert.NotEqual(etag, changed);
        Assert.Equal((412, "PreconditionFailed"), Error(await emulator.SendAsync("PUT", "pipelines/p", Empty, ifMatch: etag)));
        Assert.Equal((412, "PreconditionFailed"), Error(await emulator.SendAsync("PUT", "pipelines/new", Empty, ifMatch: etag)));
        Assert.Equal(200, (await emulator.SendAsync("PUT", "pipelines/p", Empty, ifMatch: "*")).Status);
        Assert.Equal(200, (await emulator.SendAsync("GET", "pipelines/p", ifNoneMatch: etag)).Status);
    }

    [Fact]
    public async Task What_refers_to_nothing_is_refused_and_so_is_deleting_what_is_referred_to()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        const string Dataset = """{"properties":{"type":"Parquet","linkedServiceName":{"referenceName":"Lake","type":"LinkedServiceReference"}}}""";
        var (status, body) = await emulator.SendAsync("PUT", "datasets/d", Dataset);
        Assert.Equal(400, status);
        Assert.Equal("The document creation or update failed because of invalid reference 'Lake'.", (string?)body!["error"]!["message"]);

        await emulator.SendAsync("PUT", "linkedservices/lake", """{"properties":{"type":"AzureBlobFS","connectVia":{"referenceName":"AutoResolveIntegrationRuntime","type":"IntegrationRuntimeReference"}}}""");
        Assert.Equal(200, (await emulator.SendAsync("PUT", "datasets/d", Dataset)).Status);
        (status, body) = await emulator.SendAsync("DELETE", "linkedservices/Lake");
        Assert.Equal((400, "The document cannot be deleted since it is referenced by d."), (status, (string?)body!["error"]!["message"]));
        await emulator.SendAsync("DELETE", "datasets/d");
        Assert.Equal(200, (await emulator.SendAsync("DELETE", "linkedservices/Lake")).Status);
    }

    [Fact]
    public async Task A_trigger_that_fires_is_not_changed()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        const string Trigger = """{"properties":{"type":"ScheduleTrigger","runtimeState":"Started"}}""";
        Assert.Equal("Stopped", (string?)(await emulator.SendAsync("PUT", "triggers/t", Trigger)).Body!["properties"]!["runtimeState"]);
        Assert.Equal(200, (await emulator.SendAsync("POST", "triggers/t/start")).Status);
        Assert.Equal((400, "TriggerEnabledCannotUpdate"), Error(await emulator.SendAsync("PUT", "triggers/t", Trigger)));
        Assert.Equal((400, "TriggerEnabledCannotUpdate"), Error(await emulator.SendAsync("DELETE", "triggers/t")));
        Assert.Single((await emulator.SendAsync("POST", "querytriggers", "{}")).Body!["value"]!.AsArray());
        await emulator.SendAsync("POST", "triggers/t/stop");
        Assert.Equal(200, (await emulator.SendAsync("PUT", "triggers/t", Trigger)).Status);
        Assert.Equal((404, "TriggerNotFound"), Error(await emulator.SendAsync("POST", "triggers/other/start")));
    }

    [Theory]
    [InlineData("PUT", "pipelines/p", "{", 400, "InvalidRequestContent")]
    [InlineData("PUT", "pipelines/p", "[]", 400, "BadRequest")]
    [InlineData("PUT", "pipelines/p", "{}", 400, "BadRequest")]
    [InlineData("PUT", "datasets/d", Empty, 400, "BadRequest")]
    [InlineData("PUT", "pipelines/a%3Fb", Empty, 400, "InvalidResourceName")]
    [InlineData("GET", "pipelines/none", null, 404, "PipelineNotFound")]
    [InlineData("GET", "/subscriptions/s?api-version=1", null, 404, "InvalidResourceType")]
    [InlineData("POST", "pipelines/p/createRun", "{}", 501, "NotSupportedByEmulator")]
    [InlineData("GET", "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/f?x=1", null, 400, "MissingApiVersionParameter")]
    public async Task A_bad_request_gets_an_error_with_a_code(string method, string path, string? body, int status, string code)
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        Assert.Equal((status, code), Error(await emulator.SendAsync(method, path, body)));
    }

    [Fact]
    public async Task The_type_of_an_integration_runtime_is_for_ever()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync();
        await emulator.SendAsync("PUT", "integrationRuntimes/i", """{"properties":{"type":"Managed"}}""");
        Assert.Equal((400, "DataFactoryPropertyUpdateNotSupported"), Error(await emulator.SendAsync("PUT", "integrationRuntimes/i", """{"properties":{"type":"SelfHosted"}}""")));
    }

    [Fact]
    public async Task The_state_outlives_the_process()
    {
        var folder = Directory.CreateTempSubdirectory("pipewright-state").FullName;
        try
        {
            await using (var first = await EmulatorUnderTest.StartAsync(state: folder))
            {
                await first.SendAsync("PUT", "pipelines/a%20b", """{"properties":{"description":"kept"}}""");
                await first.SendAsync("PUT", "managedVirtualNetworks/default", Empty);
                await first.SendAsync("PUT", "managedVirtualNetworks/default/managedPrivateEndpoints/e", Empty);
                await first.SendAsync("PUT", "pipelines/gone", Empty);
                await first.SendAsync("DELETE", "pipelines/gone");
            }

            await File.WriteAllTextAsync(Path.Combine(folder, "stray.json"), "{");
            await using var second = await EmulatorUnderTest.StartAsync(state: folder);
            Assert.Equal("kept", (string?)(await second.SendAsync("GET", "pipelines/a%20b")).Body!["properties"]!["description"]);
            Assert.Equal(200, (await second.SendAsync("GET", "managedVirtualNetworks/default/managedPrivateEndpoints/e")).Status);
            Assert.Equal(404, (await second.SendAsync("GET", "pipelines/gone")).Status);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task It_is_filled_from_a_factorys_files()
    {
        await using var emulator = await EmulatorUnderTest.StartAsync(seed: Path.Combine(Repository.Root, "samples", "medallion-git"));
        Assert.Equal(8, (await emulator.SendAsync("GET", "pipelines")).Body!["value"]!.AsArray().Count);
    }

    private static (int Status, string? Code) Error((int Status, System.Text.Json.Nodes.JsonNode? Body) answer) => (answer.Status, (string?)answer.Body?["error"]?["code"]);
}
