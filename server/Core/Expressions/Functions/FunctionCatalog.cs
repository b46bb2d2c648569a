// All functions, read from the embedded resource that the build makes of schemas/curated/expressions/functions.yaml when they are first asked for.
using System.Collections.Immutable;

namespace Pipewright.Core.Expressions;

/// <summary>The functions of the language, and those that people take for ones.</summary>
public static class FunctionCatalog
{
    /// <summary>The category of the functions that give what is around an expression, such as <c>pipeline()</c>.</summary>
    public const string ContextCategory = "context";

    private static readonly Lazy<Tables> Loaded = new(Load);

    /// <summary>By category, in the order of the documentation.</summary>
    public static ImmutableArray<FunctionSignature> All => Loaded.Value.All;

    /// <summary>Whether the catalogue has been read.</summary>
    internal static bool IsLoaded => Loaded.IsValueCreated;

    /// <summary>The function of a name, which is matched without regard to case.</summary>
    public static FunctionSignature? Find(string name) => Loaded.Value.ByName.GetValueOrDefault(name);

    /// <summary>A function that other languages of Azure have and pipelines don't; its name is matched without regard to case.</summary>
    public static ForeignFunction? FindForeign(string name) => Loaded.Value.Foreign.GetValueOrDefault(name);

    private static Tables Load()
    {
        var all = ImmutableArray.CreateBuilder<FunctionSignature>();
        var foreign = ImmutableDictionary.CreateBuilder<string, ForeignFunction>(StringComparer.OrdinalIgnoreCase);
        using var reader = new StreamReader(typeof(FunctionCatalog).Assembly.GetManifestResourceStream(FunctionLine.ResourceName)
            ?? throw new InvalidOperationException("The server was built without its functions."));
        while (reader.ReadLine() is { } text)
        {
            var line = FunctionLine.Parse(text);
            if (line.Section is FunctionLine.LogicApps or FunctionLine.DataFlow)
            {
                foreign[line.Text] = new ForeignFunction(line.Text, line.Section == FunctionLine.DataFlow, line.Example);
            }
            else
            {
                all.Add(Read(line));
            }
        }

        return new Tables(all.ToImmutable(), all.ToImmutableDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase), foreign.ToImmutable());
    }

    private static FunctionSignature Read(FunctionLine line)
    {
        var text = SignatureText.Parse(line.Text);
        ImmutableArray<FunctionParameter> parameters =
            [.. text.Parameters.Select(p => new FunctionParameter(p.Name, TypeWords.Parse(p.Type), p.IsOptional, p.Repeats, TypeWords.ParseRole(p.Type)))];
        var isDocumented = line.Section != FunctionLine.Undocumented;
        return new FunctionSignature(
            text.Name,
            line.Section,
            parameters,
            parameters.Count(p => !p.IsOptional && !p.Repeats),
            parameters is [.., { Repeats: true }] ? null : parameters.Length,
            TypeWords.ParseRule(text.Returns),
            TypeWords.ParseReturns(text.Returns),
            line.Description,
            line.Example,
            isDocumented);
    }

    private sealed record Tables(
        ImmutableArray<FunctionSignature> All, ImmutableDictionary<string, FunctionSignature> ByName, ImmutableDictionary<string, ForeignFunction> Foreign);
}

/// <summary>A function.</summary>
/// <param name="Name">In its documented case; it is matched without regard to case.</param>
/// <param name="Category">The chapter of Microsoft's documentation: string, collection, logical, conversion, math, date; context; or undocumented.</param>
/// <param name="Parameters">In order; the last may repeat.</param>
/// <param name="MaximumArguments">Null where there is no limit.</param>
/// <param name="Rule">How the type of the result follows from the arguments.</param>
/// <param name="Returns">The type of the result, whatever the arguments.</param>
/// <param name="Description">What it does, in a sentence or two.</param>
/// <param name="Example">A call, <c>=&gt;</c> and its result; null where there is none.</param>
/// <param name="IsDocumented">Documented for Data Factory. The others are known to the engine from Logic Apps only.</param>
public sealed record FunctionSignature(
    string Name, string Category, ImmutableArray<FunctionParameter> Parameters, int MinimumArguments, int? MaximumArguments,
    ReturnRule Rule, ExpressionType Returns, string Description, string? Example, bool IsDocumented)
{
    /// <summary>The parameter that an argument belongs to; null for one too many.</summary>
    /// <param name="argument">From 0.</param>
    public FunctionParameter? ParameterAt(int argument) => argument < Parameters.Length
        ? Parameters[argument]
        : Parameters is [.., { Repeats: true } last] ? last : null;

    /// <summary>The signature as a hover shows it: <c>concat(text: any, more...: any): string</c>.</summary>
    public override string ToString() => $"{Name}({string.Join(", ", Parameters)}): {Returns.Describe()}";
}

/// <summary>A parameter.</summary>
/// <param name="Role">What kind of text a string is, so that it can be checked and proposed; <see cref="ParameterRole.Value"/> for most.</param>
public sealed record FunctionParameter(string Name, ExpressionType Type, bool IsOptional, bool Repeats, ParameterRole Role)
{
    public override string ToString() => $"{Name}{(IsOptional ? "?" : Repeats ? "..." : "")}: {Type.Describe()}";
}

/// <summary>A function of Logic Apps' workflows or of data flows.</summary>
/// <param name="IsDataFlow">Else of Logic Apps.</param>
/// <param name="Replacement">
/// What to write in a pipeline: <c>{0}</c> stands for the first argument as it is written, <c>{text0}</c> for the same without its quotes. Null where
/// there is nothing like it.
/// </param>
public sealed record ForeignFunction(string Name, bool IsDataFlow, string? Replacement);

/// <summary>How the type of a result follows from the arguments.</summary>
public enum ReturnRule
{
    /// <summary>It does not.</summary>
    Fixed,

    /// <summary>That of the first.</summary>
    Same,

    /// <summary>That of an element of the first; a string for a string.</summary>
    Element,

    /// <summary>Any of theirs.</summary>
    Union,

    /// <summary>That of the second or the third.</summary>
    Branches,

    /// <summary>An array of any of theirs.</summary>
    Items,

    /// <summary>Whole of whole numbers, else floating-point.</summary>
    Arithmetic,
}

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
    ActivityName,

    /// <summary>The name of a variable.</summary>
    VariableName,
}
