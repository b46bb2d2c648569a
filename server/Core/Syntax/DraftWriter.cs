// Writes drafts in the style of the text that they go to.
using System.Collections.Immutable;
using System.Text;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

/// <summary>The habits of a text.</summary>
/// <param name="Step">One level of indentation; empty where the text has none.</param>
/// <param name="DashIndent">How far the items of a sequence stand in from the key that holds them.</param>
public sealed record DraftStyle(SyntaxLanguage Language, string NewLine, string Step, string DashIndent)
{
    public static DraftStyle Of(SyntaxTree tree)
    {
        var text = tree.Text;
        var newLine = text.Content.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var step = Enumerable.Range(0, text.LineCount).Select(l => text.ToString(text.GetLineSpan(l)))
            .Where(l => l.Trim().Length > 0).Select(l => l[..(l.Length - l.TrimStart(' ', '\t').Length)]).FirstOrDefault(i => i.Length > 0) ?? "";
        step = tree.Language == SyntaxLanguage.Yaml && step.Length is 0 or 1 ? "  " : step;
        var list = tree.Language == SyntaxLanguage.Yaml ? FindBlockList(tree.Root) : null;
        var isIndented = list is null || text.GetPosition(list.Span.Start).Character > ColumnOfEntry(text, list.Parent!.Span.Start);
        return new DraftStyle(tree.Language, newLine, step, isIndented ? step : "");
    }

    /// <summary>The column of an entry, which begins with the anchor or tag of its key where it has one.</summary>
    private static int ColumnOfEntry(SourceText text, int key)
    {
        var before = text.AsSpan(TextSpan.FromBounds(text.GetLineSpan(text.GetLine(key)).Start, key));
        while (before.TrimEnd(' ') is var trimmed && trimmed.LastIndexOf(' ') + 1 is var word && word < trimmed.Length && trimmed[word] is '&' or '!')
        {
            before = before[..word];
        }

        return before.Length;
    }

    /// <summary>The first sequence by indentation that is the value of a key.</summary>
    private static SequenceSyntax? FindBlockList(SyntaxNode? root)
    {
        var pending = new Stack<SyntaxNode>(root is null ? [] : [root]);
        while (pending.TryPop(out var node))
        {
            if (node is SequenceSyntax { IsFlow: false, Parent: MappingEntrySyntax } list)
            {
                return list;
            }

            foreach (var child in node.Children.Reverse())
            {
                pending.Push(child);
            }
        }

        return null;
    }
}

/// <summary>Writes drafts as text.</summary>
public sealed class DraftWriter(DraftStyle style)
{
    /// <summary>Whether a draft can only be written by indentation, on lines of its own.</summary>
    public static bool IsBlock(Draft draft) => draft switch
    {
        KeptDraft kept => kept.IsBlock,
        MappingDraft { Layout: DraftLayout.Block, Entries.IsEmpty: false } => true,
        SequenceDraft { Layout: DraftLayout.Block, Items.IsEmpty: false } => true,
        _ => false,
    };

    /// <summary>A whole text.</summary>
    public string WriteDocument(Draft draft) => Write(draft, "") + style.NewLine;

    /// <summary>Writes a value.</summary>
    /// <param name="indent">Of the line that it starts on; all other lines get at least this.</param>
    public string Write(Draft draft, string indent) => draft switch
    {
        KeptDraft kept => Move(kept.Written, indent),
        ScalarDraft { Kind: ScalarKind.String } scalar => WriteString(scalar.Text),
        ScalarDraft scalar => scalar.Text,
        MappingDraft { Entries: [], Closing: [] } => "{}",
        SequenceDraft { Items: [], Closing: [] } => "[]",
        MappingDraft { Layout: DraftLayout.Block } mapping => WriteBlock(mapping.Entries, indent, e => WriteEntry(e, indent)),
        SequenceDraft { Layout: DraftLayout.Block } sequence => WriteBlock(sequence.Items, indent, i => WriteItem(i, indent)),
        MappingDraft mapping => WriteFlow('{', '}', mapping.Entries, mapping.Layout, mapping.Closing, indent, WriteEntry),
        SequenceDraft sequence => WriteFlow('[', ']', sequence.Items, sequence.Layout, sequence.Closing, indent, (item, inner) => Write(item.Value, inner)),
        _ => throw new ArgumentException($"A {draft.GetType().Name} is not a value.", nameof(draft)),
    };

    /// <summary>Writes what stands behind a key: the colon and the value.</summary>
    /// <param name="indent">Of the key.</param>
    public string WriteTail(Draft value, string indent)
    {
        if (!IsBlock(value))
        {
            return ": " + Write(value, indent);
        }

        var isList = value is SequenceDraft or KeptDraft { Node: SequenceSyntax };
        var inner = indent + (isList ? style.DashIndent : style.Step);
        var opening = value switch { MappingDraft { Opening: { } comment } => " " + comment, SequenceDraft { Opening: { } comment } => " " + comment, _ => "" };
        return ":" + opening + style.NewLine + string.Concat(Before(FirstOf(value)).Select(c => (c.Length > 0 ? inner + c : "") + style.NewLine)) + inner + Write(WithoutBefore(value), inner);
    }

    private static ImmutableArray<string> Before(MemberDraft? member) => member?.Before ?? [];

    private static MemberDraft? FirstOf(Draft draft) => draft switch
    {
        MappingDraft { Entries: [var first, ..] } => first,
        SequenceDraft { Items: [var first, ..] } => first,
        _ => null,
    };

    private static Draft WithoutBefore(Draft draft) => draft switch
    {
        MappingDraft { Entries: [var first, .. var rest] } mapping => mapping with { Entries = [first with { Before = [] }, .. rest] },
        SequenceDraft { Items: [var first, .. var rest] } sequence => sequence with { Items = [first with { Before = [] }, .. rest] },
        _ => draft,
    };

    private string WriteEntry(EntryDraft entry, string indent)
    {
        var key = entry.WrittenKey is { Length: > 0 } written ? written : WriteString(entry.Key);
        return key + (entry.Tail is { } tail ? Move(tail, indent) : WriteTail(entry.Value, indent));
    }

    private string WriteItem(ItemDraft item, string indent)
    {
        // What stands before the first entry of an item would come between it and its dash; it is written above that.
        var inner = indent + "  ";
        var hoisted = Before(FirstOf(item.Value)).Where(_ => item.Value is MappingDraft { Layout: DraftLayout.Block });
        return string.Concat(hoisted.Select(c => c + style.NewLine + indent)) + "- " + Write(item.Value is MappingDraft { Layout: DraftLayout.Block } ? WithoutBefore(item.Value) : item.Value, inner);
    }

    private string WriteBlock<T>(ImmutableArray<T> members, string indent, Func<T, string> write)
        where T : MemberDraft
    {
        var lines = new List<string>();
        foreach (var member in members)
        {
            lines.AddRange(member.Before.Select(c => c.Length > 0 ? indent + c : ""));
            lines.Add(indent + write(member) + (member.After is { } comment ? " " + comment : ""));
        }

        return string.Join(style.NewLine, lines)[indent.Length..];
    }

    private string WriteFlow<T>(char open, char close, ImmutableArray<T> members, DraftLayout layout, ImmutableArray<string> closing, string indent, Func<T, string, string> write)
        where T : MemberDraft
    {
        var hasComments = !closing.IsEmpty || members.Any(m => m.After is not null || m.Before.Any(c => c.Length > 0));
        if (layout == DraftLayout.Row && !hasComments)
        {
            var pad = open == '{' ? " " : "";
            return $"{open}{pad}{string.Join(", ", members.Select(m => write(m, indent)))}{pad}{close}";
        }

        var inner = indent + style.Step;
        var text = new StringBuilder().Append(open);
        foreach (var (member, i) in members.Select((m, i) => (m, i)))
        {
            AppendLines(text, member.Before, inner);
            text.Append(style.NewLine).Append(inner).Append(write(member, inner)).Append(i + 1 < members.Length ? "," : "");
            text.Append(member.After is { } comment ? " " + comment : "");
        }

        AppendLines(text, closing, inner);
        return text.Append(style.NewLine).Append(indent).Append(close).ToString();
    }

    private void AppendLines(StringBuilder text, ImmutableArray<string> lines, string indent)
    {
        foreach (var line in lines)
        {
            text.Append(style.NewLine).Append(line.Length > 0 ? indent : "").Append(line);
        }
    }

    /// <summary>Gives the lines of a text another indentation, but for the first one.</summary>
    private static string Move(KeptText kept, string indent)
    {
        if (kept.Indent == indent || !kept.Text.Contains('\n', StringComparison.Ordinal))
        {
            return kept.Text;
        }

        var lines = kept.Text.Split('\n');
        return string.Join('\n', lines.Select((line, i) => i == 0 || line.AsSpan().Trim().IsEmpty ? (i == 0 ? line : line.TrimStart(' ', '\t'))
            : line.StartsWith(kept.Indent, StringComparison.Ordinal) ? string.Concat(indent, line.AsSpan(kept.Indent.Length))
            : indent + line.TrimStart(' ', '\t')));
    }

    private string WriteString(string value) => style.Language == SyntaxLanguage.Json ? $"\"{YamlScalars.EscapeDoubleQuoted(value)}\"" : YamlScalars.Write(value);
}
