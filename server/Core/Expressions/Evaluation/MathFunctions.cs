using System.Collections.Immutable;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>Functions of the documentation's chapter on numbers: whole ones of 64 bits, others of double precision.</summary>
internal static class MathFunctions
{
    /// <summary>The longest array that a range may be.</summary>
    private const long LongestRange = 100_000;

    public static ImmutableDictionary<string, FunctionBody> All { get; } = new Dictionary<string, FunctionBody>
    {
        ["add"] = call => Calculate(call, (a, b) => checked(a + b), (a, b) => a + b),
        ["sub"] = call => Calculate(call, (a, b) => checked(a - b), (a, b) => a - b),
        ["mul"] = call => Calculate(call, (a, b) => checked(a * b), (a, b) => a * b),
        ["div"] = call => Divide(call, (a, b) => a / b, (a, b) => a / b),
        ["mod"] = call => Divide(call, (a, b) => b == -1 ? 0 : a % b, (a, b) => a % b),
        ["max"] = call => FindExtreme(call, comparison => comparison > 0),
        ["min"] = call => FindExtreme(call, comparison => comparison < 0),
        ["rand"] = TakeRandom,
        ["range"] = MakeRange,
        ["formatNumber"] = Format,
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static ExpressionValue Calculate(FunctionCall call, Func<long, long, long> whole, Func<double, double, double> real)
    {
        try
        {
            return call[0] is IntegerValue left && call[1] is IntegerValue right
                ? new IntegerValue(whole(left.Value, right.Value))
                : MakeFloat(call, real(call.Number(0), call.Number(1)));
        }
        catch (OverflowException)
        {
            throw OutOfRange(call);
        }
    }

    private static FloatValue MakeFloat(FunctionCall call, double number) => double.IsFinite(number) ? new FloatValue(number) : throw OutOfRange(call);

    private static FunctionException OutOfRange(FunctionCall call) =>
        new(EvaluationErrorCode.Overflow, $"The result of the template language function '{call.Function}' is out of the range of its type.");

    private static ExpressionValue Divide(FunctionCall call, Func<long, long, long> whole, Func<double, double, double> real) =>
        (call.Number(0), call.Number(1)) is (_, 0)
            ? throw new FunctionException(EvaluationErrorCode.DivideByZero, $"Attempt to divide an integral or decimal value by zero in function '{call.Function}'.", 1)
            : Calculate(call, whole, real);

    private static ExpressionValue FindExtreme(FunctionCall call, Func<int, bool> isBetter)
    {
        var isArray = call[0] is ArrayValue && call.Count == 1;
        var numbers = isArray ? call.Array(0) : call.Arguments;
        if (numbers.IsEmpty)
        {
            throw call.WrongValue(0, "the array is empty");
        }

        var best = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] is not (IntegerValue or FloatValue))
            {
                throw isArray ? call.WrongValue(0, $"the array has an element of type '{numbers[i].KindName}'") : call.WrongType(i, "an integer or a decimal number");
            }

            best = isBetter(Compare(numbers[i], numbers[best])) ? i : best;
        }

        return numbers[best];
    }

    /// <summary>Of two numbers.</summary>
    public static int Compare(ExpressionValue left, ExpressionValue right) =>
        left is IntegerValue whole && right is IntegerValue other ? whole.Value.CompareTo(other.Value) : ToDouble(left).CompareTo(ToDouble(right));

    private static double ToDouble(ExpressionValue number) => number is IntegerValue whole ? whole.Value : ((FloatValue)number).Value;

    private static IntegerValue TakeRandom(FunctionCall call)
    {
        var (minimum, maximum) = (call.Integer(0), call.Integer(1));
        if (minimum >= maximum)
        {
            throw call.WrongValue(0, $"the minimum '{minimum}' must be less than the maximum '{maximum}'");
        }

        var random = call.Context.NextRandom ?? throw new FunctionException(EvaluationErrorCode.ContextMissing, "There is no source of random numbers here.");
        var offset = (Int128)(random() * (double)((Int128)maximum - minimum));
        return new IntegerValue((long)Int128.Min(minimum + offset, (Int128)maximum - 1));
    }

    private static StringValue Format(FunctionCall call)
    {
        var (format, locale) = (call.String(1), call.Locale(2));
        try
        {
            return new StringValue(call[0] is IntegerValue whole ? whole.Value.ToString(format, locale) : call.Number(0).ToString(format, locale));
        }
        catch (FormatException)
        {
            throw call.WrongValue(1, $"'{format}' is not a format of this number, such as 0,0.00");
        }
    }

    private static ArrayValue MakeRange(FunctionCall call)
    {
        var (start, count) = (call.Integer(0), call.Integer(1));
        if (count is < 0 or > LongestRange)
        {
            throw call.WrongValue(1, $"the count '{count}' must be from 0 to {LongestRange}");
        }

        return count > 0 && start > long.MaxValue - (count - 1)
            ? throw OutOfRange(call)
            : new ArrayValue([.. Enumerable.Range(0, (int)count).Select(i => new IntegerValue(start + i))]);
    }
}
