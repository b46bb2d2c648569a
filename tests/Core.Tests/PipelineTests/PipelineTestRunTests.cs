using Pipewright.Core.PipelineTests;
using Pipewright.Core.Simulation;
using Xunit;
using static Pipewright.Core.Tests.PipelineTests.PipelineTestCases;

namespace Pipewright.Core.Tests.PipelineTests;

public sealed class PipelineTestRunTests
{
    [Theory]
    [InlineData("c: {}")]
    [InlineData("c: { expect: { status: Succeeded, variables: { names: [a, b], count: 0 } } }")]
    [InlineData("c: { expect: { succeeded: [Find, Each, Load, Rebuild], notRun: [Call], order: [Find, Each, Mode] } }")]
    [InlineData("c: { expect: { activities: { Each: { rounds: 2 }, Load: { runs: 2, attempts: 1, status: Succeeded }, Mode: { branch: full } } } }")]
    [InlineData("c: { expect: { activities: { Load: { iterations: { 1: { input: { inputs.0.parameters.table: b } } } } } } }")]
    [InlineData("c: { expect: { activities: { Rebuild: { input: { url: https://x/2025-01-31, body: { a: 1 } } } } } }")]
    [InlineData("c: { expect: { activities: { Rebuild: { input: { body: !exact { b: [1, 2], a: 1 }, url: \"@concat('https://x/', pipeline().parameters.day)\" } } } } }")]
    [InlineData("c: { expect: { activities: { Rebuild: { input: { url: !where \"startswith(item(), 'https')\", body.b.1: !where \"@greater(item(), 1)\" } } } } }")]
    [InlineData("c: { expect: { activities: { Rebuild: { input: { nothing: null } } } } }")]
    [InlineData("c: { parameters: { mode: delta }, expect: { activities: { Mode: { branch: default }, Child/Touch: { input: { url: https://y/2025-01-31 } }, Call: { output: { pipelineReturnValue: { seen: 3 } } } } } }")]
    [InlineData("c: { parameters: { mode: delta }, stubs: { Call: { returns: { seen: 9 } } }, expect: { notRun: [Child/Touch], activities: { Call: { output: { pipelineReturnValue.seen: 9 } } } } }")]
    [InlineData("c: { stubs: { Load: { fails: It is locked., errorCode: E1 } }, expect: { status: Failed, error: it is LOCKED, failed: [Load], skipped: [Add, Mode], notRun: [Rebuild], activities: { Load: { errorCode: E1 } } } }")]
    [InlineData("c: { stubs: { Load: { fails: x } }, expect: { error: x, activities: { Load: { attempts: 2, takes: '00:01:40' } } } }")]
    [InlineData("c: { stubs: { Load: { attempts: [{ fails: x }], takes: '00:00:05' } }, expect: { activities: { Load: { attempts: 2 } } } }")]
    [InlineData("c: { stubs: { Load: { iterations: { 1: { fails: x } } } }, expect: { error: x, activities: { Load: { iterations: { 0: { status: Succeeded }, 1: { status: Failed } } } } } }")]
    [InlineData("c: { trigger: { name: Nightly, time: 2024-02-29T00:00:00Z }, parameters: { day: '2025-01-31' }, expect: { activities: { Mode: { branch: default } } } }")]
    [InlineData("c: { cancelAfter: '00:00:01', expect: { status: Cancelled, notRun: [Each] } }")]
    [InlineData("c: { parameters: { day: [1] }, stubs: { Find: { count: 0, value: [] } }, expect: { notRun: [Load, Add], activities: { Each: { rounds: 0 } } } }")]
    public void A_case_passes_in_both_forms(string one)
    {
        Assert.Empty(Run(Head + "  " + one));
        Assert.Empty(Run(Head + "  " + one, inGitForm: true));
    }

    [Theory]
    [InlineData("c: { expect: { status: Failed } }", "The run should end as Failed, but it is Succeeded")]
    [InlineData("c: { stubs: { Find: { fails: gone } } }", "The run should end as Succeeded, but it is Failed: Operation on target Find failed: gone")]
    [InlineData("c: { expect: { skipped: [Find] } }", "'Find' should be Skipped, but is Succeeded.")]
    [InlineData("c: { expect: { activities: { Load: { runs: 3 } } } }", "'Load' should be started 3 times, but it is 2.")]
    [InlineData("c: { expect: { activities: { Load: { attempts: 3 } } } }", "'Load' in iteration 0 should be tried 3 times, but it is 1.")]
    [InlineData("c: { expect: { activities: { Mode: { branch: default } } } }", "'Mode' should take the branch 'default', but it is full.")]
    [InlineData("c: { expect: { activities: { Call: { status: Succeeded } } } }", "'Call' should be Succeeded, but is NotRun. It is in another branch of 'Mode', which took 'full'.")]
    [InlineData("c: { expect: { activities: { Call: { input: { x: 1 } } } } }", "'Call' did not run. It is in another branch of 'Mode', which took 'full'.")]
    [InlineData("c: { expect: { activities: { Rebuild: { input: { body: { a: 2 } } } } } }", "'body.a' in the input of 'Rebuild' should be 2, but is 1.")]
    [InlineData("c: { expect: { activities: { Rebuild: { input: { body.b: [1] } } } } }", "'body.b' in the input of 'Rebuild' should be 1 item: [1], but is [1,2].")]
    [InlineData("c: { expect: { activities: { Rebuild: { input: { body: !exact { a: 1 } } } } } }", "'body' in the input of 'Rebuild' should be {\"a\":1}, but is {\"a\":1,\"b\":[1,2]}, which also has 'b'.")]
    [InlineData("c: { expect: { activities: { Rebuild: { input: { url: !where \"@endswith(item(), '!')\" } } } } }", "'url' in the input of 'Rebuild' should be a value with @endswith(item(), '!'), but is \"https://x/2025-01-31\".")]
    [InlineData("c: { expect: { variables: { count: '0' } } }", "The variable 'count' should be \"0\", but is 0.")]
    [InlineData("c: { expect: { returns: { a: 1 } } }", "'a' in what the pipeline returns should be 1, but is nothing.")]
    [InlineData("c: { expect: { order: [Each, Find] } }", "'Find' should start when 'Each' has ended, but starts at 00:00:00, and that ends at 00:00:25.")]
    [InlineData("c: { expect: { error: broken } }", "The run should fail with a message that has 'broken', but has no error.")]
    [InlineData("c: { stubs: { Find: { fails: gone } }, expect: { status: Failed, succeeded: [Each] } }", "'Each' should be Succeeded, but is Skipped. 'Each' was skipped because it waits for 'Find' to be Succeeded, and that is Failed: gone")]
    [InlineData("c: { expect: { succeeded: [Fnd] } }", "PW9202: The pipeline 'Main' has no activity 'Fnd'. Did you mean 'Find'?")]
    public void What_is_not_as_expected_is_told_at_its_line(string one, string message)
    {
        var found = Run(Head + "  " + one);
        Assert.Equal([$"7: {message}"], found);
        Assert.Equal(found, Run(Head + "  " + one, inGitForm: true));
    }

    [Fact]
    public void A_failure_points_at_the_value_and_at_the_activity_with_both_values()
    {
        var (text, spans) = TestText.WithSpans(Head + "  c:\n    expect:\n      activities:\n        Rebuild: { input: { body: { a: [|7|] } } }\n");
        var factory = Make(text);
        var file = PipelineTestFile.Read(Document(factory));
        var failure = Assert.Single(PipelineTestRunner.Run(factory, file, file.Cases[0]).Failures);
        Assert.Equal((spans[0], "7", "1"), (failure.Span, failure.Expected, failure.Actual));
        Assert.Equal(("Main.pipeline.yaml", "Rebuild"), (failure.Activity!.Path, factory.Documents["Main.pipeline.yaml"].Text.ToString(failure.Activity.Span)));
    }

    [Fact]
    public void A_trigger_passes_what_it_makes_of_its_event() => Assert.Empty(Run("""
        pipeline: Main
        trigger: { name: Nightly, time: 2024-02-29T01:00:00Z }
        cases:
          c: { parameters: { mode: full }, expect: { activities: { Rebuild: { input: { url: https://x/2024-02-29 } } } } }
        """));

    [Fact]
    public void An_until_goes_round_until_a_stub_of_an_iteration_ends_it()
    {
        var factory = TestText.Factory(
            "Main.pipeline.yaml", """
                activities:
                  - name: Again
                    type: Until
                    expression: "@equals(activity('Poll').output.state, 'done')"
                    timeout: "0.01:00:00"
                    activities: [{ name: Poll, type: WebActivity, method: GET, url: https://x }]
                """,
            FilePath, """
                pipeline: Main
                stubs:
                  Poll: { output: { state: running }, takes: "00:00:10", iterations: { 2: { state: done } } }
                cases:
                  it waits: { expect: { activities: { Again: { rounds: 3 }, Poll: { runs: 3, iterations: { 2: { output: { state: done } } } } } } }
                """);
        var file = PipelineTestFile.Read(factory.Tests[FilePath]);
        Assert.Empty(PipelineTestRunner.Run(factory, file, file.Cases[0]).Failures.Select(f => f.Message));
    }

    [Fact]
    public void What_a_case_says_of_an_activity_takes_the_place_of_what_the_file_says() => Assert.Empty(Run(Head + "  c: { stubs: { Find: { count: 1, value: [{ name: z }] } }, expect: { variables: { names: [z] } } }"));

    [Fact]
    public void Secrets_of_a_test_are_nobodys()
    {
        var factory = TestText.Factory(
            "Main.pipeline.yaml", "activities: [{ name: Ask, type: WebActivity, policy: { secureInput: true, secureOutput: true }, method: GET, url: https://x }]",
            FilePath, "pipeline: Main\ncases:\n  c: { expect: { activities: { Ask: { input: { url: https://x } } } } }");
        var file = PipelineTestFile.Read(factory.Tests[FilePath]);
        Assert.Empty(PipelineTestRunner.Run(factory, file, file.Cases[0]).Failures);
    }

    [Fact]
    public void A_run_tells_what_its_expressions_came_to()
    {
        var factory = Make(Head + "  c: {}");
        var file = PipelineTestFile.Read(Document(factory));
        var trace = PipelineTestRunner.Run(factory, file, file.Cases[0], keepsExpressions: true).Trace!;
        var text = factory.Documents["Main.pipeline.yaml"].Text;
        Assert.Contains(trace.Expressions, e => text.ToString(e.Place.Span).Contains("item().name", StringComparison.Ordinal) && e is { Iteration: 1, Value: Pipewright.Core.Expressions.StringValue { Value: "b" } });
        Assert.Empty(PipelineTestRunner.Run(factory, file, file.Cases[0]).Trace!.Expressions);
    }

    [Theory]
    [InlineData("c: { stubs: { Find: { fails: gone } } }", "Rebuild", "It is in 'Mode', which was skipped. 'Mode' was skipped because it waits for 'Each' to be Succeeded, and that is Skipped. 'Each' was skipped because it waits for 'Find' to be Succeeded, and that is Failed: gone")]
    [InlineData("c: { stubs: { Mode: { output: {} } } }", "Rebuild", "It is in 'Mode', for all of which a stub answered.")]
    [InlineData("c: { stubs: { Find: { count: 0, value: [] } } }", "Load", "It is in 'Each', which made no iteration.")]
    [InlineData("c: {}", "Load", "")]
    public void Why_an_activity_did_not_run_is_explained(string one, string activity, string expected)
    {
        var factory = Make(Head + "  " + one);
        var file = PipelineTestFile.Read(Document(factory));
        Assert.Equal(expected, Explanation.Of(factory, PipelineTestRunner.Run(factory, file, file.Cases[0]).Trace!.Run, "Main", activity));
    }

    [Fact]
    public void The_samples_own_tests_pass_and_show_all_of_its_pipelines()
    {
        var factory = Samples.SampleTests.Load("medallion");
        var results = factory.Tests.Values.Select(PipelineTestFile.Read).SelectMany(f => f.Cases.Select(c => (f.Document.Path, Result: PipelineTestRunner.Run(factory, f, c)))).ToList();
        Assert.NotEmpty(results);
        Assert.Empty(results.SelectMany(r => r.Result.Failures.Select(f => $"{r.Path} {r.Result.Case.Name}: {f.Message}")));
        var missed = factory.OfKind(Pipewright.Core.Schema.ResourceKind.Pipeline).SelectMany(p => PipelineCoverage.Of(p, results.Select(r => r.Result.Trace!.Counts.GetValueOrDefault(p.Name)).OfType<PipelineCounts>()).Missed);
        Assert.Empty(missed);
    }
}
