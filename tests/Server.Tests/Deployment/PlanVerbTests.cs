using System.Collections.Immutable;
using System.Text.Json;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer.CommandLine;
using Pipewright.Server.Tests.CommandLine;
using Pipewright.Server.Tests.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>The verbs <c>plan</c> and <c>rollback</c>, run as the program that users run.</summary>
public sealed class PlanVerbTests
{
    private const string Configuration = """
        targets:
          prod:
            subscription: 00000000-0000-0000-0000-000000000000
            resourceGroup: local
            factory: local
            overrides:
              - { linkedService: Lake, set: { url: "https://${env:PIPEWRIGHT_TEST_STAGE}" } }
        """;

    private const string Lake = "type: AzureBlobFS\nurl: https://lake.dfs.core.windows.net/\n";
    private const string Wait = "activities:\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }\n";

    [Fact]
    public async Task A_plan_tells_each_resource_and_property_and_changes_nothing()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("Lake.linkedService.yaml", Lake), ("load.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("linkedservices/Lake", """{"properties":{"type":"AzureBlobFS","typeProperties":{"url":"https://old"}}}""");
        await emulator.PutAsync("pipelines/old", """{"properties":{"activities":[]}}""");

        var (code, output, error) = await RunAsync("plan", folder.Path, emulator, "--output", "json");
        Assert.True(code == 0, error);
        var plan = JsonDocument.Parse(string.Join('\n', output)).RootElement;
        Assert.Equal(["linkedService Lake update", "pipeline load create"], plan.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("kind")} {c.GetProperty("name")} {c.GetProperty("action")}"));
        var property = Assert.Single(plan.GetProperty("changes")[0].GetProperty("properties").EnumerateArray());
        Assert.Equal(("properties.typeProperties.url", "https://old", "https://lake.dfs.core.windows.net/"), (property.GetProperty("path").GetString(), property.GetProperty("before").GetString(), property.GetProperty("after").GetString()));
        Assert.Equal("Lake.linkedService.yaml", plan.GetProperty("changes")[0].GetProperty("file").GetString());
        Assert.False(Directory.Exists(Path.Combine(folder.Path, ".pipewright")));

        (_, output, _) = await RunAsync("plan", folder.Path, emulator, "--delete");
        Assert.Equal(
            ["~ linkedService Lake (Lake.linkedService.yaml)", "properties.typeProperties.url: \"https://old\" → \"https://lake.dfs.core.windows.net/\"", "+ pipeline load (load.pipeline.yaml)", "- pipeline old", "1 to create, 1 to change, 1 to delete, 0 unchanged"],
            output);
        Assert.Equal(["old"], (await emulator.GetAsync("pipelines")).Names);
    }

    [Fact]
    public async Task A_plan_for_a_comment_names_properties_and_tells_no_values()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("Lake.linkedService.yaml", Lake), ("load.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("linkedservices/Lake", """{"properties":{"type":"AzureBlobFS","typeProperties":{"url":"https://old"}}}""");
        await emulator.PutAsync("pipelines/a|b", """{"properties":{"activities":[]}}""");
        var (code, output, error) = await RunAsync("plan", folder.Path, emulator, "--output", "markdown", "--delete");
        Assert.True(code == 0, error);
        Assert.Equal(
            [
                "### Plan for `local`", "1 to create, 1 to change, 1 to delete, 0 unchanged", "| | resource | file | properties |", "| --- | --- | --- | --- |",
                "| update | linkedService `Lake` | `Lake.linkedService.yaml` | `properties.typeProperties.url` |",
                "| create | pipeline `load` | `load.pipeline.yaml` |  |", "| **delete** | pipeline `a\\|b` |  |  |",
            ],
            output);
    }

    [Fact]
    public void A_plan_for_a_comment_is_cut_where_a_comment_ends()
    {
        ImmutableArray<PlannedChange> changes = [.. Enumerable.Range(0, 5000).Select(i => new PlannedChange(new ResourceId(ResourceKind.Pipeline, $"pipeline_number_{i}"), PlannedAction.Create, null, null))];
        var text = PlanMarkdown.Write(new DeploymentPlan(changes, ["<b>"]), "adf");
        Assert.InRange(text.Length, 59_000, 60_100);
        Assert.Matches(@"\n… and \d+ more\.\n$", text);
        Assert.Contains("&lt;b>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_of_a_deployment_is_told_to_programs_at_its_end()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("Lake.linkedService.yaml", Lake), ("OnPremises.integrationRuntime.yaml", "type: SelfHosted\n"));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("integrationRuntimes/OnPremises", """{"properties":{"type":"Managed"}}""");
        var (code, output, error) = await RunAsync("deploy", folder.Path, emulator, "--output", "json", "--yes", "--rollback-on-failure", "--quiet");
        Assert.Equal(4, code);
        Assert.Contains("OnPremises failed", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Plan for", error, StringComparison.Ordinal);
        var result = JsonDocument.Parse(string.Join('\n', output)).RootElement;
        Assert.False(result.GetProperty("succeeded").GetBoolean());
        var failed = Assert.Single(result.GetProperty("results").EnumerateArray(), r => r.GetProperty("action").ValueEquals("failed"));
        Assert.Equal(("OnPremises.integrationRuntime.yaml", 1), (failed.GetProperty("file").GetString(), failed.GetProperty("line").GetInt32()));
        Assert.StartsWith("DataFactoryPropertyUpdateNotSupported", failed.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.True(result.GetProperty("rollback").GetProperty("succeeded").GetBoolean());
        Assert.True(File.Exists(result.GetProperty("journal").GetString()));
    }

    [Fact]
    public async Task A_part_of_a_factory_deletes_nothing()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("Lake.linkedService.yaml", Lake), ("load.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        foreach (var verb in (string[])["plan", "deploy"])
        {
            var (code, _, error) = await RunAsync(verb, folder["load.pipeline.yaml"], emulator, "--delete");
            Assert.Equal(2, code);
            Assert.Contains("whole factory", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_deployment_can_be_rolled_back()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("Lake.linkedService.yaml", Lake), ("load.pipeline.yaml", Wait));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("linkedservices/Lake", """{"properties":{"type":"AzureBlobFS","typeProperties":{"url":"https://old"}}}""");
        await emulator.PutAsync("pipelines/old", """{"properties":{"activities":[],"description":"kept"}}""");
        Assert.Equal(2, (await RunAsync("rollback", folder.Path, emulator, "--yes")).Code);
        Assert.Equal(0, (await RunAsync("deploy", folder.Path, emulator, "--yes", "--delete")).Code);
        Assert.Equal(["load"], (await emulator.GetAsync("pipelines")).Names);

        var (code, output, error) = await RunAsync("rollback", folder.Path, emulator, "--yes");
        Assert.True(code == 0, error);
        Assert.Equal(["created Pipeline old", "deleted Pipeline load", "updated LinkedService Lake"], output.Order());
        Assert.Equal(["old"], (await emulator.GetAsync("pipelines")).Names);
        Assert.Equal("https://old", (string?)(await emulator.GetAsync("linkedservices/Lake")).Content!["properties"]!["typeProperties"]!["url"]);
        Assert.Equal("kept", (string?)(await emulator.GetAsync("pipelines/old")).Content!["properties"]!["description"]);

        // Once more there is nothing left to do.
        (code, output, error) = await RunAsync("rollback", folder.Path, emulator, "--yes");
        Assert.True(code == 0, error);
        Assert.Empty(output);
    }

    [Fact]
    public async Task A_rollback_leaves_alone_what_somebody_changed_since()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("Lake.linkedService.yaml", Lake));
        await using var emulator = await TestEmulator.StartAsync();
        await RunAsync("deploy", folder.Path, emulator, "--yes");
        await emulator.PutAsync("linkedservices/Lake", """{"properties":{"type":"AzureBlobFS","typeProperties":{"url":"https://theirs"}}}""");
        var (code, _, error) = await RunAsync("rollback", folder.Path, emulator, "--yes");
        Assert.Equal(4, code);
        Assert.Contains("linkedService Lake was changed by somebody else since", error, StringComparison.Ordinal);
        Assert.Equal("https://theirs", (string?)(await emulator.GetAsync("linkedservices/Lake")).Content!["properties"]!["typeProperties"]!["url"]);
    }

    [Fact]
    public async Task A_failed_deployment_rolls_back_by_itself_if_asked_to()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("Lake.linkedService.yaml", Lake), ("OnPremises.integrationRuntime.yaml", "type: SelfHosted\n"), ("Sql.linkedService.yaml", "type: SqlServer\nconnectionString: Server=s;Database=d\nconnectVia: OnPremises\n"));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("integrationRuntimes/OnPremises", """{"properties":{"type":"Managed"}}""");
        var (code, _, error) = await RunAsync("deploy", folder.Path, emulator, "--yes", "--rollback-on-failure");
        Assert.Equal(4, code);
        Assert.Contains("Rolling back.", error, StringComparison.Ordinal);
        Assert.Empty((await emulator.GetAsync("linkedservices")).Names);
    }

    [Fact]
    public async Task A_target_changes_what_it_says_and_takes_the_environment()
    {
        using var folder = new TestFolder(("pipewright.yaml", Configuration), ("Lake.linkedService.yaml", Lake));
        await using var emulator = await TestEmulator.StartAsync();
        string[] arguments = [folder.Path, "--target", "prod", "--endpoint", emulator.Address.AbsoluteUri, "--yes"];
        var (code, _, error) = await PipewrightProgram.RunAsync(["deploy", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains("needs the variable 'PIPEWRIGHT_TEST_STAGE'", error, StringComparison.Ordinal);
        (code, _, error) = await PipewrightProgram.RunInAsync([("PIPEWRIGHT_TEST_STAGE", "prod")], ["deploy", .. arguments]);
        Assert.True(code == 0, error);
        Assert.Equal("https://prod", (string?)(await emulator.GetAsync("linkedservices/Lake")).Content!["properties"]!["typeProperties"]!["url"]);

        folder.Write("pipewright.yaml", Configuration.Replace("linkedService: Lake", "linkedService: Pond", StringComparison.Ordinal));
        (code, _, error) = await PipewrightProgram.RunInAsync([("PIPEWRIGHT_TEST_STAGE", "prod")], ["deploy", .. arguments]);
        Assert.Equal(1, code);
        Assert.Contains("pipewright.yaml:7 PW9009", error, StringComparison.Ordinal);
    }

    private static Task<(int Code, string[] Output, string Error)> RunAsync(string verb, string path, TestEmulator emulator, params string[] more) =>
        PipewrightProgram.RunAsync([verb, path, "--target", "local", "--endpoint", emulator.Address.AbsoluteUri, .. more]);
}
