using System.Text;
using FsCheck.Xunit;
using Pipewright.Core.Expressions;
using Xunit;

namespace Pipewright.Core.Tests.Expressions;

/// <summary>Operators and quotes of other languages become calls.</summary>
public sealed class ForeignExpressionTests
{
    [Theory]
    [InlineData("item().a == 'x'", "equals(item().a, 'x')")]
    [InlineData("item().a=='x'", "equals(item().a, 'x')")]
    [InlineData("item().a != null && item().b > 1", "and(not(equals(item().a, null)), greater(item().b, 1))")]
    [InlineData("1 + 2 * 3 - 4", "sub(add(1, mul(2, 3)), 4)")]
    [InlineData("(1 + 2) * 3", "mul(add(1, 2), 3)")]
    [InlineData("'a' + item() + 'b'", "concat('a', item(), 'b')")]
    [InlineData("item().x + '/' + utcNow()", "concat(item().x, '/', utcNow())")]
    [InlineData("\"it's\"", "'it''s'")]
    [InlineData("concat(\"a\", 'b')", "concat('a', 'b')")]
    [InlineData("!empty(item())", "not(empty(item()))")]
    [InlineData("-item()", "mul(item(), -1)")]
    [InlineData("length(item()) >= 1 || false", "or(greaterOrEquals(length(item()), 1), false)")]
    [InlineData("item()?.a ?? 'none'", "coalesce(item()?.a, 'none')")]
    [InlineData("if(1 < 2, 'a', 'b')", "if(less(1, 2), 'a', 'b')")]
    [InlineData("equals(1, 1) and equals(2, 2)", "and(equals(1, 1), equals(2, 2))")]
    [InlineData("item()[0 + 1]", "item()[add(0, 1)]")]
    [InlineData("10 % 3 <> 1", "not(equals(mod(10, 3), 1))")]
    public void Another_language_is_understood(string text, string expected)
    {
        Assert.Equal(expected, ForeignExpression.TryRewrite(text));
        var scope = new ExpressionScope(ExpressionPlace.Other) { Item = new Lazy<ExpressionType>(ExpressionType.Any) };
        var findings = ExpressionChecker.Check(Template.Parse("@" + text), scope, ExpectedType.Anything).Findings;
        Assert.Contains(findings.SelectMany(f => f.Diagnostic.Fixes), f => f.Changes[0].NewText == expected);
    }

    [Fact]
    public void In_a_longer_text_only_the_expression_is_changed()
    {
        var change = Template.Parse("x @{item() == 1} y").Diagnostics[0].Fixes[0].Changes[0];
        Assert.Equal((4, 11, "equals(item(), 1)"), (change.Span.Start, change.Span.Length, change.NewText));
    }

    [Theory]
    [InlineData("item()")]
    [InlineData("concat('a', 'b')")]
    [InlineData("item() item()")]
    [InlineData("1 +")]
    [InlineData("(1 + 2")]
    [InlineData("\"a")]
    [InlineData("")]
    [InlineData("a b == c")]
    public void What_makes_no_sense_stays(string text) => Assert.Null(ForeignExpression.TryRewrite(text));

    [Theory]
    [InlineData("(")]
    [InlineData("!")]
    [InlineData("1+")]
    [InlineData("a[")]
    [InlineData("f(")]
    public void A_long_text_takes_no_long_time(string piece) => Assert.Null(ForeignExpression.TryRewrite(new StringBuilder().Insert(0, piece, 1_000_000).ToString()));

    [Property(MaxTest = 1000)]
    public void What_is_rewritten_can_be_read(int seed)
    {
        string[] pieces = ["item()", "1", "'a'", "\"b\"", " == ", " + ", "(", ")", "!", " && ", "concat(", ", ", ".x", "[0]", " ", "-"];
        var random = new Random(seed);
        var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
        if (ForeignExpression.TryRewrite(text) is { } rewritten)
        {
            Assert.Empty(Template.Parse("@" + rewritten).Diagnostics);
        }
    }
}
