using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

/// <summary>The findings about the syntax of YAML and JSON, PW1xxx. They have a tree all the same: what is broken is kept as best as it can be.</summary>
public static class SyntaxDiagnostics
{
    public static DiagnosticDescriptor NeverClosed { get; } = new("PW1001", DiagnosticSeverity.Error, "Bracket is never closed");

    public static DiagnosticDescriptor MissingColon { get; } = new("PW1002", DiagnosticSeverity.Error, "Missing colon");

    public static DiagnosticDescriptor MissingComma { get; } = new("PW1003", DiagnosticSeverity.Error, "Missing comma");

    public static DiagnosticDescriptor MissingValue { get; } = new("PW1004", DiagnosticSeverity.Error, "Missing value");

    public static DiagnosticDescriptor MissingQuote { get; } = new("PW1005", DiagnosticSeverity.Error, "Missing closing quote");

    public static DiagnosticDescriptor Unexpected { get; } = new("PW1006", DiagnosticSeverity.Error, "Unexpected text");

    public static DiagnosticDescriptor ConflictMarker { get; } = new("PW1007", DiagnosticSeverity.Error, "Git conflict marker");

    public static DiagnosticDescriptor UnquotedExpression { get; } = new("PW1008", DiagnosticSeverity.Error, "Expression without quotes");

    public static DiagnosticDescriptor Tab { get; } = new("PW1009", DiagnosticSeverity.Error, "Tab in the indentation");

    public static DiagnosticDescriptor WrongIndentation { get; } = new("PW1010", DiagnosticSeverity.Error, "Wrong indentation");

    public static DiagnosticDescriptor InvalidEscape { get; } = new("PW1011", DiagnosticSeverity.Error, "Invalid escape");

    public static DiagnosticDescriptor TooDeep { get; } = new("PW1012", DiagnosticSeverity.Error, "Nested too deep");

    public static DiagnosticDescriptor UnknownAlias { get; } = new("PW1013", DiagnosticSeverity.Error, "Alias to nothing");

    public static DiagnosticDescriptor EndlessAlias { get; } = new("PW1014", DiagnosticSeverity.Error, "Aliases without an end");

    public static DiagnosticDescriptor Unquoted { get; } = new("PW1015", DiagnosticSeverity.Error, "Text without quotes");

    public static DiagnosticDescriptor MissingKey { get; } = new("PW1016", DiagnosticSeverity.Error, "Value without a key");

    public static DiagnosticDescriptor MissingOpening { get; } = new("PW1017", DiagnosticSeverity.Error, "Missing opening bracket");

    public static DiagnosticDescriptor ComplexKey { get; } = new("PW1018", DiagnosticSeverity.Error, "Key that is not a scalar");

    /// <summary>Some readers forgive it, and the service may; a browser does not, and Studio is one.</summary>
    public static DiagnosticDescriptor TrailingComma { get; } = new("PW1020", DiagnosticSeverity.Warning, "Comma before a closing bracket");

    public static DiagnosticDescriptor StrayQuote { get; } = new("PW1021", DiagnosticSeverity.Warning, "Quote that nothing opens");

    /// <summary>Azure Resource Manager takes no request of more than 4 MB (its limits in Microsoft's documentation), and a resource is one request.</summary>
    public static DiagnosticDescriptor TooLong { get; } = new("PW1022", DiagnosticSeverity.Error, "File too large");

    /// <summary>Not the file is wrong here. An error all the same: what is not read must not be deployed, converted or laid out as if it were empty.</summary>
    public static DiagnosticDescriptor NotRead { get; } = new("PW1023", DiagnosticSeverity.Error, "File that Pipewright fails to read");

    public static DiagnosticDescriptor NotYaml { get; } = new("PW1019", DiagnosticSeverity.Error, "Not understood as YAML");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        NeverClosed, MissingColon, MissingComma, MissingValue, MissingQuote, Unexpected, ConflictMarker, UnquotedExpression, Tab, WrongIndentation,
        InvalidEscape, TooDeep, UnknownAlias, EndlessAlias, Unquoted, MissingKey, MissingOpening, ComplexKey, NotYaml, TrailingComma, StrayQuote, TooLong, NotRead,
    ];
}
