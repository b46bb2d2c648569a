// Ways from a name to where it is declared, and to all that names the same.
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Navigation;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

internal static class NavigationHandlers
{
    public static void Register(ServerSession session)
    {
        RegisterLink(session, "textDocument/definition", c => c.Definition?.LinkSupport, LanguageFeatures.GetDefinition, NotebookHandlers.Definition);
        RegisterLink(session, "textDocument/declaration", c => c.Declaration?.LinkSupport, LanguageFeatures.GetDefinition);
        RegisterLink(session, "textDocument/typeDefinition", c => c.TypeDefinition?.LinkSupport, LanguageFeatures.GetTypeDefinition);
        RegisterAt(session, "textDocument/references", (snapshot, open, offset, parameters, cancellation) =>
        {
            var withDeclaration = ProtocolJson.Read(parameters, ProtocolJson.Default.ReferenceParams).Context?.IncludeDeclaration == true;
            var places = LanguageFeatures.GetReferences(snapshot.FactoryOf(open.Root), open.Document!, offset, withDeclaration, cancellation);
            return ProtocolJson.Write<IReadOnlyList<Location>>([.. places.Select(p => ToLocation(p, open.Root, snapshot, session))], ProtocolJson.Default.IReadOnlyListLocation);
        }, NotebookHandlers.References);
        session.RegisterRead("textDocument/documentHighlight", (snapshot, parameters, cancellation) =>
        {
            var place = ProtocolJson.Read(parameters, ProtocolJson.Default.TextDocumentPositionParams);
            if (FeatureHandlers.Find(snapshot, place.TextDocument.Uri) is not { } open)
            {
                return null;
            }

            var found = LanguageFeatures.GetHighlights(snapshot.FactoryOf(open.Root), open.Document!, session.Encoding.ToOffset(open.Text, place.Position), cancellation);
            return found.IsEmpty ? null : ProtocolJson.Write<IReadOnlyList<DocumentHighlight>>(
                [.. found.Select(h => new DocumentHighlight(session.Encoding.ToRange(open.Text, h.Span), ToKind(h.Kind)))], ProtocolJson.Default.IReadOnlyListDocumentHighlight);
        });
    }

    /// <summary>Says what the server can do.</summary>
    public static void Announce(ClientCapabilities client, JsonObject capabilities)
    {
        foreach (var provider in (string[])["definition", "declaration", "typeDefinition", "references", "documentHighlight", "callHierarchy", "selectionRange", "foldingRange"])
        {
            capabilities[provider + "Provider"] = true;
        }

        capabilities["workspaceSymbolProvider"] = SymbolHandlers.CanResolve(client) ? new JsonObject { ["resolveProvider"] = true } : true;
        capabilities["documentLinkProvider"] = new JsonObject { ["resolveProvider"] = true };
    }

    /// <summary>Registers a request about a place of an open document, which is answered when all files have been read.</summary>
    /// <param name="ofNotebook">Answers for an open document that is no resource; null where nothing is said of those.</param>
    /// <exception cref="RequestFailedException">The document has changed meanwhile, so that the place is another one.</exception>
    public static void RegisterAt(
        ServerSession session, string method, Func<WorkspaceSnapshot, OpenDocument, int, JsonElement, CancellationToken, JsonElement?> answer,
        Func<ServerSession, WorkspaceSnapshot, JsonElement, CancellationToken, JsonElement?>? ofNotebook = null) => session.Register(method, async (parameters, cancellation) =>
    {
        var place = ProtocolJson.Read(parameters, ProtocolJson.Default.TextDocumentPositionParams);
        var before = FeatureHandlers.Find(session.Workspace.Current, place.TextDocument.Uri);
        await session.Reading.Completed.WaitAsync(cancellation);
        var snapshot = session.Workspace.Current;
        if (before is null || FeatureHandlers.Find(snapshot, place.TextDocument.Uri) is not { } open)
        {
            return ofNotebook is null ? null : await Task.Run(() => ofNotebook(session, snapshot, parameters, cancellation), cancellation);
        }

        return open.Version == before.Version
            ? await Task.Run(() => answer(snapshot, open, session.Encoding.ToOffset(open.Text, place.Position), parameters, cancellation), cancellation)
            : throw new RequestFailedException(RequestFailedException.ContentModified, "The document has changed since.");
    });

    private static void RegisterLink(
        ServerSession session, string method, Func<TextDocumentClientCapabilities, bool?> hasLinkSupport,
        Func<FactorySnapshot, ResourceDocument, int, CancellationToken, DefinitionResult?> find,
        Func<ServerSession, WorkspaceSnapshot, JsonElement, CancellationToken, JsonElement?>? ofNotebook = null) => RegisterAt(session, method, (snapshot, open, offset, _, cancellation) =>
    {
        if (find(snapshot.FactoryOf(open.Root), open.Document!, offset, cancellation) is not { } found)
        {
            return null;
        }

        var hasLinks = session.Client?.TextDocument is { } client && hasLinkSupport(client) == true;
        return hasLinks
            ? ProtocolJson.Write<IReadOnlyList<LocationLink>>([.. found.Targets.Select(t => ToLink(found, t, open, snapshot, session))], ProtocolJson.Default.IReadOnlyListLocationLink)
            : ProtocolJson.Write<IReadOnlyList<Location>>([.. found.Targets.Select(t => ToLocation(t, open.Root, snapshot, session))], ProtocolJson.Default.IReadOnlyListLocation);
    }, ofNotebook);

    public static Location ToLocation(Place place, string root, WorkspaceSnapshot snapshot, ServerSession session) =>
        new(WorkspaceEdits.UriOf(place.Path, root, snapshot), session.Encoding.ToRange(snapshot.FactoryOf(root).FindText(place.Path)!, place.NameSpan));

    private static LocationLink ToLink(DefinitionResult found, Place target, OpenDocument open, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var text = snapshot.FactoryOf(open.Root).FindText(target.Path)!;
        return new LocationLink(
            session.Encoding.ToRange(open.Text, found.Origin), WorkspaceEdits.UriOf(target.Path, open.Root, snapshot),
            session.Encoding.ToRange(text, target.Span), session.Encoding.ToRange(text, target.NameSpan));
    }

    private static int ToKind(HighlightKind kind) => kind switch
    {
        HighlightKind.Read => 2,
        HighlightKind.Write => 3,
        _ => 1,
    };
}
