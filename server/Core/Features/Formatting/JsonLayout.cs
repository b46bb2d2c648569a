// Lays out JSON as ADF Studio writes it: every member on a line of its own, empty brackets closed at once.
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Formatting;

internal sealed class JsonLayout
{
    private readonly SourceText _text;
    private readonly SyntaxToken[] _tokens;
    private readonly string _unit;
    private readonly string _newLine;

    private JsonLayout(SyntaxTree tree, LayoutStyle style)
    {
        _text = tree.Text;
        _tokens = [.. tree.Tokens.Where(t => t.Kind is not (SyntaxTokenKind.WhiteSpace or SyntaxTokenKind.LineBreak))];
        _unit = FindUnit() ?? style.Unit;
        _newLine = DraftStyle.Of(tree).NewLine;
    }

    /// <summary>The white space to change, in text order.</summary>
    public static List<LayoutChange> Find(SyntaxTree tree, LayoutStyle style) => new JsonLayout(tree, style).Find();

    private List<LayoutChange> Find()
    {
        var changes = new List<LayoutChange>();
        var depth = 0;
        for (var i = 0; i <= _tokens.Length && _tokens.Length > 0; i++)
        {
            depth -= i < _tokens.Length && Is(i, '}', ']') ? 1 : 0;
            var start = i == 0 ? _text[0] == '\uFEFF' ? 1 : 0 : _tokens[i - 1].Span.End;
            var gap = TextSpan.FromBounds(start, i < _tokens.Length ? _tokens[i].Span.Start : _text.Length);
            var wanted = i == 0 ? "" : i == _tokens.Length ? End(gap) : Gap(i, gap, depth);
            if (!_text.AsSpan(gap).SequenceEqual(wanted))
            {
                changes.Add(new LayoutChange(gap, wanted));
            }

            depth += i < _tokens.Length && Is(i, '{', '[') ? 1 : 0;
        }

        return changes;
    }

    /// <summary>
    /// One level as the text has it: the white space of its first member's line, if that is one level. Studio writes tabs, older files of it have spaces; what an
    /// editor would like counts for a text that says nothing, so that a file that Studio wrote stays as it is in every editor.
    /// </summary>
    private string? FindUnit()
    {
        if (_tokens is not [var open, var first, ..] || _text[open.Span.Start] is not ('{' or '[') || Breaks(TextSpan.FromBounds(open.Span.End, first.Span.Start)) == 0)
        {
            return null;
        }

        var indent = _text.ToString(TextSpan.FromBounds(_text.GetLineSpan(_text.GetLine(first.Span.Start)).Start, first.Span.Start));
        return indent is "\t" || (indent.Length is > 1 and <= LayoutStyle.WidestIndent && indent.All(c => c == ' ')) ? indent : null;
    }

    /// <summary>The line break at the end, where there is one: Studio writes none.</summary>
    private string End(TextSpan gap) => Breaks(gap) > 0 ? _newLine : "";

    /// <summary>What stands between a token and the one before it.</summary>
    private string Gap(int index, TextSpan gap, int depth)
    {
        var isSameLine = Breaks(gap) == 0;
        if (IsComment(index))
        {
            return isSameLine && !LeadsWhatFollows(index) ? SpaceOrMore(gap) : Break(index, gap, depth);
        }

        if (IsComment(index - 1))
        {
            return IsLineComment(index - 1) || !isSameLine ? Break(index, gap, depth) : Is(index, ',', ',') ? "" : " ";
        }

        return (Is(index - 1, '{', '[') && Is(index, '}', ']')) || Is(index, ',', ':') ? ""
            : Is(index - 1, ':', ':') ? " "
            : Break(index, gap, depth);
    }

    /// <summary>A comment in a line with what stands after it is about that.</summary>
    private bool LeadsWhatFollows(int index) => !IsLineComment(index) && !Is(index - 1, ':', ':') && index + 1 < _tokens.Length && !IsComment(index + 1) && !Is(index + 1, ',', ':') && !Is(index + 1, '}', ']')
        && Breaks(TextSpan.FromBounds(_tokens[index].Span.End, _tokens[index + 1].Span.Start)) == 0;

    /// <summary>A new line, and of the empty lines before it one, unless a bracket stands at either side.</summary>
    private string Break(int index, TextSpan gap, int depth)
    {
        var isEmptyLineKept = Breaks(gap) > 1 && !Is(index - 1, '{', '[') && !Is(index, '}', ']');
        return (isEmptyLineKept ? _newLine : "") + _newLine + string.Concat(Enumerable.Repeat(_unit, depth));
    }

    private string SpaceOrMore(TextSpan gap) => gap.Length > 0 ? _text.ToString(gap) : " ";

    private int Breaks(TextSpan gap) => _text.GetLine(gap.End) - _text.GetLine(gap.Start);

    private bool Is(int index, char one, char other) => _tokens[index].Kind == SyntaxTokenKind.Punctuation && (_text[_tokens[index].Span.Start] == one || _text[_tokens[index].Span.Start] == other);

    private bool IsComment(int index) => _tokens[index].Kind == SyntaxTokenKind.Comment;

    private bool IsLineComment(int index) => IsComment(index) && _text.AsSpan(_tokens[index].Span).StartsWith("//");
}
