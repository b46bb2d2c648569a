using System.Collections.Immutable;
using System.Globalization;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>Functions of the documentation's chapter on conversion that make one kind of value of another.</summary>
internal static class ConversionFunctions
{
    public static ImmutableDictionary<string, FunctionBody> All { get; } = new Dictionary<string, FunctionBody>
    {
        ["array"] = call => new ArrayValue([call[0]]),
        ["createArray"] = call => new ArrayValue(call.Arguments),
        ["bool"] = ToBoolean,
        ["float"] = ToFloat,
        ["decimal"] = ToFloat,
        ["int"] = ToInteger,
        ["string"] = call => new StringValue(call[0].ToText()),
        ["isInt"] = call => new BooleanValue(long.TryParse(call.String(0), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)),
        ["isFloat"] = call => new BooleanValue(TryReadFloat(call.String(0), call.Locale(1), out _)),
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static BooleanValue ToBoolean(FunctionCall call) => call[0] switch
    {
        BooleanValue boolean => boolean,
        IntegerValue number => new BooleanValue(number.Value != 0),
        FloatValue number => new BooleanValue(number.Value != 0),
        StringValue { Value: var text } when bool.TryParse(text, out var value) => new BooleanValue(value),
        _ => throw CannotConvert(call),
    };

    private static FloatValue ToFloat(FunctionCall call)
    {
        var locale = call.Locale(1);
        return call[0] switch
        {
            FloatValue number => number,
            IntegerValue number => new FloatValue(number.Value),
            StringValue { Value: var text } when TryReadFloat(text, locale, out var number) => new FloatValue(number),
            _ => throw CannotConvert(call),
        };
    }

    /// <summary>Groups of digits may be parted, in English by commas.</summary>
    private static bool TryReadFloat(string text, NumberFormatInfo locale, out double number) =>
        double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, locale, out number) && double.IsFinite(number);

    private static IntegerValue ToInteger(FunctionCall call) => call[0] switch
    {
        IntegerValue number => number,
        BooleanValue boolean => new IntegerValue(boolean.Value ? 1 : 0),
        FloatValue { Value: var number } when Math.Floor(number) == number && Math.Abs(number) < 9.2233720368547758E18 => new IntegerValue((long)number),
        StringValue { Value: var text } when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => new IntegerValue(number),
        _ => throw CannotConvert(call),
    };

    private static FunctionException CannotConvert(FunctionCall call) => new(
        EvaluationErrorCode.ArgumentValue,
        $"The template language function '{call.Function}' was invoked with a parameter that is not valid. The value cannot be converted to the target type: it is of type '{call[0].KindName}'{Show(call[0])}.",
        0);

    private static string Show(ExpressionValue value) => value is StringValue { Value: { Length: <= 40 } text } ? $" and reads '{text}'" : "";
}
