using Xunit;

namespace Pipewright.Server.Tests.Emulator;

public sealed class FactoryTests
{
    private const string Group = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories";

    [Fact]
    public async Task A_factory_is_described_as_Azure_describes_it()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var made = await emulator.PutAsync($"{Group}/fine", """{"location":"East US","tags":{"a":"b"},"identity":{"type":"SystemAssigned"},"properties":{"publicNetworkAccess":"Enabled"}}""");
        Assert.Equal(200, made.Status);
        var content = made.Content!;
        Assert.Equal(("fine", $"{Group}/fine", "Microsoft.DataFactory/factories"), ((string)content["name"]!, (string)content["id"]!, (string)content["type"]!));
        Assert.Equal(("East US", "b"), ((string)content["location"]!, (string)content["tags"]!["a"]!));
        Assert.Equal(("Succeeded", "2018-06-01", "Enabled"), ((string)content["properties"]!["provisioningState"]!, (string)content["properties"]!["version"]!, (string)content["properties"]!["publicNetworkAccess"]!));
        Assert.True(DateTimeOffset.TryParse((string?)content["properties"]!["createTime"], out _));
        Assert.Matches("^\"[0-9a-f-]+\"$", (string)content["eTag"]!);
    }

    [Fact]
    public async Task A_factory_without_properties_still_tells_its_state_and_keeps_the_time_it_was_made()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var made = (await emulator.PutAsync($"{Group}/fine", """{"location":"East US"}""")).Content!;
        Assert.Equal("Succeeded", (string)made["properties"]!["provisioningState"]!);
        var again = (await emulator.PutAsync($"{Group}/fine", """{"location":"East US","properties":{"createTime":"1999-01-01T00:00:00Z"}}""")).Content!;
        Assert.Equal((string)made["properties"]!["createTime"]!, (string)again["properties"]!["createTime"]!);
    }

    [Fact]
    public async Task Factories_are_listed_by_group_and_by_subscription()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync($"{Group}/one", """{"location":"x"}""");
        await emulator.PutAsync("/subscriptions/s/resourceGroups/h/providers/Microsoft.DataFactory/factories/two", """{"location":"x"}""");
        Assert.Equal(["one"], (await emulator.GetAsync(Group)).Names);
        Assert.Equal(["one", "two"], (await emulator.GetAsync("/subscriptions/S/providers/Microsoft.DataFactory/factories")).Names);
    }

    [Fact]
    public async Task A_patch_changes_tags_and_nothing_else()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync($"{Group}/one", """{"location":"x","properties":{"publicNetworkAccess":"Enabled"}}""");
        var patched = (await emulator.SendAsync("PATCH", $"{Group}/one", """{"tags":{"a":"b"},"location":"y"}""")).Content!;
        Assert.Equal(("b", "x", "Enabled"), ((string)patched["tags"]!["a"]!, (string)patched["location"]!, (string)patched["properties"]!["publicNetworkAccess"]!));
    }

    [Fact]
    public async Task A_stale_factory_is_not_replaced_and_a_deleted_one_takes_its_resources_along()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var first = (string)(await emulator.PutAsync($"{Group}/one", """{"location":"x"}""")).Content!["eTag"]!;
        Assert.Equal(200, (await emulator.PutAsync($"{Group}/one", """{"location":"x"}""", first)).Status);
        Assert.Equal(412, (await emulator.PutAsync($"{Group}/one", """{"location":"x"}""", first)).Status);
        await emulator.PutAsync($"{Group}/one/pipelines/p", """{"properties":{}}""");
        Assert.Equal(200, (await emulator.DeleteAsync($"{Group}/ONE")).Status);
        Assert.Equal(204, (await emulator.DeleteAsync($"{Group}/one")).Status);
        await emulator.PutAsync($"{Group}/one", """{"location":"x"}""");
        Assert.Empty((await emulator.GetAsync($"{Group}/one/pipelines")).Names);
    }

    [Fact]
    public async Task The_state_folder_survives_a_restart()
    {
        using var state = new TestFolder();
        string etag;
        await using (var emulator = await TestEmulator.StartAsync(state.Path))
        {
            await emulator.PutAsync($"{Group}/one", """{"location":"x","tags":{"a":"b"}}""");
            await emulator.PutAsync("pipelines/Load all", """{"properties":{"description":"é"}}""");
            await emulator.PutAsync("pipelines/factory", """{"properties":{}}""");
            await emulator.PutAsync("pipelines/gone", """{"properties":{}}""");
            await emulator.DeleteAsync("pipelines/GONE");
            await emulator.PutAsync("managedVirtualNetworks/net", """{"properties":{}}""");
            await emulator.PutAsync("managedVirtualNetworks/net/managedPrivateEndpoints/pe", """{"properties":{"groupId":"blob"}}""");
            await emulator.PutAsync("triggers/t", """{"properties":{"type":"ScheduleTrigger","pipelines":[{"pipelineReference":{"referenceName":"Load all","type":"PipelineReference"}}]}}""");
            await emulator.PostAsync("triggers/t/start");
            etag = (await emulator.GetAsync("pipelines/Load all")).ETag;
        }

        await using var restarted = await TestEmulator.StartAsync(state.Path);
        Assert.Equal("b", (string)(await restarted.GetAsync($"{Group}/one")).Content!["tags"]!["a"]!);
        Assert.Equal(["factory", "Load all"], (await restarted.GetAsync("pipelines")).Names);
        Assert.Equal(304, (await restarted.GetAsync("pipelines/Load all", etag)).Status);
        Assert.NotEqual(etag, (await restarted.PutAsync("pipelines/gone", """{"properties":{}}""")).ETag);
        Assert.Equal("é", (string)(await restarted.GetAsync("pipelines/Load all")).Content!["properties"]!["description"]!);
        Assert.Equal(["pe"], (await restarted.GetAsync("managedVirtualNetworks/net/managedPrivateEndpoints")).Names);
        Assert.Equal("Started", (string)(await restarted.GetAsync("triggers/t")).Content!["properties"]!["runtimeState"]!);
    }

    [Fact]
    public async Task A_factory_that_was_deleted_in_another_case_stays_deleted_over_a_restart()
    {
        using var state = new TestFolder();
        await using (var emulator = await TestEmulator.StartAsync(state.Path))
        {
            await emulator.PutAsync($"{Group}/one", """{"location":"x"}""");
            await emulator.DeleteAsync($"{Group}/ONE");
        }

        await using var restarted = await TestEmulator.StartAsync(state.Path);
        Assert.Equal(404, (await restarted.GetAsync($"{Group}/one")).Status);
    }

    [Fact]
    public async Task A_state_file_that_is_broken_is_left_out_and_the_rest_is_read()
    {
        using var state = new TestFolder();
        await using (var emulator = await TestEmulator.StartAsync(state.Path))
        {
            await emulator.PutAsync("pipelines/good", """{"properties":{}}""");
            await emulator.PutAsync("pipelines/bad", """{"properties":{}}""");
        }

        File.WriteAllText(Directory.EnumerateFiles(state.Path, "bad.json", SearchOption.AllDirectories).Single(), "{");
        await using var restarted = await TestEmulator.StartAsync(state.Path);
        Assert.Equal(["good"], (await restarted.GetAsync("pipelines")).Names);
    }

    [Fact]
    public async Task A_factory_is_filled_from_files_in_both_forms()
    {
        using var seed = new TestFolder(
            ("load.pipeline.yaml", "activities:\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }\n"),
            ("dataset/Orders.json", """{"name":"Orders","properties":{"type":"Binary","linkedServiceName":{"referenceName":"Lake","type":"LinkedServiceReference"}}}"""),
            ("main.factory.yaml", "globalParameters:\n  env: { type: string, value: dev }\n"),
            ("notes.txt", "not a resource"));
        await using var emulator = await TestEmulator.StartAsync(seed: seed.Path);
        Assert.Equal("Wait", (string)(await emulator.GetAsync("pipelines/load")).Content!["properties"]!["activities"]![0]!["type"]!);
        Assert.Equal("Lake", (string)(await emulator.GetAsync("datasets/Orders")).Content!["properties"]!["linkedServiceName"]!["referenceName"]!);
        Assert.Equal("dev", (string)(await emulator.GetAsync("")).Content!["properties"]!["globalParameters"]!["env"]!["value"]!);
    }

    [Fact]
    public async Task The_sample_fills_every_kind_that_it_has()
    {
        var sample = Path.Combine(Repository.Root, "samples", "medallion");
        await using var emulator = await TestEmulator.StartAsync(seed: sample, pageSize: 500);
        foreach (var (collection, suffix) in ((string, string)[])[("pipelines", "pipeline"), ("datasets", "dataset"), ("linkedservices", "linkedService"), ("triggers", "trigger"), ("dataflows", "dataflow"), ("integrationRuntimes", "integrationRuntime"), ("credentials", "credential")])
        {
            var files = Directory.EnumerateFiles(sample, $"*.{suffix}.yaml", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)[..^$".{suffix}.yaml".Length]);
            Assert.Equal(files.Order(StringComparer.OrdinalIgnoreCase), (await emulator.GetAsync(collection)).Names);
        }

        Assert.Equal(["lake_dfs"], (await emulator.GetAsync("managedVirtualNetworks/default/managedPrivateEndpoints")).Names);
    }
}
