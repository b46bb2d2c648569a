// What a document gives names to, by itself: what a search for a name goes through.
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>Something that a document gives a name to.</summary>
/// <param name="OwnerKind">The kind of the resource that it is, or that it belongs to.</param>
/// <param name="Type">The type of an activity, of what a variable or parameter holds, or of a resource; null where it has none.</param>
/// <param name="Container">What it is in: the activity around it, else the resource. Null for a resource.</param>
/// <param name="Span">All of it.</param>
/// <param name="NameSpan">Its name without quotes, inside of <paramref name="Span"/>; of no length where only the file's name gives it.</param>
public sealed record NamedPlace(SymbolKind Kind, string Name, ResourceKind OwnerKind, string? Type, string? Container, TextSpan Span, TextSpan NameSpan);

internal static class NamedPlaces
{
    /// <summary>What a document names, in text order.</summary>
    public static IEnumerable<NamedPlace> Find(ResourceDocument document) => document.Resources.SelectMany(Find);

    private static IEnumerable<NamedPlace> Find(BoundResource resource)
    {
        var span = resource.Content?.Span ?? default;
        var written = (resource.Root?.FindValue("name") as BoundScalar)?.Syntax as ScalarSyntax;
        var name = written is { Value.Length: > 0 } && span.Contains(written.Span) ? NameSpanOf(written) : new TextSpan(span.Start, 0);
        var own = new NamedPlace(SymbolKind.Resource, resource.Name, resource.Kind, resource.Properties?.FindString("type"), null, span, name);
        return Parts(resource).OrderBy(p => p.Span.Start).Prepend(own);
    }

    private static IEnumerable<NamedPlace> Parts(BoundResource resource) => Declarations(resource, "parameters", SymbolKind.Parameter)
        .Concat(Declarations(resource, "variables", SymbolKind.Variable))
        .Concat(Declarations(resource, "globalParameters", SymbolKind.GlobalParameter))
        .Concat(resource.Kind == ResourceKind.Pipeline ? Activities(resource) : [])
        .Concat(resource.Kind == ResourceKind.DataFlow ? Streams(resource) : []);

    private static IEnumerable<NamedPlace> Declarations(BoundResource resource, string section, SymbolKind kind) =>
        from declared in Declared.In(resource.Properties, section)
        where declared.Node.Entry is not null && declared.Name.Length > 0
        select new NamedPlace(kind, declared.Name, resource.Kind, declared.TypeText, resource.Name, declared.Node.Entry!.Span, NameSpanOf(declared.Node.Entry.Key));

    private static IEnumerable<NamedPlace> Activities(BoundResource pipeline) =>
        from node in new ActivityGraph(pipeline).All
        where node.Name.Length > 0 && node.Activity.Name!.Syntax is ScalarSyntax name && node.Activity.Node.Syntax?.Span.Contains(name.Span) == true
        select new NamedPlace(
            SymbolKind.Activity, node.Name, pipeline.Kind, node.Activity.Type, node.Container?.Name ?? pipeline.Name, node.Activity.Node.Syntax!.Span,
            NameSpanOf((ScalarSyntax)node.Activity.Name!.Syntax!));

    private static IEnumerable<NamedPlace> Streams(BoundResource flow) =>
        from stream in DataFlowScript.FindStreams(flow)
        let name = stream.FindValue("name") as BoundScalar
        where name is { Text.Length: > 0, Syntax: ScalarSyntax } && stream.Syntax?.Span.Contains(name.Syntax!.Span) == true
        select new NamedPlace(SymbolKind.Stream, name.Text, flow.Kind, null, flow.Name, stream.Syntax!.Span, NameSpanOf((ScalarSyntax)name.Syntax!));

    private static TextSpan NameSpanOf(ScalarSyntax scalar) => scalar.ToSourceSpan(new TextSpan(0, scalar.Value.Length));
}
