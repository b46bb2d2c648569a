using System.Text.Json.Nodes;
using System.Xml.Linq;
using Xunit;

namespace Pipewright.Server.Tests.CommandLine;

/// <summary>Findings for other programs: code scanning, build services, results of tests.</summary>
public sealed class FindingsFormatTests
{
    private const string Wrong = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [Aa] }\n";
    private const string Fine = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n";

    [Fact]
    public async Task Sarif_names_the_file_in_the_repository_and_the_rule_with_its_page()
    {
        using var folder = Repository();
        var (code, output, _) = await PipewrightProgram.RunAsync("validate", folder["factory"], "--output", "sarif");
        Assert.Equal(1, code);
        var log = JsonNode.Parse(string.Join('\n', output))!;
        Assert.Equal("2.1.0", log["version"]!.GetValue<string>());
        var run = Assert.Single(log["runs"]!.AsArray())!;
        var driver = run["tool"]!["driver"]!;
        Assert.Equal("Pipewright", driver["name"]!.GetValue<string>());
        Assert.Equal("utf16CodeUnits", run["columnKind"]!.GetValue<string>());
        var result = run["results"]!.AsArray().Single(r => r!["ruleId"]!.GetValue<string>() == "PW4101")!;
        var rule = driver["rules"]![result["ruleIndex"]!.GetValue<int>()]!;
        Assert.Equal("PW4101", rule["id"]!.GetValue<string>());
        Assert.StartsWith("# PW4101: ", rule["help"]!["markdown"]!.GetValue<string>(), StringComparison.Ordinal);
        var place = Assert.Single(result["locations"]!.AsArray())!["physicalLocation"]!;
        Assert.Equal(("factory/a%20b.pipeline.yaml", "%SRCROOT%"), (place["artifactLocation"]!["uri"]!.GetValue<string>(), place["artifactLocation"]!["uriBaseId"]!.GetValue<string>()));
        Assert.Equal("""{"startLine":2,"startColumn":62,"endLine":2,"endColumn":64}""", place["region"]!.ToJsonString());
        Assert.Equal("error", result["level"]!.GetValue<string>());
        Assert.StartsWith("There is no activity 'Aa'", result["message"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitHub_gets_workflow_commands()
    {
        using var folder = Repository();
        var (code, output, _) = await PipewrightProgram.RunAsync("validate", folder["factory"], "--output", "github");
        Assert.Equal(1, code);
        var line = Assert.Single(output, l => l.StartsWith("::error ", StringComparison.Ordinal));
        Assert.StartsWith("::error file=factory/a b.pipeline.yaml,line=2,endLine=2,col=62,endColumn=63,title=PW4101%3A ", line, StringComparison.Ordinal);
        Assert.Contains("::There is no activity 'Aa'", line, StringComparison.Ordinal);
        Assert.Equal("1 errors, 0 warnings in 2 files", output[^1]);
    }

    [Fact]
    public async Task Azure_Pipelines_gets_logging_commands()
    {
        using var folder = Repository();
        var (code, output, _) = await PipewrightProgram.RunAsync("validate", folder["factory"], "--output", "azure-pipelines");
        Assert.Equal(1, code);
        Assert.Contains(output, l => l.StartsWith("##vso[task.logissue type=error;sourcepath=factory/a b.pipeline.yaml;linenumber=2;columnnumber=62;code=PW4101;]There is no activity 'Aa'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task JUnit_has_a_suite_for_each_file()
    {
        using var folder = Repository();
        var (code, output, _) = await PipewrightProgram.RunAsync("validate", folder["factory"], "--output", "junit");
        Assert.Equal(1, code);
        var suites = XDocument.Parse(string.Join('\n', output)).Root!;
        Assert.Equal(("testsuites", "2", "1"), (suites.Name.LocalName, suites.Attribute("tests")!.Value, suites.Attribute("failures")!.Value));
        Assert.Equal([("a b.pipeline.yaml", "1"), ("c.pipeline.yaml", "0")], suites.Elements("testsuite").Select(s => (s.Attribute("name")!.Value, s.Attribute("failures")!.Value)));
        Assert.Contains("a b.pipeline.yaml:2:62 PW4101 ", suites.Descendants("failure").Single().Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("github")]
    [InlineData("azure-pipelines")]
    [InlineData("junit")]
    public async Task Without_findings_every_form_is_whole_and_the_exit_code_is_0(string format)
    {
        using var folder = new TestFolder(("c.pipeline.yaml", Fine));
        var (code, output, error) = await PipewrightProgram.RunAsync("validate", folder.Path, "--output", format);
        Assert.Equal((0, ""), (code, error));
        Assert.NotEmpty(output);
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 1)]
    [InlineData("hint", 1)]
    public async Task What_makes_the_exit_code_1_can_be_said(string severity, int code)
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "variables: { unused: String }\n" + Fine));
        Assert.Equal(code, (await PipewrightProgram.RunAsync("validate", folder.Path, "--fail-on", severity)).Code);
    }

    private static TestFolder Repository()
    {
        var folder = new TestFolder(("factory/a b.pipeline.yaml", Wrong), ("factory/c.pipeline.yaml", Fine));
        Directory.CreateDirectory(folder[".git"]);
        return folder;
    }
}
