using Xunit;

namespace Pipewright.Core.Tests.Features.Refactorings;

public sealed class InlineParameterTests
{
    [Theory]
    [InlineData(
        "parameters:\n  n¦: { type: int, defaultValue: 5 }\n  m: string # stays\nactivities:\n  - { name: A, type: Wait, waitTimeInSeconds: \"@pipeline().parameters.n\" }\n  - { name: B, type: Fail, message: 'n is @{pipeline().parameters[''n'']}', errorCode: \"@concat('e', pipeline().parameters.n)\" }\n",
        "parameters:\n  m: string # stays\nactivities:\n  - { name: A, type: Wait, waitTimeInSeconds: 5 }\n  - { name: B, type: Fail, message: 'n is 5', errorCode: \"@concat('e', 5)\" }\n")]
    [InlineData(
        "parameters: { t: { type: string, defaultValue: it's } }\nactivities:\n  - name: B\n    type: Fail\n    message: \"@pipeline().parameters.¦t\"\n    errorCode: \"@{toUpper(pipeline().parameters.t)}\"\n",
        "parameters: {}\nactivities:\n  - name: B\n    type: Fail\n    message: \"it's\"\n    errorCode: \"@{toUpper('it''s')}\"\n")]
    public void The_default_takes_the_place_of_the_parameter(string text, string expected) => Assert.Equal(expected, RefactoringCase.Text("Inline the parameter", RefactoringCase.Spec, text));

    [Fact]
    public void What_all_callers_pass_takes_its_place()
    {
        var after = RefactoringCase.Apply(
            "Inline the parameter 'n'", "pipeline/p.json",
            """
            { "name": "p", "properties": { "parameters": { "n¦": { "type": "int", "defaultValue": 5 } }, "activities": [{ "name": "A", "type": "Wait", "typeProperties": { "waitTimeInSeconds": { "value": "@pipeline().parameters.n", "type": "Expression" } } }] } }
            """,
            "q.pipeline.yaml", "activities:\n  - name: E\n    type: ExecutePipeline\n    pipeline: p\n    parameters:\n      n: 7\n");
        Assert.Equal(
            """
            { "name": "p", "properties": { "parameters": {}, "activities": [{ "name": "A", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 7 } }] } }
            """,
            after.Documents["pipeline/p.json"].Text.Content);
        Assert.Equal("activities:\n  - name: E\n    type: ExecutePipeline\n    pipeline: p\n", after.Documents["q.pipeline.yaml"].Text.Content);
    }

    [Theory]
    [InlineData("parameters: { n¦: int }\nactivities: []\n", "")]
    [InlineData("parameters: { n¦: { type: string, defaultValue: a } }\nactivities: []\n", "activities:\n  - { name: E, type: ExecutePipeline, pipeline: p, parameters: { n: b } }\n  - { name: F, type: ExecutePipeline, pipeline: p }\n")]
    [InlineData("parameters: { n¦: { type: string, defaultValue: a } }\nactivities: []\n", "activities:\n  - { name: E, type: ExecutePipeline, pipeline: p, parameters: { n: \"@pipeline().RunId\" } }\n")]
    [InlineData("parameters: { n¦: { type: bool, defaultValue: true } }\nactivities:\n  - { name: I, type: IfCondition, expression: \"@pipeline().parameters.n\" }\n", "")]
    [InlineData("parameters: { n¦: { type: secureString, defaultValue: a } }\nactivities: []\n", "")]
    public void A_parameter_with_more_than_one_value_stays(string text, string caller) => Assert.DoesNotContain(
        RefactoringCase.Titles(RefactoringCase.Spec, text, caller.Length == 0 ? [] : ["q.pipeline.yaml", caller]), t => t.StartsWith("Inline", StringComparison.Ordinal));
}

public sealed class InlineVariableTests
{
    [Fact]
    public void What_is_set_once_takes_the_place_of_the_variable() => Assert.Equal(
        """
        activities:
          - { name: W, type: Wait, waitTimeInSeconds: 1 }
          - name: B
            type: Fail
            dependsOn: [W]
            message: "@concat('a', activity('W').Status)"
            errorCode: "x@{concat('a', activity('W').Status)} @{toUpper(concat('a', activity('W').Status))}"

        """,
        RefactoringCase.Text("Inline the variable 'v'", RefactoringCase.Spec, """
        variables:
          v: String
        activities:
          - { name: W, type: Wait, waitTimeInSeconds: 1 }
          # about it
          - name: Set¦
            type: SetVariable
            dependsOn: [W]
            variableName: v
            value: "@concat('a', activity('W').Status)"
          - name: B
            type: Fail
            dependsOn: [Set]
            message: "@variables('v')"
            errorCode: "x@{variables('v')} @{toUpper(variables('v'))}"

        """));

    [Fact]
    public void A_variable_that_is_never_set_is_its_default_in_json() => Assert.Equal(
        """
        { "name": "p", "properties": { "variables": {}, "activities": [{ "name": "A", "type": "Fail", "typeProperties": { "message": "@concat('b c', '1')", "errorCode": "1" } }] } }
        """,
        RefactoringCase.Text("Inline the variable 'v'", RefactoringCase.Git, """
        { "name": "p", "properties": { "variables": { "v": { "type": "String", "defaultValue": "b c" } }, "activities": [{ "name": "A", "type": "Fail", "typeProperties": { "message": "@concat(vari¦ables('v'), '1')", "errorCode": "1" } }] } }
        """));

    [Theory]
    [InlineData("value: \"@utcNow()\"", "message: \"@concat(variables('v'), variables('v'))\"", "[Set]")]
    [InlineData("value: a", "message: \"@variables('v')\"", "{ Set: Failed }")]
    [InlineData("value: a", "message: \"@variables('v')\"", "[]")]
    [InlineData("value: a", "message: \"@concat(variables('v'), activity('Set').Status)\"", "[Set]")]
    public void A_variable_that_is_needed_stays(string value, string message, string dependsOn) => Assert.DoesNotContain(
        RefactoringCase.Titles(RefactoringCase.Spec, $"variables: {{ v: String }}\nactivities:\n  - {{ name: Set¦, type: SetVariable, variableName: v, {value} }}\n  - {{ name: B, type: Fail, {message}, errorCode: '1', dependsOn: {dependsOn} }}\n"),
        t => t.StartsWith("Inline", StringComparison.Ordinal));
}
