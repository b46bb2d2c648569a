// A factory as something to draw: its resources, and which of them refer to which.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Graphs;

/// <summary>A resource.</summary>
/// <param name="Id">Unique in its graph: its kind and its name.</param>
/// <param name="Type">Such as <c>AzureSqlTable</c>; null for kinds that have no types.</param>
/// <param name="Folder">The folder of ADF Studio that shows it; null for none.</param>
/// <param name="State">Of a trigger whether its file wants it started; null for other kinds and where it does not say.</param>
/// <param name="Path">The file that declares it; null for one that is referred to and not there.</param>
/// <param name="NameSpan">Its name in that file.</param>
/// <param name="Finding">What the gravest of its findings says; null for none.</param>
public sealed record FactoryNode(string Id, ResourceKind Kind, string Name, string? Type, string? Folder, string? State, string? Path, TextSpan NameSpan, int Errors, int Warnings, string? Finding);

/// <summary>A reference, or several from one resource to another.</summary>
/// <param name="From">The id of the one that refers.</param>
/// <param name="To">The id of what it refers to.</param>
/// <param name="Count">How often; at least once.</param>
public sealed record FactoryEdge(string From, string To, int Count);

/// <param name="Nodes">By kind, then by name; what is missing behind those that are there.</param>
/// <param name="Edges">In the order of those that refer.</param>
public sealed record FactoryGraph(ImmutableArray<FactoryNode> Nodes, ImmutableArray<FactoryEdge> Edges)
{
    /// <param name="findings">What is wrong in a document; null where nobody wants to know.</param>
    internal static FactoryGraph Create(FactorySnapshot factory, Func<ResourceDocument, ImmutableArray<Diagnostic>>? findings, CancellationToken cancellation)
    {
        var nodes = new Dictionary<string, FactoryNode>(StringComparer.Ordinal);
        var edges = new List<FactoryEdge>();
        foreach (var symbol in Enum.GetValues<ResourceKind>().SelectMany(factory.OfKind))
        {
            cancellation.ThrowIfCancellationRequested();
            if (nodes.TryAdd(IdOf(symbol.Kind, symbol.Name), MakeNode(symbol, findings)))
            {
                edges.AddRange(symbol.FindReferences().GroupBy(r => IdOf(r.Kind, r.Name.Text)).Select(g => new FactoryEdge(IdOf(symbol.Kind, symbol.Name), g.Key, g.Count())));
            }
        }

        var missing = from document in factory.Documents.Values.OrderBy(d => d.Path, StringComparer.Ordinal)
                      from reference in document.References.SelectMany(r => r)
                      where !nodes.ContainsKey(IdOf(reference.Kind, reference.Name.Text))
                      group reference by IdOf(reference.Kind, reference.Name.Text) into same
                      let first = same.First()
                      select new FactoryNode(same.Key, first.Kind, first.Name.Text, null, null, null, null, default, 0, 0, null);
        return new FactoryGraph([.. nodes.Values, .. missing.ToList()], [.. edges]);
    }

    private static FactoryNode MakeNode(ResourceSymbol symbol, Func<ResourceDocument, ImmutableArray<Diagnostic>>? findings)
    {
        var properties = symbol.Resource.Properties;
        var span = symbol.Resource.Content?.Span ?? default;
        var found = findings?.Invoke(symbol.Document).Where(f => span.Touches(f.Span.Start)).ToList() ?? [];
        return new FactoryNode(
            IdOf(symbol.Kind, symbol.Name), symbol.Kind, symbol.Name, properties?.FindString("type"), (properties?.FindValue("folder") as BoundObject)?.FindString("name"),
            symbol.Kind == ResourceKind.Trigger ? properties?.FindString("runtimeState") : null, symbol.Document.Path, symbol.Resource.NameSpan,
            found.Count(f => f.Severity == DiagnosticSeverity.Error), found.Count(f => f.Severity == DiagnosticSeverity.Warning),
            found.Where(f => f.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning).MaxBy(f => f.Severity == DiagnosticSeverity.Error)?.Message);
    }

    private static string IdOf(ResourceKind kind, string name) => $"{FileClassification.WordOf(kind)}/{name.ToLowerInvariant()}";
}
