// Reads what is written with brackets: JSON, and the flow collections of broken YAML. Own, because no library at hand keeps both the place
// of every node and what stands around a mistake.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Json;

/// <summary>A tolerant reader of one value and all that it holds.</summary>
internal sealed partial class BracketParser
{
    private const int DeepestNesting = 256;

    private readonly SourceText _text;
    private readonly string _content;
    private readonly int _end;
    private readonly bool _isYaml;
    private readonly bool _trustsIndentation;
    private readonly List<Frame> _frames = [];
    private int _position;

    /// <summary>The line that was last asked about, with its indentation.</summary>
    private (int Line, int Indentation) _lastIndentation = (-1, 0);

    private bool? _lacksOpener;

    /// <summary>How many characters may still be looked through for brackets that are far away: in a text with thousands of mistakes each would look through all of it.</summary>
    private long _lookAhead;

    /// <summary>The offset of a closing bracket that is one too many; -1 where none is.</summary>
    private int _extra;

    /// <param name="trustsIndentation">Whether a bracket that stands further out than the one it would close is taken for an outer one's.</param>
    /// <param name="extra">The offset of a closing bracket that is reported and otherwise not there; -1 for none.</param>
    public BracketParser(SourceText text, int start, int end, bool isYaml, bool trustsIndentation, int extra = -1)
    {
        _extra = extra;
        _lookAhead = 100_000 + (32L * (end - start));
        _text = text;
        _content = text.Content;
        _position = start;
        _end = end;
        _isYaml = isYaml;
        _trustsIndentation = trustsIndentation;
    }

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Whether something was met that would belong to an outer bracket if indentation were to be trusted.</summary>
    public bool IsOddlyIndented { get; private set; }

    /// <summary>Where reading has come to.</summary>
    public int Position => _position;

    /// <summary>An open bracket: which, and how far the line that it is on is indented.</summary>
    private readonly record struct Frame(bool IsObject, int Indentation);

    private char Current => _position < _end ? _content[_position] : '\0';

    private bool AtEnd => _position >= _end;

    /// <summary>Reads the whole stretch as one value; what follows the value is kept as misplaced.</summary>
    public SyntaxNode? ParseDocument()
    {
        SkipTrivia();
        if (AtEnd)
        {
            return null;
        }

        var root = LooksLikeEntry() ? ParseEntriesWithoutBrace() : ParseValue();
        var rest = ImmutableArray.CreateBuilder<SyntaxNode>();
        var reported = 0;
        for (SkipTrivia(); !AtEnd; SkipTrivia())
        {
            var start = _position;
            if (rest.Count == 0 && start >= reported)
            {
                var line = RestOfLine(start);
                reported = line.End;
                Report(SyntaxDiagnostics.Unexpected, line, "The text should end before this. Remove it, or the bracket that closes too early.",
                    Current is '}' or ']' or ',' && _content.AsSpan(start + 1).IsWhiteSpace() ? [new CodeFix("Remove it", [new TextChange(new TextSpan(start, 1), "")]) { IsPreferred = false }] : []);
            }

            if (Current is ',' or '}' or ']' or ':')
            {
                _position++;
            }
            else if ((LooksLikeEntry() ? ParseEntriesWithoutBrace() : ParseValue()) is { } more)
            {
                rest.Add(more);
            }

            _position = Math.Max(_position, start + 1);
        }

        return rest.Count == 0 || root is null ? root : WithMisplaced(root, rest.ToImmutable());
    }

    /// <summary>Reads a value that stands within brackets which were read before.</summary>
    /// <param name="outer">The offsets of those brackets, from the outermost.</param>
    public SyntaxNode? ParseWithin(IEnumerable<int> outer)
    {
        _frames.AddRange(outer.Select(o => new Frame(_content[o] == '{', IndentationAt(o))));
        return ParseValue();
    }

    /// <summary>Whether more brackets are closed than opened.</summary>
    public bool ClosesTooMuch() => LacksOpener();

    private static SyntaxNode WithMisplaced(SyntaxNode root, ImmutableArray<SyntaxNode> rest)
    {
        var span = TextSpan.FromBounds(root.Span.Start, rest[^1].Span.End);
        return root switch
        {
            MappingSyntax mapping => new MappingSyntax(span, true, mapping.Entries, [.. mapping.Misplaced, .. rest]),
            SequenceSyntax sequence => new SequenceSyntax(span, true, sequence.Items, [.. sequence.Misplaced, .. rest]),
            _ => new MappingSyntax(span, true, [], [root, .. rest]),
        };
    }

    private MappingSyntax ParseEntriesWithoutBrace()
    {
        var start = _position;
        Report(SyntaxDiagnostics.MissingOpening, new TextSpan(start, 1), "This property is in no object. Add '{' before it.", new CodeFix("Add '{'", [new TextChange(new TextSpan(start, 0), "{ ")]));
        return ParseObjectBody(start, closes: true);
    }

    public SyntaxNode? ParseValue()
    {
        SkipTrivia();
        var properties = _isYaml ? ReadNodeProperties() : default;
        SyntaxNode? node = Current switch
        {
            '{' => ParseObject(properties),
            '[' => ParseArray(properties),
            '"' or '\'' => ParseQuoted(properties),
            '*' when _isYaml => ParseAlias(),
            '\0' when AtEnd => null,
            ',' or '}' or ']' or ':' => null,
            _ => ParseBareWord(properties),
        };
        return node;
    }

    private MappingSyntax ParseObject(NodeProperties properties)
    {
        var start = _position++;
        return ParseObjectBody(start, closes: true, properties);
    }

    private MappingSyntax ParseObjectBody(int start, bool closes, NodeProperties properties = default)
    {
        var entries = ImmutableArray.CreateBuilder<MappingEntrySyntax>();
        var misplaced = ImmutableArray.CreateBuilder<SyntaxNode>();
        if (Enter(start, isObject: true))
        {
            while (ParseObjectPart(start, entries, misplaced))
            {
            }

            _frames.RemoveAt(_frames.Count - 1);
        }

        return new MappingSyntax(TextSpan.FromBounds(start, Math.Max(_position, LastEnd(entries, misplaced, start))), true, entries.ToImmutable(), misplaced.ToImmutable())
        {
            Anchor = properties.Anchor,
            Tag = properties.Tag,
        };
    }

    private static int LastEnd(ImmutableArray<MappingEntrySyntax>.Builder entries, ImmutableArray<SyntaxNode>.Builder misplaced, int start) =>
        Math.Max(entries.Count > 0 ? entries[^1].Span.End : start, misplaced.Count > 0 ? misplaced[^1].Span.End : start);

    /// <summary>Reads one entry or bracket of an object; false when the object has ended.</summary>
    private bool ParseObjectPart(int start, ImmutableArray<MappingEntrySyntax>.Builder entries, ImmutableArray<SyntaxNode>.Builder misplaced)
    {
        var before = _position;
        SkipTrivia();
        if (AtEnd || BelongsFurtherOut())
        {
            return Unclosed(start, '}', before);
        }

        switch (Current)
        {
            case '}':
                CheckTrailingComma(before, entries.Count);
                _position++;
                return false;
            case '{' or '[' or ']' or '"' or '\'' when IsLostList(entries):
                ReadLostList(entries);
                return true;
            case ']':
                if (_frames[..^1].Exists(f => !f.IsObject) && !IsIndentedDeeper())
                {
                    return Unclosed(start, '}', before);
                }

                SkipUnexpected("']' closes nothing here. Remove it, or add the '[' that it belongs to.");
                return true;
            case ',':
                if (!FollowsEntry(before, entries.Count + misplaced.Count))
                {
                    Report(SyntaxDiagnostics.Unexpected, new TextSpan(_position, 1), "There is nothing before this comma. Remove it.");
                }

                _position++;
                return true;
            case '{' or '[':
                Report(SyntaxDiagnostics.MissingKey, new TextSpan(_position, 1), "A value in an object needs a key: \"name\": …");
                if (ParseValue() is { } value)
                {
                    misplaced.Add(value);
                }

                return true;
            case ':':
                SkipUnexpected("There is no key before this colon.");
                return true;
            default:
                // After a key with no value the missing value is finding enough.
                if (entries.Count > 0 && entries[^1].Value is not null && NeedsComma(before))
                {
                    ReportMissingComma(entries[^1].Span.End);
                }

                entries.Add(ParseEntry());
                return true;
        }
    }

    /// <summary>Whether no comma stands between what was read last and here.</summary>
    private bool NeedsComma(int from)
    {
        for (var i = from - 1; i >= 0; i--)
        {
            if (!char.IsWhiteSpace(_content[i]))
            {
                return _content[i] is not (',' or '{' or '[');
            }
        }

        return false;
    }

    private bool FollowsEntry(int before, int count) => count > 0 && NeedsComma(before);

    private void ReportMissingComma(int at) => Report(
        SyntaxDiagnostics.MissingComma, new TextSpan(Math.Max(0, at - 1), 1), "A comma is missing after this.", new CodeFix("Add the comma", [new TextChange(new TextSpan(at, 0), ",")]));

    private MappingEntrySyntax ParseEntry()
    {
        var key = Current is '"' or '\'' ? ParseQuoted(default) : ParseBareKey();
        SkipTrivia();
        TextSpan? separator = null;
        if (Current == ':')
        {
            separator = new TextSpan(_position++, 1);
        }
        else if (TakeEqualsSign(key) is { } sign)
        {
            separator = sign;
        }
        else if (_isYaml)
        {
            return new MappingEntrySyntax(key.Span, key, null, null);
        }
        else if (StartsValueOnSameLine(key.Span.End))
        {
            Report(
                SyntaxDiagnostics.MissingColon, key.Span, $"A colon is missing after \"{key.Value}\".", new CodeFix("Add the colon", [new TextChange(new TextSpan(key.Span.End, 0), ":")]));
        }
        else
        {
            Report(SyntaxDiagnostics.MissingValue, key.Span, $"\"{key.Value}\" needs a colon and a value.");
            return new MappingEntrySyntax(key.Span, key, null, null);
        }

        var afterColon = _position;
        SkipTrivia();
        var value = IsObjectWithoutBrace(key.Span.Start, afterColon) ? ParseEntriesWithoutBrace() : HasValueHere(afterColon) ? ParseValue() : null;
        if (value is null && !_isYaml)
        {
            Report(SyntaxDiagnostics.MissingValue, key.Span, $"\"{key.Value}\" has no value.");
        }

        return new MappingEntrySyntax(TextSpan.FromBounds(key.Span.Start, value?.Span.End ?? afterColon), key, separator, value);
    }

    /// <summary>Not so where the next line already begins the next entry.</summary>
    private bool HasValueHere(int afterColon) =>
        Current is not (',' or '}' or ']' or ':' or '\0')
        && !(_text.GetLine(afterColon) != _text.GetLine(_position) && LooksLikeEntry());

    private bool StartsValueOnSameLine(int from) =>
        !AtEnd && Current is not (',' or '}' or ']') && _text.GetLine(from) == _text.GetLine(_position);

    private SequenceSyntax ParseArray(NodeProperties properties)
    {
        var start = _position++;
        var items = ImmutableArray.CreateBuilder<SyntaxNode>();
        var misplaced = ImmutableArray.CreateBuilder<SyntaxNode>();
        if (Enter(start, isObject: false))
        {
            while (ParseArrayPart(start, items))
            {
            }

            _frames.RemoveAt(_frames.Count - 1);
        }

        return new SequenceSyntax(TextSpan.FromBounds(start, Math.Max(_position, items.Count > 0 ? items[^1].Span.End : start + 1)), true, items.ToImmutable(), misplaced.ToImmutable())
        {
            Anchor = properties.Anchor,
            Tag = properties.Tag,
        };
    }

    /// <summary>Reads one item or bracket of an array; false when the array has ended.</summary>
    private bool ParseArrayPart(int start, ImmutableArray<SyntaxNode>.Builder items)
    {
        var before = _position;
        SkipTrivia();
        if (AtEnd || BelongsFurtherOut())
        {
            return Unclosed(start, ']', before);
        }

        switch (Current)
        {
            case ']':
                CheckTrailingComma(before, items.Count);
                _position++;
                return false;
            case '}':
                if (_frames.Exists(f => f.IsObject) && !IsIndentedDeeper())
                {
                    return Unclosed(start, ']', before);
                }

                SkipUnexpected("'}' closes nothing here. Remove it, or add the '{' that it belongs to.");
                return true;
            case ',':
                if (!FollowsEntry(before, items.Count))
                {
                    Report(SyntaxDiagnostics.Unexpected, new TextSpan(_position, 1), "There is nothing before this comma. Remove it.");
                }

                _position++;
                return true;
            case ':':
                SkipUnexpected("A list has no keys. Put the entry in braces.");
                return true;
            default:
                ParseItem(before, items);
                return true;
        }
    }

    private void ParseItem(int before, ImmutableArray<SyntaxNode>.Builder items)
    {
        if (items.Count > 0 && NeedsComma(before))
        {
            ReportMissingComma(items[^1].Span.End);
        }

        if (LooksLikeEntry())
        {
            items.Add(_isYaml ? ParsePair() : ParseEntriesWithoutBrace());
        }
        else if (ParseValue() is { } item)
        {
            items.Add(item);
        }

        if (_position <= before)
        {
            SkipUnexpected("This is not understood here.");
        }
    }

    /// <summary>YAML's <c>[a: b]</c>: a mapping of one entry.</summary>
    private MappingSyntax ParsePair()
    {
        var entry = ParseEntry();
        return new MappingSyntax(entry.Span, true, [entry]);
    }

    /// <summary>Opens a frame; at the limit of nesting the brackets are skipped unread, with a finding.</summary>
    private bool Enter(int start, bool isObject)
    {
        if (_frames.Count < DeepestNesting)
        {
            // An object that lost its brace begins with a key, and its other keys stand as far in as that one.
            _frames.Add(new Frame(isObject, IndentationAt(start) - (_content[start] is '{' or '[' ? 0 : 1)));
            return true;
        }

        Report(SyntaxDiagnostics.TooDeep, new TextSpan(start, 1), $"Nothing is read below {DeepestNesting} levels.");
        for (var depth = 1; depth > 0 && !AtEnd; _position++)
        {
            depth += Current switch { '{' or '[' => 1, '}' or ']' => -1, _ => 0 };
        }

        return false;
    }

    private bool Unclosed(int start, char closer, int at)
    {
        _position = at;
        var opener = closer == '}' ? '{' : '[';
        var open = _content[start] == opener ? new TextSpan(start, 1) : new TextSpan(start, Math.Min(1, _end - start));
        Report(SyntaxDiagnostics.NeverClosed, open, $"This '{opener}' is never closed. Add '{closer}'.", new CodeFix($"Add '{closer}'", [new TextChange(new TextSpan(at, 0), closer.ToString())]));
        return false;
    }

    private void SkipUnexpected(string message)
    {
        Report(SyntaxDiagnostics.Unexpected, new TextSpan(_position, 1), message);
        _position++;
    }

    /// <summary>
    /// Whether what begins this line is indented less than the bracket that is open wants: a closer, key or opener of an outer level, so that
    /// the closer of this level is missing.
    /// </summary>
    private bool BelongsFurtherOut()
    {
        if (_frames.Count < 2 || FindIndentation(_position) is not { } indentation)
        {
            return false;
        }

        var own = _frames[^1];
        var isFurtherOut = Current switch
        {
            '}' or ']' => indentation < own.Indentation && _frames[..^1].Exists(f => f.Indentation == indentation && f.IsObject == (Current == '}')),
            _ => indentation <= own.Indentation && _frames[..^1].Exists(f => f.Indentation < indentation && f.IsObject == (Current is not ('{' or '['))),
        };
        IsOddlyIndented |= isFurtherOut;
        return isFurtherOut && _trustsIndentation;
    }

    private bool IsIndentedDeeper() => _trustsIndentation && BeginsLine() && IndentationAt(_position) > _frames[^1].Indentation;

    /// <summary>How far in something stands that is the first on its line; null for what is not.</summary>
    private int? FindIndentation(int offset)
    {
        var indentation = 0;
        for (var i = offset - 1; i >= 0 && _content[i] is not ('\n' or '\r'); i--)
        {
            if (_content[i] is not (' ' or '\t'))
            {
                return null;
            }

            indentation += _content[i] == '\t' ? 4 : 1;
        }

        return indentation;
    }

    private bool BeginsLine() => BeginsLine(_position);

    private bool BeginsLine(int offset)
    {
        for (var i = offset - 1; i >= 0 && _content[i] is not ('\n' or '\r'); i--)
        {
            if (_content[i] is not (' ' or '\t'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How far the line of an offset is indented; a tab counts as four columns, which is right only in comparison.</summary>
    private int IndentationAt(int offset)
    {
        var number = _text.GetLine(offset);
        if (number == _lastIndentation.Line)
        {
            return _lastIndentation.Indentation;
        }

        var line = _text.GetLineSpan(number);
        var indentation = 0;
        for (var i = line.Start; i < line.End && _content[i] is ' ' or '\t'; i++)
        {
            indentation += _content[i] == '\t' ? 4 : 1;
        }

        _lastIndentation = (number, indentation);
        return indentation;
    }

    /// <summary>Whether a key with its colon stands here.</summary>
    private bool LooksLikeEntry()
    {
        var i = _position;
        if (Current is '"' or '\'')
        {
            i = FindClosingQuote(i);
        }
        else if (IsWordCharacter(Current))
        {
            while (i < _end && IsWordCharacter(_content[i]))
            {
                i++;
            }
        }
        else
        {
            return false;
        }

        while (i < _end && _content[i] is ' ' or '\t')
        {
            i++;
        }

        return i < _end && _content[i] == ':' && (!_isYaml || i + 1 >= _end || _content[i + 1] is ' ' or '\t' or '\r' or '\n' or ',' or '}' or ']' || Current is '"' or '\'');
    }

    private TextSpan RestOfLine(int start) => TextSpan.FromBounds(start, Math.Max(start + 1, Math.Min(_end, _text.GetLineSpan(_text.GetLine(start)).End)));

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, string message, params ImmutableArray<CodeFix> fixes) =>
        Diagnostics.Add(descriptor.At(span, message, fixes));
}
