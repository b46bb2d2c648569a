using System.Text.Json.Nodes;
using Pipewright.Emulator;
using Pipewright.Server.Tests.Emulator;
using Pipewright.Server.Tests.Running;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Runs as an editor asks for them.</summary>
public sealed class RunRequestTests
{
    private const int RequestFailed = -32803;

    private const string WithParameters = """
        parameters:
          day: { type: string }
          n: { type: int, defaultValue: 3 }
          k: { type: secureString, defaultValue: x }
          stores: { type: array, defaultValue: [a] }
          full: { type: bool, defaultValue: true }
        activities: []
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_is_watched_with_places_in_the_text_as_it_is_now(bool inGitForm)
    {
        using var folder = RunFiles.MakeFolder(inGitForm);
        await using var emulator = await StartAsync(folder);
        await emulator.PostAsync("/_emulator/stubs", """{"activity":"Fetch","error":{"code":"2108","message":"The address in 'url' can't be reached","failureType":"UserError"}}""");
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var (parent, child) = inGitForm ? ("pipeline/Parent.json", "pipeline/Child.json") : ("Parent.pipeline.yaml", "Child.pipeline.yaml");
        await client.OpenAsync(folder.UriOf(child), "\n\n" + folder.Read(child));
        var started = await AskAsync(client, folder, parent, "run");
        Assert.Equal(("Parent", "here", "local"), ((string)started["pipeline"]!, (string)started["target"]!, (string)started["factory"]!));
        var id = (string)started["runId"]!;
        var end = await AskAsync(client, folder, parent, "watchRun", ("runId", id));
        Assert.Equal((id, "Failed"), ((string)end["runId"]!, (string)end["status"]!));
        var changes = client.Received.Where(m => (string)m["method"]! == "pipewright/runChanged").Select(m => m["params"]!).ToList();
        Assert.All(changes, c => Assert.Equal(id, (string)c["runId"]!));
        var failed = changes.Select(c => c["activity"]).First(a => (string?)a?["activity"] == "Fetch")!;
        Assert.Equal(("Failed", "2108", folder.UriOf(child)), ((string)failed["status"]!, (string)failed["error"]!["errorCode"]!, (string)failed["uri"]!));
        Assert.Equal(1 + RunFiles.LineOf(folder[child], "Fetch"), (int)failed["range"]!["start"]!["line"]!);
        Assert.Equal(1 + RunFiles.LineOf(folder[child], "url"), (int)failed["errorRange"]!["start"]!["line"]!);
        Assert.Contains(changes, c => (string?)c["run"]?["pipeline"] == "Child" && (int)c["run"]!["depth"]! == 1);
    }

    [Fact]
    public async Task Nobody_is_told_who_does_not_watch()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await StartAsync(folder);
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var started = await AskAsync(client, folder, "Parent.pipeline.yaml", "run", ("parameters", new JsonObject { ["days"] = new JsonArray("5") }));
        var recent = (await AskAsync(client, folder, "Parent.pipeline.yaml", "recentRuns"))["runs"]!.AsArray();
        Assert.Equal((string)started["runId"]!, (string)Assert.Single(recent)!["runId"]!);
        Assert.Equal("""["5"]""", (string)recent[0]!["parameters"]!["days"]!);
        Assert.DoesNotContain(client.Received, m => (string?)m["method"] == "pipewright/runChanged");
    }

    [Fact]
    public async Task A_run_is_cancelled_and_run_again()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await StartAsync(folder, speed: 0.001);
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var started = await AskAsync(client, folder, "Parent.pipeline.yaml", "run");
        var cancelled = await AskAsync(client, folder, "Parent.pipeline.yaml", "cancelRun");
        Assert.Equal((string)started["runId"]!, (string)cancelled["runId"]!);
        Assert.Equal("Cancelled", (string)(await AskAsync(client, folder, "Parent.pipeline.yaml", "watchRun"))["status"]!);
        var again = await AskAsync(client, folder, "Parent.pipeline.yaml", "rerun", ("runId", (string)started["runId"]!), ("activity", "Each"));
        var run = (await emulator.GetAsync($"pipelineruns/{again["runId"]}")).Content!;
        Assert.Equal((string)started["runId"]!, (string)run["runGroupId"]!);
    }

    [Fact]
    public async Task A_scratch_run_is_cleaned_up_by_the_server()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await StartAsync(folder);
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        await client.OpenAsync(folder.UriOf("Child.pipeline.yaml"), RunFiles.Child.Replace("example.org", "example.com", StringComparison.Ordinal));
        var started = await AskAsync(client, folder, "Parent.pipeline.yaml", "run", ("scratch", true));
        Assert.StartsWith("Parent_scratch_", (string)started["pipeline"]!, StringComparison.Ordinal);
        await AskAsync(client, folder, "Parent.pipeline.yaml", "watchRun", ("runId", (string)started["runId"]!));
        var fetch = client.Received.Select(m => m["params"]?["activity"] as JsonObject).First(a => (string?)a?["activity"] == "Fetch")!;
        Assert.Equal((folder.UriOf("Child.pipeline.yaml"), "https://example.com/1"), ((string)fetch["uri"]!, (string)fetch["input"]!["url"]!));
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await emulator.GetAsync("pipelines")).Names.Count() > 2)
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task A_form_is_told_what_to_ask_for()
    {
        using var folder = new TestFolder(("p.pipeline.yaml", WithParameters));
        await using var client = await LspClient.StartAsync(folder);
        Assert.Equal(
            """{"pipeline":"p","parameters":[{"name":"day","type":"string","required":true,"secret":false,"kind":"text"},{"name":"n","type":"int","required":false,"secret":false,"kind":"integer","default":3,"text":"3"},{"name":"k","type":"secureString","required":false,"secret":true,"kind":"secret"},{"name":"stores","type":"array","required":false,"secret":false,"kind":"list","default":["a"],"text":"[\n  \u0022a\u0022\n]"},{"name":"full","type":"bool","required":false,"secret":false,"kind":"boolean","default":true,"text":"true"}]}""",
            (await AskAsync(client, folder, "p.pipeline.yaml", "runParameters")).ToJsonString());
    }

    [Theory]
    [InlineData("""{"day":"1","n":"4","stores":"[\"b\"]","full":"false","k":"***"}""", """{"parameters":{"day":"1","n":4,"stores":["b"],"full":false,"k":"***"},"problems":[]}""")]
    [InlineData("""{"day":"","n":"4"}""", """{"parameters":{"day":"","n":4},"problems":[]}""")]
    public async Task What_is_typed_into_a_form_is_read_as_the_pipeline_takes_it(string texts, string expected)
    {
        using var folder = new TestFolder(("p.pipeline.yaml", WithParameters));
        await using var client = await LspClient.StartAsync(folder);
        Assert.Equal(expected, (await AskAsync(client, folder, "p.pipeline.yaml", "checkParameters", ("texts", JsonNode.Parse(texts)))).ToJsonString());
    }

    [Theory]
    [InlineData("{}", "day", "has no value")]
    [InlineData("""{"day":"1","stores":"[1,"}""", "stores", "This is no JSON: line 1, column 3")]
    [InlineData("""{"day":"1","stores":"[\"ä\", x]"}""", "stores", "line 1, column 7")]
    [InlineData("""{"day":"1","n":"many"}""", "n", "takes a whole number")]
    [InlineData("""{"day":"1","stores":"{\n  \"a\": x\n}"}""", "stores", "line 2, column 8")]
    [InlineData("""{"day":"1","stores":" "}""", "stores", "Write JSON here.")]
    [InlineData("""{"day":"1","stores":"{}"}""", "stores", "takes a list")]
    [InlineData("""{"day":"1","colour":"red"}""", "colour", "has no parameter 'colour'")]
    public async Task What_is_wrong_is_told_at_its_field(string texts, string name, string message)
    {
        using var folder = new TestFolder(("p.pipeline.yaml", WithParameters));
        await using var client = await LspClient.StartAsync(folder);
        var problem = Assert.Single((await AskAsync(client, folder, "p.pipeline.yaml", "checkParameters", ("texts", JsonNode.Parse(texts))))["problems"]!.AsArray())!;
        Assert.Equal(name, (string)problem["name"]!);
        Assert.Contains(message, (string)problem["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "Parent.pipeline.yaml", """{"colour":"red"}""", "no parameter 'colour'")]
    [InlineData("run", "gone.pipeline.yaml", "{}", "nothing to run")]
    [InlineData("run", "lake.linkedService.yaml", "{}", "no pipeline")]
    [InlineData("watchRun", "Parent.pipeline.yaml", "{}", "no run of 'Parent'")]
    public async Task What_can_not_be_is_refused_with_the_reason(string request, string file, string parameters, string reason)
    {
        using var folder = RunFiles.MakeFolder(false);
        folder.Write("lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://lake.dfs.core.windows.net/\n");
        await using var emulator = await StartAsync(folder);
        await using var client = await LspClient.StartAsync(folder, options: OptionsFor(emulator));
        var refusal = await Assert.ThrowsAsync<LspErrorException>(() => AskAsync(client, folder, file, request, ("parameters", JsonNode.Parse(parameters))));
        Assert.Equal(RequestFailed, refusal.Code);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"commands": ["pipewright.run"]}""", "Parent.pipeline.yaml", true)]
    [InlineData("{}", "Parent.pipeline.yaml", false)]
    [InlineData("""{"commands": ["pipewright.run"], "codeLens": {"run": false}}""", "Parent.pipeline.yaml", false)]
    [InlineData("""{"commands": ["pipewright.run"]}""", "lake.linkedService.yaml", false)]
    public async Task A_lens_offers_to_run_to_clients_that_can(string options, string file, bool isOffered)
    {
        using var folder = RunFiles.MakeFolder(false);
        folder.Write("lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://lake.dfs.core.windows.net/\n");
        await using var client = await LspClient.StartAsync(folder, options: options);
        await client.OpenAsync(folder.UriOf(file), folder.Read(file));
        var lenses = (await client.RequestAsync("textDocument/codeLens", LspClient.At(folder.UriOf(file))))!.AsArray();
        Assert.Equal(isOffered, lenses.Any(l => (string?)l!["command"]?["command"] == "pipewright.run" && (string?)l["command"]!["arguments"]![0] == folder.UriOf(file)));
    }

    private static async Task<JsonNode> AskAsync(LspClient client, TestFolder folder, string file, string request, params (string Name, JsonNode? Value)[] more)
    {
        var parameters = LspClient.At(folder.UriOf(file));
        foreach (var (name, value) in more)
        {
            parameters[name] = value;
        }

        return (await client.RequestAsync($"pipewright/{request}", parameters))!;
    }

    private static Task<TestEmulator> StartAsync(TestFolder folder, double speed = 0) => TestEmulator.StartAsync(new EmulatorOptions(0, null, folder.Path, 50) { Speed = speed });

    private static string OptionsFor(TestEmulator emulator) => $$"""{"targets": [{"name": "here", "endpoint": "{{emulator.Address.AbsoluteUri}}"}]}""";
}
