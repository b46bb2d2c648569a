// Who starts whom.
using System.Text.Json;
using Pipewright.Core.Binding;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

internal static class CallHierarchyHandlers
{
    public static void Register(ServerSession session)
    {
        NavigationHandlers.RegisterAt(session, "textDocument/prepareCallHierarchy", (snapshot, open, offset, _, cancellation) =>
        {
            var items = LanguageFeatures.GetCallItems(snapshot.FactoryOf(open.Root), open.Document!, offset, cancellation);
            return items.IsEmpty ? null : ProtocolJson.Write<IReadOnlyList<CallHierarchyItem>>(
                [.. items.Select(i => ToItem(i, open.Root, snapshot, session))], ProtocolJson.Default.IReadOnlyListCallHierarchyItem);
        });
        session.RegisterOnceRead("callHierarchy/incomingCalls", (snapshot, parameters, cancellation) => Read(snapshot, parameters) is not var (root, path, kind, name)
            ? null
            : ProtocolJson.Write<IReadOnlyList<CallHierarchyIncomingCall>>(
                [.. LanguageFeatures.GetCallers(snapshot.FactoryOf(root), kind, name, cancellation).Select(c => new CallHierarchyIncomingCall(
                    ToItem(c.Item, root, snapshot, session), ToRanges(c, c.Item.Place.Path, root, snapshot, session)))],
                ProtocolJson.Default.IReadOnlyListCallHierarchyIncomingCall));
        session.RegisterOnceRead("callHierarchy/outgoingCalls", (snapshot, parameters, cancellation) => Read(snapshot, parameters) is not var (root, path, kind, name)
            ? null
            : ProtocolJson.Write<IReadOnlyList<CallHierarchyOutgoingCall>>(
                [.. LanguageFeatures.GetCalled(snapshot.FactoryOf(root), kind, name, path, cancellation).Select(c => new CallHierarchyOutgoingCall(
                    ToItem(c.Item, root, snapshot, session), ToRanges(c, path, root, snapshot, session)))],
                ProtocolJson.Default.IReadOnlyListCallHierarchyOutgoingCall));
    }

    /// <summary>Which resource is asked about; null where its file is not known any more.</summary>
    private static (string Root, string Path, ResourceKind Kind, string Name)? Read(WorkspaceSnapshot snapshot, JsonElement parameters)
    {
        var item = ProtocolJson.Read(parameters, ProtocolJson.Default.CallHierarchyCallsParams).Item;
        return item.Data is { } place && Enum.TryParse<ResourceKind>(place.Kind, out var kind) && snapshot.FindDocument(item.Uri) is { } located
            ? (located.Root, located.Document.Path, kind, place.Name)
            : null;
    }

    private static CallHierarchyItem ToItem(CallItem item, string root, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var text = TextOf(item.Place.Path, root, snapshot);
        var detail = item.IsMissing ? $"{TypeNames.Describe(item.Kind)} that no file declares" : $"{TypeNames.Describe(item.Kind)} · {item.Place.Path}";
        return new CallHierarchyItem(
            item.Name, SymbolKinds.Of(item.Kind, knowsAll: true), WorkspaceEdits.UriOf(item.Place.Path, root, snapshot),
            session.Encoding.ToRange(text, item.Place.Span), session.Encoding.ToRange(text, item.Place.NameSpan), detail, new CallPlace(item.Kind.ToString(), item.Name));
    }

    private static List<Protocol.Range> ToRanges(CallLink link, string caller, string root, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var text = TextOf(caller, root, snapshot);
        return [.. link.Calls.Select(c => session.Encoding.ToRange(text, c))];
    }

    private static SourceText TextOf(string path, string root, WorkspaceSnapshot snapshot) => snapshot.FactoryOf(root).Documents[path].Text;
}
