using System.Collections.Immutable;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>Functions of the documentation's chapter on logic, but for those that evaluate only what they need.</summary>
internal static class LogicFunctions
{
    public static ImmutableDictionary<string, FunctionBody> All { get; } = new Dictionary<string, FunctionBody>
    {
        ["equals"] = call => new BooleanValue(ValueEquality.Instance.Equals(call[0], call[1])),
        ["greater"] = call => new BooleanValue(Compare(call) > 0),
        ["greaterOrEquals"] = call => new BooleanValue(Compare(call) >= 0),
        ["less"] = call => new BooleanValue(Compare(call) < 0),
        ["lessOrEquals"] = call => new BooleanValue(Compare(call) <= 0),
        ["not"] = call => new BooleanValue(!call.Boolean(0)),
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static int Compare(FunctionCall call) => (call[0], call[1]) switch
    {
        (IntegerValue left, IntegerValue right) => left.Value.CompareTo(right.Value),
        (IntegerValue or FloatValue, IntegerValue or FloatValue) => call.Number(0).CompareTo(call.Number(1)),
        (StringValue left, StringValue right) => string.Compare(left.Value, right.Value, StringComparison.OrdinalIgnoreCase),
        (IntegerValue or FloatValue, _) => throw call.WrongType(1, "a number, as the first is"),
        (StringValue, _) => throw call.WrongType(1, "a string, as the first is"),
        _ => throw call.WrongType(0, "an integer, a decimal number or a string"),
    };
}
