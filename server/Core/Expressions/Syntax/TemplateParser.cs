// Finds the expressions in a string value (Microsoft's documentation of ADF's expressions, and the engine's own tests).
using System.Collections.Immutable;
using System.Text;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

internal sealed class TemplateParser
{
    /// <summary>Nobody reads more, and a long text of mistakes only must not cost without limit.</summary>
    private const int MostDiagnostics = 50;

    /// <summary>Of a text that is all mistakes only the first are looked at closely.</summary>
    private const int MostRewritten = 3;

    private readonly string _text;
    private readonly ExpressionLexer _lexer;
    private readonly ImmutableArray<TemplatePart>.Builder _parts = ImmutableArray.CreateBuilder<TemplatePart>();
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    public TemplateParser(string text)
    {
        _text = text;
        _lexer = new ExpressionLexer(text);
    }

    public Template Parse()
    {
        var kind = Classify(_text);
        switch (kind)
        {
            case TemplateKind.Expression:
                _lexer.Take(ExpressionTokenKind.At, 1);
                ParseExpression(0, isInterpolation: false);
                break;
            case TemplateKind.Interpolation:
                ParseInterpolation();
                break;
            default:
                ParseLiteral();
                break;
        }

        return new Template(_text, kind, _parts.ToImmutable(), _lexer.Tokens, _diagnostics.ToImmutable());
    }

    public static TemplateKind Classify(string text)
    {
        if (text.StartsWith('@') && !text.StartsWith("@{", StringComparison.Ordinal))
        {
            return text.StartsWith("@@", StringComparison.Ordinal) ? TemplateKind.Literal : TemplateKind.Expression;
        }

        // An escaped @@{ needs its escape undone, so it counts as well.
        return text.Contains("@{", StringComparison.Ordinal) ? TemplateKind.Interpolation : TemplateKind.Literal;
    }

    private void ParseLiteral()
    {
        var isEscaped = _text.StartsWith("@@", StringComparison.Ordinal);
        if (isEscaped)
        {
            _lexer.Take(ExpressionTokenKind.EscapedAt, 2);
        }

        if (!_lexer.IsAtEnd)
        {
            _lexer.Take(ExpressionTokenKind.Text, _text.Length - _lexer.Position);
        }

        _parts.Add(new TextPart(new TextSpan(0, _text.Length), isEscaped ? _text[1..] : _text));
    }

    private void ParseInterpolation()
    {
        var plain = new StringBuilder();
        var start = 0;
        while (!_lexer.IsAtEnd)
        {
            var at = FindMark(_lexer.Position);
            if (at > _lexer.Position)
            {
                plain.Append(_text, _lexer.Position, at - _lexer.Position);
                _lexer.Take(ExpressionTokenKind.Text, at - _lexer.Position);
            }
            else if (_text[at + 1] == '@')
            {
                _lexer.Take(ExpressionTokenKind.EscapedAt, 2);
                plain.Append('@');
            }
            else
            {
                AddText(start, plain);
                _lexer.Take(ExpressionTokenKind.InterpolationStart, 2);
                ParseExpression(at, isInterpolation: true);
                start = _lexer.Position;
            }
        }

        AddText(start, plain);
    }

    /// <summary>Where the next <c>@{</c> or <c>@@{</c> starts; the end of the text if there is none.</summary>
    private int FindMark(int from)
    {
        var at = _text.IndexOf("@{", from, StringComparison.Ordinal);
        return at < 0 ? _text.Length : at > from && _text[at - 1] == '@' ? at - 1 : at;
    }

    private void AddText(int start, StringBuilder plain)
    {
        if (_lexer.Position > start)
        {
            _parts.Add(new TextPart(TextSpan.FromBounds(start, _lexer.Position), plain.ToString()));
        }

        plain.Clear();
    }

    private void ParseExpression(int start, bool isInterpolation)
    {
        var parser = new ExpressionParser(_lexer, isInterpolation);
        var expression = parser.Parse();
        var mistake = parser.Mistake;
        if (isInterpolation)
        {
            if (_lexer.Current == '}')
            {
                _lexer.Take(ExpressionTokenKind.InterpolationEnd, 1);
            }
            else
            {
                mistake ??= ExpressionDiagnostics.MissingEnd.At(
                    new TextSpan(start, 2), "The '@{' is not closed. Write '}' after the expression, or '@@{' for the text '@{'.",
                    new CodeFix("Add '}'", [new TextChange(new TextSpan(expression.Span.End, 0), "}")]));
            }
        }

        if (mistake is not null && _diagnostics.Count < MostDiagnostics)
        {
            _diagnostics.Add(Explain(mistake, start + (isInterpolation ? 2 : 1), isInterpolation));
        }

        var part = new ExpressionPart(TextSpan.FromBounds(start, _lexer.Position), expression);
        _parts.Add(part);
        if (mistake is null && part.Span.Length > Template.MaximumLength)
        {
            _diagnostics.Add(ExpressionDiagnostics.TooLong.At(
                new TextSpan(start, Math.Min(2, part.Span.Length)),
                $"The expression has {part.Span.Length} characters; the service takes {Template.MaximumLength}. Split it: set a variable first."));
        }
    }

    /// <summary>What makes sense with operators and double quotes is one mistake as a whole, and has one remedy.</summary>
    private Diagnostic Explain(Diagnostic mistake, int start, bool isInterpolation)
    {
        var end = isInterpolation && _text[_lexer.Position - 1] == '}' ? _lexer.Position - 1 : _lexer.Position;
        return end > start && _diagnostics.Count < MostRewritten && ForeignExpression.TryRewrite(_text[start..end]) is { } rewritten
            ? ExpressionDiagnostics.ForeignSyntax.At(
                mistake.Span, $"Pipelines have no operators, no parentheses around a value and no double quotes. Write {rewritten}.",
                [new CodeFix($"Change to {rewritten}", [new TextChange(TextSpan.FromBounds(start, end), rewritten)]), .. mistake.Fixes])
            : mistake;
    }
}
