// Reads an edited JSON text with most of its tree at hand. Brackets say where a value begins and ends, so only the one is read anew that the
// edit is in; all others are taken over. Where it is not plain that the whole text would be read in the very same way, nothing is given,
// and the text is read from its beginning.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Json;

internal sealed class JsonReparse
{
    /// <summary>Findings on one place that leave all brackets where they are.</summary>
    private static readonly ImmutableHashSet<DiagnosticDescriptor> Local =
    [
        SyntaxDiagnostics.MissingColon, SyntaxDiagnostics.MissingComma, SyntaxDiagnostics.MissingValue, SyntaxDiagnostics.MissingQuote, SyntaxDiagnostics.Unquoted,
        SyntaxDiagnostics.UnquotedExpression, SyntaxDiagnostics.InvalidEscape, SyntaxDiagnostics.TrailingComma, SyntaxDiagnostics.MissingKey,
    ];

    private readonly SyntaxTree _before;
    private readonly SourceText _text;
    private readonly TextDifference _change;

    /// <summary>The objects and lists that hold the change, from the root on, the last of them to be read anew; each with the place of the next among its children.</summary>
    private readonly List<(SyntaxNode Node, int Index)> _spine = [];

    private JsonReparse(SyntaxTree before, SourceText text, TextDifference change)
    {
        _before = before;
        _text = text;
        _change = change;
    }

    /// <summary>Whether what a parser has read would be read in the same way if one of its values were another one.</summary>
    public static bool IsPlain(BracketParser parser) => !parser.IsOddlyIndented && parser.Diagnostics.TrueForAll(d => Local.Contains(d.Descriptor));

    /// <summary>The tree of a text; null where that has to be found by reading all of it.</summary>
    public static SyntaxTree? TryParse(SyntaxTree before, SourceText text, TextDifference change) =>
        before is { IsPlain: true, Root: not null } ? new JsonReparse(before, text, change).TryParse() : null;

    private SyntaxTree? TryParse()
    {
        if (!FindPart() || ReadPart() is not var (part, found))
        {
            return null;
        }

        return new SyntaxTree(
            _text, SyntaxLanguage.Json, [new DocumentSyntax(new TextSpan(0, _text.Length), Rebuild(0, part))], CollectDiagnostics(found), SyntaxTokenizer.Tokenize)
        {
            IsPlain = true,
        };
    }

    /// <summary>Follows the change from the root to the first object of a list, or to the innermost brackets, that hold all of it.</summary>
    private bool FindPart()
    {
        var node = _before.Root;
        while (node is not null && Encloses(node))
        {
            _spine.Add((node, -1));
            if (node is MappingSyntax && _spine.Count > 1 && _spine[^2].Node is SequenceSyntax)
            {
                break;
            }

            var (index, child) = FindChild(node);
            if (child is null || !Encloses(child))
            {
                break;
            }

            _spine[^1] = (node, index);
            node = child;
        }

        return _spine.Count > 1 && KeepsLastLine(_spine[^1].Node.Span);
    }

    private bool Encloses(SyntaxNode node)
    {
        var content = _before.Text.Content;
        return node is MappingSyntax { Misplaced.IsEmpty: true } or SequenceSyntax { Misplaced.IsEmpty: true }
            && node.Span.Length > 1 && content[node.Span.Start] == (node is MappingSyntax ? '{' : '[') && content[node.Span.End - 1] == (node is MappingSyntax ? '}' : ']')
            && _change.Start > node.Span.Start && _change.OldEnd < node.Span.End;
    }

    private (int Index, SyntaxNode? Child) FindChild(SyntaxNode node)
    {
        var count = node is MappingSyntax mapping ? mapping.Entries.Length : ((SequenceSyntax)node).Items.Length;
        SyntaxNode? ValueAt(int i) => node is MappingSyntax m ? m.Entries[i].Value : ((SequenceSyntax)node).Items[i];
        for (var i = 0; i < count; i++)
        {
            if (ValueAt(i) is { } child && child.Span.Contains(_change.Start))
            {
                return (i, child);
            }
        }

        return (-1, null);
    }

    /// <summary>What follows on the line of the closing bracket is indented as that line is: it must stay as it is, or all be on one line.</summary>
    private bool KeepsLastLine(TextSpan part)
    {
        var (before, after) = (_before.Text.Content, _text.Content);
        var isOneLine = before.AsSpan(part.Start, part.Length).IndexOfAny('\n', '\r') < 0 && after.AsSpan(part.Start, part.Length + _change.By).IndexOfAny('\n', '\r') < 0;
        return isOneLine || (_change.OldEnd <= LineStart(before, part.End - 1) && _change.NewEnd <= LineStart(after, part.End - 1 + _change.By));
    }

    private static int LineStart(string content, int offset) => content.AsSpan(0, offset).LastIndexOfAny('\n', '\r') + 1;

    private (SyntaxNode Part, List<Diagnostic> Found)? ReadPart()
    {
        var (old, _) = _spine[^1];
        var parser = new BracketParser(_text, old.Span.Start, _text.Length, isYaml: false, trustsIndentation: true);
        var part = parser.ParseWithin(_spine.SkipLast(1).Select(s => s.Node.Span.Start));

        // Findings elsewhere may hang on whether the text as a whole closes too much.
        return part is not null && parser.Position == old.Span.End + _change.By && part.GetType() == old.GetType() && IsPlain(parser)
            && (_before.Diagnostics.IsEmpty || !parser.ClosesTooMuch())
            ? (part, parser.Diagnostics)
            : null;
    }

    private SyntaxNode Rebuild(int depth, SyntaxNode part)
    {
        if (depth == _spine.Count - 1)
        {
            return part;
        }

        var (node, index) = _spine[depth];
        var inner = Rebuild(depth + 1, part);
        var span = new TextSpan(node.Span.Start, node.Span.Length + _change.By);
        return node is MappingSyntax mapping
            ? new MappingSyntax(span, true, TakenOver.Join(mapping.Entries, index, [TakenOver.Renew(mapping.Entries[index], inner)], _change.By))
            : new SequenceSyntax(span, true, TakenOver.Join(((SequenceSyntax)node).Items, index, [inner], _change.By));
    }

    /// <summary>A comma that is missing behind the part is reported on its last bracket, a key that is missing before it on its first.</summary>
    private ImmutableArray<Diagnostic> CollectDiagnostics(List<Diagnostic> found)
    {
        var part = _spine[^1].Node.Span;
        return
        [
            .. _before.Diagnostics.Where(d => d.Span.Start <= part.Start),
            .. found.OrderBy(d => d.Span.Start),
            .. _before.Diagnostics.Where(d => d.Span.Start >= part.End - 1).Select(d => d.Moved(_change.By)),
        ];
    }
}
