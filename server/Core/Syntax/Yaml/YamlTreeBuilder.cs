// From YamlDotNet's events to the tree.
using System.Collections.Immutable;
using Pipewright.Core.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalarStyle = YamlDotNet.Core.ScalarStyle;

namespace Pipewright.Core.Syntax.Yaml;

/// <summary>Builds the tree of a stretch of YAML that has no mistakes.</summary>
internal sealed class YamlTreeBuilder
{
    private const int DeepestNesting = 256;

    private readonly SourceText _text;
    private readonly string _content;
    private readonly int _offset;
    private readonly int _end;
    private readonly Parser _parser;
    private readonly List<Diagnostic> _diagnostics = [];
    private int _depth;

    private YamlTreeBuilder(SourceText text, string piece, int offset)
    {
        _text = text;
        _content = text.Content;
        _offset = offset;
        _end = offset + piece.Length;
        _parser = new Parser(new Scanner(new StringReader(piece), skipComments: true));
    }

    /// <summary>The documents of a stretch; null where it is not sound YAML, and then nothing is added to <paramref name="diagnostics"/>.</summary>
    /// <param name="piece">The stretch, perhaps with characters masked by spaces.</param>
    /// <param name="offset">Where it begins in the text.</param>
    public static ImmutableArray<DocumentSyntax>? TryBuild(SourceText text, string piece, int offset, List<Diagnostic> diagnostics) =>
        TryBuild(text, piece, offset, diagnostics, out _);

    /// <param name="failure">Where in the text it stopped to be sound; null where it is sound, or that is not known.</param>
    public static ImmutableArray<DocumentSyntax>? TryBuild(SourceText text, string piece, int offset, List<Diagnostic> diagnostics, out int? failure)
    {
        failure = null;
        try
        {
            var builder = new YamlTreeBuilder(text, piece, offset);
            var documents = builder.BuildStream();
            diagnostics.AddRange(builder._diagnostics);
            return documents;
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            failure = e is YamlException yaml ? offset + (int)Math.Max(yaml.Start.Index, yaml.End.Index) : null;

            // Beside YamlException the scanner lets other exceptions out on some texts; either way the text is not sound.
            return null;
        }
    }

    private ImmutableArray<DocumentSyntax> BuildStream()
    {
        var documents = ImmutableArray.CreateBuilder<DocumentSyntax>();
        var start = _offset;
        Next<StreamStart>();
        while (_parser.MoveNext() && _parser.Current is DocumentStart)
        {
            _parser.MoveNext();
            var root = Build();
            Next<DocumentEnd>();
            var end = Math.Min(_end, _offset + (int)_parser.Current!.End.Index);
            documents.Add(new DocumentSyntax(TextSpan.FromBounds(start, end), root));
            start = end;
        }

        Expect<StreamEnd>();
        if (documents.Count > 0)
        {
            documents[^1] = documents[^1] with { Span = TextSpan.FromBounds(documents[^1].Span.Start, _end) };
        }

        return documents.ToImmutable();
    }

    private void Next<T>()
    {
        _parser.MoveNext();
        Expect<T>();
    }

    private void Expect<T>()
    {
        if (_parser.Current is not T)
        {
            throw new InvalidOperationException($"Here is {_parser.Current?.GetType().Name ?? "nothing"} where {typeof(T).Name} belongs.");
        }
    }

    /// <summary>Builds the node at the current event and stays on its last event. Null for a value that is not written.</summary>
    private SyntaxNode? Build()
    {
        if (++_depth > DeepestNesting)
        {
            throw new InvalidOperationException("Nested too deep to build.");
        }

        SyntaxNode? node = _parser.Current switch
        {
            Scalar scalar => BuildScalar(scalar),
            MappingStart mapping => BuildMapping(mapping),
            SequenceStart sequence => BuildSequence(sequence),
            AnchorAlias alias => new AliasSyntax(SpanOf(alias), alias.Value.Value),
            _ => throw new InvalidOperationException("No node begins here."),
        };
        _depth--;
        return node;
    }

    private TextSpan SpanOf(ParsingEvent parsed) =>
        TextSpan.FromBounds(_offset + (int)parsed.Start.Index, Math.Min(_end, _offset + (int)parsed.End.Index));

    private ScalarSyntax? BuildScalar(Scalar scalar)
    {
        var span = SpanOf(scalar);
        var start = SkipProperties(span.Start, span.End);
        var isWritten = scalar.Style != YamlScalarStyle.Plain || scalar.Value.Length > 0;
        if (!isWritten && scalar.Anchor.IsEmpty && scalar.Tag.IsEmpty)
        {
            return null;
        }

        var style = scalar.Style switch
        {
            YamlScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
            YamlScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
            YamlScalarStyle.Literal => ScalarStyle.Literal,
            YamlScalarStyle.Folded => ScalarStyle.Folded,
            _ => ScalarStyle.Plain,
        };
        var kind = style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? ScalarResolution.Resolve(scalar.Value) : KindByTag(scalar);
        span = TextSpan.FromBounds(start, TrimEnd(start, span.End));
        return new ScalarSyntax(span, TextPool.Get(scalar.Value), style, kind, ScalarPlaces.Find(_content, span, style, scalar.Value))
        {
            Anchor = AnchorOf(scalar),
            Tag = TagOf(scalar),
        };
    }

    private static ScalarKind KindByTag(Scalar scalar) => scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? ScalarKind.String : scalar.Tag.Value switch
    {
        "tag:yaml.org,2002:int" => ScalarKind.Integer,
        "tag:yaml.org,2002:float" => ScalarKind.Float,
        "tag:yaml.org,2002:bool" => ScalarKind.Boolean,
        "tag:yaml.org,2002:null" => ScalarKind.Null,
        "tag:yaml.org,2002:str" => ScalarKind.String,
        _ => scalar.Style == YamlScalarStyle.Plain ? ScalarResolution.Resolve(scalar.Value) : ScalarKind.String,
    };

    private static string? AnchorOf(NodeEvent node) => node.Anchor.IsEmpty ? null : node.Anchor.Value;

    private static string? TagOf(NodeEvent node) => node.Tag.IsEmpty || node.Tag.IsNonSpecific ? null : node.Tag.Value;

    /// <summary>Skips an anchor and a tag, and the white space behind them.</summary>
    private int SkipProperties(int start, int end)
    {
        while (start < end && _content[start] is '&' or '!')
        {
            while (start < end && !char.IsWhiteSpace(_content[start]))
            {
                start++;
            }

            while (start < end && char.IsWhiteSpace(_content[start]))
            {
                start++;
            }
        }

        return start;
    }

    private int TrimEnd(int start, int end)
    {
        while (end > start && char.IsWhiteSpace(_content[end - 1]))
        {
            end--;
        }

        return end;
    }

    private SequenceSyntax BuildSequence(SequenceStart sequence)
    {
        var items = ImmutableArray.CreateBuilder<SyntaxNode>();
        var start = SpanOf(sequence).Start;
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            var at = _offset + (int)_parser.Current!.Start.Index;
            items.Add(Build() ?? new ScalarSyntax(new TextSpan(Math.Min(at, _end), 0), "", ScalarStyle.Plain, ScalarKind.Null));
        }

        Expect<SequenceEnd>();
        var isFlow = sequence.Style == SequenceStyle.Flow;
        return new SequenceSyntax(CollectionSpan(start, isFlow, items), isFlow, items.ToImmutable())
        {
            Anchor = AnchorOf(sequence),
            Tag = TagOf(sequence),
        };
    }

    /// <summary>A block collection ends with its last node; the end event comes only where the next thing begins.</summary>
    private TextSpan CollectionSpan(int start, bool isFlow, IReadOnlyList<SyntaxNode> children)
    {
        var lastEnd = children.Count == 0 ? start : children.Max(c => c.Span.End);
        var end = isFlow ? Math.Max(lastEnd, EndOfFlow(SpanOf(_parser.Current!))) : lastEnd;
        start = SkipProperties(start, end);

        // A key that is not written stands before its colon, where no event is.
        return TextSpan.FromBounds(children.Count == 0 ? start : Math.Min(start, children.Min(c => c.Span.Start)), Math.Max(start, end));
    }

    /// <summary>The end event of a flow collection stands before its closing bracket.</summary>
    private int EndOfFlow(TextSpan end) => end.Length == 0 && end.Start < _end && _content[end.Start] is ']' or '}' ? end.Start + 1 : end.End;

    private MappingSyntax BuildMapping(MappingStart mapping)
    {
        var entries = ImmutableArray.CreateBuilder<MappingEntrySyntax>();
        var start = SpanOf(mapping).Start;
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            entries.Add(BuildEntry());
        }

        Expect<MappingEnd>();
        var isFlow = mapping.Style == MappingStyle.Flow;

        // The mapping of a pair in a list, `[a: b]`, has no place of its own: its events say that they stand at the beginning of the stretch.
        start = isFlow && entries.Count > 0 && mapping.Start.Index == 0 && mapping.End.Index == 0 ? entries[0].Span.Start : start;
        return new MappingSyntax(CollectionSpan(start, isFlow, entries), isFlow, entries.ToImmutable())
        {
            Anchor = AnchorOf(mapping),
            Tag = TagOf(mapping),
        };
    }

    private MappingEntrySyntax BuildEntry()
    {
        var keyStart = _offset + (int)_parser.Current!.Start.Index;
        var key = AsKey(Build(), keyStart);
        _parser.MoveNext();
        var separator = FindColon(key.Span.End);
        var value = Build();
        var end = Math.Max(value?.Span.End ?? 0, separator?.End ?? key.Span.End);
        return new MappingEntrySyntax(TextSpan.FromBounds(key.Span.Start, end), key, separator, value);
    }

    private ScalarSyntax AsKey(SyntaxNode? node, int start)
    {
        if (node is ScalarSyntax scalar)
        {
            return scalar;
        }

        var span = node?.Span ?? new TextSpan(start, 0);
        if (node is not null)
        {
            _diagnostics.Add(SyntaxDiagnostics.ComplexKey.At(span, "A key is a plain or quoted word here; lists, objects and aliases can't be keys."));
        }

        return new ScalarSyntax(span, _text.ToString(span), ScalarStyle.Plain, ScalarKind.String);
    }

    private TextSpan? FindColon(int from)
    {
        for (var i = from; i < _end; i++)
        {
            if (_content[i] == ':')
            {
                return new TextSpan(i, 1);
            }

            if (_content[i] == '#')
            {
                while (i < _end && _content[i] is not ('\n' or '\r'))
                {
                    i++;
                }
            }
            else if (!char.IsWhiteSpace(_content[i]))
            {
                return null;
            }
        }

        return null;
    }
}
