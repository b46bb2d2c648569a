using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Json;

/// <summary>Strings, words, comments.</summary>
internal sealed partial class BracketParser
{
    private readonly record struct NodeProperties(string? Anchor, string? Tag);

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '-' or '.' or '+';

    private void SkipTrivia()
    {
        while (!AtEnd)
        {
            var c = Current;
            if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                _position++;
            }
            else if (!_isYaml && c == '/' && _position + 1 < _end && _content[_position + 1] is '/' or '*')
            {
                SkipComment();
            }
            else if (_isYaml && c == '#')
            {
                SkipLine();
            }
            else if (_position == _extra)
            {
                _extra = -1;
                Report(
                    SyntaxDiagnostics.Unexpected, new TextSpan(_position, 1), $"This '{c}' is one too many: it closes what goes on below. Remove it.",
                    new CodeFix("Remove it", [new TextChange(new TextSpan(_position, 1), "")]));
                _position++;
            }
            else if (IsConflictMarker())
            {
                Report(
                    SyntaxDiagnostics.ConflictMarker, RestOfLine(_position), "This is a conflict marker of Git. Keep one of the two sides and remove the marker.");
                SkipLine();
            }
            else
            {
                return;
            }
        }
    }

    private bool IsConflictMarker() => ConflictMarkers.IsAt(_content, _position);

    private void SkipComment()
    {
        if (_content[_position + 1] == '/')
        {
            SkipLine();
            return;
        }

        var end = _content.IndexOf("*/", _position + 2, _end - _position - 2, StringComparison.Ordinal);
        if (end < 0)
        {
            Report(SyntaxDiagnostics.NeverClosed, new TextSpan(_position, 2), "This comment is never closed. Add '*/'.");
        }

        _position = end < 0 ? _end : end + 2;
    }

    private void SkipLine()
    {
        while (!AtEnd && Current is not ('\n' or '\r'))
        {
            _position++;
        }
    }

    private NodeProperties ReadNodeProperties()
    {
        string? anchor = null;
        string? tag = null;
        while (Current is '&' or '!')
        {
            var start = _position++;
            while (!AtEnd && !char.IsWhiteSpace(Current) && Current is not (',' or '[' or ']' or '{' or '}'))
            {
                _position++;
            }

            var text = _content[start.._position];
            (anchor, tag) = text[0] == '&' ? (text[1..], tag) : (anchor, text);
            SkipTrivia();
        }

        return new NodeProperties(anchor, tag);
    }

    private AliasSyntax ParseAlias()
    {
        var start = _position++;
        while (!AtEnd && !char.IsWhiteSpace(Current) && Current is not (',' or '[' or ']' or '{' or '}'))
        {
            _position++;
        }

        return new AliasSyntax(TextSpan.FromBounds(start, _position), _content[(start + 1).._position]);
    }

    /// <summary>The offset after the closing quote, or of the line's end where there is none.</summary>
    private int FindClosingQuote(int start)
    {
        var quote = _content[start];
        for (var i = start + 1; i < _end; i++)
        {
            var c = _content[i];
            if (c == '\\' && (quote == '"' || !_isYaml) && i + 1 < _end)
            {
                i++;
            }
            else if (c == quote)
            {
                if (_isYaml && quote == '\'' && i + 1 < _end && _content[i + 1] == '\'')
                {
                    i++;
                    continue;
                }

                return i + 1;
            }
            else if (c is '\n' or '\r' && !_isYaml)
            {
                return i;
            }
        }

        return _end;
    }

    private ScalarSyntax ParseQuoted(NodeProperties properties)
    {
        var start = _position;
        var quote = Current;
        var end = FindClosingQuote(start);
        var isClosed = end - start >= 2 && _content[end - 1] == quote && !IsEscaped(start, end - 1);
        if (!isClosed)
        {
            end = EndOfUnclosed(start);
            Report(
                SyntaxDiagnostics.MissingQuote, TextSpan.FromBounds(start, end), $"The closing {quote} is missing.",
                new CodeFix("Add the closing quote", [new TextChange(new TextSpan(end, 0), quote.ToString())]));
        }
        else if (quote == '\'' && !_isYaml)
        {
            Report(SyntaxDiagnostics.Unquoted, TextSpan.FromBounds(start, end), "JSON wants double quotes.", new CodeFix("Use double quotes", [
                new TextChange(new TextSpan(start, 1), "\""), new TextChange(new TextSpan(end - 1, 1), "\"")]));
        }

        _position = end;
        var (value, map) = Unescape(start + 1, isClosed ? end - 1 : end, quote);
        var style = quote == '"' ? ScalarStyle.DoubleQuoted : ScalarStyle.SingleQuoted;
        return new ScalarSyntax(TextSpan.FromBounds(start, end), value, style, ScalarKind.String, map) { Anchor = properties.Anchor, Tag = properties.Tag };
    }

    private bool IsEscaped(int start, int at)
    {
        var slashes = 0;
        for (var i = at - 1; i > start && _content[i] == '\\'; i--)
        {
            slashes++;
        }

        return (_content[start] == '"' || !_isYaml) && slashes % 2 == 1;
    }

    /// <summary>A string that is not closed ends with its line, before the comma or bracket that ends the line.</summary>
    private int EndOfUnclosed(int start)
    {
        var end = Math.Min(_end, _text.GetLineSpan(_text.GetLine(start)).End);
        while (end > start + 1 && _content[end - 1] is ' ' or '\t' or ',')
        {
            end--;
        }

        return end;
    }

    private (string Value, ScalarOffsetMap? Map) Unescape(int start, int end, char quote)
    {
        var raw = _content.AsSpan(start, end - start);
        if (raw.IndexOfAny("\\\n\r") < 0 && !(_isYaml && quote == '\'' && raw.Contains('\'')))
        {
            return (TextPool.Get(raw), null);
        }

        var value = new StringBuilder(raw.Length);
        var offsets = ImmutableArray.CreateBuilder<int>(raw.Length + 1);
        for (var i = start; i < end;)
        {
            var (text, length) = ReadCharacter(i, end, quote);
            value.Append(text);
            for (var n = 0; n < text.Length; n++)
            {
                offsets.Add(i);
            }

            i += length;
        }

        offsets.Add(end);
        return (value.ToString(), new ScalarOffsetMap(offsets.ToImmutable()));
    }

    /// <summary>One character of a quoted string: its value and the length of its text.</summary>
    private (string Text, int Length) ReadCharacter(int at, int end, char quote)
    {
        var c = _content[at];
        if (c == '\'' && quote == '\'' && _isYaml)
        {
            return ("'", 2);
        }

        if (c != '\\' || (quote == '\'' && _isYaml))
        {
            return (c.ToString(), 1);
        }

        var next = at + 1 < end ? _content[at + 1] : '\0';
        var escaped = next switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            'b' => "\b",
            'f' => "\f",
            '"' or '\\' or '/' => next.ToString(),
            '\'' when quote == '\'' => "'",
            _ => null,
        };
        if (escaped is not null)
        {
            return (escaped, 2);
        }

        if (next == 'u' && at + 6 <= end && ushort.TryParse(_content.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            return (((char)unit).ToString(), 6);
        }

        Report(SyntaxDiagnostics.InvalidEscape, new TextSpan(at, Math.Min(2, end - at)), "This is no escape. Write a backslash as '\\\\'.", new CodeFix("Double the backslash", [new TextChange(new TextSpan(at, 0), "\\")]));
        return ("\\", 1);
    }

    private ScalarSyntax ParseBareKey()
    {
        var start = _position;
        while (!AtEnd && !char.IsWhiteSpace(Current) && Current is not (':' or ',' or '{' or '}' or '[' or ']' or '"'))
        {
            _position++;
        }

        _position = Math.Max(_position, start + 1);
        var span = TextSpan.FromBounds(start, _position);
        if (!_isYaml)
        {
            ReportUnquoted(span);
        }

        return new ScalarSyntax(span, _content[start.._position], ScalarStyle.Plain, ScalarKind.String);
    }

    private ScalarSyntax ParseBareWord(NodeProperties properties)
    {
        var start = _position;
        _position = _isYaml || Current == '@' ? EndOfPlain(start) : EndOfWord(start);
        var span = TextSpan.FromBounds(start, _position);
        var text = TextPool.Get(_content.AsSpan(start, _position - start));
        var kind = _isYaml ? ScalarResolution.Resolve(text) : ScalarResolution.ResolveJson(text);
        if (text.StartsWith('@'))
        {
            ReportUnquotedExpression(span, text);
        }
        else if (!_isYaml && kind == ScalarKind.String)
        {
            ReportUnquoted(span);
        }

        return new ScalarSyntax(span, text, ScalarStyle.Plain, kind) { Anchor = properties.Anchor, Tag = properties.Tag };
    }

    private int EndOfWord(int start)
    {
        var i = start;
        while (i < _end && !char.IsWhiteSpace(_content[i]) && _content[i] is not (':' or ',' or '{' or '}' or '[' or ']' or '"'))
        {
            i++;
        }

        return Math.Max(i, start + 1);
    }

    /// <summary>A plain scalar ends at a comma, a closing bracket, a colon with a space or a comment, but not inside its own parentheses: expressions have commas.</summary>
    private int EndOfPlain(int start)
    {
        var depth = 0;
        var i = start;
        for (; i < _end; i++)
        {
            var c = _content[i];
            depth += c is '(' or '[' or '{' ? 1 : 0;
            if (c is '\n' or '\r'
                || (depth == 0 && c is (',' or ']' or '}'))
                || (c == ':' && depth == 0 && (i + 1 >= _end || _content[i + 1] is ' ' or '\t' or '\r' or '\n'))
                || (c == '#' && i > start && _content[i - 1] is (' ' or '\t')))
            {
                break;
            }

            depth -= c is ')' or ']' or '}' ? 1 : 0;
        }

        while (i > start + 1 && _content[i - 1] is ' ' or '\t')
        {
            i--;
        }

        return Math.Max(i, start + 1);
    }

    private void ReportUnquoted(TextSpan span) => Report(
        SyntaxDiagnostics.Unquoted, span, $"'{_text.ToString(span)}' needs double quotes in JSON.", new CodeFix("Add the quotes", [
            new TextChange(new TextSpan(span.Start, 0), "\""), new TextChange(new TextSpan(span.End, 0), "\"")]));

    private void ReportUnquotedExpression(TextSpan span, string text) => Report(
        SyntaxDiagnostics.UnquotedExpression, span, "An expression needs quotes: \"" + text + "\"", ExpressionQuotes.MakeFix(span, text));
}
