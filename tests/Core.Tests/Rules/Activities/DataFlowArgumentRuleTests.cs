using Xunit;

namespace Pipewright.Core.Tests.Rules.Activities;

/// <summary>What a pipeline passes to a data flow is in the data flow's language, and is what its script declares.</summary>
public sealed class DataFlowArgumentRuleTests
{
    private const string Flow = """
        type: MappingDataFlow
        sources: [{ name: s, dataset: d }]
        script: "parameters{\n  table as string,\n  size as decimal(10,2) (0.5),\n  columns as string[] (['a']),\n  count as integer (1),\n  filter as string ('x')\n}\nsource() ~> s"
        """;

    [Theory]
    [InlineData("PW4246", "{ table: [|Orders|] }")]
    [InlineData("PW4246", "{ table: [|\"@item().name\"|] }")]
    [InlineData("PW4246", "{ Table: [|\"@pipeline().parameters.p\"|], filter: [|'in/@{item().name}'|] }")]
    [InlineData("PW4246", "{ table: [|\"@variables('text')\"|] }")]
    [InlineData("PW4247", "{ [|tabel|]: \"'x'\" }")]
    [InlineData("PW4247", "{ table: \"'x'\", [|other|]: 1 }")]
    [InlineData("PW4246", "{ table: { value: [|\"@item()\"|], type: Expression } }")]
    public void It_is_found_and_mended(string code, string parameters) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline($"{{ referenceName: flow, parameters: {parameters} }}"), "flow.dataflow.yaml", Flow);

    [Theory]
    [InlineData("PW4246", "{ table: \"'Orders'\" }")]
    [InlineData("PW4246", "{ table: \"'@{item().name}'\" }")]
    [InlineData("PW4246", "{ table: \"@concat('''', item().name, '''')\" }")]
    [InlineData("PW4246", "{ table: toString(5) }")]
    [InlineData("PW4246", "{ table: $other }")]
    [InlineData("PW4246", "{ table: '\"Orders\"' }")]
    [InlineData("PW4246", "{ count: 5, size: \"@item().size\", columns: \"@item().columns\" }")]
    [InlineData("PW4246", "{ table: \"@pipeline().parameters.number\" }")]
    [InlineData("PW4247", "{ TABLE: \"'x'\", columns: \"['a']\", size: 1, count: 2, filter: \"'x'\" }")]
    [InlineData("PW4248", "{ table: \"'x'\" }")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string parameters) =>
        RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline($"{{ referenceName: flow, parameters: {parameters} }}"), "flow.dataflow.yaml", Flow);

    [Theory]
    [InlineData("[|flow|]")]
    [InlineData("{ referenceName: [|flow|], parameters: { count: 1 } }")]
    public void A_parameter_without_default_needs_a_value(string flow) => RuleCases.Finds("PW4248", "p.pipeline.yaml", Pipeline(flow), "flow.dataflow.yaml", Flow);

    [Theory]
    [InlineData("PW4246", "{ referenceName: flow, parameters: { table: \"@item().name\" } }", "table: \"'@{item().name}'\"")]
    [InlineData("PW4246", "{ referenceName: flow, parameters: { table: Orders } }", "table: \"'Orders'\"")]
    [InlineData("PW4247", "{ referenceName: flow, parameters: { tabel: \"'x'\" } }", "table: \"'x'\"")]
    [InlineData("PW4248", "{ referenceName: flow }", "table: \"''\"")]
    public void The_first_fix_says_what_was_meant(string code, string flow, string expected) =>
        Assert.Contains(expected, RuleCases.Fix(code, "p.pipeline.yaml", Pipeline(flow), 0, "flow.dataflow.yaml", Flow), StringComparison.Ordinal);

    private static string Pipeline(string flow) =>
        "parameters: { p: string, number: int }\nvariables: { text: String, list: Array }\nactivities:\n  - { name: F, type: ForEach, items: \"@variables('list')\", activities: [{ name: A, type: ExecuteDataFlow, dataFlow: " + flow + " }] }\n";
}
