using System.Text.Json.Nodes;
using Pipewright.Deployment;
using Pipewright.LanguageServer.AzureServices;
using Xunit;
using static Pipewright.Server.Tests.AzureServices.RequestTests;
using static Pipewright.Server.Tests.AzureServices.ScriptedAzure;

namespace Pipewright.Server.Tests.AzureServices;

public sealed class RunClientTests
{
    private static readonly RunFilter Today = new(new(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)), new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), []);

    [Theory]
    [InlineData(null, "POST /pipelines/a%20b/createRun", "{}")]
    [InlineData("""{"x":1}""", "POST /pipelines/a%20b/createRun", """{"x":1}""")]
    public async Task A_run_is_started_with_its_parameters(string? parameters, string asked, string body)
    {
        var azure = InTurn(() => Answer(200, """{"runId":"r1"}"""));
        Assert.Equal("r1", await Client(azure).StartAsync(new RunStart("a b", parameters), default));
        var seen = Assert.Single(azure.Seen);
        Assert.Equal((asked, body), (seen.ToString(), seen.Body));
    }

    [Fact]
    public async Task A_run_is_run_again_from_where_it_failed()
    {
        var azure = InTurn(() => Answer(200, """{"runId":"r2"}"""));
        await Client(azure).StartAsync(new RunStart("p") { ReferenceRunId = "r1", IsRecovery = true, StartActivity = "Load & go", StartsFromFailure = true }, default);
        Assert.EndsWith(
            "createRun?api-version=2018-06-01&referencePipelineRunId=r1&isRecovery=true&startActivityName=Load%20%26%20go&startFromFailure=true", Assert.Single(azure.Seen).Address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0 NoResponse, who knows")]
    [InlineData(500, "500 Http500, who knows")]
    [InlineData(503, "503 Http503, who knows")]
    [InlineData(504, "504 Http504, who knows")]
    [InlineData(200, "200 InvalidResponse, who knows")]
    public async Task A_run_is_never_started_twice(int status, string outcome)
    {
        var azure = InTurn(() => status == 0 ? Reset() : Answer(status, status == 200 ? "{}" : ""));
        Assert.Equal(outcome, await OutcomeAsync(() => Client(azure).StartAsync(new RunStart("p"), default)));
        Assert.Single(azure.Seen);
    }

    [Fact]
    public async Task A_run_is_read_with_all_that_it_tells()
    {
        var azure = InTurn(() => Answer(200, """
            {"runId":"r","pipelineName":"p","status":"Failed","runGroupId":"g","isLatest":true,"parameters":{"x":"1"},"message":"Why.","durationInMs":1500,
             "invokedBy":{"name":"Manual","id":"i","invokedByType":"PipelineActivity","pipelineName":"caller","pipelineRunId":"c"},
             "lastUpdated":"2026-01-01T00:00:02.5Z","runStart":"2026-01-01T00:00:01Z","runEnd":"2026-01-01T00:00:02.5000000Z"}
            """));
        var run = (await Client(azure).FindAsync("r", default))!;
        Assert.Equal(("r", "p", "Failed", "g", true, "Why.", true), (run.RunId, run.Pipeline, run.Status, run.GroupId, run.IsLatest, run.Message, run.IsOver));
        Assert.Equal(new RunInvoker("Manual", "i", "PipelineActivity", "caller", "c"), run.InvokedBy);
        Assert.Equal(TimeSpan.FromSeconds(1.5), run.Duration);
        Assert.Equal(run.Duration, run.End - run.Start);
        Assert.Equal("""{"x":"1"}""", run.Parameters.GetRawText());
        Assert.Equal(["GET /pipelineruns/r"], azure.Asked);
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_none() => Assert.Null(await Client(InTurn(() => Refuse(404, "PipelineRunNotFound", "No."))).FindAsync("r", default));

    [Fact]
    public async Task Activities_are_read_page_after_page()
    {
        var azure = InTurn(
            () => Answer(200, """
                {"value":[{"activityRunId":"1","activityName":"Copy","activityType":"Copy","status":"Failed","pipelineName":"p","pipelineRunId":"r","durationInMs":7,
                  "activityRunStart":"2026-01-01T00:00:00Z","activityRunEnd":null,"input":{"i":1},"output":{"o":2},"iterationHash":"h","retryAttempt":2,"userProperties":{"u":"v"},
                  "linkedServiceName":"ls","error":{"errorCode":"2200","message":"Bad.","failureType":"UserError","target":"Copy","details":[]}}],"continuationToken":"next"}
                """),
            () => Answer(200, """{"value":[{"activityRunId":"2","activityName":"Wait","status":"InProgress","error":{"errorCode":"","message":"","failureType":"","target":"Wait"}},{"status":"no id"}]}"""));
        var runs = await ToListAsync(Client(azure).ListActivitiesAsync("r", Today, default));
        Assert.Equal(["Copy", "Wait"], runs.Select(r => r.Activity));
        Assert.Equal((true, false), (runs[0].IsOver, runs[1].IsOver));
        Assert.Equal(("h", 2, "ls", TimeSpan.FromMilliseconds(7), "p", "r"), (runs[0].IterationHash, runs[0].RetryAttempt, runs[0].LinkedService, runs[0].Duration, runs[0].Pipeline, runs[0].PipelineRunId));
        Assert.Equal(("""{"i":1}""", """{"o":2}""", """{"u":"v"}"""), (runs[0].Input.GetRawText(), runs[0].Output.GetRawText(), runs[0].UserProperties.GetRawText()));
        Assert.Equal(("2200", "Bad.", "UserError", "Copy"), (runs[0].Error!.Code, runs[0].Error!.Message, runs[0].Error!.FailureType, runs[0].Error!.Target));
        Assert.Null(runs[1].Error);
        Assert.Equal(["POST /pipelineruns/r/queryActivityruns", "POST /pipelineruns/r/queryActivityruns"], azure.Asked);
        Assert.Equal(
            ["""{"lastUpdatedAfter":"2026-01-01T00:00:00.0000000Z","lastUpdatedBefore":"2026-01-02T00:00:00.0000000Z"}""",
             """{"lastUpdatedAfter":"2026-01-01T00:00:00.0000000Z","lastUpdatedBefore":"2026-01-02T00:00:00.0000000Z","continuationToken":"next"}"""],
            azure.Seen.Select(s => s.Body));
    }

    [Fact]
    public async Task Runs_are_found_by_conditions()
    {
        var azure = InTurn(Reset, () => Answer(200, """{"value":[{"runId":"r","status":"InProgress"}]}"""));
        var filter = Today with { Conditions = [new("PipelineName", ["p"]), new("Status", ["Failed", "Cancelled"], IsIn: false)], OrderBy = "RunStart" };
        Assert.Equal(["r"], (await ToListAsync(Client(azure).ListAsync(filter, default))).Select(r => r.RunId));
        var body = JsonNode.Parse(azure.Seen.Last().Body)!;
        Assert.Equal(
            """[{"operand":"PipelineName","operator":"Equals","values":["p"]},{"operand":"Status","operator":"NotIn","values":["Failed","Cancelled"]}]""", body["filters"]!.ToJsonString());
        Assert.Equal("""[{"orderBy":"RunStart","order":"DESC"}]""", body["orderBy"]!.ToJsonString());
    }

    [Fact]
    public async Task A_list_of_runs_that_goes_in_a_circle_ends()
    {
        var azure = InTurn(() => Answer(200, """{"value":[],"continuationToken":"same"}"""));
        Assert.Equal("200 InvalidResponse", await OutcomeAsync(() => ToListAsync(Client(azure).ListAsync(Today, default))));
        Assert.Equal(2, azure.Seen.Count);
    }

    [Fact]
    public async Task Runs_of_triggers_say_what_they_started()
    {
        var azure = InTurn(() => Answer(200, """
            {"value":[{"triggerRunId":"t1","triggerName":"Nightly","triggerType":"ScheduleTrigger","triggerRunTimestamp":"2026-01-01T02:00:00Z","status":"Succeeded","triggeredPipelines":{"p":"r","q":5}}]}
            """));
        var run = Assert.Single(await ToListAsync(Client(azure).ListTriggerRunsAsync(Today, default)));
        Assert.Equal(("t1", "Nightly", "ScheduleTrigger", "Succeeded"), (run.RunId, run.Trigger, run.Type, run.Status));
        Assert.Equal([KeyValuePair.Create("p", "r")], run.Pipelines);
        Assert.Equal(["POST /queryTriggerRuns"], azure.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_is_cancelled_with_or_without_those_that_it_called(bool isRecursive)
    {
        var azure = InTurn(() => Answer(200));
        await Client(azure).CancelAsync("r", isRecursive, default);
        Assert.EndsWith($"/pipelineruns/r/cancel?api-version=2018-06-01&isRecursive={(isRecursive ? "true" : "false")}", Assert.Single(azure.Seen).Address.AbsoluteUri, StringComparison.Ordinal);
    }

    private static AzureRunClient Client(ScriptedAzure azure) => new(azure.Client());
}
