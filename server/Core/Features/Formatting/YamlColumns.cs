// In which columns the parts of a YAML text are to stand, by its tree alone.
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Formatting;

/// <summary>Where a scalar's further lines may stand.</summary>
/// <param name="OldLevel">The column of what holds it, before.</param>
/// <param name="Level">The same, after.</param>
/// <param name="Content">The column of the text of a block scalar, after.</param>
internal readonly record struct ScalarPlace(int OldLevel, int Level, int Content);

internal sealed class YamlColumns
{
    /// <summary>A dash and the space after it.</summary>
    private const int DashWidth = 2;

    private readonly SourceText _text;
    private readonly int[] _dashes;
    private readonly int _step;
    private readonly int _dashIndent;
    private readonly Dictionary<int, int> _columns = [];
    private readonly Dictionary<int, int> _flowBases = [];
    private readonly Dictionary<int, ScalarPlace> _scalars = [];
    private readonly List<Block> _blocks = [];

    public YamlColumns(SyntaxTree tree, LayoutStyle style)
    {
        _text = tree.Text;
        _dashes = [.. tree.Tokens.Where(t => t.Kind == SyntaxTokenKind.Punctuation && _text[t.Span.Start] == '-').Select(t => t.Span.Start)];
        _step = style.Step;
        _dashIndent = DraftStyle.Of(tree).DashIndent.Length > 0 ? _step : 0;
        foreach (var root in tree.Documents.Select(d => d.Root).OfType<SyntaxNode>())
        {
            Place(root, 0, 0, null);
        }
    }

    private readonly record struct Block(TextSpan Span, int OldColumn, int Column);

    /// <summary>The column of a key, a dash or a value, by where it starts; null for what has none of its own.</summary>
    public int? Find(int offset) => _columns.TryGetValue(offset, out var column) ? column : null;

    /// <summary>What the lines within a pair of brackets are indented from, by where it opens.</summary>
    public int FindFlowBase(int offset) => _flowBases.GetValueOrDefault(offset);

    /// <summary>Null for a document that is one scalar.</summary>
    public ScalarPlace? FindScalar(int offset) => _scalars.TryGetValue(offset, out var place) ? place : null;

    /// <summary>The column of the innermost collection which ends before a comment, and within which the comment still stands. Null where there is none.</summary>
    /// <param name="before">What stands before the comment.</param>
    /// <param name="column">Of the comment, now.</param>
    /// <param name="outside">The column of what comes after it, now.</param>
    public int? FindEnding(TextSpan before, int column, int outside)
    {
        var open = _blocks.Where(b => b.Span.Contains(before) && b.OldColumn > outside && b.OldColumn <= column).ToList();
        return open.Count == 0 ? null : open.MaxBy(b => (b.OldColumn, -b.Span.Length)).Column;
    }

    private int ColumnOf(int offset) => _text.GetPosition(offset).Character;

    /// <param name="column">Of the node, where it starts a line.</param>
    /// <param name="flowBase">Of its brackets, where it has some.</param>
    /// <param name="scalar">Where its further lines stand, where it is a scalar.</param>
    private void Place(SyntaxNode node, int column, int flowBase, ScalarPlace? scalar)
    {
        _columns.TryAdd(node.Span.Start, column);
        switch (node)
        {
            case MappingSyntax { IsFlow: false } mapping:
                _blocks.Add(new Block(node.Span, ColumnOf(node.Span.Start), column));
                foreach (var entry in mapping.Entries)
                {
                    PlaceEntry(mapping, entry, column);
                }

                break;
            case SequenceSyntax { IsFlow: false } sequence:
                PlaceItems(sequence, column);
                break;
            case MappingSyntax or SequenceSyntax:
                _flowBases[node.Span.Start] = flowBase;
                break;
            case ScalarSyntax when scalar is { } place:
                _scalars.TryAdd(node.Span.Start, place);
                break;
        }
    }

    private void PlaceEntry(MappingSyntax mapping, MappingEntrySyntax entry, int column)
    {
        _columns[entry.Key.Span.Start] = column;
        if (entry.Value is { } value)
        {
            Place(value, column + (value is SequenceSyntax { IsFlow: false } ? _dashIndent : _step), column, new ScalarPlace(ColumnOf(mapping.Span.Start), column, column + _step));
        }
    }

    private void PlaceItems(SequenceSyntax sequence, int column)
    {
        var from = sequence.Span.Start;
        var oldColumn = ColumnOf(from);
        _blocks.Add(new Block(sequence.Span, oldColumn, column));
        foreach (var item in sequence.Items)
        {
            if (_dashes.AsSpan() is var dashes && dashes.BinarySearch(from) is var found && (found < 0 ? ~found : found) is var index && index < dashes.Length)
            {
                _columns[dashes[index]] = column;
            }

            if (item.Span.Length > 0)
            {
                var content = column + DashWidth;
                Place(item, content, content, new ScalarPlace(oldColumn, column, content));
            }

            from = Math.Max(from, item.Span.End);
        }
    }
}
