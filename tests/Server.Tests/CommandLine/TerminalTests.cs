using Pipewright.LanguageServer.CommandLine;
using Xunit;

namespace Pipewright.Server.Tests.CommandLine;

/// <summary>Colours, and how much is said beside results.</summary>
public sealed class TerminalTests
{
    private const string Wrong = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [Aa] }\n";

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false, "NO_COLOR=1")]
    [InlineData(true, true, "NO_COLOR=")]
    [InlineData(true, false, "TERM=dumb")]
    [InlineData(false, true, "FORCE_COLOR=1")]
    [InlineData(true, false, "FORCE_COLOR=0")]
    [InlineData(true, false, "FORCE_COLOR=false")]
    [InlineData(false, false, "FORCE_COLOR=1", "NO_COLOR=1")]
    [InlineData(true, true, "FORCE_COLOR=1", "TERM=dumb")]
    public void Colours_are_for_terminals_and_for_those_who_ask(bool isTerminal, bool expected, params string[] variables)
    {
        var environment = variables.Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(expected, Terminal.AllowsColour(!isTerminal, environment.GetValueOrDefault));
    }

    [Fact]
    public async Task A_pipe_gets_colours_only_when_it_asks()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Wrong));
        string[] arguments = ["validate", folder.Path];
        Assert.DoesNotContain('\u001B', string.Join('\n', (await PipewrightProgram.RunAsync(arguments)).Output));
        Assert.Contains("\u001B[31merror\u001B[0m", string.Join('\n', (await PipewrightProgram.RunInAsync([("FORCE_COLOR", "1"), ("NO_COLOR", "")], arguments)).Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_leaves_results_and_what_went_wrong()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "activities:\n    - name:   A\n      type: Wait\n      waitTimeInSeconds: 1\n"), ("b.pipeline.yaml", "activities: [\n"));
        var (code, output, error) = await PipewrightProgram.RunAsync("format", folder.Path, "--quiet");
        Assert.Equal((1, "b.pipeline.yaml: has syntax errors and is left as it is."), (code, error.Trim()));
        Assert.Equal(["a.pipeline.yaml"], output);
    }

    [Fact]
    public async Task Verbose_says_on_standard_error_what_takes_how_long()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Wrong));
        var (_, output, error) = await PipewrightProgram.RunAsync("validate", folder.Path, "--verbose");
        Assert.Matches(@"1 factory, 1 files\s+Checking: \d+\.\d\d s", error);
        Assert.Equal((await PipewrightProgram.RunAsync("validate", folder.Path)).Output, output);
    }
}
