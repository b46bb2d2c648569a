using Xunit;

namespace Pipewright.Core.Tests.Rules.Nesting;

/// <summary>Containers of activities hold each other on one level, and not all of them.</summary>
public sealed class NestingRuleTests
{
    [Theory]
    [InlineData("ForEach", "IfCondition", "")]
    [InlineData("ForEach", "Switch", "")]
    [InlineData("ForEach", "ForEach", "PW5201")]
    [InlineData("ForEach", "Until", "PW5201")]
    [InlineData("ForEach", "Validation", "PW5203")]
    [InlineData("ForEach", "Wait", "")]
    [InlineData("Until", "IfCondition", "")]
    [InlineData("Until", "Switch", "")]
    [InlineData("Until", "ForEach", "PW5201")]
    [InlineData("Until", "Until", "PW5201")]
    [InlineData("Until", "Validation", "PW5203")]
    [InlineData("IfCondition", "IfCondition", "PW5201")]
    [InlineData("IfCondition", "Switch", "PW5202")]
    [InlineData("IfCondition", "ForEach", "PW5201")]
    [InlineData("IfCondition", "Until", "PW5201")]
    [InlineData("IfCondition", "Validation", "PW5203")]
    [InlineData("IfCondition", "ExecutePipeline", "")]
    [InlineData("Switch", "IfCondition", "PW5201")]
    [InlineData("Switch", "Switch", "PW5201")]
    [InlineData("Switch", "ForEach", "PW5201")]
    [InlineData("Switch", "Until", "PW5201")]
    [InlineData("Switch", "Validation", "PW5203")]
    public void What_a_container_may_hold(string outer, string inner, string code)
    {
        var text = $"activities:\n  - {Container("Outer", outer, Container("Inner", inner, "", code.Length > 0), false)}";
        foreach (var rule in (string[])["PW5201", "PW5202", "PW5203"])
        {
            RuleCases.Finds(rule, "p.pipeline.yaml", rule == code ? text : text.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_level_is_looked_at()
    {
        var deep = Container("A", "ForEach", Container("B", "IfCondition", Container("C", "IfCondition", "", true), false), false);
        var found = RuleCases.Finds("PW5201", "p.pipeline.yaml", $"activities:\n  - {deep}");
        Assert.Equal("The If Condition 'B' can't hold the If Condition 'C'. Move 'C' to a pipeline of its own and call that by ExecutePipeline.", found[0].Message);
    }

    [Theory]
    [InlineData("activities:\n  - { name: A, type: ForEach, items: '@x', activities: [{ name: B, type: ForEach, state: Inactive }] }")]
    [InlineData("activities:\n  - { name: A, type: ForEach, state: Inactive, activities: [{ name: B, type: ForEach }] }")]
    [InlineData("activities:\n  - { name: A, type: Validation }\n  - { name: B, type: ForEach }")]
    [InlineData("activities:\n  - { name: A, type: Unheard, activities: [{ name: B, type: ForEach }] }")]
    public void What_is_switched_off_or_side_by_side_is_let_be(string text)
    {
        RuleCases.FindsNothing("PW5201", "p.pipeline.yaml", text);
        RuleCases.FindsNothing("PW5203", "p.pipeline.yaml", text);
    }

    [Fact]
    public void All_branches_are_looked_at() => RuleCases.Finds("PW5201", "p.pipeline.yaml",
        "activities:\n  - name: S\n    type: Switch\n    cases:\n      - value: a\n        activities: [{ name: A, type: [|ForEach|] }]\n    defaultActivities: [{ name: B, type: [|Until|] }]\n"
        + "  - name: I\n    type: IfCondition\n    ifTrueActivities: [{ name: C, type: [|foreach|] }]\n    ifFalseActivities: [{ name: D, type: [|IfCondition|] }]");

    [Theory]
    [InlineData("PW5201", "Until", "expression: \"@equals(1, 1)\", activities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]")]
    [InlineData("PW5203", "Validation", "dataset: \"d\"")]
    public void What_a_container_cannot_hold_moves_to_a_pipeline_of_its_own(string code, string type, string rest)
    {
        const string Path = "p.pipeline.yaml";
        var factory = TestText.Factory(Path, $"activities:\n  - name: Each\n    type: ForEach\n    items: \"@createArray(1)\"\n    activities:\n      - {{ name: Inner, type: {type}, {rest} }}\n");
        var fix = Assert.Single(RuleCases.Find(factory, factory.Documents[Path], code)[0].Fixes);
        var after = RuleCases.Apply(factory, Path, fix);
        Assert.Contains("type: ExecutePipeline", after.Documents[Path].Text.Content, StringComparison.Ordinal);
        Assert.Contains("type: " + type, after.Documents["p_Inner.pipeline.yaml"].Text.Content, StringComparison.Ordinal);
        Assert.All(after.Documents.Values, d => Assert.Empty(RuleCases.Find(after, d, code)));
    }

    private static string Container(string name, string type, string inner, bool isMarked)
    {
        var written = isMarked ? $"[|{type}|]" : type;
        return type switch
        {
            "ForEach" => $"{{ name: {name}, type: {written}, items: \"@createArray(1)\", activities: [{inner}] }}",
            "Until" => $"{{ name: {name}, type: {written}, expression: \"@bool(1)\", activities: [{inner}] }}",
            "IfCondition" => $"{{ name: {name}, type: {written}, expression: \"@bool(1)\", ifFalseActivities: [{inner}] }}",
            "Switch" => $"{{ name: {name}, type: {written}, on: \"@string(1)\", cases: [{{ value: '1', activities: [{inner}] }}] }}",
            _ => $"{{ name: {name}, type: {written} }}",
        };
    }
}
