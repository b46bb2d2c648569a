using System.Text.Json.Nodes;
using System.Xml.Linq;
using Pipewright.Server.Tests.CommandLine;
using Xunit;

namespace Pipewright.Server.Tests.Testing;

/// <summary>The verb <c>test</c>, run as the program that users run.</summary>
public sealed class TestVerbTests
{
    private const string Pipeline = """
        parameters: { mode: string }
        activities:
          - { name: Get, type: WebActivity, method: GET, url: "https://x/@{pipeline().parameters.mode}" }
          - name: If
            type: IfCondition
            dependsOn: [Get]
            expression: "@equals(pipeline().parameters.mode, 'a')"
            ifTrueActivities: [{ name: Yes, type: WebActivity, method: GET, url: https://yes }]
            ifFalseActivities: [{ name: No, type: WebActivity, method: GET, url: https://no }]
        """;

    private const string Test = """
        pipeline: load
        cases:
          it says yes:
            parameters: { mode: a }
            expect: { activities: { If: { branch: true } } }
          it goes <wrong>:
            parameters: { mode: a }
            expect: { activities: { Get: { input: { url: https://x/b } } } }
        """;

    [Fact]
    public async Task The_samples_tests_pass_and_cover_all_of_it()
    {
        using var folder = new TestFolder();
        var (code, output, error) = await PipewrightProgram.RunAsync("test", Path.Combine(Repository.Root, "samples", "medallion"), "--coverage", folder["coverage.json"]);
        Assert.True(code == 0, string.Join('\n', output) + error);
        Assert.Matches(@"^\d+ of \d+ covered \(100 %\)$", output[^1]);
        var coverage = JsonNode.Parse(folder.Read("coverage.json"))!;
        Assert.Equal(0, (int)coverage["summary"]!["missed"]!);
        Assert.Equal(8, coverage["pipelines"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("github", "::error file=load.pipeline-test.yaml,line=8,col=50,title=it goes <wrong>::'url' in the input of 'Get' should be \"https://x/b\", but is \"https://x/a\".")]
    [InlineData("azure-pipelines", "##vso[task.logissue type=error;sourcepath=load.pipeline-test.yaml;linenumber=8;columnnumber=50;]'url' in the input of 'Get' should be \"https://x/b\", but is \"https://x/a\".")]
    public async Task Build_services_show_what_failed_at_its_line(string format, string expected)
    {
        using var folder = MakeFolder();
        Directory.CreateDirectory(folder[".git"]);
        var (code, output, _) = await PipewrightProgram.RunAsync("test", folder.Path, "--output", format);
        Assert.Equal(1, code);
        Assert.Equal([expected, "1 passed, 1 failed"], output);
    }

    [Fact]
    public async Task A_failing_case_is_told_with_both_values_and_both_places()
    {
        using var folder = MakeFolder();
        var (code, output, _) = await PipewrightProgram.RunAsync("test", folder.Path);
        Assert.Equal(1, code);
        var name = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder.Path).Replace('\\', '/');
        Assert.Equal(
            [
                $"{name}/load.pipeline-test.yaml", "ok     it says yes", "FAILED it goes <wrong>",
                $"{name}/load.pipeline-test.yaml:8:50 'url' in the input of 'Get' should be \"https://x/b\", but is \"https://x/a\".",
                "expected: \"https://x/b\"", "actual:   \"https://x/a\"", $"at {name}/load.pipeline.yaml:3:13", "1 passed, 1 failed",
            ],
            output);
    }

    [Fact]
    public async Task Programs_get_json()
    {
        using var folder = MakeFolder();
        var (code, output, _) = await PipewrightProgram.RunAsync("test", folder.Path, "--output", "json");
        Assert.Equal(1, code);
        var result = JsonNode.Parse(string.Join('\n', output))!;
        Assert.Equal("""{"passed":1,"failed":1}""", result["summary"]!.ToJsonString());
        var failed = result["cases"]![1]!;
        Assert.Equal(("it goes <wrong>", "load", "failed", 6), ((string)failed["name"]!, (string)failed["pipeline"]!, (string)failed["status"]!, (int)failed["line"]!));
        var failure = failed["failures"]![0]!;
        Assert.Equal((8, "\"https://x/b\"", "\"https://x/a\"", 3), ((int)failure["line"]!, (string)failure["expected"]!, (string)failure["actual"]!, (int)failure["activity"]!["line"]!));
    }

    [Fact]
    public async Task Build_services_get_junit_and_trx()
    {
        using var folder = MakeFolder();
        var (code, output, _) = await PipewrightProgram.RunAsync("test", folder.Path, "--output", "junit");
        Assert.Equal(1, code);
        var junit = XDocument.Parse(string.Join('\n', output)).Root!;
        Assert.Equal(("2", "1"), (junit.Attribute("tests")!.Value, junit.Attribute("failures")!.Value));
        var failed = junit.Descendants("testcase").Single(c => c.Element("failure") is not null);
        Assert.Equal("it goes <wrong>", failed.Attribute("name")!.Value);
        Assert.Contains("https://x/b", failed.Value, StringComparison.Ordinal);

        (code, output, _) = await PipewrightProgram.RunAsync("test", folder.Path, "--output", "trx");
        Assert.Equal(1, code);
        XNamespace space = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
        var trx = XDocument.Parse(string.Join('\n', output)).Root!;
        Assert.Equal(["Passed", "Failed"], trx.Descendants(space + "UnitTestResult").Select(r => r.Attribute("outcome")!.Value));
        Assert.Equal(trx.Descendants(space + "UnitTestResult").Select(r => r.Attribute("testId")!.Value), trx.Descendants(space + "UnitTest").Select(r => r.Attribute("id")!.Value));
    }

    [Fact]
    public async Task Coverage_tells_what_no_case_has_shown()
    {
        using var folder = MakeFolder();
        var (_, output, _) = await PipewrightProgram.RunAsync("test", folder.Path, "--coverage", folder["out/coverage.xml"]);
        Assert.Contains(output, o => o.EndsWith("load.pipeline.yaml:9 'If' takes 'false'", StringComparison.Ordinal));
        Assert.Contains(output, o => o.EndsWith("load.pipeline.yaml:9 'No' runs", StringComparison.Ordinal));
        Assert.Equal("5 of 7 covered (71 %)", output[^1]);
        var pipeline = XDocument.Parse(folder.Read("out/coverage.xml")).Descendants("class").Single();
        Assert.Equal("load", pipeline.Attribute("name")!.Value);
        Assert.Equal([("3", "1"), ("4", "1"), ("6", "1"), ("8", "1"), ("9", "0")], pipeline.Descendants("line").Select(l => (l.Attribute("number")!.Value, l.Attribute("hits")!.Value)));
    }

    [Theory]
    [InlineData(0, "says yes")]
    [InlineData(0, "*says*yes")]
    [InlineData(1, "load")]
    [InlineData(1, "wrong")]
    [InlineData(2, "nothing like that")]
    public async Task A_filter_chooses_cases(int expected, string filter)
    {
        using var folder = MakeFolder();
        var (code, output, error) = await PipewrightProgram.RunAsync("test", folder["load.pipeline-test.yaml"], "--filter", filter, "--parallel", "2");
        Assert.True(code == expected, string.Join('\n', output) + error);
    }

    [Theory]
    [InlineData("is no file or folder", "no/such/path")]
    [InlineData("no tests here", ".", "--parallel", "1")]
    [InlineData("from 1 to 64", ".", "--parallel", "0")]
    [InlineData("must end in '.xml'", ".", "--coverage", "coverage.txt")]
    [InlineData("writes text, and not json", ".", "--watch", "--output", "json")]
    [InlineData("html", ".", "--output", "html")]
    public async Task Wrong_usage_is_told(string message, params string[] arguments)
    {
        using var folder = new TestFolder(("load.pipeline.yaml", Pipeline));
        var (code, _, error) = await PipewrightProgram.RunAsync(["test", .. arguments.Select(a => a == "." ? folder.Path : a)]);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipeline: load\ncases: [\n")]
    [InlineData("pipeline: load\ncase: {}\n")]
    public async Task A_file_without_cases_fails(string test)
    {
        using var folder = new TestFolder(("load.pipeline.yaml", Pipeline), ("load.pipeline-test.yaml", test));
        var (code, output, _) = await PipewrightProgram.RunAsync("test", folder.Path);
        Assert.Equal(1, code);
        Assert.Equal("0 passed, 1 failed", output[^1]);
    }

    [Fact]
    public async Task A_file_that_can_not_be_written_is_told()
    {
        using var folder = MakeFolder();
        var (code, _, error) = await PipewrightProgram.RunAsync("test", folder.Path, "--coverage", Path.Combine(folder["load.pipeline.yaml"], "coverage.xml"));
        Assert.Equal(3, code);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task A_change_runs_the_tests_again()
    {
        using var folder = MakeFolder();
        using var process = PipewrightProgram.Start("test", folder.Path, "--watch");
        await ReadUntilAsync(process.StandardOutput, "1 passed, 1 failed");
        await ReadUntilAsync(process.StandardOutput, "Waiting for a change");
        folder.Write("load.pipeline-test.yaml", Test.Replace("https://x/b", "https://x/a", StringComparison.Ordinal));
        await ReadUntilAsync(process.StandardOutput, "2 passed, 0 failed");
        process.Kill();
    }

    private static async Task ReadUntilAsync(StreamReader output, string text)
    {
        string? line;
        do
        {
            line = await output.ReadLineAsync();
        }
        while (line?.Contains(text, StringComparison.Ordinal) == false);

        Assert.NotNull(line);
    }

    private static TestFolder MakeFolder() => new(("pipewright.yaml", ""), ("load.pipeline.yaml", Pipeline), ("load.pipeline-test.yaml", Test));
}
