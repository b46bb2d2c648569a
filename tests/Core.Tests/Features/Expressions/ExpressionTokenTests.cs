using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Features.Expressions;

/// <summary>Which characters of an expression are coloured as what.</summary>
public sealed class ExpressionTokenTests
{
    [Theory]
    [InlineData("plain", "")]
    [InlineData("\"@concat('a', 1, true, pipeline().RunId)\"", "Operator:@ Function:concat String:'a' Number:1 Keyword:true Function:pipeline Property:RunId")]
    [InlineData("\"@pipeline().parameters.day\"", "Operator:@ Function:pipeline Property:parameters Parameter:day")]
    [InlineData("x @{variables('State')} y", "Operator:@{ Function:variables Variable:'State' Operator:}")]
    [InlineData("'@activity(''Look'').output?.firstRow'", "Operator:@ Function:activity Variable:''Look'' Property:output Operator:? Property:firstRow")]
    [InlineData(">-\n        @concat(\n        'a\n        b')", "Operator:@ Function:concat String:'a String:b'")]
    [InlineData("\"@concat('\\\"\\u00e9')\"", "Operator:@ Function:concat String:'\\\"\\u00e9'")]
    [InlineData("\"@concat('a\"", "Operator:@ Function:concat String:'a")]
    public void Tokens_are_these(string value, string expected)
    {
        var text = ExpressionPipeline.Spec(value);
        var factory = ExpressionPipeline.Factory(text);
        var within = new Text.TextSpan(text.IndexOf(value, StringComparison.Ordinal), value.Length);
        var tokens = LanguageFeatures.GetTokens(factory, factory.Documents[ExpressionPipeline.SpecPath], within, CancellationToken.None);
        Assert.Equal(expected, string.Join(' ', tokens.Select(t => $"{t.Kind}:{text.Substring(t.Span.Start, t.Span.Length)}")));
    }

    [Fact]
    public void Only_what_is_asked_for_comes()
    {
        var text = ExpressionPipeline.Spec("\"@concat('a')\"");
        var factory = ExpressionPipeline.Factory(text);
        var document = factory.Documents[ExpressionPipeline.SpecPath];
        Assert.Empty(LanguageFeatures.GetTokens(factory, document, new Text.TextSpan(0, 5), CancellationToken.None));
        Assert.NotEmpty(LanguageFeatures.GetTokens(factory, document, new Text.TextSpan(text.Length - 20, 20), CancellationToken.None));
    }

    [Fact]
    public void A_place_that_takes_no_expression_has_no_tokens()
    {
        var factory = ExpressionPipeline.Factory("description: '@concat(1)'\nactivities: []\n");
        Assert.Empty(LanguageFeatures.GetTokens(factory, factory.Documents[ExpressionPipeline.SpecPath], null, CancellationToken.None));
    }
}
