using Xunit;

namespace Pipewright.Core.Tests.Rules;

/// <summary>Where an expression reads what an activity is not asked for, the activity can be asked, or the expression can read what is there.</summary>
public sealed class LeftOutFixTests
{
    private const string Lookup = "type: Lookup, dataset: d, source: { type: ParquetSource }";

    [Theory]
    [InlineData(Lookup, "output.value", 0, "firstRowOnly: false")]
    [InlineData(Lookup + ", firstRowOnly: true", "output.count", 0, "firstRowOnly: false")]
    [InlineData(Lookup + ", firstRowOnly: false", "output.firstRow.id", 0, "firstRowOnly: true")]
    [InlineData(Lookup, "output.value[0].id", 1, "activity('L').output.firstRow.id")]
    [InlineData(Lookup + ", firstRowOnly: false", "output.firstRow.id", 1, "activity('L').output.value[0].id")]
    [InlineData("type: GetMetadata, dataset: d, fieldList: [exists]", "output.size", 0, "fieldList: [exists, size]")]
    [InlineData("type: ExecutePipeline, pipeline: c, waitOnCompletion: false", "output.pipelineReturnValue", 0, "waitOnCompletion: true")]
    public void The_fix_asks_for_it_or_reads_what_is_there(string activity, string read, int which, string expected)
    {
        var text = Pipeline(activity, read);
        RuleCases.Finds("PW3113", "p.pipeline.yaml", Mark(text, read));
        Assert.Contains(expected, RuleCases.Fix("PW3113", "p.pipeline.yaml", text, which), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Lookup, "output.value", 1)]
    [InlineData(Lookup, "output.value[1].id", 1)]
    [InlineData(Lookup, "output.count", 1)]
    [InlineData(Lookup, "output['value'][0].id", 1)]
    [InlineData("type: GetMetadata, dataset: d, fieldList: [exists]", "output.size", 1)]
    public void There_are_as_many_fixes_as_make_sense(string activity, string read, int count)
    {
        var factory = TestText.Factory("p.pipeline.yaml", Pipeline(activity, read));
        Assert.Equal(count, Assert.Single(RuleCases.Find(factory, factory.Documents["p.pipeline.yaml"], "PW3113")).Fixes.Length);
    }

    private static string Pipeline(string activity, string read) =>
        $"variables: {{ v: String }}\nactivities:\n  - {{ name: L, {activity} }}\n  - {{ name: S, type: SetVariable, variableName: v, dependsOn: [L], value: \"@string(activity('L').{read})\" }}\n";

    private static string Mark(string text, string read)
    {
        var name = read.Split('.', '[')[1];
        return text.Replace("output." + name, $"output.[|{name}|]", StringComparison.Ordinal);
    }
}
