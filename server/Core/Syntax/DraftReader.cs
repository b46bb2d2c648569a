// Takes a text apart into drafts, one level at a time: each member with the comments that are about it.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

/// <summary>Reads drafts from a text without syntax errors, and tells what to change so that one is written in place of another.</summary>
public sealed class DraftReader(SyntaxTree tree)
{
    private readonly SourceText _text = tree.Text;
    private readonly DraftStyle _style = DraftStyle.Of(tree);

    /// <summary>A value as it is written, with its anchor and tag.</summary>
    public KeptDraft Keep(SyntaxNode node) => new(KeepText(StartOf(node), EndOf(node)), node);

    /// <summary>A mapping whose entries stay as they are written.</summary>
    public MappingDraft Read(MappingSyntax mapping)
    {
        var gaps = ReadGaps(mapping, mapping.IsFlow, [.. mapping.Entries]);
        var entries = mapping.Entries.Select((e, i) => new EntryDraft(
            e.Key.Value, e.Value is { } value ? Keep(value) : new ScalarDraft("null", ScalarKind.Null), _text.ToString(TextSpan.FromBounds(StartOf(e.Key), e.Key.Span.End)),
            KeepText(e.Key.Span.End, gaps.Ends[i], e.Span.Start))
        { Before = gaps.Before[i], After = gaps.After[i] });
        return new MappingDraft([.. entries], LayoutOf(mapping.IsFlow, mapping.Span, mapping.Entries.FirstOrDefault()?.Span)) { Closing = gaps.Closing, Opening = gaps.Opening };
    }

    /// <summary>A sequence whose items stay as they are written.</summary>
    public SequenceDraft Read(SequenceSyntax sequence)
    {
        var gaps = ReadGaps(sequence, sequence.IsFlow, sequence.Items);
        var items = sequence.Items.Select((item, i) => new ItemDraft(new KeptDraft(KeepText(gaps.Starts[i], gaps.Ends[i]), item)) { Before = gaps.Before[i], After = gaps.After[i] });
        return new SequenceDraft([.. items], LayoutOf(sequence.IsFlow, sequence.Span, sequence.Items.FirstOrDefault()?.Span)) { Closing = gaps.Closing, Opening = gaps.Opening };
    }

    /// <summary>Writes a draft in the place of a mapping or sequence.</summary>
    /// <returns>The whole text afterwards.</returns>
    public SourceText Replace(SyntaxNode node, Draft draft)
    {
        var isBlock = KeptDraft.IsBlockCollection(node);
        var fitsBlock = isBlock == DraftWriter.IsBlock(draft);
        if (!fitsBlock && node.Parent is MappingEntrySyntax { Value: { } value } entry && value == node)
        {
            return ReplaceEntry(entry, draft);
        }

        var gaps = isBlock ? ReadGaps(node, false, node is MappingSyntax { Entries: var entries } ? [.. entries] : ((SequenceSyntax)node).Items) : null;
        var region = gaps?.Region ?? node.Span;
        var written = new DraftWriter(_style).Write(draft, BaseIndent(node.Span.Start));
        return _text.WithChange(new TextChange(region, written));
    }

    private SourceText ReplaceEntry(MappingEntrySyntax entry, Draft draft)
    {
        var written = new DraftWriter(_style).WriteTail(draft, BaseIndent(entry.Span.Start));
        return _text.WithChange(new TextChange(TextSpan.FromBounds(entry.Key.Span.End, EndOf(entry)), written));
    }

    private KeptText KeepText(int start, int end, int? owner = null) => new(_text.ToString(TextSpan.FromBounds(start, end)), BaseIndent(owner ?? start));

    /// <summary>The indentation of what starts at a place: that of its line, where the dashes of items count as white space.</summary>
    private string BaseIndent(int offset)
    {
        var line = _text.GetLineSpan(_text.GetLine(offset));
        var length = 0;
        while (line.Start + length < offset && (_text[line.Start + length] is ' ' or '\t' || (tree.Language == SyntaxLanguage.Yaml && IsDash(line.Start + length))))
        {
            length++;
        }

        return _text.ToString(new TextSpan(line.Start, length)).Replace('-', ' ');
    }

    private bool IsDash(int offset) => _text[offset] == '-' && (offset + 1 == _text.Length || char.IsWhiteSpace(_text[offset + 1]));

    private DraftLayout LayoutOf(bool isFlow, TextSpan span, TextSpan? first) => !isFlow ? DraftLayout.Block
        : first is { } member ? _text.GetLine(member.Start) == _text.GetLine(span.Start) ? DraftLayout.Row : DraftLayout.Lines
        : tree.Language == SyntaxLanguage.Json && _style.Step.Length > 0 ? DraftLayout.Lines : DraftLayout.Row;

    private int EndOf(SyntaxNode node)
    {
        var end = node.Span.End;
        while (end > node.Span.Start && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return end;
    }

    /// <summary>Where a value starts, with its anchor and tag.</summary>
    private int StartOf(SyntaxNode node)
    {
        if (node.Anchor is null && node.Tag is null)
        {
            return node.Span.Start;
        }

        var from = node.Parent switch
        {
            MappingEntrySyntax { Separator: { } colon } entry when entry.Value == node => colon.End,
            SequenceSyntax sequence => sequence.Items.IndexOf(node) is > 0 and var index ? sequence.Items[index - 1].Span.End : sequence.Span.Start,
            _ => node.Span.Start,
        };
        var at = _text.Content.IndexOfAny(['&', '!'], from, node.Span.Start - from);
        return at < 0 ? node.Span.Start : at;
    }

    /// <summary>What stands between the members of a mapping or sequence.</summary>
    /// <param name="Starts">Where each member starts: behind the dash of an item.</param>
    /// <param name="Ends">Where each ends, with the comments below it that are indented further.</param>
    /// <param name="Region">Of a collection by indentation: all of it, from the first comment before the first member on.</param>
    private sealed record Gaps(
        int[] Starts, int[] Ends, ImmutableArray<string>[] Before, string?[] After, ImmutableArray<string> Closing, TextSpan Region, string? Opening);

    private Gaps ReadGaps(SyntaxNode node, bool isFlow, ImmutableArray<SyntaxNode> members)
    {
        var count = members.Length;
        var gaps = new Gaps(new int[count], new int[count], [.. Enumerable.Repeat(ImmutableArray<string>.Empty, count)], new string?[count], [], node.Span, null);
        var closing = ImmutableArray<string>.Empty;
        var region = node.Span;
        string? opening = null;
        var column = ColumnOf(node.Span.Start);
        for (var i = 0; i <= count; i++)
        {
            var start = i == 0 ? isFlow ? node.Span.Start + 1 : StartOfBlock(node) : gaps.Ends[i - 1];
            var end = i < count ? members[i].Span.Start : isFlow ? node.Span.End - 1 : EndOfLine(start);
            var gap = ReadGap(start, end, node is SequenceSyntax && !isFlow, i > 0 && i < count && !isFlow ? column : null, i == 0, isFlow);
            if (i > 0)
            {
                gaps.After[i - 1] = gap.Same;
                gaps.Ends[i - 1] = gap.ExtendedEnd ?? gaps.Ends[i - 1];
            }

            if (i < count)
            {
                gaps.Before[i] = gap.Lines;
                gaps.Starts[i] = node is SequenceSyntax && !isFlow ? gap.AfterDash : StartOf(members[i]);
                gaps.Ends[i] = EndOf(members[i]);
                opening = i == 0 ? gap.Same : opening;
                region = i == 0 && gap.FirstLine is { } line ? TextSpan.FromBounds(line, region.End) : region;
            }
            else
            {
                closing = isFlow ? gap.Lines : [];
                region = isFlow ? region : TextSpan.FromBounds(region.Start, gap.SameEnd ?? Math.Max(start, gap.ExtendedEnd ?? start));
            }
        }

        return gaps with { Closing = closing, Region = region, Opening = opening };
    }

    /// <summary>Where the gap before the first member of a collection by indentation starts: behind the colon that it follows. A header of the text stays where it is.</summary>
    private static int StartOfBlock(SyntaxNode node) => node.Parent is MappingEntrySyntax { Separator: { } colon } entry && entry.Value == node ? colon.End : node.Span.Start;

    private int ColumnOf(int offset) => offset - _text.GetLineSpan(_text.GetLine(offset)).Start;

    private int EndOfLine(int offset) => _text.GetLineSpan(_text.GetLine(offset)).End;

    /// <summary>One gap between members.</summary>
    /// <param name="Same">The comment on the line of the member before.</param>
    /// <param name="SameEnd">Its end.</param>
    /// <param name="Lines">The comments, and one empty text for empty lines, before the next member.</param>
    /// <param name="FirstLine">Where the first of these starts.</param>
    /// <param name="AfterDash">Where the next item starts.</param>
    /// <param name="ExtendedEnd">Where the member before ends, with comments that are indented like what is inside of it.</param>
    private readonly record struct Gap(string? Same, int? SameEnd, ImmutableArray<string> Lines, int? FirstLine, int AfterDash, int? ExtendedEnd);

    /// <param name="column">Comments further in than this, right behind a member, are about what is inside of it.</param>
    private Gap ReadGap(int start, int end, bool hasDashes, int? column, bool isFirst, bool isFlow)
    {
        var comments = new Queue<Comment>(FindComments(start, end, out var dash, out var breaksAtEnd));
        var gap = new Gap(null, null, [], null, dash is { } at && hasDashes ? SkipSpaces(at + 1, end) : end, null);
        if (comments.TryPeek(out var first) && first.Breaks == 0 && !(isFirst && isFlow))
        {
            // A comment behind the colon of a collection by indentation is about the key.
            comments.Dequeue();
            gap = gap with { Same = _text.ToString(first.Span), SameEnd = first.Span.End };
        }

        while (column is { } limit && comments.TryPeek(out var inner) && ColumnOf(inner.Span.Start) > limit)
        {
            gap = gap with { ExtendedEnd = comments.Dequeue().Span.End, Same = null, SameEnd = null };
        }

        var lines = ImmutableArray.CreateBuilder<string>();
        gap = gap with { FirstLine = comments.TryPeek(out first) ? first.Span.Start : null };
        foreach (var comment in comments)
        {
            lines.AddRange(Enumerable.Repeat("", isFirst && lines.Count == 0 ? 0 : Math.Max(0, comment.Breaks - 1)));
            lines.Add(_text.ToString(comment.Span));
        }

        lines.AddRange(Enumerable.Repeat("", isFirst && lines.Count == 0 ? 0 : Math.Max(0, breaksAtEnd - 1)));
        return gap with { Lines = lines.ToImmutable() };
    }

    /// <param name="Breaks">The line breaks before it, since the comment or member before.</param>
    private readonly record struct Comment(TextSpan Span, int Breaks);

    private List<Comment> FindComments(int start, int end, out int? dash, out int breaks)
    {
        var comments = new List<Comment>();
        (dash, breaks) = (null, 0);
        for (var at = start; at < end; at++)
        {
            if (CommentEnd(at, end) is { } commentEnd)
            {
                comments.Add(new Comment(TextSpan.FromBounds(at, commentEnd), breaks));
                breaks = 0;
                at = commentEnd - 1;
            }
            else if (_text[at] == '\n')
            {
                breaks++;
            }
            else if (dash is null && _text[at] == '-' && IsDash(at))
            {
                dash = at;
            }
        }

        return comments;
    }

    private int SkipSpaces(int at, int end)
    {
        while (at < end && char.IsWhiteSpace(_text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The end of the comment that starts at a place; null where none does.</summary>
    private int? CommentEnd(int at, int end)
    {
        if (tree.Language == SyntaxLanguage.Yaml)
        {
            return _text[at] == '#' && (at == 0 || char.IsWhiteSpace(_text[at - 1]) || _text[at - 1] is ',' or '[' or '{') ? EndOfComment(at) : null;
        }

        if (_text[at] != '/' || at + 1 >= _text.Length)
        {
            return null;
        }

        return _text[at + 1] == '/' ? EndOfComment(at)
            : _text.Content.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var close ? Math.Min(close + 2, end) : end;
    }

    private int EndOfComment(int at)
    {
        var end = EndOfLine(at);
        while (char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return end;
    }
}
