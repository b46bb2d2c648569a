// Lines above a resource that tell of it, and let something be done with it.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Lenses;

/// <summary>The head of a resource.</summary>
/// <param name="Span">Its name; of no length at its start where only the file's name gives it.</param>
public sealed record ResourceHead(ResourceKind Kind, string Name, TextSpan Span);

internal static class CodeLenses
{
    /// <summary>In text order.</summary>
    public static ImmutableArray<ResourceHead> FindHeads(ResourceDocument document) =>
        document.IsForeign || document.IsTest ? [] : [.. document.Names.Where(n => n.Kind == SymbolKind.Resource).Select(n => new ResourceHead(n.OwnerKind, n.Name, n.NameSpan))];

    /// <summary>All places that name a resource without declaring it, in the order of paths, then of the text.</summary>
    public static ImmutableArray<Place> FindUses(FactorySnapshot factory, ResourceKind kind, string name) =>
        [.. SymbolUses.Find(factory, Symbol.OfResource(kind, name)).Where(u => !u.IsDeclaration).Select(u => new Place(u.Path, u.Span, u.Span)).Distinct()];

    /// <summary>What documents that refer to this one, or that it refers to, show of it: its names, its parameters, whom it names.</summary>
    public static string DescribeOutside(ResourceDocument document) => document.IsForeign ? "" : string.Join('\n',
    [
        .. document.Names.Where(n => n.Kind == SymbolKind.Resource).Select(n => $"{n.OwnerKind} {n.Name}"),
        .. document.Resources.SelectMany(r => Declared.Parameters(r)).Select(p => document.Text.ToString(p.Node.Entry?.Span ?? p.Node.Span)),
        .. document.References.SelectMany(r => r).Select(r => $"{r.Kind} {r.Name.Text}"),
    ]);
}
