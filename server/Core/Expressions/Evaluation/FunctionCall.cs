using System.Collections.Immutable;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>What a function does with its evaluated arguments, whose number has been checked.</summary>
/// <exception cref="FunctionException">The arguments are not right.</exception>
internal delegate ExpressionValue FunctionBody(FunctionCall call);

/// <summary>A call of a function with evaluated arguments.</summary>
/// <param name="Function">Its documented name.</param>
internal sealed partial record FunctionCall(string Function, ImmutableArray<ExpressionValue> Arguments, EvaluationContext Context);

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

    /// <summary>Calls are nested deeper than can be evaluated.</summary>
    NestingTooDeep,

    /// <summary>The context does not hold what is needed: the time, chance.</summary>
    ContextMissing,
}

/// <summary>An argument is not right. The evaluator catches it and adds the place.</summary>
/// <param name="argument">The index of the argument to underline; null for the whole call.</param>
internal sealed class FunctionException(EvaluationErrorCode code, string message, int? argument = null) : Exception(message)
{
    public EvaluationErrorCode Code { get; } = code;

    public int? Argument { get; } = argument;
}
