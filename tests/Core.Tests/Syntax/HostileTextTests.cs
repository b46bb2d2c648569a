using Pipewright.Core.Emit;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Syntax;

/// <summary>Texts made to cost much, and what the long runs in tests/Fuzz have found.</summary>
public sealed class HostileTextTests
{
    [Theory]
    [InlineData("[…]", "x", 1000, "[…]", 990, "- *b\n", 500)]
    [InlineData("{ name: x, type: Wait }", "x", 1, "[…]", 1000, "- { name: f, type: ForEach, activities: *b }\n", 300)]
    [InlineData("{ x: … }", "1", 1, "{ <<: […] }", 900, "- { <<: *b }\n", 900)]
    public void What_aliases_stand_for_has_a_limit_for_the_whole_document(string inner, string item, int items, string outer, int aliases, string use, int uses)
    {
        string Fill(string text, string with, int count) => text.Replace("…", string.Join(", ", Enumerable.Repeat(with, count)), StringComparison.Ordinal);
        var text = $"a: &a {Fill(inner, item, items)}\nb: &b {Fill(outer, "*a", aliases)}\nactivities:\n" + string.Concat(Enumerable.Repeat(use, uses));
        var document = ResourceDocument.Create("a.pipeline.yaml", new SourceText(text))!;
        Assert.Contains(document.Syntax.Diagnostics, d => d.Code == "PW1014" && d.Message.Contains("100 thousand", StringComparison.Ordinal));
        Assert.InRange(document.Resources[0].Root!.DescendantsAndSelf().Count(), 1, 400_000);
    }

    [Fact]
    public void Aliases_of_a_usual_file_stay_far_from_the_limit()
    {
        var text = "policy: &p { retry: 1, timeout: 0.01:00:00 }\nactivities:\n" + string.Concat(Enumerable.Range(0, 120).Select(i => $"- {{ name: a{i}, type: Wait, waitTimeInSeconds: 1, policy: *p }}\n"));
        Assert.Empty(TreeText.Parse(text, SyntaxLanguage.Yaml).Diagnostics);
    }

    [Theory]
    [InlineData("x: 1\na: [b: c, d]\n")]
    [InlineData("x: 1\na: [b, c: *x, d]\n")]
    [InlineData("x: 1\na: [Cle<<: *xan, B]\n")]
    [InlineData("x: 1\na: [? b, : c]\n")]
    public void A_pair_in_a_list_has_its_own_place(string text) => TreeText.CheckShape(TreeText.Parse(text, SyntaxLanguage.Yaml));

    [Theory]
    [InlineData("a.pipeline.yaml")]
    [InlineData("pipeline/a.json")]
    public void A_text_of_more_than_4_MB_is_one_finding_and_is_not_read(string path)
    {
        var document = ResourceDocument.Create(path, new SourceText("{\n" + new string('[', SyntaxTree.MostCharacters)))!;
        Assert.Equal("PW1022", Assert.Single(document.Diagnostics).Code);
        Assert.Null(document.Syntax.Root);
        TreeText.CheckShape(document.Syntax);
        Assert.True(document.HasSyntaxErrors);
        Assert.Empty(ResourceDocument.Create(path, new SourceText(new string(' ', SyntaxTree.MostCharacters)))!.Syntax.Diagnostics);
    }

    [Fact]
    public void A_file_that_was_too_large_to_read_says_so()
    {
        var document = ResourceDocument.CreateUnread("pipeline/a.json", FileClassification.Classify("pipeline/a.json")!, 100L << 20);
        Assert.Contains("100 MB", Assert.Single(document.Diagnostics).Message, StringComparison.Ordinal);
        TreeText.CheckShape(document.Syntax);
    }

    [Fact]
    public void Of_more_than_a_thousand_documents_the_first_are_read()
    {
        var document = ResourceDocument.Create("a.pipeline.yaml", new SourceText(string.Concat(Enumerable.Repeat("---\nactivities: []\n", 1001))))!;
        var finding = Assert.Single(document.Syntax.Diagnostics);
        Assert.Equal(("PW1022", 1000), (finding.Code, document.Resources.Length));
        Assert.InRange(document.Text.GetLine(finding.Span.Start), 1999, 2000);
        TreeText.CheckShape(document.Syntax);
    }

    [Theory]
    [InlineData("{\"name\": \"\uD83D\", \"properties\": {}}")]
    [InlineData("{\"name\": \"a\", \"properties\": {\"\uDE00\": \"x\\uD83D\"}}")]
    public void Half_of_a_character_does_not_stop_a_conversion(string text)
    {
        var document = ResourceDocument.Create("pipeline/a.json", new SourceText(text))!;
        Assert.Contains('\uFFFD', Assert.Single(Conversion.ToSpec(document)).Text);
        Assert.Single(Conversion.ToGit(document));
    }

    /// <summary>YAML takes more characters for the end of a line than JSON does.</summary>
    [Theory]
    [InlineData('\u0085')]
    [InlineData('\u2028')]
    [InlineData('\f')]
    public void A_comment_stays_a_comment_whatever_is_in_it(char breaks)
    {
        var document = ResourceDocument.Create("pipeline/a.json", new SourceText($"{{\n// one{breaks}two\n\"name\": \"a\", \"properties\": {{\"activities\": []}} }}"))!;
        Assert.Equal("# one\n# two\nactivities: []\n", Assert.Single(Conversion.ToSpec(document)).Text);
    }

    [Theory]
    [InlineData("parameters: { \"\": string, day: string }\nactivities:\n- { name: F, type: Fail, errorCode: x, message: \"@pipeline().parameters.|\" }\n")]
    [InlineData("variables: { \"\": String, v: String }\nactivities:\n- { name: S, type: SetVariable, variableName: | }\n")]
    [InlineData("activities:\n- { name: \"\", type: Wait }\n- { name: B, type: Wait, dependsOn: [|] }\n")]
    public void Nothing_without_a_name_is_proposed(string text)
    {
        var cursor = text.IndexOf('|', StringComparison.Ordinal);
        var document = ResourceDocument.Create("a.pipeline.yaml", new SourceText(text.Remove(cursor, 1)))!;
        Assert.DoesNotContain(LanguageFeatures.GetCompletion(FactorySnapshot.Empty.With(document), document, cursor, default).Items, i => string.IsNullOrWhiteSpace(i.Label));
    }

    /// <summary>One of them can never run, the other waits for nothing.</summary>
    [Fact]
    public void Two_activities_of_one_name_are_told_apart_where_one_can_never_run()
    {
        const string Text = """
            activities:
            - { name: A, type: Wait, waitTimeInSeconds: 1 }
            - { name: B, type: Wait, waitTimeInSeconds: 1, dependsOn: [A] }
            - { name: C, type: Wait, waitTimeInSeconds: 1, dependsOn: { A: Failed, B: Failed } }
            - { name: C, type: Wait, waitTimeInSeconds: 1 }

            """;
        var document = ResourceDocument.Create("a.pipeline.yaml", new SourceText(Text))!;
        var findings = LanguageFeatures.GetDiagnostics(FactorySnapshot.Empty.With(document), document, default);
        Assert.Equal(3, document.Text.GetLine(Assert.Single(findings, d => d.Code == "PW4107").Span.Start));
    }

    [Theory]
    [InlineData("@convertTimeZone(@{), 'UTC', 'Singapore Standard Time')")]
    [InlineData("@substring('a', @{)")]
    [InlineData("@concat(uriComponent(@))")]
    public void A_call_that_lost_its_arguments_is_not_worked_out(string text)
    {
        var template = Template.Parse(text);
        Assert.NotEmpty(template.Diagnostics);
        _ = ExpressionChecker.Check(template, ExpressionScope.Unknown, ExpectedType.Anything);
    }

    [Fact]
    public void Closing_brackets_at_the_end_are_one_finding_a_line() =>
        Assert.Equal(2, TreeText.Parse("{}\n" + new string('}', 50_000) + "\n" + new string(']', 50_000), SyntaxLanguage.Json).Diagnostics.Length);

    [Fact]
    public void Entries_that_slipped_out_of_an_item_go_back_into_it_in_their_order()
    {
        var tree = TreeText.Parse("- a: 1\nb: 2\nc: 3\n- d: 4\ne: 5\n", SyntaxLanguage.Yaml);
        Assert.Equal("[{a: 1, b: 2, c: 3}, {d: 4, e: 5}]", TreeText.Describe(tree.Root));
        TreeText.CheckShape(tree);
    }
}
