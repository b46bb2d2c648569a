// Proposals as the protocol has them. Lists are long, so what is the same for most items is said once where the client takes that, and what an item
// is for is left until it is asked for.
using Pipewright.Core.Features;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;
using CompletionItem = Pipewright.LanguageServer.Protocol.CompletionItem;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>Writes the proposals at one place of a document.</summary>
internal sealed class CompletionTranslation(OpenDocument open, ServerSession session)
{
    /// <summary>Of completion items, in LSP's numbers.</summary>
    private const int DeprecatedTag = 1;

    /// <summary>Kinds of completion items: the last that every client knows, and those that stand in for others.</summary>
    private const int LastOfOldKinds = 18;
    private const int ValueKind = 12;
    private const int EnumKind = 13;
    private const int EnumMember = 20;

    private const int PlainText = 1;
    private const int SnippetFormat = 2;

    /// <summary>Lines after the first are indented already, so the client must not indent them again.</summary>
    private const int AsIs = 1;

    private readonly CompletionItemClientCapabilities? _client = session.Client?.TextDocument?.Completion?.CompletionItem;
    private readonly IReadOnlyList<string> _defaults = session.Client?.TextDocument?.Completion?.CompletionList?.ItemDefaults ?? [];

    private bool KeepsIndentation => _client?.InsertTextModeSupport?.ValueSet?.Contains(AsIs) == true;

    /// <param name="offset">Where the proposals were asked for.</param>
    public CompletionList ToList(CompletionResult result, int offset)
    {
        if (result.Items.IsEmpty)
        {
            return new CompletionList(result.IsIncomplete, []);
        }

        var usual = result.Items.GroupBy(i => i.ReplaceSpan).MaxBy(g => g.Count())!.Key;
        var format = result.Items.Count(IsSnippet) * 2 > result.Items.Length ? SnippetFormat : PlainText;
        var defaults = new CompletionItemDefaults(
            Says("editRange") ? session.Encoding.ToRange(open.Text, usual) : null, Says("insertTextFormat") ? format : null,
            Says("insertTextMode") && KeepsIndentation ? AsIs : null, Says("data") ? PlaceOf(offset) : null);
        return new CompletionList(
            result.IsIncomplete, [.. result.Items.Select(i => ToItem(i, usual, defaults, offset))], defaults == new CompletionItemDefaults() ? null : defaults);
    }

    private bool Says(string name) => _defaults.Contains(name);

    private bool IsSnippet(Core.Features.CompletionItem item) => item.IsSnippet && _client?.SnippetSupport == true;

    private CompletionPlace? PlaceOf(int offset) => _client?.CanResolveDocumentation == true ? new CompletionPlace(open.Uri, session.Encoding.ToPosition(open.Text, offset)) : null;

    private CompletionItem ToItem(Core.Features.CompletionItem item, Core.Text.TextSpan usual, CompletionItemDefaults defaults, int offset)
    {
        var isSnippet = IsSnippet(item);
        var newText = item.IsSnippet && !isSnippet ? SnippetText.ToPlain(item.NewText) : item.NewText;
        var format = isSnippet ? SnippetFormat : PlainText;
        var isInUsualPlace = defaults.EditRange is not null && item.ReplaceSpan == usual;
        var hasTag = item.IsDeprecated && Translation.ReadTags(_client?.TagSupport).Contains(DeprecatedTag);
        var hasLabelDetails = _client?.LabelDetailsSupport == true && item.Detail is not null;
        var isForLater = _client?.CanResolveDocumentation == true;
        return new CompletionItem(
            item.Label, hasLabelDetails ? new CompletionItemLabelDetails(item.Detail) : null, ToKnownKind(ToKind(item.Kind)), hasLabelDetails ? null : item.Detail,
            item.Documentation is null || isForLater ? null : Translation.ToMarkup(item.Documentation, _client?.DocumentationFormat),
            item.SortText, item.FilterText, hasTag ? [DeprecatedTag] : null, item.IsDeprecated && !hasTag && _client?.DeprecatedSupport == true ? true : null,
            format == defaults.InsertTextFormat ? null : format,
            KeepsIndentation && defaults.InsertTextMode is null && newText.Contains('\n', StringComparison.Ordinal) ? AsIs : null,
            isInUsualPlace ? null : new TextEdit(session.Encoding.ToRange(open.Text, item.ReplaceSpan), newText), isInUsualPlace && newText != item.Label ? newText : null,
            item.AdditionalChanges.IsEmpty ? null : [.. item.AdditionalChanges.Select(c => new TextEdit(session.Encoding.ToRange(open.Text, c.Span), c.NewText))],
            item.CommitCharacters.Length > 0 && _client?.CommitCharactersSupport == true ? [.. item.CommitCharacters.Select(c => c.ToString())] : null,
            isForLater && item.Documentation is not null && defaults.Data is null ? PlaceOf(offset) : null);
    }

    /// <summary>The kinds are more than there were at first. A client that does not know one gets the nearest of those that all know.</summary>
    private int ToKnownKind(int kind) => kind <= LastOfOldKinds || session.Client?.TextDocument?.Completion?.CompletionItemKind?.ValueSet?.Contains(kind) == true ? kind
        : kind == EnumMember ? EnumKind : ValueKind;

    private static int ToKind(CompletionKind kind) => kind switch
    {
        CompletionKind.Property => 10,
        CompletionKind.ActivityType => 7,
        CompletionKind.Value => ValueKind,
        CompletionKind.EnumValue => EnumMember,
        CompletionKind.Activity => 23,
        CompletionKind.Resource => 18,
        CompletionKind.Parameter or CompletionKind.Variable => 6,
        CompletionKind.Function => 3,
        CompletionKind.Snippet => 15,
        _ => 14,
    };
}
