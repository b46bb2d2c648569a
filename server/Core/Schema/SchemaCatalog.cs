using System.Collections.Immutable;

namespace Pipewright.Core.Schema;

/// <summary>The schema of every resource kind: the way into <see cref="SchemaType"/>s.</summary>
public sealed class SchemaCatalog
{
    private readonly ImmutableDictionary<ResourceKind, Lazy<ObjectType>> _resources;

    internal SchemaCatalog(SchemaReader reader)
    {
        Reader = reader;
        _resources = reader.ReadResources();
    }

    /// <summary>The embedded schema. Types come to life when first asked for.</summary>
    public static SchemaCatalog Default { get; } = new(new SchemaReader(ReadEmbedded()));

    internal SchemaReader Reader { get; }

    /// <summary>The type of a whole resource of a kind: an object with <c>name</c>, <c>properties</c>, and what else the Git form has there.</summary>
    public ObjectType this[ResourceKind kind] => _resources[kind].Value;

    /// <summary>A schema of its own, apart from the one that all others share.</summary>
    internal static SchemaCatalog Load() => new(new SchemaReader(ReadEmbedded()));

    private static byte[] ReadEmbedded()
    {
        using var stream = typeof(SchemaCatalog).Assembly.GetManifestResourceStream("schema.bin")
            ?? throw new InvalidOperationException("The server was built without its schema.");
        var data = new byte[stream.Length];
        stream.ReadExactly(data);
        return data;
    }
}
