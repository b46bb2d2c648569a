using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Names;

/// <summary>Names that the service refuses, or that lead astray, are told apart from those that only look unusual.</summary>
public sealed class NameRuleTests
{
    private const string Dataset = "linkedServiceName: L\ntype: Parquet\nlocation: { type: AzureBlobFSLocation }\n";

    [Theory]
    [InlineData("p.pipeline.yaml", "name: [|'a/b'|]\nactivities: []")]
    [InlineData("pipeline/p.json", """{"name":[|"a.b"|],"properties":{"activities":[]}}""")]
    [InlineData("pipeline/p.json", """{"name":[|" p"|],"properties":{"activities":[]}}""")]
    [InlineData("pipeline/p.json", """{"name":[|"Übersicht"|],"properties":{"activities":[]}}""")]
    [InlineData("a.b.pipeline.yaml", "[|a|]ctivities: []")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: [|'Load?'|], type: Fail, message: m, errorCode: '1' }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: [|Load: all|] # first\n    type: Fail\n    message: m\n    errorCode: '1'")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: L, type: ForEach, items: '@x', activities: [{ name: [|-x|], type: Fail }] }")]
    [InlineData("d.dataset.yaml", "name: [|a*|]\n" + Dataset)]
    [InlineData("i.integrationRuntime.yaml", "name: [|my_runtime|]\ntype: SelfHosted")]
    [InlineData("i.integrationRuntime.yaml", "name: [|my--runtime|]\ntype: SelfHosted")]
    [InlineData("c.credential.yaml", "name: [|a b|]\ntype: ManagedIdentity")]
    [InlineData("factory/f.json", """{"name":"factory-one","properties":{"globalParameters":{[|"a.b"|]:{"type":"string","value":"x"}}}}""")]
    public void A_name_that_the_service_refuses_is_found(string path, string text) => RuleCases.Finds("PW5001", path, text);

    [Theory]
    [InlineData("p.pipeline.yaml", "name: 1 Load (daily) - \"all\" 100 @ äöü\nactivities: []")]
    [InlineData("p.pipeline.yaml", "name: _p\nactivities: [{ name: '1. ', state: Inactive, type: Fail }]")]
    [InlineData("pipeline/p.json", """{"name":"#{env}#.p","properties":{"activities":[]}}""")]
    [InlineData("pipeline/p.json", """{"name":5,"properties":{"activities":[]}}""")]
    [InlineData("pipeline/a.b.json", """{"x":5}""")]
    [InlineData("i.integrationRuntime.yaml", "name: my-runtime-1\ntype: SelfHosted")]
    [InlineData("c.credential.yaml", "name: _a-b_\ntype: ManagedIdentity")]
    public void A_name_that_is_only_unusual_is_not(string path, string text)
    {
        RuleCases.FindsNothing("PW5001", path, text);
        RuleCases.FindsNothing("PW5002", path, text);
    }

    [Theory]
    [InlineData("pipeline/a%b.json", """{"name":"a%b","properties":{"activities":[]}}""", """{"name":"a_b","properties":{"activities":[]}}""", "pipeline/a_b.json")]
    [InlineData("etl/a.b.pipeline.yml", "activities: []", "activities: []", "etl/a_b.pipeline.yml")]
    [InlineData("pipeline/other.json", """{"name":"a%b","properties":{"activities":[]}}""", """{"name":"a_b","properties":{"activities":[]}}""", "pipeline/other.json")]
    public void A_resource_is_renamed_with_its_file(string path, string text, string expected, string newPath)
    {
        var factory = TestText.Factory(path, text);
        var fix = Assert.Single(RuleCases.Find(factory, factory.Documents[path], "PW5001")[0].Fixes);
        Assert.Equal(expected, RuleCases.Apply(factory, path, fix).Documents[newPath].Text.Content);
    }

    [Fact]
    public void What_others_refer_to_is_renamed_everywhere()
    {
        const string Path = "pipeline/a%b.json";
        var factory = TestText.Factory(Path, """{"name":"a%b","properties":{"activities":[]}}""", "p.pipeline.yaml", "activities: [{ name: E, type: ExecutePipeline, pipeline: 'a%b' }]");
        var after = RuleCases.Apply(factory, Path, Assert.Single(RuleCases.Find(factory, factory.Documents[Path], "PW5001")[0].Fixes));
        Assert.Equal("activities: [{ name: E, type: ExecutePipeline, pipeline: 'a_b' }]", after.Documents["p.pipeline.yaml"].Text.Content);
        Assert.Equal("""{"name":"a_b","properties":{"activities":[]}}""", after.Documents["pipeline/a_b.json"].Text.Content);
    }

    [Theory]
    [InlineData("PW5001", "activities:\n  - { name: a.b, type: Fail }\n  - { name: B, type: Fail, dependsOn: [a.b], message: \"@activity('a.b').output\" }", "activities:\n  - { name: a_b, type: Fail }\n  - { name: B, type: Fail, dependsOn: [a_b], message: \"@activity('a_b').output\" }")]
    [InlineData("PW5005", "parameters: { a b: string }\nactivities:\n  - { name: A, type: Fail, message: \"@pipeline().parameters['a b']\", errorCode: '1' }", "parameters: { a_b: string }\nactivities:\n  - { name: A, type: Fail, message: \"@pipeline().parameters['a_b']\", errorCode: '1' }")]
    public void What_expressions_name_is_renamed_in_them(string code, string text, string expected) => Assert.Equal(expected, RuleCases.Fix(code, "p.pipeline.yaml", text));

    [Fact]
    public void A_name_that_is_taken_is_not_given() =>
        Assert.Empty(RuleCases.Finds("PW5001", "a.b.pipeline.yaml", "[|a|]ctivities: []", "a_b.pipeline.yaml", "activities: []")[0].Fixes);

    [Fact]
    public void A_stream_is_renamed_in_the_script() => Assert.Equal(
        "type: MappingDataFlow\nsources: [{ name: ordersin, dataset: d }]\nsinks: []\nscriptLines:\n  - \"source() ~> ordersin\"",
        RuleCases.Fix("PW5009", "f.dataflow.yaml", "type: MappingDataFlow\nsources: [{ name: orders_in, dataset: d }]\nsinks: []\nscriptLines:\n  - \"source() ~> orders_in\""));

    [Theory]
    [InlineData("p.pipeline.yaml", 55, 56, "activities:\n  - { name: <NAME>, type: Fail, message: m, errorCode: '1' }")]
    [InlineData("p.pipeline.yaml", 260, 261, "name: <NAME>\nactivities: []")]
    [InlineData("d.dataset.yaml", 260, 261, "name: <NAME>\n" + Dataset)]
    [InlineData("i.integrationRuntime.yaml", 63, 64, "name: <NAME>\ntype: SelfHosted")]
    [InlineData("i.integrationRuntime.yaml", 3, 2, "name: <NAME>\ntype: SelfHosted")]
    [InlineData("c.credential.yaml", 127, 128, "name: <NAME>\ntype: ManagedIdentity")]
    [InlineData("p.pipeline.yaml", 1, 0, "activities:\n  - { name: '<NAME>', type: Fail, message: m, errorCode: '1' }")]
    public void The_length_of_a_name_is_limited(string path, int legal, int refused, string text)
    {
        RuleCases.FindsNothing("PW5002", path, text.Replace("<NAME>", new string('a', legal), StringComparison.Ordinal));
        var isQuoted = text.Contains("'<NAME>'", StringComparison.Ordinal);
        RuleCases.Finds("PW5002", path, isQuoted
            ? text.Replace("'<NAME>'", $"[|'{new string('a', refused)}'|]", StringComparison.Ordinal)
            : text.Replace("<NAME>", $"[|{new string('a', refused)}|]", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pipeline_has_less_room_by_the_documentation()
    {
        string Named(int length) => $"name: [|{new string('a', length)}|]\nactivities: []";
        RuleCases.Finds("PW5003", "p.pipeline.yaml", Named(141));
        RuleCases.Finds("PW5003", "p.pipeline.yaml", Named(260));
        RuleCases.FindsNothing("PW5003", "p.pipeline.yaml", Named(261).Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        RuleCases.FindsNothing("PW5003", "p.pipeline.yaml", Named(140).Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PW5004", "d.dataset.yaml", "name: [|a-b|]\n" + Dataset)]
    [InlineData("PW5004", "a-b.dataset.yaml", "[|l|]inkedServiceName: L\ntype: Parquet\nlocation: { type: AzureBlobFSLocation }")]
    [InlineData("PW5004", "f.dataflow.yaml", "name: [|'a-b'|]\ntype: MappingDataFlow")]
    [InlineData("PW5004", "factory/f.json", """{"name":"factory-one","properties":{"globalParameters":{[|"a-b"|]:{"type":"string","value":"x"}}}}""")]
    [InlineData("PW5007", "d.dataset.yaml", "name: [|1a|]\n" + Dataset)]
    [InlineData("PW5008", "p.pipeline.yaml", "name: [|'a '|]\nactivities: []")]
    [InlineData("PW5008", "p.pipeline.yaml", "activities: [{ name: [|\"a \"|], type: Fail, message: m, errorCode: '1' }]")]
    [InlineData("PW5012", "p.pipeline.yaml", "name: [|a b|]\nactivities: [{ name: a b, type: Fail }]")]
    public void A_name_that_leads_astray_is_found(string code, string path, string text) => RuleCases.Finds(code, path, text);

    [Theory]
    [InlineData("PW5004", "a-b.pipeline.yaml", "activities: [{ name: a-b, type: Fail }]\nparameters: { a-b: string }")]
    [InlineData("PW5004", "factory/a-b.json", """{"name":"a-b","properties":{}}""")]
    [InlineData("PW5007", "1.pipeline.yaml", "activities: []")]
    [InlineData("PW5008", "p.pipeline.yaml", "name: ' a '\nactivities: []")]
    public void The_same_name_elsewhere_is_not(string code, string path, string text) => RuleCases.FindsNothing(code, path, text);

    [Theory]
    [InlineData("p.pipeline.yaml", "activities: []\nparameters: { [|run-date|]: string, ok_1: int }")]
    [InlineData("p.pipeline.yaml", "activities: []\nparameters:\n  [|\" a\"|]: string # first\n  b: int")]
    [InlineData("p.pipeline.yaml", "activities: []\nvariables:\n  [|2nd|]: String")]
    [InlineData("p.pipeline.yaml", "activities: [{ name: A, type: Fail, message: \"@pipeline().parameters['run-date']\", errorCode: '1' }]\nparameters: { [|run-date|]: string }")]
    [InlineData("d.dataset.yaml", "parameters: { [|a b|]: string }\n" + Dataset)]
    public void A_parameter_that_is_no_identifier_is_found(string path, string text) => RuleCases.Finds("PW5005", path, text);

    [Theory]
    [InlineData("p.pipeline.yaml", "activities: []\nparameters: { runDate: string, _a1: int }\nvariables: { runDate: String }")]
    [InlineData("f.dataflow.yaml", "type: MappingDataFlow")]
    public void An_identifier_is_not(string path, string text) => RuleCases.FindsNothing("PW5005", path, text);

    [Theory]
    [InlineData("activities: []\nparameters: { a: string, b: int, [|A|]: int }")]
    [InlineData("activities: []\nvariables:\n  a: String\n  [|A|]: String # second\n  c: String")]
    public void Names_that_differ_in_case_are_one(string text) => RuleCases.Finds("PW5006", "p.pipeline.yaml", text);

    [Theory]
    [InlineData("activities: []\nparameters: { a: string }\nvariables: { A: String }")]
    [InlineData("activities: []\nparameters: { a: string, a: int }")]
    public void Names_of_different_things_are_not(string text) => RuleCases.FindsNothing("PW5006", "p.pipeline.yaml", text);

    [Theory]
    [InlineData("PW5009", "type: MappingDataFlow\nsources: [{ name: [|a_b|] }, { name: ok1 }]\ntransformations: [{ name: [|1st|] }]\nsinks: [{ name: [|'a b'|] }]")]
    [InlineData("PW5011", "type: Flowlet\nsources: [{ name: a }]\ntransformations: [{ name: b }, { name: [|A|] }]\nsinks: [{ name: [|b|] }]")]
    public void A_stream_of_a_data_flow_has_a_name_of_its_own(string code, string text) => RuleCases.Finds(code, "f.dataflow.yaml", text);

    [Theory]
    [InlineData("PW5009", "type: WranglingDataFlow\nsources: [{ name: a_b }]")]
    [InlineData("PW5009", "type: MappingDataFlow\nsources: [{ name: a }]")]
    [InlineData("PW5011", "type: MappingDataFlow\nsources: [{ name: a }]\nsinks: [{ name: b }]")]
    public void Other_streams_are_let_be(string code, string text) => RuleCases.FindsNothing(code, "f.dataflow.yaml", text);

    [Property(MaxTest = 500)]
    public void The_grammars_are_those_of_the_model(string name, byte number)
    {
        var kind = ResourceKinds.OfService[number % ResourceKinds.OfService.Length];
        name = (name ?? "").ReplaceLineEndings("_");
        var grammar = NameGrammar.Of(kind);
        var schema = (ScalarType)SchemaCatalog.Default[kind].FindProperty("name")!.Type;
        Assert.Equal((schema.Minimum, schema.Maximum), (grammar.Shortest, grammar.Longest));
        var isShort = name.Length < grammar.Shortest || name.Length > grammar.Longest;
        Assert.Equal(Regex.IsMatch(name, schema.Pattern!), (grammar.FindMistake(name) is null && !isShort) || Regex.IsMatch(name, schema.Pattern!) && isShort);
        var mended = grammar.Mend(name);
        Assert.True(mended.Length == 0 || (grammar.FindMistake(mended) is null && mended.Length <= grammar.Longest), $"'{name}' becomes '{mended}'");
    }
}
