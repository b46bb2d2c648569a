using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Features.Expressions;

/// <summary>What a hover says inside of an expression, and about which characters.</summary>
public sealed class ExpressionHoverTests
{
    [Theory]
    [InlineData("\"@con|cat('a', 1)\"", "concat", "concat(text: any, more...: any): string", "Value: `\"a1\"`")]
    [InlineData("\"@utc|Now()\"", "utcNow", "utcNow(format?: string): string", "UTC")]
    [InlineData("\"@pipe|line().RunId\"", "pipeline", "pipeline(): object")]
    [InlineData("\"@pipeline().Run|Id\"", "RunId", "**RunId** `string`")]
    [InlineData("\"@pipeline().parameters.d|ay\"", "day", "**day** `string`", "2024-01-31")]
    [InlineData("\"@pipeline().parameters['d|ay']\"", "'day'", "**day** `string`")]
    [InlineData("\"@activity('Lo|ok').output\"", "'Look'", "**Look** · Lookup", "source `AzureSqlSource`", "firstRow")]
    [InlineData("\"@activity('La|ter').output\"", "'Later'", "**Later** · DatabricksNotebook · not upstream", "Cleans the orders.", "notebookPath `/Shared/clean`")]
    [InlineData("\"@activity('Look').out|put.firstRow\"", "output", "**output** `object`")]
    [InlineData("\"@activity('Look').output.first|Row\"", "firstRow", "**firstRow** `object`", "may be missing")]
    [InlineData("\"@variables('St|ate')\"", "'State'", "**State** `string`", "Starts as `open`")]
    [InlineData("'@variables(''St|ate'')'", "''State''", "**State** `string`")]
    [InlineData("x @{variables('State|')} y", "'State'", "**State** `string`")]
    [InlineData(">-\n        @concat(\n        pipeline().Run|Id)", "RunId", "**RunId** `string`")]
    public void A_hover_tells(string value, string about, params string[] parts)
    {
        var (text, hover) = Hover(value);
        Assert.NotNull(hover);
        Assert.Equal(about, text.Substring(hover.Span.Start, hover.Span.Length));
        Assert.All(parts, p => Assert.Contains(p, hover.Markdown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"@conc|at(pipeline().RunId)\"", "Value:")]
    [InlineData("\"@gu|id()\"", "Value:")]
    [InlineData("\"@activity('Lo|ok').output\"", "not upstream")]
    public void What_does_not_hold_is_not_said(string value, string absent) => Assert.DoesNotContain(absent, Hover(value).Hover!.Markdown, StringComparison.Ordinal);

    [Theory]
    [InlineData("'plain |text'")]
    [InlineData("\"@unknown|Function()\"")]
    public void Elsewhere_the_property_is_told(string value) => Assert.Contains("**value**", Hover(value).Hover!.Markdown, StringComparison.Ordinal);

    private static (string Text, HoverResult? Hover) Hover(string value)
    {
        var (text, offset) = TestText.WithCursor(ExpressionPipeline.Spec(value));
        var factory = ExpressionPipeline.Factory(text);
        return (text, LanguageFeatures.GetHover(factory, factory.Documents[ExpressionPipeline.SpecPath], offset, CancellationToken.None));
    }
}
