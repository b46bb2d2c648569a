using Xunit;

namespace Pipewright.Core.Tests.Rules.Activities;

/// <summary>Settings of copies, scripts and procedures that work against each other, and values that are not of their type.</summary>
public sealed class CopyRuleTests
{
    private const string Ends = "type: Copy, inputs: [S], outputs: [T], source: { type: AzureSqlSource }, sink: { type: AzureSqlSink }, ";

    [Theory]
    [InlineData("PW4256", "type: [|Copy|], source: { type: AzureSqlSource }, sink: { type: AzureSqlSink }")]
    [InlineData("PW4257", "type: Copy, inputs: [S, [|U|]], outputs: [T], source: { type: AzureSqlSource }, sink: { type: AzureSqlSink }")]
    [InlineData("PW4257", "type: Copy, inputs: [S], outputs: [T, [|{ referenceName: U, parameters: {} }|], [|V|]], source: { type: AzureSqlSource }, sink: { type: AzureSqlSink }")]
    [InlineData("PW4256", "type: [|Copy|], inputs: [S], outputs: null, source: { type: AzureSqlSource }, sink: { type: AzureSqlSink }")]
    [InlineData("PW4240", Ends + "translator: { type: TabularTranslator, [|columnMappings|]: 'a: b', mappings: [{ source: { name: a }, sink: { name: b } }] }")]
    [InlineData("PW4240", Ends + "translator: { type: TabularTranslator, mappings: \"@item()\", [|schemaMapping|]: { a: b } }")]
    [InlineData("PW4241", Ends + "[|redirectIncompatibleRowSettings|]: { linkedServiceName: L, path: x }")]
    [InlineData("PW4241", Ends + "enableSkipIncompatibleRow: false, [|redirectIncompatibleRowSettings|]: { linkedServiceName: L, path: x }")]
    [InlineData("PW4242", Ends + "enableSkipIncompatibleRow: [|true|]")]
    [InlineData("PW4243", "type: [|Script|], linkedServiceName: L")]
    [InlineData("PW4243", "type: Script, linkedServiceName: L, [|scripts|]: []")]
    [InlineData("PW4244", "type: Script, linkedServiceName: L, scripts: [{ type: Query, text: x, parameters: [{ name: a, direction: [|Output|] }] }]")]
    [InlineData("PW4244", "type: Script, linkedServiceName: L, scripts: [{ type: Query, text: x, parameters: [{ name: a, type: String, direction: [|InputOutput|], value: x }] }]")]
    [InlineData("PW4245", "type: Script, linkedServiceName: L, scripts: [{ type: Query, text: x, parameters: [{ name: a, type: Int32, direction: Input, value: [|x|] }] }]")]
    [InlineData("PW4245", "type: SqlServerStoredProcedure, linkedServiceName: L, storedProcedureName: p, storedProcedureParameters: { a: { type: Guid, value: [|x|] }, b: { type: Boolean, value: [|yes|] } }")]
    [InlineData("PW4245", "type: Copy, inputs: [S], outputs: [T], source: { type: AzureSqlSource, storedProcedureParameters: { a: { type: Decimal, value: [|x|] } } }, sink: { type: AzureSqlSink }")]
    public void It_is_found_and_mended(string code, string activity) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW4257", "type: Copy, inputs: [S], outputs: [T], source: { type: AzureSqlSource }, sink: { type: AzureSqlSink }")]
    [InlineData("PW4256", "type: Copy, inputs: [], outputs: [T], source: { type: AzureSqlSource }, sink: { type: AzureSqlSink }")]
    [InlineData("PW4240", Ends + "translator: { type: TabularTranslator, columnMappings: 'a: b' }")]
    [InlineData("PW4240", Ends + "translator: { type: TabularTranslator, columnMappings: null, mappings: \"@item()\" }")]
    [InlineData("PW4241", Ends + "enableSkipIncompatibleRow: true, redirectIncompatibleRowSettings: { linkedServiceName: L, path: x }")]
    [InlineData("PW4241", Ends + "enableSkipIncompatibleRow: \"@item()\", redirectIncompatibleRowSettings: { linkedServiceName: L, path: x }")]
    [InlineData("PW4242", Ends + "enableSkipIncompatibleRow: true, logSettings: { logLocationSettings: { linkedServiceName: L } }")]
    [InlineData("PW4242", Ends + "enableSkipIncompatibleRow: false")]
    [InlineData("PW4243", "type: Script, linkedServiceName: L, scripts: [{ type: Query, text: x }]")]
    [InlineData("PW4244", "type: Script, linkedServiceName: L, scripts: [{ type: Query, text: x, parameters: [{ name: a, type: Int32, direction: Output }, { name: b, type: String, size: 10, direction: Output }, { name: c, type: String, direction: Input, value: x }] }]")]
    [InlineData("PW4245", "type: SqlServerStoredProcedure, linkedServiceName: L, storedProcedureName: p, storedProcedureParameters: { a: { type: Int32, value: '5' }, b: { type: Boolean, value: True }, c: { type: Decimal, value: 1.5 }, d: { type: Guid, value: null }, e: { type: Int, value: \"@item()\" }, f: { type: Int, value: '' } }")]
    [InlineData("PW4245", "type: SqlServerStoredProcedure, linkedServiceName: L, storedProcedureName: p, storedProcedureParameters: \"@item()\"")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string activity) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW4241", Ends + "redirectIncompatibleRowSettings: { linkedServiceName: L, path: x }", "enableSkipIncompatibleRow: true")]
    [InlineData("PW4244", "type: Script, linkedServiceName: L, scripts: [{ type: Query, text: x, parameters: [{ name: a, type: String, direction: Output }] }]", "direction: Output, size: 4000")]
    public void The_first_fix_says_what_was_meant(string code, string activity, string expected) =>
        Assert.Contains(expected, RuleCases.Fix(code, "p.pipeline.yaml", Pipeline(activity)), StringComparison.Ordinal);

    [Fact]
    public void The_schema_knows_how_many_cores_there_can_be() =>
        RuleCases.Finds("PW2005", "p.pipeline.yaml", Pipeline("type: ExecuteDataFlow, dataFlow: f, compute: { computeType: General, coreCount: [|12|] }"));

    [Theory]
    [InlineData("8")]
    [InlineData("'16'")]
    [InlineData("\"@item()\"")]
    public void The_schema_takes_cores_as_number_and_text(string cores) =>
        RuleCases.FindsNothing("PW2005", "p.pipeline.yaml", Pipeline($"type: ExecuteDataFlow, dataFlow: f, compute: {{ computeType: General, coreCount: {cores} }}"));

    private static string Pipeline(string activity) => $"activities:\n  - {{ name: A, {activity} }}\n";
}
