using Xunit;

namespace Pipewright.Core.Tests.Features.Refactorings;

public sealed class ExtractParameterTests
{
    [Theory]
    [InlineData(
        "activities:\n  - name: A\n    type: Wait\n    waitTimeInSeconds: 3¦0 # long\n",
        "parameters:\n  waitTimeInSeconds: { type: int, defaultValue: 30 }\nactivities:\n  - name: A\n    type: Wait\n    waitTimeInSeconds: \"@pipeline().parameters.waitTimeInSeconds\" # long\n")]
    [InlineData(
        "parameters: { message: string }\nactivities: [{ name: A, type: Fail, message: 'it¦''s', errorCode: '1' }]\n",
        "parameters: { message: string, message2: { type: string, defaultValue: \"it's\" } }\nactivities: [{ name: A, type: Fail, message: \"@pipeline().parameters.message2\", errorCode: '1' }]\n")]
    [InlineData(
        "activities:\n  - name: A\n    type: Fail\n    message: \"@concat('a ¦b', 1)\"\n    errorCode: '1'\n",
        "parameters:\n  message: { type: string, defaultValue: a b }\nactivities:\n  - name: A\n    type: Fail\n    message: \"@concat(pipeline().parameters.message, 1)\"\n    errorCode: '1'\n")]
    [InlineData(
        "activities:\n  - name: A\n    type: DatabricksNotebook\n    notebookPath: /a\n    baseParameters:\n      run-mode: fu¦ll\n",
        "parameters:\n  run_mode: { type: string, defaultValue: full }\nactivities:\n  - name: A\n    type: DatabricksNotebook\n    notebookPath: /a\n    baseParameters:\n      run-mode: \"@pipeline().parameters.run_mode\"\n")]
    public void A_value_becomes_a_parameter_in_yaml(string text, string expected) => Assert.Equal(expected, RefactoringCase.Text("Extract the parameter", RefactoringCase.Spec, text));

    [Fact]
    public void A_value_becomes_a_parameter_in_json() => Assert.Equal(
        """
        {
          "name": "p",
          "properties": {
            "activities": [
              {
                "name": "A",
                "type": "Fail",
                "typeProperties": {
                  "message": {
                    "value": "@pipeline().parameters.message",
                    "type": "Expression"
                  },
                  "errorCode": "1"
                }
              }
            ],
            "parameters": {
              "message": {
                "type": "string",
                "defaultValue": "no"
              }
            }
          }
        }
        """,
        RefactoringCase.Text("Extract the parameter", RefactoringCase.Git, """
        {
          "name": "p",
          "properties": {
            "activities": [
              {
                "name": "A",
                "type": "Fail",
                "typeProperties": {
                  "message": "n¦o",
                  "errorCode": "1"
                }
              }
            ]
          }
        }
        """).Replace("{ \"value\": \"@pipeline().parameters.message\", \"type\": \"Expression\" }", "{\n            \"value\": \"@pipeline().parameters.message\",\n            \"type\": \"Expression\"\n          }", StringComparison.Ordinal));

    [Fact]
    public void All_places_with_the_same_value_can_read_the_parameter() => Assert.Equal(
        "parameters:\n  waitTimeInSeconds: { type: int, defaultValue: 5 }\nactivities:\n  - { name: A, type: Wait, waitTimeInSeconds: \"@pipeline().parameters.waitTimeInSeconds\" }\n  - { name: B, type: Wait, waitTimeInSeconds: \"@pipeline().parameters.waitTimeInSeconds\" }\n",
        RefactoringCase.Text("Extract the parameter 'waitTimeInSeconds' for all 2 places", RefactoringCase.Spec, "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: ¦5 }\n  - { name: B, type: Wait, waitTimeInSeconds: 5 }\n"));

    [Theory]
    [InlineData("activities:\n  - { name: A¦B, type: Wait, waitTimeInSeconds: 5 }\n")]
    [InlineData("activities:\n  - { name: A, type: Wa¦it, waitTimeInSeconds: 5 }\n")]
    [InlineData("activities:\n  - { name: A, type: Fail, errorCode: '1', message: \"@activity('B¦').Status\" }\n")]
    [InlineData("description: so¦me\nactivities: []\n")]
    [InlineData("activities:\n  - { name: A, type: ForEach, items: \"@createArray(1)\", batchCount: ¦5, activities: [] }\n")]
    public void Names_and_what_must_be_static_stay(string text) =>
        Assert.DoesNotContain(RefactoringCase.Titles(RefactoringCase.Spec, text), t => t.StartsWith("Extract the parameter", StringComparison.Ordinal));
}

public sealed class ExtractVariableTests
{
    [Fact]
    public void An_expression_is_set_before_it_is_used_in_yaml() => Assert.Equal(
        """
        variables:
          message: String
        activities:
          - { name: W, type: Wait, waitTimeInSeconds: 1 }
          - name: Set message
            type: SetVariable
            dependsOn: { W: Completed }
            variableName: message
            value: "@concat('a', activity('W').Status)"
          # tell
          - name: A
            type: Fail
            dependsOn: [Set message]
            message: "@variables('message')"
            errorCode: '1'

        """,
        RefactoringCase.Text("Extract the variable", RefactoringCase.Spec, """
        activities:
          - { name: W, type: Wait, waitTimeInSeconds: 1 }
          # tell
          - name: A
            type: Fail
            dependsOn: { W: Completed }
            message: "@con¦cat('a', activity('W').Status)"
            errorCode: '1'

        """));

    [Fact]
    public void An_expression_is_set_before_it_is_used_in_json() => Assert.Contains(
        "{ \"name\": \"Set message\", \"type\": \"SetVariable\", \"dependsOn\": [], \"userProperties\": [], \"typeProperties\": { \"variableName\": \"message\", \"value\": { \"value\": \"a @{pipeline().RunId}\", \"type\": \"Expression\" } } }",
        RefactoringCase.Text("Extract the variable", RefactoringCase.Git, """
        { "name": "p", "properties": { "activities": [{ "name": "A", "type": "Fail", "typeProperties": { "message": { "value": "a @{pipe¦line().RunId}", "type": "Expression" }, "errorCode": "1" } }] } }
        """), StringComparison.Ordinal);

    [Theory]
    [InlineData("activities:\n  - { name: L, type: ForEach, items: \"@createArray('a')\", activities: [{ name: A, type: Fail, errorCode: '1', message: \"@item¦()\" }] }\n")]
    [InlineData("activities:\n  - { name: L, type: Until, expression: \"@equals¦(1, 1)\", activities: [{ name: A, type: Wait, waitTimeInSeconds: 1 }] }\n")]
    [InlineData("variables: { v: String }\nactivities:\n  - { name: L, type: SetVariable, variableName: v, value: \"@concat¦('a')\" }\n")]
    public void What_is_not_the_same_before_stays(string text) =>
        Assert.DoesNotContain(RefactoringCase.Titles(RefactoringCase.Spec, text), t => t.StartsWith("Extract the variable", StringComparison.Ordinal));
}
