// Text that was meant as an expression, and has lost the mark of one.
using System.Text.RegularExpressions;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

internal static partial class LostAt
{
    /// <summary>Whether a text without <c>@</c> names what only an expression can: told by its characters alone, as most texts do not.</summary>
    public static bool MayBeIn(string text) => text.Contains('(', StringComparison.Ordinal) && !text.Contains('@', StringComparison.Ordinal) && text.Length <= Template.MaximumLength
        && Naming().IsMatch(text);

    /// <summary>Whether a text is an expression from its first character to its last, and all that it calls are functions.</summary>
    public static bool IsExpression(string text) => char.IsAsciiLetter(text[0])
        && Template.Parse("@" + text) is { Diagnostics.IsEmpty: true, Parts: [ExpressionPart { Expression: var expression }] } && CallsFunctions(expression);

    /// <summary>The first expression in braces, with them; null where there is none.</summary>
    public static TextSpan? FindBraces(string text)
    {
        foreach (Match match in Braces().Matches(text))
        {
            if (Template.Parse("@" + match.Value) is { Diagnostics.IsEmpty: true, Parts: [ExpressionPart { Expression: var expression }] } && CallsFunctions(expression))
            {
                return new TextSpan(match.Index, match.Length);
            }
        }

        return null;
    }

    private static bool CallsFunctions(ExpressionNode node) => node is not CallNode { Name: var name } || FunctionCatalog.Find(name) is not null
        ? node is not ErrorNode && node.Children.All(CallsFunctions)
        : false;

    [GeneratedRegex(@"(?<![\w.])(pipeline\(\)|activity\(\s*'|variables\(\s*'|item\(\)|dataset\(\)|linkedService\(\)|trigger\(\)|triggerBody\(\)|utcNow\()", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Naming();

    [GeneratedRegex(@"\{[A-Za-z][^{}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();
}
