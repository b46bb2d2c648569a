using System.Text.Json.Nodes;
using Pipewright.Emulator;
using Pipewright.Server.Tests.CommandLine;
using Pipewright.Server.Tests.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Running;

/// <summary>The verbs <c>run</c> and <c>watch</c>, run as the program that users run.</summary>
public sealed class RunVerbTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_error_is_shown_where_it_is_written(bool inGitForm)
    {
        using var folder = RunFiles.MakeFolder(inGitForm);
        await using var emulator = await DeployAsync(folder);
        await emulator.PostAsync("/_emulator/stubs", """{"activity":"Fetch","iteration":0,"error":{"code":"2108","message":"Never"}}""");
        await emulator.PostAsync("/_emulator/stubs", """{"activity":"Fetch","error":{"code":"2108","message":"The address in 'url' can't be reached"}}""");
        var (code, output, error) = await RunAsync("run", PathOf(folder, "Parent", inGitForm), emulator, "--watch", "--parameter", """days=["7"]""");
        Assert.True(code == 4, error);
        Assert.Matches("^[0-9a-f-]{36}$", output[0]);
        var child = PathOf(folder, "Child", inGitForm);
        var line = RunFiles.LineOf(child, "url");
        Assert.Contains($"at {Path.GetRelativePath(folder.Path, child)}:{line}", output);
        Assert.Contains("2108: The address in 'url' can't be reached", output);
        Assert.Contains(output, o => o.Contains("Failed", StringComparison.Ordinal) && o.Contains("Call [0]", StringComparison.Ordinal));
        Assert.Contains("simulated", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_succeeds_ends_with_0_and_can_be_looked_at_again()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await DeployAsync(folder);
        var path = PathOf(folder, "Parent", false);
        var (code, output, error) = await RunAsync("run", path, emulator);
        Assert.True(code == 0, error);
        var id = Assert.Single(output);
        (code, output, error) = await RunAsync("watch", path, emulator, "--output", "json");
        Assert.True(code == 0, error);
        var events = output.Select(o => JsonNode.Parse(o)!).ToList();
        Assert.Equal(id, (string)events.Single(e => (string)e["event"]! == "run" && (int)e["depth"]! == 0)["runId"]!);
        Assert.Equal(2, events.Count(e => (string?)e["activity"] == "Call"));
        Assert.Equal([0, 1], events.Where(e => (string?)e["activity"] == "Call").Select(e => (int)e["iteration"]!));
        var fetch = events.First(e => (string?)e["activity"] == "Fetch");
        Assert.Equal(("Child.pipeline.yaml", 1), ((string)fetch["file"]!, (int)fetch["depth"]!));
        Assert.Equal("https://example.org/1", (string)fetch["input"]!["url"]!);
        (code, output, _) = await RunAsync("watch", path, emulator, "--list");
        Assert.Equal((0, 1), (code, output.Length));
        Assert.StartsWith($"{id} Succeeded", output[0], StringComparison.Ordinal);
        Assert.Equal(4, (await RunAsync("watch", path, emulator, "--run", "gone")).Code);
    }

    [Theory]
    [InlineData("no parameter 'colour'", "--parameter", "colour=red")]
    [InlineData("'count' takes a whole number", "--parameter", "count=many")]
    [InlineData("'days' takes a list", "--parameter", "days=1,2")]
    [InlineData("Write name=value", "--parameter", "days")]
    [InlineData("needs '--rerun'", "--from", "Each")]
    public async Task What_does_not_fit_is_said_before_anything_is_sent(string reason, params string[] arguments)
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Speed = 0 });
        var (code, output, error) = await RunAsync("run", PathOf(folder, "Parent", false), emulator, arguments);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Empty((await emulator.GetAsync("/_emulator/requests")).Content!["value"]!.AsArray());
    }

    [Fact]
    public async Task Parameters_come_from_a_file_and_those_of_the_command_line_go_before()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await DeployAsync(folder);
        var values = folder["values.json"];
        await File.WriteAllTextAsync(values, """{ "days": ["1"], "count": 1 }""");
        var (code, output, error) = await RunAsync("run", PathOf(folder, "Parent", false), emulator, "--parameters", values, "--parameter", "COUNT=9");
        Assert.True(code == 0, error);
        var parameters = (await emulator.GetAsync($"pipelineruns/{output[0]}")).Content!["parameters"]!;
        Assert.Equal(("""["1"]""", "9"), ((string)parameters["days"]!, (string)parameters["count"]!));
    }

    [Fact]
    public async Task A_run_is_run_again_from_what_failed()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await DeployAsync(folder);
        var path = PathOf(folder, "Parent", false);
        await emulator.PostAsync("/_emulator/stubs", """{"activity":"Fetch","error":{"code":"1","message":"Broken"}}""");
        var (_, output, _) = await RunAsync("run", path, emulator);
        await emulator.DeleteAsync("/_emulator/stubs");
        (var code, output, var error) = await RunAsync("run", path, emulator, "--rerun", output[0], "--watch");
        Assert.True(code == 0, error);
        Assert.Equal(2, (await RunAsync("run", path, emulator, "--rerun", output[0], "--scratch")).Code);
        Assert.Equal(4, (await RunAsync("run", path, emulator, "--rerun", output[0], "--from", "Nowhere")).Code);
    }

    [Fact]
    public async Task A_run_is_cancelled_with_those_that_it_called()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await DeployAsync(folder, speed: 0.001);
        var path = PathOf(folder, "Parent", false);
        var (_, output, _) = await RunAsync("run", path, emulator);
        var (code, watched, error) = await RunAsync("watch", path, emulator, "--cancel");
        Assert.True(code == 0, error);
        Assert.Contains(watched, o => o.Contains("Cancelled", StringComparison.Ordinal) && o.Contains(output[0], StringComparison.Ordinal));
        Assert.Equal(4, (await RunAsync("watch", path, emulator)).Code);
    }

    [Fact]
    public async Task A_scratch_run_leaves_the_factory_as_it_was()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await DeployAsync(folder);
        var path = PathOf(folder, "Parent", false);
        folder.Write("Child.pipeline.yaml", RunFiles.Child.Replace("example.org", "example.com", StringComparison.Ordinal));
        var before = (await emulator.GetAsync("pipelines")).Content!["value"]!.ToJsonString();
        var (code, output, error) = await RunAsync("run", path, emulator, "--scratch", "--output", "json");
        Assert.True(code == 0, error);
        var fetch = output.Select(o => JsonNode.Parse(o)!).First(e => (string?)e["activity"] == "Fetch");
        Assert.Equal(("https://example.com/1", "Child.pipeline.yaml"), ((string)fetch["input"]!["url"]!, (string)fetch["file"]!));
        Assert.StartsWith("Child_scratch_", (string)fetch["pipeline"]!, StringComparison.Ordinal);
        Assert.Equal(before, (await emulator.GetAsync("pipelines")).Content!["value"]!.ToJsonString());
    }

    private static string PathOf(TestFolder folder, string name, bool inGitForm) => folder[inGitForm ? Path.Combine("pipeline", $"{name}.json") : $"{name}.pipeline.yaml"];

    private static async Task<TestEmulator> DeployAsync(TestFolder folder, double speed = 0) =>
        await TestEmulator.StartAsync(new EmulatorOptions(0, null, folder.Path, 50) { Speed = speed });

    private static Task<(int Code, string[] Output, string Error)> RunAsync(string verb, string path, TestEmulator emulator, params string[] more) =>
        PipewrightProgram.RunAsync([verb, path, "--target", "local", "--endpoint", emulator.Address.AbsoluteUri, .. more]);
}
