using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

/// <summary>What can be wrong with the syntax of an expression.</summary>
internal static class ExpressionDiagnostics
{
    public static DiagnosticDescriptor UnexpectedToken { get; } = new("PW3001", DiagnosticSeverity.Error, "Expression cannot be read");

    public static DiagnosticDescriptor EmptyExpression { get; } = new("PW3002", DiagnosticSeverity.Error, "Nothing where an expression belongs");

    public static DiagnosticDescriptor MissingEnd { get; } = new("PW3003", DiagnosticSeverity.Error, "Quote, parenthesis or brace is not closed");

    public static DiagnosticDescriptor ForeignSyntax { get; } = new("PW3004", DiagnosticSeverity.Error, "Expression of another language");

    public static DiagnosticDescriptor BareName { get; } = new("PW3005", DiagnosticSeverity.Error, "Name without quotes or parentheses");

    public static DiagnosticDescriptor TextAfterExpression { get; } = new("PW3006", DiagnosticSeverity.Error, "Text after an expression");

    public static DiagnosticDescriptor AtInsideExpression { get; } = new("PW3007", DiagnosticSeverity.Error, "@ inside of an expression");

    public static DiagnosticDescriptor TooLong { get; } = new("PW3008", DiagnosticSeverity.Error, "Expression is too long");

    public static DiagnosticDescriptor TooDeep { get; } = new("PW3009", DiagnosticSeverity.Error, "Expression is nested too deeply");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        UnexpectedToken, EmptyExpression, MissingEnd, ForeignSyntax, BareName, TextAfterExpression, AtInsideExpression, TooLong, TooDeep,
    ];
}
