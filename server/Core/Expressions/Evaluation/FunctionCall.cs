// A call of a function with its arguments, which the accessors give as what the function wants or refuse with the place and the reason.
using System.Collections.Immutable;
using System.Globalization;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>What a function does with its evaluated arguments, whose number has been checked.</summary>
/// <exception cref="FunctionException">The arguments are not right.</exception>
internal delegate ExpressionValue FunctionBody(FunctionCall call);

/// <summary>A call of a function with evaluated arguments.</summary>
/// <param name="Function">Its documented name.</param>
internal sealed record FunctionCall(string Function, ImmutableArray<ExpressionValue> Arguments, EvaluationContext Context)
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth"];

    public int Count => Arguments.Length;

    public ExpressionValue this[int argument] => Arguments[argument];

    /// <summary>Whether an argument is there and is not null.</summary>
    public bool Has(int argument) => argument < Count && Arguments[argument] is not NullValue;

    public string String(int argument) => Arguments[argument] switch
    {
        StringValue text => text.Value,
        ObjectValue envelope when Envelope.TryReadText(envelope) is { } text => text,
        _ => throw WrongType(argument, "a string"),
    };

    public long Integer(int argument) => Arguments[argument] is IntegerValue number ? number.Value : throw WrongType(argument, "an integer");

    /// <summary>A whole number that counts or places something in memory.</summary>
    public int Count32(int argument)
    {
        var number = Integer(argument);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw WrongValue(argument, $"'{number}' is out of range");
    }

    public double Number(int argument) => Arguments[argument] switch
    {
        IntegerValue number => number.Value,
        FloatValue number => number.Value,
        _ => throw WrongType(argument, "an integer or a decimal number"),
    };

    public bool Boolean(int argument) => Arguments[argument] is BooleanValue boolean ? boolean.Value : throw WrongType(argument, "a boolean");

    public ImmutableArray<ExpressionValue> Array(int argument) => Arguments[argument] is ArrayValue array ? array.Items : throw WrongType(argument, "an array");

    public ObjectValue Object(int argument) => Arguments[argument] as ObjectValue ?? throw WrongType(argument, "an object");

    /// <summary>How numbers are written in the locale that an argument names; as in English without one.</summary>
    public NumberFormatInfo Locale(int argument) => !Has(argument) ? NumberLocales.English
        : NumberLocales.Find(String(argument)) ?? throw new FunctionException(EvaluationErrorCode.ContextMissing, $"How numbers are written in the locale '{String(argument)}' is not known here.", argument);

    /// <param name="expected">With its article: <c>an array or a string</c>.</param>
    public FunctionException WrongType(int argument, string expected) => new(
        EvaluationErrorCode.ArgumentType,
        $"The template language function '{Function}' expects its {Ordinal(argument)} parameter to be {expected}. The provided value is of type '{Arguments[argument].KindName}'.",
        argument);

    /// <param name="reason">Why, without a full stop.</param>
    public FunctionException WrongValue(int argument, string reason) => new(
        EvaluationErrorCode.ArgumentValue, $"The template language function '{Function}' was invoked with a parameter that is not valid: {reason}.", argument);

    private static string Ordinal(int argument) => argument < Ordinals.Length ? Ordinals[argument] : $"{argument + 1}th";
}

/// <summary>Why an expression has no value.</summary>
public enum EvaluationErrorCode
{
    /// <summary>The text is not an expression.</summary>
    SyntaxError,

    /// <summary>There is no such function.</summary>
    FunctionNotDefined,

    /// <summary>The function may not be called here.</summary>
    FunctionNotExpected,
    ArgumentCount,
    ArgumentType,
    ArgumentValue,

    /// <summary>An object has no such member.</summary>
    PropertyMissing,

    /// <summary>The value is not an object, so it has no members.</summary>
    PropertyNotSelectable,
    IndexOutOfBounds,

    /// <summary>There is no such parameter, variable or activity.</summary>
    NameNotFound,
    DivideByZero,

    /// <summary>A number is out of the range of 64 bits.</summary>
    Overflow,

    /// <summary>Calls are nested deeper than can be evaluated.</summary>
    NestingTooDeep,

    /// <summary>A value would take more memory than one evaluation may have.</summary>
    ResultTooLarge,

    /// <summary>What is needed is not known here: the time, chance, a locale.</summary>
    ContextMissing,
}

/// <summary>An argument is not right. The evaluator catches it and adds the place.</summary>
/// <param name="argument">The index of the argument to underline; null for the whole call.</param>
internal sealed class FunctionException(EvaluationErrorCode code, string message, int? argument = null) : Exception(message)
{
    public EvaluationErrorCode Code { get; } = code;

    public int? Argument { get; } = argument;
}
