namespace Pipewright.Azure;

/// <summary>A factory to talk to.</summary>
/// <param name="Endpoint">The address of Azure Resource Manager in one of Azure's clouds, or of an emulator: plain HTTP on loopback.</param>
public sealed record FactoryTarget(Uri Endpoint, string Subscription, string ResourceGroup, string Factory)
{
    /// <summary>Azure's public cloud.</summary>
    public static Uri PublicCloud => AzureCloud.Public.Endpoint;

    /// <summary>The tenant to sign in to; null for the one that the user is signed in to.</summary>
    public string? Tenant { get; init; }

    public bool IsEmulator => Endpoint is { Scheme: "http", IsLoopback: true };

    /// <summary>Null for an emulator.</summary>
    public AzureCloud? Cloud => AzureCloud.FindByEndpoint(Endpoint);

    public string ResourceId => $"/subscriptions/{Subscription}/resourceGroups/{ResourceGroup}/providers/Microsoft.DataFactory/factories/{Factory}";

    /// <summary>Where ADF Studio shows a run of a pipeline; null for an emulator.</summary>
    public Uri? MonitoringAddress(string runId) => Cloud is null
        ? null
        : new Uri(Cloud.Studio, $"/en/monitoring/pipelineruns/{Uri.EscapeDataString(runId)}?factory={Uri.EscapeDataString(ResourceId)}");

    /// <summary>
    /// Where ADF Studio shows a resource: a pipeline itself, of linked services their list, of all else where it is written. Addresses as Studio itself
    /// shows them. Null for an emulator.
    /// </summary>
    /// <param name="kind">As the Git form's folders name it.</param>
    public Uri? AuthoringAddress(string kind, string name) => Cloud is null
        ? null
        : new Uri(Cloud.Studio, $"/en/{kind switch
        {
            "pipeline" => $"authoring/pipeline/{Uri.EscapeDataString(name)}",
            "linkedService" => "management/datalinkedservices",
            _ => "authoring",
        }}?factory={Uri.EscapeDataString(ResourceId)}");

    /// <summary>Where the Azure portal shows the factory; null for an emulator.</summary>
    public Uri? PortalAddress => Cloud is null ? null : new Uri(Cloud.Portal, $"/#resource{ResourceId}");
}
