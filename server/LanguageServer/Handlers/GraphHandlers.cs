// Pipelines and factories as graphs, for views that draw them.
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Graphs;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

internal static class GraphHandlers
{
    /// <summary>A command of the client's own: it shows a pipeline as a graph, and takes the URI of a document.</summary>
    public const string ShowGraphCommand = "pipewright.showGraph";

    public static void Register(ServerSession session)
    {
        session.RegisterOnceRead("pipewright/graph", (snapshot, parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.GraphParams);
            return snapshot.FindDocument(asked.TextDocument.Uri) is { } found && Describe(found, asked, snapshot, session, cancellation) is { } result
                ? ProtocolJson.Write(result, ProtocolJson.Default.PipelineGraphResult)
                : null;
        });
        session.RegisterOnceRead("pipewright/factoryGraph", (snapshot, parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.GraphParams);
            return snapshot.FindRoot(asked.TextDocument.Uri) is { } root
                ? ProtocolJson.Write(Describe(root, asked, snapshot, session, cancellation), ProtocolJson.Default.FactoryGraphResult)
                : null;
        });
    }

    private static PipelineGraphResult? Describe(LocatedDocument found, GraphParams asked, WorkspaceSnapshot snapshot, ServerSession session, CancellationToken cancellation)
    {
        var text = found.Document.Text;
        int? offset = asked.Position is { } position ? session.Encoding.ToOffset(text, position) : null;
        return LanguageFeatures.GetGraph(found.Factory, found.Document, offset ?? 0, cancellation) is not { } graph ? null : new PipelineGraphResult(
            graph.Name,
            asked.TextDocument.Uri,
            graph.IsBroken,
            [.. graph.Nodes.Select(n => new GraphNodeItem(
                n.Id, n.Name, n.Type, n.Branch, WordOf(n.Shape), n.IsInactive, n.Errors, n.Warnings, n.Finding, session.Encoding.ToRange(text, n.Span), session.Encoding.ToRange(text, n.NameSpan),
                [.. n.Uses.Select(u => new GraphUseItem(FileClassification.WordOf(u.Kind), u.Name, UriOf(u.Path, found.Root, snapshot)))]))],
            [.. graph.Branches.Select(b => new GraphBranchItem(b.Id, b.Node, b.Label))],
            [.. graph.Edges.Select(e => new GraphEdgeItem(e.From, e.To, e.Conditions))],
            offset is { } at ? graph.FindAt(at)?.Id : null,
            asked.Mermaid ? LanguageFeatures.WriteGraph(graph, GraphLanguage.Mermaid) : null);
    }

    private static FactoryGraphResult Describe(string root, GraphParams asked, WorkspaceSnapshot snapshot, ServerSession session, CancellationToken cancellation)
    {
        var factory = snapshot.FactoryOf(root);
        var graph = LanguageFeatures.GetGraph(factory, withFindings: true, cancellation);
        return new FactoryGraphResult(
            Path.GetFileName(root),
            Path.IsPathRooted(root) ? DocumentUri.FromPath(root) : root,
            [.. graph.Nodes.Select(n => new FactoryNodeItem(
                n.Id, FileClassification.WordOf(n.Kind), n.Name, n.Type, n.Folder, n.State, n.Errors, n.Warnings, n.Finding, UriOf(n.Path, root, snapshot),
                n.Path is { } path && factory.Documents.TryGetValue(path, out var document) ? session.Encoding.ToRange(document.Text, n.NameSpan) : null))],
            [.. graph.Edges.Select(e => new FactoryEdgeItem(e.From, e.To, e.Count))],
            asked.Mermaid ? LanguageFeatures.WriteGraph(graph, GraphLanguage.Mermaid) : null);
    }

    private static string? UriOf(string? path, string root, WorkspaceSnapshot snapshot) => path is null ? null : WorkspaceEdits.UriOf(path, root, snapshot);

    public static string WordOf(ActivityShape shape) => shape switch
    {
        ActivityShape.Container => "container",
        ActivityShape.Pipeline => "pipeline",
        ActivityShape.DataFlow => "dataFlow",
        ActivityShape.Data => "data",
        ActivityShape.Service => "service",
        _ => "control",
    };
}
