using Xunit;

namespace Pipewright.Core.Tests.Rules.DataFlows;

/// <summary>The script of a data flow and the lists beside it are about the same streams.</summary>
public sealed class DataFlowRuleTests
{
    private const string Good = """
        type: MappingDataFlow
        sources: [{ name: Orders, dataset: d }]
        sinks: [{ name: Out, dataset: e }, { name: Cache }]
        transformations: [{ name: Both }, { name: Split }, { name: Numbered }]
        scriptLines:
          - "parameters{ least as integer (0) }"
          - "source(allowSchemaDrift: true) ~> Orders"
          - "Orders, Orders union(byName: true) ~> Both"
          - "Both split(amount > $least, disjoint: false) ~> Split@(large, small)"
          - "Split@large derive({It's $new} = Cache#output().id) ~> Numbered"
          - "Numbered sink(store: 'x') ~> Out"
          - "Split@small sink(store: 'cache', format: 'inline') ~> Cache"
        """;

    [Theory]
    [InlineData("PW4501", "name: Orders, dataset", "name: [|Order|], dataset")]
    [InlineData("PW4501", "transformations: [", "transformations: [{ name: [|More|] }, ")]
    [InlineData("PW4502", "name: Orders, dataset", "name: Other, dataset", "~> Orders", "~> [|Orders|]")]
    [InlineData("PW4502", ", { name: Cache }", "", "~> Cache", "~> [|Cache|]")]
    [InlineData("PW4502", "sources: [{ name: Orders, dataset: d }]", "sources: []", "~> Orders", "~> [|Orders|]")]
    [InlineData("PW4502", "sources: [{ name: Orders, dataset: d }]\n", "", "~> Orders", "~> [|Orders|]")]
    [InlineData("PW4503", "scriptLines:", "[|script|]: source() ~> Orders\nscriptLines:")]
    [InlineData("PW4505", "Orders, dataset: d }", "[|Orders|] }")]
    [InlineData("PW4505", "store: 'cache', ", "", "name: Cache", "name: [|Cache|]")]
    [InlineData("PW4506", "Both split", "[|Bth|] split")]
    [InlineData("PW4506", "Orders, Orders union", "Orders, [|Returns|] union")]
    [InlineData("PW4506", "Cache#output", "[|Cahce|]#output")]
    [InlineData("PW4507", "$least", "$[|lest|]")]
    [InlineData("PW4507", "$least", "$[|most|]")]
    public void It_is_found_and_mended(string code, params string[] changes) => RuleCases.Finds(code, "f.dataflow.yaml", Change(Good, changes));

    [Theory]
    [InlineData("PW4501")]
    [InlineData("PW4502")]
    [InlineData("PW4503")]
    [InlineData("PW4504")]
    [InlineData("PW4505")]
    [InlineData("PW4506")]
    [InlineData("PW4507")]
    public void Nothing_is_found_where_nothing_is_wrong(string code)
    {
        RuleCases.FindsNothing(code, "f.dataflow.yaml", Good);
        RuleCases.FindsNothing(code, "f.dataflow.yaml", "type: WranglingDataFlow\nsources: [{ name: Orders }]");
        RuleCases.FindsNothing(code, "f.dataflow.yaml", "type: MappingDataFlow\nsources: []");
    }

    [Theory]
    [InlineData("type: MappingDataFlow\nsources: [{ name: [|Orders|], dataset: d }]")]
    [InlineData("type: Flowlet\nscript: ''\ntransformations: [{ name: [|In|] }]")]
    public void A_data_flow_needs_a_script(string text)
    {
        RuleCases.Finds("PW4504", "f.dataflow.yaml", text);
        RuleCases.FindsNothing("PW4501", "f.dataflow.yaml", text.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PW4501", "name: Order, dataset: d", "name: Orders, dataset", "name: Order, dataset")]
    [InlineData("PW4506", "Both split(", "Both split", "Bth split")]
    [InlineData("PW4507", "amount > $least", "$least", "$lest")]
    public void What_is_misspelt_is_mended(string code, string expected, params string[] changes) =>
        Assert.Contains(code == "PW4501" ? "name: Orders, dataset: d" : expected, RuleCases.Fix(code, "f.dataflow.yaml", Change(Good, changes)), StringComparison.Ordinal);

    [Fact]
    public void A_stream_is_added_to_the_list_that_fits() => Assert.Contains(
        "sinks: [{ name: Out, dataset: e }, { name: Cache }]",
        RuleCases.Fix("PW4502", "f.dataflow.yaml", Change(Good, ", { name: Cache }", "")), StringComparison.Ordinal);

    private static string Change(string text, params string[] changes) => changes.Chunk(2).Aggregate(text.ReplaceLineEndings("\n"), (t, c) =>
    {
        Assert.Contains(c[0], t, StringComparison.Ordinal);
        return t.Replace(c[0], c[1], StringComparison.Ordinal);
    });
}
