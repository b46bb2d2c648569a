using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

/// <summary>How an expression that stands without quotes gets them.</summary>
internal static class ExpressionQuotes
{
    public static CodeFix MakeFix(TextSpan span, string text) =>
        new("Quote the expression", [new TextChange(span, "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"")]);
}
