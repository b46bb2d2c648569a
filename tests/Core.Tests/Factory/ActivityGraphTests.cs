using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Xunit;

namespace Pipewright.Core.Tests.Factory;

/// <summary>Which activities can be read from which.</summary>
public sealed class ActivityGraphTests
{
    private const string Pipeline = """
        activities:
          - { name: A, type: Wait, waitTimeInSeconds: 1 }
          - { name: B, type: Wait, waitTimeInSeconds: 1, dependsOn: [A] }
          - { name: C, type: Wait, waitTimeInSeconds: 1, dependsOn: { B: Failed } }
          - { name: D, type: Wait, waitTimeInSeconds: 1, dependsOn: [C] }
          - name: If
            type: IfCondition
            dependsOn: [A]
            expression: "@true"
            ifTrueActivities: [{ name: T1, type: Wait, waitTimeInSeconds: 1 }, { name: T2, type: Wait, waitTimeInSeconds: 1, dependsOn: [T1] }]
            ifFalseActivities: [{ name: F1, type: Wait, waitTimeInSeconds: 1 }]
          - { name: AfterIf, type: Wait, waitTimeInSeconds: 1, dependsOn: [If] }
          - name: Each
            type: ForEach
            dependsOn: [B]
            items: "@createArray(1)"
            activities: [{ name: E1, type: Wait, waitTimeInSeconds: 1 }, { name: E2, type: Wait, waitTimeInSeconds: 1, dependsOn: [E1] }]
          - { name: AfterEach, type: Wait, waitTimeInSeconds: 1, dependsOn: [Each] }
          - name: Poll
            type: Until
            expression: "@true"
            activities:
              - { name: U1, type: Wait, waitTimeInSeconds: 1 }
              - { name: UIf, type: IfCondition, expression: "@true", dependsOn: [U1], ifTrueActivities: [{ name: U2, type: Wait, waitTimeInSeconds: 1 }] }
          - { name: AfterPoll, type: Wait, waitTimeInSeconds: 1, dependsOn: [Poll] }
          - { name: X, type: Wait, waitTimeInSeconds: 1, dependsOn: [Y] }
          - { name: Y, type: Wait, waitTimeInSeconds: 1, dependsOn: [X, Gone] }
        """;

    [Theory]
    [InlineData("B", "A", ActivityReach.Upstream)]
    [InlineData("D", "A", ActivityReach.Upstream)]
    [InlineData("A", "B", ActivityReach.NotUpstream)]
    [InlineData("A", "A", ActivityReach.Itself)]
    [InlineData("T1", "A", ActivityReach.Upstream)]
    [InlineData("T2", "T1", ActivityReach.Upstream)]
    [InlineData("T1", "T2", ActivityReach.NotUpstream)]
    [InlineData("T1", "If", ActivityReach.Itself)]
    [InlineData("T1", "B", ActivityReach.NotUpstream)]
    [InlineData("T1", "F1", ActivityReach.NotUpstream)]
    [InlineData("If", "T1", ActivityReach.NotUpstream)]
    [InlineData("AfterIf", "If", ActivityReach.Upstream)]
    [InlineData("AfterIf", "T2", ActivityReach.InBranch)]
    [InlineData("E2", "E1", ActivityReach.Upstream)]
    [InlineData("E2", "A", ActivityReach.Upstream)]
    [InlineData("Each", "E1", ActivityReach.NotUpstream)]
    [InlineData("AfterEach", "E1", ActivityReach.InLoop)]
    [InlineData("Poll", "U1", ActivityReach.Upstream)]
    [InlineData("Poll", "U2", ActivityReach.InBranch)]
    [InlineData("U2", "U1", ActivityReach.Upstream)]
    [InlineData("AfterPoll", "U1", ActivityReach.Upstream)]
    [InlineData("AfterPoll", "U2", ActivityReach.InBranch)]
    [InlineData("D", "U1", ActivityReach.NotUpstream)]
    [InlineData("X", "Y", ActivityReach.Upstream)]
    [InlineData("Y", "X", ActivityReach.Upstream)]
    public void An_activity_reaches_what_is_upstream(string from, string target, ActivityReach reach)
    {
        var graph = Make();
        Assert.Equal(reach, graph.ReachOf(graph.Find(from), graph.Find(target)!));
    }

    [Theory]
    [InlineData("C", "B", true)]
    [InlineData("D", "B", true)]
    [InlineData("B", "A", false)]
    [InlineData("E1", "B", false)]
    public void A_handler_knows_that_an_activity_has_failed(string from, string target, bool expected)
    {
        var graph = Make();
        Assert.Equal(expected, graph.HasFailed(graph.Find(from), graph.Find(target)!));
    }

    [Theory]
    [InlineData("A", "If", null)]
    [InlineData("D", "If", "D waits for If")]
    [InlineData("T1", "B", "If waits for B")]
    [InlineData("A", "B", null)]
    [InlineData("A", "E1", null)]
    [InlineData("D", "E1", null)]
    [InlineData("D", "T1", "D waits for If")]
    [InlineData("A", "T1", null)]
    [InlineData("AfterEach", "U2", "AfterEach waits for Poll")]
    public void A_missing_dependency_is_between_siblings_and_makes_no_circle(string from, string target, string? expected)
    {
        var graph = Make();
        var missing = graph.FindMissingDependency(graph.Find(from)!, graph.Find(target)!);
        Assert.Equal(expected, missing is var (waiting, awaited) ? $"{waiting.Name} waits for {awaited.Name}" : null);
    }

    private static ActivityGraph Make() => new(TestText.Document("p.pipeline.yaml", Pipeline).Resources[0]);
}
