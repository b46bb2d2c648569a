using Pipewright.Core.Schema;

namespace Pipewright.Emulator;

/// <summary>A kind of resource below a factory, as the REST API of 2018-06-01 has it.</summary>
/// <param name="Segment">Its collection in addresses; matched without regard to case.</param>
/// <param name="NotFound">The error code for one that is not there.</param>
/// <param name="Reference">The literal of a reference's <c>type</c>; null where nothing refers to it so.</param>
/// <param name="NeedsType">Whether its properties have a <c>type</c>.</param>
internal sealed record ArmCollection(string Segment, ResourceKind Kind, string NotFound, string? Reference, bool NeedsType)
{
    public static IReadOnlyList<ArmCollection> All { get; } =
    [
        new("pipelines", ResourceKind.Pipeline, "PipelineNotFound", "PipelineReference", false),
        new("datasets", ResourceKind.Dataset, "DatasetNotFound", "DatasetReference", true),
        new("linkedservices", ResourceKind.LinkedService, "LinkedServiceNotFound", "LinkedServiceReference", true),
        new("triggers", ResourceKind.Trigger, "TriggerNotFound", "TriggerReference", true),
        new("dataflows", ResourceKind.DataFlow, "DataFlowNotFound", "DataFlowReference", true),
        new("integrationRuntimes", ResourceKind.IntegrationRuntime, "IntegrationRuntimeNotFound", "IntegrationRuntimeReference", true),
        new("credentials", ResourceKind.Credential, "CredentialNotFound", "CredentialReference", true),
        new("managedVirtualNetworks", ResourceKind.ManagedVirtualNetwork, "ManagedVirtualNetworkNotFound", "ManagedVirtualNetworkReference", false),
        new("managedPrivateEndpoints", ResourceKind.ManagedPrivateEndpoint, "ManagedPrivateEndpointNotFound", null, false),
        new("adfcdcs", ResourceKind.ChangeDataCapture, "ChangeDataCaptureNotFound", null, false),
        new("globalParameters", ResourceKind.Factory, "GlobalParameterNotFound", null, false),
    ];

    public static ArmCollection? Find(string segment) => All.FirstOrDefault(c => c.Segment.Equals(segment, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The parts of an address below the factory's subscription.</summary>
/// <param name="ResourceGroup">Null in a list of a whole subscription.</param>
/// <param name="Factory">Null in a list of factories.</param>
/// <param name="Rest">What follows the factory's name.</param>
internal sealed record ArmPath(string Subscription, string? ResourceGroup, string? Factory, string[] Rest)
{
    /// <summary>Null for an address that is not one of Data Factory's.</summary>
    public static ArmPath? Parse(string path)
    {
        static bool Is(string part, string expected) => part.Equals(expected, StringComparison.OrdinalIgnoreCase);
        return path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var s, var subscription, var r, var group, var p, var provider, var f, .. var rest]
                when Is(s, "subscriptions") && Is(r, "resourceGroups") && Is(p, "providers") && Is(provider, "Microsoft.DataFactory") && Is(f, "factories") =>
                new ArmPath(subscription, group, rest is [var name, ..] ? name : null, rest is [_, .. var below] ? below : []),
            [var s, var subscription, var p, var provider, var f] when Is(s, "subscriptions") && Is(p, "providers") && Is(provider, "Microsoft.DataFactory") && Is(f, "factories") =>
                new ArmPath(subscription, null, null, []),
            _ => null,
        };
    }

    public FactoryKey Key => new(Subscription, ResourceGroup!, Factory!);
}

/// <summary>A factory's place; names are matched without regard to case and kept as they were first written.</summary>
internal sealed record FactoryKey(string Subscription, string ResourceGroup, string Name)
{
    public string Id => $"/subscriptions/{Subscription}/resourceGroups/{ResourceGroup}/providers/Microsoft.DataFactory/factories/{Name}";

    public bool Equals(FactoryKey? other) => other is not null && Id.Equals(other.Id, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.OrdinalIgnoreCase);
}
