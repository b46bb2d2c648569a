using Xunit;

namespace Pipewright.Core.Tests.Features.Refactorings;

public sealed class WrapActivitiesTests
{
    private const string Block = """
        # header
        activities:
          # about A
          - name: A # a
            type: Wait
            waitTimeInSeconds: 1
          - name: [|B
            type: Wait
            dependsOn: [A]
            # wait long
            waitTimeInSeconds: 2

          - name: C
            |]type: Wait
            dependsOn:
              - B
            waitTimeInSeconds: 3
          - name: D
            type: Wait
            dependsOn: [C, B]
            waitTimeInSeconds: 4

        """;

    [Fact]
    public void Selected_activities_are_wrapped_in_yaml_by_indentation() => Assert.Equal(
        """
        # header
        activities:
          # about A
          - name: A # a
            type: Wait
            waitTimeInSeconds: 1
          - name: ForEach1
            type: ForEach
            dependsOn: [A]
            items: "@createArray(1)"
            isSequential: true
            activities:
              - name: B
                type: Wait
                # wait long
                waitTimeInSeconds: 2

              - name: C
                type: Wait
                dependsOn:
                  - B
                waitTimeInSeconds: 3
          - name: D
            type: Wait
            dependsOn: [ForEach1]
            waitTimeInSeconds: 4

        """,
        RefactoringCase.Text("Wrap 2 activities in ForEach", RefactoringCase.Spec, Block));

    [Theory]
    [InlineData(
        "activities: [{ name: A¦, type: Wait, waitTimeInSeconds: 1 }, { name: B, type: Wait, dependsOn: { A: Failed }, waitTimeInSeconds: 1 }]\n",
        "activities: [{ name: Until1, type: Until, expression: \"@equals(1, 1)\", activities: [{ name: A, type: Wait, waitTimeInSeconds: 1 }], timeout: \"0.12:00:00\" }, { name: B, type: Wait, dependsOn: { Until1: Failed }, waitTimeInSeconds: 1 }]\n")]
    [InlineData(
        "activities:\n- { name: A¦, type: Wait, waitTimeInSeconds: 1 }\n",
        "activities:\n- name: Until1\n  type: Until\n  expression: \"@equals(1, 1)\"\n  activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n  timeout: \"0.12:00:00\"\n")]
    public void One_activity_is_wrapped_in_yaml(string text, string expected) => Assert.Equal(expected, RefactoringCase.Text("Wrap 'A' in Until", RefactoringCase.Spec, text));

    [Fact]
    public void One_activity_is_wrapped_in_json() => Assert.Equal(
        """
        {
            "name": "p",
            "properties": {
                "activities": [
                    {
                        "name": "A",
                        "type": "Wait",
                        "dependsOn": [],
                        "typeProperties": { "waitTimeInSeconds": 1 }
                    },
                    {
                        "name": "If Condition1",
                        "type": "IfCondition",
                        "dependsOn": [
                            {
                                "activity": "A",
                                "dependencyConditions": [
                                    "Skipped",
                                    "Failed"
                                ]
                            }
                        ],
                        "userProperties": [],
                        "typeProperties": {
                            "expression": {
                                "value": "@equals(1, 1)",
                                "type": "Expression"
                            },
                            "ifTrueActivities": [
                                {
                                    "name": "B",
                                    "type": "Wait",
                                    "dependsOn": [],
                                    "typeProperties": { "waitTimeInSeconds": 1 }
                                }
                            ]
                        }
                    }
                ]
            }
        }
        """,
        RefactoringCase.Text("Wrap 'B' in IfCondition", RefactoringCase.Git, """
        {
            "name": "p",
            "properties": {
                "activities": [
                    {
                        "name": "A",
                        "type": "Wait",
                        "dependsOn": [],
                        "typeProperties": { "waitTimeInSeconds": 1 }
                    },
                    {
                        "name": "B¦",
                        "type": "Wait",
                        "dependsOn": [{ "activity": "A", "dependencyConditions": ["Skipped", "Failed"] }],
                        "typeProperties": { "waitTimeInSeconds": 1 }
                    }
                ]
            }
        }
        """));

    [Theory]
    [InlineData("activities:\n  - { name: L, type: ForEach, items: \"@createArray(1)\", activities: [{ name: A¦, type: Wait, waitTimeInSeconds: 1 }] }\n", "ForEach Until")]
    [InlineData("activities:\n  - { name: A¦, type: Wait, waitTimeInSeconds: 1 }\n  - { name: B, type: Fail, dependsOn: [A], errorCode: '1', message: \"@activity('A').Status\" }\n", "ForEach IfCondition")]
    [InlineData("activities:\n  - { name: A, ty[|pe: Wait, waitTimeInSeconds: 1 }\n  - { name: B, dependsOn: [A], type: Wait, waitTimeInSeconds: 1 }\n  - { name: C|], dependsOn: [B], type: Wait, waitTimeInSeconds: 1 }\n  - { name: D, dependsOn: { B: Failed }, type: Wait, waitTimeInSeconds: 1 }\n", "ForEach IfCondition Until")]
    [InlineData("activities:\n  - { name: V¦, type: Validation, dataset: d }\n", "ForEach IfCondition Until")]
    public void Nothing_is_offered_that_would_not_be_the_same(string text, string refused)
    {
        var titles = RefactoringCase.Titles(RefactoringCase.Spec, text);
        Assert.DoesNotContain(titles, t => refused.Split(' ').Any(r => t.StartsWith("Wrap", StringComparison.Ordinal) && t.EndsWith(r, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_between_the_selected_ones_keeps_them_apart() => Assert.DoesNotContain(
        RefactoringCase.Titles(RefactoringCase.Spec, """
            activities:
              - { name: X, type: Wait, dependsOn: [A], waitTimeInSeconds: 1 }
              - { name: A, ty[|pe: Wait, waitTimeInSeconds: 1 }
              - { name: B|], type: Wait, dependsOn: [X], waitTimeInSeconds: 1 }
            """),
        t => t.StartsWith("Wrap", StringComparison.Ordinal));
}

public sealed class UnwrapContainerTests
{
    [Fact]
    public void The_activities_of_a_loop_take_its_place() => Assert.Equal(
        """
        activities:
          - { name: S, type: Wait, waitTimeInSeconds: 1 }
          # about the loop
          - name: A # first
            type: Wait
            dependsOn: { S: Failed }
            waitTimeInSeconds: 1
          # second
          - { name: B, type: Wait, dependsOn: [A], waitTimeInSeconds: 2 }
          - { name: C, type: Wait, waitTimeInSeconds: 2, dependsOn: { S: Failed } }
          - { name: E, type: Wait, dependsOn: [B, C], waitTimeInSeconds: 1 }

        """.Replace("dependsOn: { S: Failed }\n    wait", "dependsOn: [{ activity: S, dependencyConditions: [Failed] }]\n    wait", StringComparison.Ordinal)
           .Replace("2, dependsOn: { S: Failed }", "2, dependsOn: [{ activity: S, dependencyConditions: [Failed] }]", StringComparison.Ordinal),
        RefactoringCase.Text("Unwrap 'Loop'", RefactoringCase.Spec, """
        activities:
          - { name: S, type: Wait, waitTimeInSeconds: 1 }
          # about the loop
          - name: Loop¦
            type: ForEach
            dependsOn: { S: Failed }
            items: "@createArray(1)"
            activities:
              - name: A # first
                type: Wait
                waitTimeInSeconds: 1
              # second
              - { name: B, type: Wait, dependsOn: [A], waitTimeInSeconds: 2 }
              - { name: C, type: Wait, waitTimeInSeconds: 2 }
          - { name: E, type: Wait, dependsOn: [Loop], waitTimeInSeconds: 1 }

        """));

    [Fact]
    public void A_branch_takes_the_place_of_its_condition_in_json() => Assert.Equal(
        """
        { "name": "p", "properties": { "activities": [
          { "name": "A", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 1 } },
          { "name": "B", "type": "Wait", "dependsOn": [{ "activity": "A", "dependencyConditions": ["Completed"] }], "typeProperties": { "waitTimeInSeconds": 1 } }
        ] } }
        """,
        RefactoringCase.Text("Unwrap 'If', keep only ifFalseActivities", RefactoringCase.Git, """
        { "name": "p", "properties": { "activities": [
          { "name": "If¦", "type": "IfCondition", "typeProperties": { "expression": { "value": "@equals(1, 1)", "type": "Expression" },
            "ifTrueActivities": [{ "name": "X", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 1 } }],
            "ifFalseActivities": [{ "name": "A", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 1 } }] } },
          { "name": "B", "type": "Wait", "dependsOn": [{ "activity": "If", "dependencyConditions": ["Completed"] }], "typeProperties": { "waitTimeInSeconds": 1 } }
        ] } }
        """));

    [Theory]
    [InlineData("activities:\n  - { name: L¦, type: ForEach, items: \"@createArray('a')\", activities: [{ name: A, type: Fail, errorCode: '1', message: \"@item()\" }] }\n")]
    [InlineData("activities:\n  - { name: L¦, type: Until, expression: \"@equals(1, 1)\", activities: [{ name: A, type: Wait, waitTimeInSeconds: 1 }] }\n  - { name: B, type: Fail, dependsOn: [L], errorCode: '1', message: \"@activity('L').Status\" }\n")]
    [InlineData("activities:\n  - { name: L¦, type: Until, expression: \"@equals(1, 1)\", activities: [{ name: A, type: Wait, waitTimeInSeconds: 1 }, { name: B, type: Wait, waitTimeInSeconds: 1 }] }\n  - { name: C, type: Wait, dependsOn: { L: Failed }, waitTimeInSeconds: 1 }\n")]
    public void A_container_that_is_needed_stays(string text) =>
        Assert.DoesNotContain(RefactoringCase.Titles(RefactoringCase.Spec, text), t => t.StartsWith("Unwrap", StringComparison.Ordinal));
}
