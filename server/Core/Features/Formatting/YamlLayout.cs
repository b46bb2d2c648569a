// Lays out YAML: lines stay lines, and get the indentation and the spaces that they should have. What scalars say is not touched.
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Formatting;

internal sealed class YamlLayout
{
    private readonly SyntaxTree _tree;
    private readonly SourceText _text;
    private readonly YamlColumns _columns;
    private readonly int _step;
    private readonly List<LayoutChange> _changes = [];
    private readonly Stack<Brackets> _brackets = [];

    private int _index;
    private int _lineStart;
    private int _gapStart;
    private bool _isLineEmpty = true;
    private int _emptyLines;
    private bool _keepsEmptyLines;
    private int _column;
    private int _shift;
    private SyntaxToken? _before;
    private SyntaxToken? _lastContent;

    private YamlLayout(SyntaxTree tree, LayoutStyle style)
    {
        _tree = tree;
        _text = tree.Text;
        _columns = new YamlColumns(tree, style);
        _step = style.Step;
        _lineStart = _gapStart = _text.Length > 0 && _text[0] == '\uFEFF' ? 1 : 0;
    }

    /// <param name="Line">The line that they open in.</param>
    /// <param name="Base">The column of a line that starts with the closing one; the lines within stand a step further in.</param>
    private readonly record struct Brackets(int Line, int Base);

    /// <summary>The white space to change, in text order.</summary>
    public static List<LayoutChange> Find(SyntaxTree tree, LayoutStyle style) => new YamlLayout(tree, style).Find();

    private List<LayoutChange> Find()
    {
        for (_index = 0; _index < _tree.Tokens.Length; _index++)
        {
            var token = _tree.Tokens[_index];
            if (token.Kind == SyntaxTokenKind.LineBreak)
            {
                EndLine(token.Span);
            }
            else if (token.Kind != SyntaxTokenKind.WhiteSpace)
            {
                Take(token);
            }
        }

        EndText();
        return _changes;
    }

    private void EndLine(TextSpan lineBreak)
    {
        if (!_isLineEmpty)
        {
            Change(TextSpan.FromBounds(_gapStart, lineBreak.Start), "");
            _emptyLines = 0;
        }
        else if (!_keepsEmptyLines)
        {
            _emptyLines++;
            Change(TextSpan.FromBounds(_lineStart, _emptyLines > 1 || _before is null ? lineBreak.End : lineBreak.Start), "");
        }

        _isLineEmpty = true;
        _lineStart = _gapStart = lineBreak.End;
    }

    /// <summary>One line break at the end. Behind a block scalar, how many there are may be a part of its text.</summary>
    private void EndText()
    {
        if (_before is not { } last)
        {
            return;
        }

        var end = TextSpan.FromBounds(last.Span.End, _text.Length);
        _changes.RemoveAll(c => c.Span.Start >= end.Start);
        if (!_keepsEmptyLines && !(IsBlockScalar(last) && !_text.AsSpan(end).ContainsAny('\r', '\n')))
        {
            Change(end, DraftStyle.Of(_tree).NewLine);
        }
    }

    private void Take(SyntaxToken token)
    {
        var gap = TextSpan.FromBounds(_isLineEmpty ? _lineStart : _gapStart, token.Span.Start);
        var isFirst = _isLineEmpty;
        if (isFirst)
        {
            _keepsEmptyLines = false;
            _column = ColumnOf(token);
            _shift = _column - gap.Length;
            Change(gap, new string(' ', _column), movesLine: true);
        }
        else
        {
            Change(gap, SpaceBetween(_before!.Value, token, gap));
        }

        Follow(token, isFirst);
        if (_text.GetLine(token.Span.Start) != _text.GetLine(token.Span.End))
        {
            MoveFurtherLines(token);
        }

        _before = token;
        _lastContent = token.Kind == SyntaxTokenKind.Comment ? _lastContent : token;
        _isLineEmpty = false;
        _gapStart = token.Span.End;
    }

    /// <summary>Keeps count of open brackets.</summary>
    private void Follow(SyntaxToken token, bool isFirst)
    {
        if (Is(token, '{', '['))
        {
            var line = _text.GetLine(token.Span.Start);
            var start = isFirst ? _column
                : !_brackets.TryPeek(out var around) ? _columns.FindFlowBase(token.Span.Start)
                : around.Line == line ? around.Base : _column;
            _brackets.Push(new Brackets(line, start));
        }
        else if (Is(token, '}', ']'))
        {
            _brackets.TryPop(out _);
        }
    }

    private int ColumnOf(SyntaxToken first)
    {
        if (_brackets.TryPeek(out var around))
        {
            return Is(first, '}', ']') ? around.Base : around.Base + _step;
        }

        return first.Kind switch
        {
            SyntaxTokenKind.Comment => ColumnOfComment(first.Span),
            SyntaxTokenKind.DocumentMarker or SyntaxTokenKind.Directive => 0,
            SyntaxTokenKind.Anchor or SyntaxTokenKind.Tag when _columns.Find(first.Span.Start) is null => FindContent(_index + 1, withAnchors: false) is { } owner ? _columns.Find(owner.Span.Start) ?? OldColumn(first.Span) : OldColumn(first.Span),
            _ => _columns.Find(first.Span.Start) ?? OldColumn(first.Span),
        };
    }

    /// <summary>With what follows; at the end of a collection that it is indented like, with that.</summary>
    private int ColumnOfComment(TextSpan comment)
    {
        var next = FindContent(_index + 1, withAnchors: true);
        var isEnd = next is null or { Kind: SyntaxTokenKind.DocumentMarker or SyntaxTokenKind.Directive };
        var outside = isEnd ? -1 : OldColumn(next!.Value.Span);
        var column = OldColumn(comment);
        return column > outside && _lastContent is { } last && _columns.FindEnding(last.Span, column, outside) is { } ending ? ending
            : isEnd ? 0
            : _columns.Find(next!.Value.Span.Start) ?? outside;
    }

    private SyntaxToken? FindContent(int from, bool withAnchors)
    {
        for (var i = from; i < _tree.Tokens.Length; i++)
        {
            var kind = _tree.Tokens[i].Kind;
            if (kind is not (SyntaxTokenKind.WhiteSpace or SyntaxTokenKind.LineBreak or SyntaxTokenKind.Comment) && (withAnchors || kind is not (SyntaxTokenKind.Anchor or SyntaxTokenKind.Tag)))
            {
                return _tree.Tokens[i];
            }
        }

        return null;
    }

    private int OldColumn(TextSpan span) => _text.GetPosition(span.Start).Character - (_text.GetLine(span.Start) == 0 && _text[0] == '\uFEFF' ? 1 : 0);

    private string SpaceBetween(SyntaxToken before, SyntaxToken token, TextSpan gap)
    {
        var written = _text.ToString(gap);
        if (token.Kind == SyntaxTokenKind.Comment)
        {
            return written.Length > 0 ? written : " ";
        }

        if (Is(token, ',', ':'))
        {
            // The name of an alias would take in what follows; a key that is not written has nothing to be close to.
            return before.Kind is SyntaxTokenKind.Alias or SyntaxTokenKind.Anchor or SyntaxTokenKind.Tag || (before.Kind == SyntaxTokenKind.Punctuation && !Is(before, '}', ']') && !Is(before, ':', ':')) ? written : "";
        }

        return Is(before, '{', '{') ? Is(token, '}', '}') ? "" : " "
            : Is(before, '[', '[') || Is(token, ']', ']') ? ""
            : Is(token, '}', '}') || Is(before, ',', ':') || Is(before, '-', '-') || before.Kind is SyntaxTokenKind.Anchor or SyntaxTokenKind.Tag or SyntaxTokenKind.DocumentMarker ? " "
            : written;
    }

    private void MoveFurtherLines(SyntaxToken token)
    {
        if (IsBlockScalar(token))
        {
            MoveBlockScalar(token);
            return;
        }

        var level = _brackets.TryPeek(out var around) ? around.Base : _columns.FindScalar(token.Span.Start)?.Level ?? -1;
        foreach (var (start, spaces) in FurtherLines(token.Span).Where(l => !IsEmpty(l.Start + l.Spaces)))
        {
            Change(new TextSpan(start, spaces), new string(' ', Math.Max(spaces + _shift, level + 1)), movesLine: true);
        }
    }

    private bool IsBlockScalar(SyntaxToken token) => token.Kind is SyntaxTokenKind.String or SyntaxTokenKind.Null or SyntaxTokenKind.Number or SyntaxTokenKind.Boolean && _text[token.Span.Start] is '|' or '>';

    /// <summary>The text as a whole keeps its shape; only how far in it stands changes.</summary>
    private void MoveBlockScalar(SyntaxToken token)
    {
        var header = _text.AsSpan(TextSpan.FromBounds(token.Span.Start, _text.GetLineSpan(_text.GetLine(token.Span.Start)).End));
        header = header[..(header.IndexOf(' ') is var space and >= 0 ? space : header.Length)];
        _keepsEmptyLines = header.Contains('+');
        var lines = FurtherLines(token.Span).ToList();
        if (_columns.FindScalar(token.Span.Start) is not { } place || lines.FindIndex(l => !IsEmpty(l.Start + l.Spaces)) is not (>= 0 and var first))
        {
            _keepsEmptyLines = true;
            return;
        }

        var digit = header.IndexOfAnyInRange('1', '9') is var at and >= 0 ? header[at] - '0' : (int?)null;
        var (old, wanted) = (digit is { } told ? place.OldLevel + told : lines[first].Spaces, digit is { } same ? place.Level + same : place.Content);
        _keepsEmptyLines |= HasSpacesBehind(token.Span.End, old);
        foreach (var (start, spaces) in lines.Where(_ => old != wanted))
        {
            Change(new TextSpan(start, spaces), new string(' ', IsEmpty(start + spaces) && spaces <= old ? 0 : Math.Max(0, spaces + wanted - old)), movesLine: true);
        }
    }

    /// <summary>Whether one of the empty lines behind a block scalar is a part of it, as it holds more spaces than the indentation.</summary>
    private bool HasSpacesBehind(int offset, int indentation)
    {
        for (var line = _text.GetLine(offset) + 1; line < _text.LineCount && _text.AsSpan(_text.GetLineSpan(line)).IsWhiteSpace(); line++)
        {
            if (_text.GetLineSpan(line).Length > indentation)
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<(int Start, int Spaces)> FurtherLines(TextSpan span)
    {
        for (var line = _text.GetLine(span.Start) + 1; line <= _text.GetLine(span.End); line++)
        {
            var lineSpan = _text.GetLineSpan(line);
            yield return (lineSpan.Start, _text.AsSpan(lineSpan).IndexOfAnyExcept(' ') is var at and >= 0 ? at : lineSpan.Length);
        }
    }

    private bool IsEmpty(int offset) => offset == _text.Length || _text[offset] is '\r' or '\n';

    private bool Is(SyntaxToken token, char one, char other) => token.Kind == SyntaxTokenKind.Punctuation && (_text[token.Span.Start] == one || _text[token.Span.Start] == other);

    private void Change(TextSpan span, string newText, bool movesLine = false)
    {
        if (!_text.AsSpan(span).SequenceEqual(newText))
        {
            _changes.Add(new LayoutChange(span, newText, movesLine));
        }
    }
}
