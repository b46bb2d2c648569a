// Who starts whom: triggers start pipelines, pipelines start pipelines and data flows, data flows use flowlets.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Navigation;

internal static class CallHierarchy
{
    /// <summary>What the cursor is on if it takes part in calls; else the resource that it is in. None where neither does.</summary>
    public static ImmutableArray<CallItem> Find(FactorySnapshot factory, ResourceDocument document, int offset)
    {
        if (SymbolUses.FindAt(factory, document, offset) is { Symbol: { Kind: SymbolKind.Resource } symbol } use && TakesPart(symbol.OwnerKind))
        {
            return FindItems(factory, symbol.OwnerKind, symbol.Name, new Place(use.Path, use.Span, use.Span));
        }

        var around = document.Resources.Where(r => r.Content?.Span.Touches(offset) == true).Concat(document.Resources).FirstOrDefault();
        return around is not null && TakesPart(around.Kind) ? [ToItem(new ResourceSymbol(around, document))] : [];
    }

    /// <summary>Who calls a resource, by the order of their files, with the names in their texts. A missing resource has callers too.</summary>
    public static ImmutableArray<CallLink> FindCallers(FactorySnapshot factory, ResourceKind kind, string name)
    {
        var callers = ImmutableArray.CreateBuilder<CallLink>();
        foreach (var document in IsCalled(kind) ? factory.ReferencesTo(kind, name) : [])
        {
            for (var i = 0; i < document.Resources.Length; i++)
            {
                ImmutableArray<TextSpan> calls = [.. document.References[i].Where(r => r.Kind == kind && IsSame(r.Name.Text, name)).Select(NameOf)];
                if (!calls.IsEmpty && TakesPart(document.Resources[i].Kind))
                {
                    callers.Add(new CallLink(ToItem(new ResourceSymbol(document.Resources[i], document)), calls));
                }
            }
        }

        return callers.ToImmutable();
    }

    /// <summary>Whom a resource calls, in the order of its text; also what no file declares.</summary>
    /// <param name="path">The file, where several declare the resource.</param>
    public static ImmutableArray<CallLink> FindCalled(FactorySnapshot factory, ResourceKind kind, string name, string path) =>
    [
        .. from symbol in factory.Find(kind, name)
           where symbol.Document.Path == path && TakesPart(kind)
           from called in symbol.FindReferences().Where(r => IsCalled(r.Kind)).GroupBy(r => (r.Kind, FactorySnapshot.Key(r.Name.Text)))
           let first = called.First()
           let calls = called.Select(NameOf).ToImmutableArray()
           from item in FindItems(factory, first.Kind, first.Name.Text, new Place(path, calls[0], calls[0]))
           select new CallLink(item, calls),
    ];

    private static ImmutableArray<CallItem> FindItems(FactorySnapshot factory, ResourceKind kind, string name, Place named) => factory.Find(kind, name) is { IsEmpty: false } found
        ? [.. found.Select(ToItem)]
        : [new CallItem(kind, name, named, IsMissing: true)];

    private static CallItem ToItem(ResourceSymbol symbol) => new(symbol.Kind, symbol.Name, Definitions.PlaceOf(symbol));

    private static bool TakesPart(ResourceKind kind) => IsCalled(kind) || kind == ResourceKind.Trigger;

    private static bool IsCalled(ResourceKind kind) => kind is ResourceKind.Pipeline or ResourceKind.DataFlow;

    private static TextSpan NameOf(ResourceReference reference) => reference.Name.Syntax is Syntax.ScalarSyntax scalar
        ? scalar.ToSourceSpan(new TextSpan(0, scalar.Value.Length))
        : reference.Name.Span;

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
