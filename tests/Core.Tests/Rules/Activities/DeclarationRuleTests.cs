using Xunit;

namespace Pipewright.Core.Tests.Rules.Activities;

/// <summary>Defaults are of the type that is declared; what is inactive is not read, and says so where it counts.</summary>
public sealed class DeclarationRuleTests
{
    [Theory]
    [InlineData("PW4221", "p.pipeline.yaml", "parameters:\n  n: { type: int, defaultValue: [|many|] }\nactivities: []")]
    [InlineData("PW4221", "p.pipeline.yaml", "parameters:\n  n: { type: bool, defaultValue: [|yes|] }\nactivities: []")]
    [InlineData("PW4221", "p.pipeline.yaml", "parameters:\n  n: { type: array, defaultValue: [|5|] }\nactivities: []")]
    [InlineData("PW4221", "p.pipeline.yaml", "parameters:\n  n: { type: int, [|defaultValue|]: [5] }\nactivities: []")]
    [InlineData("PW4221", "p.pipeline.yaml", "variables:\n  n: { type: String, defaultValue: [|5|] }\nactivities: []")]
    [InlineData("PW4221", "p.pipeline.yaml", "variables:\n  n: { type: Array, defaultValue: [|a|] }\nactivities: []")]
    [InlineData("PW4221", "p.pipeline.yaml", "variables:\n  n: { type: Boolean, [|defaultValue|]: [] }\nactivities: []")]
    [InlineData("PW4221", "d.dataset.yaml", "type: Json\nlinkedServiceName: L\nparameters:\n  n: { type: int, defaultValue: [|x|] }\nlocation: { type: AzureBlobFSLocation }")]
    public void A_default_of_another_type_is_found_and_mended(string code, string path, string text) => RuleCases.Finds(code, path, text);

    [Theory]
    [InlineData("PW4221", "parameters:\n  a: { type: int, defaultValue: '5' }\n  b: { type: string, defaultValue: 5 }\n  c: { type: object, defaultValue: '[]' }\n  d: { type: float, defaultValue: 5 }\n  e: { type: int, defaultValue: null }\nactivities: []")]
    [InlineData("PW4221", "parameters:\n  a: { type: int, defaultValue: \"@utcNow()\" }\n  b: { type: bool, defaultValue: 'TRUE' }\nactivities: []")]
    [InlineData("PW4221", "variables:\n  a: { type: Boolean, defaultValue: 'true' }\n  b: { type: Integer, defaultValue: 5 }\n  c: { type: Array, defaultValue: [] }\n  d: { type: Bool, defaultValue: true }\nactivities: []")]
    [InlineData("PW4206", "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, state: Inactive, onInactiveMarkAs: Failed }")]
    [InlineData("PW4209", "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, state: Inactive }\n  - { name: B, type: Fail, message: \"@activity('A').status\", errorCode: \"@activity('A')?.output\", dependsOn: [A] }")]
    [InlineData("PW4209", "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, state: Inactive }\n  - { name: B, type: Fail, state: Inactive, message: \"@string(activity('A').output)\", errorCode: '1', dependsOn: [A] }")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string text) => RuleCases.FindsNothing(code, "p.pipeline.yaml", text);

    [Theory]
    [InlineData("PW4206", "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, [|onInactiveMarkAs|]: Failed }")]
    [InlineData("PW4206", "activities:\n  - name: A\n    state: Active\n    [|onInactiveMarkAs|]: Failed\n    type: Wait\n    waitTimeInSeconds: 1")]
    [InlineData("PW4209", "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, state: Inactive }\n  - { name: B, type: Fail, message: \"@string(activity('[|A|]').output)\", errorCode: '1', dependsOn: [A] }")]
    [InlineData("PW4209", "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, state: Inactive }\n  - { name: B, type: Fail, message: \"x @{activity('[|a|]')['output']}\", errorCode: '1', dependsOn: [A] }")]
    public void What_is_inactive_is_known(string code, string text) => RuleCases.Finds(code, "p.pipeline.yaml", text);

    [Fact]
    public void A_number_becomes_the_text_that_a_variable_holds() => Assert.Equal(
        "variables:\n  n: { type: String, defaultValue: \"5\" }\nactivities: []",
        RuleCases.Fix("PW4221", "p.pipeline.yaml", "variables:\n  n: { type: String, defaultValue: 5 }\nactivities: []"));

    [Fact]
    public void A_value_of_a_global_parameter_is_of_its_type() => RuleCases.Finds(
        "PW4221", "factory/f.json", """{"name":"f","properties":{"globalParameters":{"n":{"type":"int","value":[|"many"|]},"m":{"type":"array","value":[1]}}}}""");
}
