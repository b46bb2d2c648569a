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
}

public static class ResourceReferences
{
    /// <summary>All references below a node, in text order. Those whose name is not a static string, or which name things of other services, are left out.</summary>
    public static ImmutableArray<ResourceReference> Find(BoundNode node) => [.. from value in node.DescendantsAndSelf().OfType<BoundObject>()
        where value.Shape?.Reference?.Target is not null
        let name = value.FindValue("referenceName") as BoundScalar
        where name is { Kind: ScalarKind.String } && !SpecForm.IsExpression(name.Text)
        select new ResourceReference(value.Shape!.Reference!.Target!.Value, name, value)];
}
