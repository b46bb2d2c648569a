// Reads an edited YAML text with most of its tree at hand. Indentation says where an entry or a list item begins and ends, so only that one
// is read anew which the edit is in; all others are taken over. Where it is not plain that the whole text would be read in the very same
// way, nothing is given, and the text is read from its beginning.
using System.Buffers;
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Yaml;

internal sealed class YamlReparse
{
    /// <summary>Well below what the readers of a whole text allow, which count from its root.</summary>
    private const int DeepestNesting = 100;

    /// <summary>Characters that end lines for YAML only, that are counted in more than one way, or that are not text.</summary>
    private static readonly SearchValues<char> OddCharacters = SearchValues.Create("\t\0\uFEFF\u0085\u2028\u2029");

    private readonly SyntaxTree _before;
    private readonly SourceText _text;
    private readonly TextDifference _change;
    private readonly List<Diagnostic> _found = [];

    /// <summary>The mappings, and last perhaps the list, that hold the change, from the root on; each with the place among its children, and with the lines that it is written on.</summary>
    private readonly List<(SyntaxNode Node, int Index, TextSpan Block)> _spine = [];

    /// <summary>Where the part that is read anew begins and ended before the change.</summary>
    private TextSpan _part;

    private YamlReparse(SyntaxTree before, SourceText text, TextDifference change)
    {
        _before = before;
        _text = text;
        _change = change;
    }

    /// <summary>The tree of a text; null where that has to be found by reading all of it.</summary>
    public static SyntaxTree? TryParse(SyntaxTree before, SourceText text, TextDifference change)
    {
        var isOrdinary = before is { IsPlain: true, Documents: [{ Root: MappingSyntax }] } && IsOrdinary(before.Text.Content) && IsOrdinary(text.Content);
        return isOrdinary ? new YamlReparse(before, text, change).TryParse() : null;
    }

    private static bool IsOrdinary(string content)
    {
        if (content.AsSpan().IndexOfAny(OddCharacters) >= 0)
        {
            return false;
        }

        for (var i = content.IndexOf('\r', StringComparison.Ordinal); i >= 0; i = content.IndexOf('\r', i + 1))
        {
            if (i + 1 == content.Length || content[i + 1] != '\n')
            {
                return false;
            }
        }

        return true;
    }

    private SyntaxTree? TryParse()
    {
        if (!FindPart() || ReadPart() is not { } part)
        {
            return null;
        }

        return Rebuild(0, part) is not { } root ? null : new SyntaxTree(
            _text, SyntaxLanguage.Yaml, [new DocumentSyntax(TextSpan.FromBounds(_before.Documents[0].Span.Start, _text.Length), root)],
            CollectDiagnostics(), SyntaxTokenizer.Tokenize)
        {
            IsPlain = true,
        };
    }

    /// <summary>Follows the change from the root to the first list item, or to the innermost entry, that holds all of it.</summary>
    private bool FindPart()
    {
        SyntaxNode? node = _before.Root;
        var block = new TextSpan(0, _before.Text.Length);
        while (node is MappingSyntax { IsFlow: false, Misplaced.IsEmpty: true } or SequenceSyntax { IsFlow: false, Misplaced.IsEmpty: true } && node.Tag is null)
        {
            var isList = node is SequenceSyntax;
            var level = node.Span.Start - LineStart(node.Span.Start);
            if (FindChild(node, level, block) is not var (index, part) || CountLines(_before.Text.Content, block.Start, block.End, level, isList) != ExpectLines(node, _before.Text.Content))
            {
                break;
            }

            _spine.Add((node, index, block));
            _part = part;
            node = isList ? null : ValueBelow(((MappingSyntax)node).Entries[index]);
            block = node is null ? default : TextSpan.FromBounds(LineStart(node.Span.Start), part.End);
            if (node is null || _change.Start < block.Start)
            {
                break;
            }
        }

        return _spine.Count > 0 && _spine.Count < DeepestNesting;
    }

    /// <summary>The entry or item that holds the change, from its line's beginning to that of the next one's.</summary>
    private (int Index, TextSpan Part)? FindChild(SyntaxNode node, int level, TextSpan block)
    {
        var count = node is MappingSyntax mapping ? mapping.Entries.Length : ((SequenceSyntax)node).Items.Length;
        var index = -1;
        for (int low = 0, high = count - 1; low <= high;)
        {
            var middle = (low + high) / 2;
            (low, high, index) = LineStart(ChildAt(node, middle).Span.Start) <= _change.Start ? (middle + 1, high, middle) : (low, middle - 1, index);
        }

        if (index < 0)
        {
            return null;
        }

        var start = LineStart(ChildAt(node, index).Span.Start);
        var end = index + 1 < count ? LineStart(ChildAt(node, index + 1).Span.Start) : block.End;
        var first = start + level;
        var keepsFirst = node is SequenceSyntax ? _change.Start > first : _change.Start >= first;
        var isInPlace = start + level < _text.Length && FirstOfLine(_text.Content, start) == start + level && _text[start + level] is not ('\n' or '\r' or '#');
        return keepsFirst && isInPlace && _change.OldEnd <= end && AreInLine(_before.Text.Content, node, level)
            && end > start && end + _change.By > start && (end == _before.Text.Length || _text[end + _change.By - 1] == '\n')
            ? (index, TextSpan.FromBounds(start, end))
            : null;
    }

    private static SyntaxNode ChildAt(SyntaxNode node, int index) => node is MappingSyntax mapping ? mapping.Entries[index] : ((SequenceSyntax)node).Items[index];

    /// <summary>Whether all children stand below each other at a level, each the first thing on its line, or the first behind its dash.</summary>
    private static bool AreInLine(string content, SyntaxNode node, int level)
    {
        var last = -1;
        foreach (var child in node.Children)
        {
            var line = LineStart(content, child.Span.Start);
            var first = FirstOfLine(content, line);
            var begins = node is MappingSyntax ? first == child.Span.Start
                : content[first] == '-' && child.Span.Start > first && content.AsSpan(first + 1, child.Span.Start - first - 1).IndexOfAnyExcept(' ') < 0;
            if (!begins || first - line != level || line <= last)
            {
                return false;
            }

            last = line;
        }

        return true;
    }

    /// <summary>The block that is the value of an entry and begins below its key; null for other values.</summary>
    private SyntaxNode? ValueBelow(MappingEntrySyntax entry)
    {
        var key = entry.Key;
        var isWord = key is { Style: ScalarStyle.Plain, Kind: ScalarKind.String, Tag: null } && key.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            && entry.Separator is { } separator && separator.Start == key.Span.End && _change.Start > separator.End;
        if (!isWord || entry.Value is null || LineStart(entry.Value.Span.Start) == LineStart(key.Span.Start))
        {
            return null;
        }

        var rest = _before.Text.Content.AsSpan(key.Span.End + 1, EndOfLine(_before.Text.Content, key.Span.End) - key.Span.End - 1);
        return rest.Trim() is [] ? entry.Value : null;
    }

    /// <summary>
    /// The lines of a block that stand at its level: how many begin with a key and how many with a dash. Null where lines are indented less, or begin with
    /// something else, so that the block may not be what it seems.
    /// </summary>
    private static (int Keys, int Dashes)? CountLines(string content, int start, int end, int level, bool isList)
    {
        var (keys, dashes) = (0, 0);
        for (var at = start; at < end; at = NextLine(content, at))
        {
            var first = FirstOfLine(content, at);
            if (first >= content.Length || content[first] is '\n' or '\r' or '#' || first - at > level)
            {
                continue;
            }

            var isDash = IsDash(content, first);
            if (first - at < level || (!isDash && (isList || !BeginsKey(content[first]))))
            {
                return null;
            }

            (keys, dashes) = isDash ? (keys, dashes + 1) : (keys + 1, dashes);
        }

        return (keys, dashes);
    }

    /// <summary>The lines that a block has at its level: one for each child, and for each item of a list that is not indented deeper than its key.</summary>
    private static (int Keys, int Dashes)? ExpectLines(SyntaxNode block, string content) => block is not MappingSyntax mapping ? (0, ((SequenceSyntax)block).Items.Length)
        : (mapping.Entries.Length, mapping.Entries.Sum(e => e.Value is SequenceSyntax { IsFlow: false } list && IsBelow(e, list, content) ? list.Items.Length : 0));

    /// <summary>Whether a list begins at the column of its key. Both are of one version, and the lines of both begin with spaces only.</summary>
    private static bool IsBelow(MappingEntrySyntax entry, SequenceSyntax list, string content) =>
        list.Span.Start - LineStart(content, list.Span.Start) == entry.Span.Start - LineStart(content, entry.Span.Start);

    /// <summary>Whether a line of entries begins with a key, and with nothing that means more.</summary>
    private static bool BeginsKey(char first) => char.IsLetterOrDigit(first) || first is '_' or '"' or '\'';

    /// <summary>A dash that makes an item: at the beginning of a line three of them make a document.</summary>
    private static bool IsDash(string content, int at) => content[at] == '-' && (at + 1 == content.Length || content[at + 1] is ' ' or '\n' or '\r');

    /// <summary>The new entries or items in place of the part; null where they cannot be told from what is around them.</summary>
    private SyntaxNode? ReadPart()
    {
        var level = _spine[^1].Node.Span.Start - LineStart(_spine[^1].Node.Span.Start);
        var end = _part.End + _change.By;
        var isList = _spine[^1].Node is SequenceSyntax;
        var piece = _text.Content[_part.Start..end];
        SyntaxNode? part;
        if (YamlTreeBuilder.TryBuild(_text, piece, _part.Start, _found, out var failure) is { } documents)
        {
            part = documents is [{ Root: { } root }] ? root : null;
        }
        else
        {
            // What is open at the end goes on in what follows: a quote, a bracket.
            var last = _part.Start + piece.AsSpan().TrimEnd().Length - 1;
            part = failure < last ? YamlRecovery.RecoverParts(_text, _part.Start, end, _spine[^1].Block == _part, _found) : null;
        }

        var fits = part is SequenceSyntax { IsFlow: false, Misplaced.IsEmpty: true, Items.IsEmpty: false } ? isList
            : part is MappingSyntax { IsFlow: false, Misplaced.IsEmpty: true, Entries.IsEmpty: false } && !isList;
        if (!fits || part!.Tag is not null || part.Anchor is not null || AliasResolution.IsNeeded(part) || !AreInLine(_text.Content, part, level) || !IsShallow(part, DeepestNesting - _spine.Count))
        {
            return null;
        }

        StrayQuotes.Find(part, _found);
        return part;
    }

    private static bool IsShallow(SyntaxNode node, int depth) => depth > 0 && node.Children.All(c => IsShallow(c, depth - 1));

    /// <summary>The block at a depth of the spine with the part in its place; null where its lines are not what they would have to be.</summary>
    private SyntaxNode? Rebuild(int depth, SyntaxNode part)
    {
        var (node, index, lines) = _spine[depth];
        var inner = depth == _spine.Count - 1 ? part : Rebuild(depth + 1, part);
        if (inner is null)
        {
            return null;
        }

        var level = node.Span.Start - LineStart(node.Span.Start);
        var block = Renew(node, index, inner, isPart: depth == _spine.Count - 1);
        return CountLines(_text.Content, lines.Start, lines.End + _change.By, level, block is SequenceSyntax) == ExpectLines(block, _text.Content) ? block : null;
    }

    private SyntaxNode Renew(SyntaxNode node, int index, SyntaxNode inner, bool isPart)
    {
        if (node is SequenceSyntax list)
        {
            var items = TakenOver.Join(list.Items, index, ((SequenceSyntax)inner).Items, _change.By);
            return new SequenceSyntax(TextSpan.FromBounds(list.Span.Start, LastEnd(items, list.Span.Start + 1)), false, items);
        }

        var mapping = (MappingSyntax)node;
        var entries = TakenOver.Join(mapping.Entries, index, isPart ? ((MappingSyntax)inner).Entries : [TakenOver.Renew(mapping.Entries[index], inner)], _change.By);
        return new MappingSyntax(TextSpan.FromBounds(entries[0].Span.Start, LastEnd(entries, 0)), false, entries);
    }

    private static int LastEnd<T>(ImmutableArray<T> nodes, int atLeast)
        where T : SyntaxNode
    {
        foreach (var node in nodes)
        {
            atLeast = Math.Max(atLeast, node.Span.End);
        }

        return atLeast;
    }

    private ImmutableArray<Diagnostic> CollectDiagnostics()
    {
        var isLast = _part.End == _before.Text.Length;
        return
        [
            .. _before.Diagnostics.Where(d => d.Span.Start < _part.Start),
            .. _found.OrderBy(d => d.Span.Start),
            .. _before.Diagnostics.Where(d => d.Span.Start >= _part.End && !isLast).Select(d => d.Moved(_change.By)),
        ];
    }

    private int LineStart(int offset) => LineStart(_before.Text.Content, offset);

    private static int LineStart(string content, int offset) => content.AsSpan(0, offset).LastIndexOf('\n') + 1;

    private static int FirstOfLine(string content, int start)
    {
        while (start < content.Length && content[start] == ' ')
        {
            start++;
        }

        return start;
    }

    private static int EndOfLine(string content, int offset) => content.IndexOf('\n', offset) is >= 0 and var end ? end : content.Length;

    private static int NextLine(string content, int offset) => EndOfLine(content, offset) + 1;
}
