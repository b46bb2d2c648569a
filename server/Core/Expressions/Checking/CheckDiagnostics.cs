using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

/// <summary>What can be wrong with the names and types of an expression.</summary>
internal static class CheckDiagnostics
{
    public static DiagnosticDescriptor UnknownFunction { get; } = new("PW3101", DiagnosticSeverity.Error, "Unknown function");

    public static DiagnosticDescriptor UndocumentedFunction { get; } = new("PW3102", DiagnosticSeverity.Warning, "Function is not documented for Data Factory");

    public static DiagnosticDescriptor MisplacedFunction { get; } = new("PW3103", DiagnosticSeverity.Error, "Function cannot be called here");

    public static DiagnosticDescriptor UnknownParameter { get; } = new("PW3104", DiagnosticSeverity.Error, "Unknown parameter");

    public static DiagnosticDescriptor UnknownGlobalParameter { get; } = new("PW3105", DiagnosticSeverity.Warning, "Unknown global parameter");

    public static DiagnosticDescriptor UnknownVariable { get; } = new("PW3106", DiagnosticSeverity.Error, "Unknown variable");

    public static DiagnosticDescriptor UnknownActivity { get; } = new("PW3107", DiagnosticSeverity.Error, "Unknown activity");

    public static DiagnosticDescriptor NotUpstream { get; } = new("PW3108", DiagnosticSeverity.Error, "Activity is not upstream");

    public static DiagnosticDescriptor MaybeSkipped { get; } = new("PW3109", DiagnosticSeverity.Warning, "Activity may not have run");

    public static DiagnosticDescriptor UnknownMember { get; } = new("PW3110", DiagnosticSeverity.Error, "Unknown member");

    public static DiagnosticDescriptor UnlikelyMember { get; } = new("PW3111", DiagnosticSeverity.Warning, "Member is probably misspelt");

    public static DiagnosticDescriptor ComputedName { get; } = new("PW3112", DiagnosticSeverity.Warning, "Name is computed");

    public static DiagnosticDescriptor LeftOutMember { get; } = new("PW3113", DiagnosticSeverity.Error, "Member that the activity is not asked for");

    public static DiagnosticDescriptor AlwaysNull { get; } = new("PW3114", DiagnosticSeverity.Warning, "Member is never there");

    public static DiagnosticDescriptor ArgumentCount { get; } = new("PW3201", DiagnosticSeverity.Error, "Wrong number of arguments");

    public static DiagnosticDescriptor ArgumentType { get; } = new("PW3202", DiagnosticSeverity.Error, "Wrong type of argument");

    public static DiagnosticDescriptor SlotType { get; } = new("PW3203", DiagnosticSeverity.Error, "Wrong type of expression");

    public static DiagnosticDescriptor NoMembers { get; } = new("PW3204", DiagnosticSeverity.Error, "Value without members");

    public static DiagnosticDescriptor AlwaysFails { get; } = new("PW3205", DiagnosticSeverity.Error, "Call always fails");

    public static DiagnosticDescriptor NeverEqual { get; } = new("PW3206", DiagnosticSeverity.Warning, "Values are never equal");

    public static DiagnosticDescriptor MissingAt { get; } = new("PW3207", DiagnosticSeverity.Error, "Expression without @");

    public static DiagnosticDescriptor UnusualCount { get; } = new("PW3208", DiagnosticSeverity.Hint, "Number of arguments is not documented");

    public static DiagnosticDescriptor MaybeMissing { get; } = new("PW3301", DiagnosticSeverity.Hint, "Member may be missing");

    public static DiagnosticDescriptor TextInQuotes { get; } = new("PW3302", DiagnosticSeverity.Warning, "@{…} inside of quotes");

    public static DiagnosticDescriptor DateFormat { get; } = new("PW3303", DiagnosticSeverity.Warning, "Date format is probably not what is meant");

    public static DiagnosticDescriptor BooleanText { get; } = new("PW3304", DiagnosticSeverity.Hint, "Boolean becomes True or False");

    public static DiagnosticDescriptor LostAt { get; } = new("PW3307", DiagnosticSeverity.Warning, "Text that reads like an expression");

    public static DiagnosticDescriptor NeedlessText { get; } = new("PW3306", DiagnosticSeverity.Hint, "@{…} turns the value into text");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        UnknownFunction, UndocumentedFunction, MisplacedFunction, UnknownParameter, UnknownGlobalParameter, UnknownVariable, UnknownActivity,
        NotUpstream, MaybeSkipped, UnknownMember, UnlikelyMember, ComputedName, LeftOutMember, AlwaysNull, ArgumentCount, ArgumentType, SlotType,
        NoMembers, AlwaysFails, NeverEqual, MissingAt, UnusualCount, MaybeMissing, TextInQuotes, DateFormat, BooleanText, NeedlessText, LostAt,
    ];
}
