// Cuts the text of an expression into tokens.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

/// <summary>Reads tokens one by one, and keeps all of them.</summary>
internal sealed class ExpressionLexer(string text)
{
    private readonly ImmutableArray<ExpressionToken>.Builder _tokens = ImmutableArray.CreateBuilder<ExpressionToken>();

    public string Text { get; } = text;

    /// <summary>Where the next token starts.</summary>
    public int Position { get; private set; }

    public bool IsAtEnd => Position >= Text.Length;

    /// <summary>The character at the next token's start; <c>\0</c> at the end.</summary>
    public char Current => Position < Text.Length ? Text[Position] : '\0';

    public ImmutableArray<ExpressionToken> Tokens => _tokens.ToImmutable();

    /// <summary>Null before the first.</summary>
    public ExpressionToken? LastToken => _tokens.Count == 0 ? null : _tokens[^1];

    /// <summary>Takes so many characters as one token.</summary>
    public ExpressionToken Take(ExpressionTokenKind kind, int length)
    {
        var token = new ExpressionToken(kind, new TextSpan(Position, length));
        _tokens.Add(token);
        Position += length;
        return token;
    }

    public void SkipWhiteSpace()
    {
        var end = Position;
        while (end < Text.Length && char.IsWhiteSpace(Text[end]))
        {
            end++;
        }

        if (end > Position)
        {
            Take(ExpressionTokenKind.WhiteSpace, end - Position);
        }
    }

    /// <summary>The next character after white space, which is not taken; <c>\0</c> at the end.</summary>
    public char PeekAfterWhiteSpace()
    {
        var at = Position;
        while (at < Text.Length && char.IsWhiteSpace(Text[at]))
        {
            at++;
        }

        return at < Text.Length ? Text[at] : '\0';
    }

    /// <summary>Takes the next token, which is there.</summary>
    public ExpressionToken Next() => Current switch
    {
        '\'' => Take(ExpressionTokenKind.String, FindStringEnd() - Position),
        '(' => Take(ExpressionTokenKind.OpenParenthesis, 1),
        ')' => Take(ExpressionTokenKind.CloseParenthesis, 1),
        '[' => Take(ExpressionTokenKind.OpenBracket, 1),
        ']' => Take(ExpressionTokenKind.CloseBracket, 1),
        ',' => Take(ExpressionTokenKind.Comma, 1),
        '.' => Take(ExpressionTokenKind.Dot, 1),
        '?' => Take(ExpressionTokenKind.Question, 1),
        '}' => Take(ExpressionTokenKind.InterpolationEnd, 1),
        '{' or '@' => Take(ExpressionTokenKind.Unknown, 1),
        _ => TakeWord(),
    };

    /// <summary>Takes the name of a member, which may look like a number.</summary>
    public ExpressionToken? NextName() => IsIdentifier(Current) && !IsAtEnd ? Take(ExpressionTokenKind.Identifier, FindWordEnd(Position) - Position) : null;

    /// <summary>Whether a name may have this character.</summary>
    public static bool IsIdentifier(char c) => c is not ('.' or ',' or '(' or ')' or '{' or '}' or '[' or ']' or '@' or '?' or '\'') && !char.IsWhiteSpace(c);

    /// <summary>Whether a string token has its closing quote.</summary>
    public static bool IsClosed(ReadOnlySpan<char> literal)
    {
        var quotes = literal.Count('\'');
        return quotes % 2 == 0;
    }

    private ExpressionToken TakeWord()
    {
        var end = FindWordEnd(Position);
        var (numberEnd, isFloat) = FindNumberEnd(end);
        if (numberEnd > Position)
        {
            return Take(isFloat ? ExpressionTokenKind.Float : ExpressionTokenKind.Integer, numberEnd - Position);
        }

        return Take(ExpressionTokenKind.Identifier, end - Position);
    }

    /// <summary>The end of the number that starts here; the start where what stands here is none, such as <c>2024-01-01</c>.</summary>
    private (int End, bool IsFloat) FindNumberEnd(int wordEnd)
    {
        var at = Position + (Current is '+' or '-' ? 1 : 0);
        var digits = SkipDigits(at);
        if (digits == at)
        {
            return (Position, false);
        }

        at = digits;
        var isFloat = false;
        if (at == wordEnd && at + 1 < Text.Length && Text[at] == '.' && char.IsAsciiDigit(Text[at + 1]))
        {
            isFloat = true;
            at = SkipDigits(at + 1);
            wordEnd = FindWordEnd(at);
        }

        if (at < Text.Length && Text[at] is 'e' or 'E')
        {
            var exponent = at + 1 + (at + 1 < Text.Length && Text[at + 1] is '+' or '-' ? 1 : 0);
            var exponentEnd = SkipDigits(exponent);
            isFloat = exponentEnd > exponent || isFloat;
            at = exponentEnd > exponent ? exponentEnd : at;
        }

        return at == wordEnd ? (at, isFloat) : (Position, false);
    }

    private int SkipDigits(int at)
    {
        while (at < Text.Length && char.IsAsciiDigit(Text[at]))
        {
            at++;
        }

        return at;
    }

    private int FindWordEnd(int at)
    {
        while (at < Text.Length && IsIdentifier(Text[at]))
        {
            at++;
        }

        return at;
    }

    private int FindStringEnd()
    {
        var at = Position + 1;
        while (at < Text.Length)
        {
            if (Text[at] != '\'')
            {
                at++;
            }
            else if (at + 1 < Text.Length && Text[at + 1] == '\'')
            {
                at += 2;
            }
            else
            {
                return at + 1;
            }
        }

        return at;
    }
}
