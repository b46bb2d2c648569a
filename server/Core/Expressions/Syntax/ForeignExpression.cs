// Reads what people write who think of other languages, with operators and double quotes, and writes it in the form of pipelines.
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace Pipewright.Core.Expressions;

/// <summary>An expression with infix operators, prefix operators, parentheses or double-quoted strings.</summary>
internal sealed class ForeignExpression
{
    private const int MaximumLength = Template.MaximumLength;

    /// <summary>Operators by how tightly they bind, loosest first, with the functions that stand for them.</summary>
    private static readonly ImmutableArray<(string Text, int Level, string Form)> Operators =
    [
        ("||", 1, "or({0}, {1})"), ("&&", 2, "and({0}, {1})"),
        ("===", 3, "equals({0}, {1})"), ("!==", 3, "not(equals({0}, {1}))"), ("==", 3, "equals({0}, {1})"), ("!=", 3, "not(equals({0}, {1}))"), ("<>", 3, "not(equals({0}, {1}))"),
        ("<=", 4, "lessOrEquals({0}, {1})"), (">=", 4, "greaterOrEquals({0}, {1})"), ("<", 4, "less({0}, {1})"), (">", 4, "greater({0}, {1})"),
        ("??", 5, "coalesce({0}, {1})"), ("+", 6, "add({0}, {1})"), ("-", 6, "sub({0}, {1})"), ("*", 7, "mul({0}, {1})"), ("/", 7, "div({0}, {1})"), ("%", 7, "mod({0}, {1})"),
    ];

    private readonly string _text;
    private int _at;
    private int _depth;
    private bool _isForeign;
    private bool _hasFailed;

    private ForeignExpression(string text) => _text = text;

    /// <summary>Rewrites an expression, without its <c>@</c>, in the form of pipelines.</summary>
    /// <returns>Null where nothing of another language is in it, or where it cannot be read even so.</returns>
    public static string? TryRewrite(string text)
    {
        if (text.Length > MaximumLength)
        {
            return null;
        }

        var reader = new ForeignExpression(text);
        var rewritten = reader.ReadBinary(0);
        reader.SkipSpace();
        return reader._isForeign && !reader._hasFailed && reader._at == text.Length && Template.Parse("@" + rewritten).Diagnostics.IsEmpty ? rewritten : null;
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private string Fail()
    {
        _hasFailed = true;
        return "";
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private string ReadBinary(int level)
    {
        if (_depth > 500 || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return Fail();
        }

        _depth++;
        var left = ReadUnary();
        while (!_hasFailed && PeekOperator() is { } found && found.Level > level)
        {
            _at += found.Text.Length;
            _isForeign = true;
            var right = ReadBinary(found.Level);
            left = Combine(found, left, right);
        }

        _depth--;
        return left;
    }

    /// <summary>A sum of texts is their concatenation.</summary>
    private static string Combine((string Text, int Level, string Form) found, string left, string right)
    {
        if (found.Text != "+" || !(IsText(left) || IsText(right)))
        {
            return found.Form.Replace("{0}", "\u0001", StringComparison.Ordinal).Replace("{1}", right, StringComparison.Ordinal).Replace("\u0001", left, StringComparison.Ordinal);
        }

        // a + 'b' + c is one call.
        return left.StartsWith("concat(", StringComparison.Ordinal) && FindEnd(left, "concat".Length) == left.Length
            ? $"{left[..^1]}, {right})"
            : $"concat({left}, {right})";
    }

    /// <summary>Whether an expression surely gives a string.</summary>
    private static bool IsText(string expression) => expression.StartsWith('\'')
        || (expression.IndexOf('(', StringComparison.Ordinal) is var open and > 0 && FindEnd(expression, open) == expression.Length
            && FunctionCatalog.Find(expression[..open])?.Returns.Kinds == TypeKinds.String);

    /// <summary>After the parenthesis that closes the one at an index.</summary>
    private static int FindEnd(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '\'')
            {
                i = text.IndexOf('\'', i + 1);
                if (i < 0)
                {
                    return -1;
                }
            }
            else if (text[i] is '(' or ')')
            {
                depth += text[i] == '(' ? 1 : -1;
                if (depth == 0)
                {
                    return i + 1;
                }
            }
        }

        return -1;
    }

    private (string Text, int Level, string Form)? PeekOperator()
    {
        SkipSpace();
        var rest = _text.AsSpan(_at);
        foreach (var candidate in Operators)
        {
            if (rest.StartsWith(candidate.Text))
            {
                return candidate;
            }
        }

        return rest.StartsWith("and ", StringComparison.OrdinalIgnoreCase) ? ("and", 2, "and({0}, {1})")
            : rest.StartsWith("or ", StringComparison.OrdinalIgnoreCase) ? ("or", 1, "or({0}, {1})")
            : null;
    }

    private string ReadUnary()
    {
        SkipSpace();
        switch (Current)
        {
            case '!':
                _at++;
                _isForeign = true;
                return _depth++ > 500 ? Fail() : $"not({ReadUnary()})";
            case '-' when _at + 1 < _text.Length && !char.IsAsciiDigit(_text[_at + 1]):
                _at++;
                _isForeign = true;
                return _depth++ > 500 ? Fail() : $"mul({ReadUnary()}, -1)";
            default:
                return ReadAccesses(ReadPrimary());
        }
    }

    private string ReadPrimary()
    {
        switch (Current)
        {
            case '(':
                _at++;
                _isForeign = true;
                var inner = ReadBinary(0);
                return Take(')') ? inner : Fail();
            case '"':
                return ReadDoubleQuoted();
            case '\'':
                return ReadTo(FindStringEnd());
            case '@':
                // A slip of its own, which the parser tells of.
                _at++;
                return ReadPrimary();
            default:
                return ReadWord();
        }
    }

    private string ReadWord()
    {
        var start = _at;
        if (Current is '+' or '-' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
        }

        var isNumber = char.IsAsciiDigit(Current);
        while (IsWord(Current) || (isNumber && Current == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1])))
        {
            _at++;
        }

        var word = _text[start.._at];
        if (word.Length == 0)
        {
            return Fail();
        }

        SkipSpace();
        return Current == '(' ? word + ReadArguments() : word;
    }

    private string ReadArguments()
    {
        _at++;
        SkipSpace();
        if (Take(')'))
        {
            return "()";
        }

        var text = new StringBuilder("(");
        while (!_hasFailed)
        {
            text.Append(ReadBinary(0));
            if (Take(')'))
            {
                return text.Append(')').ToString();
            }

            if (!Take(','))
            {
                return Fail();
            }

            text.Append(", ");
        }

        return "";
    }

    private string ReadAccesses(string target)
    {
        var text = new StringBuilder(target);
        while (!_hasFailed)
        {
            var isNullSafe = Current == '?' && _at + 1 < _text.Length && _text[_at + 1] is '.' or '[';
            var at = isNullSafe ? _at + 1 : _at;
            var next = at < _text.Length ? _text[at] : '\0';
            if (next == '.')
            {
                _at = at + 1;
                var start = _at;
                while (IsWord(Current) || (Current == '-' && _at > start && _at + 1 < _text.Length && IsWord(_text[_at + 1])))
                {
                    _at++;
                }

                text.Append(isNullSafe ? "?." : ".").Append(_text, start, _at - start);
            }
            else if (next == '[')
            {
                _at = at + 1;
                var index = ReadBinary(0);
                text.Append(isNullSafe ? "?[" : "[").Append(Take(']') ? index : Fail()).Append(']');
            }
            else
            {
                break;
            }
        }

        return text.ToString();
    }

    private string ReadDoubleQuoted()
    {
        var end = _text.IndexOf('"', _at + 1);
        if (end < 0)
        {
            return Fail();
        }

        var content = _text[(_at + 1)..end];
        _at = end + 1;
        _isForeign = true;
        return ExpressionText.Quote(content);
    }

    private string ReadTo(int end)
    {
        if (end < 0)
        {
            return Fail();
        }

        var text = _text[_at..end];
        _at = end;
        return text;
    }

    private int FindStringEnd()
    {
        for (var i = _at + 1; i < _text.Length; i++)
        {
            if (_text[i] == '\'')
            {
                if (i + 1 == _text.Length || _text[i + 1] != '\'')
                {
                    return i + 1;
                }

                i++;
            }
        }

        return -1;
    }

    private bool Take(char c)
    {
        SkipSpace();
        if (Current != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
