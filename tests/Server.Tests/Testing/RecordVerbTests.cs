using Pipewright.Emulator;
using Pipewright.Server.Tests.CommandLine;
using Pipewright.Server.Tests.Emulator;
using Pipewright.Server.Tests.Running;
using Xunit;

namespace Pipewright.Server.Tests.Testing;

/// <summary>The verb <c>record</c>, against the emulator.</summary>
public sealed class RecordVerbTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recorded_run_is_a_test_that_passes(bool inGitForm)
    {
        using var folder = RunFiles.MakeFolder(inGitForm);
        await using var emulator = await StartAsync(folder);
        await emulator.PostAsync("/_emulator/stubs", """{"activity":"Fetch","output":{"rows":12,"password":"Hunter2-Hunter2"}}""");
        var path = PathOf(folder, inGitForm);
        var (code, run, error) = await RunAsync("run", path, emulator, "--watch", "--parameter", """days=["7"]""");
        Assert.True(code == 0, error);
        (code, var output, error) = await RunAsync("record", path, emulator, "--run", run[0]);
        Assert.True(code == 0, error);
        var file = folder[inGitForm ? "tests/Parent.recorded.pipeline-test.yaml" : "Parent.recorded.pipeline-test.yaml"];
        Assert.EndsWith(Path.GetFileName(file), Assert.Single(output), StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains("rows: 12", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hunter2", text, StringComparison.Ordinal);
        (code, output, error) = await PipewrightProgram.RunAsync("test", folder.Path);
        Assert.True(code == 0, string.Join('\n', output) + error + text);
    }

    [Fact]
    public async Task A_run_that_failed_is_recorded_with_its_error()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await StartAsync(folder);
        await emulator.PostAsync("/_emulator/stubs", """{"activity":"Fetch","error":{"code":"2108","message":"Nobody is there"}}""");
        await RunAsync("run", PathOf(folder, false), emulator, "--watch");
        var (code, _, error) = await RunAsync("record", PathOf(folder, false), emulator, "--out", folder["kept/failed.pipeline-test.yaml"]);
        Assert.True(code == 0, error);
        Assert.Contains("Nobody is there", folder.Read("kept/failed.pipeline-test.yaml"), StringComparison.Ordinal);
        (code, var output, error) = await PipewrightProgram.RunAsync("test", folder.Path);
        Assert.True(code == 0, string.Join('\n', output) + error + folder.Read("kept/failed.pipeline-test.yaml"));
    }

    [Fact]
    public async Task What_can_not_be_recorded_is_told()
    {
        using var folder = RunFiles.MakeFolder(false);
        await using var emulator = await StartAsync(folder);
        var path = PathOf(folder, false);
        Assert.Equal(2, (await RunAsync("record", path, emulator)).Code);
        Assert.Equal(4, (await RunAsync("record", path, emulator, "--run", "00000000-0000-0000-0000-000000000001")).Code);
        var (_, run, _) = await RunAsync("run", path, emulator, "--watch");
        var (code, _, error) = await RunAsync("record", folder["Child.pipeline.yaml"], emulator, "--run", run[0]);
        Assert.Equal((2, true), (code, error.Contains("is of the pipeline 'Parent'", StringComparison.Ordinal)));
        Assert.Equal(2, (await RunAsync("record", path, emulator, "--out", folder["x.yaml"])).Code);
        Assert.Equal(2, (await RunAsync("record", path, emulator, "--out", folder["Parent.pipeline.yaml"])).Code);
    }

    private static string PathOf(TestFolder folder, bool inGitForm) => folder[inGitForm ? Path.Combine("pipeline", "Parent.json") : "Parent.pipeline.yaml"];

    private static Task<TestEmulator> StartAsync(TestFolder folder) => TestEmulator.StartAsync(new EmulatorOptions(0, null, folder.Path, 50));

    private static Task<(int Code, string[] Output, string Error)> RunAsync(string verb, string path, TestEmulator emulator, params string[] more) =>
        PipewrightProgram.RunAsync([verb, path, "--target", "local", "--endpoint", emulator.Address.AbsoluteUri, .. more]);
}
