// Tiles a parsed text with tokens: the tree says what its scalars and keys are, and what lies between them is told by its characters.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

internal sealed class SyntaxTokenizer
{
    private readonly SourceText _text;
    private readonly bool _isYaml;
    private readonly ImmutableArray<SyntaxToken>.Builder _tokens = ImmutableArray.CreateBuilder<SyntaxToken>();
    private int _position;

    private SyntaxTokenizer(SyntaxTree tree)
    {
        _text = tree.Text;
        _isYaml = tree.Language == SyntaxLanguage.Yaml;
    }

    public static ImmutableArray<SyntaxToken> Tokenize(SyntaxTree tree) => Tokenize(tree, new TextSpan(0, tree.Text.Length));

    /// <param name="window">A stretch that begins and ends where tokens do.</param>
    public static ImmutableArray<SyntaxToken> Tokenize(SyntaxTree tree, TextSpan window)
    {
        var tokenizer = new SyntaxTokenizer(tree) { _position = window.Start };
        foreach (var token in tree.Documents.Select(d => d.Root).OfType<SyntaxNode>().SelectMany(r => Leaves(r, window)).OrderBy(t => t.Span.Start))
        {
            // Recovery may keep one stretch of text in two nodes; the first one counts.
            if (token.Span.Start >= tokenizer._position && token.Span.Length > 0)
            {
                tokenizer.TokenizeGap(token.Span.Start);
                tokenizer.Add(token.Kind, token.Span.End);
            }
        }

        tokenizer.TokenizeGap(window.End);
        return tokenizer._tokens.ToImmutable();
    }

    private static IEnumerable<SyntaxToken> Leaves(SyntaxNode root, TextSpan window)
    {
        var pending = new Stack<SyntaxNode>();
        pending.Push(root);
        while (pending.TryPop(out var node))
        {
            if (node is ScalarSyntax scalar)
            {
                yield return new SyntaxToken(KindOf(scalar), scalar.Span);
            }
            else if (node is AliasSyntax)
            {
                yield return new SyntaxToken(SyntaxTokenKind.Alias, node.Span);
            }

            foreach (var child in node.Children)
            {
                if (child.Span.Overlaps(window))
                {
                    pending.Push(child);
                }
            }
        }
    }

    private static SyntaxTokenKind KindOf(ScalarSyntax scalar) => scalar.Parent is MappingEntrySyntax entry && entry.Key == scalar
        ? SyntaxTokenKind.Key
        : scalar.Kind switch
        {
            ScalarKind.Integer or ScalarKind.Float => SyntaxTokenKind.Number,
            ScalarKind.Boolean => SyntaxTokenKind.Boolean,
            ScalarKind.Null => SyntaxTokenKind.Null,
            _ => SyntaxTokenKind.String,
        };

    private void Add(SyntaxTokenKind kind, int end)
    {
        _tokens.Add(new SyntaxToken(kind, TextSpan.FromBounds(_position, end)));
        _position = end;
    }

    private void TokenizeGap(int end)
    {
        while (_position < end)
        {
            var (kind, length) = Next(_text.Content.AsSpan(_position, end - _position));
            Add(kind, _position + length);
        }
    }

    private (SyntaxTokenKind Kind, int Length) Next(ReadOnlySpan<char> rest)
    {
        var isLineStart = _position == 0 || _text[_position - 1] is '\n' or '\r';
        return rest[0] switch
        {
            '\r' when rest.Length > 1 && rest[1] == '\n' => (SyntaxTokenKind.LineBreak, 2),
            '\r' or '\n' => (SyntaxTokenKind.LineBreak, 1),
            ' ' or '\t' or '\uFEFF' => (SyntaxTokenKind.WhiteSpace, LengthOf(rest, static c => c is ' ' or '\t' or '\uFEFF')),
            '#' when _isYaml => (SyntaxTokenKind.Comment, LengthOfLine(rest)),
            '/' when !_isYaml && rest.StartsWith("//") => (SyntaxTokenKind.Comment, LengthOfLine(rest)),
            '/' when !_isYaml && rest.StartsWith("/*") => (SyntaxTokenKind.Comment, rest[2..].IndexOf("*/") is var at and >= 0 ? at + 4 : rest.Length),
            '-' or '.' when _isYaml && isLineStart && (rest.StartsWith("---") || rest.StartsWith("...")) => (SyntaxTokenKind.DocumentMarker, 3),
            '%' when _isYaml && isLineStart => (SyntaxTokenKind.Directive, LengthOfLine(rest)),
            '&' when _isYaml => (SyntaxTokenKind.Anchor, LengthOfWord(rest)),
            '*' when _isYaml => (SyntaxTokenKind.Alias, LengthOfWord(rest)),
            '!' when _isYaml => (SyntaxTokenKind.Tag, LengthOfWord(rest)),
            '{' or '}' or '[' or ']' or ',' or ':' => (SyntaxTokenKind.Punctuation, 1),
            '-' or '?' when _isYaml => (SyntaxTokenKind.Punctuation, 1),
            _ => (SyntaxTokenKind.Skipped, Math.Max(1, LengthOf(rest, static c => !char.IsWhiteSpace(c) && c is not ('{' or '}' or '[' or ']' or ',' or ':')))),
        };
    }

    private static int LengthOf(ReadOnlySpan<char> rest, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < rest.Length && belongs(rest[length]))
        {
            length++;
        }

        return length;
    }

    private static int LengthOfLine(ReadOnlySpan<char> rest) => rest.IndexOfAny('\r', '\n') is var at and >= 0 ? at : rest.Length;

    private static int LengthOfWord(ReadOnlySpan<char> rest) => Math.Max(1, LengthOf(rest, static c => !char.IsWhiteSpace(c) && c is not (',' or '[' or ']' or '{' or '}')));
}
