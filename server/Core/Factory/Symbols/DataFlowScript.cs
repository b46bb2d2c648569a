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

internal sealed class DataFlowScript
{
    private static readonly string[] StreamLists = ["sources", "sinks", "transformations"];

    private readonly List<(ScalarSyntax Scalar, int Start)> _pieces = [];
    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly List<ScriptName> _names = [];

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

    /// <summary>The names in a data flow's script, in text order.</summary>
    public static IReadOnlyList<ScriptName> FindNames(BoundResource flow)
    {
        var content = flow.Properties?.FindValue("typeProperties") as BoundObject;
        var pieces = new[] { content?.FindValue("script") }.Concat((content?.FindValue("scriptLines") as BoundArray)?.Items ?? [])
            .OfType<BoundScalar>().Select(s => s.Syntax).OfType<ScalarSyntax>().Where(s => s.Kind == ScalarKind.String);
        var script = new DataFlowScript(pieces);
        script.Read();
        return script._names;
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
        var start = ReadParameters();
        var depth = 0;
        for (var i = start; i < _tokens.Count; i++)
        {
            var token = _tokens[i];
            switch (token.Kind)
            {
                case TokenKind.Open:
                    depth++;
                    break;
                case TokenKind.Close:
                    depth = Math.Max(0, depth - 1);
                    break;
                case TokenKind.Parameter:
                    Add(token, isParameter: true);
                    break;
                case TokenKind.Name when IsStream(i, depth):
                    Add(token, isParameter: false);
                    break;
            }
        }
    }

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
            }
            else if (token.Kind == TokenKind.Parameter)
            {
                Add(token, isParameter: true);
            }

            isName = depth == 1 && token.First == ',';
        }

        return i;
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

            foreach (var token in Tokenize(open, close + 1))
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

    private bool IsComment(int at, int end) => at + 1 < end && _text[at] == '/' && _text[at + 1] is '/' or '*';

    private int LengthOfComment(int at, int end)
    {
        var close = _text[at + 1] == '/' ? _text.IndexOf('\n', at, end - at) : _text.IndexOf("*/", at + 2, end - at - 2, StringComparison.Ordinal) + 2;
        return close < at + 2 ? end - at : close - at;
    }

    private TokenKind KindOf(int at, int length) => _text[at] switch
    {
        '~' when length == 2 => TokenKind.Arrow,
        '(' or '[' or '{' => TokenKind.Open,
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
