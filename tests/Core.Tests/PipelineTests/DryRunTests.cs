using Pipewright.Core.Factory;
using Pipewright.Core.Features.PipelineTests;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Text;
using Xunit;
using static Pipewright.Core.Tests.PipelineTests.PipelineTestCases;

namespace Pipewright.Core.Tests.PipelineTests;

/// <summary>What the last run without a cloud shows in the text of its pipelines.</summary>
public sealed class DryRunTests
{
    private const string Pipeline = "Main.pipeline.yaml";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Values_stand_behind_the_expressions(bool inGitForm)
    {
        var (run, document) = MakeRun("c: { parameters: { mode: delta } }", inGitForm);
        var hints = DryRunFeatures.FindHints(run, document, new TextSpan(0, document.Text.Length)).Select(h => h.Label).ToList();
        Assert.Contains("= [{\"name\":\"a\"},{\"name\":\"b\"}]", hints);
        Assert.Contains("= \"a\" … 2 values", hints);
        Assert.Contains("= \"delta\"", hints);
    }

    [Fact]
    public void They_are_gone_when_the_text_changes()
    {
        var (run, document) = MakeRun("c: {}");
        var changed = TestText.Document(document.Path, document.Text.Content + "\n");
        Assert.NotEmpty(DryRunFeatures.FindHints(run, document, new TextSpan(0, document.Text.Length)));
        Assert.Empty(DryRunFeatures.FindHints(run, changed, new TextSpan(0, changed.Text.Length)));
        Assert.NotEmpty(DryRunFeatures.FindHints(run, TestText.Document(document.Path, document.Text.Content), new TextSpan(0, document.Text.Length)));
    }

    [Theory]
    [InlineData("table: \"[|@item().name|]\"", "@item().name", "\"a\"")]
    [InlineData("url: \"https://x/@{[|pipeline().parameters|].day}\"", "@pipeline().parameters", "{\"day\":\"2025-01-31\",\"mode\":\"full\"}")]
    [InlineData("url: \"https://x/@{pipeline().par[||]ameters.day}\"", "@pipeline().parameters.day", "\"2025-01-31\"")]
    [InlineData("on: \"@pipeline().[||]parameters.mode\"", "@pipeline().parameters.mode", "\"full\"")]
    [InlineData("items: \"@[|activity('Find').output.count|]", null, null)]
    public void A_selected_expression_is_evaluated_in_its_context(string marked, string? expression, string? value)
    {
        var (run, document) = MakeRun("c: {}");
        var (text, spans) = TestText.WithSpans(marked);
        var at = document.Text.Content.IndexOf(text, StringComparison.Ordinal);
        var result = at < 0 ? null : DryRunFeatures.Evaluate(run, document, new TextSpan(at + spans[0].Start, spans[0].Length));
        Assert.Equal((expression, value), (result?.Expression, result?.Value));
    }

    [Fact]
    public void What_can_not_be_evaluated_is_an_error()
    {
        var (run, document) = MakeRun("c: {}");
        var at = document.Text.Content.IndexOf("activity('Find').output.value", StringComparison.Ordinal);
        Assert.NotNull(DryRunFeatures.Evaluate(run, document, new TextSpan(at, "activity('Find').outp".Length))!.Error);
        Assert.Null(DryRunFeatures.Evaluate(run, document, new TextSpan(0, 0)));
    }

    [Theory]
    [InlineData("c: { stubs: { Find: { fails: gone } } }", "name: E|ach", "Skipped", "'Each' was skipped because it waits for 'Find' to be Succeeded, and that is Failed: gone")]
    [InlineData("c: {}", "name: L|oad", "2 × Succeeded", "00:00:05 to 00:00:25")]
    [InlineData("c: {}", "name: C|all", "Did not run.", "It is in another branch of 'Mode', which took 'full'.")]
    public void A_hover_tells_what_became_of_an_activity(string one, string place, params string[] expected)
    {
        var (run, document) = MakeRun(one);
        var (text, cursor) = TestText.WithCursor(place);
        var hover = DryRunFeatures.FindHover(run, document, document.Text.Content.IndexOf(text, StringComparison.Ordinal) + cursor)!;
        Assert.All(expected, e => Assert.Contains(e, hover.Markdown, StringComparison.Ordinal));
    }

    private static (DryRun Run, ResourceDocument Document) MakeRun(string one, bool inGitForm = false)
    {
        var factory = Make(Head + "  " + one, inGitForm);
        var file = PipelineTestFile.Read(Document(factory));
        return (DryRun.Make(factory, file, file.Cases[0], default), factory.Documents[inGitForm ? "pipeline/Main.json" : Pipeline]);
    }
}
