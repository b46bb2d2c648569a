// The one tree of YAML and JSON texts. Nodes are immutable once built and know their exact place; what could not be understood
// is kept beside them, never dropped.
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

/// <summary>How a scalar is written.</summary>
public enum ScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,

    /// <summary>A YAML block scalar that keeps its line breaks (<c>|</c>).</summary>
    Literal,

    /// <summary>A YAML block scalar that folds them (<c>&gt;</c>).</summary>
    Folded,
}

/// <summary>The type that a scalar resolves to, by the JSON grammar or by YAML 1.2's core schema.</summary>
public enum ScalarKind
{
    String,
    Integer,
    Float,
    Boolean,
    Null,
}

/// <summary>A node of the tree. <see cref="Span"/> covers the node's own text without trailing trivia.</summary>
public abstract class SyntaxNode(TextSpan span)
{
    public TextSpan Span { get; } = span;

    /// <summary>The mapping entry, mapping or sequence that holds this node; null for a document's root.</summary>
    public SyntaxNode? Parent { get; internal set; }

    /// <summary>A YAML anchor's name without <c>&amp;</c>.</summary>
    public string? Anchor { get; init; }

    /// <summary>A YAML tag as written, such as <c>!json</c>.</summary>
    public string? Tag { get; init; }

    /// <summary>A note of whoever finds out what the node means. The tree makes nothing of it, and a moved node has none.</summary>
    internal object? Meaning { get; set; }

    /// <summary>The node that this one stands for: an alias's target, otherwise itself. Null for an alias to nothing.</summary>
    public virtual SyntaxNode? Resolved => this;

    /// <summary>All nodes directly below, in text order, misplaced ones included.</summary>
    public abstract IEnumerable<SyntaxNode> Children { get; }

    /// <summary>The same node with all below it, for a text in which it stands elsewhere. Its parent is still to be told.</summary>
    /// <param name="by">How many characters further on; negative for nearer to the beginning.</param>
    internal abstract SyntaxNode Moved(int by);

    private protected TextSpan MovedSpan(int by) => new(Span.Start + by, Span.Length);

    private protected static ImmutableArray<T> Moved<T>(ImmutableArray<T> nodes, int by)
        where T : SyntaxNode
    {
        if (nodes.IsEmpty)
        {
            return nodes;
        }

        var moved = new T[nodes.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = (T)nodes[i].Moved(by);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(moved);
    }

    /// <summary>What a node holds that is moved once more: what nobody has asked for yet moves from where it was at first.</summary>
    private protected static MovedChildren<T> MoveOn<T>(ref MovedChildren<T>? moved, ref ImmutableArray<T> children, int by)
        where T : SyntaxNode =>
        Volatile.Read(ref moved) is { } before ? new(before.Before, before.By + by) : new(children, by);

    /// <summary>Moves what this node holds. Only once, whoever else asks meanwhile: each node is one object in its tree.</summary>
    private protected void TakeOver<T>(MovedChildren<T> moved, ref ImmutableArray<T> children, ref MovedChildren<T>? field)
        where T : SyntaxNode
    {
        lock (moved)
        {
            if (field is not null)
            {
                children = Adopt(Moved(moved.Before, moved.By));
                Volatile.Write(ref field, null);
            }
        }
    }

    private protected ImmutableArray<T> Adopt<T>(ImmutableArray<T> children)
        where T : SyntaxNode
    {
        foreach (var child in children)
        {
            child.Parent = this;
        }

        return children;
    }
}

/// <summary>
/// What a node that has been moved holds: as it was, until somebody asks for it. After an edit all nodes behind it stand elsewhere, and few of them are looked at before the next one.
/// </summary>
/// <param name="Before">What the node held, all of it at hand.</param>
/// <param name="By">How many characters further on it stands now.</param>
internal sealed record MovedChildren<T>(ImmutableArray<T> Before, int By)
    where T : SyntaxNode;

/// <summary>A YAML mapping or a JSON object.</summary>
public sealed class MappingSyntax : SyntaxNode
{
    private ImmutableArray<MappingEntrySyntax> _entries;
    private MovedChildren<MappingEntrySyntax>? _moved;

    public MappingSyntax(TextSpan span, bool isFlow, ImmutableArray<MappingEntrySyntax> entries, ImmutableArray<SyntaxNode> misplaced = default)
        : base(span)
    {
        IsFlow = isFlow;
        Misplaced = misplaced.IsDefault ? [] : misplaced;
        Adopt(Misplaced);
        _entries = Adopt(entries);
    }

    private MappingSyntax(TextSpan span, bool isFlow, MovedChildren<MappingEntrySyntax> moved)
        : base(span)
    {
        IsFlow = isFlow;
        Misplaced = [];
        _moved = moved;
    }

    /// <summary>Written in braces, as all JSON is.</summary>
    public bool IsFlow { get; }

    /// <summary>As written: duplicates and merge keys (<c>&lt;&lt;</c>) included.</summary>
    public ImmutableArray<MappingEntrySyntax> Entries
    {
        get
        {
            if (Volatile.Read(ref _moved) is { } moved)
            {
                TakeOver(moved, ref _entries, ref _moved);
            }

            return _entries;
        }
    }

    /// <summary>What stands inside without being an entry, in a broken text: items of a lost sequence, a value with no key.</summary>
    public ImmutableArray<SyntaxNode> Misplaced { get; }

    public override IEnumerable<SyntaxNode> Children => Misplaced.IsEmpty
        ? Entries
        : Entries.Concat(Misplaced).OrderBy(n => n.Span.Start);

    internal override MappingSyntax Moved(int by) => Misplaced.IsEmpty
        ? new(MovedSpan(by), IsFlow, MoveOn(ref _moved, ref _entries, by)) { Anchor = Anchor, Tag = Tag }
        : new(MovedSpan(by), IsFlow, Moved(Entries, by), Moved(Misplaced, by)) { Anchor = Anchor, Tag = Tag };

    /// <summary>Own entries first, then those that merge keys bring in and that no entry before them overrides.</summary>
    public IEnumerable<MappingEntrySyntax> EffectiveEntries
    {
        get
        {
            if (!Entries.Any(e => e.IsMerge))
            {
                return Entries;
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            var result = new List<MappingEntrySyntax>();
            Collect(this, seen, result, 0);
            return result;
        }
    }

    private static void Collect(MappingSyntax mapping, HashSet<string> seen, List<MappingEntrySyntax> result, int depth)
    {
        foreach (var entry in mapping.Entries)
        {
            if (!entry.IsMerge && (seen.Add(entry.Key.Value) || depth == 0))
            {
                result.Add(entry);
            }
        }

        // A merge chain that is deeper than this is an anchor that contains itself.
        if (depth > 32)
        {
            return;
        }

        foreach (var entry in mapping.Entries.Where(e => e.IsMerge))
        {
            var sources = entry.Value?.Resolved is SequenceSyntax list ? list.Items.Select(i => i.Resolved) : [entry.Value?.Resolved];
            foreach (var source in sources.OfType<MappingSyntax>())
            {
                Collect(source, seen, result, depth + 1);
            }
        }
    }
}

/// <summary>A key with its value. <see cref="SyntaxNode.Span"/> runs from the key to the value's end.</summary>
public sealed class MappingEntrySyntax : SyntaxNode
{
    public MappingEntrySyntax(TextSpan span, ScalarSyntax key, TextSpan? separator, SyntaxNode? value)
        : base(span)
    {
        Key = key;
        Separator = separator;
        Value = value;
        key.Parent = this;
        if (value is not null)
        {
            value.Parent = this;
        }
    }

    public ScalarSyntax Key { get; }

    /// <summary>The colon; null where it is missing.</summary>
    public TextSpan? Separator { get; }

    /// <summary>Null where nothing is written (in YAML that means null, in JSON it is an error).</summary>
    public SyntaxNode? Value { get; }

    /// <summary>A YAML merge key: plain <c>&lt;&lt;</c>.</summary>
    public bool IsMerge => Key is { Value: "<<", Style: ScalarStyle.Plain };

    public override IEnumerable<SyntaxNode> Children => Value is null ? [Key] : [Key, Value];

    internal override MappingEntrySyntax Moved(int by) =>
        new(MovedSpan(by), Key.Moved(by), Separator is { } separator ? new TextSpan(separator.Start + by, separator.Length) : null, Value?.Moved(by)) { Anchor = Anchor, Tag = Tag };
}

/// <summary>A YAML sequence or a JSON array.</summary>
public sealed class SequenceSyntax : SyntaxNode
{
    private ImmutableArray<SyntaxNode> _items;
    private MovedChildren<SyntaxNode>? _moved;

    public SequenceSyntax(TextSpan span, bool isFlow, ImmutableArray<SyntaxNode> items, ImmutableArray<SyntaxNode> misplaced = default)
        : base(span)
    {
        IsFlow = isFlow;
        Misplaced = misplaced.IsDefault ? [] : misplaced;
        Adopt(Misplaced);
        _items = Adopt(items);
    }

    private SequenceSyntax(TextSpan span, bool isFlow, MovedChildren<SyntaxNode> moved)
        : base(span)
    {
        IsFlow = isFlow;
        Misplaced = [];
        _moved = moved;
    }

    public bool IsFlow { get; }

    public ImmutableArray<SyntaxNode> Items
    {
        get
        {
            if (Volatile.Read(ref _moved) is { } moved)
            {
                TakeOver(moved, ref _items, ref _moved);
            }

            return _items;
        }
    }

    /// <summary>What stands inside without being an item, in a broken text: entries that have lost their mapping.</summary>
    public ImmutableArray<SyntaxNode> Misplaced { get; }

    public override IEnumerable<SyntaxNode> Children => Misplaced.IsEmpty ? Items : Items.Concat(Misplaced).OrderBy(n => n.Span.Start);

    internal override SequenceSyntax Moved(int by) => Misplaced.IsEmpty
        ? new(MovedSpan(by), IsFlow, MoveOn(ref _moved, ref _items, by)) { Anchor = Anchor, Tag = Tag }
        : new(MovedSpan(by), IsFlow, Moved(Items, by), Moved(Misplaced, by)) { Anchor = Anchor, Tag = Tag };
}

/// <summary>A string, number, boolean or null.</summary>
public sealed class ScalarSyntax(TextSpan span, string value, ScalarStyle style, ScalarKind kind, ScalarOffsetMap? offsets = null)
    : SyntaxNode(span)
{
    /// <summary>The value that the text stands for: quotes, escapes and folding resolved; a number as it is written.</summary>
    public string Value { get; } = value;

    public ScalarStyle Style { get; } = style;

    public ScalarKind Kind { get; } = kind;

    public override IEnumerable<SyntaxNode> Children => [];

    internal override ScalarSyntax Moved(int by) => new(MovedSpan(by), Value, Style, Kind, offsets?.Moved(by)) { Anchor = Anchor, Tag = Tag };

    /// <summary>The offset in the source at which the code unit <paramref name="valueOffset"/> of <see cref="Value"/> is written.</summary>
    /// <param name="valueOffset">0 to the value's length; the length gives the offset after the last unit, before a closing quote.</param>
    public int ToSourceOffset(int valueOffset) => offsets is null
        ? Span.Start + (Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0) + valueOffset
        : offsets.ToSource(valueOffset);

    /// <summary>The value's code unit that is written at or first after <paramref name="sourceOffset"/>; 0 to the value's length.</summary>
    public int ToValueOffset(int sourceOffset)
    {
        var low = 0;
        var high = Value.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ToSourceOffset(middle) < sourceOffset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The source span of a part of <see cref="Value"/>.</summary>
    public TextSpan ToSourceSpan(TextSpan valueSpan) =>
        TextSpan.FromBounds(ToSourceOffset(valueSpan.Start), ToSourceOffset(valueSpan.End));
}

/// <summary>Where each code unit of a scalar's value is written, for scalars with escapes, folding or indentation.</summary>
/// <param name="offsets">One source offset a code unit, ascending, and one more for the end.</param>
/// <param name="origin">What is added to each of them.</param>
public sealed class ScalarOffsetMap(ImmutableArray<int> offsets, int origin = 0)
{
    public int ToSource(int valueOffset) => origin + offsets[Math.Clamp(valueOffset, 0, offsets.Length - 1)];

    internal ScalarOffsetMap Moved(int by) => by == 0 ? this : new ScalarOffsetMap(offsets, origin + by);
}

/// <summary>A YAML alias, <c>*name</c>.</summary>
public sealed class AliasSyntax(TextSpan span, string name) : SyntaxNode(span)
{
    public string Name { get; } = name;

    /// <summary>The anchored node; null where there is none, or where following it would never end or grow beyond all measure.</summary>
    public SyntaxNode? Target { get; internal set; }

    public override SyntaxNode? Resolved => Target;

    public override IEnumerable<SyntaxNode> Children => [];

    /// <summary>What it stands for is to be found again.</summary>
    internal override AliasSyntax Moved(int by) => new(MovedSpan(by), Name) { Anchor = Anchor, Tag = Tag };
}

/// <summary>One YAML document of a text, or the whole of a JSON text.</summary>
/// <param name="Span">From the end of the document before to the end of this one.</param>
/// <param name="Root">Null for an empty document.</param>
public sealed record DocumentSyntax(TextSpan Span, SyntaxNode? Root);
