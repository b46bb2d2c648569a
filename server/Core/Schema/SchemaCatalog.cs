using System.Collections.Immutable;

namespace Pipewright.Core.Schema;

/// <summary>The schema of every resource kind: the way into <see cref="SchemaType"/>s.</summary>
public sealed class SchemaCatalog
{
    private readonly ImmutableDictionary<ResourceKind, Lazy<ObjectType>> _resources;

    internal SchemaCatalog(ImmutableDictionary<ResourceKind, Lazy<ObjectType>> resources) => _resources = resources;

    /// <summary>The embedded schema. Types come to life when first asked for.</summary>
    public static SchemaCatalog Default { get; } = new(ImmutableDictionary<ResourceKind, Lazy<ObjectType>>.Empty);

    /// <summary>The type of a whole resource of a kind: an object with <c>name</c>, <c>properties</c>, and what else the Git form has there.</summary>
    public ObjectType this[ResourceKind kind] => _resources[kind].Value;
}
