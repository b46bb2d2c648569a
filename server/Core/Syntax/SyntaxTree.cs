// The parsed form of one text, and the way in: SyntaxTree.Parse.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

public enum SyntaxLanguage
{
    Json,
    Yaml,
}

public enum SyntaxTokenKind
{
    WhiteSpace,
    LineBreak,
    Comment,

    /// <summary>Brackets, commas, colons, dashes, question marks.</summary>
    Punctuation,

    /// <summary>A key of a mapping.</summary>
    Key,
    String,
    Number,
    Boolean,
    Null,

    /// <summary>YAML: <c>&amp;name</c>, <c>*name</c>, <c>!tag</c>, <c>---</c>, <c>...</c>, <c>%DIRECTIVE</c>.</summary>
    Anchor,
    Alias,
    Tag,
    DocumentMarker,
    Directive,

    /// <summary>Text that could not be understood; a diagnostic says why.</summary>
    Skipped,
}

public readonly record struct SyntaxToken(SyntaxTokenKind Kind, TextSpan Span);

/// <summary>A text with its tree. Parsing never fails: what is broken is reported, and everything around it is still there.</summary>
public sealed class SyntaxTree
{
    /// <summary>A text of more characters than this is not read: 4 million.</summary>
    public const int MostCharacters = 4 * 1024 * 1024;

    private readonly Lazy<ImmutableArray<SyntaxToken>> _tokens;

    internal SyntaxTree(
        SourceText text,
        SyntaxLanguage language,
        ImmutableArray<DocumentSyntax> documents,
        ImmutableArray<Diagnostic> diagnostics,
        Func<SyntaxTree, ImmutableArray<SyntaxToken>> tokenize)
    {
        Text = text;
        Language = language;
        Documents = documents;
        Diagnostics = diagnostics;
        _tokens = new Lazy<ImmutableArray<SyntaxToken>>(() => tokenize(this));
    }

    public SourceText Text { get; }

    public SyntaxLanguage Language { get; }

    /// <summary>At least one, even for an empty text.</summary>
    public ImmutableArray<DocumentSyntax> Documents { get; }

    /// <summary>The root of the first document.</summary>
    public SyntaxNode? Root => Documents[0].Root;

    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Every character of the text in order, comments and white space included: the spans touch and cover it all. Made on demand.</summary>
    public ImmutableArray<SyntaxToken> Tokens => _tokens.Value;

    /// <summary>Whether each part of the text can be read by itself: no node stands for another one, and what is wrong in one place does not change another.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>
    /// The tokens around an offset, of the text between two nodes that begin before it and behind it: all that there are in a short text, few in a long one.
    /// </summary>
    public ImmutableArray<SyntaxToken> GetTokensNear(int offset)
    {
        var window = new TextSpan(0, Text.Length);
        for (var node = Documents.LastOrDefault(d => d.Span.Start <= offset)?.Root; node is not null;)
        {
            ImmutableArray<SyntaxNode> children = [.. node.Children];
            var at = children.Length - 1;
            while (at >= 0 && children[at].Span.Start > offset)
            {
                at--;
            }

            // Two to either side, so that what is asked about the text around the offset is mostly there.
            window = TextSpan.FromBounds(at >= 2 ? children[at - 2].Span.Start : window.Start, at + 3 < children.Length ? children[at + 3].Span.Start : window.End);
            node = at < 0 ? null : children[at];
        }

        return window.Length == Text.Length ? Tokens : SyntaxTokenizer.Tokenize(this, window);
    }

    /// <summary>The tree of a later version of the text: what <see cref="Parse"/> gives, with much less work where little has changed.</summary>
    public SyntaxTree WithText(SourceText text)
    {
        if (text.Length > MostCharacters || text.Content == Text.Content)
        {
            return Parse(text, Language);
        }

        var change = TextDifference.Between(Text.Content, text.Content);
        return (Language == SyntaxLanguage.Yaml ? Yaml.YamlReparse.TryParse(this, text, change) : Json.JsonReparse.TryParse(this, text, change)) ?? Parse(text, Language);
    }

    /// <summary>Whether the text is too long to be read, or reading it has failed: the tree is empty, and one finding says so.</summary>
    public bool IsUnread { get; private init; }

    public static SyntaxTree Parse(SourceText text, SyntaxLanguage language) => text.Length > MostCharacters ? LeaveUnread(text, language, text.Length)
        : language == SyntaxLanguage.Json ? Json.JsonParser.Parse(text) : Yaml.YamlParser.Parse(text);

    /// <summary>The tree of a text that is too long.</summary>
    /// <param name="text">Need not be all of it.</param>
    /// <param name="size">How much there is, in characters or bytes.</param>
    internal static SyntaxTree LeaveUnread(SourceText text, SyntaxLanguage language, long size) => LeaveUnread(
        text, language, SyntaxDiagnostics.TooLong, $"This is {size >> 20} MB of text; no resource is that large. Files of more than {MostCharacters >> 20} MB are not read: split it, or give it another name.");

    /// <summary>The tree of a text that reading has failed on.</summary>
    internal static SyntaxTree LeaveUnread(SourceText text, SyntaxLanguage language) => LeaveUnread(
        text, language, SyntaxDiagnostics.NotRead, "Pipewright fails to read this file, by a mistake of its own: nothing in it is checked. Please report it; another way to write what was changed last may be read.");

    private static SyntaxTree LeaveUnread(SourceText text, SyntaxLanguage language, DiagnosticDescriptor why, string message) => new(
        text, language, [new DocumentSyntax(new TextSpan(0, text.Length), null)], [why.At(text.GetLineSpan(0), message)],
        tree => tree.Text.Length == 0 ? [] : [new SyntaxToken(SyntaxTokenKind.Skipped, new TextSpan(0, tree.Text.Length))])
    {
        IsUnread = true,
    };

    /// <summary>The deepest node that a cursor at <paramref name="offset"/> touches; where two meet, the one that starts there.</summary>
    public SyntaxNode? FindNode(int offset)
    {
        var root = Documents.Select(d => d.Root).LastOrDefault(r => r is not null && r.Span.Touches(offset));
        while (root is not null && root.Children.LastOrDefault(c => c.Span.Touches(offset)) is { } child)
        {
            root = child;
        }

        return root;
    }
}
