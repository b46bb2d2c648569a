using Xunit;

namespace Pipewright.Core.Tests.Rules.Activities;

/// <summary>Containers have something in them, each case is for a value of its own, and a condition can change.</summary>
public sealed class BranchRuleTests
{
    private const string Wait = "{ name: W, type: Wait, waitTimeInSeconds: 1 }";

    [Theory]
    [InlineData("PW4226", "type: Switch, on: \"@variables('text')\", cases: [{ value: a, activities: [W1] }, { value: [|a|], activities: [W2] }]")]
    [InlineData("PW4228", "type: Switch, on: \"@variables('text')\", cases: [{ [|activities|]: [W1] }]")]
    [InlineData("PW4228", "type: Switch, on: \"@variables('text')\", cases: [{ value: null, [|activities|]: [W1] }]")]
    [InlineData("PW4229", "type: ForEach, items: \"@variables('list')\", [|activities|]: []")]
    [InlineData("PW4229", "type: Until, expression: \"@equals(1, 1)\", [|activities|]: null")]
    [InlineData("PW4230", "type: [|IfCondition|], expression: \"@equals(1, 1)\"")]
    [InlineData("PW4230", "type: [|IfCondition|], expression: \"@equals(1, 1)\", ifTrueActivities: [], ifFalseActivities: []")]
    [InlineData("PW4230", "type: [|Switch|], on: \"@variables('text')\"")]
    [InlineData("PW4230", "type: [|Switch|], on: \"@variables('text')\", cases: [{ value: a, activities: [] }]")]
    [InlineData("PW4230", "type: Switch, on: \"@variables('text')\", cases: [{ value: [|a|], activities: [] }], defaultActivities: [W1]")]
    [InlineData("PW4231", "type: ForEach, isSequential: true, [|batchCount|]: 5, items: \"@variables('list')\", activities: [W1]")]
    [InlineData("PW4232", "type: Until, expression: [|\"@equals(1, 2)\"|], activities: [W1]")]
    [InlineData("PW4232", "type: Until, expression: [|\"@equals(variables('text'), 'x')\"|], activities: [W1]")]
    [InlineData("PW4232", "type: Until, expression: [|\"@equals(pipeline().parameters.p, 'x')\"|], activities: [{ name: S, type: SetVariable, variableName: text, value: x }]")]
    public void It_is_found_and_mended(string code, string activity) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW4226", "type: Switch, on: \"@variables('text')\", cases: [{ value: a, activities: [W1] }, { value: A, activities: [W2] }]")]
    [InlineData("PW4228", "type: Switch, on: \"@variables('text')\", cases: [{ value: '', activities: [W1] }]")]
    [InlineData("PW4229", "type: ForEach, items: \"@variables('list')\", activities: [W1]")]
    [InlineData("PW4229", "type: ForEach, state: Inactive, items: \"@variables('list')\", activities: []")]
    [InlineData("PW4230", "type: IfCondition, expression: \"@equals(1, 1)\", ifFalseActivities: [W1]")]
    [InlineData("PW4230", "type: Switch, on: \"@variables('text')\", defaultActivities: [W1]")]
    [InlineData("PW4231", "type: ForEach, batchCount: 5, items: \"@variables('list')\", activities: [W1]")]
    [InlineData("PW4231", "type: ForEach, isSequential: true, items: \"@variables('list')\", activities: [W1]")]
    [InlineData("PW4232", "type: Until, expression: \"@equals(variables('text'), 'x')\", activities: [{ name: S, type: SetVariable, variableName: TEXT, value: x }]")]
    [InlineData("PW4232", "type: Until, expression: \"@equals(variables('text'), 'x')\", activities: [{ name: S, type: SetVariable, variableName: \"@item()\", value: x }]")]
    [InlineData("PW4232", "type: Until, expression: \"@equals(activity('L').output.x, 'x')\", activities: [{ name: L, type: WebActivity, method: GET, url: https://example.com }]")]
    [InlineData("PW4232", "type: Until, expression: \"@equals(unheard(), 'x')\", activities: [W1]")]
    [InlineData("PW4232", "type: Until, expression: \"@greater(utcNow(), '2030-01-01')\", activities: [W1]")]
    [InlineData("PW4232", "type: Until, expression: \"@equals(variables(pipeline().parameters.p), 'x')\", activities: [W1]")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string activity) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(activity));

    [Fact]
    public void A_variable_that_is_set_beside_a_loop_may_end_it_and_one_that_was_set_before_may_not()
    {
        const string Loop = "name: U, type: Until, expression: {0}, activities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]";
        const string Set = "{ name: S, type: SetVariable, variableName: text, value: x }";
        const string Condition = "\"@equals(variables('text'), 'x')\"";
        RuleCases.FindsNothing("PW4232", "p.pipeline.yaml", $"variables: {{ text: String }}\nactivities:\n  - {Set}\n  - {{ {Loop.Replace("{0}", Condition, StringComparison.Ordinal)} }}\n");
        RuleCases.Finds("PW4232", "p.pipeline.yaml", $"variables: {{ text: String }}\nactivities:\n  - {Set}\n  - {{ {Loop.Replace("{0}", $"[|{Condition}|]", StringComparison.Ordinal)}, dependsOn: [S] }}\n");
    }

    [Theory]
    [InlineData(25, false)]
    [InlineData(26, true)]
    public void Studio_allows_25_cases(int count, bool isFound)
    {
        var cases = string.Join(", ", Enumerable.Range(1, count).Select(i => $"{{ value: v{i}, activities: [{{ name: W{i}, type: Wait, waitTimeInSeconds: 1 }}] }}"));
        var key = isFound ? "[|cases|]" : "cases";
        RuleCases.Finds("PW4227", "p.pipeline.yaml", $"variables: {{ text: String }}\nactivities:\n  - {{ name: S, type: Switch, on: \"@variables('text')\", {key}: [{cases}] }}\n");
    }

    private static string Pipeline(string activity) => "parameters: { p: string }\nvariables: { text: String, list: Array }\nactivities:\n  - { name: A, " +
        activity.Replace("W1", Wait, StringComparison.Ordinal).Replace("W2", Wait.Replace("W,", "V,", StringComparison.Ordinal), StringComparison.Ordinal) + " }\n";
}
