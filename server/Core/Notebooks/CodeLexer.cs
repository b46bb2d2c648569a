// Cuts code of four languages into tokens. It takes any text, in time that grows with its length only.
using System.Collections.Immutable;
using System.Text;

namespace Pipewright.Core.Notebooks;

internal sealed class CodeLexer
{
    private readonly string _code;
    private readonly int _end;
    private readonly NotebookLanguage _language;
    private readonly List<CodeToken> _tokens = [];
    private int _at;
    private int _depth;

    private CodeLexer(string code, int start, int end, NotebookLanguage language)
    {
        _code = code;
        _at = start;
        _end = end;
        _language = language;
    }

    /// <summary>How code is embedded in a string.</summary>
    private enum Embedding
    {
        None,

        /// <summary>Python's <c>f"{code}"</c>.</summary>
        Braces,

        /// <summary>Scala's <c>s"$name ${code}"</c>.</summary>
        Dollar,
    }

    /// <summary>The tokens of the code between two offsets, in text order.</summary>
    public static List<CodeToken> Read(string code, int start, int end, NotebookLanguage language)
    {
        var lexer = new CodeLexer(code, start, end, language);
        while (lexer._at < end)
        {
            lexer.ReadOne();
        }

        return lexer._tokens;
    }

    private void ReadOne()
    {
        var c = _code[_at];
        if (c is '\n' or ';')
        {
            if (_depth == 0)
            {
                Add(CodeTokenKind.End, _at, _at + 1);
            }

            _at++;
        }
        else if (char.IsWhiteSpace(c) || c == '\uFEFF')
        {
            _at++;
        }
        else if (c == '\\')
        {
            // A line that goes on in the next one.
            _at += Peek(1) == '\n' ? 2 : Peek(1) == '\r' && Peek(2) == '\n' ? 3 : 1;
        }
        else if (!SkipComment() && !ReadText())
        {
            ReadPlain(c);
        }
    }

    private void ReadPlain(char c)
    {
        var start = _at;
        if (char.IsLetter(c) || c == '_')
        {
            SkipWord();
            Add(CodeTokenKind.Word, start, _at);
        }
        else if (char.IsAsciiDigit(c))
        {
            while (_at < _end && (char.IsLetterOrDigit(_code[_at]) || _code[_at] is '_' or '.'))
            {
                _at++;
            }

            Add(CodeTokenKind.Number, start, _at);
        }
        else
        {
            _depth = c is '(' or '[' or '{' ? _depth + 1 : c is ')' or ']' or '}' ? Math.Max(0, _depth - 1) : _depth;
            Add(CodeTokenKind.Mark, start, ++_at);
        }
    }

    private void SkipWord()
    {
        while (_at < _end && (char.IsLetterOrDigit(_code[_at]) || _code[_at] == '_'))
        {
            _at++;
        }
    }

    private bool SkipComment()
    {
        if (_language switch
        {
            NotebookLanguage.Sql => At("--"),
            NotebookLanguage.Scala => At("//"),
            _ => At("#"),
        })
        {
            var line = _code.IndexOf('\n', _at, _end - _at);
            _at = line < 0 ? _end : line;
            return true;
        }

        if (_language is not (NotebookLanguage.Sql or NotebookLanguage.Scala) || !At("/*"))
        {
            return false;
        }

        var depth = 0;
        do
        {
            var step = At("/*") ? 1 : At("*/") ? -1 : 0;
            depth += step;
            _at += step == 0 ? 1 : 2;
        }
        while (depth > 0 && _at < _end);
        _at = Math.Min(_at, _end);
        return true;
    }

    /// <summary>Reads a string, if one begins here.</summary>
    private bool ReadText()
    {
        var start = _at;
        var quote = start;
        while (quote < _end && quote - start < (_language == NotebookLanguage.Scala ? 8 : 2) && char.IsAsciiLetter(_code[quote]))
        {
            quote++;
        }

        if (quote >= _end || _code[quote] is not ('"' or '\'' or '`'))
        {
            return false;
        }

        var prefix = _code.AsSpan(start, quote - start);
        var mark = _code[quote];
        return _language switch
        {
            NotebookLanguage.Python => mark != '`' && IsPythonPrefix(prefix) && Read(start, quote, prefix.IndexOfAny('r', 'R') >= 0, prefix.IndexOfAny('f', 'F') >= 0 ? Embedding.Braces : Embedding.None, IsTripled(quote), isLine: true),
            NotebookLanguage.Scala => ReadScala(start, quote, prefix.ToString()),
            NotebookLanguage.R => prefix is "r" or "R" ? mark != '`' && ReadRawR(start, quote) : prefix.IsEmpty && (mark == '`' ? ReadName(start) : Read(start, quote, false, Embedding.None, false, isLine: false)),
            _ => prefix is "" or "r" or "R" && (mark == '`' ? prefix.IsEmpty && ReadName(start) : Read(start, quote, !prefix.IsEmpty, Embedding.None, false, isLine: false)),
        };
    }

    private static bool IsPythonPrefix(ReadOnlySpan<char> prefix) => prefix.IsEmpty
        || (prefix.Length == 1 && "rRbBuUfF".Contains(prefix[0], StringComparison.Ordinal))
        || (prefix.Length == 2 && prefix.ToString().ToUpperInvariant() is "RB" or "BR" or "RF" or "FR");

    private bool ReadScala(int start, int quote, string prefix)
    {
        if (_code[quote] == '`')
        {
            return prefix.Length == 0 && ReadName(start);
        }

        if (_code[quote] == '\'')
        {
            // A character; else the mark of a symbol or a type.
            var length = Peek(1) == '\\' ? 4 : 3;
            if (prefix.Length > 0 || Peek(length - 1) != '\'')
            {
                return false;
            }

            Add(CodeTokenKind.Text, start, start + length, new QuotedText(start + 1, start + length - 1, [new TextPiece(_code[(start + 1)..(start + length - 1)], start + 1, start + length - 1)]));
            _at = start + length;
            return true;
        }

        var isTripled = IsTripled(quote);
        return Read(start, quote, isTripled || prefix == "raw", prefix.Length > 0 ? Embedding.Dollar : Embedding.None, isTripled, isLine: true);
    }

    /// <summary>R's raw strings: <c>r"---(…)---"</c>.</summary>
    private bool ReadRawR(int start, int quote)
    {
        var open = quote + 1;
        while (open < _end && _code[open] == '-')
        {
            open++;
        }

        if (open >= _end || _code[open] is not ('(' or '[' or '{'))
        {
            return false;
        }

        var close = (_code[open] switch { '(' => ")", '[' => "]", _ => "}" }) + new string('-', open - quote - 1) + _code[quote];
        var at = _code.IndexOf(close, open + 1, _end - open - 1, StringComparison.Ordinal);
        var end = at < 0 ? _end : at;
        Add(CodeTokenKind.Text, start, Math.Min(_end, end + close.Length), new QuotedText(open + 1, end, [new TextPiece(_code[(open + 1)..end], open + 1, end)]));
        _at = Math.Min(_end, end + close.Length);
        return true;
    }

    /// <summary>A name in backticks is a word.</summary>
    private bool ReadName(int start)
    {
        var close = _code.IndexOf('`', start + 1, _end - start - 1);
        var end = close < 0 ? _end : close;
        Add(CodeTokenKind.Word, start, close < 0 ? _end : close + 1, new QuotedText(start + 1, end, [new TextPiece(_code[(start + 1)..end], start + 1, end)]));
        _at = close < 0 ? _end : close + 1;
        return true;
    }

    private bool IsTripled(int quote) => quote + 2 < _end && _code[quote + 1] == _code[quote] && _code[quote + 2] == _code[quote];

    /// <param name="isLine">Whether it cannot go on in the next line unless its quotes are tripled.</param>
    private bool Read(int start, int quote, bool isRaw, Embedding embedding, bool isTripled, bool isLine)
    {
        var mark = _code[quote];
        var width = isTripled ? 3 : 1;
        var content = quote + width;
        var pieces = new PieceBuilder(content);
        var at = content;
        while (at < _end && !IsClose(at, mark, isTripled) && !(isLine && !isTripled && _code[at] == '\n'))
        {
            var c = _code[at];
            if (c == '\\' && at + 1 < _end && (!isRaw || (_language == NotebookLanguage.Python && _code[at + 1] == mark)))
            {
                at = isRaw ? pieces.Add(_code.AsSpan(at, 2), at + 2) : ReadEscape(pieces, at);
            }
            else if (embedding == Embedding.Braces && c is '{' or '}' || embedding == Embedding.Dollar && c == '$')
            {
                at = ReadEmbedded(pieces, at, mark, isTripled);
            }
            else
            {
                at = pieces.Add(_code.AsSpan(at, 1), at + 1);
            }
        }

        var end = Math.Min(at, _end);
        _at = end < _end && _code[end] == mark ? Math.Min(_end, end + width) : end;
        Add(CodeTokenKind.Text, start, _at, new QuotedText(content, Math.Max(content, end), pieces.Build()));
        return true;
    }

    private bool IsClose(int at, char mark, bool isTripled) => _code[at] == mark && (!isTripled || IsTripled(at));

    private int ReadEscape(PieceBuilder pieces, int at)
    {
        var c = _code[at + 1];
        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && at + 2 + digits <= _end && int.TryParse(_code.AsSpan(at + 2, digits), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit)
            && unit is >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF))
        {
            return pieces.Add(char.ConvertFromUtf32(unit), at + 2 + digits);
        }

        ReadOnlySpan<char> said = c switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            '\n' => "",
            '\\' => "\\",
            '\'' => "'",
            '"' => "\"",
            _ => _language == NotebookLanguage.Python ? _code.AsSpan(at, 2) : _code.AsSpan(at + 1, 1),
        };
        return pieces.Add(said, at + 2);
    }

    private int ReadEmbedded(PieceBuilder pieces, int at, char mark, bool isTripled)
    {
        var c = _code[at];
        var next = at + 1 < _end ? _code[at + 1] : '\0';
        if (next == c)
        {
            return pieces.Add(_code.AsSpan(at, 1), at + 2);
        }

        if (c == '$' && (char.IsLetter(next) || next == '_'))
        {
            var end = at + 1;
            while (end < _end && (char.IsLetterOrDigit(_code[end]) || _code[end] == '_'))
            {
                end++;
            }

            return pieces.AddCode(at + 1, end, end);
        }

        var open = c == '$' ? at + 1 : at;
        if (c == '}' || (c == '$' && next != '{'))
        {
            return pieces.Add(_code.AsSpan(at, 1), at + 1);
        }

        var depth = 0;
        var close = open;
        for (; close < _end && !(IsClose(close, mark, isTripled) && _language == NotebookLanguage.Python) && (isTripled || _code[close] != '\n'); close++)
        {
            depth += _code[close] == '{' ? 1 : _code[close] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return pieces.AddCode(open + 1, close, close + 1);
            }
        }

        return pieces.AddCode(open + 1, close, close);
    }

    private bool At(string mark) => _at + mark.Length <= _end && _code.AsSpan(_at, mark.Length).SequenceEqual(mark);

    private char Peek(int ahead) => _at + ahead < _end ? _code[_at + ahead] : '\0';

    private void Add(CodeTokenKind kind, int start, int end, QuotedText? text = null) => _tokens.Add(new CodeToken(kind, start, end, text));

    /// <summary>Collects what a string says.</summary>
    private sealed class PieceBuilder(int start)
    {
        private readonly ImmutableArray<TextPiece>.Builder _pieces = ImmutableArray.CreateBuilder<TextPiece>();
        private readonly StringBuilder _literal = new();
        private int _start = start;

        /// <returns>Where to go on.</returns>
        public int Add(ReadOnlySpan<char> text, int next)
        {
            _literal.Append(text);
            return next;
        }

        public int AddCode(int from, int to, int next)
        {
            Flush(from);
            _pieces.Add(new TextPiece(null, from, to));
            _start = next;
            return next;
        }

        public ImmutableArray<TextPiece> Build()
        {
            Flush(_start);
            return _pieces.ToImmutable();
        }

        private void Flush(int end)
        {
            if (_literal.Length > 0)
            {
                _pieces.Add(new TextPiece(_literal.ToString(), _start, end));
                _literal.Clear();
            }
        }
    }
}
