// An edit that resolves a finding, or that rewrites what is there in another way.
using System.Collections.Immutable;

namespace Pipewright.Core.Text;

/// <summary>What is to happen to files of a factory, beside the changes of the document that is asked about.</summary>
/// <param name="Path">Relative to the factory root, with <c>/</c> between its parts.</param>
public abstract record FileChange(string Path);

/// <summary>Another file gets a different text in some places.</summary>
public sealed record FileEdit(string Path, ImmutableArray<TextChange> Changes) : FileChange(Path);

/// <summary>A file that is not there yet.</summary>
public sealed record FileCreation(string Path, string Content) : FileChange(Path);

/// <summary>A file gets another name; edits of it are told by its old one.</summary>
public sealed record FileRename(string Path, string NewPath) : FileChange(Path);

public sealed record FileDeletion(string Path) : FileChange(Path);

/// <summary>Everything that a fix changes.</summary>
/// <param name="Changes">Of the document that the finding is in.</param>
public sealed record FixEdit(ImmutableArray<TextChange> Changes, params ImmutableArray<FileChange> Files)
{
    public bool IsEmpty => Changes.IsEmpty && Files.IsEmpty;
}

/// <summary>An edit that resolves a finding.</summary>
public sealed class CodeFix
{
    private readonly Lazy<FixEdit> _edit;

    /// <param name="title">An imperative of a few words: <c>Quote the expression</c>.</param>
    /// <param name="changes">Of the document that the finding is in.</param>
    public CodeFix(string title, ImmutableArray<TextChange> changes)
        : this(title, new Lazy<FixEdit>(new FixEdit(changes)))
    {
    }

    public CodeFix(string title, FixEdit edit)
        : this(title, new Lazy<FixEdit>(edit))
    {
    }

    private CodeFix(string title, Lazy<FixEdit> edit)
    {
        Title = title;
        _edit = edit;
    }

    public string Title { get; }

    /// <summary>Whether this is what people would do without thinking. Null where that is for the number of fixes to say.</summary>
    public bool? IsPreferred { get; init; }

    public FixEdit Edit => _edit.Value;

    /// <summary>Of the document that the finding is in.</summary>
    public ImmutableArray<TextChange> Changes => Edit.Changes;

    /// <summary>Whether the edit is worked out only when somebody asks for it.</summary>
    public bool IsDeferred => !_edit.IsValueCreated;

    /// <summary>A fix whose edit takes more than a glance at the text; it is worked out when asked for.</summary>
    public static CodeFix Deferred(string title, Func<FixEdit> find, bool? isPreferred = null) => new(title, new Lazy<FixEdit>(find)) { IsPreferred = isPreferred };

    /// <summary>The same fix at another place: of a text that the finding's text is a part of.</summary>
    public CodeFix Map(Func<ImmutableArray<TextChange>, ImmutableArray<TextChange>> toSource) =>
        new(Title, Edit with { Changes = toSource(Edit.Changes) }) { IsPreferred = IsPreferred };
}
