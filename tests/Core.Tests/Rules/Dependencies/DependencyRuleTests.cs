using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Dependencies;

/// <summary>What waits for what can come to pass, and what fails is seen to fail.</summary>
public sealed class DependencyRuleTests
{
    [Theory]
    [InlineData("PW4101", "A; B: [|Aa|]")]
    [InlineData("PW4101", "A; B: [|Elsewhere|], A")]
    [InlineData("PW4101", "A; B: { [|Elsewhere|]: Failed, A: Succeeded }")]
    [InlineData("PW4102", "A: [|B|]; B: [|C|]; C: [|A|]")]
    [InlineData("PW4102", "A; B: [|B|], A")]
    [InlineData("PW4104", "A; B: { A: [|[]|] }")]
    [InlineData("PW4105", "A; B: { A: [Completed, [|Succeeded|]] }")]
    [InlineData("PW4105", "A; B: { A: [[|failed|], Skipped, completed] }")]
    [InlineData("PW4106", "A; B: A, [|a|]")]
    [InlineData("PW4106", "A; B: { activity: A, dependencyConditions: [Failed] }, { activity: [|A|], dependencyConditions: [Skipped] }")]
    [InlineData("PW4107", "A; B: A; H: { A: Failed, [|B|]: Failed }")]
    [InlineData("PW4107", "A; B: A; C: B; H: { A: Failed, B: Failed, [|C|]: Failed }")]
    [InlineData("PW4107", "A; S: A; F: { A: Failed }; X: S, [|F|]")]
    [InlineData("PW4107", "A; X: { [|A|]: Skipped }")]
    [InlineData("PW4107", "A; B: A; C: { A: Failed }; D: { B: Failed, [|C|]: Succeeded }; E: D")]
    [InlineData("PW4107", "A; Fail!; X: A, [|Fail!|]")]
    [InlineData("PW4108", "A; H: { [|A|]: Failed }")]
    [InlineData("PW4108", "A; H: { [|A|]: Completed }")]
    [InlineData("PW4108", "A; B: A; C: B; H: { [|C|]: [Failed, Skipped] }")]
    [InlineData("PW4108", "A; S: A; X: { S: Skipped }; F: { [|A|]: Failed }")]
    public void It_is_found_and_mended(string code, string activities) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activities));

    [Theory]
    [InlineData("PW4101", "A; B: a")]
    [InlineData("PW4105", "A; B: { A: [Completed, Skipped] }")]
    [InlineData("PW4105", "A; B: { A: [Succeeded, Failed] }")]
    [InlineData("PW4107", "A; B: A; C: B; H: { C: [Failed, Skipped] }")]
    [InlineData("PW4107", "A; S: A; F: { A: Failed }; X: { S: [Succeeded, Skipped], F: [Succeeded, Skipped] }")]
    [InlineData("PW4107", "A; S: A; F: { A: Failed }; X: { S: Completed, F: Completed }")]
    [InlineData("PW4107", "A; B; H: { A: Failed, B: Failed }")]
    [InlineData("PW4107", "A; B: A; C: { A: Failed }; D: { B: Skipped, C: Succeeded }")]
    [InlineData("PW4108", "A; S: A; F: { A: Failed }")]
    [InlineData("PW4108", "A; H: { A: Failed }; Fail!: H")]
    [InlineData("PW4108", "A; B: A")]
    [InlineData("PW4108", "A; H: { A: [Succeeded, Failed, Skipped] }; B: A")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string activities) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(activities));

    [Theory]
    [InlineData("PW4107", "A; B: A; C: B; H: { A: Failed, B: Failed, C: Failed }", "A; B: A; C: B; H: { C: [Failed, Skipped] }")]
    [InlineData("PW4105", "A; B: { A: [Completed, Succeeded] }", "A; B: { A: [Completed] }")]
    [InlineData("PW4106", "A; B: { activity: A, dependencyConditions: [Failed] }, { activity: A, dependencyConditions: [Skipped] }", "A; B: { activity: A, dependencyConditions: [Failed, Skipped] }")]
    [InlineData("PW4101", "Load; B: Laod", "Load; B: Load")]
    public void The_first_fix_says_what_was_meant(string code, string activities, string expected) =>
        Assert.Equal(Pipeline(expected), RuleCases.Fix(code, "p.pipeline.yaml", Pipeline(activities)));

    [Fact]
    public void What_is_inside_of_a_container_is_waited_for_by_its_container()
    {
        const string Text = "activities:\n  - { name: L, type: ForEach, items: \"@createArray(1)\", activities: [{ name: I, type: Wait, waitTimeInSeconds: 1 }] }\n  - { name: X, type: Wait, waitTimeInSeconds: 1, dependsOn: [[|I|]] }";
        RuleCases.Finds("PW4101", "p.pipeline.yaml", Text);
        var plain = TestText.WithSpans(Text).Text;
        Assert.Equal(plain.Replace("dependsOn: [I]", "dependsOn: [L]", StringComparison.Ordinal), RuleCases.Fix("PW4101", "p.pipeline.yaml", plain));
    }

    [Fact]
    public void The_fail_activity_that_is_added_passes_the_error_on()
    {
        var fixedText = RuleCases.Fix("PW4108", "p.pipeline.yaml", Pipeline("A; H: { A: Failed }"));
        Assert.Contains("name: Fail after H", fixedText, StringComparison.Ordinal);
        var document = TestText.Document("p.pipeline.yaml", fixedText);
        Assert.DoesNotContain(LanguageFeatures.GetDiagnostics(TestText.Factory("p.pipeline.yaml", fixedText), document, default), d => d.Severity >= DiagnosticSeverity.Warning);
    }

    [Fact]
    public void Long_lists_are_decided_in_time()
    {
        // Each of sixty activities waits for the one before it, a handler for the failure of each, and one for all handlers.
        var chain = string.Join("; ", Enumerable.Range(0, 60).Select(i => i == 0 ? "A0" : $"A{i}: A{i - 1}"));
        var handlers = string.Join("; ", Enumerable.Range(0, 60).Select(i => $"H{i}: {{ A{i}: Failed }}"));
        RuleCases.Find(TestText.Factory("p.pipeline.yaml", Pipeline(chain + "; " + handlers)), TestText.Document("p.pipeline.yaml", Pipeline(chain + "; " + handlers + "; X: { H1: Skipped, H59: [Succeeded, Skipped] }")), "PW4107");
    }

    /// <summary>A pipeline of activities that say what they wait for: <c>A; B: A; C: { A: Failed }</c>. One with <c>!</c> is a Fail activity.</summary>
    private static string Pipeline(string activities) => "activities:\n" + string.Join('\n', activities.Split("; ").Select(a =>
    {
        var (name, waits) = a.Split(": ", 2) is [var n, var w] ? (n, w) : (a, null);
        var list = waits is null ? "" : waits.StartsWith("{ ", StringComparison.Ordinal) && !waits.Contains("activity:", StringComparison.Ordinal) ? $", dependsOn: {waits}" : $", dependsOn: [{waits}]";
        return name.Replace("!", "", StringComparison.Ordinal) is var plain && name.EndsWith('!')
            ? $"  - {{ name: '{name}', type: Fail, message: m, errorCode: '1'{list} }}"
            : $"  - {{ name: {plain}, type: Wait, waitTimeInSeconds: 1{list} }}";
    }));
}
