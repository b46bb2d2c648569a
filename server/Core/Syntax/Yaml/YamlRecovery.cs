// Reads YAML with mistakes. Indentation says where each entry begins and ends, so an entry that is sound is read by YamlDotNet as if it
// stood alone, and only those that are not are looked into, level by level, down to the line that is wrong.
using System.Buffers;
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Yaml;

internal sealed partial class YamlRecovery
{
    private const int DeepestNesting = 128;

    private readonly SourceText _text;
    private readonly List<Diagnostic> _diagnostics;

    /// <summary>The text, with what has been dealt with masked by spaces: markers, tabs, and the dash of a list item that is being looked into.</summary>
    private readonly char[] _masked;
    private int _depth;
    private int _documentEnd;

    public YamlRecovery(SourceText text, List<Diagnostic> diagnostics)
        : this(text, diagnostics, text.Content.ToCharArray())
    {
    }

    private YamlRecovery(SourceText text, List<Diagnostic> diagnostics, char[] masked)
    {
        _text = text;
        _diagnostics = diagnostics;
        _masked = masked;
        _documentEnd = text.Length;
    }

    /// <summary>A line that is neither blank nor a comment.</summary>
    /// <param name="Span">Without the line break.</param>
    /// <param name="Indentation">Columns before the first character; a tab counts as two.</param>
    /// <param name="Content">The offset of that character.</param>
    private readonly record struct Line(TextSpan Span, int Indentation, int Content);

    /// <summary>Reads whole entries of a mapping, or whole items of a list, as they are read within their text. The text has neither markers nor tabs.</summary>
    /// <param name="start">Where the line of the first begins.</param>
    /// <param name="end">Where the line begins that follows the last.</param>
    /// <param name="isAll">Whether nothing else stands beside them.</param>
    /// <returns>A mapping or a list; null where neither stands there.</returns>
    public static SyntaxNode? RecoverParts(SourceText text, int start, int end, bool isAll, List<Diagnostic> diagnostics)
    {
        var masked = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            // Nothing looks further than the line after the last.
            text.Content.CopyTo(start, masked, start, text.Length - start);
            var recovery = new YamlRecovery(text, diagnostics, masked);
            var lines = recovery.ReadLines(start, end);
            return lines.Count == 0 || (isAll && lines.Count == 1 && !recovery.IsItem(lines[0])) ? null : recovery.IsItem(lines[0]) ? recovery.RecoverSequence(lines) : recovery.RecoverMapping(lines);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(masked);
        }
    }

    public ImmutableArray<DocumentSyntax> Recover(int start)
    {
        MaskMarkersAndTabs(start);
        var documents = ImmutableArray.CreateBuilder<DocumentSyntax>();
        var documentStart = start;
        foreach (var (end, next) in FindDocuments(start))
        {
            _documentEnd = end;
            documents.Add(new DocumentSyntax(TextSpan.FromBounds(documentStart, end), RecoverBlock(ReadLines(documentStart, end))));
            documentStart = next;
        }

        return documents.Count > 1 && documents[0].Root is null ? documents.ToImmutable().RemoveAt(0) : documents.ToImmutable();
    }

    /// <summary>The end of each document, and where the one after it begins.</summary>
    private IEnumerable<(int End, int Next)> FindDocuments(int start)
    {
        for (var line = _text.GetLine(start); line < _text.LineCount; line++)
        {
            var span = _text.GetLineSpan(line);
            var marker = _text.AsSpan(span);
            if (marker.StartsWith("---") || marker.StartsWith("..."))
            {
                Mask(span.Start, span.Start + 3);
                if (span.Start > start)
                {
                    yield return (span.Start, span.Start);
                }
            }
        }

        yield return (_text.Length, _text.Length);
    }

    private void MaskMarkersAndTabs(int start)
    {
        for (var number = _text.GetLine(start); number < _text.LineCount; number++)
        {
            var span = _text.GetLineSpan(number);
            if (ConflictMarkers.IsAt(_text.Content, span.Start))
            {
                _diagnostics.Add(SyntaxDiagnostics.ConflictMarker.At(
                    span, "This is a conflict marker of Git. Keep one of the two sides and remove the marker."));
                Mask(span.Start, span.End);
            }
        }
    }

    private void Mask(int start, int end) => Array.Fill(_masked, ' ', start, end - start);

    private List<Line> ReadLines(int start, int end)
    {
        var lines = new List<Line>();
        for (var number = _text.GetLine(start); number < _text.LineCount; number++)
        {
            var span = _text.GetLineSpan(number);
            if (span.Start >= end)
            {
                break;
            }

            if (span.End > start && MakeLine(TextSpan.FromBounds(Math.Max(span.Start, start), span.End)) is { } line)
            {
                lines.Add(line);
            }
        }

        LineUpTabs(lines);
        return lines;
    }

    private Line? MakeLine(TextSpan span)
    {
        var indentation = 0;
        for (var i = span.Start; i < span.End; i++)
        {
            switch (_masked[i])
            {
                case ' ':
                    indentation++;
                    break;
                case '\t':
                    indentation += 2;
                    break;
                case '#':
                    return null;
                default:
                    return new Line(span, indentation, i);
            }
        }

        return null;
    }

    /// <summary>Reads lines that make up one block: entries, items, or a single value.</summary>
    private SyntaxNode? RecoverBlock(List<Line> lines)
    {
        if (lines.Count == 0)
        {
            return null;
        }

        if (TryStrict(lines) is { } sound)
        {
            return sound;
        }

        if (++_depth > DeepestNesting)
        {
            _depth--;
            _diagnostics.Add(SyntaxDiagnostics.TooDeep.At(FirstCharacter(lines[0]), $"Nothing is read below {DeepestNesting} levels."));
            return null;
        }

        LineUpSlipped(lines);
        var runs = SplitRuns(lines).Select(r => (Run: r, Node: RecoverRun(r))).ToList();
        _depth--;
        return runs.Count == 1 ? runs[0].Node : Join(runs);
    }

    private SyntaxNode? TryStrict(List<Line> lines)
    {
        // YAML forbids tabs in indentation; lines that have them are read one by one.
        if (lines.Any(l => HasTab(l)))
        {
            return null;
        }

        var span = TextSpan.FromBounds(lines[0].Content - Math.Min(lines[0].Indentation, lines[0].Content - lines[0].Span.Start), EndOfBlock(lines[^1]));
        var documents = YamlTreeBuilder.TryBuild(_text, new string(_masked, span.Start, span.Length), span.Start, _diagnostics);
        return documents is [{ Root: { } root }] ? root : null;
    }

    /// <summary>Blank lines and comments behind a line are its block's: a block scalar ends with them.</summary>
    private int EndOfBlock(Line last)
    {
        for (var number = _text.GetLine(last.Content) + 1; number < _text.LineCount; number++)
        {
            var span = _text.GetLineSpan(number);
            if (span.Start >= _documentEnd || MakeLine(span) is not null)
            {
                return Math.Min(span.Start, _documentEnd);
            }
        }

        return _documentEnd;
    }

    private bool HasTab(Line line) => Array.IndexOf(_masked, '\t', line.Span.Start, line.Content - line.Span.Start) >= 0;

    /// <summary>Cuts lines where one is indented less than those before it: what follows belongs to another, outer block.</summary>
    private static IEnumerable<List<Line>> SplitRuns(List<Line> lines)
    {
        var run = new List<Line>();
        var indentation = lines[0].Indentation;
        foreach (var line in lines)
        {
            if (line.Indentation < indentation && run.Count > 0)
            {
                yield return run;
                run = [];
                indentation = line.Indentation;
            }

            run.Add(line);
        }

        yield return run;
    }

    /// <summary>Joins blocks that stand where one should: mappings become one, anything else is kept beside the outermost.</summary>
    private SyntaxNode? Join(List<(List<Line> Run, SyntaxNode? Node)> runs)
    {
        var nodes = runs.Where(r => r.Node is not null).ToList();
        if (nodes.Count <= 1)
        {
            return nodes.Count == 0 ? null : nodes[0].Node;
        }

        foreach (var (run, _) in nodes.SkipLast(1))
        {
            ReportIndentation(run[0], "This is indented deeper than what follows it at the same level. Line them up.");
        }

        var main = nodes[^1].Node!;
        var others = nodes.SkipLast(1).Select(n => n.Node!).ToImmutableArray();
        var span = TextSpan.FromBounds(others[0].Span.Start, main.Span.End);
        return main switch
        {
            MappingSyntax mapping => new MappingSyntax(
                span, false, [.. others.OfType<MappingSyntax>().SelectMany(m => m.Entries), .. mapping.Entries],
                [.. others.OfType<MappingSyntax>().SelectMany(m => m.Misplaced), .. others.Where(o => o is not MappingSyntax), .. mapping.Misplaced]),
            SequenceSyntax sequence => new SequenceSyntax(span, false, sequence.Items, [.. others, .. sequence.Misplaced]),
            _ => new MappingSyntax(span, false, [], [.. others, main]),
        };
    }

    private SyntaxNode? RecoverRun(List<Line> lines) =>
        IsItem(lines[0]) ? RecoverSequence(lines)
        : lines.Count > 1 || IsEntry(lines[0]) || IsWord(lines[0]) ? RecoverMapping(lines)
        : RecoverValue(lines[0].Content, lines[0].Span.End, []);

    private bool IsItem(Line line) => _masked[line.Content] == '-' && (line.Content + 1 >= line.Span.End || _masked[line.Content + 1] is ' ' or '\t');

    private bool IsEntry(Line line) => FindKey(line) is { Colon: >= 0 };

    /// <summary>A lone word: a key that is being typed.</summary>
    private bool IsWord(Line line)
    {
        var rest = new string(_masked, line.Content, line.Span.End - line.Content).TrimEnd();
        return rest.Length > 0 && rest.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.') && char.IsLetter(rest[0]);
    }

    /// <summary>The entries or items of a run: each begins at the run's own indentation and takes along what is indented deeper.</summary>
    private List<List<Line>> SplitParts(List<Line> lines)
    {
        var parts = new List<List<Line>>();
        var isKeyAlone = new Lazy<bool>(false);
        foreach (var line in lines)
        {
            var begins = parts.Count == 0
                || (line.Indentation == lines[0].Indentation && !IsContinuation(line, isKeyAlone, IsItem(lines[0])));
            if (begins)
            {
                parts.Add([]);
                isKeyAlone = new Lazy<bool>(() => FindKey(line) is { Colon: >= 0, Rest: < 0 });
            }

            parts[^1].Add(line);
        }

        return parts;
    }

    /// <summary>At the indentation of its key may stand the closing bracket of a flow collection, or the items of a list.</summary>
    /// <param name="isKeyAlone">Whether the part begins with a key that has nothing behind it.</param>
    private bool IsContinuation(Line line, Lazy<bool> isKeyAlone, bool inSequence) => _masked[line.Content] is ']' or '}'
        || (!inSequence && IsItem(line) && isKeyAlone.Value);

    private SequenceSyntax RecoverSequence(List<Line> lines)
    {
        var items = ImmutableArray.CreateBuilder<SyntaxNode>();
        var misplaced = ImmutableArray.CreateBuilder<SyntaxNode>();
        var slipped = new List<MappingSyntax>();
        foreach (var part in SplitParts(lines))
        {
            if (IsItem(part[0]))
            {
                TakeIn(items, slipped);
                items.Add(RecoverItem(part));
                continue;
            }

            ReportIndentation(part[0], "This is not an item of the list that it stands in. Begin it with '- ', or indent it under the item before.");
            var node = RecoverBlock(part);
            if (node is MappingSyntax more && items.Count > 0 && items[^1] is MappingSyntax)
            {
                slipped.Add(more);
            }
            else if (node is not null)
            {
                misplaced.Add(node);
            }
        }

        TakeIn(items, slipped);
        var all = items.Concat(misplaced).ToList();
        return new SequenceSyntax(
            TextSpan.FromBounds(Math.Min(lines[0].Content, all.Min(n => n.Span.Start)), Math.Max(lines[0].Content + 1, all.Max(n => n.Span.End))),
            false, items.ToImmutable(), misplaced.ToImmutable());
    }

    private SyntaxNode RecoverItem(List<Line> part)
    {
        var dash = part[0].Content;
        if (TryStrict(part) is SequenceSyntax { Items: [var sound] })
        {
            return sound;
        }

        _masked[dash] = ' ';
        var lines = part.ToList();
        if (MakeLine(part[0].Span) is { } first)
        {
            // Columns before a dash that was masked earlier on the same line count too, so the indentation is that of the content.
            lines[0] = first;
        }
        else
        {
            lines.RemoveAt(0);
        }

        if (lines.Count > 0 && _masked[lines[0].Content] is '[' or '{' && RecoverFlow(lines[0].Content, lines[^1].Span.End) is { } flow)
        {
            return flow;
        }

        return RecoverBlock(lines) ?? new ScalarSyntax(new TextSpan(dash + 1, 0), "", ScalarStyle.Plain, ScalarKind.Null);
    }

    /// <summary>Puts entries that have slipped out of the last item back into it, all at once.</summary>
    private static void TakeIn(ImmutableArray<SyntaxNode>.Builder items, List<MappingSyntax> slipped)
    {
        if (slipped.Count > 0)
        {
            var item = (MappingSyntax)items[^1];
            items[^1] = new MappingSyntax(
                TextSpan.FromBounds(item.Span.Start, Math.Max(item.Span.End, slipped.Max(s => s.Span.End))), false,
                [.. item.Entries, .. slipped.SelectMany(s => s.Entries)], [.. item.Misplaced, .. slipped.SelectMany(s => s.Misplaced)])
            {
                Anchor = item.Anchor,
                Tag = item.Tag,
            };
            slipped.Clear();
        }
    }

    private void ReportIndentation(Line line, string message) => _diagnostics.Add(SyntaxDiagnostics.WrongIndentation.At(FirstWord(line), message));

    private static TextSpan FirstCharacter(Line line) => new(line.Content, Math.Min(1, line.Span.End - line.Content));

    private TextSpan FirstWord(Line line)
    {
        var end = line.Content;
        while (end < line.Span.End && !char.IsWhiteSpace(_text[end]))
        {
            end++;
        }

        return TextSpan.FromBounds(line.Content, end);
    }
}
