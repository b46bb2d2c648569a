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
/// <param name="Detail">For hovers, such as the default value; null where there is nothing to say.</param>
public sealed record NamedSymbol(string Name, ExpressionType Type, string? Detail = null)
{
    /// <summary>The name of the factory in Azure that alone has it; null for what the files declare.</summary>
    public string? OnlyIn { get; init; }
}

/// <summary>An activity that an expression may name.</summary>
/// <param name="Type">Its activity type; null where it has none yet.</param>
/// <param name="Output">The type of <c>activity('…').output</c>.</param>
public sealed record ActivitySymbol(string Name, string? Type, Lazy<ExpressionType> Output)
{
    private ExpressionType? _ended;
    private ExpressionType? _failed;

    /// <summary>The type of <c>activity('…')</c>.</summary>
    /// <param name="hasFailed">The error is surely there.</param>
    public ExpressionType TypeOf(bool hasFailed) => hasFailed
        ? _failed ??= ContextMembers.Activity(Output.Value, true)
        : _ended ??= ContextMembers.Activity(Output.Value, false);
}

/// <summary>Whether what an activity leaves behind can be read at a place.</summary>
public enum ActivityReach
{
    /// <summary>It has ended or was skipped by then.</summary>
    Upstream,

    /// <summary>It is in a branch of an upstream activity, which may not have been taken.</summary>
    InBranch,

    /// <summary>It is inside of a ForEach that the expression is outside of.</summary>
    InLoop,

    /// <summary>It is the activity that the expression is in, or holds it.</summary>
    Itself,

    /// <summary>Nothing makes the expression wait for it.</summary>
    NotUpstream,
}

/// <summary>All that can be named. A null table is one that nothing is known of: any name is taken.</summary>
public sealed record ExpressionScope(ExpressionPlace Place)
{
    private Lazy<ExpressionType>? _pipeline;

    /// <summary>Any name, of any type.</summary>
    public static ExpressionScope Unknown { get; } = new(ExpressionPlace.Other);

    /// <summary>Of the pipeline, the dataset or the linked service, by name without regard to case.</summary>
    public ImmutableDictionary<string, NamedSymbol>? Parameters { get; init; }

    public ImmutableDictionary<string, NamedSymbol>? GlobalParameters { get; init; }

    public ImmutableDictionary<string, NamedSymbol>? Variables { get; init; }

    /// <summary>All of the pipeline, by name without regard to case; those that are not upstream as well.</summary>
    public ImmutableDictionary<string, ActivitySymbol>? Activities { get; init; }

    /// <summary>How an activity of the pipeline stands to the place.</summary>
    public Func<string, ActivityReach> ReachOf { get; init; } = _ => ActivityReach.Upstream;

    /// <summary>Whether the expression is evaluated only if an activity has failed, so that its error is there.</summary>
    public Func<string, bool> HasFailed { get; init; } = _ => false;

    /// <summary>What <c>item()</c> is here; null where it may not be called.</summary>
    public Lazy<ExpressionType>? Item { get; init; }

    /// <summary>What <c>pipeline()</c> gives.</summary>
    public ExpressionType PipelineType => _pipeline is { } known ? known.Value : MakePipelineType();

    /// <summary>What <c>trigger()</c> gives in the parameters of a trigger; null where that is unknown.</summary>
    public ExpressionType? Trigger { get; init; }

    /// <summary>What <c>triggerBody()</c> gives; null where that is unknown.</summary>
    public ExpressionType? TriggerBody { get; init; }

    /// <summary>The trigger is started by the clock, and nothing sends it anything.</summary>
    public bool HasNoTriggerBody { get; init; }

    /// <summary>The type of an object with these members and no others; any object where nothing is known of them.</summary>
    public static ExpressionType ObjectOf(ImmutableDictionary<string, NamedSymbol>? symbols) => symbols is null
        ? ExpressionType.Object
        : ExpressionType.ObjectOf(symbols.Values.Select(s => new TypeMember(s.Name, s.Type, false, s.Detail)), isClosed: true);

    /// <summary>The same scope, which works out only once what is the same at all places: scopes made of this one by <c>with</c> share it.</summary>
    public ExpressionScope Shared() => this with { _pipeline = new Lazy<ExpressionType>(MakePipelineType) };

    private ExpressionType MakePipelineType() => ContextMembers.Pipeline(ObjectOf(Place == ExpressionPlace.Pipeline ? Parameters : null), ObjectOf(GlobalParameters));
}
