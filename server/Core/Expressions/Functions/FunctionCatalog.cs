// The functions of the expression language, from schemas/curated/functions.yaml.
using System.Collections.Immutable;

namespace Pipewright.Core.Expressions;

/// <summary>A function.</summary>
/// <param name="Name">In its documented case; it is matched without regard to case.</param>
/// <param name="Category">The chapter of Microsoft's documentation: string, collection, logical, conversion, math, date; or context.</param>
/// <param name="Parameters">In order; the last may repeat.</param>
/// <param name="MaximumArguments">Null where there is no limit.</param>
/// <param name="Description">What it does, in a sentence or two.</param>
/// <param name="Example">A call with its result; null where there is none.</param>
/// <param name="IsDocumented">Documented for Data Factory. The others are known to the engine from Logic Apps only.</param>
public sealed record FunctionSignature(
    string Name, string Category, ImmutableArray<FunctionParameter> Parameters, int MinimumArguments, int? MaximumArguments,
    ExpressionType Returns, string Description, string? Example, bool IsDocumented)
{
    /// <summary>The parameter that an argument belongs to; null for one too many.</summary>
    public FunctionParameter? ParameterAt(int argument) => argument < Parameters.Length
        ? Parameters[argument]
        : Parameters is [.., { Repeats: true } last] ? last : null;
}

/// <summary>A parameter.</summary>
/// <param name="Role">What kind of text a string is, so that it can be checked and proposed; <see cref="ParameterRole.Value"/> for most.</param>
public sealed record FunctionParameter(string Name, ExpressionType Type, bool IsOptional, bool Repeats, ParameterRole Role);

/// <summary>What an argument stands for.</summary>
public enum ParameterRole
{
    Value,

    /// <summary>A date and time as text.</summary>
    Timestamp,

    /// <summary>A .NET format of dates.</summary>
    DateFormat,

    /// <summary>The name of a time zone.</summary>
    TimeZone,

    /// <summary>Second, Minute, Hour, Day, Week, Month or Year.</summary>
    TimeUnit,

    /// <summary>N, D, B, P or X.</summary>
    GuidFormat,
    XPath,
    Locale,

    /// <summary>The name of an activity.</summary>
    Activity,

    /// <summary>The name of a variable.</summary>
    Variable,
}

/// <summary>All functions.</summary>
public static class FunctionCatalog
{
    private static readonly ImmutableDictionary<string, FunctionSignature> ByName =
        ImmutableDictionary.Create<string, FunctionSignature>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The function of a name, which is matched without regard to case.</summary>
    public static FunctionSignature? Find(string name) => ByName.GetValueOrDefault(name);
}
