using System.Text;
using System.Text.Json.Nodes;
using Pipewright.Emulator;
using Pipewright.Server.Tests.CommandLine;
using Pipewright.Server.Tests.Emulator;
using Pipewright.Server.Tests.Protocol;
using Xunit;

namespace Pipewright.Server.Tests.Deployment.Notebooks;

/// <summary>Notebooks that go along with a deployment, through the program and the protocol, to the emulator's workspace.</summary>
public sealed class NotebookVerbTests
{
    private const string Old = "# Databricks notebook source\n# MAGIC %run ./shared\n\n# COMMAND ----------\n\ndbutils.notebook.exit('old')\n";
    private const string Path = "/Shared/etl/load";

    [Fact]
    public async Task Notebooks_are_deployed_changed_and_brought_back()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Speed = 0 });
        using var folder = MakeFolder(emulator);
        var (code, output, error) = await RunAsync("plan", folder, "--output", "json");
        Assert.True(code == 0, error);
        var plan = JsonNode.Parse(string.Concat(output))!;
        Assert.Equal([("/Shared/etl/load", "create", "notebooks/load.py"), ("/Shared/etl/shared", "create", "notebooks/shared.py")], plan["notebooks"]!.AsArray().Select(n => ((string)n!["path"]!, (string)n["action"]!, (string)n["file"]!)));
        Assert.All(plan["notebooks"]!.AsArray(), n => Assert.Equal(emulator.Address.GetLeftPart(UriPartial.Authority), (string)n!["workspace"]!));

        (code, output, error) = await RunAsync("deploy", folder, "--yes");
        Assert.True(code == 0, error);
        Assert.Contains($"+ notebook {Path} in {emulator.Address.Authority} (notebooks/load.py)", error, StringComparison.Ordinal);
        Assert.Contains("2 notebooks imported", error, StringComparison.Ordinal);
        Assert.True(Array.FindIndex(output, o => o.StartsWith($"created notebook {Path}", StringComparison.Ordinal)) < Array.IndexOf(output, "created Pipeline calls"));
        Assert.Equal(Old, await ExportAsync(emulator, Path));

        (code, output, error) = await RunAsync("plan", folder);
        Assert.Equal((0, 1), (code, output.Length));
        Assert.EndsWith("of notebooks 0 to create, 0 to change, 0 to delete, 2 unchanged", output[0], StringComparison.Ordinal);

        folder.Write("notebooks/load.py", Old.Replace("old", "new", StringComparison.Ordinal).ReplaceLineEndings("\r\n"));
        (_, output, _) = await RunAsync("plan", folder);
        Assert.StartsWith($"~ notebook {Path} in ", output[0], StringComparison.Ordinal);
        Assert.Equal(2, output.Length);
        (code, _, error) = await RunAsync("deploy", folder, "--yes");
        Assert.True(code == 0, error);
        Assert.Contains("'new'", await ExportAsync(emulator, Path), StringComparison.Ordinal);

        (code, output, error) = await RunAsync("rollback", folder, "--yes");
        Assert.True(code == 0, error);
        Assert.StartsWith($"updated notebook {Path}", output[0], StringComparison.Ordinal);
        Assert.Equal(Old, await ExportAsync(emulator, Path));
    }

    [Fact]
    public async Task A_notebook_of_Jupyter_is_imported_once_and_known_again()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var folder = MakeFolder(emulator);
        File.Delete(folder["notebooks/load.py"]);
        const string Cell = """{"cell_type":"code","metadata":{},"outputs":[],"execution_count":1,"source":SOURCE}""";
        string[] cells = ["""["%pip install x"]""", """["%run ./shared"]""", """["%sql\n", "SELECT 1"]""", """["x = 1\n", "\n", "y = 2\n"]"""];
        folder.Write("notebooks/load.ipynb", $$$"""{"cells":[{"cell_type":"markdown","metadata":{},"source":["# Title"]},{{{string.Join(',', cells.Select(c => Cell.Replace("SOURCE", c, StringComparison.Ordinal)))}}}],"metadata":{"language_info":{"name":"python"}},"nbformat":4,"nbformat_minor":0}""");
        var (code, output, error) = await RunAsync("deploy", folder, "--yes");
        Assert.True(code == 0, error);
        Assert.Contains(output, o => o.StartsWith("created notebook /Shared/etl/shared", StringComparison.Ordinal));
        Assert.Contains("# MAGIC %run ./shared", await ExportAsync(emulator, Path), StringComparison.Ordinal);
        Assert.Single((await RunAsync("plan", folder)).Output);
        folder.Write("notebooks/load.ipynb", folder.Read("notebooks/load.ipynb").Replace("install x", "install z", StringComparison.Ordinal));
        Assert.StartsWith($"~ notebook {Path}", (await RunAsync("plan", folder)).Output[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_that_fails_takes_its_notebooks_back()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var folder = MakeFolder(emulator);
        await emulator.FaultAsync("""{"method":"PUT","path":"**/pipelines/calls","action":"status","status":400}""");
        var (code, _, error) = await RunAsync("deploy", folder, "--yes", "--rollback-on-failure");
        Assert.Equal(4, code);
        Assert.Contains("Rolling back.", error, StringComparison.Ordinal);
        Assert.Equal(404, (await emulator.GetAsync($"/api/2.0/workspace/get-status?path={Path}")).Status);
    }

    [Fact]
    public async Task A_notebook_that_fails_leaves_the_pipelines_alone()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var folder = MakeFolder(emulator);
        await emulator.FaultAsync("""{"method":"POST","path":"/api/2.0/workspace/import","action":"status","status":403}""");
        var (code, output, error) = await RunAsync("deploy", folder, "--yes");
        Assert.Equal(4, code);
        Assert.Contains("PERMISSION_DENIED", error, StringComparison.Ordinal);
        Assert.Contains(output, o => o.StartsWith("notAttempted Pipeline calls", StringComparison.Ordinal));
        Assert.Empty((await emulator.GetAsync("pipelines")).Names);
    }

    [Theory]
    [InlineData("import", """{"action":"reset","when":"after","count":1}""")]
    [InlineData("import", """{"action":"reset","when":"before","count":1}""")]
    [InlineData("import", """{"action":"status","status":503,"when":"after","count":1}""")]
    [InlineData("import", """{"action":"malformed","when":"after","count":1}""")]
    [InlineData("import", """{"action":"status","status":429,"retryAfter":0,"count":2}""")]
    [InlineData("mkdirs", """{"action":"reset","when":"after","count":1}""")]
    [InlineData("get-status", """{"action":"reset","count":1}""")]
    [InlineData("export", """{"action":"status","status":503,"count":1}""")]
    public async Task A_request_that_fails_once_is_got_over(string operation, string fault)
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var folder = MakeFolder(emulator);
        await emulator.PostAsync("/api/2.0/workspace/mkdirs", """{"path":"/Shared/etl"}""");
        await emulator.PostAsync("/api/2.0/workspace/import", $$"""{"path":"{{Path}}","language":"PYTHON","content":"eCA9IDE="}""");
        await emulator.FaultAsync(fault.Replace("{", $$"""{"path":"/api/2.0/workspace/{{operation}}",""", StringComparison.Ordinal));
        var (code, _, error) = await RunAsync("deploy", folder, "--yes");
        Assert.True(code == 0, error);
        Assert.Equal(Old, await ExportAsync(emulator, Path));
        Assert.True((int)(await emulator.GetAsync("/_emulator/faults")).Content!["value"]![0]!["happened"]! > 0);
    }

    [Fact]
    public async Task They_stay_at_home_unless_that_is_asked_for()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var folder = MakeFolder(emulator, deploysNotebooks: false);
        Assert.Equal(0, (await RunAsync("deploy", folder, "--yes")).Code);
        Assert.DoesNotContain((await emulator.GetAsync("/_emulator/requests")).Content!["value"]!.AsArray(), r => ((string)r!["path"]!).StartsWith("/api/", StringComparison.Ordinal));
        var (code, output, error) = await RunAsync("deploy", folder, "--yes", "--notebooks");
        Assert.True(code == 0, error);
        Assert.Equal(3, output.Length);
        Assert.Equal(0, (await RunAsync("deploy", folder, "--yes", "--notebooks", "false")).Code);
    }

    [Fact]
    public async Task A_workspace_in_Azure_gets_nothing_of_a_deployment_to_an_emulator()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var folder = MakeFolder(emulator, domain: "https://adb-1.2.azuredatabricks.net");
        var (code, _, error) = await RunAsync("deploy", folder, "--yes");
        Assert.Equal(0, code);
        Assert.Contains("adb-1.2.azuredatabricks.net is a workspace in Azure, and the factory is an emulator's.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_editor_sees_notebooks_among_the_changes()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var folder = MakeFolder(emulator, deploysNotebooks: false);
        await using var client = await LspClient.StartAsync(folder, options: $$"""{"targets": [{"name": "local", "endpoint": "{{emulator.Address.AbsoluteUri}}"}]}""");
        var asked = LspClient.At(folder.UriOf("calls.pipeline.yaml"));
        asked["notebooks"] = true;
        var plan = (await client.RequestAsync("pipewright/plan", (JsonObject)asked.DeepClone()))!;
        var notebook = plan["changes"]!.AsArray().First(c => (string)c!["kind"]! == "notebook")!;
        Assert.Equal(
            (Path, "create", emulator.Address.Authority, folder.UriOf("notebooks/load.py"), Old),
            ((string)notebook["name"]!, (string)notebook["action"]!, (string)notebook["workspace"]!, (string)notebook["uri"]!, (string)notebook["after"]!));
        Assert.Equal($"2 notebooks go into the workspace {emulator.Address.Authority}.", (string)plan["warnings"]![0]!);
        var result = (await client.RequestAsync("pipewright/deploy", asked))!;
        Assert.True((bool)result["succeeded"]!, result.ToJsonString());
        Assert.Equal("created", (string)result["results"]!.AsArray().First(r => (string)r!["name"]! == Path)!["action"]!);
        var rollback = (await client.RequestAsync("pipewright/rollback", LspClient.At(folder.UriOf("calls.pipeline.yaml"))))!;
        Assert.True((bool)rollback["succeeded"]!, rollback.ToJsonString());
        Assert.Equal(404, (await emulator.GetAsync($"/api/2.0/workspace/get-status?path={Path}")).Status);
    }

    [Fact]
    public async Task A_run_tells_what_a_notebook_returned_and_where_it_failed()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Speed = 0 });
        using var folder = MakeFolder(emulator);
        Assert.Equal(0, (await RunAsync("deploy", folder, "--yes")).Code);
        await emulator.PostAsync("/_emulator/stubs", """{"activity":"Load","output":{"runOutput":{"rows":7}}}""");
        var (code, output, error) = await RunAsync("run", folder, "--watch");
        Assert.True(code == 0, error);
        Assert.Contains("""returned {"rows":7}""", output.Select(o => o.Trim()));

        await emulator.PostAsync("/_emulator/stubs", """{"activity":"Load","error":{"code":"3204","message":"KeyError: day"}}""");
        (code, output, _) = await RunAsync("run", folder, "--watch");
        Assert.Equal(4, code);
        Assert.Contains("the notebook failed: KeyError: day", output.Select(o => o.Trim()));
        Assert.Contains("| KeyError: day", output.Select(o => o.Trim()));

        await emulator.FaultAsync("""{"path":"/api/**","action":"status","status":403}""");
        (code, output, _) = await RunAsync("run", folder, "--watch", "--output", "json");
        Assert.Equal(4, code);
        var activity = output.Select(o => JsonNode.Parse(o)!).Last(e => (string?)e["activity"] == "Load")["databricks"]!;
        Assert.Contains("does not have permission", (string)activity["problem"]!, StringComparison.Ordinal);
        Assert.StartsWith(emulator.Address.AbsoluteUri, (string)activity["page"]!, StringComparison.Ordinal);
    }

    private static TestFolder MakeFolder(TestEmulator emulator, bool deploysNotebooks = true, string? domain = null) => new(
        ("pipewright.yaml", $"""
            targets:
              local:
                subscription: 00000000-0000-0000-0000-000000000000
                resourceGroup: local
                factory: local
                deployNotebooks: {(deploysNotebooks ? "true" : "false")}
                overrides:
                  - linkedService: Databricks
                    set:
                      typeProperties.domain: {domain ?? emulator.Address.AbsoluteUri}
            notebooks:
              - folder: notebooks
                workspacePath: /Shared/etl

            """),
        ("calls.pipeline.yaml", $"activities:\n  - name: Load\n    type: DatabricksNotebook\n    linkedServiceName: Databricks\n    notebookPath: {Path}\n"),
        ("Databricks.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-9.9.azuredatabricks.net\nauthentication: MSI\nworkspaceResourceId: /subscriptions/s/resourceGroups/g/providers/Microsoft.Databricks/workspaces/w\nexistingClusterId: 0101-000000-abcdefgh\n"),
        ("endpoint.txt", emulator.Address.AbsoluteUri),
        ("notebooks/load.py", Old),
        ("notebooks/shared.py", "# Databricks notebook source\nx = 1\n"),
        ("notebooks/uncalled.py", "# Databricks notebook source\nx = 1\n"));

    private static Task<(int Code, string[] Output, string Error)> RunAsync(string verb, TestFolder folder, params string[] more)
    {
        var path = verb == "run" ? folder["calls.pipeline.yaml"] : folder.Path;
        return PipewrightProgram.RunAsync([verb, path, "--target", "local", "--endpoint", folder.Read("endpoint.txt"), .. more]);
    }

    private static async Task<string> ExportAsync(TestEmulator emulator, string path) =>
        Encoding.UTF8.GetString(Convert.FromBase64String((string)(await emulator.GetAsync($"/api/2.0/workspace/export?path={path}")).Content!["content"]!));
}
