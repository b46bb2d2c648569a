// A text as it is going to be: what is new is told by what it means, what stays is the text that is there, with its comments, moved to its
// new indentation.
using System.Collections.Immutable;

namespace Pipewright.Core.Syntax;

/// <summary>How the members of a mapping or sequence are laid out.</summary>
public enum DraftLayout
{
    /// <summary>By indentation, as only YAML can.</summary>
    Block,

    /// <summary>In brackets, each on a line of its own.</summary>
    Lines,

    /// <summary>In brackets, one behind the other.</summary>
    Row,
}

/// <summary>A value that is going to be written.</summary>
public abstract record Draft
{
    public static Draft Of(string text) => new ScalarDraft(text, ScalarKind.String);
}

/// <param name="Text">A string's value; a number, boolean or null as it is written.</param>
public sealed record ScalarDraft(string Text, ScalarKind Kind) : Draft;

/// <summary>Text that stays as it is written.</summary>
/// <param name="Text">Its first line without what stands before it.</param>
/// <param name="Indent">The white space that its other lines have at least, where they are written now.</param>
public sealed record KeptText(string Text, string Indent);

/// <summary>A value that stays as it is written.</summary>
/// <param name="Node">What it is a text of.</param>
public sealed record KeptDraft(KeptText Written, SyntaxNode Node) : Draft
{
    /// <summary>It is laid out by indentation, so that it stands on lines of its own.</summary>
    public bool IsBlock { get; } = IsBlockCollection(Node);

    public static bool IsBlockCollection(SyntaxNode node) => node is MappingSyntax { IsFlow: false } or SequenceSyntax { IsFlow: false };
}

/// <summary>A member of a mapping or sequence, with the comments about it.</summary>
public abstract record MemberDraft
{
    /// <summary>The comments on the lines before it; an empty text is an empty line.</summary>
    public ImmutableArray<string> Before { get; init; } = [];

    /// <summary>The comment at the end of its line; null for none.</summary>
    public string? After { get; init; }
}

public sealed record EntryDraft : MemberDraft
{
    public EntryDraft(string key, Draft value) => (Key, Value) = (key, value);

    internal EntryDraft(string key, Draft value, string writtenKey, KeptText? tail) => (Key, Value, WrittenKey, Tail) = (key, value, writtenKey, tail);

    public string Key { get; }

    public Draft Value { get; }

    /// <summary>The key as it stands in the text; null for a new one.</summary>
    internal string? WrittenKey { get; }

    /// <summary>All behind the key, as it stands in the text; null where it is written anew.</summary>
    internal KeptText? Tail { get; }

    /// <summary>The same entry with another value.</summary>
    public EntryDraft With(Draft value) => new(Key, value, WrittenKey ?? "", null) { Before = Before, After = After };

    /// <summary>Whether this is the entry of a key, which is matched without regard to case.</summary>
    public bool Is(string key) => Key.Equals(key, StringComparison.OrdinalIgnoreCase);
}

public sealed record ItemDraft(Draft Value) : MemberDraft;

public sealed record MappingDraft(ImmutableArray<EntryDraft> Entries, DraftLayout Layout) : Draft
{
    /// <summary>By indentation: the comment behind the colon of the key that holds it; null for none.</summary>
    public string? Opening { get; init; }

    /// <summary>Comments behind the last entry.</summary>
    public ImmutableArray<string> Closing { get; init; } = [];

    public EntryDraft? Find(string key) => Entries.LastOrDefault(e => e.Is(key));

    public static MappingDraft Of(DraftLayout layout, params ReadOnlySpan<(string Key, Draft Value)> entries)
    {
        var written = ImmutableArray.CreateBuilder<EntryDraft>(entries.Length);
        foreach (var (key, value) in entries)
        {
            written.Add(new EntryDraft(key, value));
        }

        return new MappingDraft(written.ToImmutable(), layout);
    }
}

public sealed record SequenceDraft(ImmutableArray<ItemDraft> Items, DraftLayout Layout) : Draft
{
    /// <summary>By indentation: the comment behind the colon of the key that holds it; null for none.</summary>
    public string? Opening { get; init; }

    /// <summary>Comments behind the last item.</summary>
    public ImmutableArray<string> Closing { get; init; } = [];

    public static SequenceDraft Of(DraftLayout layout, params IEnumerable<Draft> items) => new([.. items.Select(i => new ItemDraft(i))], layout);
}
