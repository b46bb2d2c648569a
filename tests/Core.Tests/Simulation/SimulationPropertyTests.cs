using FsCheck.Xunit;
using Pipewright.Core.Simulation;
using Xunit;

namespace Pipewright.Core.Tests.Simulation;

/// <summary>What holds of every run.</summary>
public sealed class SimulationPropertyTests
{
    private const int Seeds = int.MaxValue;

    [Property(MaxTest = 1000, EndSize = Seeds)]
    public void A_run_ends_as_the_documented_rules_say(int seed)
    {
        var pipeline = new RandomPipeline(seed);
        var run = Simulate(pipeline.Yaml, pipeline.Stubs, 0).Run;
        var byName = run.Activities.ToDictionary(a => a.Name);
        Assert.Equal(pipeline.Ends, string.Concat(pipeline.Activities.Select(a => byName[a.Name].Status switch
        {
            ActivityRunStatus.Succeeded => 'S',
            ActivityRunStatus.Failed => 'F',
            ActivityRunStatus.Skipped => 'K',
            _ => '?',
        })));
        Assert.Equal(pipeline.Succeeds ? PipelineRunStatus.Succeeded : PipelineRunStatus.Failed, run.Status);
        Assert.Equal(pipeline.Succeeds, run.Error is null);
    }

    [Property(MaxTest = 500, EndSize = Seeds)]
    public void Each_activity_runs_once_with_its_attempts_and_after_what_it_waits_for(int seed)
    {
        var pipeline = new RandomPipeline(seed);
        var run = Simulate(pipeline.Yaml, pipeline.Stubs, 0).Run;
        Assert.Equal(pipeline.Activities.Count, run.Activities.Select(a => a.Name).Distinct().Count());
        Assert.Equal(pipeline.Activities.Count, run.Activities.Length);
        var byName = run.Activities.ToDictionary(a => a.Name);
        foreach (var activity in pipeline.Activities)
        {
            var actual = byName[activity.Name];
            Assert.Equal(actual.Status == ActivityRunStatus.Skipped ? 0 : activity.Attempts, actual.Attempts.Length);
            Assert.Equal(Enumerable.Range(1, actual.Attempts.Length), actual.Attempts.Select(t => t.Number));
            Assert.True(actual.End >= actual.Start && run.Start <= actual.Start && actual.End <= run.End);
            Assert.Equal(TimeSpan.FromSeconds((activity.Seconds * actual.Attempts.Length) + (30 * Math.Max(0, actual.Attempts.Length - 1))), actual.End - actual.Start);
            Assert.Equal(activity.Dependencies.Select(d => byName[$"A{d.Upstream}"].End).Append(run.Start).Max(), actual.Start);
        }
    }

    [Property(MaxTest = 150, EndSize = Seeds)]
    public void The_same_seed_gives_the_same_trace_and_another_one_other_ids(int seed)
    {
        var (yaml, stubs) = MakeNested(seed);
        var first = Simulate(yaml, stubs, (ulong)(uint)seed);
        Assert.Equal(TraceText.WriteAll(first), TraceText.WriteAll(Simulate(yaml, stubs, (ulong)(uint)seed)));
        var other = Simulate(yaml, stubs, (ulong)(uint)seed + 1);
        Assert.NotEqual(first.Run.RunId, other.Run.RunId);
        Assert.Equal(TraceText.Write(first), TraceText.Write(other));
    }

    [Property(MaxTest = 250, EndSize = Seeds)]
    public void What_a_container_runs_lies_within_its_time_and_decides_how_it_ends(int seed)
    {
        var (yaml, stubs) = MakeNested(seed);
        var trace = Simulate(yaml, stubs, 0);
        var ids = new HashSet<string>();
        foreach (var run in trace.Run.AllActivities())
        {
            Assert.True(ids.Add(run.RunId));
            Assert.True(run.End >= run.Start);
            Assert.Equal(run.BranchCount, run.Branches.Length);
            Assert.Equal(run.FailedBranchCount, run.Branches.Count(b => b.Status == ActivityRunStatus.Failed));
            Assert.All(run.Branches.SelectMany(b => b.Activities), a => Assert.True(run.Start <= a.Start && a.End <= run.End));
            if (run.Status is not ActivityRunStatus.Skipped && !run.Branches.IsEmpty)
            {
                var decides = run.Type == "Until" ? run.Branches[^1].Status == ActivityRunStatus.Failed : run.FailedBranchCount > 0;
                Assert.Equal(decides, run.Status == ActivityRunStatus.Failed);
            }
        }

        var counted = trace.Counts["Main"].Activities.Values.Sum(a => a.Statuses.Values.Sum());
        Assert.Equal(trace.Run.AllActivities().Count(), counted);
    }

    /// <summary>The random list in a ForEach, in a branch, in an Until, and once more after them.</summary>
    private static (string Yaml, StubSet Stubs) MakeNested(int seed)
    {
        var pipeline = new RandomPipeline(seed);
        string Body(string suffix, int indent) => string.Join('\n', pipeline.Yaml.Split('\n').Skip(1).Select(l => new string(' ', indent) + Rename(l, suffix)));
        var yaml = $"""
            variables: {"{ n: Integer, m: Integer }"}
            activities:
              - name: Each
                type: ForEach
                items: "@range(0, {(seed & 7) + 1})"
                batchCount: {((seed >> 3) & 3) + 1}
                activities:
            {Body("e", 6)}
              - name: If
                type: IfCondition
                dependsOn: {"{ Each: Completed }"}
                expression: "@equals({seed & 1}, 1)"
                ifTrueActivities:
            {Body("t", 6)}
                ifFalseActivities:
            {Body("f", 6)}
              - name: Again
                type: Until
                expression: "@equals(variables('n'), 2)"
                activities:
            {Body("u", 6)}
                  - {"{ name: M, type: SetVariable, variableName: m, value: \"@add(variables('n'), 1)\" }"}
                  - {"{ name: N, type: SetVariable, dependsOn: [M], variableName: n, value: \"@variables('m')\" }"}
            """;
        return (yaml, new StubSet(pipeline.Stubs.All.SelectMany(s => "etfu".Select(x => s with { Activity = s.Activity + x }))));
    }

    private static string Rename(string line, string suffix) =>
        System.Text.RegularExpressions.Regex.Replace(line, @"\bA(\d)\b", m => $"A{m.Groups[1].Value}{suffix}");

    private static SimulationTrace Simulate(string yaml, StubSet stubs, ulong seed) =>
        PipelineSimulator.Run(TestText.Factory("pipelines/Main.pipeline.yaml", yaml), "main", new SimulationRequest { Stubs = stubs, Seed = seed });
}
