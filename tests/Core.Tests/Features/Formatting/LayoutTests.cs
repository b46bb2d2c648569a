using Pipewright.Core.Features;
using Pipewright.Core.Features.Formatting;
using Xunit;

namespace Pipewright.Core.Tests.Features.Formatting;

public sealed class LayoutTests
{
    private const string Yaml = "a.pipeline.yaml";
    private const string Json = "pipeline/a.json";

    [Theory]
    [InlineData("a:    1\nb :  2", "a: 1\nb: 2\n")]
    [InlineData("a:\n    b:\n        c: 1\n", "a:\n  b:\n    c: 1\n")]
    [InlineData("a:\n -   b: 1\n     c: 2\n -   d\n", "a:\n  - b: 1\n    c: 2\n  - d\n")]
    [InlineData("a:\n-   b: 1\n    c:\n    - d\n", "a:\n- b: 1\n  c:\n  - d\n")]
    [InlineData("a:\n- b\nc:\n    - d\n", "a:\n- b\nc:\n- d\n")]
    [InlineData("a: {b: 1,c: [ 2,3 ] , d: { } }\n", "a: { b: 1, c: [2, 3], d: {} }\n")]
    [InlineData("a: [\n  { b: 1 },\n      { c: 2 }\n      ]\n", "a: [\n  { b: 1 },\n  { c: 2 }\n]\n")]
    [InlineData("a:\n  - { b: 1,\n   c: 2 }\n", "a:\n  - { b: 1,\n      c: 2 }\n")]
    [InlineData("a: [{\n    b: 1\n    }, {\n    c: 2\n}]\n", "a: [{\n  b: 1\n}, {\n  c: 2\n}]\n")]
    [InlineData("a: 1  \n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n")]
    [InlineData("\n\na: 1\n", "a: 1\n")]
    [InlineData("a: 1\r\n\r\n\r\nb:\r\n    c: 2\r\n", "a: 1\r\n\r\nb:\r\n  c: 2\r\n")]
    [InlineData("a: &x   !json  {b: 1}\nc:   *x\n", "a: &x !json { b: 1 }\nc: *x\n")]
    [InlineData("a:\n    &x\n    b: 1\n", "a:\n  &x\n  b: 1\n")]
    [InlineData("&x a:\n     - b: 1\n", "&x a:\n  - b: 1\n")]
    [InlineData("---\na: 1\n---\nb:\n    c: 2\n...\n", "---\na: 1\n---\nb:\n  c: 2\n...\n")]
    [InlineData("a: 'x'  \nb: \"y\"\n", "a: 'x'\nb: \"y\"\n")]
    [InlineData("- - a\n  - b\n-\n    c: 1\n", "- - a\n  - b\n-\n  c: 1\n")]
    public void A_spec_gets_the_indentation_and_the_spaces_of_its_habit(string text, string expected) => Check(Yaml, text, expected);

    [Theory]
    [InlineData("a:\n      # about b\n    b: 1\n  # about c\nc: 2\n", "a:\n  # about b\n  b: 1\n# about c\nc: 2\n")]
    [InlineData("a:\n    b: 1\n    # the end of a\nc: 2\n", "a:\n  b: 1\n  # the end of a\nc: 2\n")]
    [InlineData("a:\n    b: 1\n    # the end\n", "a:\n  b: 1\n  # the end\n")]
    [InlineData("a: 1   # beside\nb: 2# no comment\n", "a: 1   # beside\nb: 2# no comment\n")]
    [InlineData("a: [\n# first\n  1, # beside\n        # last\n]\n", "a: [\n  # first\n  1, # beside\n  # last\n]\n")]
    [InlineData("a:\n-   b: 1\n    # more of b\n# of c\n-   c: 1\n", "a:\n- b: 1\n  # more of b\n# of c\n- c: 1\n")]
    public void Comments_go_along_with_what_they_are_about(string text, string expected) => Check(Yaml, text, expected);

    [Theory]
    [InlineData("a:\n    b: |\n        x\n          y  \n\n        z\n    c: 1\n", "a:\n  b: |\n    x\n      y  \n\n    z\n  c: 1\n")]
    [InlineData("a:\n    b: >-\n      x\n      y\n", "a:\n  b: >-\n    x\n    y\n")]
    [InlineData("a:\n    b: |2\n        x\n", "a:\n  b: |2\n      x\n")]
    [InlineData("a: |+\n    x\n\n\n\nb: 1\n", "a: |+\n  x\n\n\n\nb: 1\n")]
    [InlineData("a: |+\n  x\n\n\n", "a: |+\n  x\n\n\n")]
    [InlineData("a: |\n  x", "a: |\n  x")]
    [InlineData("a:\n  - |\n        x\n", "a:\n  - |\n    x\n")]
    [InlineData("a:\n    b: x\n      y\n    c: \"x\n\n        y\"\n", "a:\n  b: x\n    y\n  c: \"x\n\n      y\"\n")]
    public void What_a_text_of_several_lines_says_stays(string text, string expected) => Check(Yaml, text, expected);

    [Theory]
    [InlineData("{\"a\":1,\"b\":[{\"c\":[]},{}]}", "{\n    \"a\": 1,\n    \"b\": [\n        {\n            \"c\": []\n        },\n        {}\n    ]\n}")]
    [InlineData("{\r\n\"a\" : \r\n1\r\n}\r\n", "{\r\n    \"a\": 1\r\n}\r\n")]
    [InlineData("{\n\t\"a\" : [1]}", "{\n\t\"a\": [\n\t\t1\n\t]\n}")]
    [InlineData("{\n  \"a\" : [1]}", "{\n  \"a\": [\n    1\n  ]\n}")]
    [InlineData("{\n \"a\" : 1}", "{\n    \"a\": 1\n}")]
    [InlineData("{\n                \"a\" : 1}", "{\n    \"a\": 1\n}")]
    [InlineData("{\n\n\"a\": 1,\n\n\n\"b\": 2\n\n}\n\n", "{\n    \"a\": 1,\n\n    \"b\": 2\n}\n")]
    [InlineData("// head\n{ // open\n\"a\": 1, // a\n/* b */ \"b\": /* two */ 2 /* c */, \"c\": 3 // last\n}", "// head\n{ // open\n    \"a\": 1, // a\n    /* b */ \"b\": /* two */ 2 /* c */,\n    \"c\": 3 // last\n}")]
    [InlineData("[1, /* x */ 2]", "[\n    1,\n    /* x */ 2\n]")]
    public void JSON_is_laid_out_as_Studio_does(string text, string expected) => Check(Json, text, expected, new LayoutStyle(4, true));

    [Fact]
    public void JSON_takes_tabs_where_the_editor_has_them() => Check(Json, "{\"a\":[1]}", "{\n\t\"a\": [\n\t\t1\n\t]\n}", new LayoutStyle(4, false));

    [Theory]
    [InlineData(Yaml, "a: [\n")]
    [InlineData(Yaml, "a:   \"x\nb: 1\n")]
    [InlineData(Json, "{ \"a\":1 \"b\":2 }")]
    [InlineData(Json, "")]
    [InlineData(Yaml, "")]
    [InlineData(Yaml, "# only a comment\n")]
    public void A_text_that_is_broken_or_empty_stays(string path, string text) => Check(path, text, text);

    [Theory]
    [InlineData(Yaml, "a:   1\n[|b:   2|]\nc:   3\n", "a:   1\nb: 2\nc:   3\n")]
    [InlineData(Yaml, "a:   1\n[|b:   2\n|]c:   3\n", "a:   1\nb: 2\nc:   3\n")]
    [InlineData(Yaml, "a:\n    b: 1\n[|c:\n    d:  2|]\n", "a:\n    b: 1\nc:\n  d: 2\n")]
    [InlineData(Yaml, "a:\n    b: 1\n    [|c:  2|]\n", "a:\n    b: 1\n    c: 2\n")]
    [InlineData(Json, "{\n\"a\":1,\n[|\"b\":2,|]\n\"c\":3\n}", "{\n\"a\":1,\n  \"b\": 2,\n\"c\":3\n}")]
    public void Of_a_range_only_its_lines_change(string path, string marked, string expected)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var document = TestText.Document(path, text);
        Assert.Equal(expected, document.Text.WithChanges(LanguageFeatures.GetLayout(document, spans[0], new LayoutStyle(2, true), default)).Content);
    }

    [Fact]
    public void A_wide_step_is_taken_as_it_comes() => Check(Yaml, "a:\n  b:\n    - c: 1\n", "a:\n    b:\n        - c: 1\n", new LayoutStyle(4, true));

    private static void Check(string path, string text, string expected, LayoutStyle? style = null)
    {
        var document = TestText.Document(path, text);
        var changed = document.Text.WithChanges(LanguageFeatures.GetLayout(document, style ?? new LayoutStyle(2, true), default)).Content;
        Assert.Equal(expected, changed);
        Assert.Empty(LanguageFeatures.GetLayout(TestText.Document(path, changed), style ?? new LayoutStyle(2, true), default));
    }
}
