using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>
/// All resource files of one factory root in one version. It answers every question about that version; an edit makes a new one that shares
/// all documents that did not change.
/// </summary>
public sealed class FactorySnapshot
{
    private FactorySnapshot(SchemaCatalog schema, ImmutableDictionary<string, ResourceDocument> documents)
    {
        Schema = schema;
        Documents = documents;
    }

    public static FactorySnapshot Empty { get; } = new(SchemaCatalog.Default, ImmutableDictionary<string, ResourceDocument>.Empty);

    public SchemaCatalog Schema { get; }

    /// <summary>By path relative to the root.</summary>
    public ImmutableDictionary<string, ResourceDocument> Documents { get; }

    public FactorySnapshot With(ResourceDocument document) => new(Schema, Documents.SetItem(document.Path, document));

    /// <summary>Adds or replaces many documents at once, as a Git checkout does.</summary>
    public FactorySnapshot With(IEnumerable<ResourceDocument> documents) =>
        new(Schema, Documents.SetItems(documents.Select(d => KeyValuePair.Create(d.Path, d))));

    public FactorySnapshot Without(string path) => new(Schema, Documents.Remove(path));
}
