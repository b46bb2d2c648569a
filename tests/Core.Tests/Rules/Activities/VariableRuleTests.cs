using Xunit;

namespace Pipewright.Core.Tests.Rules.Activities;

/// <summary>Variables are declared, are given what they can hold, and are set where nothing else sets them at the same time.</summary>
public sealed class VariableRuleTests
{
    [Theory]
    [InlineData("PW4210", "name: A, type: SetVariable, variableName: [|txt|], value: x")]
    [InlineData("PW4210", "name: A, type: SetVariable, variableName: [|other|], value: \"@add(1, 2)\"")]
    [InlineData("PW4210", "name: A, type: AppendVariable, variableName: [|other|], value: x")]
    [InlineData("PW4210", "name: A, type: SetVariable, variableName: [|pipelineReturnValue|], value: [{ key: k, value: { type: Int, content: 1 } }]")]
    [InlineData("PW4211", "name: A, type: SetVariable, variableName: text, value: \"@concat(variables('[|text|]'), 'x')\"")]
    [InlineData("PW4211", "name: A, type: SetVariable, variableName: text, value: \"a@{variables('[|TEXT|]')}\"")]
    [InlineData("PW4211", "name: A, type: SetVariable, variableName: count, value: \"@add(variables('[|count|]'), variables('count'))\"")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: text, value: [|5|]")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: text, value: [|true|]")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: text, value: [|\"@add(1, 2)\"|]")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: text, [|value|]: [1]")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: list, value: [|'[1, 2]'|]")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: list, value: [|\"@concat('a', 'b')\"|]")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: flag, value: [|maybe|]")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: flag, value: [|\"@string(true)\"|]")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: count, value: [|many|]")]
    [InlineData("PW4213", "name: A, type: AppendVariable, variableName: [|text|], value: x")]
    [InlineData("PW4213", "name: A, type: AppendVariable, variableName: [|Long|], value: x")]
    [InlineData("PW4214", "name: F, type: ForEach, items: \"@variables('list')\", activities: [{ name: A, type: SetVariable, variableName: [|text|], value: x }]")]
    [InlineData("PW4214", "name: F, type: ForEach, isSequential: false, items: \"@variables('list')\", activities: [{ name: I, type: IfCondition, expression: \"@equals(item(), 1)\", ifTrueActivities: [{ name: A, type: AppendVariable, variableName: [|list|], value: x }] }]")]
    public void It_is_found_and_mended(string code, string activity) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW4210", "name: A, type: SetVariable, variableName: TEXT, value: x")]
    [InlineData("PW4210", "name: A, type: SetVariable, variableName: pipelineReturnValue, setSystemVariable: true, value: [{ key: k, value: { type: Int, content: 1 } }]")]
    [InlineData("PW4210", "name: A, type: SetVariable, variableName: \"@item()\", value: x")]
    [InlineData("PW4210", "name: A, type: SetVariable, state: Inactive, variableName: other, value: x")]
    [InlineData("PW4211", "name: A, type: SetVariable, variableName: text, value: \"@string(variables('count'))\"")]
    [InlineData("PW4211", "name: A, type: SetVariable, variableName: text, value: variables('text')")]
    [InlineData("PW4211", "name: A, type: AppendVariable, variableName: list, value: \"@length(variables('list'))\"")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: text, value: \"@string(1)\"")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: text, value: \"@item().x\"")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: flag, value: 'true'")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: flag, value: false")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: count, value: '5'")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: count, value: \"@div(4, 2)\"")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: list, value: [a]")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: list, value: \"@json('[1]')\"")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: text, value: null")]
    [InlineData("PW4213", "name: A, type: AppendVariable, variableName: list, value: x")]
    [InlineData("PW4214", "name: F, type: ForEach, isSequential: true, items: \"@variables('list')\", activities: [{ name: A, type: SetVariable, variableName: text, value: x }]")]
    [InlineData("PW4214", "name: F, type: ForEach, batchCount: 1, items: \"@variables('list')\", activities: [{ name: A, type: SetVariable, variableName: text, value: x }]")]
    [InlineData("PW4214", "name: U, type: Until, expression: \"@equals(variables('text'), 'x')\", activities: [{ name: A, type: SetVariable, variableName: text, value: x }]")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string activity) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW4210", "name: A, type: SetVariable, variableName: txet, value: x", "variableName: text")]
    [InlineData("PW4210", "name: A, type: SetVariable, variableName: other, value: \"@add(1, 2)\"", "  other: Integer")]
    [InlineData("PW4210", "name: A, type: AppendVariable, variableName: other, value: x", "  other: Array")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: text, value: 5", "value: \"5\"")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: text, value: \"@add(1, 2)\"", "@string(add(1, 2))")]
    [InlineData("PW4212", "name: A, type: SetVariable, variableName: list, value: \"@concat('a', 'b')\"", "@json(concat('a', 'b'))")]
    [InlineData("PW4213", "name: A, type: AppendVariable, variableName: text, value: x", "  text: Array")]
    [InlineData("PW4214", "name: F, type: ForEach, items: \"@variables('list')\", activities: [{ name: A, type: SetVariable, variableName: text, value: x }]", "isSequential: true")]
    public void The_first_fix_says_what_was_meant(string code, string activity, string expected) =>
        Assert.Contains(expected, RuleCases.Fix(code, "p.pipeline.yaml", Pipeline(activity)), StringComparison.Ordinal);

    [Fact]
    public void A_variable_is_set_from_itself_by_way_of_a_second_one() => Assert.Equal(
        """
        variables:
          text: String
          text_new: String
        activities:
          - name: Grow new value
            type: SetVariable
            variableName: text_new
            value: "@concat(variables('text'), 'x')"
          - { name: Last, type: Wait, waitTimeInSeconds: 1, dependsOn: [Grow] }
          - name: Grow
            type: SetVariable
            dependsOn: [Grow new value]
            variableName: text
            value: "@variables('text_new')"
        """.ReplaceLineEndings("\n"),
        RuleCases.Fix("PW4211", "p.pipeline.yaml", """
        variables:
          text: String
        activities:
          - name: Grow
            type: SetVariable
            variableName: text
            value: "@concat(variables('text'), 'x')"
          - { name: Last, type: Wait, waitTimeInSeconds: 1, dependsOn: [Grow] }
        """.ReplaceLineEndings("\n")));

    private static string Pipeline(string activity) =>
        $"variables:\n  text: String\n  Long: {{ type: String, defaultValue: x }}\n  list: Array\n  flag: Boolean\n  count: Integer\nactivities:\n  - {{ {activity} }}\n";
}
