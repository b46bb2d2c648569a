using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Features.Expressions;

/// <summary>The signature of the call that a cursor is in, with the parameter that is being typed in brackets.</summary>
public sealed class ExpressionSignatureTests
{
    [Theory]
    [InlineData("\"@substring(|\"", "substring([text: string], startIndex: int, length?: int): string")]
    [InlineData("\"@substring('a', |)\"", "substring(text: string, [startIndex: int], length?: int): string")]
    [InlineData("\"@substring('a, b', 1|, 2)\"", "substring(text: string, [startIndex: int], length?: int): string")]
    [InlineData("\"@substring('a', 1, 2, |\"", "substring(text: string, startIndex: int, length?: int): string")]
    [InlineData("\"@concat('a', 'b', 'c', |\"", "concat(text: any, [more...: any]): string")]
    [InlineData("\"@concat(toUpper(|), 'b')\"", "toUpper([text: string]): string")]
    [InlineData("\"@concat(toUpper('x'), |\"", "concat(text: any, [more...: any]): string")]
    [InlineData("\"@concat(item()[length(|\"", "length([collection: string or array]): int")]
    [InlineData("'x @{formatDateTime(utcNow(), |)} y'", "formatDateTime(timestamp: string, [format?: string], locale?: string): string")]
    [InlineData("\"@utcNow()|\"", null)]
    [InlineData("\"@concat('a')|\"", null)]
    [InlineData("\"@nothing(|\"", null)]
    [InlineData("'concat(|'", null)]
    [InlineData("'@{concat(1)} (|'", null)]
    public void A_call_shows_its_signature(string value, string? expected)
    {
        var (text, offset) = TestText.WithCursor(ExpressionPipeline.Spec(value));
        var document = ExpressionPipeline.Factory(text).Documents[ExpressionPipeline.SpecPath];
        Assert.Equal(expected, Show(LanguageFeatures.GetSignature(document, offset, CancellationToken.None)));
    }

    private static string? Show(SignatureResult? signature) => signature switch
    {
        null => null,
        { ActiveParameter: { } active } when signature.Parameters[active].LabelSpan is var span =>
            signature.Label.Insert(span.End, "]").Insert(span.Start, "["),
        _ => signature.Label,
    };
}
