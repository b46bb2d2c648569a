using Pipewright.Core.Syntax;
using Xunit;

namespace Pipewright.Core.Tests.Syntax;

public sealed class YamlParserTests
{
    [Theory]
    [InlineData("a: 1\nb: [true, ~, 'x', \"y\"]\nc: {d: e}\n", "{a: 1, b: [true, null, 'x', 'y'], c: {d: 'e'}}")]
    [InlineData("- a\n-\n- b: 1\n  c: 2\n", "['a', null, {b: 1, c: 2}]")]
    [InlineData("a:\nb: yes\nc: 0x1F\nd: 1e3\ne: '1'\nf: .5\ng: off", "{a: ?, b: 'yes', c: 0x1F, d: 1e3, e: '1', f: .5, g: 'off'}")]
    [InlineData("a: |\n  one\n   two\n\n  three\nb: >-\n  one\n  two\n\n  three\n", "{a: 'one\n two\n\nthree\n', b: 'one two\nthree'}")]
    [InlineData("a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n", "{a: {b: 1}, c: *{b: 1}, d: {<<: *{b: 1}, e: 2}}")]
    [InlineData("# first\na: 1 # second\n# third\n", "{a: 1}")]
    [InlineData("\uFEFFa: 1\r\nb: 2\r\n", "{a: 1, b: 2}")]
    [InlineData("a: !json {b: 1}", "{a: {b: 1}}")]
    [InlineData("", "?")]
    [InlineData("# nothing", "?")]
    public void Sound_text_gives_its_values_and_no_findings(string text, string tree)
    {
        var parsed = TreeText.Parse(text, SyntaxLanguage.Yaml);
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(tree, TreeText.Describe(parsed.Root));
        TreeText.CheckShape(parsed);
    }

    [Fact]
    public void Several_documents_are_several_roots()
    {
        var tree = TreeText.Parse("a: 1\n---\nb: 2\n---\n- c\n", SyntaxLanguage.Yaml);
        Assert.Equal(["{a: 1}", "{b: 2}", "['c']"], tree.Documents.Select(d => TreeText.Describe(d.Root)));
        TreeText.CheckShape(tree);
    }

    [Theory]
    [InlineData("a: 1\n[|descrip|]\nb: 2\n", "PW1002", "{a: 1, descrip: ?, b: 2}")]
    [InlineData("a: 1\n[|b|] 2\nc: 3\n", "PW1002", "{a: 1, b: 2, c: 3}")]
    [InlineData("a: 1\n[|b|]:2\nc: 3\n", "PW1002", "{a: 1, b: 2, c: 3}")]
    [InlineData("a: [|\"x|]\nb: 2\n", "PW1005", "{a: 'x', b: 2}")]
    [InlineData("a: [|'x|]\nb: 2\n", "PW1005", "{a: 'x', b: 2}")]
    [InlineData("a: [|[|]x, y\nb: 2\n", "PW1001", "{a: ['x', 'y'], b: 2}")]
    [InlineData("a: [|{|] x: 1\nb: 2\n", "PW1001", "{a: {x: 1}, b: 2}")]
    [InlineData("a: [|@pipeline().x|]\nb: 2\n", "PW1008", "{a: '@pipeline().x', b: 2}")]
    [InlineData("a: [[|@concat('x', 'y')|], z]\nb: 2\n", "PW1008", "{a: ['@concat('x', 'y')', 'z'], b: 2}")]
    [InlineData("a:\n[|\t|]b: 1\nc: 2\n", "PW1009", "{a: {b: 1}, c: 2}")]
    [InlineData("a: 1\n  [|b:|] 2\nc: 3\n", "PW1010", "{a: 1, b: 2, c: 3}")]
    [InlineData("a:\n    [|b:|] 1\n  c: 2\nd: 3\n", "PW1010", "{a: {b: 1, c: 2}, d: 3}")]
    [InlineData("a:\n  b: 1\n [|c:|] 2\n  d: 3\ne: 4\n", "PW1010", "{a: {b: 1, c: 2, d: 3}, e: 4}")]
    [InlineData("a:\n    b: 1\n    c: 2\n[|\t|]d: 3\n    e: 4\n", "PW1009", "{a: {b: 1, c: 2, d: 3, e: 4}}")]
    [InlineData("a: one two[|\"|]\nb: 2\n", "PW1021", "{a: 'one two\"', b: 2}")]
    [InlineData("a: [|one: two|]\nb: 2\n", "PW1019", "{a: 'one: two', b: 2}")]
    [InlineData("a: [|`x`|]\nb: 2\n", "PW1019", "{a: '`x`', b: 2}")]
    [InlineData("a: [|*nobody|]\n", "PW1013", "{a: *?}")]
    [InlineData("a: &x [1, [|*x|]]\n", "PW1014", "{a: [1, *?]}")]
    [InlineData("p:\n  day: string\n  [|-|] name: A\n    type: B\n", "PW1016", "{p: {day: 'string', ~[{name: 'A', type: 'B'}]}}")]
    [InlineData("[|<<<<<<< HEAD|]\na: 1\n[|=======|]\nb: 1\n[|>>>>>>> other|]\nc: 2\n", "PW1007 PW1007 PW1007", "{a: 1, b: 1, c: 2}")]
    [InlineData("l:\n  - name: A\n    run: [|@x|]\n  - name: B\n    run: y\n", "PW1008", "{l: [{name: 'A', run: '@x'}, {name: 'B', run: 'y'}]}")]
    [InlineData("l:\n  - na\n  - name: B\n    [|ty|]\n", "PW1002", "{l: ['na', {name: 'B', ty: ?}]}")]
    public void A_mistake_is_named_once_and_the_rest_is_kept(string marked, string codes, string tree)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var parsed = TreeText.Parse(text, SyntaxLanguage.Yaml);
        TreeText.CheckShape(parsed);
        Assert.Equal(tree, TreeText.Describe(parsed.Root));
        Assert.Equal(codes.Split(' ').Zip(spans), parsed.Diagnostics.Select(d => (d.Code, d.Span)));
    }

    [Theory]
    [InlineData("a: [|@pipeline().x|]", "a: \"@pipeline().x\"")]
    [InlineData("a: [|x: \"y\"|]", "a: \"x: \\\"y\\\"\"")]
    [InlineData("[|abc|]\nb: 1", "abc:\nb: 1")]
    [InlineData("a: [|\"x|]\nb: 1", "a: \"x\"\nb: 1")]
    [InlineData("a:\n[|\t|]b: 1", "a:\n  b: 1")]
    public void The_fix_gives_sound_text(string marked, string expected)
    {
        var (text, _) = TestText.WithSpans(marked);
        var tree = TreeText.Parse(text, SyntaxLanguage.Yaml);
        var after = tree.Text.WithChanges(Assert.Single(Assert.Single(tree.Diagnostics).Fixes).Changes);
        Assert.Equal(expected, after.Content);
        Assert.Empty(SyntaxTree.Parse(after, SyntaxLanguage.Yaml).Diagnostics);
    }

    [Theory]
    [InlineData("k: plain text", "plain text", "plain text")]
    [InlineData("k: 'it''s'", "it's", "it''s")]
    [InlineData("k: \"a\\tb\\u0041c\"", "a\tbAc", "a\\tb\\u0041c")]
    [InlineData("k: |\n  one\n  two\n", "one\ntwo\n", "one\n  two")]
    [InlineData("k: >\n  one\n  two\n\n  three\n", "one two\nthree\n", "one\n  two\n\n  three")]
    [InlineData("k: \"one\n  two\"", "one two", "one\n  two")]
    [InlineData("k: one\n  two\n", "one two", "one\n  two")]
    [InlineData("k: |2\n    deep\n  flat\n", "  deep\nflat\n", "  deep\n  flat")]
    [InlineData("k: |\r\n  one\r\n  two\r\n", "one\ntwo\n", "one\r\n  two")]
    public void Every_character_of_a_scalar_is_found_where_it_is_written(string text, string value, string written)
    {
        var tree = TreeText.Parse(text, SyntaxLanguage.Yaml);
        var scalar = (ScalarSyntax)((MappingSyntax)tree.Root!).Entries[0].Value!;
        Assert.Equal(value, scalar.Value);
        var offsets = Enumerable.Range(0, value.Length).Select(scalar.ToSourceOffset).ToList();
        Assert.Equal(offsets.Order(), offsets);
        Assert.Equal(text.IndexOf(written, StringComparison.Ordinal), offsets[0]);
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsWhiteSpace(value[i]) && text[offsets[i]] != '\\')
            {
                Assert.Equal(value[i], text[offsets[i]]);
            }
        }
    }

    [Fact]
    public void Billions_of_nodes_through_aliases_are_refused()
    {
        var text = "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n" + string.Concat(Enumerable.Range(1, 12).Select(
            i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1} ", 10))}]\n"));
        Assert.Contains(TreeText.Parse(text, SyntaxLanguage.Yaml).Diagnostics, d => d.Code == "PW1014");
    }

    [Fact]
    public void Deep_nesting_is_not_a_crash()
    {
        TreeText.Parse(new string('[', 20_000), SyntaxLanguage.Yaml);
        TreeText.Parse(string.Concat(Enumerable.Repeat("- ", 5_000)), SyntaxLanguage.Yaml);
        TreeText.Parse(string.Concat(Enumerable.Range(0, 400).Select(i => new string(' ', i) + "a:\n")), SyntaxLanguage.Yaml);
    }
}
