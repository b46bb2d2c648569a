// The search for a name over all factories of the workspace.
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Navigation;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

internal static class SymbolHandlers
{
    /// <summary>Nobody looks through a longer list; more letters give a better one.</summary>
    private const int MostSymbols = 256;

    public static void Register(ServerSession session)
    {
        session.RegisterOnceRead("workspace/symbol", (snapshot, parameters, cancellation) =>
        {
            var query = ProtocolJson.Read(parameters, ProtocolJson.Default.WorkspaceSymbolParams).Query ?? "";
            string[] roots = [.. snapshot.Factories.Keys.Order(StringComparer.Ordinal)];
            var found = LanguageFeatures.FindNames([.. roots.Select(snapshot.FactoryOf)], query, MostSymbols, cancellation);
            return CanResolve(session.Client)
                ? ProtocolJson.Write<IReadOnlyList<WorkspaceSymbol>>([.. found.Select(f => ToSymbol(f, roots[f.Root], snapshot, session))], ProtocolJson.Default.IReadOnlyListWorkspaceSymbol)
                : ProtocolJson.Write<IReadOnlyList<SymbolInformation>>([.. found.Select(f => ToCompleteSymbol(f, roots[f.Root], snapshot, session))], ProtocolJson.Default.IReadOnlyListSymbolInformation);
        });
        session.RegisterOnceRead("workspaceSymbol/resolve", (snapshot, parameters, _) =>
            ProtocolJson.Write(Resolve(ProtocolJson.Read(parameters, ProtocolJson.Default.WorkspaceSymbol), snapshot, session), ProtocolJson.Default.WorkspaceSymbol));
    }

    /// <summary>Whether a client asks for the range of just the symbol that is gone to.</summary>
    public static bool CanResolve(ClientCapabilities? client) => client?.Workspace?.Symbol?.ResolveSupport?.Properties?.Contains("location.range") == true;

    private static WorkspaceSymbol ToSymbol(FoundName found, string root, WorkspaceSnapshot snapshot, ServerSession session) => new(
        found.Named.Name, KindOf(found, session), new SymbolLocation(WorkspaceEdits.UriOf(found.Path, root, snapshot)), ContainerOf(found),
        new SymbolPlace(found.Named.Kind.ToString(), found.Named.NameSpan.Start));

    private static SymbolInformation ToCompleteSymbol(FoundName found, string root, WorkspaceSnapshot snapshot, ServerSession session) => new(
        found.Named.Name, KindOf(found, session),
        new Location(WorkspaceEdits.UriOf(found.Path, root, snapshot), session.Encoding.ToRange(snapshot.FactoryOf(root).Documents[found.Path].Text, found.Named.NameSpan)), ContainerOf(found));

    private static int KindOf(FoundName found, ServerSession session) =>
        SymbolKinds.Of(found.Named, session.Client?.Workspace?.Symbol?.SymbolKind?.ValueSet?.Any(k => k > SymbolKinds.LastKnownToAll) == true);

    private static string ContainerOf(FoundName found) => found.Named.Container ?? TypeNames.Describe(found.Named.OwnerKind);

    /// <summary>The same symbol with its range. Of those of its name the one that is nearest to where it was: the document may have changed.</summary>
    private static WorkspaceSymbol Resolve(WorkspaceSymbol symbol, WorkspaceSnapshot snapshot, ServerSession session)
    {
        if (symbol.Data is not { } place || !Enum.TryParse<SymbolKind>(place.Kind, out var kind) || snapshot.FindDocument(symbol.Location.Uri) is not { Document: var document })
        {
            return symbol;
        }

        var span = document.Names.Where(n => n.Kind == kind && n.Name == symbol.Name).MinBy(n => Math.Abs(n.NameSpan.Start - place.Start))?.NameSpan ?? default;
        return symbol with { Location = new SymbolLocation(symbol.Location.Uri, session.Encoding.ToRange(document.Text, span)) };
    }
}
