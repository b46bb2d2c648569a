using Xunit;

namespace Pipewright.Core.Tests.Rules.Activities;

/// <summary>What a pipeline returns is written as the service reads it.</summary>
public sealed class ReturnValueRuleTests
{
    [Theory]
    [InlineData("PW4215", "variableName: [|result|]", "[{ key: k, value: { type: Int, content: 1 } }]")]
    [InlineData("PW4215", Name, "[|done|]")]
    [InlineData("PW4215", Name, "[[|done|]]")]
    [InlineData("PW4215", Name, "[{ key: [|k|], value: 1 }]")]
    [InlineData("PW4215", Name, "[{ key: [|k|], value: { content: 1 } }]")]
    [InlineData("PW4215", Name, "[{ key: [|k|], value: { type: Int } }]")]
    [InlineData("PW4215", Name, "[{ key: k, value: { type: [|Itn|], content: 1 } }]")]
    [InlineData("PW4215", Name, "[{ key: k, value: { type: [|Date|], content: 1 } }]")]
    [InlineData("PW4216", Name, "[{ key: k, value: { type: Int, content: 1 } }, { key: [|K|], value: { type: Int, content: 2 } }]")]
    [InlineData("PW4217", Name, "[{ key: k, value: { type: Int, content: [|many|] } }]")]
    [InlineData("PW4217", Name, "[{ key: k, value: { type: Boolean, content: [|3|] } }]")]
    [InlineData("PW4217", Name, "[{ key: k, value: { type: Array, content: [|true|] } }]")]
    public void It_is_found_and_mended(string code, string name, string value) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(name, value));

    [Theory]
    [InlineData("PW4215", "[{ key: k, value: { type: 'Null' } }]")]
    [InlineData("PW4215", "[{ key: k, value: { type: Expression, content: \"@utcNow()\" } }, { key: l, value: { type: Array, content: [{ type: Int, content: 1 }] } }]")]
    [InlineData("PW4216", "[{ key: k, value: { type: Int, content: 1 } }, { key: l, value: { type: Int, content: 2 } }]")]
    [InlineData("PW4217", "[{ key: k, value: { type: Int, content: '1' } }, { key: l, value: { type: String, content: 2 } }, { key: m, value: { type: Float, content: 2 } }]")]
    [InlineData("PW4217", "[{ key: k, value: { type: Expression, content: \"@utcNow()\" } }]")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string value) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(Name, value));

    [Fact]
    public void Only_the_last_activity_counts() => RuleCases.Finds(
        "PW4218", "p.pipeline.yaml",
        $"activities:\n  - {{ name: A, type: SetVariable, setSystemVariable: true, variableName: [|pipelineReturnValue|], value: [] }}\n"
            + $"  - {{ name: B, type: SetVariable, setSystemVariable: true, variableName: pipelineReturnValue, value: [], dependsOn: [A] }}\n");

    [Fact]
    public void Activities_of_different_paths_return_what_they_like() => RuleCases.FindsNothing(
        "PW4218", "p.pipeline.yaml",
        $"activities:\n  - {{ name: A, type: Wait, waitTimeInSeconds: 1 }}\n"
            + $"  - {{ name: B, type: SetVariable, setSystemVariable: true, variableName: pipelineReturnValue, value: [], dependsOn: [A] }}\n"
            + $"  - {{ name: C, type: SetVariable, setSystemVariable: true, variableName: pipelineReturnValue, value: [], dependsOn: {{ A: Failed }} }}\n");

    private const string Name = "variableName: pipelineReturnValue";

    private static string Pipeline(string name, string value) => $"activities:\n  - {{ name: A, type: SetVariable, setSystemVariable: true, {name}, value: {value} }}\n";
}
