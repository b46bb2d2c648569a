using Xunit;

namespace Pipewright.Server.Tests.CommandLine;

/// <summary>Laying out on the command line, explanations, and completion in shells.</summary>
public sealed class FormatVerbTests
{
    private const string Tidy = "activities:\n  - name: A\n    type: Wait\n    waitTimeInSeconds: 1\n";
    private const string Untidy = "activities:\n    - name:   A\n      type: Wait\n      waitTimeInSeconds: 1\n";

    [Fact]
    public async Task Files_are_laid_out_and_named()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "\uFEFF" + Untidy), ("b.pipeline.yaml", Tidy));
        var (code, output, error) = await PipewrightProgram.RunAsync("format", folder.Path);
        Assert.Equal((0, "1 file changed"), (code, error.Trim()));
        Assert.Equal(["a.pipeline.yaml"], output);
        Assert.Equal(Tidy, folder.Read("a.pipeline.yaml"));
        Assert.Equal(0xEF, (await File.ReadAllBytesAsync(folder["a.pipeline.yaml"]))[0]);
        Assert.Empty((await PipewrightProgram.RunAsync("format", folder.Path)).Output);
    }

    [Fact]
    public async Task A_check_writes_nothing()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Untidy));
        var (code, output, _) = await PipewrightProgram.RunAsync("format", folder.Path, "--check");
        Assert.Equal(1, code);
        Assert.Equal(["a.pipeline.yaml"], output);
        Assert.Equal(Untidy, folder.Read("a.pipeline.yaml"));
    }

    [Fact]
    public async Task A_file_with_syntax_errors_stays_as_it_is()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "activities: [\n"));
        var (code, output, error) = await PipewrightProgram.RunAsync("format", folder.Path);
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains("has syntax errors", error, StringComparison.Ordinal);
        Assert.Equal("activities: [\n", folder.Read("a.pipeline.yaml"));
    }

    [Theory]
    [InlineData(2, "format")]
    [InlineData(2, "format", "no/such/path")]
    [InlineData(2, "explain", "PW0000")]
    [InlineData(2, "completion", "tcsh")]
    public async Task Wrong_usage_is_told(int code, params string[] arguments)
    {
        var (actual, output, error) = await PipewrightProgram.RunAsync(arguments);
        Assert.Equal(code, actual);
        Assert.Empty(output);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task A_code_is_explained_by_its_page()
    {
        var (code, output, _) = await PipewrightProgram.RunAsync("explain", "pw4101");
        Assert.Equal(0, code);
        Assert.StartsWith("# PW4101: ", output[0], StringComparison.Ordinal);
        Assert.Contains("Did you mean 'PW4101'?", (await PipewrightProgram.RunAsync("explain", "PW41O1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_finding_is_in_the_list_and_has_its_page_in_the_program()
    {
        var (_, output, _) = await PipewrightProgram.RunAsync("explain");
        var codes = output.Select(l => l.Split(' ')[0]).ToList();
        Assert.Equal(Pipewright.Core.Rules.RuleCatalog.All.Select(d => d.Code), codes);
        Assert.All(codes, c => Assert.NotNull(Pipewright.LanguageServer.CommandLine.RulePages.Find(c)));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("fish")]
    [InlineData("powershell")]
    [InlineData("zsh")]
    public async Task Shells_get_a_script(string shell)
    {
        var (code, output, _) = await PipewrightProgram.RunAsync("completion", shell);
        Assert.Equal(0, code);
        Assert.Contains(output, l => l.Contains("[suggest:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pipewright va", "validate")]
    [InlineData("pipewright validate . --out", "--output")]
    [InlineData("pipewright validate . --output ", "sarif")]
    [InlineData("pipewright explain PW410", "PW4101")]
    public async Task What_the_scripts_ask_is_answered(string line, string proposal)
    {
        var (code, output, _) = await PipewrightProgram.RunAsync($"[suggest:{line.Length}]", line);
        Assert.Equal(0, code);
        Assert.Contains(proposal, output);
    }

    [Fact]
    public async Task The_version_has_a_verb_too() =>
        Assert.Equal((await PipewrightProgram.RunAsync("--version")).Output, (await PipewrightProgram.RunAsync("version")).Output);

    [Fact]
    public async Task The_help_of_a_verb_has_examples_and_the_list_of_verbs_is_short()
    {
        Assert.Contains("pipewright validate . --output sarif > findings.sarif", (await PipewrightProgram.RunAsync("validate", "--help")).Output);
        var (_, all, _) = await PipewrightProgram.RunAsync("--help");
        Assert.DoesNotContain(all, l => l.Contains("Example", StringComparison.Ordinal) || l.Length > 400);
        Assert.Contains(all, l => l.StartsWith("explain <code>", StringComparison.Ordinal));
    }
}
