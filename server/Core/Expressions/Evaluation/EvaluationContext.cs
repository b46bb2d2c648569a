// What an evaluation takes from outside: values of names, the clock and chance.
using System.Collections.Immutable;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>The values that the names of an expression have. A name that is missing is an error when it is asked for.</summary>
public sealed record EvaluationContext
{
    /// <summary>Of the pipeline; by name without regard to case, as all tables here.</summary>
    public ImmutableDictionary<string, ExpressionValue> Parameters { get; init; } = Empty;

    public ImmutableDictionary<string, ExpressionValue> GlobalParameters { get; init; } = Empty;

    public ImmutableDictionary<string, ExpressionValue> LibraryVariables { get; init; } = Empty;

    public ImmutableDictionary<string, ExpressionValue> Variables { get; init; } = Empty;

    /// <summary>The parameters that <c>dataset()</c> gives; null where it may not be called. The like holds for the next ones.</summary>
    public ImmutableDictionary<string, ExpressionValue>? Dataset { get; init; }

    public ImmutableDictionary<string, ExpressionValue>? LinkedService { get; init; }

    /// <summary>System variables, members of <c>pipeline()</c>: <c>RunId</c> …</summary>
    public ImmutableDictionary<string, ExpressionValue> System { get; init; } = Empty;

    /// <summary>Of each activity that has ended what <c>activity('…')</c> gives: an object with output, status, error.</summary>
    public ImmutableDictionary<string, ExpressionValue> Activities { get; init; } = Empty;

    /// <summary>What <c>item()</c> gives; null outside of a loop.</summary>
    public ExpressionValue? Item { get; init; }

    public ExpressionValue? Trigger { get; init; }

    public ExpressionValue? TriggerBody { get; init; }

    /// <summary>The time, in UTC. Null where the time is not known, which is an error when it is asked for.</summary>
    public DateTime? Now { get; init; }

    /// <summary>Gives a new GUID at each call; null where there is none to give.</summary>
    public Func<Guid>? NewGuid { get; init; }

    /// <summary>Gives a number from 0 inclusive to 1 exclusive at each call; null where there is none to give.</summary>
    public Func<double>? NextRandom { get; init; }

    public static ImmutableDictionary<string, ExpressionValue> Empty { get; } =
        ImmutableDictionary.Create<string, ExpressionValue>(StringComparer.OrdinalIgnoreCase);
}
