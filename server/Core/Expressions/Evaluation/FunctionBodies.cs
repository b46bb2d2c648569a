using System.Collections.Immutable;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>What each function does, by its name without regard to case.</summary>
internal static class FunctionBodies
{
    public static ImmutableDictionary<string, FunctionBody> All { get; } = StringFunctions.All
        .AddRange(CollectionFunctions.All)
        .AddRange(LogicFunctions.All)
        .AddRange(MathFunctions.All)
        .AddRange(ConversionFunctions.All)
        .AddRange(EncodingFunctions.All)
        .AddRange(UriFunctions.All)
        .AddRange(XmlFunctions.All)
        .AddRange(DateFunctions.All);

    /// <summary>The value of a call.</summary>
    /// <exception cref="FunctionException">There is none.</exception>
    public static ExpressionValue Call(FunctionCall call)
    {
        try
        {
            return All[call.Function](call);
        }
        catch (ValueTooLargeException e)
        {
            throw new FunctionException(EvaluationErrorCode.ResultTooLarge, $"The result of the template language function '{call.Function}' is too large. {e.Message}");
        }
        catch (InsufficientExecutionStackException)
        {
            throw new FunctionException(EvaluationErrorCode.NestingTooDeep, $"A value given to the template language function '{call.Function}' is nested too deeply.");
        }
    }
}
