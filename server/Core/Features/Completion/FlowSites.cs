// The cursor in JSON, or in YAML that is structured by braces and brackets.
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Completion;

/// <summary>Finds what can be written in braces and brackets.</summary>
internal sealed class FlowSites
{
    private readonly CursorText _cursor;
    private readonly SchemaPlaces _places;
    private readonly List<SyntaxNode> _open;
    private readonly SyntaxNode? _container;
    private readonly Insertion _here;

    public FlowSites(CursorText cursor, SchemaPlaces places)
    {
        _cursor = cursor;
        _places = places;
        var notation = cursor.Language == SyntaxLanguage.Json ? Notation.Json : Notation.Flow;
        _here = new Insertion(new TextSpan(cursor.Offset, 0), notation, cursor.IndentAt(cursor.Offset), cursor.Step, cursor.NewLine);
        _open = cursor.FindOpenNodes(cursor.Offset);
        _container = _open.FirstOrDefault(IsOpenFlow);
    }

    /// <summary>Whether the cursor is between braces or brackets, or after ones that are not closed yet.</summary>
    public bool IsInside => _container is not null;

    public IEnumerable<CompletionSite> Find() => _container switch
    {
        _ when IsAfterOpenString() => [],
        MappingSyntax mapping => InMapping(mapping),
        SequenceSyntax sequence => InSequence(sequence),
        _ when _here.Notation == Notation.Json => AtRoot(),
        _ => [],
    };

    /// <summary>What follows on the line of a quote that is not closed is part of its string, as far as anyone knows.</summary>
    private bool IsAfterOpenString() => FindOpenString() is { } text && _cursor.IsOnCursorLine(text.Span.End);

    /// <summary>The last string before the cursor, if it has no end.</summary>
    private ScalarSyntax? FindOpenString() => _open is [ScalarSyntax { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } text, ..]
        && _cursor.Offset > text.Span.End && !QuotedText.IsClosed(_cursor.Text, text) ? text : null;

    private IEnumerable<CompletionSite> AtRoot() => _cursor.DocumentAt(_cursor.Offset).Root is null
        ? [new ValueSite(_places.OfResource(), _here)]
        : [];

    private bool IsOpenFlow(SyntaxNode node)
    {
        if (node is not (MappingSyntax { IsFlow: true } or SequenceSyntax { IsFlow: true }))
        {
            return false;
        }

        if (_cursor.Language == SyntaxLanguage.Json)
        {
            return !IsClosed(node) || _cursor.Offset < node.Span.End;
        }

        // In YAML what is left open ends with its line: below it, block structure goes on. And where a broken text is taken for part of a
        // list that it only follows, the brackets themselves tell.
        return (IsClosed(node) ? _cursor.Offset < node.Span.End : _cursor.Offset <= node.Span.End || _cursor.IsOnCursorLine(node.Span.End))
            && _cursor.CountOpenBrackets(node.Span.Start) > 0;
    }

    private bool IsClosed(SyntaxNode node)
    {
        var closer = node is MappingSyntax ? '}' : ']';
        var end = node.Span.End - 1;
        return end > node.Span.Start && _cursor.Text[end] == closer && node.Children.All(c => c.Span.End <= end);
    }

    private IEnumerable<CompletionSite> InMapping(MappingSyntax mapping)
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key.Span.Touches(_cursor.Offset) && _cursor.Offset > entry.Key.Span.Start)
            {
                return IsIn(entry.Key) ? InKey(mapping, entry) : [];
            }

            if (entry.Value is ScalarSyntax { Span.Length: > 0 } value && value.Span.Touches(_cursor.Offset))
            {
                return IsIn(value) && _places.OfValue(entry) is { } place ? InValue(value, place) : [];
            }
        }

        var open = mapping.Entries.LastOrDefault(e => e.Key.Span.End <= _cursor.Offset);
        var textBefore = _cursor.FindEndOfTextBefore(_cursor.Offset);
        return open is { Separator: { } colon } && colon.End == textBefore ? InGapAfterColon(open, colon.End) : NewKey(mapping, textBefore);
    }

    private bool IsIn(ScalarSyntax scalar) => QuotedText.IsInside(_cursor, scalar);

    private IEnumerable<CompletionSite> InKey(MappingSyntax mapping, MappingEntrySyntax entry)
    {
        if (_places.OfMapping(mapping) is not { } place || entry.IsMerge || !_cursor.IsOnCursorLine(entry.Key.Span.End))
        {
            return [];
        }

        var (span, quote, trail) = QuotedText.Find(_cursor, entry.Key);
        var isNew = entry is { Separator: null, Value: null };
        var at = isNew
            ? WithCommas(_here with { Span = entry.Key.Span, ReplacesQuotes = entry.Key.Style != ScalarStyle.Plain }, _cursor.FindEndOfTextBefore(entry.Key.Span.Start))
            : _here with { Span = span, Quote = quote, Trail = trail };
        return [new PropertySite(place, at, _places.FindLevels(place, mapping), mapping, entry)];
    }

    private IEnumerable<CompletionSite> InValue(ScalarSyntax scalar, SchemaPlace place)
    {
        // What is plain in JSON is a number, a keyword, or a word that wants quotes.
        if (!_cursor.IsOnCursorLine(scalar.Span.Start) || !_cursor.IsOnCursorLine(scalar.Span.End) || scalar.Kind is ScalarKind.Integer or ScalarKind.Float)
        {
            return [];
        }

        // Where an object is wanted, a string is the start of one, quotes and all.
        var comma = CommaAfter(scalar.Span.End);
        var (span, quote, trail) = place.AllowsMapping && !place.AllowsScalar ? (scalar.Span, null, "") : QuotedText.Find(_cursor, scalar);
        var isWhole = quote is null && scalar.Style != ScalarStyle.Plain;
        return [new ValueSite(place, _here with { Span = span, Quote = quote, Trail = trail + comma, ReplacesQuotes = isWhole })];
    }

    private IEnumerable<CompletionSite> InGapAfterColon(MappingEntrySyntax entry, int colonEnd)
    {
        // Where the value is missing, the key of the next member may be taken for it.
        var isEmpty = entry.Value is null or { Span.Length: 0 } || _cursor.FindTextAfter(entry.Value.Span.End) == ':';
        return isEmpty && _places.OfValue(entry) is { } place
            ? [new ValueSite(place, _here with { Lead = _cursor.Offset == colonEnd ? " " : "", Trail = CommaAfter(_cursor.Offset) })]
            : [];
    }

    private IEnumerable<CompletionSite> NewKey(MappingSyntax mapping, int textBefore) =>
        _cursor.FindTextAfter(_cursor.Offset) != ':' && _places.OfMapping(mapping) is { } place
        ? [new PropertySite(place, WithCommas(OnNewLine(mapping), textBefore), _places.FindLevels(place, mapping), mapping, null)]
        : [];

    private IEnumerable<CompletionSite> InSequence(SequenceSyntax sequence)
    {
        if (_places.OfItem(sequence) is not { } place)
        {
            return [];
        }

        foreach (var item in sequence.Items.Where(i => i.Span.Length > 0 && i.Span.Touches(_cursor.Offset)))
        {
            return item is ScalarSyntax scalar && IsIn(scalar) ? InValue(scalar, place) : [];
        }

        return [new ValueSite(place, WithCommas(OnNewLine(sequence), _cursor.FindEndOfTextBefore(_cursor.Offset)))];
    }

    /// <summary>
    /// A member on a line that is indented no more than the braces which it is in is moved to where it belongs: in YAML it must be indented,
    /// and where the braces are still open the indentation is what tells where they end.
    /// </summary>
    private Insertion OnNewLine(SyntaxNode container)
    {
        var outer = _cursor.IndentAt(container.Span.Start);
        var isOutdented = _cursor.StartsLine(_cursor.Offset) && !_cursor.IsOnCursorLine(container.Span.Start) && _cursor.Before.Length <= outer.Length;
        var indent = outer + _cursor.Step;
        return isOutdented && (_here.Notation == Notation.Flow || !IsClosed(container))
            ? _here with { Span = TextSpan.FromBounds(_cursor.Line.Start, _cursor.Offset), Lead = indent, Indent = indent }
            : _here;
    }

    /// <summary>Puts in the commas that a new member or item needs between its neighbours.</summary>
    private Insertion WithCommas(Insertion at, int textBefore)
    {
        var trail = CommaAfter(at.Span.End);
        if (textBefore == 0 || (FindOpenString() is null && _cursor.Text[textBefore - 1] is ('{' or '[' or ',' or ':')))
        {
            return at with { Trail = trail };
        }

        return _cursor.IsOnCursorLine(textBefore)
            ? at with { Lead = at.Lead + ", ", Trail = trail }
            : at with { Trail = trail, AlsoChange = new TextChange(new TextSpan(textBefore, 0), FindOpenString() is { } text ? _cursor.Text[text.Span.Start] + "," : ",") };
    }

    private string CommaAfter(int position) => _cursor.FindTextAfter(position) is '\0' or ',' or '}' or ']' or ':' ? "" : ",";
}
