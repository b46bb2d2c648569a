// From a name to where it is declared, and from a declaration to all that names it.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Navigation;

internal static class Definitions
{
    /// <summary>Every declaration of what the cursor is on; null where it is on no name, or no file declares it.</summary>
    public static DefinitionResult? Find(FactorySnapshot factory, ResourceDocument document, int offset) =>
        SymbolUses.FindAt(factory, document, offset) is { } use && SymbolUses.FindDeclarations(factory, use.Symbol) is { IsEmpty: false } declarations
            ? new DefinitionResult(use.Span, [.. declarations.Select(d => PlaceOf(factory, d))])
            : null;

    /// <summary>What stands behind what the cursor is on: of a dataset its linked service, of an activity what it reads or runs. Null where nothing does.</summary>
    public static DefinitionResult? FindBehind(FactorySnapshot factory, ResourceDocument document, int offset)
    {
        if (SymbolUses.FindAt(factory, document, offset) is not { } use)
        {
            return null;
        }

        var targets = FindBehind(factory, use.Symbol)
            .SelectMany(t => SymbolUses.FindDeclarations(factory, t)).Select(d => PlaceOf(factory, d)).Distinct().ToImmutableArray();
        return targets.IsEmpty ? null : new DefinitionResult(use.Span, targets);
    }

    /// <summary>Every place that names what the cursor is on, over all files, in the order of paths, then of the text.</summary>
    public static ImmutableArray<Place> FindReferences(FactorySnapshot factory, ResourceDocument document, int offset, bool withDeclaration) =>
        SymbolUses.FindAt(factory, document, offset) is { } use
            ? [.. SymbolUses.Find(factory, use.Symbol).Where(u => withDeclaration || !u.IsDeclaration).Select(u => new Place(u.Path, u.Span, u.Span)).Distinct()]
            : [];

    /// <summary>The same within the document.</summary>
    public static ImmutableArray<Highlight> FindHighlights(FactorySnapshot factory, ResourceDocument document, int offset) =>
        SymbolUses.FindAt(factory, document, offset) is { } use
            ? [.. SymbolUses.FindIn(factory, use.Symbol, document).Where(u => u.Span.Length > 0).Select(u => new Highlight(u.Span, KindOf(u))).DistinctBy(h => h.Span)]
            : [];

    /// <summary>A declaration with all that belongs to it: the whole of an activity, a parameter with its type.</summary>
    public static Place PlaceOf(FactorySnapshot factory, SymbolUse declaration) => new(
        declaration.Path, ExtentOf(factory.Documents[declaration.Path], declaration), declaration.Span);

    /// <summary>A resource as a whole, with the place of its name.</summary>
    public static Place PlaceOf(ResourceSymbol symbol) =>
        symbol.Document.Names.Where(n => n.Kind == SymbolKind.Resource).ElementAtOrDefault(symbol.Document.Resources.IndexOf(symbol.Resource)) is { } named
            ? new Place(symbol.Document.Path, named.Span, named.NameSpan)
            : new Place(symbol.Document.Path, default, default);

    private static HighlightKind KindOf(SymbolUse use) => use.IsDeclaration ? HighlightKind.Declaration : use.IsWrite ? HighlightKind.Write : HighlightKind.Read;

    private static TextSpan ExtentOf(ResourceDocument document, SymbolUse declaration)
    {
        if (declaration.Written is null)
        {
            return document.Resources.Select(r => r.Content?.Span ?? default).FirstOrDefault(s => s.Start == declaration.Span.Start, declaration.Span);
        }

        // A key stands for its entry, and the value of a `name` for what has the name. In the script of a data flow there is only the name.
        var scalar = declaration.Written.Scalar;
        return scalar.Parent is not MappingEntrySyntax entry || declaration.Written.Kind != WrittenKind.Whole ? declaration.Span
            : entry.Key == scalar ? entry.Span
            : entry.Parent?.Span ?? entry.Span;
    }

    private static IEnumerable<Symbol> FindBehind(FactorySnapshot factory, Symbol symbol) => symbol switch
    {
        { Kind: SymbolKind.Resource, OwnerKind: ResourceKind.Dataset } => factory.Find(ResourceKind.Dataset, symbol.Name)
            .SelectMany(s => s.FindReferences()).Where(r => r.Kind == ResourceKind.LinkedService).Select(ToSymbol),
        { Kind: SymbolKind.Activity, Path: { } path } when factory.Documents.TryGetValue(path, out var document) => document.Resources
            .Where(r => r.Kind == ResourceKind.Pipeline && symbol.Owner.Equals(r.Name, StringComparison.OrdinalIgnoreCase))
            .SelectMany(r => FindOwnReferences(r, symbol)).Select(ToSymbol),
        _ => [],
    };

    /// <summary>The references of an activity without those of the activities inside of it.</summary>
    private static IEnumerable<ResourceReference> FindOwnReferences(BoundResource pipeline, Symbol symbol)
    {
        var graph = new ActivityGraph(pipeline);
        var activity = graph.Find(symbol.Name, symbol.Which);
        return activity is null ? [] : ResourceReferences.Find(activity.Activity.Node).Where(r => graph.FindEnclosing(r.Node) == activity);
    }

    private static Symbol ToSymbol(ResourceReference reference) => Symbol.OfResource(reference.Kind, reference.Name.Text);
}
