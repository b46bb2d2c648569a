using System.Collections.Immutable;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>Calls whose value is known before a run.</summary>
internal static class ConstantCalls
{
    /// <summary>A longer text is not worth knowing, and could be made to grow without end.</summary>
    private const int LongestText = 20_000;

    private static readonly EvaluationContext Nothing = new();

    /// <summary>The value of a call of constants.</summary>
    /// <param name="error">Why the call always fails; null if it does not, or if nobody knows before a run.</param>
    /// <returns>Null where the value is not known.</returns>
    public static ExpressionValue? TryCall(FunctionSignature function, ImmutableArray<ExpressionValue> arguments, out FunctionException? error)
    {
        error = null;
        if (!FunctionBodies.All.ContainsKey(function.Name))
        {
            return TryChoose(function.Name, arguments);
        }

        try
        {
            var call = new FunctionCall(function.Name, arguments, Nothing);
            if (function.Name == "xpath")
            {
                XmlFunctions.CheckPath(call);
                return null;
            }

            var value = FunctionBodies.Call(call);
            return IsSmall(value) ? value : null;
        }
        catch (FunctionException e)
        {
            error = e.Code is EvaluationErrorCode.ContextMissing or EvaluationErrorCode.ResultTooLarge or EvaluationErrorCode.NestingTooDeep ? null : e;
            return null;
        }
    }

    private static ExpressionValue? TryChoose(string function, ImmutableArray<ExpressionValue> arguments) => (function, arguments) switch
    {
        ("if", [BooleanValue condition, var whenTrue, var whenFalse]) => condition.Value ? whenTrue : whenFalse,
        ("coalesce", _) => arguments.FirstOrDefault(a => a is not NullValue) ?? NullValue.Instance,
        ("and", _) when arguments.All(a => a is BooleanValue) => new BooleanValue(arguments.All(a => ((BooleanValue)a).Value)),
        ("or", _) when arguments.All(a => a is BooleanValue) => new BooleanValue(arguments.Any(a => ((BooleanValue)a).Value)),
        _ => null,
    };

    private static bool IsSmall(ExpressionValue value) => value switch
    {
        StringValue text => text.Value.Length <= LongestText,
        ArrayValue array => array.Items.Length <= LongestText,
        _ => true,
    };
}
