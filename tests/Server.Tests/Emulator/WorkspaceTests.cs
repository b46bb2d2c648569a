using System.Text;
using System.Text.Json.Nodes;
using Pipewright.Core.Notebooks;
using Pipewright.Emulator;
using Pipewright.Emulator.Databricks;
using Xunit;

namespace Pipewright.Server.Tests.Emulator;

/// <summary>The emulator's Databricks workspace, where a client of Databricks' own does not look: on disk, over time, under faults.</summary>
public sealed class WorkspaceTests
{
    private const string Source = "# Databricks notebook source\nx = 1\n";

    [Fact]
    public async Task All_is_there_again_after_a_restart()
    {
        using var state = new TestFolder();
        using var seed = new TestFolder();
        seed.Write("silver/load.py", Source);
        seed.Write("silver/plain.py", "x = 1");
        seed.Write("gold/sales.SQL", "-- Databricks notebook source\nSELECT 1");
        var options = new EmulatorOptions(0, state.Path, null, 50) { Speed = 0, Notebooks = [new NotebookFolder(seed.Path, "/Shared/etl")] };
        long run;
        await using (var emulator = await TestEmulator.StartAsync(options))
        {
            Assert.Equal(["/Shared/etl/silver/load"], await PathsAsync(emulator, "/Shared/etl/silver"));
            await ImportAsync(emulator, "/Shared/etl/silver/load", "# Databricks notebook source\nx = 2\n");
            await emulator.PostAsync("/api/2.0/workspace/delete", """{"path":"/Shared/etl/gold","recursive":true}""");
            await emulator.PostAsync("/api/2.2/jobs/create", """{"name":"J","tasks":[{"task_key":"t"}]}""");
            run = (long)(await emulator.PostAsync("/api/2.2/jobs/run-now", """{"job_id":101}""")).Content!["run_id"]!;
        }

        await using (var emulator = await TestEmulator.StartAsync(options))
        {
            // What was deleted does not come back from the seed.
            Assert.Equal(["/Shared/etl/silver"], await PathsAsync(emulator, "/Shared/etl"));
            Assert.Contains("x = 2", await ExportAsync(emulator, "/Shared/etl/silver/load"), StringComparison.Ordinal);
            Assert.Equal("J", (string)(await emulator.GetAsync("/api/2.2/jobs/get?job_id=101")).Content!["settings"]!["name"]!);
            Assert.Equal("SUCCESS", (string)(await emulator.GetAsync($"/api/2.2/jobs/runs/get?run_id={run}")).Content!["state"]!["result_state"]!);
            Assert.Equal(102, (long)(await emulator.PostAsync("/api/2.2/jobs/create", "{}")).Content!["job_id"]!);

            // Everything as at the start.
            await emulator.PostAsync("/_emulator/reset");
            Assert.Contains("x = 1", await ExportAsync(emulator, "/Shared/etl/silver/load"), StringComparison.Ordinal);
            Assert.Equal(400, (await emulator.GetAsync("/api/2.2/jobs/get?job_id=101")).Status);
        }
    }

    [Fact]
    public async Task A_run_goes_on_by_the_clock_and_can_be_cancelled()
    {
        var time = new TurnedTime();
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Time = time, Speed = 2 });
        await emulator.PostAsync("/_emulator/stubs", """{"activity":"a","duration":10}""");
        var run = (long)(await emulator.PostAsync("/api/2.1/jobs/runs/submit", """{"tasks":[{"task_key":"a"},{"task_key":"b"}]}""")).Content!["run_id"]!;
        Assert.Equal("RUNNING  | RUNNING , BLOCKED ", await StateAsync(emulator, run));
        time.Turn(TimeSpan.FromSeconds(6));
        Assert.Equal("RUNNING  | TERMINATED SUCCESS, RUNNING ", await StateAsync(emulator, run));
        Assert.Null((await emulator.GetAsync($"/api/2.1/jobs/runs/get-output?run_id={run + 2}")).Content!["notebook_output"]);
        await emulator.PostAsync("/api/2.1/jobs/runs/cancel", $$"""{"run_id":{{run}}}""");
        Assert.Equal("TERMINATED CANCELED | TERMINATED SUCCESS, TERMINATED CANCELED", await StateAsync(emulator, run));
        time.Turn(TimeSpan.FromHours(1));
        Assert.Equal("TERMINATED CANCELED | TERMINATED SUCCESS, TERMINATED CANCELED", await StateAsync(emulator, run));
    }

    [Theory]
    [InlineData("GET", "/api/2.0/workspace/list?path=/Nowhere", "", 404, "RESOURCE_DOES_NOT_EXIST")]
    [InlineData("GET", "/api/2.0/workspace/list?x=1", "", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("GET", "/api/2.0/workspace/export?path=/Shared", "", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("GET", "/api/3.0/workspace/list?path=/", "", 404, "ENDPOINT_NOT_FOUND")]
    [InlineData("GET", "/api/2.0/dbfs/list?path=/", "", 404, "ENDPOINT_NOT_FOUND")]
    [InlineData("GET", "/api/2.2/jobs/list?limit=101", "", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("GET", "/api/2.2/jobs/list?page_token=x", "", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("GET", "/api/2.2/jobs/runs/get?run_id=9", "", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "/api/2.0/workspace/mkdirs", """{"path":"/Shared/n/below"}""", 400, "RESOURCE_ALREADY_EXISTS")]
    [InlineData("POST", "/api/2.0/workspace/import", """{"path":"/Shared/m","content":"?","language":"SQL"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "/api/2.0/workspace/import", """{"path":"/Shared/m","content":"","format":"DBC"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "/api/2.0/workspace/import", """{"path":"/Shared/m","content":""}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "/api/2.0/workspace/import", "[", 400, "InvalidRequestContent")]
    [InlineData("POST", "/api/2.2/jobs/run-now", """{"job_id":7}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("POST", "/api/2.2/jobs/runs/submit", """{"tasks":[{"task_key":"a"},{"task_key":"a"}]}""", 400, "INVALID_PARAMETER_VALUE")]
    public async Task What_can_not_be_is_refused_in_the_form_of_the_service(string method, string path, string body, int status, string code)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await ImportAsync(emulator, "/Shared/n", Source);
        var answer = await emulator.SendAsync(method, path, body.Length == 0 ? null : body);
        Assert.Equal((status, code), (answer.Status, (string)answer.Content!["error_code"]!));
        Assert.False(string.IsNullOrEmpty((string)answer.Content["message"]!));
    }

    [Fact]
    public async Task Faults_and_throttling_speak_as_the_service_that_was_asked()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Throttle = 2, Time = new TurnedTime() });
        await emulator.FaultAsync("""{"path":"/api/**","action":"status","status":503,"count":1}""");
        var failed = await emulator.GetAsync("/api/2.0/workspace/get-status?path=/");
        Assert.Equal((503, "TEMPORARILY_UNAVAILABLE"), (failed.Status, (string)failed.Content!["error_code"]!));
        Assert.Equal(200, (await emulator.GetAsync("/api/2.0/workspace/get-status?path=/")).Status);
        var throttled = await emulator.GetAsync("/api/2.0/workspace/get-status?path=/");
        Assert.Equal((429, "REQUEST_LIMIT_EXCEEDED"), (throttled.Status, (string)throttled.Content!["error_code"]!));
        Assert.NotNull(throttled.Message.Headers.RetryAfter);
        Assert.Equal(200, (await emulator.GetAsync("pipelines")).Status);
    }

    [Theory]
    [InlineData("notebooks=/Shared/etl", "notebooks", "/Shared/etl")]
    [InlineData("a=b=/Shared/", "a=b", "/Shared")]
    [InlineData("a=/", "a", "")]
    [InlineData("a=Shared", null, null)]
    [InlineData("=/Shared", null, null)]
    [InlineData("a", null, null)]
    public void An_option_names_a_folder_and_a_path(string option, string? folder, string? path)
    {
        var read = NotebookSeeding.Read(option);
        Assert.Equal((folder, path), (read?.Folder, read?.WorkspacePath));
    }

    [Theory]
    [InlineData("PYTHON", "x = 1")]
    [InlineData("SQL", "SELECT 1\n\n-- COMMAND ----------\n\n-- MAGIC %python\n-- MAGIC x = 1")]
    [InlineData("R", "# MAGIC %md\n# MAGIC Title\n\n# COMMAND ----------\n\nx <- 1")]
    public void A_notebook_is_the_same_after_Jupyter(string language, string body)
    {
        var known = SourceLanguage.Find(language)!;
        var source = $"{known.Header}\n{body}\n";
        Assert.Equal((known, source), NotebookSource.OfJupyter(NotebookSource.ToJupyter("n", known, source)));
    }

    private static async Task<string> StateAsync(TestEmulator emulator, long run)
    {
        var content = (await emulator.GetAsync($"/api/2.1/jobs/runs/get?run_id={run}")).Content!;
        static string Of(JsonNode? node) => $"{node!["state"]!["life_cycle_state"]} {node["state"]!["result_state"]}";
        return $"{Of(content)} | {string.Join(", ", content["tasks"]!.AsArray().Select(Of))}";
    }

    private static Task<Answer> ImportAsync(TestEmulator emulator, string path, string source) => emulator.PostAsync("/api/2.0/workspace/import", new JsonObject
    {
        ["path"] = path,
        ["language"] = "PYTHON",
        ["overwrite"] = true,
        ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(source)),
    }.ToJsonString());

    private static async Task<string> ExportAsync(TestEmulator emulator, string path) =>
        Encoding.UTF8.GetString(Convert.FromBase64String((string)(await emulator.GetAsync($"/api/2.0/workspace/export?path={path}")).Content!["content"]!));

    private static async Task<IEnumerable<string>> PathsAsync(TestEmulator emulator, string path) =>
        (await emulator.GetAsync($"/api/2.0/workspace/list?path={path}")).Content!["objects"]!.AsArray().Select(o => (string)o!["path"]!);
}
