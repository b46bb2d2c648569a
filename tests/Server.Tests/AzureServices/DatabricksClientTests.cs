using System.Text.Json.Nodes;
using Azure.Core;
using Pipewright.Azure;
using Pipewright.Azure.Databricks;
using Pipewright.LanguageServer.AzureServices;
using Xunit;
using static Pipewright.Server.Tests.AzureServices.ScriptedAzure;

namespace Pipewright.Server.Tests.AzureServices;

/// <summary>Requests to a workspace of Databricks: where they go, what comes back, what is said of refusals.</summary>
public sealed class DatabricksClientTests
{
    private const string Secret = "dapi-a-token-that-nobody-may-see";

    private const string Host = "adb-1.2.azuredatabricks.net";

    [Theory]
    [InlineData("https://adb-1.2.azuredatabricks.net", "https://adb-1.2.azuredatabricks.net/", false)]
    [InlineData(" https://ADB-1.2.AzureDatabricks.NET/?o=7#x ", "https://adb-1.2.azuredatabricks.net/", false)]
    [InlineData("adb-1.2.azuredatabricks.net", "https://adb-1.2.azuredatabricks.net/", false)]
    [InlineData("https://me:secret@adb-1.2.azuredatabricks.net/", "https://adb-1.2.azuredatabricks.net/", false)]
    [InlineData("https://westeurope.azuredatabricks.net", "https://westeurope.azuredatabricks.net/", false)]
    [InlineData("https://adb-1.2.databricks.azure.us", "https://adb-1.2.databricks.azure.us/", false)]
    [InlineData("https://adb-1.2.databricks.azure.cn", "https://adb-1.2.databricks.azure.cn/", false)]
    [InlineData("http://127.0.0.1:8099/", "http://127.0.0.1:8099/", true)]
    [InlineData("http://localhost:8099", "http://localhost:8099/", true)]
    public void The_domain_of_a_linked_service_is_a_workspace(string domain, string address, bool isEmulator)
    {
        Assert.True(DatabricksWorkspace.TryParse(domain, out var workspace));
        Assert.Equal((address, isEmulator), (workspace.Address.AbsoluteUri, workspace.IsEmulator));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("http://adb-1.2.azuredatabricks.net")]
    [InlineData("https://adb-1.2.azuredatabricks.net:8443")]
    [InlineData("https://adb-1.2.azuredatabricks.net@example.org")]
    [InlineData("https://adb-1.2.azuredatabricks.net.example.org")]
    [InlineData("https://azuredatabricks.net.example.org")]
    [InlineData("https://example-azuredatabricks.net")]
    [InlineData("https://example.org/adb-1.2.azuredatabricks.net")]
    [InlineData(@"https://example.org\.azuredatabricks.net")]
    [InlineData("https://example.org#.azuredatabricks.net")]
    [InlineData("https://127.0.0.1")]
    [InlineData("http://127.0.0.1.example.org")]
    [InlineData("ftp://adb-1.2.azuredatabricks.net")]
    [InlineData("@linkedService().domain")]
    public void A_token_can_go_to_no_other_host(string domain)
    {
        Assert.Null(DatabricksWorkspace.Parse(domain, out var problem));
        Assert.False(string.IsNullOrEmpty(problem));
    }

    [Fact]
    public void A_credential_is_for_Azure_and_none_for_an_emulator()
    {
        Assert.Throws<ArgumentException>(() => new DatabricksClient(Workspace(), null));
        Assert.Throws<ArgumentException>(() => new DatabricksClient(DatabricksWorkspace.Parse("http://127.0.0.1:1", out _)!, DatabricksCredentials.FromToken(Secret)));
    }

    [Theory]
    [InlineData(Secret, null, Host, false)]
    [InlineData(Secret, "", Host, false)]
    [InlineData(Secret, "https://adb-1.2.azuredatabricks.net/", Host, true)]
    [InlineData(Secret, "adb-1.2.azuredatabricks.net", Host, true)]
    [InlineData(Secret, "https://adb-9.9.azuredatabricks.net", Host, false)]
    [InlineData(Secret, "nonsense of a host", Host, false)]
    [InlineData(Secret, "http://127.0.0.1:1", "http://127.0.0.1:1", false)]
    [InlineData(" ", null, Host, false)]
    [InlineData(null, null, Host, false)]
    public void A_personal_token_is_for_its_own_workspace(string? token, string? host, string workspace, bool isUsed) =>
        Assert.Equal(isUsed, DatabricksCredentials.Choose(token, host, DatabricksWorkspace.Parse(workspace, out _)!) is not null);

    [Fact]
    public async Task Each_operation_asks_at_its_path()
    {
        var azure = new ScriptedAzure(_ => Answer(200, "{}"));
        foreach (var call in Calls(Client(azure)))
        {
            await call();
        }

        Assert.Equal(
            [
                "GET /api/2.0/workspace/list?path=%2Fa%20b%2F%C3%A9", "GET /api/2.0/workspace/get-status?path=%2Fa", "GET /api/2.0/workspace/export?path=%2Fa&format=SOURCE",
                "POST /api/2.0/workspace/import", "POST /api/2.0/workspace/mkdirs", "POST /api/2.0/workspace/delete",
                "GET /api/2.2/jobs/list?limit=100&name=n", "GET /api/2.2/jobs/get?job_id=7", "GET /api/2.2/jobs/runs/get?run_id=7", "GET /api/2.2/jobs/runs/get-output?run_id=7",
                "GET /api/2.1/clusters/list?page_size=100", "GET /api/2.1/clusters/get?cluster_id=c", "GET /api/2.1/clusters/spark-versions", "GET /api/2.1/clusters/list-node-types",
                "GET /api/2.0/instance-pools/list", "GET /api/2.0/policies/clusters/list", "GET /api/2.0/repos?path_prefix=%2FRepos",
            ],
            azure.Asked);
        Assert.All(azure.Seen, s => Assert.Equal(("https://" + Host, "Bearer " + Secret), (s.Address.GetLeftPart(UriPartial.Authority), s.Token)));
        Assert.All(azure.Seen, s => Assert.Equal("/subscriptions/s", s.Headers["x-databricks-azure-workspace-resource-id"]));
    }

    [Fact]
    public async Task The_token_is_asked_for_in_the_scope_of_Databricks()
    {
        var azure = InTurn(() => Answer(200, "{}"));
        string[] scopes = [];
        await new DatabricksClient(Workspace(), DelegatedTokenCredential.Create((context, _) =>
        {
            scopes = context.Scopes;
            return new AccessToken(Secret, azure.Clock.GetUtcNow().AddHours(1));
        }), azure.Options).ListAsync("/", default);
        Assert.Equal(["2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default"], scopes);
    }

    [Fact]
    public async Task What_is_imported_is_sent_as_base64()
    {
        var azure = InTurn(() => Answer(200, "{}"));
        await Client(azure).ImportAsync(new WorkspaceImport("/a", "é", "SOURCE", "PYTHON", true), default);
        Assert.Equal("""{"path":"/a","format":"SOURCE","content":"w6k=","overwrite":true,"language":"PYTHON"}""", Assert.Single(azure.Seen).Body);
    }

    [Fact]
    public async Task The_source_of_a_notebook_is_text()
    {
        var azure = InTurn(() => Answer(200, """{"content":"w6k=","file_type":"py"}"""), () => Answer(200, """{"file_type":"py"}"""), () => Answer(200, """{"content":"?"}"""));
        Assert.Equal("é", await Client(azure).ExportAsync("/a", default));
        Assert.Equal("", await Client(azure).ExportAsync("/a", default));
        Assert.Equal(ArmException.InvalidResponse, (await Assert.ThrowsAsync<ArmException>(() => Client(azure).ExportAsync("/a", default))).Code);
    }

    [Fact]
    public async Task Lists_are_read_to_their_end_and_what_is_not_understood_is_left_out()
    {
        var azure = InTurn(
            () => Answer(200, """{"jobs":[{"job_id":1,"settings":{"name":"a","format":"NEW"}},{"job_id":"x"},7],"has_more":true,"next_page_token":"t 1"}"""),
            () => Answer(200, """{"has_more":true,"next_page_token":"t2"}"""),
            () => Answer(200, """{"jobs":[{"job_id":2}],"next_page_token":""}"""));
        var jobs = await RequestTests.ToListAsync(Client(azure).ListJobsAsync(null, default));
        Assert.Equal([(1, "a"), (2, "2")], jobs.Select(j => (j.Id, j.Name)));
        Assert.Equal(["GET /api/2.2/jobs/list?limit=100", "GET /api/2.2/jobs/list?limit=100&page_token=t%201", "GET /api/2.2/jobs/list?limit=100&page_token=t2"], azure.Asked);
    }

    [Fact]
    public async Task A_list_in_a_circle_ends()
    {
        var azure = InTurn(() => Answer(200, """{"clusters":[{"cluster_id":"c","state":"NEWER"}],"next_page_token":"t"}"""));
        var e = await Assert.ThrowsAsync<ArmException>(() => RequestTests.ToListAsync(Client(azure).ListClustersAsync(default)));
        Assert.Equal((ArmException.InvalidResponse, 2), (e.Code, azure.Seen.Count));
    }

    [Fact]
    public async Task A_job_of_several_pages_is_one()
    {
        var azure = InTurn(
            () => Answer(200, """{"job_id":1,"settings":{"name":"a","parameters":[{"name":"p","default":"1"}],"tasks":[{"task_key":"t","notebook_task":{"notebook_path":"/n","source":"WORKSPACE","base_parameters":{"b":"1"}}}]},"next_page_token":"x"}"""),
            () => Answer(200, """{"job_id":1,"settings":{"parameters":[{"name":"q"}],"tasks":[{"task_key":"u"}]}}"""));
        var job = await Client(azure).FindJobAsync(1, default);
        Assert.Equal(("a", "p=1 q=", "t:/n u:"), (job!.Name, string.Join(' ', job.Parameters.Select(p => $"{p.Name}={p.Default}")), string.Join(' ', job.Tasks.Select(t => $"{t.Key}:{t.NotebookPath}"))));
        Assert.Equal("1", job.Tasks[0].NotebookParameters["b"]);
    }

    [Theory]
    [InlineData("""{"state":{"life_cycle_state":"TERMINATED","result_state":"FAILED","state_message":"Oh."}""", "TERMINATED", "FAILED", "Oh.", true)]
    [InlineData("""{"state":{"life_cycle_state":"RUNNING"}""", "RUNNING", null, "", false)]
    [InlineData("""{"status":{"state":"TERMINATED","termination_details":{"code":"RUN_EXECUTION_ERROR","message":"Oh."}}""", "TERMINATED", "RUN_EXECUTION_ERROR", "Oh.", true)]
    [InlineData("""{"state":{"life_cycle_state":"NEWER"}""", "NEWER", null, "", false)]
    public async Task The_state_of_a_run_is_read(string run, string life, string? result, string message, bool isOver)
    {
        var azure = InTurn(() => Answer(200, run + $$""","run_id":5,"run_page_url":"https://{{Host}}/?o=1#job/2/run/5","tasks":[{"run_id":6,"task_key":"t"}]}"""));
        var read = await Client(azure).FindRunAsync(5, default);
        Assert.Equal((life, result, message, isOver, 6), (read!.LifeCycle, read.Result, read.StateMessage, read.IsOver, read.Tasks[0].RunId));
        Assert.Equal($"https://{Host}/?o=1#job/2/run/5", read.Page!.AbsoluteUri);
    }

    [Fact]
    public async Task A_page_elsewhere_is_no_page_of_the_run()
    {
        var azure = InTurn(() => Answer(200, """{"run_id":5,"run_page_url":"https://example.org/?o=1"}"""));
        Assert.Null((await Client(azure).FindRunAsync(5, default))!.Page);
    }

    [Fact]
    public async Task The_output_of_a_run_is_read()
    {
        var azure = InTurn(
            () => Answer(200, """{"notebook_output":{"result":"{}","truncated":true},"metadata":{}}"""),
            () => Answer(200, """{"error":"ValueError: no","error_trace":"line 1\nline 2"}"""));
        Assert.Equal(new DatabricksRunOutput("{}", true, null, null), await Client(azure).FindRunOutputAsync(5, default));
        Assert.Equal(new DatabricksRunOutput(null, false, "ValueError: no", "line 1\nline 2"), await Client(azure).FindRunOutputAsync(5, default));
    }

    [Theory]
    [InlineData(404, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Path (/a) doesn't exist."}""")]
    [InlineData(400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"Cluster c does not exist"}""")]
    public async Task What_is_not_there_is_no_error(int status, string body)
    {
        var client = Client(InTurn(() => Answer(status, body)));
        Assert.Null(await client.ListAsync("/a", default));
        Assert.Null(await client.FindAsync("/a", default));
        Assert.Null(await client.ExportAsync("/a", default));
        Assert.Null(await client.FindJobAsync(1, default));
        Assert.Null(await client.FindRunAsync(1, default));
        Assert.Null(await client.FindClusterAsync("c", default));
        Assert.False(await client.DeleteAsync("/a", true, default));
    }

    [Theory]
    [InlineData(400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"Bad path."}""", "INVALID_PARAMETER_VALUE", "Bad path.")]
    [InlineData(400, """{"error":"Old form."}""", "Http400", "Old form.")]
    [InlineData(400, """{"detail":"Of SCIM.","status":"400","scimType":"invalidPath"}""", "invalidPath", "Of SCIM.")]
    [InlineData(400, """{"error_code":7,"message":"Numbered."}""", "Http7", "Numbered.")]
    [InlineData(400, "MALFORMED_REQUEST: Not like that.", "MALFORMED_REQUEST", "Not like that.")]
    [InlineData(400, "Just text", "Error", "Just text")]
    [InlineData(400, "", "Http400", "The service answered 400 Bad Request.")]
    [InlineData(400, "{broken", "Http400", "The service answered 400 Bad Request.")]
    [InlineData(502, "<html><title>Bad&#32;Gateway</title>", "Page", "Bad Gateway")]
    [InlineData(400, "<html><body><h2>HTTP 400</h2><pre>  Reason:\n <b>so</b></pre>", "Page", "Reason: so")]
    public async Task A_refusal_is_one_readable_message_in_whatever_form(int status, string body, string code, string message)
    {
        var e = await RefusedAsync(() => Answer(status, body));
        Assert.Equal((status, code, $"{Host}: {message}"), (e.Status, e.Code, e.Message));
    }

    [Theory]
    [InlineData(401, "", "does not take this sign-in. Sign in")]
    [InlineData(302, "", "points to a page to sign in at")]
    [InlineData(403, """{"error_code":"PERMISSION_DENIED","message":"User has no View."}""", "User has no View. This user may not do that")]
    [InlineData(403, """{"error_code":"403","message":"Invalid access token."}""", "Invalid access token. Sign in")]
    [InlineData(403, "<html><title>Forbidden</title>", "Forbidden The workspace does not let this machine in: it has an IP access list")]
    [InlineData(403, """{"error_code":"403","message":"Source IP address: 1.2.3.4 is blocked by Databricks IP ACL for workspace"}""", "does not let this machine in")]
    [InlineData(404, "<html>", "Look at 'domain' of the linked service.")]
    [InlineData(404, """{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found."}""", "No API found. There is no such workspace")]
    [InlineData(429, """{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"Slower."}""", "Slower. The service asks to wait 4000 seconds")]
    public async Task A_refusal_that_everybody_meets_says_where_and_what_to_do(int status, string body, string said)
    {
        var e = await RefusedAsync(() => Answer(status, body, ("Retry-After", "4000"), ("Location", "https://login.example.org/")));
        Assert.StartsWith(Host + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.False(e.IsOutcomeUnknown);
    }

    [Fact]
    public async Task A_personal_token_that_is_refused_is_named_by_its_variable()
    {
        var azure = InTurn(() => Answer(401, ""));
        var client = new DatabricksClient(Workspace(), DatabricksCredentials.FromToken(Secret), azure.Options);
        var e = await Assert.ThrowsAsync<ArmException>(() => client.FindAsync("/a", default));
        Assert.Contains("DATABRICKS_TOKEN", e.Message, StringComparison.Ordinal);

        // The same token a second time would be refused a second time.
        Assert.Single(azure.Seen);
    }

    [Theory]
    [InlineData("list", 503, 2, "done")]
    [InlineData("list", 429, 2, "done")]
    [InlineData("import", 429, 2, "done")]
    [InlineData("import", 503, 1, "503 TEMPORARILY_UNAVAILABLE, who knows")]
    [InlineData("import", 400, 1, "400 TEMPORARILY_UNAVAILABLE")]
    public async Task Only_what_was_surely_not_done_is_done_again(string operation, int status, int requests, string outcome)
    {
        var azure = InTurn(() => Answer(status, """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"Later."}""", ("Retry-After", "1")), () => Answer(200, "{}"));
        Assert.Equal(outcome, await RequestTests.OutcomeAsync(() => AzureErrors.Translate(async () =>
        {
            await (operation == "list" ? Client(azure).ListAsync("/", default) : Client(azure).ImportAsync(new WorkspaceImport("/a", "", "SOURCE", "SQL", true), default));
            return true;
        })));
        Assert.Equal(requests, azure.Seen.Count);
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("redirect")]
    [InlineData("page")]
    [InlineData("reset")]
    [InlineData("garbage")]
    public async Task No_error_holds_the_token_and_no_other_host_gets_it(string service)
    {
        var azure = new ScriptedAzure(r => service switch
        {
            "echo" => Answer(400, new JsonObject { ["error_code"] = "A", ["message"] = r.Token }.ToJsonString()),
            "redirect" => Answer(302, r.Token!, ("Location", "https://example.org/stolen")),
            "page" => Answer(403, $"<html><pre>{r.Token}</pre>"),
            "reset" => Reset(),
            _ => Answer(200, "<html>" + r.Token),
        });
        foreach (var call in Calls(Client(azure)))
        {
            var e = await Record.ExceptionAsync(call);
            Assert.NotNull(e);
            Assert.DoesNotContain(Secret, e.ToString(), StringComparison.Ordinal);
        }

        Assert.All(azure.Seen, s => Assert.Equal(Host, s.Address.Host));
    }

    [Fact]
    public async Task Whoever_gives_up_is_not_told_of_an_error()
    {
        using var cancellation = new CancellationTokenSource();
        var azure = new ScriptedAzure(_ =>
        {
            cancellation.Cancel();
            throw new TaskCanceledException();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client(azure).FindAsync("/a", cancellation.Token));
    }

    private static DatabricksWorkspace Workspace() => DatabricksWorkspace.Parse(Host, out _)! with { ResourceId = "/subscriptions/s" };

    private static DatabricksClient Client(ScriptedAzure azure, Func<ArmOptions, ArmOptions>? change = null) => new(Workspace(), azure.Credential(Secret), (change ?? (o => o))(azure.Options));

    private static Task<ArmException> RefusedAsync(Func<HttpResponseMessage> answer) =>
        Assert.ThrowsAsync<ArmException>(() => Client(InTurn(answer), o => o with { MaxRetries = 0 }).FindAsync("/a", default));

    private static IEnumerable<Func<Task>> Calls(DatabricksClient client)
    {
        yield return () => client.ListAsync("/a b/é", default);
        yield return () => client.FindAsync("/a", default);
        yield return () => client.ExportAsync("/a", default);
        yield return () => client.ImportAsync(new WorkspaceImport("/a", "", "SOURCE", "SQL", false), default);
        yield return () => client.MakeFolderAsync("/a", default);
        yield return () => client.DeleteAsync("/a", false, default);
        yield return () => RequestTests.ToListAsync(client.ListJobsAsync("n", default));
        yield return () => client.FindJobAsync(7, default);
        yield return () => client.FindRunAsync(7, default);
        yield return () => client.FindRunOutputAsync(7, default);
        yield return () => RequestTests.ToListAsync(client.ListClustersAsync(default));
        yield return () => client.FindClusterAsync("c", default);
        yield return () => client.ListSparkVersionsAsync(default);
        yield return () => client.ListNodeTypesAsync(default);
        yield return () => client.ListInstancePoolsAsync(default);
        yield return () => client.ListPoliciesAsync(default);
        yield return () => RequestTests.ToListAsync(client.ListGitFoldersAsync("/Repos", default));
    }
}
