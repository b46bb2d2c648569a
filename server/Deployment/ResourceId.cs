using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment;

/// <summary>A resource of a factory. Names are matched without regard to case.</summary>
/// <param name="Name">Of the kind factory any: there is one.</param>
/// <param name="VirtualNetwork">The network of a managed private endpoint; null for every other kind.</param>
public sealed record ResourceId(ResourceKind Kind, string Name, string? VirtualNetwork = null)
{
    /// <summary>The kind as the Git form's folders name it.</summary>
    public string KindWord => FileClassification.WordOf(Kind);

    public bool Equals(ResourceId? other) => other is not null && Kind == other.Kind
        && (Kind == ResourceKind.Factory || Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase))
        && string.Equals(VirtualNetwork, other.VirtualNetwork, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(Kind, Kind == ResourceKind.Factory ? "" : Name.ToUpperInvariant(), VirtualNetwork?.ToUpperInvariant());

    public override string ToString() => $"{KindWord} {Name}";
}

/// <summary>Finds what the JSON of a resource refers to.</summary>
public static class JsonReferences
{
    /// <summary>The literals of a reference's <c>type</c>, by what they refer to (Microsoft's REST model 2018-06-01).</summary>
    private static readonly Dictionary<string, ResourceKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["LinkedServiceReference"] = ResourceKind.LinkedService,
        ["DatasetReference"] = ResourceKind.Dataset,
        ["PipelineReference"] = ResourceKind.Pipeline,
        ["DataFlowReference"] = ResourceKind.DataFlow,
        ["IntegrationRuntimeReference"] = ResourceKind.IntegrationRuntime,
        ["TriggerReference"] = ResourceKind.Trigger,
        ["CredentialReference"] = ResourceKind.Credential,
        ["ManagedVirtualNetworkReference"] = ResourceKind.ManagedVirtualNetwork,
    };

    /// <summary>Every object with a <c>referenceName</c> whose <c>type</c> is that of a reference: the rule by which the service finds them too.</summary>
    public static IEnumerable<ResourceId> Find(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (TargetOf(element) is { } target)
            {
                yield return target;
            }

            foreach (var inner in element.EnumerateObject().SelectMany(p => Find(p.Value)))
            {
                yield return inner;
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var inner in element.EnumerateArray().SelectMany(Find))
            {
                yield return inner;
            }
        }
    }

    /// <summary>What an object refers to; null for one that is no reference.</summary>
    public static ResourceId? TargetOf(JsonElement element) => element.ValueKind == JsonValueKind.Object && Text(element, "referenceName") is { Length: > 0 } name
        && Text(element, "type") is { } type && Kinds.TryGetValue(type, out var kind) ? new ResourceId(kind, name) : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
