// What the names of an expression stand for at the place where it is. Filled in by the rooms that know documents.
using System.Collections.Immutable;

namespace Pipewright.Core.Expressions;

/// <summary>The kind of resource that an expression is in, which decides what it may call.</summary>
public enum ExpressionPlace
{
    Pipeline,
    Dataset,
    LinkedService,
    Trigger,

    /// <summary>Nothing is known of what may be called.</summary>
    Other,
}

/// <summary>Something with a name: a parameter or a variable.</summary>
public sealed record NamedSymbol(string Name, ExpressionType Type, string? Description = null);

/// <summary>An activity that an expression may name.</summary>
/// <param name="Type">Its activity type; null where it has none yet.</param>
/// <param name="IsUpstream">It has ended, or was skipped, whenever the expression is evaluated.</param>
/// <param name="Output">The type of <c>activity('…').output</c>.</param>
public sealed record ActivitySymbol(string Name, string? Type, bool IsUpstream, Lazy<ExpressionType> Output);

/// <summary>All that can be named. A null table is one that nothing is known of: any name is taken.</summary>
public sealed record ExpressionScope(ExpressionPlace Place)
{
    /// <summary>Any name, of any type.</summary>
    public static ExpressionScope Unknown { get; } = new(ExpressionPlace.Other);

    /// <summary>Of the pipeline, the dataset or the linked service, by name without regard to case.</summary>
    public ImmutableDictionary<string, NamedSymbol>? Parameters { get; init; }

    public ImmutableDictionary<string, NamedSymbol>? GlobalParameters { get; init; }

    public ImmutableDictionary<string, NamedSymbol>? Variables { get; init; }

    /// <summary>All of the pipeline, by name without regard to case; those that are not upstream as well.</summary>
    public ImmutableDictionary<string, ActivitySymbol>? Activities { get; init; }

    /// <summary>The activity that the expression is in; null outside of any.</summary>
    public string? CurrentActivity { get; init; }

    /// <summary>What <c>item()</c> is here; null where it may not be called.</summary>
    public ExpressionType? Item { get; init; }

    /// <summary>What the trigger of a trigger resource hands on, for <c>trigger()</c> and <c>triggerBody()</c>.</summary>
    public ExpressionType? Trigger { get; init; }

    public ExpressionType? TriggerBody { get; init; }
}
