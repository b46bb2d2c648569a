using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Simulation;
using Xunit;
using Xunit.Abstractions;

namespace Pipewright.Core.Tests.Simulation;

/// <summary>Real pipelines, with nothing stubbed: each comes to an end.</summary>
public sealed class CorpusSimulationTests(ITestOutputHelper output)
{
    [CorpusFact]
    public void Every_real_pipeline_comes_to_an_end()
    {
        var outcomes = new Dictionary<string, int>();
        foreach (var folder in CorpusFiles.Factories)
        {
            var factory = FactorySnapshot.Empty.With(CorpusFiles.Load(folder));
            foreach (var pipeline in factory.OfKind(ResourceKind.Pipeline))
            {
                var trace = Simulate(factory, pipeline);
                AssertSound(trace.Run);
                var outcome = $"{trace.Run.Status} {trace.Run.Error?.Code}";
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                if (trace.Run.Status != PipelineRunStatus.Succeeded)
                {
                    output.WriteLine($"{Path.GetFileName(folder)}/{pipeline.Name}: {trace.Run.Error?.Message}");
                }
            }
        }

        foreach (var (outcome, count) in outcomes)
        {
            output.WriteLine($"{outcome}: {count}");
        }

        Assert.True(outcomes.Values.Sum() > 100);
        Assert.DoesNotContain(outcomes.Keys, o => o.StartsWith(nameof(PipelineRunStatus.Refused), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_pipeline_of_the_sample_runs_alike_in_both_forms()
    {
        var spec = Load("medallion");
        var git = Load("medallion-git");
        foreach (var pipeline in spec.OfKind(ResourceKind.Pipeline))
        {
            var trace = Simulate(spec, pipeline);
            AssertSound(trace.Run);
            Assert.Equal(TraceText.WriteAll(trace), TraceText.WriteAll(Simulate(git, git.Find(ResourceKind.Pipeline, pipeline.Name)[0])));
        }
    }

    /// <summary>A run with a value for each parameter that has none.</summary>
    private static SimulationTrace Simulate(FactorySnapshot factory, ResourceSymbol pipeline)
    {
        var parameters = EvaluationContext.Empty.SetItems(Declared.Parameters(pipeline.Resource).Where(p => p.IsRequired).Select(p => KeyValuePair.Create(p.Name, ValueOf(p.TypeText))));
        return PipelineSimulator.Run(factory, pipeline.Name, new SimulationRequest
        {
            Parameters = parameters,
            Limits = new SimulationLimits { MaximumActivities = 50_000, KeptIterations = 20 },
        });
    }

    private static ExpressionValue ValueOf(string? type) => type?.ToUpperInvariant() switch
    {
        "INT" => new IntegerValue(1),
        "FLOAT" => new FloatValue(1.5),
        "BOOL" => new BooleanValue(true),
        "ARRAY" => new ArrayValue([new StringValue("a"), new StringValue("b")]),
        "OBJECT" => ObjectValue.Empty,
        _ => new StringValue("2030-01-01"),
    };

    private static void AssertSound(PipelineRun run)
    {
        Assert.True(run.End >= run.Start);
        Assert.Equal(run.Status == PipelineRunStatus.Succeeded, run.Error is null);
        foreach (var activity in run.AllActivities())
        {
            Assert.True(activity.End >= activity.Start);
            Assert.True(activity.Status is not ActivityRunStatus.Failed || activity.Error is not null);
            if (activity.Child is { } child)
            {
                AssertSound(child);
            }
        }
    }

    private static FactorySnapshot Load(string sample) => FactorySnapshot.Empty.With(RepositoryFiles.Read("samples/" + sample)
        .Select(f => ResourceDocument.Create(f.Path, new Pipewright.Core.Text.SourceText(f.Text))).OfType<ResourceDocument>());
}
