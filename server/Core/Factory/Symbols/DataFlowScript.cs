// The names in the script of a data flow. The script has a language of its own, of which only as much is read as tells names from other words:
// statements of the form `input, input transformation(…) ~> output`, after a block `parameters{ name as type (default), … }`
// (Microsoft's documentation of the data flow script).
using System.Text;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>A name in a script.</summary>
/// <param name="Scalar">The text that it is in: the script, or one of its lines.</param>
/// <param name="Span">In the scalar's value.</param>
/// <param name="IsParameter">A parameter of the data flow; else a source, sink or transformation.</param>
internal sealed record ScriptName(ScalarSyntax Scalar, TextSpan Span, string Text, bool IsParameter, bool IsDeclaration);

/// <summary>A parameter that a script declares.</summary>
/// <param name="Type">As written, without spaces: <c>string</c>, <c>decimal(10,2)</c>, <c>string[]</c>. Empty where it is missing.</param>
internal sealed record ScriptParameter(string Name, string Type, bool HasDefault);

/// <summary>A statement of a script: what makes a stream.</summary>
/// <param name="Kind">The transformation: <c>source</c>, <c>derive</c>. Empty where it is missing.</param>
/// <param name="Settings">What is between its parentheses.</param>
internal sealed record ScriptStatement(ScriptName Stream, string Kind, string Settings);

internal sealed class DataFlowScript
{
    private static readonly string[] StreamLists = ["sources", "sinks", "transformations"];

    private readonly List<(ScalarSyntax Scalar, int Start)> _pieces = [];
    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly List<ScriptName> _names = [];
    private readonly List<ScriptParameter> _parameters = [];
    private readonly List<ScriptStatement> _statements = [];

    private DataFlowScript(IEnumerable<ScalarSyntax> pieces)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            _pieces.Add((piece, text.Length));
            text.Append(piece.Value).Append('\n');
        }

        _text = text.ToString();
        _tokens = [.. Tokenize(0, _text.Length)];
    }

    /// <summary>The sources, sinks and transformations of a data flow.</summary>
    public static IEnumerable<BoundObject> FindStreams(BoundResource flow)
    {
        var content = flow.Properties?.FindValue("typeProperties") as BoundObject;
        return StreamLists.SelectMany(list => (content?.FindValue(list) as BoundArray)?.Items.OfType<BoundObject>() ?? []);
    }

    /// <summary>The names in the script, in text order.</summary>
    public IReadOnlyList<ScriptName> Names => _names;

    /// <summary>The parameters that the script declares, in text order.</summary>
    public IReadOnlyList<ScriptParameter> Parameters => _parameters;

    /// <summary>The statements that have an output, in text order.</summary>
    public IReadOnlyList<ScriptStatement> Statements => _statements;

    /// <summary>The names in a data flow's script, in text order.</summary>
    public static IReadOnlyList<ScriptName> FindNames(BoundResource flow) => Of(flow).Names;

    /// <summary>Reads the script of a data flow; that of one without has nothing in it.</summary>
    public static DataFlowScript Of(BoundResource flow)
    {
        var content = flow.Properties?.FindValue("typeProperties") as BoundObject;
        var pieces = new[] { content?.FindValue("script") }.Concat((content?.FindValue("scriptLines") as BoundArray)?.Items ?? [])
            .OfType<BoundScalar>().Select(s => s.Syntax).OfType<ScalarSyntax>().Where(s => s.Kind == ScalarKind.String);
        var script = new DataFlowScript(pieces);
        script.Read();
        return script;
    }

    private enum TokenKind
    {
        Name,

        /// <summary><c>$name</c>, without its <c>$</c>.</summary>
        Parameter,

        /// <summary><c>~&gt;</c>.</summary>
        Arrow,
        Open,
        Close,
        Other,
    }

    private readonly record struct Token(TokenKind Kind, TextSpan Span, char First);

    private void Read()
    {
        var depth = 0;
        var (kind, settings) = ("", "");
        for (int i = ReadParameters(), open = i; i < _tokens.Count; i++)
        {
            var token = _tokens[i];
            switch (token.Kind)
            {
                case TokenKind.Open when depth++ == 0:
                    open = token.Span.End;
                    kind = i > 0 && _tokens[i - 1].Kind == TokenKind.Name ? TextOf(_tokens[i - 1]) : "";
                    break;
                case TokenKind.Close:
                    depth = Math.Max(0, depth - 1);
                    settings = depth == 0 ? _text[open..token.Span.Start] : settings;
                    break;
                case TokenKind.Parameter:
                    Add(token, isParameter: true);
                    break;
                case TokenKind.Name when IsStream(i, depth):
                    var isOutput = depth == 0 && i > 0 && _tokens[i - 1].Kind == TokenKind.Arrow;
                    Add(token, isParameter: false, isOutput);
                    if (isOutput)
                    {
                        _statements.Add(new ScriptStatement(_names[^1], kind, settings));
                        (kind, settings) = ("", "");
                    }

                    break;
            }
        }
    }

    private string TextOf(Token token) => _text.Substring(token.Span.Start, token.Span.Length);

    /// <summary>The block of parameters at the start.</summary>
    /// <returns>The token after it.</returns>
    private int ReadParameters()
    {
        if (_tokens is not [{ Kind: TokenKind.Name } word, { First: '{' }, ..] || !_text.AsSpan(word.Span.Start, word.Span.Length).Equals("parameters", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        var depth = 1;
        var i = 2;
        for (var isName = true; i < _tokens.Count && depth > 0; i++)
        {
            var token = _tokens[i];
            depth += token.Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
            if (isName && token.Kind == TokenKind.Name)
            {
                Add(token, isParameter: true, isDeclaration: true);
                _parameters.Add(ReadParameter(i));
            }
            else if (token.Kind == TokenKind.Parameter)
            {
                Add(token, isParameter: true);
            }

            isName = depth == 1 && token.First == ',';
        }

        return i;
    }

    /// <summary>After the name stands its type, of which parentheses are a part in <c>decimal(10,2)</c>, and then a default in parentheses of its own.</summary>
    private ScriptParameter ReadParameter(int name)
    {
        var type = new StringBuilder();
        var i = name + 1;
        if (i < _tokens.Count && TextOf(_tokens[i]).Equals("as", StringComparison.OrdinalIgnoreCase))
        {
            for (i++; i < _tokens.Count && !(_tokens[i].First == '(' && type.ToString() is not ("decimal" or "")) && _tokens[i].First is not (',' or '}'); i++)
            {
                var end = _tokens[i].Kind == TokenKind.Open ? FindClose(i) : i;
                type.Append(string.Concat(_tokens.Skip(i).Take(end + 1 - i).Select(TextOf)));
                i = end;
            }
        }

        return new ScriptParameter(TextOf(_tokens[name]), type.ToString(), i < _tokens.Count && _tokens[i].First == '(');
    }

    /// <summary>The token that closes what one opens; the last of all where nothing does.</summary>
    private int FindClose(int open)
    {
        var depth = 0;
        for (var i = open; i < _tokens.Count; i++)
        {
            depth += _tokens[i].Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return _tokens.Count - 1;
    }

    /// <summary>
    /// Outside of parentheses every word is a stream, but the transformation before its parenthesis and the output after an <c>@</c>. Inside of them
    /// <c>stream@column</c> and <c>sink#lookup(…)</c> name one.
    /// </summary>
    private bool IsStream(int index, int depth)
    {
        var next = index + 1 < _tokens.Count ? _tokens[index + 1] : default;
        return depth > 0
            ? next.First is '@' or '#' && next.Span.Start == _tokens[index].Span.End && !(index > 0 && _tokens[index - 1] is { First: '$' or ':' or '#' or '@' })
            : next.First is not ('(' or '{') && !(index > 0 && _tokens[index - 1].First == '@');
    }

    private void Add(Token token, bool isParameter, bool isDeclaration = false)
    {
        var (scalar, start) = _pieces.FindLast(p => p.Start <= token.Span.Start);
        _names.Add(new ScriptName(scalar, new TextSpan(token.Span.Start - start, token.Span.Length), _text.Substring(token.Span.Start, token.Span.Length), isParameter, isDeclaration));
    }

    /// <summary>Comments are left out, and of strings all but what double-quoted ones interpolate: <c>"{…}"</c>.</summary>
    private IEnumerable<Token> Tokenize(int start, int end)
    {
        for (var at = start; at < end;)
        {
            var length = LengthOf(at, end);
            var c = _text[at];
            if (c == '"')
            {
                foreach (var token in TokenizeInterpolation(at, length))
                {
                    yield return token;
                }
            }
            else if (c == '$' && length > 1)
            {
                yield return new Token(TokenKind.Parameter, new TextSpan(at + 1, length - 1), c);
            }
            else if (!char.IsWhiteSpace(c) && !IsComment(at, end))
            {
                yield return new Token(KindOf(at, length), new TextSpan(at, length), c);
            }

            at += length;
        }
    }

    private IEnumerable<Token> TokenizeInterpolation(int at, int length)
    {
        var open = _text.IndexOf('{', at + 1, Math.Max(0, length - 1));
        while (open >= 0)
        {
            var close = _text.IndexOf('}', open, at + length - open);
            if (close < 0)
            {
                yield break;
            }

            foreach (var token in Tokenize(open + 1, close))
            {
                yield return token;
            }

            open = _text.IndexOf('{', close, at + length - close);
        }
    }

    private int LengthOf(int at, int end) => _text[at] switch
    {
        '\'' or '"' or '`' => LengthOfString(at, end),
        '~' when at + 1 < end && _text[at + 1] == '>' => 2,
        '{' when !OpensBlock(at) => LengthOfColumn(at, end),
        '$' => 1 + CountWord(at + 1, end),
        '/' when IsComment(at, end) => LengthOfComment(at, end),
        var c when IsWord(c) => CountWord(at, end),
        _ => 1,
    };

    private int LengthOfString(int at, int end)
    {
        for (var i = at + 1; i < end; i++)
        {
            if (_text[i] == '\\')
            {
                i++;
            }
            else if (_text[i] == _text[at])
            {
                return i + 1 - at;
            }
        }

        // A quote that nothing closes is text of something else, such as an apostrophe in a comment.
        return 1;
    }

    /// <summary>Whether a brace follows a word, as in <c>parameters{…}</c>; any other is the start of a column's name.</summary>
    private bool OpensBlock(int at)
    {
        var before = _text.AsSpan(0, at).TrimEnd();
        return (at > 0 && IsWord(_text[at - 1])) || before.EndsWith("parameters", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A column's name in braces, which may have anything in it: <c>{Mother's name}</c>. It ends in its line.</summary>
    private int LengthOfColumn(int at, int end)
    {
        for (var i = at + 1; i < end && _text[i] != '\n'; i++)
        {
            if (_text[i] == '\\')
            {
                i++;
            }
            else if (_text[i] == '}')
            {
                return i + 1 - at;
            }
        }

        return 1;
    }

    private bool IsComment(int at, int end) => at + 1 < end && _text[at] == '/' && _text[at + 1] is '/' or '*';

    private int LengthOfComment(int at, int end)
    {
        var close = _text[at + 1] == '/' ? _text.IndexOf('\n', at, end - at) : _text.IndexOf("*/", at + 2, end - at - 2, StringComparison.Ordinal) + 2;
        return close < at + 2 ? end - at : close - at;
    }

    private TokenKind KindOf(int at, int length) => _text[at] switch
    {
        '~' when length == 2 => TokenKind.Arrow,
        '(' or '[' or '{' when length == 1 => TokenKind.Open,
        ')' or ']' or '}' => TokenKind.Close,
        var c when char.IsLetter(c) || c == '_' => TokenKind.Name,
        _ => TokenKind.Other,
    };

    private int CountWord(int at, int end)
    {
        var i = at;
        while (i < end && IsWord(_text[i]))
        {
            i++;
        }

        return i - at;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
