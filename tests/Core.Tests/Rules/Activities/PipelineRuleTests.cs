using Xunit;

namespace Pipewright.Core.Tests.Rules.Activities;

/// <summary>A pipeline does something, says what it waits for, keeps its secrets, and tells what of it is switched off or retired.</summary>
public sealed class PipelineRuleTests
{
    private const string Child = "parameters:\n  secret: secureString\n  open: string\nactivities:\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }\n";

    [Theory]
    [InlineData("PW4233", "type: [|ExecutePipeline|], pipeline: child")]
    [InlineData("PW4250", "type: WebActivity, method: GET, url: https://example.com, headers: { a: \"@pipeline().parameters.[|token|]\", b: \"@pipeline().parameters.token\" }")]
    [InlineData("PW4250", "type: ExecutePipeline, pipeline: child, parameters: { open: \"@pipeline().parameters.[|Token|]\" }")]
    [InlineData("PW4250", "type: WebActivity, method: GET, url: \"@pipeline().parameters.plain\", headers: { Authorization: \"Bearer @{pipeline().parameters.[|token|]}\" }")]
    [InlineData("PW4250", "type: SetVariable, variableName: text, policy: { secureInput: false }, value: \"@concat('x', pipeline().parameters.[|token|])\"")]
    [InlineData("PW4251", "type: Wait, waitTimeInSeconds: 1, userProperties: [{ name: a, value: 1 }, { name: b, value: 2 }, { name: [|A|], value: 3 }]")]
    [InlineData("PW4252", "type: [|DataLakeAnalyticsU-SQL|], scriptPath: x, scriptLinkedService: L")]
    [InlineData("PW4253", "type: [|SetVariable|], variableName: text")]
    [InlineData("PW4254", "type: Fail, [|message|]: '', errorCode: '1'")]
    [InlineData("PW4254", "type: Fail, message: m, [|errorCode|]: ' '")]
    public void It_is_found_and_mended(string code, string activity) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activity), "child.pipeline.yaml", Child);

    [Theory]
    [InlineData("PW4001", "type: ExecutePipeline, pipeline: { referenceName: '', type: PipelineReference }")]
    [InlineData("PW4233", "type: ExecutePipeline, pipeline: child, waitOnCompletion: false")]
    [InlineData("PW4250", "type: WebActivity, method: GET, url: https://example.com, policy: { secureInput: true }, headers: { a: \"@pipeline().parameters.token\" }")]
    [InlineData("PW4250", "type: ExecutePipeline, pipeline: child, parameters: { secret: \"@pipeline().parameters.token\" }")]
    [InlineData("PW4250", "type: WebActivity, method: GET, url: https://example.com, headers: { a: \"@pipeline().parameters.plain\" }")]
    [InlineData("PW4250", "type: IfCondition, expression: \"@equals(pipeline().parameters.token, 'x')\"")]
    [InlineData("PW4251", "type: Wait, waitTimeInSeconds: 1, userProperties: [{ name: a, value: 1 }, { name: b, value: 2 }]")]
    [InlineData("PW4252", "type: DataLakeAnalyticsU-SQL, state: Inactive, scriptPath: x, scriptLinkedService: L")]
    [InlineData("PW4253", "type: SetVariable, variableName: text, value: null")]
    [InlineData("PW4254", "type: Fail, message: \"@variables('text')\", errorCode: '1'")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string activity) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(activity), "child.pipeline.yaml", Child);

    [Theory]
    [InlineData("PW2001", "type: IfCondition, expression: \"@equals(1, 1)\", [|policy|]: { timeout: 0.01:00:00 }")]
    [InlineData("PW2001", "type: SetVariable, variableName: text, value: x, policy: { secureInput: true, [|retry|]: 3 }")]
    [InlineData("PW2001", "type: ExecutePipeline, pipeline: child, policy: { [|timeout|]: 0.01:00:00 }")]
    public void A_policy_without_effect_can_be_removed(string code, string activity) =>
        Assert.All(RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activity), "child.pipeline.yaml", Child), d => Assert.StartsWith("Remove", Assert.Single(d.Fixes).Title, StringComparison.Ordinal));

    [Theory]
    [InlineData("Object")]
    [InlineData("{ type: [|Float|] }")]
    public void A_variable_of_another_type_gets_one_that_variables_have(string type)
    {
        var marked = type.Contains('[', StringComparison.Ordinal) ? type : $"[|{type}|]";
        var found = RuleCases.Finds("PW2005", "p.pipeline.yaml", $"variables:\n  v: {marked}\nactivities:\n  - {{ name: W, type: Wait, waitTimeInSeconds: 1 }}\n");
        Assert.Contains("Change to 'String'", Assert.Single(found).Fixes.Select(f => f.Title));
    }

    [Theory]
    [InlineData("[|activities|]: []")]
    [InlineData("[|activities|]: null")]
    public void A_pipeline_without_activities_is_found(string text) => RuleCases.Finds("PW4249", "p.pipeline.yaml", text);

    [Fact]
    public void A_pipeline_that_lists_no_activities_is_found_at_its_name() => RuleCases.Finds("PW4249", "pipeline/p.json", """{ "name": [|"p"|], "properties": { "description": "x" } }""");

    [Fact]
    public void An_activity_that_is_switched_off_is_told_with_what_others_take_it_for()
    {
        const string Text = "activities:\n  - { name: [|A|], type: Wait, state: Inactive, onInactiveMarkAs: Skipped, waitTimeInSeconds: 1 }\n  - { name: B, type: Wait, waitTimeInSeconds: 1 }\n";
        Assert.Contains("take it for skipped", Assert.Single(RuleCases.Finds("PW4255", "p.pipeline.yaml", Text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_switched_off_inside_of_another_is_told_as_well() => RuleCases.Finds(
        "PW4255", "p.pipeline.yaml", "activities:\n  - { name: [|A|], type: IfCondition, state: Inactive, expression: \"@equals(1, 1)\", ifTrueActivities: [{ name: [|B|], type: Wait, state: Inactive, waitTimeInSeconds: 1 }] }\n");

    [Theory]
    [InlineData("PW4233", "type: ExecutePipeline, pipeline: child", "waitOnCompletion: true")]
    [InlineData("PW4250", "type: WebActivity, method: GET, url: \"@pipeline().parameters.token\"", "policy: { secureInput: true }")]
    [InlineData("PW4251", "type: Wait, waitTimeInSeconds: 1, userProperties: [{ name: a, value: 1 }, { name: a, value: 3 }]", "userProperties: [{ name: a, value: 1 }]")]
    public void The_first_fix_says_what_was_meant(string code, string activity, string expected) =>
        Assert.Contains(expected, RuleCases.Fix(code, "p.pipeline.yaml", Pipeline(activity), 0, "child.pipeline.yaml", Child), StringComparison.Ordinal);

    private static string Pipeline(string activity) => $"parameters: {{ token: secureString, plain: string }}\nvariables: {{ text: String }}\nactivities:\n  - {{ name: A, {activity} }}\n";
}
