// The structure of one document: what grows a selection, what can be folded away, what leads elsewhere.
using Pipewright.Core.Features;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

internal static class StructureHandlers
{
    /// <summary>Of a very deep nesting only the innermost and the whole are told: each level is one of the message's own, and readers of JSON take about 64.</summary>
    private const int DeepestSelection = 40;

    public static void Register(ServerSession session)
    {
        session.RegisterRead("textDocument/selectionRange", (snapshot, parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.SelectionRangeParams);
            return FeatureHandlers.Find(snapshot, asked.TextDocument.Uri) is { } open
                ? ProtocolJson.Write<IReadOnlyList<SelectionRange>>(
                    [.. asked.Positions.Select(p => ToSelection(LanguageFeatures.GetSelectionRanges(open.Document!, session.Encoding.ToOffset(open.Text, p), cancellation), open, session))],
                    ProtocolJson.Default.IReadOnlyListSelectionRange)
                : null;
        });
        session.RegisterRead("textDocument/foldingRange", (snapshot, parameters, cancellation) =>
        {
            var uri = ProtocolJson.Read(parameters, ProtocolJson.Default.DocumentParams).TextDocument.Uri;
            return FeatureHandlers.Find(snapshot, uri) is { } open
                ? ProtocolJson.Write<IReadOnlyList<FoldingRange>>(
                    [.. Limit(LanguageFeatures.GetFolds(open.Document!, cancellation), session).Select(f => ToFolding(f, open.Text, session)).Where(f => f.StartLine < f.EndLine)], ProtocolJson.Default.IReadOnlyListFoldingRange)
                : null;
        });
        session.RegisterOnceRead("textDocument/documentLink", (snapshot, parameters, cancellation) =>
        {
            var uri = ProtocolJson.Read(parameters, ProtocolJson.Default.DocumentParams).TextDocument.Uri;
            if (snapshot.FindOpen(uri) is { IsConfiguration: true } settings)
            {
                return ProtocolJson.Write<IReadOnlyList<DocumentLink>>([.. ToPortal(settings, snapshot, session)], ProtocolJson.Default.IReadOnlyListDocumentLink);
            }

            return FeatureHandlers.Find(snapshot, uri) is { } open
                ? ProtocolJson.Write<IReadOnlyList<DocumentLink>>(
                    [.. LanguageFeatures.GetLinks(snapshot.FactoryOf(open.Root), open.Document!, cancellation).Select(l => ToLink(l, open, snapshot, session))],
                    ProtocolJson.Default.IReadOnlyListDocumentLink)
                : null;
        });
        session.RegisterOnceRead("documentLink/resolve", (snapshot, parameters, _) =>
            ProtocolJson.Write(Resolve(ProtocolJson.Read(parameters, ProtocolJson.Default.DocumentLink), snapshot), ProtocolJson.Default.DocumentLink));
    }

    private static IEnumerable<DocumentLink> ToPortal(OpenDocument settings, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var tooltip = session.Client?.TextDocument?.DocumentLink?.TooltipSupport == true ? "Open in the Azure portal" : null;
        return PortalLinks.Find(snapshot.FactoryOf(settings.Root).Configuration)
            .Select(l => new DocumentLink(session.Encoding.ToRange(settings.Text, l.Span), l.Address.AbsoluteUri, tooltip));
    }

    private static SelectionRange ToSelection(IReadOnlyList<TextSpan> spans, OpenDocument open, ServerSession session)
    {
        var told = spans.Count > DeepestSelection ? [.. spans.Take(DeepestSelection - 1), spans[^1]] : spans;
        return told.Reverse().Aggregate((SelectionRange?)null, (parent, span) => new SelectionRange(session.Encoding.ToRange(open.Text, span), parent))!;
    }

    /// <summary>Where there are too many, the outer ones.</summary>
    private static IEnumerable<Fold> Limit(IReadOnlyList<Fold> folds, ServerSession session) =>
        session.Client?.TextDocument?.FoldingRange?.RangeLimit is { } limit && folds.Count > limit
            ? folds.OrderBy(f => f.Depth).ThenBy(f => f.Span.Start).Take(Math.Max(0, limit)).OrderBy(f => f.Span.Start)
            : folds;

    private static FoldingRange ToFolding(Fold fold, SourceText text, ServerSession session)
    {
        var client = session.Client?.TextDocument?.FoldingRange;
        var range = session.Encoding.ToRange(text, fold.Span);
        var isByLine = client?.LineFoldingOnly == true;
        var kind = fold.Kind switch
        {
            FoldKind.Comment => "comment",
            FoldKind.Region => "region",
            _ => null,
        };

        // The two kinds are older than the list of those that a client knows.
        var isKnown = client?.FoldingRangeKind?.ValueSet is not { } known || (kind is not null && known.Contains(kind));
        return new FoldingRange(
            range.Start.Line, isByLine ? null : range.Start.Character, range.End.Line - (isByLine && HasMore(text, fold.Span.End) ? 1 : 0), isByLine ? null : range.End.Character, isKnown ? kind : null,
            client?.FoldingRange?.CollapsedText == true ? fold.Label : null);
    }

    /// <summary>Whether something follows in the line that must not go away with the fold: a closing bracket, what comes after it.</summary>
    private static bool HasMore(SourceText text, int end)
    {
        var rest = text.AsSpan(TextSpan.FromBounds(end, text.GetLineSpan(text.GetLine(end)).End)).TrimStart();
        return !rest.IsEmpty && rest[0] is not ('#' or ',' or '/');
    }

    private static DocumentLink ToLink(LinkResult link, OpenDocument open, WorkspaceSnapshot snapshot, ServerSession session) => new(
        session.Encoding.ToRange(open.Text, link.Span),
        link.Page?.AbsoluteUri ?? (link.File is { } file ? WorkspaceEdits.UriOf(file, open.Root, snapshot) : FindTarget(link.Target!.Kind, link.Target.Name, open.Root, snapshot)),
        session.Client?.TextDocument?.DocumentLink?.TooltipSupport == true ? link.Tooltip : null,
        link.Target is { } target ? new LinkPlace(open.Uri, target.Kind.ToString(), target.Name) : null);

    /// <summary>The same link to where its resource is now.</summary>
    private static DocumentLink Resolve(DocumentLink link, WorkspaceSnapshot snapshot) =>
        link.Data is { } place && Enum.TryParse<ResourceKind>(place.Kind, out var kind) && snapshot.FindRoot(place.Uri) is { } root && FindTarget(kind, place.Name, root, snapshot) is { } target
            ? link with { Target = target }
            : link;

    private static string? FindTarget(ResourceKind kind, string name, string root, WorkspaceSnapshot snapshot) =>
        snapshot.FactoryOf(root).Find(kind, name) is [var symbol, ..] ? WorkspaceEdits.UriOf(symbol.Document.Path, root, snapshot) : null;
}
