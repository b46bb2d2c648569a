using System.Text.Json;
using Pipewright.Azure.Databricks;
using Pipewright.Core.Factory;
using Pipewright.Deployment;
using Pipewright.Deployment.Running;
using Pipewright.LanguageServer.AzureServices;
using Pipewright.LanguageServer.Running;
using Pipewright.Server.Tests.AzureServices;
using Xunit;
using static Pipewright.Server.Tests.AzureServices.ScriptedAzure;

namespace Pipewright.Server.Tests.Running;

/// <summary>What came of a notebook, as the factory and the workspace tell it.</summary>
public sealed class NotebookOutcomeTests
{
    private const string Page = "https://adb-1.2.azuredatabricks.net/?o=1#job/2/run/3";

    private const string Secret = "eyJ-a-token-that-nobody-may-see";

    [Theory]
    [InlineData("https://adb-1.2.azuredatabricks.net/?o=1#job/2/run/3", 3L)]
    [InlineData("https://adb-1.2.azuredatabricks.net/jobs/2/runs/3?o=1", 3L)]
    [InlineData("https://adb-1.2.azuredatabricks.net/?o=1#job/2/runs/99999999999", 99999999999L)]
    [InlineData("https://adb-1.2.azuredatabricks.net/?o=1#job/2/run/99999999999999999999", null)]
    [InlineData("https://adb-1.2.azuredatabricks.net/?o=1#notebook/3", null)]
    [InlineData("", null)]
    public void The_run_is_named_by_its_page(string page, long? id) => Assert.Equal(id, NotebookOutcomes.RunIdOf(page));

    [Theory]
    [InlineData("""{"runPageUrl":"PAGE","runOutput":"done"}""", "done")]
    [InlineData("""{"runPageUrl":"PAGE","runOutput":{"rows":7}}""", """{"rows":7}""")]
    [InlineData("""{"runPageUrl":"PAGE","runOutput":null}""", null)]
    [InlineData("""{"runPageUrl":"PAGE"}""", null)]
    public async Task What_a_notebook_returned_is_told_without_asking_a_workspace(string output, string? text)
    {
        var outcome = await NotebookOutcomes.FindAsync(ActivityOf("Succeeded", output), new Answering(() => throw new InvalidOperationException("asked")), default);
        Assert.Equal((Page, text, false), (outcome!.Page, outcome.Output, outcome.IsTruncated));
    }

    [Fact]
    public async Task A_long_output_is_cut()
    {
        var outcome = await NotebookOutcomes.FindAsync(ActivityOf("Succeeded", $$"""{"runOutput":"{{new string('x', 5000)}}"}"""), null, default);
        Assert.Equal((2000, true), (outcome!.Output!.Length, outcome.IsTruncated));
    }

    [Theory]
    [InlineData("InProgress", "DatabricksNotebook")]
    [InlineData("Succeeded", "Copy")]
    public async Task Of_anything_else_nothing_is_told(string status, string type) =>
        Assert.Null(await NotebookOutcomes.FindAsync(ActivityOf(status, """{"runPageUrl":"PAGE"}""") with { Type = type }, null, default));

    [Fact]
    public async Task The_end_of_a_trace_is_told_without_its_colours()
    {
        var trace = string.Join("\r\n", Enumerable.Range(1, 30).Select(n => $"\u001b[0;31mline {n}\u001b[0m\u0007  ")) + "\n\n";
        var outcome = await NotebookOutcomes.FindAsync(ActivityOf("Failed", """{"runPageUrl":"PAGE"}"""), new Answering(() => new NotebookFailure("\u001b[1mKeyError\u001b[0m: 'day'", trace)), default);
        Assert.Equal("KeyError: 'day'", outcome!.Error);
        Assert.Equal(Enumerable.Range(19, 12).Select(n => $"line {n}"), outcome.Trace);
        var text = new StringWriter();
        new RunText(text, new RunPlaces(FactorySnapshot.Empty)).Write(new ActivityChanged(ActivityOf("Failed", "{}"), "p", 0, null) { Notebook = outcome });
        Assert.Contains("the notebook failed: KeyError: 'day'", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("| line 30", text.ToString(), StringComparison.Ordinal);
        Assert.Equal("line 30", (string)RunJson.Of(new ActivityChanged(ActivityOf("Failed", "{}"), "p", 0, null) { Notebook = outcome })["databricks"]!["trace"]![11]!);
    }

    [Fact]
    public async Task A_workspace_that_refuses_is_no_failure_of_the_run()
    {
        var outcome = await NotebookOutcomes.FindAsync(
            ActivityOf("Failed", """{"runPageUrl":"PAGE","runError":"Workload failed"}"""), new Answering(() => throw new FactoryRequestException("PERMISSION_DENIED", "No right.")), default);
        Assert.Equal(("Workload failed", "No right."), (outcome!.Error, outcome.Problem));
        var text = new StringWriter();
        new RunText(text, new RunPlaces(FactorySnapshot.Empty)).Write(new ActivityChanged(ActivityOf("Failed", "{}"), "p", 0, null) { Notebook = outcome });
        Assert.Contains("! Why the notebook failed is not told: No right.", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_output_is_that_of_the_task_that_failed()
    {
        var azure = new ScriptedAzure(r => r.Address.AbsolutePath.EndsWith("get", StringComparison.Ordinal)
            ? Answer(200, """{"run_id":3,"tasks":[{"run_id":4,"state":{"life_cycle_state":"TERMINATED","result_state":"SUCCESS"}},{"run_id":5,"state":{"life_cycle_state":"TERMINATED","result_state":"FAILED"}}]}""")
            : Answer(200, """{"error":"KeyError","error_trace":"line 1"}"""));
        var failure = await Reader(azure).FindFailureAsync(Page, default);
        Assert.Equal(new NotebookFailure("KeyError", "line 1"), failure);
        Assert.Equal(["GET /api/2.2/jobs/runs/get?run_id=3", "GET /api/2.2/jobs/runs/get-output?run_id=5"], azure.Asked);
        Assert.All(azure.Seen, s => Assert.Equal(("adb-1.2.azuredatabricks.net", "Bearer " + Secret), (s.Address.Host, s.Token)));
    }

    [Theory]
    [InlineData("https://example.org/?o=1#job/2/run/3", "no workspace of Azure Databricks")]
    [InlineData("http://adb-1.2.azuredatabricks.net/?o=1#job/2/run/3", "no workspace of Azure Databricks")]
    [InlineData("http://127.0.0.1:9/?o=1#job/2/run/3", "is an emulator, and the factory is in Azure")]
    [InlineData("https://adb-1.2.azuredatabricks.net/", "is not known")]
    public async Task A_page_elsewhere_gets_no_request_and_no_token(string page, string problem)
    {
        var azure = new ScriptedAzure(_ => Answer(200, "{}"));
        var e = await Assert.ThrowsAsync<FactoryRequestException>(() => Reader(azure).FindFailureAsync(page, default));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Empty(azure.Seen);
    }

    [Fact]
    public async Task A_run_that_the_workspace_does_not_know_tells_nothing()
    {
        var azure = new ScriptedAzure(_ => Answer(400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"Run 3 does not exist."}"""));
        Assert.Null(await Reader(azure).FindFailureAsync(Page, default));
    }

    private static DatabricksRunReader Reader(ScriptedAzure azure) => new(Target, workspace => new DatabricksClient(workspace, azure.Credential(Secret), azure.Options));

    private static ActivityRunState ActivityOf(string status, string output) => new(
        "id", "Load", "DatabricksNotebook", status, "p", "run", null, null, null, default, JsonElement.Parse(output.Replace("PAGE", Page, StringComparison.Ordinal)), null, null, null, default, null);

    private sealed class Answering(Func<NotebookFailure?> answer) : INotebookRuns
    {
        public Task<NotebookFailure?> FindFailureAsync(string page, CancellationToken cancellation) => Task.FromResult(answer());
    }
}
