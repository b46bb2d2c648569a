using System.Collections.Immutable;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Completion;

/// <summary>A text around a cursor: its line, what stands before and after, and the nodes that have begun before it.</summary>
internal sealed class CursorText
{
    private readonly SyntaxTree _tree;
    private ImmutableArray<SyntaxToken> _tokens;

    public CursorText(SyntaxTree tree, int offset)
    {
        _tree = tree;
        Offset = Math.Clamp(offset, 0, tree.Text.Length);
        Line = Text.GetLineSpan(Text.GetLine(Offset));
        _tokens = tree.GetTokensNear(Offset);
    }

    public int Offset { get; }

    public SourceText Text => _tree.Text;

    public SyntaxLanguage Language => _tree.Language;

    public TextSpan Line { get; }

    /// <summary>The line's text before the cursor.</summary>
    public ReadOnlySpan<char> Before => Text.AsSpan(TextSpan.FromBounds(Line.Start, Math.Min(Offset, Line.End)));

    public string NewLine => Text.LineCount > 1 && Text[Text.GetLineSpan(0).End] == '\r' ? "\r\n" : "\n";

    /// <summary>One level of indentation as the text has it: the white space of the first indented line.</summary>
    public string Step
    {
        get
        {
            for (var line = 0; line < Math.Min(Text.LineCount, 50) && Language == SyntaxLanguage.Json; line++)
            {
                if (IndentOf(Text.GetLineSpan(line)) is { Length: > 0 and <= 8 } indent)
                {
                    return indent;
                }
            }

            return "  ";
        }
    }

    public bool IsInComment => FindTokenBefore(Offset) is { Kind: SyntaxTokenKind.Comment } comment
        && (Offset < comment.Span.End || !Text.AsSpan(comment.Span).EndsWith("*/"));

    public int ColumnOf(int position) => position - Text.GetLineSpan(Text.GetLine(position)).Start;

    public bool IsOnCursorLine(int position) => position >= Line.Start && position <= Line.End;

    /// <summary>The white space at the start of the line of <paramref name="position"/>.</summary>
    public string IndentAt(int position) => IndentOf(Text.GetLineSpan(Text.GetLine(position)));

    /// <summary>Whether nothing but white space stands before <paramref name="position"/> on its line.</summary>
    public bool StartsLine(int position)
    {
        var start = Text.GetLineSpan(Text.GetLine(position)).Start;
        return Text.AsSpan(TextSpan.FromBounds(start, position)).IsWhiteSpace();
    }

    /// <summary>Whether nothing but white space or a comment follows <paramref name="position"/> on its line.</summary>
    public bool EndsLine(int position)
    {
        var end = Text.GetLineSpan(Text.GetLine(position)).End;
        var rest = Text.AsSpan(TextSpan.FromBounds(position, end));
        return rest.IsWhiteSpace() || (rest.TrimStart().StartsWith("#") && rest[0] is (' ' or '\t'));
    }

    /// <summary>Where the last text before <paramref name="position"/> ends that is neither white space nor a comment; 0 if there is none.</summary>
    public int FindEndOfTextBefore(int position)
    {
        for (var i = FindIndexBefore(position); i >= 0; i--)
        {
            if (!IsTrivia(_tokens[i].Kind))
            {
                return Math.Min(_tokens[i].Span.End, position);
            }
        }

        return TakeAllTokens() ? FindEndOfTextBefore(position) : 0;
    }

    /// <summary>Where the first text from <paramref name="position"/> on starts that is neither white space nor a comment; null if there is none.</summary>
    public int? FindStartOfTextAfter(int position)
    {
        for (var i = Math.Max(0, FindIndexBefore(position)); i < _tokens.Length; i++)
        {
            if (_tokens[i].Span.End > position && !IsTrivia(_tokens[i].Kind))
            {
                return Math.Max(position, _tokens[i].Span.Start);
            }
        }

        return TakeAllTokens() ? FindStartOfTextAfter(position) : null;
    }

    /// <summary>The first character from <paramref name="position"/> on that is neither white space nor in a comment; <c>\0</c> if there is none.</summary>
    public char FindTextAfter(int position) => FindStartOfTextAfter(position) is { } start ? Text[start] : '\0';

    /// <summary>How many brackets and braces from <paramref name="start"/> on are open at the cursor.</summary>
    public int CountOpenBrackets(int start)
    {
        var open = 0;
        for (var i = FindIndexBefore(start) + 1; i < _tokens.Length && _tokens[i].Span.Start < Offset; i++)
        {
            open += _tokens[i].Kind != SyntaxTokenKind.Punctuation ? 0 : Text[_tokens[i].Span.Start] switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
        }

        return open;
    }

    /// <summary>The document that <paramref name="position"/> is in.</summary>
    public DocumentSyntax DocumentAt(int position) => _tree.Documents.LastOrDefault(d => d.Span.Start <= position) ?? _tree.Documents[0];

    /// <summary>The nodes that were begun last before <paramref name="position"/>, innermost first: those that what is typed there can belong to.</summary>
    public List<SyntaxNode> FindOpenNodes(int position)
    {
        var result = new List<SyntaxNode>();
        for (var node = DocumentAt(position).Root; node is not null && node.Span.Start < position; node = LastChildBefore(node, position))
        {
            result.Add(node);
        }

        result.Reverse();
        return result;
    }

    private static SyntaxNode? LastChildBefore(SyntaxNode node, int position)
    {
        SyntaxNode? last = null;
        foreach (var child in node is MappingEntrySyntax entry ? entry.Children.Skip(1) : node.Children)
        {
            if (child.Span.Start >= position)
            {
                break;
            }

            // A value that is left out has no text, and may be said to stand at its key's end or at the next line's start.
            if (child.Span.Length > 0)
            {
                last = child;
            }
        }

        return last;
    }

    private string IndentOf(TextSpan line)
    {
        var end = line.Start;
        while (end < line.End && Text[end] is (' ' or '\t'))
        {
            end++;
        }

        return Text.ToString(TextSpan.FromBounds(line.Start, end));
    }

    private static bool IsTrivia(SyntaxTokenKind kind) => kind is SyntaxTokenKind.WhiteSpace or SyntaxTokenKind.LineBreak or SyntaxTokenKind.Comment;

    private SyntaxToken? FindTokenBefore(int position) => FindIndexBefore(position) is >= 0 and var index ? _tokens[index] : null;

    /// <summary>Looks at the whole text from now on.</summary>
    /// <returns>False where it did already.</returns>
    private bool TakeAllTokens()
    {
        if (_tokens.IsEmpty || (_tokens[0].Span.Start == 0 && _tokens[^1].Span.End == Text.Length))
        {
            return false;
        }

        _tokens = _tree.Tokens;
        return true;
    }

    /// <summary>The index of the last token that starts before <paramref name="position"/>; -1 if there is none.</summary>
    private int FindIndexBefore(int position)
    {
        if (!_tokens.IsEmpty && (position < _tokens[0].Span.Start || position > _tokens[^1].Span.End))
        {
            TakeAllTokens();
        }

        var low = 0;
        var high = _tokens.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_tokens[middle].Span.Start < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }
}
