using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Triggers;

/// <summary>The pipelines that triggers start.</summary>
public sealed class TriggerPipelineRuleTests
{
    private const string Path = "t.trigger.yaml";

    private const string Daily = "type: ScheduleTrigger\nrecurrence: { frequency: Day }\n";

    private const string Window = "type: TumblingWindowTrigger\nfrequency: Hour\ninterval: 1\nstartTime: 2025-01-01T00:00:00Z\nmaxConcurrency: 1\n";

    [Theory]
    [InlineData("PW4323", Daily + "runtimeState: [|Started|]\npipelines: []\n")]
    [InlineData("PW4323", Window + "runtimeState: [|started|]\n")]
    [InlineData("PW4324", Window + "[|pipelines|]:\n  - pipelineReference: p\n    parameters: { x: 1 }\n")]
    [InlineData("PW4324", Window + "[|pipelines|]: [{ pipelineReference: p }, { pipelineReference: q }]\n")]
    [InlineData("PW4324", Window + "pipeline: { pipelineReference: p }\n[|pipelines|]: [{ pipelineReference: q }]\n")]
    [InlineData("PW4324", Window + "[|pipelines|]: []\n")]
    [InlineData("PW4324", Daily + "[|pipeline|]: { pipelineReference: p }\npipelines: []\n")]
    [InlineData("PW4324", Daily + "[|pipeline|]:\n  pipelineReference: p\n  parameters:\n    x: 1 # one\n")]
    [InlineData("PW4325", Daily + "pipelines:\n  - pipelineReference: p\n  - pipelineReference: [|P|]\n")]
    [InlineData("PW4325", Daily + "pipelines: [{ pipelineReference: p, parameters: { x: [1] } }, { pipelineReference: q }, { pipelineReference: [|p|], parameters: { x: [1] } }]\n")]
    [InlineData("PW4326", "type: [|BlobTrigger|]\nfolderPath: x\nmaxConcurrency: 1\nlinkedService: L\n")]
    public void It_is_found(string code, string text) => RuleCases.Finds(code, Path, text);

    [Theory]
    [InlineData("PW4323", Daily + "runtimeState: Started\npipelines: [{ pipelineReference: p }]\n")]
    [InlineData("PW4323", Daily + "runtimeState: Stopped\n")]
    [InlineData("PW4323", Window + "runtimeState: Started\npipeline: { pipelineReference: p }\n")]
    [InlineData("PW4323", Window + "runtimeState: Started\npipelines: [{ pipelineReference: p }]\n")]
    [InlineData("PW4324", Window + "pipeline: { pipelineReference: p }\n")]
    [InlineData("PW4325", Daily + "pipelines: [{ pipelineReference: p, parameters: { x: 1 } }, { pipelineReference: p, parameters: { x: 2 } }]\n")]
    [InlineData("PW4325", Daily + "pipelines: [{ pipelineReference: p, parameters: { x: 1 } }, { pipelineReference: p, parameters: { x: '1' } }]\n")]
    [InlineData("PW4326", Daily)]
    public void It_is_left_alone(string code, string text) => RuleCases.FindsNothing(code, Path, text);

    [Theory]
    [InlineData("PW4323", Daily + "runtimeState: Started\n", Daily + "runtimeState: Stopped\n")]
    [InlineData("PW4325", Daily + "pipelines:\n  - pipelineReference: p # first\n  - pipelineReference: p\n", Daily + "pipelines:\n  - pipelineReference: p # first\n")]
    [InlineData(
        "PW4324", Window + "pipelines:\n  # nightly\n  - pipelineReference: p # it\n    parameters: { x: 1 }\n", Window + "pipeline:\n  pipelineReference: p # it\n  parameters: { x: 1 }\n")]
    [InlineData("PW4324", Window + "pipelines: [{ pipelineReference: p }] # x\n", Window + "pipeline: { pipelineReference: p } # x\n")]
    [InlineData("PW4324", Daily + "pipeline:\n  pipelineReference: p\n  parameters:\n    x: 1\n", Daily + "pipelines:\n  - pipelineReference: p\n    parameters:\n      x: 1\n")]
    [InlineData("PW4324", Daily + "pipelines: []\npipeline: { pipelineReference: p }\n", Daily + "pipelines: [{ pipelineReference: p }]\n")]
    public void It_is_mended(string code, string before, string after) => Assert.Equal(after, RuleCases.Fix(code, Path, before));

    [Fact]
    public void In_the_git_form_a_pipeline_is_moved_to_lines_of_its_own()
    {
        const string Before = """
            {
              "name": "t",
              "properties": {
                "type": "ScheduleTrigger",
                "pipeline": {
                  "pipelineReference": { "referenceName": "p", "type": "PipelineReference" }
                },
                "typeProperties": { "recurrence": { "frequency": "Day" } }
              }
            }
            """;
        Assert.Contains(
            """
                "pipelines": [
                  {
                    "pipelineReference": { "referenceName": "p", "type": "PipelineReference" }
                  }
                ],
            """,
            RuleCases.Fix("PW4324", "trigger/t.json", Before), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipeline_in_the_wrong_property_is_not_reported_as_unknown_as_well()
    {
        var document = TestText.Document(Path, Window + "pipelines: [{ pipelineReference: p }]\n");
        Assert.Equal(["PW4324"], LanguageFeatures.GetDiagnostics(TestText.Factory("p.pipeline.yaml", "activities: []", Path, document.Text.Content), document, default).Select(d => d.Code));
    }
}
