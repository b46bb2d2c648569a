// What a notebook takes, gives back, reads and writes, as far as its text alone tells.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Notebooks;

public enum NotebookLanguage
{
    Python,
    Sql,
    Scala,
    R,
    Markdown,

    /// <summary>A cell that includes another notebook: <c>%run</c>.</summary>
    Run,

    /// <summary>What is none of these: shell commands, packages, files.</summary>
    Other,
}

/// <summary>A cell.</summary>
/// <param name="Title">Null where it has none.</param>
/// <param name="Text">Its text without the marks of the source format.</param>
/// <param name="ContentStart">Where in <paramref name="Text"/> its content begins, behind a magic such as <c>%sql</c>.</param>
public sealed record NotebookCell(NotebookLanguage Language, string? Title, CellText Text, int ContentStart)
{
    public string Content => Text.Text[ContentStart..];
}

public enum WidgetKind
{
    Text,
    Dropdown,
    Combobox,
    Multiselect,
}

/// <summary>A widget that a notebook declares.</summary>
/// <param name="NameSpan">Where its name is written; where the name is a constant, the constant's name.</param>
/// <param name="Default">Null where there is none, or where it is computed.</param>
/// <param name="HasDefault">Whether there is one.</param>
/// <param name="Choices">Null where there are none, or where they are computed.</param>
public sealed record Widget(string Name, WidgetKind Kind, TextSpan NameSpan, string? Default, bool HasDefault, ImmutableArray<string>? Choices)
{
    /// <summary>What the notebook shows beside it; null where that is its name.</summary>
    public string? Label { get; init; }

    /// <summary>Whether a value is needed: there is no default, or an empty one, which stands for none.</summary>
    public bool WantsValue => !HasDefault || Default is "";
}

public enum WidgetUseKind
{
    Declaration,
    Read,

    /// <summary>Read in a way that may well be meant to fail, or that something else may answer.</summary>
    UncertainRead,
    Removal,
}

/// <summary>A place that names a widget.</summary>
/// <param name="IsWritten">Whether the name itself stands there, so that it can be renamed.</param>
public sealed record WidgetUse(WidgetUseKind Kind, string Name, TextSpan Span, bool IsWritten);

/// <summary>Another notebook that is included or run.</summary>
/// <param name="IsInclude">By <c>%run</c>, so that it is as if its cells stood here.</param>
/// <param name="Path">As written; null where it is computed.</param>
/// <param name="Arguments">The names of what is passed, as far as they are literal.</param>
public sealed record NotebookLink(bool IsInclude, string? Path, TextSpan Span, ImmutableArray<string> Arguments);

/// <summary>A table or path that is read or written.</summary>
public sealed record DataAccess(bool IsWrite, bool IsPath, string Name, TextSpan Span);

public enum ReturnedKind
{
    /// <summary>Not known.</summary>
    Any,
    Text,
    Number,
    Boolean,
    Null,
    Array,
    Object,
}

/// <summary>A value that a notebook gives back.</summary>
/// <param name="IsOpen">Of an object: whether it may have more members than are known.</param>
public sealed record ReturnedValue(ReturnedKind Kind, ImmutableArray<ReturnedMember> Members, bool IsOpen = false)
{
    public static ReturnedValue Any { get; } = Of(ReturnedKind.Any);

    public static ReturnedValue Text { get; } = Of(ReturnedKind.Text);

    public static ReturnedValue Of(ReturnedKind kind) => new(kind, []);
}

/// <summary>A member of an object that a notebook gives back.</summary>
public sealed record ReturnedMember(string Name, ReturnedValue Value);

/// <summary>A <c>dbutils.notebook.exit</c>.</summary>
/// <param name="Value">What the pipeline sees: the value of the text where it is JSON, else a text.</param>
public sealed record NotebookExit(TextSpan Span, ReturnedValue Value);

/// <summary>A parsed notebook. Any text is one, with what could be understood.</summary>
public sealed record Notebook(NotebookLanguage Language, SourceText Text)
{
    /// <summary>The longest text that is read, in characters; the service takes none that is larger than 10 MB.</summary>
    public const int MostCharacters = 10 * 1024 * 1024;

    /// <summary>Whether it says so itself: a file without the first line of the source format is a plain one, which no activity can call.</summary>
    public bool IsNotebook { get; init; }

    public ImmutableArray<NotebookCell> Cells { get; init; } = [];

    /// <summary>By name the first declaration of each, in text order.</summary>
    public ImmutableArray<Widget> Widgets { get; init; } = [];

    /// <summary>In text order, declarations included.</summary>
    public ImmutableArray<WidgetUse> WidgetUses { get; init; } = [];

    public ImmutableArray<NotebookLink> Links { get; init; } = [];

    public ImmutableArray<NotebookExit> Exits { get; init; } = [];

    public ImmutableArray<DataAccess> Accesses { get; init; } = [];

    /// <summary>Whether widgets may be declared, read, or taken away that cannot be told from the text.</summary>
    public bool HasComputedWidgets { get; init; }

    /// <summary>Whether all parameters are read at once, or others than can be told.</summary>
    public bool ReadsAll { get; init; }

    /// <summary>Whether it may be left in a way that cannot be told from the text.</summary>
    public bool MayExitElsewhere { get; init; }

    /// <summary>The text of the first Markdown cell; null where there is none.</summary>
    public string? Introduction => Cells.Where(c => c.Language == NotebookLanguage.Markdown).Select(c => c.Content.Trim()).FirstOrDefault(t => t.Length > 0);

    /// <summary>Parses a file.</summary>
    /// <param name="path">Its name tells the language.</param>
    public static Notebook Parse(string path, SourceText text) => NotebookReader.Read(path, text);
}
