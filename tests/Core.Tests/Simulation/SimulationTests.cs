using Pipewright.Core.Expressions;
using Pipewright.Core.Simulation;
using Xunit;

namespace Pipewright.Core.Tests.Simulation;

/// <summary>Large runs, places, reruns and coverage: what a line of text does not tell.</summary>
public sealed class SimulationTests
{
    private const string Chain = """
        variables: { s: String, a: Array }
        activities:
          - { name: First, type: WebActivity }
          - { name: Keep, type: SetVariable, dependsOn: [First], variableName: s, value: "@activity('First').output.id" }
          - { name: Add, type: AppendVariable, dependsOn: [Keep], variableName: a, value: kept }
          - { name: Second, type: WebActivity, dependsOn: [Add] }
          - { name: Third, type: WebActivity, dependsOn: [Second], url: "@{activity('First').output.id}-@{variables('s')}" }
          - { name: Beside, type: WebActivity }
        """;

    [Fact]
    public void A_hundred_thousand_iterations_keep_a_bounded_trace_and_are_all_counted()
    {
        var factory = Factory("""
            variables: { seen: Array }
            activities:
              - name: Each
                type: ForEach
                items: "@range(0, 100000)"
                activities:
                  - { name: Get, type: Lookup }
                  - { name: Use, type: WebActivity, dependsOn: [Get], url: "@{item()}-@{activity('Get').output.firstRow.x}" }
                  - { name: Add, type: AppendVariable, dependsOn: [Use], variableName: seen, value: "@item()" }
            """);
        var request = new SimulationRequest
        {
            Stubs = new StubSet([Gives("Get", """{"firstRow": {"x": 1}}"""), new ActivityStub { Activity = "Use", Iteration = 99_999, Error = new StubError("E", "The last one broke.") }]),
            Limits = new SimulationLimits { KeptIterations = 100 },
        };
        var trace = PipelineSimulator.Run(factory, "Main", request);
        var each = Assert.Single(trace.Run.Activities);
        Assert.Equal(100_000, each.BranchCount);
        Assert.Equal(1, each.FailedBranchCount);
        Assert.Equal([.. Enumerable.Range(0, 100), 99_999], each.Branches.Select(b => b.Iteration!.Value));
        Assert.Equal(300_001, trace.ActivityCount + trace.Counts["Main"].Activities["Add"].Statuses[ActivityRunStatus.Skipped]);
        Assert.Equal(99_999, trace.Counts["Main"].Activities["Use"].Statuses[ActivityRunStatus.Succeeded]);
        Assert.Equal(99_999, Assert.IsType<ArrayValue>(trace.Run.Variables.Find("seen")).Items.Length);
        Assert.Contains("The last one broke.", trace.Run.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_items_than_the_service_takes_are_a_failure()
    {
        var run = Run("""activities: [{ name: Each, type: ForEach, items: "@range(0, 100001)", activities: [{ name: Do, type: WebActivity }] }]""").Run;
        Assert.Contains("100000", Assert.Single(run.Activities).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_until_whose_condition_never_holds_comes_to_its_timeout_in_simulated_time()
    {
        var run = Run("""activities: [{ name: Again, type: Until, timeout: "0.12:00:00", expression: "@false", activities: [{ name: Do, type: Fail, message: m, errorCode: c }] }]""").Run;
        var until = Assert.Single(run.Activities);
        Assert.Equal(TimeSpan.FromHours(12), until.End - until.Start);
        Assert.Equal(12 * 3600, until.BranchCount);
        Assert.Equal(PipelineRunStatus.Failed, run.Status);
    }

    [Fact]
    public void Iterations_of_all_loops_together_are_kept_up_to_a_limit()
    {
        var trace = PipelineSimulator.Run(
            Factory("""activities: [{ name: Each, type: ForEach, items: "@range(0, 50)", isSequential: true, activities: [{ name: A, type: WebActivity }, { name: B, type: WebActivity }] }]"""), "Main",
            new SimulationRequest { Limits = new SimulationLimits { KeptActivities = 21 } });
        Assert.Equal(10, Assert.Single(trace.Run.Activities).Branches.Length);
        Assert.Equal(50, trace.Counts["Main"].Activities["B"].Statuses[ActivityRunStatus.Succeeded]);
    }

    [Fact]
    public void A_pipeline_that_runs_itself_many_times_at_once_is_stopped()
    {
        var trace = PipelineSimulator.Run(
            Factory("""activities: [{ name: Each, type: ForEach, items: "@range(0, 20)", activities: [{ name: Again, type: ExecutePipeline, pipeline: Main }] }]"""), "Main",
            new SimulationRequest { Limits = new SimulationLimits { MaximumActivities = 40_000 } });
        Assert.Equal(SimulationErrors.LimitCode, trace.Run.Error!.Code);
        Assert.Equal(40_000, trace.ActivityCount);
        Assert.True(trace.Counts["Main"].Runs <= 10_000);
    }

    [Fact]
    public void Names_of_parameters_that_differ_in_case_only_are_one_and_the_last_counts()
    {
        var trace = PipelineSimulator.Run(
            TestText.Factory(
                "pipelines/Main.pipeline.yaml", """activities: [{ name: Call, type: ExecutePipeline, pipeline: Child, parameters: { n: 1, N: 2 } }]""",
                "pipelines/Child.pipeline.yaml", "parameters: { n: int }\nactivities: []"),
            "Main", new SimulationRequest());
        Assert.Equal("""{"n":2}""", TraceText.Json(trace.Run.Activities[0].Child!.Parameters));
    }

    [Fact]
    public void A_simulation_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => PipelineSimulator.Run(Factory(Chain), "Main", new SimulationRequest(), source.Token));
    }

    [Fact]
    public void A_pipeline_that_is_not_there_is_refused()
    {
        var trace = PipelineSimulator.Run(Factory(Chain), "Nobody", new SimulationRequest());
        Assert.Equal(PipelineRunStatus.Refused, trace.Run.Status);
        Assert.Contains("Nobody", trace.Run.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""activities: [{ name: A, type: WebActivity, url: "@concat('é', json([|'{'|]))" }]""")]
    [InlineData("""activities: [{ name: A, type: WebActivity, body: { x: { y: "a @{pipeline().[|nothing|]}" } } }]""")]
    [InlineData("""activities: [{ name: A, type: ForEach, items: [|"@string(1)"|], activities: [{ name: B, type: WebActivity }] }]""")]
    [InlineData("""activities: [{ name: A, type: IfCondition, expression: "@true", ifTrueActivities: [{ name: [|B|], type: Fail, message: m, errorCode: c }] }]""")]
    [InlineData("""activities: [{ name: A, type: WebActivity, dependsOn: [[|Nobody|]] }]""")]
    [InlineData("""activities: [{ name: A, type: WebActivity, url: "@activity('[|Nobody|]').output" }]""")]
    [InlineData("""activities: [{ name: A, type: SetVariable, variableName: [|x|], value: 1 }]""")]
    public void The_characters_at_fault_are_told(string marked)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var error = Run(text).Run.Error!;
        Assert.Equal("pipelines/Main.pipeline.yaml", error.Place!.Path);
        var span = error.Place.Span;
        Assert.Equal(spans[0], span);
    }

    [Fact]
    public void A_rerun_from_what_failed_takes_the_rest_as_done_with_its_outputs_and_variables()
    {
        var earlier = Run(Chain, Gives("First", """{"id": "one"}"""), Fails("Second")).Run;
        var again = PipelineSimulator.Run(Factory(Chain), "Main", new SimulationRequest { Rerun = new RerunRequest(earlier), Seed = 1 });
        Assert.Equal(
            ["Succeeded", "First Succeeded 0-0 earlier", "Beside Succeeded 0-0 earlier", "Keep Succeeded 0-0 earlier", "Add Succeeded 0-0 earlier", "Second Succeeded 0-3", "Third Succeeded 3-6"],
            TraceText.Write(again));
        Assert.Equal("""{"url":"one-one"}""", TraceText.Json(again.Run.Activities[^1].Input));
        Assert.Equal("""{"s":"one","a":["kept"]}""", TraceText.Json(again.Run.Variables));
        Assert.Equal(earlier.GroupId, again.Run.GroupId);
        Assert.NotEqual(earlier.RunId, again.Run.RunId);
    }

    [Fact]
    public void A_rerun_from_an_activity_runs_it_and_all_after_it_whatever_it_waits_for()
    {
        var earlier = Run(Chain, Fails("First")).Run;
        var again = PipelineSimulator.Run(Factory(Chain), "Main", new SimulationRequest { Rerun = new RerunRequest(earlier, "Second") });
        Assert.Equal(
            ["Failed InvalidTemplate", "First Failed 0-0 E earlier", "Beside Succeeded 0-0 earlier", "Keep Skipped 0", "Add Skipped 0", "Second Succeeded 0-3", "Third Failed 3-3 InvalidTemplate"],
            TraceText.Write(again));
    }

    [Fact]
    public void A_rerun_runs_again_what_comes_after_what_runs_again()
    {
        const string Text = """
            activities:
              - { name: A, type: WebActivity }
              - { name: Mend, type: WebActivity, dependsOn: { A: Failed } }
              - { name: Last, type: WebActivity, dependsOn: { Mend: Completed } }
              - { name: Or, type: WebActivity, dependsOn: { A: Succeeded } }
            """;
        var earlier = Run(Text, Fails("A")).Run;
        var again = PipelineSimulator.Run(Factory(Text), "Main", new SimulationRequest { Rerun = new RerunRequest(earlier), Stubs = new StubSet([Fails("A")]) });
        Assert.Equal(
            ["Failed E", "A Failed 0-3 E", "Mend Succeeded 3-6", "Or Skipped 3", "Last Succeeded 6-9"],
            TraceText.Write(again));
    }

    [Fact]
    public void A_rerun_from_an_activity_that_is_not_there_is_refused()
    {
        var earlier = Run(Chain).Run;
        var again = PipelineSimulator.Run(Factory(Chain), "Main", new SimulationRequest { Rerun = new RerunRequest(earlier, "Nobody") });
        Assert.Equal(PipelineRunStatus.Refused, again.Run.Status);
    }

    [Fact]
    public void Coverage_tells_what_no_run_has_shown()
    {
        const string Text = """
            parameters: { way: { type: string, defaultValue: a } }
            activities:
              - { name: Get, type: WebActivity }
              - { name: Mend, type: WebActivity, dependsOn: { Get: [Failed, Skipped] } }
              - { name: Off, type: WebActivity, state: Inactive }
              - name: Way
                type: Switch
                dependsOn: { Get: Completed }
                on: "@pipeline().parameters.way"
                cases: [{ value: a, activities: [{ name: A, type: WebActivity }] }, { value: b, activities: [{ name: B, type: WebActivity }] }]
                defaultActivities: [{ name: D, type: WebActivity }]
            """;
        var factory = Factory(Text);
        var pipeline = factory.Find(Pipewright.Core.Schema.ResourceKind.Pipeline, "Main")[0];
        string[] Missed(params SimulationTrace[] traces) => [.. PipelineCoverage.Of(pipeline, traces.Select(t => t.Counts["Main"])).Missed
            .Select(i => i.Branch is { } branch ? $"{i.Activity}/{branch}" : i.Upstream is { } upstream ? $"{upstream} {i.Status} > {i.Activity}" : i.Activity)];

        Assert.Equal(
            ["Mend", "Get Failed > Mend", "Get Skipped > Mend", "Get Failed > Way", "Way/defaultActivities", "Way/cases/b", "B", "D"],
            Missed(Run(Text)));
        Assert.Equal(
            ["Get Skipped > Mend", "Way/defaultActivities", "D"],
            Missed(Run(Text), PipelineSimulator.Run(factory, "Main", new SimulationRequest
            {
                Parameters = new SimulationRequest().Parameters.SetItem("way", new StringValue("b")),
                Stubs = new StubSet([Fails("Get")]),
            })));
    }

    [Fact]
    public void Chance_in_expressions_follows_from_the_seed()
    {
        const string Text = """activities: [{ name: A, type: WebActivity, url: "@{guid()}/@{rand(0, 1000000)}" }]""";
        string Url(ulong seed) => TraceText.Json(PipelineSimulator.Run(Factory(Text), "Main", new SimulationRequest { Seed = seed }).Run.Activities[0].Input);
        Assert.Equal(Url(1), Url(1));
        Assert.NotEqual(Url(1), Url(2));
    }

    private static SimulationTrace Run(string text, params ActivityStub[] stubs) => PipelineSimulator.Run(Factory(text), "Main", new SimulationRequest { Stubs = new StubSet(stubs) });

    private static ActivityStub Gives(string activity, string json) => new() { Activity = activity, Output = ValueJson.TryParse(json, out _) };

    private static ActivityStub Fails(string activity) => new() { Activity = activity, Error = new StubError("E", "It broke.") };

    private static Pipewright.Core.Factory.FactorySnapshot Factory(string text) => TestText.Factory("pipelines/Main.pipeline.yaml", text);
}
