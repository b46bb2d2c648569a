// The references that a resource makes to others, found by shape: any object that the model knows as a reference.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

/// <summary>One reference.</summary>
/// <param name="Kind">What kind of resource it names.</param>
/// <param name="Name">The name's scalar; its text is the name.</param>
/// <param name="Node">The whole of it.</param>
public sealed record ResourceReference(ResourceKind Kind, BoundScalar Name, BoundObject Node);

/// <summary>A resource that a factory holds, and the document that declares it.</summary>
public sealed record ResourceSymbol(BoundResource Resource, ResourceDocument Document)
{
    public ResourceKind Kind => Resource.Kind;

    public string Name => Resource.Name;

    /// <summary>The references that it makes, in text order.</summary>
    public ImmutableArray<ResourceReference> FindReferences() => Document.References[Document.Resources.IndexOf(Resource)];
}

public static class ResourceReferences
{
    private static readonly ImmutableDictionary<string, ResourceKind> KindsByType = Enum.GetValues<ResourceKind>()
        .ToImmutableDictionary(k => k + "Reference", StringComparer.OrdinalIgnoreCase);

    /// <summary>All references below a node, in text order. Those whose name is not a static string, or which name things of other services, are left out.</summary>
    public static ImmutableArray<ResourceReference> Find(BoundNode node) => [.. from value in node is BoundObject { Parent: null } root ? root.Parts.Objects : node.DescendantsAndSelf().OfType<BoundObject>()
        let kind = KindOf(value)
        where kind is not null
        let name = value.FindValue("referenceName") as BoundScalar
        where name is { Kind: ScalarKind.String } && !SpecForm.IsExpression(name.Text)
        select new ResourceReference(kind.Value, name, value)];

    /// <summary>By the schema where it knows the place; else, as below an activity of an unknown type, by what the object calls itself.</summary>
    private static ResourceKind? KindOf(BoundObject value) => value.Shape is { Reference: { } reference }
        ? reference.Target
        : value.Shape is null && value.Properties.Length >= 2 && value.FindString("type") is { } type && KindsByType.TryGetValue(type, out var kind) ? kind : null;
}
