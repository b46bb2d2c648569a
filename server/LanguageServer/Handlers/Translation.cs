// From Core's values to the protocol's: offsets become positions, and what the client did not announce is left out.
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;
using Diagnostic = Pipewright.LanguageServer.Protocol.Diagnostic;

namespace Pipewright.LanguageServer.Handlers;

internal static partial class Translation
{
    private const string RulePages = "https://github.com/pipewright/pipewright/blob/main/docs/rules/";

    public static Diagnostic ToDiagnostic(Core.Text.Diagnostic diagnostic, SourceText text, string root, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var client = session.Client?.TextDocument?.PublishDiagnostics;
        int[] tags = [.. Tags(diagnostic.Descriptor.Tags).Where(ReadTags(client?.TagSupport).Contains)];
        return new Diagnostic(
            session.Encoding.ToRange(text, diagnostic.Span), 5 - (int)diagnostic.Severity, diagnostic.Code,
            client?.CodeDescriptionSupport == true ? new CodeDescription(RulePages + diagnostic.Code + ".md") : null, "pipewright", diagnostic.Message, tags.Length == 0 ? null : tags,
            client?.RelatedInformation == true && ToRelated(diagnostic, root, snapshot, session) is { Count: > 0 } related ? related : null);
    }

    /// <summary>The other places, of files that are still there.</summary>
    private static List<RelatedInformation> ToRelated(Core.Text.Diagnostic diagnostic, string root, WorkspaceSnapshot snapshot, ServerSession session) =>
    [
        .. from place in diagnostic.Related
           where snapshot.FactoryOf(root).Documents.ContainsKey(place.Path)
           select new RelatedInformation(NavigationHandlers.ToLocation(new Place(place.Path, place.Span, place.Span), root, snapshot, session), place.Message),
    ];

    public static Hover ToHover(HoverResult hover, SourceText text, ServerSession session) => new(
        ToMarkup(hover.Markdown, session.Client?.TextDocument?.Hover?.ContentFormat), session.Encoding.ToRange(text, hover.Span));

    public static SignatureHelp ToSignature(SignatureResult signature, ServerSession session)
    {
        var client = session.Client?.TextDocument?.SignatureHelp?.SignatureInformation;
        var hasOffsets = client?.ParameterInformation?.LabelOffsetSupport == true;
        var parameters = signature.Parameters.Select(p => new ParameterInformation(
            hasOffsets
                ? JsonSerializer.SerializeToElement([p.LabelSpan.Start, p.LabelSpan.End], ProtocolJson.Default.Int32Array)
                : JsonSerializer.SerializeToElement(signature.Label.Substring(p.LabelSpan.Start, p.LabelSpan.Length), ProtocolJson.Default.String),
            p.Documentation is null ? null : ToMarkup(p.Documentation, client?.DocumentationFormat)));
        var information = new SignatureInformation(signature.Label, ToMarkup(signature.Documentation, client?.DocumentationFormat), [.. parameters]);

        // An index beyond the last: none of the parameters is the one.
        return new SignatureHelp([information], 0, signature.ActiveParameter ?? signature.Parameters.Length);
    }

    /// <summary>Five numbers a token, as the protocol counts them.</summary>
    public static int[] ToTokens(IReadOnlyList<SemanticToken> tokens, SourceText text, ServerSession session)
    {
        var data = new List<int>(tokens.Count * 5);
        var last = new Position(0, 0);
        foreach (var token in tokens)
        {
            var range = session.Encoding.ToRange(text, token.Span);
            var isSameLine = range.Start.Line == last.Line;
            data.AddRange([range.Start.Line - last.Line, isSameLine ? range.Start.Character - last.Character : range.Start.Character, range.End.Character - range.Start.Character, (int)token.Kind, (int)token.Modifiers]);
            last = range.Start;
        }

        return [.. data];
    }

    public static JsonElement ToSymbols(IReadOnlyList<OutlineItem> outline, OpenDocument open, ServerSession session) =>
        session.Client?.TextDocument?.DocumentSymbol?.HierarchicalDocumentSymbolSupport == true
            ? ProtocolJson.Write<IReadOnlyList<DocumentSymbol>>([.. outline.Select(i => ToSymbol(i, open.Text, session))], ProtocolJson.Default.IReadOnlyListDocumentSymbol)
            : ProtocolJson.Write<IReadOnlyList<SymbolInformation>>([.. outline.SelectMany(i => Flatten(i, null, open, session))], ProtocolJson.Default.IReadOnlyListSymbolInformation);

    public static IReadOnlyList<int> ReadTags(JsonElement? support) =>
        support is { ValueKind: JsonValueKind.Object } known ? known.Deserialize(ProtocolJson.Default.TagSupport)?.ValueSet ?? [] : [];

    private static IEnumerable<int> Tags(DiagnosticTags tags)
    {
        if (tags.HasFlag(DiagnosticTags.Unnecessary))
        {
            yield return 1;
        }

        if (tags.HasFlag(DiagnosticTags.Deprecated))
        {
            yield return 2;
        }
    }

    public static MarkupContent ToMarkup(string markdown, IReadOnlyList<string>? formats) => formats?.Contains("markdown") == true
        ? new MarkupContent("markdown", markdown)
        : new MarkupContent("plaintext", Link().Replace(Emphasis().Replace(markdown, ""), "$1: $2"));

    private static int ToKind(OutlineKind kind) => kind switch
    {
        OutlineKind.Resource => 2,
        OutlineKind.Activity => 12,
        OutlineKind.Container => 3,
        OutlineKind.Property => 7,
        _ => 13,
    };

    private static DocumentSymbol ToSymbol(OutlineItem item, SourceText text, ServerSession session) => new(
        item.Name.Length == 0 ? "(no name)" : item.Name, item.Detail, ToKind(item.Kind), session.Encoding.ToRange(text, item.Span), session.Encoding.ToRange(text, item.SelectionSpan),
        [.. item.Children.Select(c => ToSymbol(c, text, session))]);

    private static IEnumerable<SymbolInformation> Flatten(OutlineItem item, string? container, OpenDocument open, ServerSession session) => item.Children
        .SelectMany(c => Flatten(c, item.Name, open, session))
        .Prepend(new SymbolInformation(item.Name, ToKind(item.Kind), new Location(open.Uri, session.Encoding.ToRange(open.Text, item.Span)), container));

    [GeneratedRegex(@"\*\*|`")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\[([^\[\]]+)\]\((https://[^()\s]+)\)")]
    private static partial Regex Link();
}
