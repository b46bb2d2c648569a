// Parses one expression by recursive descent. Reports the first mistake only: those after it are mostly its echo, and the engine stops there too.
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

/// <param name="isInterpolation">The expression ends at a <c>}</c>, not at the end of the text.</param>
internal sealed class ExpressionParser(ExpressionLexer lexer, bool isInterpolation)
{
    /// <summary>No expression within the service's limit of length can be deeper: a level takes at least four characters, as <c>or(</c> and <c>)</c>.</summary>
    private const int MaximumDepth = Template.MaximumLength / 4;

    private int _depth;

    /// <summary>The first mistake; null if there is none.</summary>
    public Diagnostic? Mistake { get; private set; }

    private bool IsAtEnd => lexer.IsAtEnd || (isInterpolation && lexer.Current == '}');

    /// <summary>Takes everything up to the end of the expression.</summary>
    public ExpressionNode Parse()
    {
        lexer.SkipWhiteSpace();
        if (IsAtEnd)
        {
            Report(ExpressionDiagnostics.EmptyExpression, new TextSpan(lexer.Position, 0), "An expression belongs here. For the character '@' itself write '@@'.");
        }

        var expression = ParseExpression();
        lexer.SkipWhiteSpace();
        if (!IsAtEnd)
        {
            ReportTrailing(expression);
            SkipTo();
        }

        // A quote too few turns all after it inside out, and what was wrong there first is its echo.
        if (lexer.LastToken is { Kind: ExpressionTokenKind.String } last && !ExpressionLexer.IsClosed(lexer.Text.AsSpan(last.Span.Start, last.Span.Length)))
        {
            Mistake = MakeUnclosed(last);
        }

        return expression;
    }

    private ExpressionNode ParseExpression()
    {
        lexer.SkipWhiteSpace();
        if (_depth >= MaximumDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Report(ExpressionDiagnostics.TooDeep, new TextSpan(lexer.Position, 0), $"Calls are nested more than {MaximumDepth} levels deep here. Split the expression: set a variable first.");
            var start = lexer.Position;
            SkipTo();
            return new ErrorNode(TextSpan.FromBounds(start, lexer.Position));
        }

        _depth++;
        var expression = ParseAccesses(ParsePrimary());
        _depth--;
        return expression;
    }

    private ExpressionNode ParsePrimary()
    {
        if (IsAtEnd || lexer.Current is ')' or ']' or ',' or '.' or '?' or '(' or '[' or '{' or '}' or '@')
        {
            ReportMissing();
            return new ErrorNode(new TextSpan(lexer.Position, 0));
        }

        var token = lexer.Next();
        return token.Kind switch
        {
            ExpressionTokenKind.String => ParseString(token),
            ExpressionTokenKind.Integer or ExpressionTokenKind.Float => new LiteralNode(token, ParseNumber(token)),
            _ => ParseName(token),
        };
    }

    private LiteralNode ParseString(ExpressionToken token)
    {
        var text = lexer.Text.AsSpan(token.Span.Start, token.Span.Length);
        var isClosed = ExpressionLexer.IsClosed(text);
        var content = isClosed ? text[1..^1] : text[1..];
        return new LiteralNode(token, new StringValue(content.ToString().Replace("''", "'", StringComparison.Ordinal)));
    }

    private static Diagnostic MakeUnclosed(ExpressionToken token) => ExpressionDiagnostics.MissingEnd.At(
        token.Span, "The string has no closing quote, or one before it has none. A quote within a string is written twice: ''.",
        new CodeFix("Close the string", [new TextChange(new TextSpan(token.Span.End, 0), "'")]));

    private ExpressionValue ParseNumber(ExpressionToken token)
    {
        var text = lexer.Text.AsSpan(token.Span.Start, token.Span.Length);
        if (token.Kind == ExpressionTokenKind.Integer && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return new IntegerValue(whole);
        }

        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
        {
            Report(ExpressionDiagnostics.UnexpectedToken, token.Span, "The number is out of the range of floating-point numbers, which end at 1.7e308.");
        }

        return new FloatValue(Math.Clamp(number, double.MinValue, double.MaxValue));
    }

    private ExpressionNode ParseName(ExpressionToken token)
    {
        var name = lexer.Text.Substring(token.Span.Start, token.Span.Length);
        if (lexer.PeekAfterWhiteSpace() == '(')
        {
            lexer.SkipWhiteSpace();
            return ParseCall(token, name);
        }

        ExpressionValue? keyword = name.ToUpperInvariant() switch
        {
            "TRUE" => new BooleanValue(true),
            "FALSE" => new BooleanValue(false),
            "NULL" => NullValue.Instance,
            _ => null,
        };
        if (keyword is not null)
        {
            return new LiteralNode(token, keyword);
        }

        Report(ExpressionDiagnostics.BareName, token.Span, $"'{name}' is neither a string nor a call. Write '{name}' in single quotes, or {name}() for a function.", BareNameFixes(token, name));
        return new CallNode(token.Span, token, name, null, [], [], null);
    }

    private static ImmutableArray<CodeFix> BareNameFixes(ExpressionToken token, string name)
    {
        var plain = name.Trim('"');
        var quote = new CodeFix($"Change to '{plain}' in single quotes", [new TextChange(token.Span, $"'{plain}'")]);
        return FunctionCatalog.Find(name) is null ? [quote] : [new CodeFix($"Call {name}()", [new TextChange(new TextSpan(token.Span.End, 0), "()")]), quote];
    }

    private CallNode ParseCall(ExpressionToken nameToken, string name)
    {
        var open = lexer.Next();
        var arguments = ImmutableArray.CreateBuilder<ExpressionNode>();
        var commas = ImmutableArray.CreateBuilder<ExpressionToken>();
        ExpressionToken? close = null;
        lexer.SkipWhiteSpace();
        if (lexer.Current == ')')
        {
            close = lexer.Next();
        }

        while (close is null)
        {
            // Where a call is begun and nothing follows, the parenthesis is missing, and perhaps no argument.
            arguments.Add(IsAtEnd && commas.Count == 0 ? new ErrorNode(new TextSpan(lexer.Position, 0)) : ParseExpression());

            lexer.SkipWhiteSpace();
            if (!IsAtEnd && lexer.Current is not (',' or ')'))
            {
                ReportUnexpected("',' or ')'");
                SkipTo(',', ')');
            }

            if (IsAtEnd)
            {
                ReportOpen(open, ")", $"The call of '{name}' is not closed. Write ')'.");
                break;
            }

            if (lexer.Current == ')')
            {
                close = lexer.Next();
            }
            else
            {
                commas.Add(lexer.Next());
            }
        }

        return new CallNode(TextSpan.FromBounds(nameToken.Span.Start, EndWith(arguments.LastOrDefault())), nameToken, name, open, arguments.ToImmutable(), commas.ToImmutable(), close);
    }

    private ExpressionNode ParseAccesses(ExpressionNode target)
    {
        while (true)
        {
            // White space may stand before an access, but what follows the last one is not part of the expression.
            if (lexer.PeekAfterWhiteSpace() is not ('.' or '[' or '?') || target is ErrorNode { Span.Length: 0 })
            {
                return target;
            }

            lexer.SkipWhiteSpace();
            if (target is LiteralNode)
            {
                ReportUnexpected("the end of the expression, as only what a call gives has members");
                return target;
            }

            target = ParseAccess(target);
        }
    }

    private ExpressionNode ParseAccess(ExpressionNode target)
    {
        ExpressionToken? question = lexer.Current == '?' ? lexer.Next() : null;
        lexer.SkipWhiteSpace();
        if (lexer.Current == '[')
        {
            return ParseIndex(target, question);
        }

        if (lexer.Current != '.')
        {
            Report(ExpressionDiagnostics.UnexpectedToken, question!.Value.Span, "After '?' comes '.' with the name of a member, or '['.");
            return new MemberNode(TextSpan.FromBounds(target.Span.Start, question.Value.Span.End), target, question, question.Value, null, "");
        }

        var dot = lexer.Next();
        var beforeName = lexer.Position;
        lexer.SkipWhiteSpace();
        if (IsAtEnd || lexer.NextName() is not { } name)
        {
            Report(ExpressionDiagnostics.UnexpectedToken, dot.Span, "After '.' comes the name of a member. A name with other characters is written ['…'].");
            return new MemberNode(TextSpan.FromBounds(target.Span.Start, beforeName), target, question, dot, null, "");
        }

        return new MemberNode(
            TextSpan.FromBounds(target.Span.Start, name.Span.End), target, question, dot, name, lexer.Text.Substring(name.Span.Start, name.Span.Length));
    }

    private IndexNode ParseIndex(ExpressionNode target, ExpressionToken? question)
    {
        var open = lexer.Next();
        var index = ParseExpression();
        lexer.SkipWhiteSpace();
        if (!IsAtEnd && lexer.Current != ']')
        {
            ReportUnexpected("']'");
            SkipTo(']', ')');
        }

        ExpressionToken? close = lexer.Current == ']' ? lexer.Next() : null;
        if (close is null)
        {
            ReportOpen(open, "]", "The bracket is not closed. Write ']'.");
        }

        return new IndexNode(TextSpan.FromBounds(target.Span.Start, EndWith(index)), target, question, open, index, close);
    }

    /// <summary>Takes all tokens up to one of these characters on the same level, or to the end.</summary>
    private void SkipTo(params ReadOnlySpan<char> stops)
    {
        var open = 0;
        while (!IsAtEnd && !(open == 0 && stops.Contains(lexer.Current)))
        {
            var kind = char.IsWhiteSpace(lexer.Current) ? ExpressionTokenKind.WhiteSpace : lexer.Current == '}' ? ExpressionTokenKind.Unknown : (ExpressionTokenKind?)null;
            if (kind is null)
            {
                open += lexer.Next().Kind switch
                {
                    ExpressionTokenKind.OpenParenthesis or ExpressionTokenKind.OpenBracket => 1,
                    ExpressionTokenKind.CloseParenthesis or ExpressionTokenKind.CloseBracket => open > 0 ? -1 : 0,
                    _ => 0,
                };
            }
            else if (kind == ExpressionTokenKind.WhiteSpace)
            {
                lexer.SkipWhiteSpace();
            }
            else
            {
                lexer.Take(ExpressionTokenKind.Unknown, 1);
            }
        }
    }

    /// <summary>The end of a node after its last child: one that is missing stands after white space.</summary>
    private int EndWith(ExpressionNode? child) => Math.Max(EndOfText(), child?.Span.End ?? 0);

    /// <summary>The end of the last token that is not white space.</summary>
    private int EndOfText()
    {
        var at = lexer.Position;
        while (at > 0 && char.IsWhiteSpace(lexer.Text[at - 1]))
        {
            at--;
        }

        return at;
    }

    private void ReportMissing()
    {
        if (lexer.Current == '@')
        {
            Report(
                ExpressionDiagnostics.AtInsideExpression, new TextSpan(lexer.Position, 1), "Within an expression nothing starts with '@'. Remove it.",
                new CodeFix("Remove '@'", [new TextChange(new TextSpan(lexer.Position, 1), "")]));
            lexer.Take(ExpressionTokenKind.Unknown, 1);
            return;
        }

        var found = IsAtEnd ? "the end" : $"'{lexer.Current}'";
        var span = new TextSpan(lexer.Position, IsAtEnd ? 0 : 1);
        Report(ExpressionDiagnostics.UnexpectedToken, span, $"A string, a number or a call belongs before {found}.");
    }

    private void ReportUnexpected(string expected) =>
        Report(ExpressionDiagnostics.UnexpectedToken, SpanOfNext(), $"Expected {expected}, found {(Shorten(SpanOfNext()) is var next && next == "'" ? "a quote" : $"'{next}'")}.");

    private void ReportOpen(ExpressionToken open, string closer, string message) => Report(
        ExpressionDiagnostics.MissingEnd, open.Span, message, new CodeFix($"Add '{closer}'", [new TextChange(new TextSpan(EndOfText(), 0), closer)]));

    private void ReportTrailing(ExpressionNode expression)
    {
        var rest = TextSpan.FromBounds(lexer.Position, FindEnd());
        if (lexer.Current == ')')
        {
            Report(
                ExpressionDiagnostics.UnexpectedToken, new TextSpan(lexer.Position, 1), "There is one ')' too many.",
                new CodeFix("Remove ')'", [new TextChange(new TextSpan(lexer.Position, 1), "")]));
            return;
        }

        var advice = isInterpolation ? "Remove it, or put it after the '}'." : "Write @{…} around the expression to go on with text.";
        ImmutableArray<CodeFix> fixes = isInterpolation || expression.Span.Length == 0 || expression.Span.Start == 0
            ? []
            : [new CodeFix("Put the expression in @{…}", [new TextChange(new TextSpan(expression.Span.Start, 0), "{"), new TextChange(new TextSpan(expression.Span.End, 0), "}")])];
        Report(ExpressionDiagnostics.TextAfterExpression, rest, $"The expression has ended before '{Shorten(rest)}'. {advice}", fixes);
    }

    private int FindEnd()
    {
        var end = isInterpolation ? lexer.Text.IndexOf('}', lexer.Position) : -1;
        return end < 0 ? lexer.Text.Length : end;
    }

    private TextSpan SpanOfNext()
    {
        var end = lexer.Position;
        while (end < lexer.Text.Length && ExpressionLexer.IsIdentifier(lexer.Text[end]))
        {
            end++;
        }

        return TextSpan.FromBounds(lexer.Position, Math.Max(end, Math.Min(lexer.Position + 1, lexer.Text.Length)));
    }

    private string Shorten(TextSpan span) => span.Length <= 40 ? lexer.Text.Substring(span.Start, span.Length) : string.Concat(lexer.Text.AsSpan(span.Start, 40), "…");

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, string message, params ImmutableArray<CodeFix> fixes) =>
        Mistake ??= descriptor.At(span, message, fixes);
}
