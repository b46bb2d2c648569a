using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Syntax;

public sealed class JsonParserTests
{
    [Theory]
    [InlineData("""{"a": 1, "b": [true, null, 1.5e3, "x"], "c": {}}""", "{a: 1, b: [true, null, 1.5e3, 'x'], c: {}}")]
    [InlineData("\uFEFF{\r\n\t\"a\": 1 // why\r\n, /* because */ \"b\": 2\r\n}", "{a: 1, b: 2}")]
    [InlineData("""{"a": "q\"\\\/\n\té😀", "a": 2}""", "{a: 'q\"\\/\n\té😀', a: 2}")]
    [InlineData("", "?")]
    [InlineData("  \n", "?")]
    public void Sound_text_gives_its_values_and_no_findings(string text, string tree)
    {
        var parsed = TreeText.Parse(text, SyntaxLanguage.Json);
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(tree, TreeText.Describe(parsed.Root));
        TreeText.CheckShape(parsed);
    }

    [Theory]
    [InlineData("{[|\"a\"|] 1}", "PW1002", "{a: 1}")]
    [InlineData("{\"a\" [|=|] 1, \"b\": 2}", "PW1002", "{a: 1, b: 2}")]
    [InlineData("{\"a\": [|1|] \"b\": 2}", "PW1003", "{a: 1, b: 2}")]
    [InlineData("{[|\"a\"|]: , \"b\": 2}", "PW1004", "{a: ?, b: 2}")]
    [InlineData("{\n  [|\"a\"|]:\n  \"b\": 2\n}", "PW1004", "{a: ?, b: 2}")]
    [InlineData("{\n  [|\"a|]\n}", "PW1005 PW1004", "{a: ?}")]
    [InlineData("{\n  \"a\": [|\"x|],\n  \"b\": 2\n}", "PW1005", "{a: 'x', b: 2}")]
    [InlineData("[|{|]\"a\": 1", "PW1001", "{a: 1}")]
    [InlineData("{\"a\": [|[|]1, 2}", "PW1001", "{a: [1, 2]}")]
    [InlineData("{\n  \"a\": [|{|]\n    \"b\": 1\n}", "PW1001", "{a: {b: 1}}")]
    [InlineData("{\n  \"a\": [\n    [|{|]\n      \"b\": 1\n    ,\n    {\n      \"c\": 2\n    }\n  ]\n}", "PW1001", "{a: [{b: 1}, {c: 2}]}")]
    [InlineData("{\n  \"a\": [\n    [|\"|]b\": 1\n    },\n    {\n      \"c\": 2\n    }\n  ]\n}", "PW1017", "{a: [{b: 1}, {c: 2}]}")]
    [InlineData("{\n  \"a\": [|[|]\n    1\n  ,\n  \"b\": 2\n}", "PW1001", "{a: [1], b: 2}")]
    [InlineData("[1, 2[|,|] ]", "PW1020", "[1, 2]")]
    [InlineData("{\n  \"a\": {\n    \"b\": 1[|,|]\n  }\n}", "PW1020", "{a: {b: 1}}")]
    [InlineData("{\n  \"a\":\n    [|\"|]b\": 1,\n    \"c\": 2\n  },\n  \"d\": 3\n}", "PW1017", "{a: {b: 1, c: 2}, d: 3}")]
    [InlineData("{\n  \"a\": [|\"|]b\": 1 },\n  \"d\": 3\n}", "PW1017", "{a: {b: 1}, d: 3}")]
    [InlineData("{\n  \"a\":\n    [|{|] \"b\": 1 },\n    { \"c\": 2 }\n  ],\n  \"d\": 3\n}", "PW1017", "{a: [{b: 1}, {c: 2}], d: 3}")]
    [InlineData("{\n  \"a\": [|\"|]x\", \"y\"],\n  \"d\": 3\n}", "PW1017", "{a: ['x', 'y'], d: 3}")]
    [InlineData("{\n  \"a\": {\n    \"b\": 1\n  }[|}|],\n  \"d\": 3\n}", "PW1006", "{a: {b: 1}, d: 3}")]
    [InlineData("{\"a\": 1} [|}|]", "PW1006", "{a: 1}")]
    [InlineData("{\"a\": [|'x'|]}", "PW1015", "{a: 'x'}")]
    [InlineData("{\"a\": [|hello|]}", "PW1015", "{a: 'hello'}")]
    [InlineData("{\"a\": [|@concat('x', 'y')|], \"b\": 1}", "PW1008", "{a: '@concat('x', 'y')', b: 1}")]
    [InlineData("{\"a\": \"[|\\q|]\"}", "PW1011", "{a: '\\q'}")]
    [InlineData("{\n[|<<<<<<< HEAD|]\n  \"a\": 1,\n[|=======|]\n  \"a\": 2,\n[|>>>>>>> main|]\n  \"b\": 3\n}", "PW1007 PW1007 PW1007", "{a: 1, a: 2, b: 3}")]
    [InlineData("{\n  \"p\": {\n    [|{|]\n      \"b\": 1\n    },\n    {\n      \"c\": 2\n    }\n  }\n}", "PW1016", "{p: {~{b: 1}, ~{c: 2}}}")]
    public void A_mistake_is_named_once_and_the_rest_is_kept(string marked, string codes, string tree)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var parsed = TreeText.Parse(text, SyntaxLanguage.Json);
        TreeText.CheckShape(parsed);
        Assert.Equal(tree, TreeText.Describe(parsed.Root));
        var expected = codes.Split(' ');
        Assert.Equal(expected.First(), parsed.Diagnostics[0].Code);
        Assert.Equal(spans[0], parsed.Diagnostics[0].Span);
        Assert.True(parsed.Diagnostics.Length <= expected.Length + (codes == "PW1016" ? 1 : 0), string.Join('\n', parsed.Diagnostics.Select(d => d.Code + d.Message)));
    }

    [Fact]
    public void Every_part_of_a_string_is_found_where_it_is_written()
    {
        var tree = TreeText.Parse("""{"a": "x\u0041\ny"}""", SyntaxLanguage.Json);
        var scalar = (ScalarSyntax)((MappingSyntax)tree.Root!).Entries[0].Value!;
        Assert.Equal("xA\ny", scalar.Value);
        Assert.Equal([7, 8, 14, 16, 17], Enumerable.Range(0, 5).Select(scalar.ToSourceOffset));
        Assert.Equal(new TextSpan(8, 6), scalar.ToSourceSpan(new TextSpan(1, 1)));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("[{")]
    public void Deep_nesting_is_cut_off_and_not_a_crash(string opener)
    {
        var tree = TreeText.Parse(string.Concat(Enumerable.Repeat(opener, 20_000)), SyntaxLanguage.Json);
        Assert.Contains(tree.Diagnostics, d => d.Code == "PW1012");
    }

    [CorpusFact]
    public void Every_file_of_the_real_factories_has_the_values_that_another_reader_finds()
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var broken = new List<string>();
        foreach (var document in CorpusFiles.Factories.SelectMany(CorpusFiles.Load))
        {
            TreeText.CheckShape(document.Syntax);
            if (document.Syntax.Diagnostics.Length > 0)
            {
                broken.Add(document.Path);
                continue;
            }

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(document.Text.Content.TrimStart('\uFEFF'), null, options), TreeText.ToJson(document.Syntax.Root)), document.Path);
        }

        Assert.Empty(broken);
    }
}
