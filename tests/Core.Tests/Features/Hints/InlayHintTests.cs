using Pipewright.Core.Features;
using Pipewright.Core.Features.Hints;
using Pipewright.Core.Tests.Features.Navigation;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Hints;

/// <summary>Hints as they stand in the text: <c>⟨…⟩</c>.</summary>
public sealed class InlayHintTests
{
    private const string Child = "=== child.pipeline.yaml\nparameters: { day: { type: string, defaultValue: '2024-01-01' }, must: string, n: { type: int, defaultValue: 5 }, key: { type: secureString, defaultValue: k } }\n";
    private const string GitChild = "=== pipeline/child.json\n{\"name\":\"child\",\"properties\":{\"parameters\":{\"day\":{\"type\":\"string\",\"defaultValue\":\"now and then and never after it\"}}}}\n";

    [Theory]
    [InlineData("activities: [{ name: A, type: ExecutePipeline, pipeline: child⟨(day: '2024-01-01', n: 5, key: a secret)⟩ }]\n" + Child)]
    [InlineData("activities: [{ name: A, type: ExecutePipeline, pipeline: child, parameters: { must: x⟨, day: '2024-01-01', n: 5, key: a secret⟩ } }]\n" + Child)]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: child, parameters: { must: x, day: y, n: 1, KEY: z } }\n" + Child)]
    [InlineData("activities: [{ name: A, type: ExecutePipeline, pipeline: lost }]\n")]
    public void Values_that_are_not_passed_are_told(string text) => Check("a.pipeline.yaml", text, HintKinds.DefaultValues);

    [Fact]
    public void So_they_are_in_the_Git_form_shortened() => Check(
        "pipeline/a.json",
        "{\"name\":\"a\",\"properties\":{\"activities\":[{\"name\":\"A\",\"type\":\"ExecutePipeline\",\"typeProperties\":{\"pipeline\":{\"referenceName\":\"child\"⟨(day: 'now and then and never a…')⟩,\"type\":\"PipelineReference\"}}}]}}\n" + GitChild,
        HintKinds.DefaultValues);

    [Theory]
    [InlineData("parameters: { day: string }\nvariables: { v: Array }\nactivities: [{ name: A, type: Fail, message: \"@concat(pipeline().parameters.day⟨: string⟩, variables('v')⟨: Array⟩, variables('w'))\", errorCode: '1' }]\n")]
    public void Types_are_told_at_what_is_read(string text) => Check("a.pipeline.yaml", text, HintKinds.Types);

    [Theory]
    [InlineData("activities:\n  - { name: A, type: Wait }\n  - { name: B, type: Wait, dependsOn: [A⟨Succeeded⟩] }\n  - { name: C, type: Wait, dependsOn: { A: Failed } }\n")]
    public void The_condition_that_is_left_out_is_told(string text) => Check("a.pipeline.yaml", text, HintKinds.Conditions);

    [Theory]
    [InlineData("a.pipeline.yaml", "activities:⟨1 activity, 3 with those inside⟩\n  - name: L\n    type: ForEach\n    items: \"@createArray()\"\n    activities:⟨2 activities⟩\n      - { name: A, type: Wait }\n      - { name: B, type: Wait }\n")]
    [InlineData("a.pipeline.yaml", "activities: [{ name: A, type: Wait }]\n")]
    [InlineData("pipeline/a.json", "{\"name\":\"a\",\"properties\":{\"activities\":[⟨1 activity⟩\n{\"name\":\"A\",\"type\":\"Wait\"}]}}\n")]
    public void The_number_of_activities_is_told(string path, string text) => Check(path, text, HintKinds.Counts);

    private static void Check(string path, string marked, HintKinds kinds)
    {
        var plain = string.Concat(marked.Split('⟨').Select((part, i) => i == 0 ? part : part[(part.IndexOf('⟩', StringComparison.Ordinal) + 1)..]));
        var at = NavigationCase.Open($"=== {path}\n{plain}");
        var document = at.Factory.Documents[path];
        var hints = LanguageFeatures.GetHints(at.Factory, document, new TextSpan(0, document.Text.Length), kinds, default);
        Assert.All(hints, h => Assert.Equal(kinds, h.Kind));
        Assert.Equal(marked.Split("=== ")[0], document.Text.WithChanges(hints.Select(h => new TextChange(new TextSpan(h.Offset, 0), $"⟨{h.Label}⟩"))).Content);
        Assert.Empty(LanguageFeatures.GetHints(at.Factory, document, new TextSpan(0, document.Text.Length), HintKinds.None, default));
    }
}
