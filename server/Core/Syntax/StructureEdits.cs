// Edits that add to what is there, in the style in which it is written: JSON, YAML by indentation, YAML in braces; on one line or on many.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

/// <summary>What is to be written.</summary>
public abstract record NewNode;

/// <param name="Text">A string.</param>
public sealed record NewScalar(string Text) : NewNode;

/// <param name="Text">A number, <c>true</c>, <c>false</c> or <c>null</c>.</param>
public sealed record NewLiteral(string Text) : NewNode;

public sealed record NewMapping(params ImmutableArray<(string Key, NewNode Value)> Entries) : NewNode;

public sealed record NewSequence(params ImmutableArray<NewNode> Items) : NewNode;

/// <summary>Adds entries to mappings and items to sequences of one text, takes them away, and puts others in their place.</summary>
public sealed partial class StructureEdits(SourceText text, SyntaxLanguage language)
{
    /// <summary>What is longer than this goes on many lines where the text around it does.</summary>
    private const int OneLine = 100;

    private readonly string _newLine = text.Content.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>Adds an entry to a mapping.</summary>
    /// <param name="before">The entry that it goes before; null for the end.</param>
    /// <returns>Null for a mapping that is not closed, or is written in a way that cannot be told.</returns>
    public TextChange? AddEntry(MappingSyntax mapping, string key, NewNode value, MappingEntrySyntax? before = null)
    {
        if (mapping.IsFlow)
        {
            return AddInFlow(mapping.Span, mapping.Entries.LastOrDefault()?.Span, indent => $"{WriteKey(key)}: {Write(value, indent, IsOnManyLines(mapping.Span))}");
        }

        if (mapping.Entries is not [var first, ..] || IndentOf(first.Span.Start) is not { } indentation)
        {
            return null;
        }

        var written = value is NewMapping { Entries: { Length: > 0 } inner }
            ? $"{WriteKey(key)}:{string.Concat(inner.Select(e => $"{_newLine}{indentation}  {WriteBlockEntry(e.Key, e.Value, indentation + "  ")}"))}"
            : WriteBlockEntry(key, value, indentation);
        return before is not null && IndentOf(before.Span.Start) is not null
            ? new TextChange(new TextSpan(before.Span.Start, 0), written + _newLine + indentation)
            : new TextChange(new TextSpan(EndOfLine(mapping.Entries[^1].Span.End), 0), _newLine + indentation + written);
    }

    /// <summary>Adds an item to a sequence.</summary>
    /// <returns>Null for a sequence that is not closed, or is written in a way that cannot be told.</returns>
    public TextChange? AddItem(SequenceSyntax sequence, NewNode item)
    {
        if (sequence.IsFlow)
        {
            return AddInFlow(sequence.Span, sequence.Items.LastOrDefault()?.Span, indent => Write(item, indent, item is NewMapping && IsOnManyLines(sequence.Span)));
        }

        if (sequence.Items is not [.., var last])
        {
            return null;
        }

        var line = text.GetLineSpan(text.GetLine(last.Span.Start));
        var dash = text.Content.LastIndexOf('-', last.Span.Start, last.Span.Start - line.Start + 1);
        return dash < 0
            ? null
            : new TextChange(new TextSpan(EndOfLine(last.Span.End), 0), $"{_newLine}{text.ToString(TextSpan.FromBounds(line.Start, dash)).Replace('-', ' ')}- {WriteBlockItem(item, new string(' ', dash - line.Start + 2))}");
    }

    private TextChange? AddInFlow(TextSpan span, TextSpan? last, Func<string, string> write)
    {
        if (span.Length < 2 || text[span.End - 1] is not ('}' or ']'))
        {
            return null;
        }

        var isOnManyLines = last is { } member ? IndentOf(member.Start) is not null && IsOnManyLines(span) : language == SyntaxLanguage.Json && text[span.Start] == '{';
        if (!isOnManyLines)
        {
            var isPadded = text[span.Start] == '{';
            return last is { } before
                ? new TextChange(new TextSpan(before.End, 0), ", " + write(""))
                : new TextChange(new TextSpan(span.Start + 1, span.Length - 2), isPadded ? $" {write("")} " : write(""));
        }

        var outer = IndentOfLine(span.Start);
        var indent = last is { } sibling ? IndentOf(sibling.Start)! : outer + Step();
        return last is { } previous
            ? new TextChange(new TextSpan(previous.End, 0), $",{_newLine}{indent}{write(indent)}")
            : new TextChange(new TextSpan(span.Start + 1, span.Length - 2), $"{_newLine}{indent}{write(indent)}{_newLine}{outer}");
    }

    /// <summary>On one line, or as JSON on many lines that start with an indentation and more.</summary>
    private string Write(NewNode node, string indent, bool isOnManyLines)
    {
        var (pad, separator) = isOnManyLines && language == SyntaxLanguage.Json ? (_newLine + indent + Step(), "," + _newLine + indent + Step()) : (" ", ", ");
        var end = isOnManyLines && language == SyntaxLanguage.Json ? _newLine + indent : " ";
        var inner = isOnManyLines ? indent + Step() : "";
        return node switch
        {
            NewScalar scalar => WriteString(scalar.Text),
            NewLiteral literal => literal.Text,
            NewMapping { Entries.IsEmpty: true } => "{}",
            NewSequence { Items.IsEmpty: true } => "[]",
            NewMapping mapping => $"{{{pad}{string.Join(separator, mapping.Entries.Select(e => $"{WriteKey(e.Key)}: {Write(e.Value, inner, isOnManyLines)}"))}{end}}}",
            NewSequence sequence when language == SyntaxLanguage.Json && isOnManyLines => $"[{pad}{string.Join(separator, sequence.Items.Select(i => Write(i, inner, true)))}{end}]",
            NewSequence sequence => $"[{string.Join(", ", sequence.Items.Select(i => Write(i, "", false)))}]",
            _ => "",
        };
    }

    /// <summary>An entry of a YAML mapping by indentation: on one line, unless that gets too long.</summary>
    /// <param name="indent">Of the entry's own line.</param>
    private string WriteBlockEntry(string key, NewNode value, string indent)
    {
        var line = $"{WriteKey(key)}: {Write(value, "", false)}";
        return (line.Length + indent.Length <= OneLine ? null : value) switch
        {
            NewMapping mapping => $"{WriteKey(key)}:{string.Concat(mapping.Entries.Select(e => $"{_newLine}{indent}  {WriteBlockEntry(e.Key, e.Value, indent + "  ")}"))}",
            NewSequence sequence => $"{WriteKey(key)}:{string.Concat(sequence.Items.Select(i => $"{_newLine}{indent}  - {WriteBlockItem(i, indent + "    ")}"))}",
            _ => line,
        };
    }

    /// <summary>What follows the dash of an item.</summary>
    /// <param name="indent">Of the item's content.</param>
    private string WriteBlockItem(NewNode item, string indent)
    {
        var line = Write(item, "", false);
        return item is NewMapping mapping && line.Length + indent.Length > OneLine
            ? string.Join(_newLine + indent, mapping.Entries.Select(e => WriteBlockEntry(e.Key, e.Value, indent)))
            : line;
    }

    private string WriteString(string value) => language == SyntaxLanguage.Json ? $"\"{YamlScalars.EscapeDoubleQuoted(value)}\"" : YamlScalars.Write(value);

    private string WriteKey(string key) => WriteString(key);

    /// <summary>The white space before a place; null if there is something else before it on its line.</summary>
    private string? IndentOf(int offset)
    {
        var before = text.ToString(TextSpan.FromBounds(text.GetLineSpan(text.GetLine(offset)).Start, offset));

        // The first entry of an item stands after its dash.
        return string.IsNullOrWhiteSpace(before) ? before : language == SyntaxLanguage.Yaml && before.AsSpan().Trim(" -").IsEmpty ? new string(' ', before.Length) : null;
    }

    private string IndentOfLine(int offset)
    {
        var line = text.ToString(text.GetLineSpan(text.GetLine(offset)));
        return line[..(line.Length - line.TrimStart(' ', '\t').Length)];
    }

    private bool IsOnManyLines(TextSpan span) => text.GetLine(span.Start) != text.GetLine(span.End);

    /// <summary>One level of indentation: that of the first line which has any.</summary>
    private string Step()
    {
        for (var line = 0; line < text.LineCount; line++)
        {
            if (IndentOfLine(text.GetLineSpan(line).Start) is { Length: > 0 } step)
            {
                return step;
            }
        }

        return "  ";
    }

    /// <summary>The end of the line of a place, after a comment; of a block scalar the end of its last line.</summary>
    private int EndOfLine(int offset)
    {
        var at = offset;
        while (at > 0 && text[at - 1] is '\n' or '\r')
        {
            at--;
        }

        return text.GetLineSpan(text.GetLine(at)).End;
    }
}
