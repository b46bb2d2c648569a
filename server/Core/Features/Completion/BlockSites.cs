// The cursor in YAML that is structured by indentation.
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Completion;

/// <summary>Finds what can be written in block YAML.</summary>
internal sealed class BlockSites(CursorText cursor, SchemaPlaces places, SyntaxTree tree)
{
    private readonly Insertion _here = new(new TextSpan(cursor.Offset, 0), Notation.Block, "", cursor.Step, cursor.NewLine);

    public IEnumerable<CompletionSite> Find()
    {
        if (tree.FindNode(cursor.Offset) is ScalarSyntax { Span.Length: > 0 } scalar && InScalar(scalar) is { } sites)
        {
            return sites;
        }

        var before = cursor.Before.TrimEnd(' ');
        if (!cursor.EndsLine(cursor.Offset) && !(before.EndsWith(":") && !before.IsWhiteSpace()))
        {
            return [];
        }

        if (before.IsWhiteSpace())
        {
            return cursor.Before.Contains('\t') ? [] : AtColumn(cursor.Before.Length, cursor.Line.Start, new TextSpan(cursor.Offset, 0));
        }

        return before.EndsWith(":") ? AfterColon(cursor.Line.Start + before.Length) : EndsWithDash(before) ? AfterDash(cursor.Line.Start + before.Length - 1) : [];
    }

    private static bool EndsWithDash(ReadOnlySpan<char> before) => before.EndsWith("-") && (before.Length == 1 || before[^2] == ' ') && before.Trim(" -").IsEmpty;

    /// <summary>Null where the tree does not know what to make of the scalar, so that its column must tell.</summary>
    private IEnumerable<CompletionSite>? InScalar(ScalarSyntax scalar)
    {
        if (!cursor.IsOnCursorLine(scalar.Span.Start) || !cursor.IsOnCursorLine(scalar.Span.End) || !QuotedText.IsInside(cursor, scalar))
        {
            return [];
        }

        return scalar.Parent switch
        {
            MappingEntrySyntax entry when entry.Key == scalar => InKey(entry),
            MappingEntrySyntax entry => InValue(scalar, entry),
            SequenceSyntax sequence when sequence.Items.Contains(scalar) => places.OfItem(sequence) is { } item
                ? OnOwnLine(item, InsideOf(scalar) with { Indent = Spaces(cursor.ColumnOf(scalar.Span.Start)), Dash = Spaces(ColumnOf(sequence)) }, scalar)
                : [],
            null when tree.Documents.Any(d => d.Root == scalar) => OnOwnLine(places.OfResource(), InsideOf(scalar), scalar),
            _ when cursor.StartsLine(scalar.Span.Start) => AtColumn(cursor.ColumnOf(scalar.Span.Start), cursor.Line.Start, scalar.Span),
            _ => [],
        };
    }

    private Insertion InsideOf(ScalarSyntax scalar)
    {
        var (span, quote, trail) = QuotedText.Find(cursor, scalar);
        return _here with { Span = span, Quote = quote, Trail = trail, EndsLine = cursor.EndsLine(scalar.Span.End) };
    }

    private IEnumerable<CompletionSite> InKey(MappingEntrySyntax entry)
    {
        var column = cursor.ColumnOf(entry.Key.Span.Start);
        var isNew = entry is { Separator: null, Value: null };
        var isKnown = entry is { Parent: MappingSyntax, IsMerge: false };
        if (isNew && cursor.StartsLine(entry.Key.Span.Start) && (!isKnown || ColumnOf(entry.Parent!) != column))
        {
            return AtColumn(column, cursor.Line.Start, entry.Key.Span);
        }

        if (!isKnown || entry.Parent is not MappingSyntax mapping || places.OfMapping(mapping) is not { } place)
        {
            return [];
        }

        var insertion = (isNew ? _here with { Span = entry.Key.Span } : InsideOf(entry.Key)) with { Indent = Spaces(column), Dash = DashOf(mapping) };
        var property = new PropertySite(place, insertion, places.FindLevels(place, mapping), mapping, entry);

        // A lone word in a list that takes names is the start of a name just as well.
        return isNew && mapping.Entries.Length == 1 && place.AllowsScalar
            ? [new ValueSite(place, insertion), property]
            : [property];
    }

    private IEnumerable<CompletionSite> InValue(ScalarSyntax scalar, MappingEntrySyntax entry)
    {
        if (places.OfValue(entry) is not { } place)
        {
            return [];
        }

        var at = InsideOf(scalar);
        var isOnKeyLine = cursor.IsOnCursorLine(entry.Key.Span.Start);
        return isOnKeyLine
            ? OnKeyLine(place, at with { Indent = Spaces(cursor.ColumnOf(entry.Key.Span.Start)) }, entry)
            : OnOwnLine(place, at with { Indent = Spaces(cursor.ColumnOf(scalar.Span.Start)) }, scalar);
    }

    private IEnumerable<CompletionSite> AfterColon(int end)
    {
        var entry = cursor.FindOpenNodes(end).OfType<MappingEntrySyntax>().FirstOrDefault(e => e.Separator?.End == end);
        if (entry is null || places.OfValue(entry) is not { } place)
        {
            return [];
        }

        var at = _here with { Indent = Spaces(cursor.ColumnOf(entry.Key.Span.Start)), Lead = cursor.Offset == end ? " " : "", EndsLine = true };
        return entry.Value switch
        {
            null or { Span.Length: 0 } => OnKeyLine(place, at, entry),
            ScalarSyntax { Span: var span } when cursor.IsOnCursorLine(span.Start) && cursor.IsOnCursorLine(span.End) && cursor.Offset > end =>
                OnKeyLine(place, at with { Span = TextSpan.FromBounds(cursor.Offset, span.End) }, entry),
            _ => [],
        };
    }

    /// <summary>The value stands, or will stand, beside its key.</summary>
    private IEnumerable<CompletionSite> OnKeyLine(SchemaPlace place, Insertion at, MappingEntrySyntax entry)
    {
        if (place.AllowsScalar)
        {
            yield return new ValueSite(place, at) { BlockMapping = entry.Parent as MappingSyntax };
        }
        else if (at.Quote is not null)
        {
            yield break;
        }
        else if (place.Item is { } item)
        {
            var below = at.Deeper();
            yield return item.AllowsScalar
                ? new ValueSite(item, at with { Notation = Notation.Flow, Lead = at.Lead + "[", Trail = "]" })
                : NewProperty(item, (below with { Lead = at.NewLine + below.Indent }).AsItem());
        }
        else if (place.AllowsMapping)
        {
            var below = at.Deeper();
            yield return NewProperty(place, below with { Lead = at.NewLine + below.Indent });
        }
    }

    /// <summary>The value stands on a line of its own, below its key or after a dash, where it may become a mapping or a list.</summary>
    /// <param name="scalar">What is there already.</param>
    private IEnumerable<CompletionSite> OnOwnLine(SchemaPlace place, Insertion at, ScalarSyntax? scalar = null)
    {
        if (scalar is { Style: not ScalarStyle.Plain })
        {
            return place.AllowsScalar ? [new ValueSite(place, at)] : [];
        }

        return place.Item is { } item ? ScalarOrMapping(item, at.AsItem()) : ScalarOrMapping(place, at);
    }

    private IEnumerable<CompletionSite> ScalarOrMapping(SchemaPlace place, Insertion at)
    {
        if (place.AllowsScalar)
        {
            yield return new ValueSite(place, at);
        }

        if (place.AllowsMapping)
        {
            yield return NewProperty(place, at);
        }
    }

    private PropertySite NewProperty(SchemaPlace place, Insertion at) => new(place, at, places.FindLevels(place, null), null, null);

    private IEnumerable<CompletionSite> AfterDash(int dash)
    {
        var column = cursor.ColumnOf(dash);
        var at = _here with { Indent = Spaces(Math.Max(column + 2, cursor.Before.Length)), Dash = Spaces(column), Lead = cursor.Offset == dash + 1 ? " " : "", EndsLine = true };
        foreach (var node in cursor.FindOpenNodes(dash + 1))
        {
            switch (node)
            {
                case SequenceSyntax { IsFlow: false, Parent: null } root when StrayDashes(root, cursor.Offset, keepsBreak: false) is { } dashes:
                    return cursor.Line.Start <= dashes.Start
                        ? [NewProperty(places.OfResource(), at with { Span = dashes, Indent = "", Lead = "", Dash = null, Replaced = cursor.Text.ToString(dashes) })]
                        : [];
                case SequenceSyntax { IsFlow: false } sequence when ColumnOf(sequence) == column:
                    return HasItemAfter(sequence, dash) || places.OfItem(sequence) is not { } item ? [] : ScalarOrMapping(item, at);
                case MappingEntrySyntax { Separator: not null } entry when IsWithoutText(entry.Value) && cursor.ColumnOf(entry.Key.Span.Start) <= column:
                    return places.OfValue(entry)?.Item is { } first ? ScalarOrMapping(first, at) : [];
            }
        }

        return [];
    }

    /// <summary>Whether the item of the dash is there, on the lines below.</summary>
    private bool HasItemAfter(SequenceSyntax sequence, int dash)
    {
        var next = sequence.Items.FirstOrDefault(i => i.Span.Start > dash && i.Span.Length > 0);
        return next is not null && !cursor.Text.AsSpan(TextSpan.FromBounds(dash + 1, next.Span.Start)).Contains('-');
    }

    /// <summary>A word, or nothing, alone on its line: its column tells what it belongs to.</summary>
    /// <param name="until">The start of the cursor's line: only what is before counts.</param>
    private IEnumerable<CompletionSite> AtColumn(int column, int until, TextSpan span)
    {
        // What is deeper below can't be cut off from what is above: an empty line between belongs to it.
        var wanted = span.Length == 0 && cursor.FindStartOfTextAfter(cursor.Offset) is { } below ? Math.Max(column, cursor.ColumnOf(below)) : column;
        return AtColumn(column, wanted, until, span);
    }

    /// <param name="column">Where the cursor is.</param>
    /// <param name="wanted">The column that tells.</param>
    private IEnumerable<CompletionSite> AtColumn(int column, int wanted, int until, TextSpan span)
    {
        var end = cursor.FindEndOfTextBefore(until);
        var open = cursor.FindOpenNodes(end);
        if (open.Count == 0)
        {
            return FromRoot(column, span);
        }

        if (open[0] is MappingEntrySyntax last && last.Value is not (null or { Span.Length: 0 }) && last.Value.Span.Start >= end)
        {
            open.InsertRange(0, StartOf(last.Value));
        }

        foreach (var node in open)
        {
            if (FindIn(node, column, wanted, span) is { } sites)
            {
                return sites;
            }
        }

        return [];
    }

    /// <summary>A value below its key that begins after the cursor: the cursor is at its start, where a new first member may go.</summary>
    private static IEnumerable<SyntaxNode> StartOf(SyntaxNode value) => value is MappingSyntax or SequenceSyntax ? [value] : [];

    private IEnumerable<CompletionSite> FromRoot(int column, TextSpan span) => cursor.DocumentAt(cursor.Offset).Root switch
    {
        null or ScalarSyntax => [NewProperty(places.OfResource(), AtIndent(0, column, span))],
        MappingSyntax { IsFlow: false } root => [NewKey(root, AtIndent(cursor.ColumnOf(root.Span.Start), column, span))],
        _ => [],
    };

    /// <summary>Null where the column lies further out.</summary>
    private IEnumerable<CompletionSite>? FindIn(SyntaxNode node, int column, int wanted, TextSpan span)
    {
        switch (node)
        {
            case MappingEntrySyntax { Parent: MappingSyntax { IsFlow: false } } entry when cursor.ColumnOf(entry.Key.Span.Start) < wanted:
                return IsWithoutText(entry.Value) && entry.Separator is not null
                    ? places.OfValue(entry) is { } place ? OnOwnLine(place, AtIndent(wanted, column, span)) : []
                    : entry.Value is ScalarSyntax { Style: ScalarStyle.Literal or ScalarStyle.Folded } ? [] : null;
            case MappingSyntax { IsFlow: false } mapping when ColumnOf(mapping) <= wanted:
                return [NewKey(mapping, AtIndent(ColumnOf(mapping), column, span))];
            case SequenceSyntax { IsFlow: false, Parent: null } root when StrayDashes(root, cursor.Line.Start, keepsBreak: true) is { } dashes:
                return [NewProperty(places.OfResource(), AtIndent(0, column, span) with { AlsoChange = new TextChange(WithLineBreak(dashes), "") })];
            case SequenceSyntax { IsFlow: false } sequence when ColumnOf(sequence) <= wanted:
                var items = places.OfItem(sequence) is { } item ? ScalarOrMapping(item, AtIndent(ColumnOf(sequence), column, span).AsItem()) : [];
                return sequence.Parent is MappingEntrySyntax { Parent: MappingSyntax outer } && ColumnOf(outer) == wanted
                    ? items.Append(NewKey(outer, AtIndent(wanted, column, span)))
                    : items;
            default:
                return null;
        }
    }

    /// <summary>
    /// Dashes with nothing behind them where a resource should begin, up to an offset: no resource is a list, so its first key takes their place. Null
    /// where something else is written among them, or after.
    /// </summary>
    private TextSpan? StrayDashes(SequenceSyntax root, int end, bool keepsBreak)
    {
        var start = cursor.Text.GetLineSpan(cursor.Text.GetLine(root.Span.Start)).Start;
        if (end < start || !root.Items.All(IsWithoutText) || cursor.FindStartOfTextAfter(end) is not null)
        {
            return null;
        }

        var written = cursor.Text.AsSpan(TextSpan.FromBounds(start, end));
        return written.Trim("- \r\n").IsEmpty ? new TextSpan(start, keepsBreak ? written.TrimEnd("\r\n").Length : written.Length) : null;
    }

    /// <summary>With the line break before it, so that no empty line stays; that after it is next to what is inserted.</summary>
    private TextSpan WithLineBreak(TextSpan lines) => cursor.Text.GetLine(lines.Start) is > 0 and var line
        ? TextSpan.FromBounds(cursor.Text.GetLineSpan(line - 1).End, lines.End)
        : lines;

    private PropertySite NewKey(MappingSyntax mapping, Insertion at)
    {
        var place = places.OfMapping(mapping) ?? new SchemaPlace(null, null, null, null, false);
        return new PropertySite(place, at, places.FindLevels(place, mapping), mapping, null);
    }

    /// <summary>An insertion that begins at a column; where the cursor is not there, the white space before it is replaced.</summary>
    private Insertion AtIndent(int wanted, int column, TextSpan span)
    {
        var indent = Spaces(wanted);
        return wanted == column
            ? _here with { Span = span, Indent = indent, EndsLine = true }
            : _here with { Span = TextSpan.FromBounds(cursor.Line.Start, span.End), Indent = indent, Lead = indent, EndsLine = true };
    }

    /// <summary>The white space before the dash that a mapping begins at; null where it is no item that begins on the line of its dash.</summary>
    private string? DashOf(MappingSyntax mapping)
    {
        var before = cursor.Text.AsSpan(TextSpan.FromBounds(cursor.Line.Start, Math.Max(cursor.Line.Start, mapping.Span.Start))).TrimEnd(' ');
        return cursor.IsOnCursorLine(mapping.Span.Start) && before.EndsWith("-") && before[..^1].IsWhiteSpace() ? before[..^1].ToString() : null;
    }

    private static bool IsWithoutText(SyntaxNode? value) => value is null or { Span.Length: 0 };

    /// <summary>The column of a block mapping's keys, or of a block sequence's dashes.</summary>
    private int ColumnOf(SyntaxNode node)
    {
        if (node is MappingSyntax { Entries: [var first, ..] })
        {
            return cursor.ColumnOf(first.Key.Span.Start);
        }

        var start = node is SequenceSyntax { Items: [var item, ..] } && cursor.Text[node.Span.Start] != '-' ? item.Span.Start : node.Span.Start;
        while (start > 0 && cursor.Text[Math.Min(start, cursor.Text.Length - 1)] != '-')
        {
            start--;
        }

        return cursor.ColumnOf(start);
    }

    private static string Spaces(int count) => new(' ', count);
}
