// Takes away, and puts another value in place of one.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

public sealed partial class StructureEdits
{
    /// <summary>Takes an entry away, with the comment at the end of its line. In a mapping by indentation that has no other, the mapping goes too.</summary>
    /// <returns>No changes where the text does not allow for any.</returns>
    public ImmutableArray<TextChange> RemoveEntry(MappingEntrySyntax entry) => entry.Parent is not MappingSyntax mapping || entry.Span.Length == 0
        ? []
        : mapping.IsFlow ? RemoveInFlow(mapping.Span, mapping.Entries, mapping.Entries.IndexOf(entry))
        : mapping.Entries.Length == 1 ? RemoveHolder(mapping)
        : RemoveInBlock(mapping.Entries, mapping.Entries.IndexOf(entry), entry.Span.Start);

    /// <summary>Takes several entries of one mapping away.</summary>
    public ImmutableArray<TextChange> RemoveEntries(MappingSyntax mapping, IReadOnlyCollection<MappingEntrySyntax> entries)
    {
        var kept = Array.FindLastIndex([.. mapping.Entries], e => !entries.Contains(e));
        if (kept < 0)
        {
            return mapping.IsFlow ? [new TextChange(TextSpan.FromBounds(mapping.Span.Start + 1, mapping.Span.End - 1), "")] : RemoveHolder(mapping);
        }

        if (mapping.Entries.Length - 1 - kept <= 1)
        {
            return [.. entries.SelectMany(e => RemoveEntry(e))];
        }

        // Those at the end go at once: each by itself would take along what is before it.
        var tail = mapping.IsFlow
            ? TextSpan.FromBounds(mapping.Entries[kept].Span.End, mapping.Entries[^1].Span.End)
            : TextSpan.FromBounds(EndOfLine(mapping.Entries[kept].Span.End), EndOfLine(mapping.Entries[^1].Span.End));
        return [.. entries.Where(e => mapping.Entries.IndexOf(e) < kept).SelectMany(e => RemoveEntry(e)), new TextChange(tail, "")];
    }

    /// <summary>Takes an item of a sequence away. In a sequence by indentation that has no other, the sequence goes too.</summary>
    public ImmutableArray<TextChange> RemoveItem(SyntaxNode item)
    {
        if (item.Parent is not SequenceSyntax sequence)
        {
            return [];
        }

        if (sequence.IsFlow)
        {
            return RemoveInFlow(sequence.Span, sequence.Items, sequence.Items.IndexOf(item));
        }

        var line = text.GetLineSpan(text.GetLine(item.Span.Start));
        var dash = text.Content.LastIndexOf('-', item.Span.Start, item.Span.Start - line.Start + 1);
        return sequence.Items.Length == 1 ? RemoveHolder(sequence)
            : dash < 0 ? []
            : RemoveInBlock(sequence.Items, sequence.Items.IndexOf(item), dash);
    }

    /// <summary>Puts a value in place of an entry's.</summary>
    public ImmutableArray<TextChange> ReplaceValue(MappingEntrySyntax entry, NewNode value)
    {
        if (entry.Separator is not { } colon)
        {
            return [];
        }

        var isFlow = entry.Parent is MappingSyntax { IsFlow: true };
        var indent = IndentOf(entry.Span.Start) ?? IndentOfLine(entry.Span.Start);
        if (language == SyntaxLanguage.Yaml && !isFlow)
        {
            var written = WriteBlockEntry("", value, indent)[WriteKey("").Length..];
            return [new TextChange(TextSpan.FromBounds(colon.Start, TrimmedEnd(entry.Span.End)), written)];
        }

        return entry.Value is { } old
            ? [new TextChange(old.Span, Write(value, indent, IsOnManyLines(old.Span)))]
            : [new TextChange(new TextSpan(colon.End, 0), " " + Write(value, indent, false))];
    }

    /// <summary>Puts a value in place of an item.</summary>
    public ImmutableArray<TextChange> ReplaceItem(SyntaxNode item, NewNode value) =>
        [new TextChange(TextSpan.FromBounds(item.Span.Start, TrimmedEnd(item.Span.End)), Write(value, IndentOfLine(item.Span.Start), IsOnManyLines(item.Span)))];

    /// <summary>A whole new text of one value, with the line breaks and the indentation of this one.</summary>
    public string WriteDocument(NewNode value) => language == SyntaxLanguage.Json
        ? Write(value, "", true) + _newLine
        : value is NewMapping { Entries.IsEmpty: false } mapping ? string.Concat(mapping.Entries.Select(e => WriteBlockEntry(e.Key, e.Value, "") + _newLine))
        : Write(value, "", false) + _newLine;

    /// <summary>Members of braces or brackets, with the comma that one needs no more.</summary>
    private ImmutableArray<TextChange> RemoveInFlow<T>(TextSpan holder, ImmutableArray<T> members, int index)
        where T : SyntaxNode
    {
        if (index < 0 || text[holder.End - 1] is not ('}' or ']'))
        {
            return [];
        }

        var member = members[index].Span;
        if (members.Length == 1)
        {
            return [new TextChange(TextSpan.FromBounds(holder.Start + 1, holder.End - 1), "")];
        }

        if (index + 1 < members.Length)
        {
            return [new TextChange(TextSpan.FromBounds(member.Start, members[index + 1].Span.Start), "")];
        }

        // The last one takes the comma before it along. A comment behind that comma is about the member that stays.
        var before = members[index - 1].Span.End;
        var comma = text.Content.IndexOf(',', before, member.Start - before);
        if (comma < 0 || string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(comma + 1, member.Start))))
        {
            return [new TextChange(TextSpan.FromBounds(before, member.End), "")];
        }

        return [new TextChange(new TextSpan(comma, 1), ""), new TextChange(TextSpan.FromBounds(TrimmedEnd(member.Start), member.End), "")];
    }

    /// <param name="start">Where the member begins: at its key, or at its dash.</param>
    private ImmutableArray<TextChange> RemoveInBlock<T>(ImmutableArray<T> members, int index, int start)
        where T : SyntaxNode
    {
        if (index < 0)
        {
            return [];
        }

        var line = text.GetLineSpan(text.GetLine(start));
        var end = EndOfLine(members[index].Span.End);
        if (!string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, start))))
        {
            // The first entry of an item shares its line with the dash: the next one moves up to it.
            return index + 1 < members.Length ? [new TextChange(TextSpan.FromBounds(start, members[index + 1].Span.Start), "")] : [];
        }

        return end < text.Length
            ? [new TextChange(TextSpan.FromBounds(line.Start, StartOfNextLine(end)), "")]
            : [new TextChange(TextSpan.FromBounds(EndOfLineBefore(line.Start), end), "")];
    }

    /// <summary>A mapping or sequence by indentation cannot be empty, so what holds it goes, or it is written in brackets.</summary>
    private ImmutableArray<TextChange> RemoveHolder(SyntaxNode node) => node.Parent switch
    {
        MappingEntrySyntax entry => RemoveEntry(entry),
        SequenceSyntax { Items.Length: > 1 } => RemoveItem(node),
        _ => [new TextChange(TextSpan.FromBounds(node.Span.Start, TrimmedEnd(node.Span.End)), node is SequenceSyntax ? "[]" : "{}")],
    };

    private int StartOfNextLine(int endOfLine) => text.GetLine(endOfLine) + 1 < text.LineCount ? text.GetLineSpan(text.GetLine(endOfLine) + 1).Start : text.Length;

    private int EndOfLineBefore(int startOfLine) => text.GetLine(startOfLine) is > 0 and var line ? text.GetLineSpan(line - 1).End : startOfLine;

    /// <summary>An offset moved back over white space.</summary>
    private int TrimmedEnd(int offset)
    {
        while (offset > 0 && char.IsWhiteSpace(text[offset - 1]))
        {
            offset--;
        }

        return offset;
    }
}
