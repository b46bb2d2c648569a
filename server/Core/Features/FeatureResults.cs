// What the editor features give back: plain data in offsets of the document asked about. Nothing here knows LSP.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features;

public enum CompletionKind
{
    Property,
    ActivityType,
    Value,
    EnumValue,
    Activity,
    Resource,
    Parameter,
    Variable,
    Function,
    Snippet,
    Keyword,
}

/// <summary>One proposal.</summary>
/// <param name="Label">What the list shows and what typing is matched against, unless <paramref name="FilterText"/> says otherwise.</param>
/// <param name="ReplaceSpan">The text that the proposal takes the place of; within the cursor's line.</param>
/// <param name="NewText">An LSP snippet (<c>$1</c>, <c>${1|a,b|}</c>) if <paramref name="IsSnippet"/>, else literal text. Lines after the first are indented as they must stand.</param>
/// <param name="SortText">Ordinal order of the list.</param>
public sealed record CompletionItem(
    string Label,
    CompletionKind Kind,
    TextSpan ReplaceSpan,
    string NewText,
    bool IsSnippet = false,
    string? Detail = null,
    string? Documentation = null,
    string? SortText = null,
    string? FilterText = null,
    bool IsDeprecated = false)
{
    /// <summary>Changes elsewhere that come with it: the comma after the member before. They touch neither <see cref="ReplaceSpan"/> nor each other.</summary>
    public ImmutableArray<TextChange> AdditionalChanges { get; init; } = [];

    /// <summary>Characters that, typed while the proposal is chosen, take it and are typed after it. Empty for none.</summary>
    public string CommitCharacters { get; init; } = "";
}

/// <summary>The proposals at one place.</summary>
/// <param name="IsIncomplete">More typing may bring other items.</param>
public sealed record CompletionResult(ImmutableArray<CompletionItem> Items, bool IsIncomplete = false)
{
    public static CompletionResult Empty { get; } = new([]);

    /// <summary>What of Databricks workspaces would make the list a better one, known already or not.</summary>
    public ImmutableArray<WorkspaceNeed> Wanted { get; init; } = [];
}

/// <summary>What a hover shows.</summary>
/// <param name="Span">The text that it is about.</param>
/// <param name="Markdown">CommonMark.</param>
public sealed record HoverResult(TextSpan Span, string Markdown);

public enum OutlineKind
{
    Resource,
    Activity,
    Container,
    Parameter,
    Variable,
    Property,
}

/// <summary>An entry of the outline.</summary>
/// <param name="Detail">A few words beside the name: an activity's type.</param>
/// <param name="Span">All of it.</param>
/// <param name="SelectionSpan">Its name; inside <paramref name="Span"/>.</param>
public sealed record OutlineItem(
    string Name, string? Detail, OutlineKind Kind, TextSpan Span, TextSpan SelectionSpan, ImmutableArray<OutlineItem> Children);

/// <summary>The signature of the call that a cursor is in.</summary>
/// <param name="Documentation">CommonMark.</param>
/// <param name="ActiveParameter">The index of the parameter that is being typed; null for one too many.</param>
public sealed record SignatureResult(string Label, string Documentation, ImmutableArray<SignatureParameter> Parameters, int? ActiveParameter);

/// <summary>A parameter of a signature.</summary>
/// <param name="LabelSpan">Its part of the signature's label.</param>
/// <param name="Documentation">Null where the name and the type say it all.</param>
public sealed record SignatureParameter(TextSpan LabelSpan, string? Documentation);

/// <summary>What a token is, by LSP's names.</summary>
public enum SemanticTokenKind
{
    Function,
    Parameter,
    Variable,
    Property,
    String,
    Number,
    Keyword,
    Operator,

    /// <summary>A resource.</summary>
    Class,

    /// <summary>Of an activity, a dataset, a source: what decides which properties there are.</summary>
    Type,
}

/// <summary>What else there is to say of a token, by LSP's names.</summary>
[Flags]
public enum SemanticTokenModifiers
{
    None = 0,
    Declaration = 1,
    Readonly = 2,
    Deprecated = 4,
}

/// <summary>A token to colour.</summary>
/// <param name="Span">Within one line.</param>
public readonly record struct SemanticToken(TextSpan Span, SemanticTokenKind Kind, SemanticTokenModifiers Modifiers = SemanticTokenModifiers.None);
