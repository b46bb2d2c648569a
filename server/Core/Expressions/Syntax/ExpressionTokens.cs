using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

public enum ExpressionTokenKind
{
    /// <summary>Text outside of expressions, as it is.</summary>
    Text,

    /// <summary>The <c>@</c> that starts an expression.</summary>
    At,

    /// <summary><c>@@</c>, which stands for one <c>@</c>.</summary>
    EscapedAt,

    /// <summary><c>@{</c>.</summary>
    InterpolationStart,

    /// <summary>The <c>}</c> that ends an interpolation.</summary>
    InterpolationEnd,

    /// <summary>The name of a function, a member or a keyword.</summary>
    Identifier,

    /// <summary>In single quotes, which are doubled inside. May lack its end.</summary>
    String,
    Integer,
    Float,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Comma,
    Dot,
    Question,
    WhiteSpace,

    /// <summary>A character that no expression can have here.</summary>
    Unknown,
}

/// <summary>A token. The tokens of a template cover its text without gaps.</summary>
/// <param name="Span">In the template's text.</param>
public readonly record struct ExpressionToken(ExpressionTokenKind Kind, TextSpan Span);
