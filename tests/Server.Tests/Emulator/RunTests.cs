using System.Text.Json.Nodes;
using Pipewright.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Emulator;

/// <summary>Runs of pipelines and activities, as the management API tells them.</summary>
public sealed class RunTests
{
    private const string Window = """ "lastUpdatedAfter":"2025-01-01T00:00:00Z","lastUpdatedBefore":"2035-01-01T00:00:00Z" """;
    private const string Copies = """{"properties":{"parameters":{"day":{"type":"string"},"count":{"type":"int","defaultValue":3}},"activities":[{"name":"Pause","type":"Wait","typeProperties":{"waitTimeInSeconds":10}},{"name":"Notebook","type":"DatabricksNotebook","dependsOn":[{"activity":"Pause","dependencyConditions":["Succeeded"]}],"policy":{"retry":1,"retryIntervalInSeconds":30},"typeProperties":{"notebookPath":"@concat('/load/', pipeline().parameters.day)"}}]}}""";
    private const string Calls = """{"properties":{"activities":[{"name":"Each","type":"ForEach","typeProperties":{"isSequential":true,"items":{"value":"@createArray('a','b')","type":"Expression"},"activities":[{"name":"Call","type":"ExecutePipeline","typeProperties":{"pipeline":{"referenceName":"copies","type":"PipelineReference"},"waitOnCompletion":true,"parameters":{"day":"@item()"}}}]}}]}}""";

    [Theory]
    [InlineData("nowhere", "{}", "", 404, "PipelineNotFound", "nowhere")]
    [InlineData("copies", "{}", "", 400, "BadRequest", "'day' is not provided")]
    [InlineData("copies", """{"day":"x","count":"many"}""", "", 400, "BadRequest", "'count'")]
    [InlineData("copies", """["x"]""", "", 400, "BadRequest", "object")]
    [InlineData("copies", """{"day":"x"}""", "&referencePipelineRunId=gone", 404, "PipelineRunNotFound", "gone")]
    [InlineData("copies", """{"day":"x"}""", "&startFromFailure=true", 400, "BadRequest", "referencePipelineRunId")]
    public async Task What_can_not_run_is_refused(string pipeline, string body, string query, int status, string code, string reason)
    {
        await using var emulator = await StartAsync(0);
        var refused = await emulator.PostAsync($"pipelines/{pipeline}/createRun?api-version=2018-06-01{query}", body);
        Assert.Equal((status, code), (refused.Status, refused.Error));
        Assert.Contains(reason, (string)refused.Content!["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Empty((await QueryAsync(emulator, "queryPipelineRuns")).Values);
    }

    [Fact]
    public async Task What_is_to_come_is_not_told()
    {
        var time = new TurnedTime();
        await using var emulator = await StartAsync(2, time);
        await emulator.PostAsync("/_emulator/stubs", """{"activity":"Notebook","attempt":1,"error":{"code":"3204","message":"Out of memory"},"duration":20}""");
        var id = await RunAsync(emulator, "copies", """{"day":"2026-01-01"}""");
        var run = (await emulator.GetAsync($"pipelineruns/{id}")).Content!;
        Assert.Equal(("InProgress", "copies", "Manual", "2026-01-01", "3"), ((string)run["status"]!, (string)run["pipelineName"]!, (string)run["invokedBy"]!["invokedByType"]!, (string)run["parameters"]!["day"]!, (string)run["parameters"]!["count"]!));
        Assert.True(run["isLatest"]!.GetValue<bool>() && run["simulated"]!.GetValue<bool>());
        Assert.Null(run["runEnd"]);
        Assert.Equal(["Pause InProgress"], await ActivitiesAsync(emulator, id));

        time.Turn(TimeSpan.FromSeconds(6));
        Assert.Equal(["Pause Succeeded", "Notebook InProgress"], await ActivitiesAsync(emulator, id));
        var notebook = (await QueryAsync(emulator, $"pipelineruns/{id}/queryActivityruns")).Values[1];
        Assert.Equal("/load/2026-01-01", (string)notebook["input"]!["notebookPath"]!);
        Assert.StartsWith(new Uri(emulator.Address, "/?o=0#job/1/run/").AbsoluteUri, (string)notebook["output"]!["runPageUrl"]!, StringComparison.Ordinal);
        Assert.True(notebook["output"]!["simulated"]!.GetValue<bool>());
        Assert.Equal("", (string)notebook["error"]!["message"]!);

        time.Turn(TimeSpan.FromSeconds(10));
        Assert.Equal(["Pause Succeeded", "Notebook Failed"], await ActivitiesAsync(emulator, id));
        notebook = (await QueryAsync(emulator, $"pipelineruns/{id}/queryActivityruns")).Values[1];
        Assert.Equal(("3204", "Out of memory", "UserError", "Notebook"), ((string)notebook["error"]!["errorCode"]!, (string)notebook["error"]!["message"]!, (string)notebook["error"]!["failureType"]!, (string)notebook["error"]!["target"]!));
        Assert.Equal(10_000, (long)notebook["durationInMs"]!);

        time.Turn(TimeSpan.FromSeconds(15));
        Assert.Equal(["Pause Succeeded", "Notebook Failed", "Notebook 1 InProgress"], await ActivitiesAsync(emulator, id));
        time.Turn(TimeSpan.FromMinutes(5));
        Assert.Equal(["Pause Succeeded", "Notebook Failed", "Notebook 1 Succeeded"], await ActivitiesAsync(emulator, id));
        Assert.Equal("Succeeded", await StatusAsync(emulator, id));
    }

    [Fact]
    public async Task Called_pipelines_are_runs_of_their_own_and_rounds_have_a_hash()
    {
        await using var emulator = await StartAsync(0);
        var id = await RunAsync(emulator, "calls");
        var activities = (await QueryAsync(emulator, $"pipelineruns/{id}/queryActivityruns")).Values;
        Assert.Equal(["Each", "Call", "Call"], activities.Select(a => (string)a["activityName"]!));
        Assert.Equal("", (string)activities[0]["iterationHash"]!);
        Assert.Equal(2, activities.Skip(1).Select(a => (string)a["iterationHash"]!).Where(h => h.Length > 0).Distinct().Count());
        var called = (string)activities[1]["output"]!["pipelineRunId"]!;
        var run = (await emulator.GetAsync($"pipelineruns/{called}")).Content!;
        Assert.Equal(
            ("copies", "PipelineActivity", "Call", "calls", id, "a"),
            ((string)run["pipelineName"]!, (string)run["invokedBy"]!["invokedByType"]!, (string)run["invokedBy"]!["name"]!, (string)run["invokedBy"]!["pipelineName"]!, (string)run["invokedBy"]!["pipelineRunId"]!, (string)run["parameters"]!["day"]!));
        Assert.Equal((string)activities[1]["activityRunId"]!, (string)run["invokedBy"]!["id"]!);
        Assert.Equal(["Pause Succeeded", "Notebook Succeeded"], await ActivitiesAsync(emulator, called));
    }

    [Fact]
    public async Task Queries_filter_order_and_come_in_pages()
    {
        var time = new TurnedTime();
        await using var emulator = await StartAsync(0, time, pageSize: 2);
        string[] ids = [await RunAsync(emulator, "copies", """{"day":"1"}"""), "", "", ""];
        for (var i = 1; i < ids.Length; i++)
        {
            time.Turn(TimeSpan.FromHours(1));
            ids[i] = i == 2 ? await RunAsync(emulator, "empty") : await RunAsync(emulator, "copies", $$"""{"day":"{{i}}"}""");
        }

        const string ByStart = """ ,"orderBy":[{"orderBy":"RunStart","order":"DESC"}] """;
        var first = await QueryAsync(emulator, "queryPipelineRuns", ByStart);
        Assert.Equal([ids[3], ids[2]], first.Values.Select(r => (string)r["runId"]!));
        var second = await QueryAsync(emulator, "queryPipelineRuns", $"""{ByStart},"continuationToken":"{first.Token}" """);
        Assert.Equal([ids[1], ids[0]], second.Values.Select(r => (string)r["runId"]!));
        Assert.Null(second.Token);

        async Task<string[]> FindAsync(string more) => [.. (await QueryAsync(emulator, "queryPipelineRuns", more)).Values.Select(r => (string)r["runId"]!)];
        Assert.Equal([ids[2]], await FindAsync(""","filters":[{"operand":"PipelineName","operator":"Equals","values":["EMPTY"]}] """));
        Assert.Equal([ids[2]], await FindAsync(""","filters":[{"operand":"PipelineName","operator":"NotIn","values":["copies","calls"]},{"operand":"Status","operator":"In","values":["Succeeded"]}] """));
        var late = await emulator.PostAsync("queryPipelineRuns", """{"lastUpdatedAfter":"2026-01-01T02:30:00Z","lastUpdatedBefore":"2026-01-01T09:00:00Z"}""");
        Assert.Equal([ids[3]], late.Content!["value"]!.AsArray().Select(r => (string)r!["runId"]!));
        Assert.Equal(400, (await emulator.PostAsync("queryPipelineRuns", "{}")).Status);
        Assert.Equal(400, (await emulator.PostAsync("queryPipelineRuns", $$"""{{{Window}},"filters":[{"operand":"Colour","operator":"Equals","values":["x"]}]}""")).Status);
    }

    [Theory]
    [InlineData(true, "Cancelled")]
    [InlineData(false, "InProgress")]
    public async Task A_run_is_cancelled_with_those_that_it_called_or_alone(bool isRecursive, string called)
    {
        var time = new TurnedTime();
        await using var emulator = await StartAsync(1, time, operationTime: TimeSpan.FromSeconds(4));
        var id = await RunAsync(emulator, "calls");
        time.Turn(TimeSpan.FromSeconds(3));
        var child = (string)(await QueryAsync(emulator, $"pipelineruns/{id}/queryActivityruns")).Values[1]["output"]!["pipelineRunId"]!;
        Assert.Equal(200, (await emulator.PostAsync($"pipelineruns/{id}/cancel?api-version=2018-06-01&isRecursive={isRecursive}")).Status);
        Assert.Equal("Canceling", await StatusAsync(emulator, id));
        time.Turn(TimeSpan.FromSeconds(4));
        Assert.Equal("Cancelled", await StatusAsync(emulator, id));
        Assert.Equal(["Each Cancelled", "Call Cancelled"], await ActivitiesAsync(emulator, id));
        Assert.Equal(called, await StatusAsync(emulator, child));
        Assert.Equal(200, (await emulator.PostAsync($"pipelineruns/{id}/cancel")).Status);
    }

    [Fact]
    public async Task A_rerun_does_again_what_failed_and_what_comes_after_it()
    {
        await using var emulator = await StartAsync(0);
        var stub = (await emulator.PostAsync("/_emulator/stubs", """{"pipeline":"copies","activity":"Notebook","error":{"code":"1","message":"Broken"}}""")).Content!["id"]!;
        var failed = await RunAsync(emulator, "copies", """{"day":"1"}""");
        Assert.Equal("Failed", await StatusAsync(emulator, failed));
        Assert.Equal(200, (await emulator.DeleteAsync($"/_emulator/stubs/{stub}")).Status);

        var again = await RunAsync(emulator, "copies", null, $"&referencePipelineRunId={failed}&isRecovery=true&startFromFailure=true");
        Assert.Equal("Succeeded", await StatusAsync(emulator, again));
        var run = (await emulator.GetAsync($"pipelineruns/{again}")).Content!;
        Assert.Equal(((string?)failed, "1"), ((string?)run["runGroupId"], (string)run["parameters"]!["day"]!));
        Assert.False((await emulator.GetAsync($"pipelineruns/{failed}")).Content!["isLatest"]!.GetValue<bool>());
        Assert.Equal([again], (await QueryAsync(emulator, "queryPipelineRuns", ""","filters":[{"operand":"LatestOnly","operator":"Equals","values":["true"]}] """)).Values.Select(r => (string)r["runId"]!));
        Assert.Equal(200, (await emulator.PostAsync($"pipelines/copies/createRun?api-version=2018-06-01&referencePipelineRunId={again}&startActivityName=Notebook")).Status);
        Assert.Equal(400, (await emulator.PostAsync($"pipelines/copies/createRun?api-version=2018-06-01&referencePipelineRunId={again}&startActivityName=Nowhere")).Status);
    }

    [Fact]
    public async Task Runs_survive_a_restart_and_go_on()
    {
        using var folder = new TestFolder();
        var time = new TurnedTime();
        string id;
        string failed;
        await using (var emulator = await StartAsync(1, time, state: folder.Path))
        {
            await emulator.PostAsync("/_emulator/stubs", """{"activity":"Notebook","error":{"code":"1","message":"Broken"},"duration":5}""");
            failed = await RunAsync(emulator, "copies", """{"day":"1"}""");
            time.Turn(TimeSpan.FromSeconds(12));
            id = await RunAsync(emulator, "calls");
        }

        time.Turn(TimeSpan.FromSeconds(3));
        await using var again = await StartAsync(100, time, state: folder.Path);
        Assert.Equal(["Each InProgress", "Call InProgress"], await ActivitiesAsync(again, id));
        time.Turn(TimeSpan.FromMinutes(5));
        Assert.Equal("Failed", await StatusAsync(again, failed));
        await RunAsync(again, "copies", null, $"&referencePipelineRunId={failed}&startFromFailure=true");
    }

    [Fact]
    public async Task A_trigger_fires_on_demand_only()
    {
        await using var emulator = await StartAsync(0);
        await emulator.PutAsync("triggers/daily", """{"properties":{"type":"ScheduleTrigger","pipelines":[{"pipelineReference":{"referenceName":"copies","type":"PipelineReference"},"parameters":{"day":"@formatDateTime(trigger().scheduledTime, 'yyyy')"}}]}}""");
        Assert.Empty((await QueryAsync(emulator, "queryTriggerRuns")).Values);
        var fired = (await emulator.PostAsync("/_emulator/fire", $$"""{"trigger":"{{TestEmulator.Factory}}/triggers/daily"}""")).Content!;
        var run = (await emulator.GetAsync($"pipelineruns/{(string)fired["triggeredPipelines"]!["copies"]!}")).Content!;
        Assert.Equal(("ScheduleTrigger", "daily"), ((string)run["invokedBy"]!["invokedByType"]!, (string)run["invokedBy"]!["name"]!));
        Assert.Matches("^20[0-9]{2}$", (string)run["parameters"]!["day"]!);
        Assert.Equal(200, (await emulator.PostAsync($"triggers/daily/triggerRuns/{fired["triggerRunId"]}/rerun")).Status);
        Assert.Equal(2, (await QueryAsync(emulator, "queryTriggerRuns")).Values.Count);
        Assert.Equal(404, (await emulator.PostAsync("triggers/daily/triggerRuns/gone/rerun")).Status);
    }

    [Theory]
    [InlineData("""{"colour":"red"}""")]
    [InlineData("""{"duration":-1}""")]
    [InlineData("""{"error":{"code":"1"}}""")]
    public async Task A_stub_that_says_nothing_sensible_is_refused(string stub)
    {
        await using var emulator = await StartAsync(0);
        Assert.Equal(400, (await emulator.PostAsync("/_emulator/stubs", stub)).Status);
        Assert.Empty((await emulator.GetAsync("/_emulator/stubs")).Content!["value"]!.AsArray());
    }

    private static async Task<TestEmulator> StartAsync(double speed, TimeProvider? time = null, int pageSize = 50, TimeSpan operationTime = default, string? state = null)
    {
        var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, state, null, pageSize) { Time = time ?? TimeProvider.System, Speed = speed, OperationTime = operationTime });
        await emulator.PutAsync("pipelines/copies", Copies);
        await emulator.PutAsync("pipelines/calls", Calls);
        await emulator.PutAsync("pipelines/empty", """{"properties":{"activities":[]}}""");
        return emulator;
    }

    private static async Task<string> RunAsync(TestEmulator emulator, string pipeline, string? parameters = null, string query = "")
    {
        var answer = await emulator.PostAsync($"pipelines/{pipeline}/createRun?api-version=2018-06-01{query}", parameters);
        Assert.True(answer.Status == 200, answer.Content?.ToJsonString());
        return (string)answer.Content!["runId"]!;
    }

    private static async Task<string> StatusAsync(TestEmulator emulator, string id) => (string)(await emulator.GetAsync($"pipelineruns/{id}")).Content!["status"]!;

    private static async Task<string[]> ActivitiesAsync(TestEmulator emulator, string id) =>
        [.. (await QueryAsync(emulator, $"pipelineruns/{id}/queryActivityruns")).Values.Select(a => $"{a["activityName"]}{(a["retryAttempt"] is { } retry ? $" {retry}" : "")} {a["status"]}")];

    private static async Task<(List<JsonNode> Values, string? Token)> QueryAsync(TestEmulator emulator, string path, string more = "")
    {
        var answer = await emulator.PostAsync(path, $"{{{Window}{more}}}");
        Assert.True(answer.Status == 200, answer.Content?.ToJsonString());
        return ([.. answer.Content!["value"]!.AsArray().Select(v => v!)], (string?)answer.Content["continuationToken"]);
    }
}
