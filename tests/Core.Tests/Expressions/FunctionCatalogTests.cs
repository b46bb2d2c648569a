using Pipewright.Core.Expressions;
using Pipewright.Generator;
using Xunit;

namespace Pipewright.Core.Tests.Expressions;

/// <summary>The catalogue of functions against what is documented for Data Factory.</summary>
public sealed class FunctionCatalogTests
{
    /// <summary>Each documented function with the least and the most arguments that it takes.</summary>
    private const string Documented = """
        concat:1-* endsWith:2-2 guid:0-1 indexOf:2-2 lastIndexOf:2-2 replace:3-3 split:2-2 startsWith:2-2 substring:2-3 toLower:1-1
        toUpper:1-1 trim:1-1 contains:2-2 empty:1-1 first:1-1 intersection:2-* join:2-2 last:1-1 length:1-1 skip:2-2 take:2-2 union:2-*
        and:1-* equals:2-2 greater:2-2 greaterOrEquals:2-2 if:3-3 less:2-2 lessOrEquals:2-2 not:1-1 or:1-* array:1-1 base64:1-1
        base64ToBinary:1-1 base64ToString:1-1 decodeBase64:1-1 binary:1-1 bool:1-1 coalesce:1-* createArray:1-* dataUri:1-1
        dataUriToBinary:1-1 dataUriToString:1-1 decodeDataUri:1-1 decodeUriComponent:1-1 encodeUriComponent:1-1 float:1-2 int:1-1 json:1-1
        string:1-1 uriComponent:1-1 uriComponentToBinary:1-1 uriComponentToString:1-1 xml:1-1 xpath:2-2 add:2-2 sub:2-2 mul:2-2 div:2-2
        mod:2-2 max:1-* min:1-* rand:2-2 range:2-2 addDays:2-3 addHours:2-3 addMinutes:2-3 addSeconds:2-3 addToTime:3-4
        subtractFromTime:3-4 getFutureTime:2-3 getPastTime:2-3 convertFromUtc:2-3 convertToUtc:2-3 convertTimeZone:3-4 dayOfMonth:1-1
        dayOfWeek:1-1 dayOfYear:1-1 formatDateTime:1-3 startOfDay:1-2 startOfHour:1-2 startOfMonth:1-2 ticks:1-1 utcNow:0-1
        """;

    [Fact]
    public void Every_documented_function_is_there_with_its_arity()
    {
        var actual = FunctionCatalog.All.Where(f => f.IsDocumented && f.Category != FunctionCatalog.ContextCategory)
            .Select(f => $"{f.Name}:{f.MinimumArguments}-{f.MaximumArguments?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "*"}");
        Assert.Equal(Documented.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_are_found_without_regard_to_case() => Assert.Equal("utcNow", FunctionCatalog.Find("UTCNOW")?.Name);

    [Fact]
    public void Every_function_says_what_it_does() => Assert.DoesNotContain(FunctionCatalog.All, f => string.IsNullOrWhiteSpace(f.Description));

    [Fact]
    public void An_example_is_a_call_of_its_function()
    {
        foreach (var function in FunctionCatalog.All.Where(f => f.Example is not null))
        {
            var template = Template.Parse("@" + function.Example!.Split(" => ")[0]);
            Assert.Empty(template.Diagnostics);
            Assert.True(((CallNode)((ExpressionPart)template.Parts[0]).Expression).Calls(function.Name), function.Example);
        }
    }

    [Theory]
    [InlineData("iif", true, "if({0}, {1}, {2})")]
    [InlineData("PARAMETERS", false, "pipeline().parameters.{text0}")]
    [InlineData("listCallbackUrl", false, null)]
    public void Functions_of_other_languages_are_known(string name, bool isDataFlow, string? replacement)
    {
        var foreign = FunctionCatalog.FindForeign(name);
        Assert.Equal((isDataFlow, replacement), (foreign!.IsDataFlow, foreign.Replacement));
        Assert.Null(FunctionCatalog.Find(name));
    }

    [Theory]
    [InlineData("concat", "concat(text: any, more...: any): string")]
    [InlineData("substring", "substring(text: string, startIndex: int, length?: int): string")]
    [InlineData("max", "max(number: number or array, more...: number): number")]
    [InlineData("pipeline", "pipeline(): object")]
    public void A_signature_can_be_shown(string name, string shown) => Assert.Equal(shown, FunctionCatalog.Find(name)!.ToString());

    [Theory]
    [InlineData("concat(text any): string")]
    [InlineData("concat(text: word): string")]
    [InlineData("concat(text: any): word")]
    public void A_row_that_cannot_be_read_stops_the_build(string signature) =>
        Assert.Throws<FormatException>(() => FunctionTable.Write($"{{ documented: {{ string: [{{ call: '{signature}', does: x }}] }}, undocumented: [] }}"));
}
