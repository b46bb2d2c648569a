using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Rules.Security;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Xunit;
using static Pipewright.Core.Tests.PipelineTests.PipelineTestCases;

namespace Pipewright.Core.Tests.PipelineTests;

/// <summary>Files of tests that are written by the tool: they must be right, and pass.</summary>
public sealed class NewPipelineTestTests
{
    [Fact]
    public void A_new_test_has_examples_and_a_stub_for_what_needs_a_cloud()
    {
        var factory = Make(Head + "  c: {}");
        var test = PipelineTestText.Create(factory, factory.Find(ResourceKind.Pipeline, "Main")[0]);
        Assert.Equal("Main.2.pipeline-test.yaml", test.Path);
        Assert.StartsWith("pipeline: Main\nparameters: { day: \"2025-01-31\", mode: full }\nstubs:\n  Find:", test.Text, StringComparison.Ordinal);
        Assert.Contains("\n  Rebuild:", test.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Each", test.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("medallion")]
    [InlineData("medallion-git")]
    public void A_new_test_of_each_pipeline_of_the_samples_is_right_and_can_be_run(string sample)
    {
        var factory = Samples.SampleTests.Load(sample);
        foreach (var pipeline in factory.OfKind(ResourceKind.Pipeline))
        {
            var (file, found) = Take(factory, PipelineTestText.Create(factory, pipeline));
            Assert.Empty(found);
            Assert.NotNull(PipelineTestRunner.Run(factory, file, file.Cases[0]).Trace);
        }
    }

    [Fact]
    public void A_recorded_run_passes_as_a_test()
    {
        var factory = Make(Head + "  c: {}");
        var find = Activity("Find", "Lookup", """{"count":2,"value":[{"name":"a"},{"name":"b"}],"effectiveIntegrationRuntime":"x"}""");
        RecordedActivity[] loads =
        [
            Activity("Load", "Copy", """{"rowsCopied":1}""") with { Iteration = 0 },
            Activity("Load", "Copy", null) with { Iteration = 1, Status = "Failed", ErrorCode = "2200", ErrorMessage = "Lost: AccountKey=c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2Vjcg==;" },
            Activity("Load", "Copy", """{"rowsCopied":2}""") with { Iteration = 1, Attempt = 2 },
        ];
        var child = new RecordedRun("Child", "Succeeded", null, null, ObjectValue.Empty, [Activity("Touch", "WebActivity", """{"seen":7}"""), Activity("Return", "SetVariable", null)]);
        var run = new RecordedRun(
            "Main", "Succeeded", new DateTime(2025, 3, 1, 4, 5, 6, DateTimeKind.Utc), null, (ObjectValue)Json("""{"day":"2025-03-01","mode":"delta"}"""),
            [
                find, Activity("Each", "ForEach", "{}"), .. loads, Activity("Add", "AppendVariable", null) with { Iteration = 0 }, Activity("Add", "AppendVariable", null) with { Iteration = 1 },
                Activity("Mode", "Switch", "{}"), Activity("Call", "ExecutePipeline", """{"pipelineRunId":"1"}""") with { Child = child },
            ]);
        var test = PipelineTestText.Create(factory, factory.Find(ResourceKind.Pipeline, "Main")[0], run, SecretMask.Hide);
        var (file, found) = Take(factory, test);
        Assert.Empty(found);
        var result = PipelineTestRunner.Run(factory, file, Assert.Single(file.Cases));
        Assert.Empty(result.Failures.Select(f => f.Message));
        Assert.Contains("Child/Touch: { seen: 7 }", test.Text, StringComparison.Ordinal);
        Assert.Contains("attempts", test.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", test.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("effectiveIntegrationRuntime", test.Text, StringComparison.Ordinal);
        Assert.Equal("Main.recorded.pipeline-test.yaml", test.Path);
    }

    [Fact]
    public void Secrets_are_not_recorded()
    {
        var factory = TestText.Factory("Main.pipeline.yaml", """
            parameters: { token: secureString, rows: int }
            activities:
              - { name: Ask, type: WebActivity, method: GET, url: https://x, policy: { secureOutput: true } }
              - { name: Tell, type: WebActivity, method: GET, url: https://x }
            """);
        var run = new RecordedRun(
            "Main", "Succeeded", null, null, (ObjectValue)Json("""{"token":"hidden-one","rows":"3"}"""),
            [Activity("Ask", "WebActivity", """{"value":"hidden-two"}"""), Activity("Tell", "WebActivity", """{"password":"hidden-3three","fine":1}""")]);
        var text = PipelineTestText.Create(factory, factory.Find(ResourceKind.Pipeline, "Main")[0], run, SecretMask.Hide).Text;
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.Contains("rows: 3", text, StringComparison.Ordinal);
        Assert.Contains("fine: 1", text, StringComparison.Ordinal);
    }

    private static (PipelineTestFile File, IEnumerable<string> Found) Take(FactorySnapshot factory, NewPipelineTest test)
    {
        var document = TestText.Document(test.Path, test.Text);
        var found = LanguageFeatures.GetDiagnostics(factory.With(document), document, default).Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => $"{d.Message} in\n{test.Text}");
        return (PipelineTestFile.Read(document), found);
    }

    private static RecordedActivity Activity(string name, string type, string? output) =>
        new(name, type, "Succeeded", null, 1, null, output is null ? null : Json(output), null, null, null, TimeSpan.FromSeconds(1));

    private static ExpressionValue Json(string text) => ValueJson.TryParse(text, out _)!;
}
