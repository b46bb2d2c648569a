using Xunit;

namespace Pipewright.Core.Tests.Rules.References;

/// <summary>What is passed along a reference is what its target asks for.</summary>
public sealed class ArgumentRuleTests
{
    private static readonly string[] Others =
    [
        "child.pipeline.yaml", "parameters:\n  day: string\n  rows: { type: int, defaultValue: 1 }\n  tables: { type: array, defaultValue: [] }\n  dry: { type: bool, defaultValue: false }\n  options: { type: object, defaultValue: {} }\nactivities: []",
        "Lake.linkedService.yaml", "type: AzureBlobFS\nparameters: { account: string }\nurl: https://x.dfs.core.windows.net",
        "Orders.dataset.yaml", "type: Parquet\nlinkedServiceName: { referenceName: Lake, parameters: { account: a } }\nparameters: { folder: string, day: { type: string, defaultValue: '1' } }\nlocation: { type: AzureBlobFSLocation }",
        "Flow.dataflow.yaml", "type: MappingDataFlow\nsources: [{ name: source1, dataset: Orders }]\nscriptLines: []",
    ];

    [Theory]
    [InlineData("PW4008", "p.pipeline.yaml", "activities:\n  - name: C\n    type: ExecutePipeline\n    pipeline: [|child|]")]
    [InlineData("PW4008", "p.pipeline.yaml", "activities:\n  - name: C\n    type: ExecutePipeline\n    pipeline: [|child|]\n    parameters:\n      rows: 3 # three")]
    [InlineData("PW4008", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: [|child|], parameters: {} }")]
    [InlineData("PW4008", "t.trigger.yaml", "type: ScheduleTrigger\nrecurrence: { frequency: Day, startTime: 2026-01-01T00:00:00Z }\npipelines:\n  - pipelineReference: [|child|]")]
    [InlineData("PW4008", "t.trigger.yaml", "type: TumblingWindowTrigger\nfrequency: Hour\ninterval: 1\nstartTime: 2026-01-01T00:00:00Z\nmaxConcurrency: 1\npipeline:\n  pipelineReference: [|child|]")]
    [InlineData("PW4004", "p.pipeline.yaml", "activities:\n  - name: L\n    type: Lookup\n    dataset: [|Orders|]\n    source: { type: ParquetSource }")]
    [InlineData("PW4004", "p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [[|Orders|]], outputs: [{ referenceName: [|Orders|] }], source: { type: ParquetSource }, sink: { type: ParquetSink } }")]
    [InlineData("PW4004", "d.dataset.yaml", "type: Parquet\nlinkedServiceName: [|Lake|]\nlocation: { type: AzureBlobFSLocation }")]
    [InlineData("PW4004", "d.dataset.yaml", "type: Parquet\nparameters: { account: string }\nlinkedServiceName:\n  referenceName: [|Lake|]\n  # no parameters\nlocation: { type: AzureBlobFSLocation }")]
    [InlineData("PW4004", "p.pipeline.yaml", "activities:\n  - name: F\n    type: ExecuteDataFlow\n    dataFlow: [|Flow|]")]
    [InlineData("PW4005", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: child, parameters: { day: x, [|dayy|]: y } }")]
    [InlineData("PW4005", "p.pipeline.yaml", "activities:\n  - name: C\n    type: ExecutePipeline\n    pipeline: child\n    parameters:\n      [|dya|]: x")]
    [InlineData("PW4005", "p.pipeline.yaml", "activities:\n  - { name: L, type: Lookup, dataset: { referenceName: Orders, parameters: { folder: x, [|other|]: 1 } }, source: { type: ParquetSource } }")]
    [InlineData("PW4006", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: child, parameters: { day: x, rows: [|many|], dry: [|'yes'|], tables: [|a|] } }")]
    [InlineData("PW4006", "p.pipeline.yaml", "activities:\n  - name: C\n    type: ExecutePipeline\n    pipeline: child\n    parameters:\n      day: x\n      tables: [|3|]\n      rows: [|[1]|]\n      dry: [|\"@createArray('a')\"|]")]
    public void It_is_found_and_mended(string code, string path, string text) => RuleCases.Finds(code, path, text, Others);

    [Theory]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: CHILD, parameters: { DAY: x, rows: '5', dry: 'TRUE', tables: '[1]', options: '{}' } }")]
    [InlineData("p.pipeline.yaml", "parameters: { a: string, b: object }\nactivities:\n  - { name: C, type: ExecutePipeline, pipeline: child, parameters: { day: 3, rows: '@pipeline().parameters.a', tables: '@pipeline().parameters.b', dry: '@equals(1, 2)' } }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: L, type: Lookup, dataset: { referenceName: Orders, parameters: { folder: x } }, source: { type: ParquetSource } }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: L, type: Lookup, state: Inactive, dataset: Orders, source: { type: ParquetSource } }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: F, type: ExecuteDataFlow, dataFlow: { referenceName: Flow, datasetParameters: { source1: { folder: x } } } }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: elsewhere, parameters: { a: 1 } }")]
    public void Nothing_is_found_where_nothing_is_wrong(string path, string text)
    {
        foreach (var code in new[] { "PW4004", "PW4005", "PW4006", "PW4008" })
        {
            RuleCases.FindsNothing(code, path, text, Others);
        }
    }

    [Theory]
    [InlineData("activities:\n  - name: C\n    type: ExecutePipeline\n    pipeline: child # daily\n    waitOnCompletion: true", "activities:\n  - name: C\n    type: ExecutePipeline\n    pipeline: child # daily\n    waitOnCompletion: true\n    parameters:\n      day: \"\"")]
    [InlineData("parameters: { Day: string }\nactivities:\n  - { name: C, type: ExecutePipeline, pipeline: child, parameters: { rows: 1 } }", "parameters: { Day: string }\nactivities:\n  - { name: C, type: ExecutePipeline, pipeline: child, parameters: { rows: 1, day: \"@pipeline().parameters.Day\" } }")]
    public void What_is_missing_is_passed(string text, string expected) => Assert.Equal(expected, RuleCases.Fix("PW4008", "p.pipeline.yaml", text, 0, Others));

    [Fact]
    public void A_parameter_can_be_declared_in_the_other_file()
    {
        var factory = TestText.Factory([.. Others, "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: child, parameters: { day: x, count: 3 } }"]);
        var finding = Assert.Single(RuleCases.Find(factory, factory.Documents["p.pipeline.yaml"], "PW4005"));
        var after = RuleCases.Apply(factory, "p.pipeline.yaml", finding.Fixes[^1]);
        Assert.Contains("  count: int\n", after.Documents["child.pipeline.yaml"].Text.Content, StringComparison.Ordinal);
    }
}
