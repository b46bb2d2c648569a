// Writes files of tests: one to begin with for a pipeline.
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Simulation;

namespace Pipewright.Core.PipelineTests;

/// <summary>A file that is not there yet.</summary>
/// <param name="Path">Relative to the factory root; beside other tests, where there are some.</param>
public sealed record NewPipelineTest(string Path, string Text);

public static class PipelineTestText
{
    private static readonly DateTime Day = new(2025, 1, 31, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A file with one case: examples for the parameters, and for each activity that needs a cloud a stub with an output of the right shape.</summary>
    public static NewPipelineTest Create(FactorySnapshot factory, ResourceSymbol pipeline)
    {
        var yaml = new BlockYaml().Entry(0, "pipeline", pipeline.Name);
        var parameters = Declared.Parameters(pipeline.Resource);
        if (!parameters.IsEmpty)
        {
            yaml.Entry(0, "parameters", new ObjectValue(parameters.Select(p => KeyValuePair.Create(p.Name, ExampleOf(p)))));
        }

        var external = new ActivityGraph(pipeline.Resource).All.Where(a => a.Name.Length > 0 && NeedsCloud(a) && !a.ContainersAndSelf().Any(c => c.IsInactive)).DistinctBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ToList();
        if (external.Count > 0)
        {
            yaml.Key(0, "stubs");
            foreach (var activity in external)
            {
                yaml.Entry(1, activity.Name, StubOf(factory, activity));
            }
        }

        return new NewPipelineTest(PathOf(factory, pipeline, pipeline.Name), yaml.Key(0, "cases").Key(1, "it succeeds").Key(2, "expect").Entry(3, "status", "Succeeded").ToString());
    }

    /// <summary>A file with one case: that a run goes as one went that was recorded.</summary>
    /// <param name="hide">Takes the secrets out of a text, given the name of what holds it.</param>
    public static NewPipelineTest Create(FactorySnapshot factory, ResourceSymbol pipeline, RecordedRun run, Func<string, string, string> hide) =>
        new(PathOf(factory, pipeline, pipeline.Name + ".recorded"), new RecordedTest(factory, pipeline, run, hide).Write());

    /// <summary>Whether an activity is answered by a stub, and not walked.</summary>
    internal static bool NeedsCloud(ActivityNode activity) => activity.Activity.Type?.ToUpperInvariant() is not
        ("IFCONDITION" or "SWITCH" or "FOREACH" or "UNTIL" or "SETVARIABLE" or "APPENDVARIABLE" or "FILTER" or "WAIT" or "FAIL" or "EXECUTEPIPELINE" or null);

    internal static ObjectValue OutputOf(FactorySnapshot factory, ActivityNode activity) => DefaultOutput.Of(
        new OutputTypes(factory, activity, () => ExpressionType.Array).Find(), TimeSpan.FromSeconds(10), Day,
        (activity.TypeProperties?.FindValue("dataset") as BoundObject)?.FindString("referenceName") ?? "");

    /// <summary>An output with a word of stubs in it can't stand by itself.</summary>
    internal static ObjectValue StubOf(FactorySnapshot factory, ActivityNode activity)
    {
        var output = OutputOf(factory, activity);
        return output.Names.Any(n => StubReader.Words.Contains(n)) ? new ObjectValue([KeyValuePair.Create<string, ExpressionValue>("output", output)]) : output;
    }

    private static ExpressionValue ExampleOf(DeclaredName parameter) => parameter switch
    {
        { IsSecret: true } => new StringValue("a secret of the test"),
        { Default: { } value } when PlainValue.Of(value) is not NullValue and var plain => plain,
        _ => parameter.TypeText?.ToUpperInvariant() switch
        {
            "INT" => new IntegerValue(1),
            "FLOAT" => new FloatValue(1.5),
            "BOOL" => new BooleanValue(true),
            "ARRAY" => new ArrayValue([]),
            "OBJECT" => ObjectValue.Empty,
            _ => new StringValue(parameter.Name.Contains("date", StringComparison.OrdinalIgnoreCase) || parameter.Name.Equals("day", StringComparison.OrdinalIgnoreCase) ? "2025-01-31" : parameter.Name),
        },
    };

    /// <summary>Where most tests are; else beside the pipeline, and in the Git form, whose folders are Studio's, in a folder of their own.</summary>
    private static string PathOf(FactorySnapshot factory, ResourceSymbol pipeline, string stem)
    {
        var folder = factory.Tests.Keys.Select(FolderOf).GroupBy(f => f).OrderByDescending(g => g.Count()).Select(g => g.Key).FirstOrDefault() ?? (pipeline.Document.IsSpec ? FolderOf(pipeline.Document.Path) : "tests/");
        var free = $"{folder}{stem}.pipeline-test.yaml";
        for (var number = 2; factory.Tests.ContainsKey(free); number++)
        {
            free = $"{folder}{stem}.{number}.pipeline-test.yaml";
        }

        return free;
    }

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
}
