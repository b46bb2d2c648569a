using System.Text;
using FsCheck.Xunit;
using Pipewright.Core.Expressions;
using Xunit;

namespace Pipewright.Core.Tests.Expressions;

/// <summary>How string values are read: which parts are expressions, and what their trees are.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("plain", "text(plain)")]
    [InlineData("", "text()")]
    [InlineData("me@example.com", "text(me@example.com)")]
    [InlineData("@@x", "text(@x)")]
    [InlineData("@@x @{item()}", "text(@x @{item()})")]
    [InlineData(" @item()", "text( @item())")]
    [InlineData("@item()", "item()")]
    [InlineData("@ item ( ) \r\n", "item()")]
    [InlineData("@{item()}", "item()")]
    [InlineData("a @{item()} b @{pipeline().RunId}c", "text(a ) item() text( b ) pipeline().RunId text(c)")]
    [InlineData("a@@{item()}", "text(a@{item()})")]
    [InlineData("a@@{item()}@{item()}", "text(a@{item()}) item()")]
    [InlineData("@{concat('}', '@{x}')}!", "concat('}', '@{x}') text(!)")]
    [InlineData("@concat('it''s', \"\")", "concat('it's', ?\"\")")]
    [InlineData("@TRUE", "true")]
    [InlineData("@Null", "null")]
    [InlineData("@null()", "null()")]
    [InlineData("@-12", "-12")]
    [InlineData("@+1.50e3", "1500.0")]
    [InlineData("@1e2", "100.0")]
    [InlineData("@9223372036854775807", "9223372036854775807")]
    [InlineData("@92233720368547758080", "92233720368547800000.0")]
    [InlineData("@activity('A b')?.output?['x.y'][0].a-b", "activity('A b')?.output?['x.y'][0].a-b")]
    [InlineData("@item().2024.1", "item().2024.1")]
    [InlineData("@if(equals(1, 2),\n  'a', null)", "if(equals(1, 2), 'a', null)")]
    public void A_text_has_these_parts(string text, string parts) => Assert.Equal(parts, Describe(Template.Parse(text)));

    [Theory]
    [InlineData("@", "PW3002 []")]
    [InlineData("@{}", "PW3002 []")]
    [InlineData("@{ }x", "PW3002 []")]
    [InlineData("@concat(", "PW3003 [(]")]
    [InlineData("@concat('a'", "PW3003 [(]")]
    [InlineData("@concat('a', )", "PW3001 [)]")]
    [InlineData("@concat(,'a')", "PW3001 [,]")]
    [InlineData("@concat('a' 'b')", "PW3001 [']")]
    [InlineData("@concat('a'))", "PW3001 [)]")]
    [InlineData("@concat('a", "PW3003 ['a]")]
    [InlineData("@{concat('a'", "PW3003 [(]")]
    [InlineData("@{item()", "PW3003 [@{]")]
    [InlineData("@item()?", "PW3001 [?]")]
    [InlineData("@item().", "PW3001 [.]")]
    [InlineData("@item().a.(", "PW3001 [.]")]
    [InlineData("@item()[", "PW3001 []")]
    [InlineData("@item()[0", "PW3003 [[]")]
    [InlineData("@item()[]", "PW3001 []]")]
    [InlineData("@abc", "PW3005 [abc]")]
    [InlineData("@concat(abc, 'd')", "PW3005 [abc]")]
    [InlineData("@'a'.length", "PW3001 [.]")]
    [InlineData("@concat(@item())", "PW3007 [@]")]
    [InlineData("@concat('a', @{item()})", "PW3007 [@]")]
    [InlineData("@pipeline().parameters.a/b c", "PW3006 [c]")]
    [InlineData("@item() and more", "PW3006 [and more]")]
    [InlineData("@{item() x} y", "PW3006 [x]")]
    [InlineData("@{item(} y", "PW3003 [(]")]
    [InlineData("@concat('a, 'b')", "PW3003 [')]")]
    [InlineData("@(1)", "PW3004 [(]")]
    [InlineData("@item() == 1", "PW3004 [== 1]")]
    [InlineData("x @{item() == 1} y @{", "PW3004 [== 1] PW3002 []")]
    public void A_mistake_is_found_where_it_is(string text, string mistakes)
    {
        var template = Template.Parse(text);
        Assert.Equal(mistakes, string.Join(" ", template.Diagnostics.Select(d => $"{d.Code} [{text.Substring(d.Span.Start, d.Span.Length)}]")));
        Assert.All(template.Diagnostics, d => Assert.InRange(d.Span.Start, 0, text.Length));
        AssertLossless(template);
    }

    [Theory]
    [InlineData("@concat('a', 'b'", "@concat('a', 'b')")]
    [InlineData("@concat('a', item( )", "@concat('a', item( ))")]
    [InlineData("@concat('a", "@concat('a'")]
    [InlineData("@item()[0", "@item()[0]")]
    [InlineData("x @{item() ", "x @{item()} ")]
    [InlineData("@concat('a'))", "@concat('a')")]
    [InlineData("@concat(@item())", "@concat(item())")]
    [InlineData("@concat(abc)", "@concat('abc')")]
    [InlineData("@concat(\"abc\")", "@concat('abc')")]
    [InlineData("@item() / b", "@{item()} / b")]
    public void A_mistake_is_mended(string text, string mended)
    {
        var fix = Assert.Single(Template.Parse(text).Diagnostics).Fixes[0];
        var result = fix.Changes.OrderByDescending(c => c.Span.Start).Aggregate(text, (t, c) => t.Remove(c.Span.Start, c.Span.Length).Insert(c.Span.Start, c.NewText));
        Assert.Equal(mended, result);
    }

    [Fact]
    public void What_the_service_takes_in_length_is_taken()
    {
        Assert.Empty(Template.Parse("@concat('" + new string('x', Template.MaximumLength - 11) + "')").Diagnostics);
        Assert.Equal("PW3008", Assert.Single(Template.Parse("@concat('" + new string('x', Template.MaximumLength - 10) + "')").Diagnostics).Code);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not(")]
    [InlineData("item()[")]
    [InlineData("@{")]
    [InlineData("@{}")]
    [InlineData("''")]
    [InlineData("item().")]
    [InlineData("]})")]
    public void Any_amount_of_anything_is_read(string piece)
    {
        var text = (piece.StartsWith('@') ? "x" : "@") + new StringBuilder().Insert(0, piece, 1_000_000 / piece.Length);
        var template = Template.Parse(text);
        Assert.NotEmpty(template.Diagnostics);
        AssertLossless(template);
    }

    [Fact]
    public void Deep_nesting_within_the_limit_of_length_is_read()
    {
        var template = Template.Parse("@" + new StringBuilder().Insert(0, "or(", 2000) + "true" + new string(')', 2000));
        Assert.Empty(template.Diagnostics);
    }

    [Property(MaxTest = 2000)]
    public void Any_text_gives_a_tree_that_holds_all_of_it(string? text, int seed)
    {
        AssertLossless(Template.Parse("@" + text));
        AssertLossless(Template.Parse(RandomText(seed)));
    }

    private static string RandomText(int seed)
    {
        string[] pieces = ["@", "@{", "}", "'", "''", "(", ")", "[", "]", ",", ".", "?", "concat", "item", "1", "-2.5", " ", "\n", "x", "@@{", "null", "\"", "=="];
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private static void AssertLossless(Template template)
    {
        Assert.Equal(template.Text, string.Concat(template.Tokens.Select(t => template.TextOf(t.Span))));
        Assert.Equal(template.Text, string.Concat(template.Parts.Select(p => template.TextOf(p.Span))));
        foreach (var part in template.Parts.OfType<ExpressionPart>())
        {
            AssertNested(part.Expression, new(part.Span.Start, part.Span.Length));
        }
    }

    private static void AssertNested(ExpressionNode root, Text.TextSpan span)
    {
        var pending = new Stack<(ExpressionNode Node, Text.TextSpan Outer)>([(root, span)]);
        while (pending.TryPop(out var next))
        {
            Assert.True(next.Outer.Contains(next.Node.Span), $"{next.Node.Span} is outside of {next.Outer}");
            foreach (var child in next.Node.Children)
            {
                Assert.Same(next.Node, child.Parent);
                pending.Push((child, next.Node.Span));
            }
        }
    }

    private static string Describe(Template template) => string.Join(" ", template.Parts.Select(p => p switch
    {
        TextPart text => $"text({text.Value})",
        ExpressionPart expression => Describe(expression.Expression),
        _ => "",
    }));

    private static string Describe(ExpressionNode node) => node switch
    {
        LiteralNode { Value: StringValue text } => $"'{text.Value}'",
        LiteralNode { Value: IntegerValue number } => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        LiteralNode { Value: FloatValue number } => number.Value.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture),
        LiteralNode { Value: BooleanValue boolean } => boolean.Value ? "true" : "false",
        LiteralNode => "null",
        CallNode { Open: null } name => "?" + name.Name,
        CallNode call => $"{call.Name}({string.Join(", ", call.Arguments.Select(Describe))})",
        MemberNode member => $"{Describe(member.Target)}{(member.Question is null ? "" : "?")}.{member.Name}",
        IndexNode index => $"{Describe(index.Target)}{(index.Question is null ? "" : "?")}[{Describe(index.Index)}]",
        _ => "<error>",
    };
}
