// All places where something is named, over all files of a factory.
using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

public static class SymbolUses
{
    /// <summary>Every place that names what the cursor is on: its declarations and its uses, in expressions too.</summary>
    /// <returns>Null where the cursor is on no name.</returns>
    public static FoundSymbol? Find(FactorySnapshot factory, ResourceDocument document, int offset) =>
        FindAt(factory, document, offset) is { } use ? new FoundSymbol(use.Symbol, use.Span, Find(factory, use.Symbol)) : null;

    /// <summary>The name that the cursor touches; null where there is none.</summary>
    public static SymbolUse? FindAt(FactorySnapshot factory, ResourceDocument document, int offset) => SymbolScan.Find(factory, document)
        .Where(u => u.Written is not null && u.Span.Touches(offset))
        .MinBy(u => u.Span.Length);

    /// <summary>What a document declares, in text order.</summary>
    public static IEnumerable<Symbol> FindDeclared(FactorySnapshot factory, ResourceDocument document) =>
        SymbolScan.Find(factory, document).Where(u => u.IsDeclaration).OrderBy(u => u.Span.Start).Select(u => u.Symbol).Distinct();

    /// <summary>Every place that names a symbol, in the order of paths, then of the text.</summary>
    public static ImmutableArray<SymbolUse> Find(FactorySnapshot factory, Symbol symbol) => FindIn(factory, symbol, FindDocuments(factory, symbol));

    /// <summary>Every place of one document that names a symbol, in text order.</summary>
    public static ImmutableArray<SymbolUse> FindIn(FactorySnapshot factory, Symbol symbol, ResourceDocument document) => FindIn(factory, symbol, [document]);

    /// <summary>Every place that declares a symbol, ordered as above; only the files that may do so are looked at.</summary>
    public static ImmutableArray<SymbolUse> FindDeclarations(FactorySnapshot factory, Symbol symbol) =>
        [.. FindIn(factory, symbol, FindDeclaringDocuments(factory, symbol)).Where(u => u.IsDeclaration)];

    /// <summary>The documents that may name a symbol; some are there more than once.</summary>
    public static IEnumerable<ResourceDocument> FindDocuments(FactorySnapshot factory, Symbol symbol) => FindResources(factory, symbol).Concat(
        symbol.OwnerKind is ResourceKind.Pipeline or ResourceKind.Trigger or ResourceKind.Factory ? factory.Tests.Values : []);

    private static IEnumerable<ResourceDocument> FindResources(FactorySnapshot factory, Symbol symbol) => symbol switch
    {
        { Path: { } path } => factory.Documents.TryGetValue(path, out var own) ? [own] : [],
        { Kind: SymbolKind.GlobalParameter } => new[] { ResourceKind.Factory, ResourceKind.Pipeline, ResourceKind.Trigger }
            .SelectMany(k => factory.OfKind(k)).Select(s => s.Document),
        { Kind: SymbolKind.Resource } => Declaring(factory, symbol).Concat(factory.ReferencesTo(symbol.OwnerKind, symbol.Owner)),
        _ => Declaring(factory, symbol).Concat(FindPassing(factory, symbol.OwnerKind, symbol.Owner)),
    };

    private static IEnumerable<ResourceDocument> FindDeclaringDocuments(FactorySnapshot factory, Symbol symbol) => symbol switch
    {
        { Path: { } path } => factory.Documents.TryGetValue(path, out var own) ? [own] : [],
        { Kind: SymbolKind.GlobalParameter } => factory.OfKind(ResourceKind.Factory).Select(s => s.Document),
        _ => Declaring(factory, symbol),
    };

    private static ImmutableArray<SymbolUse> FindIn(FactorySnapshot factory, Symbol symbol, IEnumerable<ResourceDocument> documents) => [.. documents
        .DistinctBy(d => d.Path).OrderBy(d => d.Path, StringComparer.Ordinal)
        .SelectMany(d => SymbolScan.Find(factory, d).Where(u => u.Symbol == symbol).OrderBy(u => u.Span.Start))];

    private static IEnumerable<ResourceDocument> Declaring(FactorySnapshot factory, Symbol symbol) => factory.Find(symbol.OwnerKind, symbol.Owner).Select(s => s.Document);

    /// <summary>Those that may pass something along to a resource: what a data flow's datasets and linked services need is passed where the data flow is run.</summary>
    private static IEnumerable<ResourceDocument> FindPassing(FactorySnapshot factory, ResourceKind kind, string name)
    {
        foreach (var document in factory.ReferencesTo(kind, name))
        {
            yield return document;
            foreach (var flow in document.Resources.Where(r => r.Kind == ResourceKind.DataFlow && kind != ResourceKind.DataFlow))
            {
                foreach (var running in factory.ReferencesTo(ResourceKind.DataFlow, flow.Name))
                {
                    yield return running;
                }
            }
        }
    }
}
