using Pipewright.Core.Features;
using Pipewright.Core.Features.Formatting;
using Xunit;

namespace Pipewright.Core.Tests.Features.Formatting;

public sealed class TypingLayoutTests
{
    [Theory]
    [InlineData("activities:\n  - name: A\n    message: @|\n", "activities:\n  - name: A\n    message: \"@\"\n")]
    [InlineData("activities:\n  - @|\n", "activities:\n  - \"@\"\n")]
    [InlineData("activities: [{ name: @| }]\n", "activities: [{ name: \"@\" }]\n")]
    [InlineData("a: @| # why\n", "a: \"@\" # why\n")]
    [InlineData("a: \"@|\"\n", null)]
    [InlineData("a: 'x: @|\n", null)]
    [InlineData("a: x @|\n", null)]
    [InlineData("a: me@|\n", null)]
    [InlineData("a: @|concat()\n", null)]
    [InlineData("# a: @|\n", null)]
    [InlineData("a: |\n  b: @^\n", null)]
    public void An_expression_gets_its_quotes(string text, string? expected) => Check("a.pipeline.yaml", text, '@', expected);

    [Theory]
    [InlineData("activities:\n|\n", "activities:\n  \n")]
    [InlineData("activities:\n  - name: A\n|\n", "activities:\n  - name: A\n    \n")]
    [InlineData("activities:\n  - name: A\n    policy:\n|\n", "activities:\n  - name: A\n    policy:\n      \n")]
    [InlineData("activities:\n- name: A\n  dependsOn:\n|\n", "activities:\n- name: A\n  dependsOn:\n  \n")]
    [InlineData("annotations:\n  - a\n|\n", "annotations:\n  - a\n  - \n")]
    [InlineData("annotations:\n  - a # why\n|\n  - b\n", "annotations:\n  - a # why\n  - \n  - b\n")]
    [InlineData("annotations:\n- \"a: b\"\n|\n", "annotations:\n- \"a: b\"\n- \n")]
    [InlineData("activities:\n  - { name: A, type: Wait }\n|\n", "activities:\n  - { name: A, type: Wait }\n  - \n")]
    [InlineData("activities:\n  - { name: A,\n|\n", "activities:\n  - { name: A,\n    \n")]
    [InlineData("activities:\n  - name: { }\n|\n", "activities:\n  - name: { }\n    \n")]
    [InlineData("annotations:\n  - [a]\n|\n", "annotations:\n  - [a]\n  - \n")]
    [InlineData("annotations:\n  - a\n  - \n|\n", "annotations:\n  - a\n\n")]
    [InlineData("annotations:\n- a\n- \n|\n", "annotations:\n- a\n\n")]
    [InlineData("activities:\n  - name: A\n    dependsOn:\n      - B\n      - \n|\n    type: Wait\n", "activities:\n  - name: A\n    dependsOn:\n      - B\n    \n    type: Wait\n")]
    [InlineData("activities:\n  - dependsOn:\n      - B\n      -\n|", "activities:\n  - dependsOn:\n      - B\n    ")]
    [InlineData("activities:\n  - name: A\n    type: Wait\n  - \n|\n", "activities:\n  - name: A\n    type: Wait\n\n")]
    [InlineData("annotations:\n  - a\n  - \n|\n  - b\n", "annotations:\n  - a\n  - \n  \n  - b\n")]
    [InlineData("annotations:\n  - \n|\n", "annotations:\n  - \n  \n")]
    [InlineData("description: |-\n^\n", "description: |-\n  \n")]
    [InlineData("description: |-\n    a\n^\n", "description: |-\n    a\n    \n")]
    [InlineData("activities:\n  - name: A\n    type: Wait # why\n|\n", "activities:\n  - name: A\n    type: Wait # why\n    \n")]
    [InlineData("parameters: {}\n\n|\n", null)]
    [InlineData("parameters: {}\n|name: x\n", null)]
    public void A_new_line_of_a_spec_is_indented(string text, string? expected) => Check("a.pipeline.yaml", text, '\n', expected);

    [Theory]
    [InlineData("{\n|\n}", "{\n  \n}")]
    [InlineData("{\n  \"a\": 1,\n|\n}", "{\n  \"a\": 1,\n  \n}")]
    public void So_is_one_of_JSON(string text, string expected) => Check("pipeline/a.json", text, '\n', expected);

    /// <param name="text">With <c>^</c> for a cursor where the text itself has a bar.</param>
    private static void Check(string path, string text, char typed, string? expected)
    {
        var at = text.Contains('^', StringComparison.Ordinal) ? text.IndexOf('^', StringComparison.Ordinal) : text.IndexOf('|', StringComparison.Ordinal);
        var document = TestText.Document(path, text.Remove(at, 1));
        var changes = LanguageFeatures.GetTypingLayout(document, at, typed, new LayoutStyle(2, true), default);
        Assert.Equal(expected ?? document.Text.Content, document.Text.WithChanges(changes).Content);
    }
}
