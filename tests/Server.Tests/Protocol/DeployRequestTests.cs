using System.Text.Json.Nodes;
using Pipewright.Server.Tests.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Deployment as an editor asks for it.</summary>
public sealed class DeployRequestTests
{
    private const int RequestFailed = -32803;
    private const string Wait = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n";
    private const string Caller = "activities:\n  - { name: A, type: ExecutePipeline, pipeline: called }\n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_document_is_deployed_with_what_it_needs(bool isOpen)
    {
        using var folder = new TestFolder(("caller.pipeline.yaml", Caller), ("called.pipeline.yaml", Wait), ("other.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var uri = folder.UriOf("caller.pipeline.yaml");
        if (isOpen)
        {
            await client.OpenAsync(uri, Caller);
        }

        var parameters = LspClient.At(uri);
        parameters["workDoneToken"] = "mine";
        var result = await client.RequestAsync("pipewright/deploy", parameters);
        Assert.True(result!["succeeded"]!.GetValue<bool>());
        Assert.Equal(["called", "caller"], result["results"]!.AsArray().Select(r => r!["name"]!.GetValue<string>()));
        Assert.All(result["results"]!.AsArray(), r => Assert.Equal(("pipeline", "created"), (r!["kind"]!.GetValue<string>(), r["action"]!.GetValue<string>())));
        Assert.Equal(uri, result["results"]![1]!["uri"]!.GetValue<string>());
        Assert.Equal(["called", "caller"], (await emulator.GetAsync("pipelines")).Names.Order());
        await client.WaitAsync("$/progress", p => p["token"]!.GetValue<string>() == "mine" && p["value"]!["kind"]!.GetValue<string>() == "end");
        Assert.Equal("begin", client.Received.First(m => m["method"]!.GetValue<string>() == "$/progress")["params"]!["value"]!["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_command_of_the_same_name_does_the_same()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        Assert.Contains("pipewright.deploy", client.Server["capabilities"]!["executeCommandProvider"]!["commands"]!.AsArray().Select(c => c!.GetValue<string>()));
        var result = await client.RequestAsync("workspace/executeCommand", new JsonObject { ["command"] = "pipewright.deploy", ["arguments"] = new JsonArray(folder.UriOf("a.pipeline.yaml"), "here") });
        Assert.True(result!["succeeded"]!.GetValue<bool>());
        Assert.Equal(["a"], (await emulator.GetAsync("pipelines")).Names);
    }

    [Theory]
    [InlineData("a.pipeline.yaml", null, "called.pipeline.yaml:3 PW4101")]
    [InlineData("fine.pipeline.yaml", "no-such-target", "no-such-target")]
    [InlineData("gone.pipeline.yaml", null, "nothing to deploy")]
    public async Task What_can_not_be_deployed_is_refused_with_the_reason(string file, string? target, string reason)
    {
        using var folder = new TestFolder(
            ("a.pipeline.yaml", Caller), ("called.pipeline.yaml", Wait.Replace("Wait,", "Waitt,", StringComparison.Ordinal) + "  - { name: B, type: Wait, dependsOn: [X] }\n"), ("fine.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var parameters = LspClient.At(folder.UriOf(file));
        parameters["target"] = target;
        var refusal = await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("pipewright/deploy", parameters));
        Assert.Equal(RequestFailed, refusal.Code);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await emulator.GetAsync("pipelines")).Names);
    }

    [Fact]
    public async Task A_plan_tells_what_would_change_and_a_rollback_puts_it_back()
    {
        using var folder = new TestFolder(("caller.pipeline.yaml", Caller), ("called.pipeline.yaml", Wait), ("other.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("pipelines/called", """{"properties":{"activities":[],"description":"old"}}""");
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var parameters = LspClient.At(folder.UriOf("caller.pipeline.yaml"));

        var plan = await client.RequestAsync("pipewright/plan", parameters.DeepClone());
        Assert.Equal(["called update", "caller create"], plan!["changes"]!.AsArray().Select(c => $"{c!["name"]} {c["action"]}"));
        Assert.Contains("\"description\": \"old\"", plan["changes"]![0]!["before"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("properties.description", plan["changes"]![0]!["properties"]!.AsArray().Select(p => p!["path"]!.GetValue<string>()));
        parameters["wholeFactory"] = true;
        Assert.Equal(3, (await client.RequestAsync("pipewright/plan", parameters.DeepClone()))!["changes"]!.AsArray().Count);
        Assert.Equal(["called"], (await emulator.GetAsync("pipelines")).Names);

        var deployed = await client.RequestAsync("pipewright/deploy", parameters.DeepClone());
        Assert.True(deployed!["succeeded"]!.GetValue<bool>());
        Assert.True(File.Exists(deployed["journal"]!.GetValue<string>()));
        Assert.Equal(["unchanged", "unchanged", "unchanged"], (await client.RequestAsync("pipewright/deploy", parameters.DeepClone()))!["results"]!.AsArray().Select(r => r!["action"]!.GetValue<string>()));

        parameters["journal"] = deployed["journal"]!.GetValue<string>();
        var rolledBack = await client.RequestAsync("pipewright/rollback", parameters);
        Assert.True(rolledBack!["succeeded"]!.GetValue<bool>(), rolledBack.ToJsonString());
        Assert.Equal(["called"], (await emulator.GetAsync("pipelines")).Names);
        Assert.Equal("old", (string?)(await emulator.GetAsync("pipelines/called")).Content!["properties"]!["description"]);
    }

    [Fact]
    public async Task A_plan_says_why()
    {
        using var folder = new TestFolder(("caller.pipeline.yaml", Caller), ("called.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("pipelines/called", """{"properties":{"activities":[],"description":"old"}}""");
        await emulator.PutAsync("pipelines/gone", """{"properties":{"activities":[]}}""");
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var parameters = LspClient.At(folder.UriOf("caller.pipeline.yaml"));
        Assert.Equal(
            ["2 properties differ. Needed by pipeline caller.", "The factory does not have it yet."],
            (await client.RequestAsync("pipewright/plan", parameters.DeepClone()))!["changes"]!.AsArray().Select(c => (string?)c!["why"]));
        await client.RequestAsync("pipewright/deploy", parameters.DeepClone());
        parameters["wholeFactory"] = true;
        parameters["deletes"] = true;
        Assert.Equal(
            ["The factory has it as it is wanted.", "The factory has it as it is wanted.", "No file declares it."],
            (await client.RequestAsync("pipewright/plan", parameters))!["changes"]!.AsArray().Select(c => (string?)c!["why"]));
    }

    [Theory]
    [InlineData(true, new[] { "called running", "called created", "caller running", "caller created" })]
    [InlineData(false, new string[0])]
    public async Task What_becomes_of_each_resource_is_told_to_who_wants_it(bool isWanted, string[] expected)
    {
        using var folder = new TestFolder(("caller.pipeline.yaml", Caller), ("called.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var parameters = LspClient.At(folder.UriOf("caller.pipeline.yaml"));
        parameters["workDoneToken"] = "mine";
        parameters["reportResources"] = isWanted;
        await client.RequestAsync("pipewright/deploy", parameters);
        var told = client.Received.Where(m => (string?)m["method"] == "pipewright/deployChanged").Select(m => m["params"]!).ToList();
        Assert.Equal(expected, told.Select(p => $"{p["name"]} {p["state"]}"));
        Assert.All(told, p => Assert.Equal(("mine", "pipeline"), ((string?)p["token"], (string?)p["kind"])));
    }

    [Fact]
    public async Task What_failed_and_what_was_not_tried_is_told_with_the_reason()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Caller.Replace("called", "nobody", StringComparison.Ordinal)), ("b.pipeline.yaml", Caller.Replace("called", "a", StringComparison.Ordinal)));
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var parameters = LspClient.At(folder.UriOf("b.pipeline.yaml"));
        parameters["workDoneToken"] = 7;
        parameters["reportResources"] = true;
        await client.RequestAsync("pipewright/deploy", parameters);
        var told = client.Received.Where(m => (string?)m["method"] == "pipewright/deployChanged").Select(m => m["params"]!).ToList();
        Assert.Equal(["a running", "a failed", "b notAttempted"], told.Select(p => $"{p["name"]} {p["state"]}"));
        Assert.Contains("nobody", (string?)told[1]["error"], StringComparison.Ordinal);
        Assert.Contains("failed before", (string?)told[2]["error"], StringComparison.Ordinal);
        Assert.All(told, p => Assert.Equal(7, (int?)p["token"]));
    }

    [Theory]
    [InlineData("https://management.azure.com", "pipeline", "load daily", "https://adf.azure.com/en/authoring/pipeline/load%20daily?factory=%2Fsubscriptions%2Fs%2FresourceGroups%2Fg%2Fproviders%2FMicrosoft.DataFactory%2Ffactories%2Ff")]
    [InlineData("https://management.usgovcloudapi.net", "linkedService", "Lake", "https://adf.azure.us/en/management/datalinkedservices?factory=%2Fsubscriptions%2Fs%2FresourceGroups%2Fg%2Fproviders%2FMicrosoft.DataFactory%2Ffactories%2Ff")]
    [InlineData("https://management.azure.com", "dataset", "Orders", "https://adf.azure.com/en/authoring?factory=%2Fsubscriptions%2Fs%2FresourceGroups%2Fg%2Fproviders%2FMicrosoft.DataFactory%2Ffactories%2Ff")]
    [InlineData("http://127.0.0.1:1", "pipeline", "load", null)]
    public void A_resource_has_a_page_in_Studio(string endpoint, string kind, string name, string? page) =>
        Assert.Equal(page, new Azure.FactoryTarget(new Uri(endpoint), "s", "g", "f").AuthoringAddress(kind, name)?.AbsoluteUri);

    [Fact]
    public async Task Only_a_whole_factory_deletes()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("pipelines/gone", """{"properties":{"activities":[]}}""");
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var parameters = LspClient.At(folder.UriOf("a.pipeline.yaml"));
        parameters["deletes"] = true;
        await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("pipewright/deploy", parameters.DeepClone()));
        parameters["wholeFactory"] = true;
        Assert.True((await client.RequestAsync("pipewright/deploy", parameters))!["succeeded"]!.GetValue<bool>());
        Assert.Equal(["a"], (await emulator.GetAsync("pipelines")).Names);
    }

    [Fact]
    public async Task What_the_service_refuses_is_told_of_the_resource()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Caller));
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var result = await client.RequestAsync("pipewright/deploy", LspClient.At(folder.UriOf("a.pipeline.yaml")));
        Assert.False(result!["succeeded"]!.GetValue<bool>());
        Assert.Equal("failed", result["results"]![0]!["action"]!.GetValue<string>());
        Assert.Contains("called", result["results"]![0]!["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((1, 48), (result["results"]![0]!["range"]!["start"]!["line"]!.GetValue<int>(), result["results"]![0]!["range"]!["start"]!["character"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Targets_are_those_of_the_settings_and_of_the_factory()
    {
        using var folder = new TestFolder(
            ("pipewright.yaml", "targets:\n  dev: { subscription: s, resourceGroup: g, factory: adf-dev }\ndefaultTarget: dev\n"), ("a.pipeline.yaml", Wait));
        await using var client = await LspClient.StartAsync(folder, options: """{"targets": [{"name": "here", "endpoint": "http://localhost:1"}]}""");
        Assert.Equal(
            """{"targets":[{"name":"here","factory":"local","isEmulator":true},{"name":"dev","factory":"adf-dev","isEmulator":false}],"current":"dev"}""",
            (await client.RequestAsync("pipewright/targets", new JsonObject { ["uri"] = folder.UriOf("a.pipeline.yaml") }))!.ToJsonString());
    }

    [Theory]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("http://example.org")]
    [InlineData("http://127.0.0.1.example.org")]
    [InlineData("http://10.0.0.1:80")]
    [InlineData("file:///etc")]
    [InlineData("nonsense")]
    public async Task A_target_is_only_ever_on_this_machine(string endpoint)
    {
        await using var client = await LspClient.StartAsync(options: $$"""{"targets": [{"name": "here", "endpoint": "{{endpoint}}"}]}""");
        Assert.Empty((await client.RequestAsync("pipewright/targets", null))!["targets"]!.AsArray());
        await client.WaitAsync("window/logMessage", p => p["message"]!.GetValue<string>().Contains("loopback", StringComparison.Ordinal));
    }

    private static string OptionsFor(TestEmulator emulator) => $$"""{"targets": [{"name": "here", "endpoint": "{{emulator.Address.AbsoluteUri}}"}]}""";
}
