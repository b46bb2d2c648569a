using System.Text.Json;
using Pipewright.Server.Tests.CommandLine;
using Pipewright.Server.Tests.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>The verb <c>deploy</c>, run as the program that users run.</summary>
public sealed class DeployVerbTests
{
    private const string Dataset = "type: Binary\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }\n";
    private const string Lake = "type: AzureBlobFS\nurl: https://lake.dfs.core.windows.net/\n";
    private const string Waits = "activities:\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }\n";

    [Fact]
    public async Task A_folder_is_deployed_whole_and_the_journal_is_the_last_line()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("Orders.dataset.yaml", Dataset), ("Lake.linkedService.yaml", Lake), ("load.pipeline.yaml", Waits));
        await using var emulator = await TestEmulator.StartAsync();
        var (code, output, error) = await DeployAsync(folder.Path, emulator, "--yes");
        Assert.True(code == 0, error);
        Assert.Equal(["created Dataset Orders", "created LinkedService Lake", "created Pipeline load"], output[..^1].Order());
        Assert.True(Array.IndexOf(output, "created LinkedService Lake") < Array.IndexOf(output, "created Dataset Orders"));
        Assert.Equal(["load"], (await emulator.GetAsync("pipelines")).Names);

        var journal = File.ReadAllLines(output[^1]).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(TestEmulator.Factory, journal[0].GetProperty("factory").GetString());
        Assert.Equal(["Lake", "Orders", "load"], journal.Where(l => l.TryGetProperty("step", out var step) && step.ValueEquals("done")).Select(l => l.GetProperty("name").GetString()).Order());
        Assert.Equal("end", journal[^1].GetProperty("step").GetString());
        Assert.Equal("*", File.ReadAllLines(Path.Combine(folder.Path, ".pipewright", ".gitignore"))[^1]);

        (code, output, error) = await DeployAsync(folder["Orders.dataset.yaml"], emulator);
        Assert.Equal(0, code);
        Assert.Single(output);
        Assert.Contains("0 to create, 0 to change, 0 to delete, 2 unchanged", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_refuses_ends_with_4_and_says_what_was_not_done()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("OnPremises.integrationRuntime.yaml", "type: SelfHosted\n"), ("load.pipeline.yaml", Waits));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("integrationRuntimes/OnPremises", """{"properties":{"type":"Managed"}}""");
        var (code, output, error) = await DeployAsync(folder.Path, emulator, "--yes");
        Assert.Equal(4, code);
        Assert.Contains(output, o => o.StartsWith("failed IntegrationRuntime OnPremises (OnPremises.integrationRuntime.yaml:1): DataFactoryPropertyUpdateNotSupported", StringComparison.Ordinal));
        Assert.True(File.Exists(output[^1]), error);
    }

    [Fact]
    public async Task Errors_in_the_files_end_with_1_and_nothing_is_deployed()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("load.pipeline.yaml", "activities:\n  - { name: W, type: Wait\n"), ("Lake.linkedService.yaml", Lake));
        await using var emulator = await TestEmulator.StartAsync();
        var (code, _, error) = await DeployAsync(folder.Path, emulator, "--yes");
        Assert.Equal(1, code);
        Assert.Contains("load.pipeline.yaml:", error, StringComparison.Ordinal);
        Assert.Empty((await emulator.GetAsync("linkedservices")).Names);
    }

    [Theory]
    [InlineData("local", "here")]
    [InlineData("another", null)]
    public async Task Of_the_settings_of_several_factories_those_of_the_target_are_deployed(string name, string? expected)
    {
        static string SettingsOf(string place) => $"globalParameters:\n  place: {{ type: string, value: {place} }}\n";
        using var folder = new TestFolder(("pipewright.yaml", ""), ("adf-dev.factory.yaml", SettingsOf("there")), ($"{name}.factory.yaml", SettingsOf("here")), ("load.pipeline.yaml", Waits));
        await using var emulator = await TestEmulator.StartAsync();
        var (code, _, error) = await DeployAsync(folder.Path, emulator, "--yes");
        Assert.True(code == 0, error);
        Assert.Equal(expected, (string?)(await emulator.GetAsync("")).Content!["properties"]!["globalParameters"]?["place"]?["value"]);
    }

    [Fact]
    public async Task Settings_of_one_factory_are_deployed_whatever_their_name_is()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("adf-dev.factory.yaml", "globalParameters:\n  place: { type: string, value: there }\n"));
        await using var emulator = await TestEmulator.StartAsync();
        Assert.Equal(0, (await DeployAsync(folder.Path, emulator, "--yes")).Code);
        Assert.Equal("there", (string?)(await emulator.GetAsync("")).Content!["properties"]!["globalParameters"]!["place"]!["value"]);
    }

    [Fact]
    public async Task Without_a_yes_nothing_is_deployed()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("load.pipeline.yaml", Waits));
        await using var emulator = await TestEmulator.StartAsync();
        var (code, output, error) = await DeployAsync(folder.Path, emulator);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("--yes", error, StringComparison.Ordinal);
        Assert.Empty((await emulator.GetAsync("pipelines")).Names);
    }

    [Theory]
    [InlineData("nowhere", "--target", "local", "--endpoint", "http://127.0.0.1:1")]
    [InlineData(".", "--target", "local", "--endpoint", "https://management.azure.com")]
    [InlineData(".", "--target", "local", "--endpoint", "http://example.org")]
    [InlineData(".", "--target", "unknown", "--yes")]
    [InlineData(".")]
    public async Task Wrong_usage_ends_with_2(string path, params string[] rest)
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("load.pipeline.yaml", Waits));
        var (code, output, error) = await PipewrightProgram.RunAsync(["deploy", Path.Combine(folder.Path, path), .. rest]);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.NotEmpty(error);
    }

    private static Task<(int Code, string[] Output, string Error)> DeployAsync(string path, TestEmulator emulator, params string[] more) =>
        PipewrightProgram.RunAsync(["deploy", path, "--target", "local", "--endpoint", emulator.Address.AbsoluteUri, .. more]);
}
