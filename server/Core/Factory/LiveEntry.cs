using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>A resource as a factory in Azure has it.</summary>
/// <param name="factory">The name of that factory.</param>
/// <param name="content">The service's answer as JSON: <c>name</c>, <c>etag</c> and <c>properties</c>.</param>
/// <param name="etag">Its version; null where the service gave none.</param>
/// <param name="network">The network of a managed private endpoint; null for every other kind.</param>
public sealed class LiveEntry(string factory, ResourceKind kind, string name, string content, string? etag, string? network = null)
{
    private readonly Lazy<ResourceSymbol> _symbol = new(() => Bind(kind, name, content));

    public string Factory => factory;

    public ResourceKind Kind => kind;

    public string Name => name;

    public string Content => content;

    public string? ETag => etag;

    public string? Network => network;

    /// <summary>The resource as if a file of the Git form held it; read when first asked about. Its document is in no folder.</summary>
    public ResourceSymbol Symbol => _symbol.Value;

    /// <summary>Such as <c>AzureSqlTable</c>; null for kinds that have no types.</summary>
    public string? Type => Symbol.Resource.Properties?.FindString("type");

    public string? Description => Symbol.Resource.Properties?.FindString("description");

    /// <summary>In the order of the service.</summary>
    public ImmutableArray<DeclaredName> Parameters => Declared.Parameters(Symbol.Resource);

    /// <summary>The linked service that a dataset or linked service is made on; null for none.</summary>
    public string? LinkedService => (Symbol.Resource.Properties?.FindValue("linkedServiceName") as BoundObject)?.FindString("referenceName");

    /// <summary>Of a trigger <c>Started</c>, <c>Stopped</c> or <c>Disabled</c>; of an integration runtime its state where the service tells it; else null.</summary>
    public string? State => Symbol.Resource.Properties is { } properties ? properties.FindString("runtimeState") ?? properties.FindString("state") : null;

    /// <summary>The folder of ADF Studio that shows it, with <c>/</c> between its parts; null for none.</summary>
    public string? Folder => (Symbol.Resource.Properties?.FindValue("folder") as BoundObject)?.FindString("name");

    /// <summary>When it was last published, as the service writes it; null where it does not tell.</summary>
    public string? LastChange => Symbol.Resource.Properties?.FindString("lastPublishTime");

    /// <summary>Whether two entries are the same version of the same resource.</summary>
    public bool IsSameAs(LiveEntry other) => factory == other.Factory && kind == other.Kind && name == other.Name && network == other.Network && content == other.Content;

    private static ResourceSymbol Bind(ResourceKind kind, string name, string content)
    {
        var document = ResourceDocument.CreateLive($"{FileClassification.WordOf(kind)}/{name}", new SourceText(content), new FileClassification(kind, ResourceForm.Git, name));
        return new ResourceSymbol(document.Resources is [var resource, ..] ? resource : Binder.Bind(SchemaCatalog.Default, kind, null, false, name), document);
    }
}
