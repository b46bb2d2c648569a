using System.Collections.Immutable;
using System.Text.Json;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment;

/// <summary>A resource of a factory. Names are matched without regard to case.</summary>
/// <param name="VirtualNetwork">The network of a managed private endpoint; null for every other kind.</param>
public sealed record ResourceId(ResourceKind Kind, string Name, string? VirtualNetwork = null)
{
    public bool Equals(ResourceId? other) => other is not null && Kind == other.Kind
        && Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(VirtualNetwork, other.VirtualNetwork, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(Kind, Name.ToUpperInvariant(), VirtualNetwork?.ToUpperInvariant());
}

/// <summary>One resource to deploy.</summary>
/// <param name="Body">The JSON of its PUT request.</param>
/// <param name="Path">The file that it comes from, relative to the factory root.</param>
/// <param name="References">What it refers to, whether that is deployed along or not.</param>
public sealed record DeploymentUnit(ResourceId Id, string Body, string Path, ImmutableArray<ResourceId> References)
{
    /// <summary>The literals of a reference's <c>type</c>, by what they refer to (Microsoft's REST model 2018-06-01).</summary>
    private static readonly ImmutableDictionary<string, ResourceKind> ReferenceKinds = new Dictionary<string, ResourceKind>
    {
        ["LinkedServiceReference"] = ResourceKind.LinkedService,
        ["DatasetReference"] = ResourceKind.Dataset,
        ["PipelineReference"] = ResourceKind.Pipeline,
        ["DataFlowReference"] = ResourceKind.DataFlow,
        ["IntegrationRuntimeReference"] = ResourceKind.IntegrationRuntime,
        ["TriggerReference"] = ResourceKind.Trigger,
        ["CredentialReference"] = ResourceKind.Credential,
        ["ManagedVirtualNetworkReference"] = ResourceKind.ManagedVirtualNetwork,
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The units of a document, one for each resource in it; none for one with syntax errors.</summary>
    public static IEnumerable<DeploymentUnit> FromDocument(ResourceDocument document)
    {
        foreach (var (name, json) in Conversion.ToDeployment(document))
        {
            var network = document.Classification.Kind == ResourceKind.ManagedPrivateEndpoint ? Conversion.FindVirtualNetwork(document.Path) : null;
            using var body = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1024 });
            var references = FindReferences(body.RootElement).ToHashSet();
            if (network is not null)
            {
                references.Add(new ResourceId(ResourceKind.ManagedVirtualNetwork, network));
            }

            yield return new DeploymentUnit(new ResourceId(document.Classification.Kind, name, network), json, document.Path, [.. references]);
        }
    }

    /// <summary>Every object with a <c>referenceName</c> whose <c>type</c> is that of a reference: the rule by which the service finds them too.</summary>
    private static IEnumerable<ResourceId> FindReferences(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (Text(element, "referenceName") is { Length: > 0 } name && Text(element, "type") is { } type && ReferenceKinds.TryGetValue(type, out var kind))
            {
                yield return new ResourceId(kind, name);
            }

            foreach (var inner in element.EnumerateObject().SelectMany(p => FindReferences(p.Value)))
            {
                yield return inner;
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var inner in element.EnumerateArray().SelectMany(FindReferences))
            {
                yield return inner;
            }
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
