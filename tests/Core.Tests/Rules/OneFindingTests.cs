using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Rules;

/// <summary>One mistake is told once, by the rule that knows most of it.</summary>
public sealed class OneFindingTests
{
    private const string Child = "parameters: { day: string }\nactivities:\n  - { name: W, type: Fail, message: \"@pipeline().parameters.day\", errorCode: '1' }\n";

    private const string Flow = "type: MappingDataFlow\nsources: [{ name: s, dataset: files }]\nscriptLines: [\"parameters{ table as string }\", \"source(allowSchemaDrift: true) ~> s\"]\n";

    [Theory]
    [InlineData("PW1002", "descrip\nactivities: [W]\n")]
    [InlineData("PW1018", "activities: [W]\n? [a, b]\n: c\n")]
    [InlineData("PW1007 PW1007 PW1007", "activities: [W]\n<<<<<<< HEAD\nconcurrency: 1\n=======\nconcurrency: 2\n>>>>>>> other\n")]
    [InlineData("PW2013 PW2013", "activities: [W]\n---\nactivities: [W]\n")]
    [InlineData("PW3207", "parameters: { list: array }\nactivities:\n  - { name: F, type: ForEach, items: 'pipeline().parameters.list', activities: [W] }\n", "PW4020")]
    [InlineData("PW3207", "parameters: { flag: bool }\nactivities:\n  - { name: F, type: IfCondition, expression: 'equals(1, 2)', ifTrueActivities: [W] }\n", "PW4020")]
    [InlineData("PW3004", "variables: { text: String }\nactivities:\n  - { name: F, type: SetVariable, variableName: text, value: '@1 + 2' }\n", "PW4023")]
    [InlineData("PW4005", "activities:\n  - { name: F, type: ExecutePipeline, pipeline: child, waitOnCompletion: true, parameters: { dya: x } }\n")]
    [InlineData("PW4008 PW4005", "activities:\n  - { name: F, type: ExecutePipeline, pipeline: child, waitOnCompletion: true, parameters: { other: x } }\n")]
    [InlineData("PW4010", "parameters: { p: string }\nactivities:\n  - { name: F, type: ExecutePipeline, pipeline: '@pipeline().parameters.p', waitOnCompletion: true }\n")]
    [InlineData("PW4003", "activities:\n  - { name: F, type: ExecutePipeline, pipeline: { referenceName: plain, type: DatasetReference }, waitOnCompletion: true }\n")]
    [InlineData("PW4247", "activities:\n  - { name: F, type: ExecuteDataFlow, dataFlow: { referenceName: flow, parameters: { tabel: \"'x'\" } } }\n")]
    [InlineData("PW4250", "parameters: { key: secureString }\nactivities:\n  - { name: F, type: WebActivity, method: GET, url: https://example.com, headers: { a: '@pipeline().parameters.key' } }\n")]
    [InlineData("PW4252", "activities:\n  - { name: F, type: DataLakeAnalyticsU-SQL, linkedServiceName: elsewhere, scriptPath: x, scriptLinkedService: elsewhere }\n", "PW4001")]
    public void It_is_told_once(string codes, string text, string besides = "")
    {
        const string Wait = "{ name: W, type: Wait, waitTimeInSeconds: 1 }";
        var factory = TestText.Factory(
            "p.pipeline.yaml", text.Replace("[W]", $"[{Wait}]", StringComparison.Ordinal), "child.pipeline.yaml", Child, "flow.dataflow.yaml", Flow,
            "plain.pipeline.yaml", $"activities: [{Wait}]",
            "files.dataset.yaml", "type: Parquet\nlinkedServiceName: lake\nlocation: { type: AzureBlobFSLocation, fileSystem: x }", "lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net");
        var found = LanguageFeatures.GetDiagnostics(factory, factory.Documents["p.pipeline.yaml"], default).Where(d => !besides.Contains(d.Code, StringComparison.Ordinal));
        Assert.Equal(codes, string.Join(' ', found.Select(d => d.Code)));
    }

    [Fact]
    public void A_property_that_is_there_twice_loses_the_earlier_one() =>
        Assert.Equal("description: b\nactivities: []\n", RuleCases.Fix("PW2007", "p.pipeline.yaml", "description: a\ndescription: b\nactivities: []\n"));

    [Theory]
    [InlineData("PW1011", """{ "name": "p", "properties": { "description": "C:\q" } }""", """{ "name": "p", "properties": { "description": "C:\\q" } }""")]
    [InlineData("PW1006", """{ "name": "p", "properties": {} } }""", """{ "name": "p", "properties": {} } """)]
    [InlineData("PW1017", "{ \"name\": \"p\", \"properties\": { \"activities\": [\n  \"name\": \"W\" } ] } }", "{ \"name\": \"p\", \"properties\": { \"activities\": [\n  { \"name\": \"W\" } ] } }")]
    public void Syntax_is_mended(string code, string before, string after) => Assert.Equal(after, RuleCases.Fix(code, "pipeline/p.json", before));
}
