using System.Collections.Immutable;

namespace Pipewright.Azure;

/// <summary>One of Azure's clouds. Its addresses are those that Microsoft's documentation names ("Compare Azure Government and global Azure", "Azure China developer guide").</summary>
/// <param name="Name">As targets in <c>pipewright.yaml</c> name it.</param>
/// <param name="Endpoint">Azure Resource Manager: the one host that a token for it is sent to.</param>
/// <param name="AuthorityHost">Microsoft Entra, which gives tokens.</param>
/// <param name="Portal">The Azure portal.</param>
/// <param name="Studio">Azure Data Factory Studio.</param>
/// <param name="DatabricksDomain">What the host names of Databricks workspaces end in.</param>
public sealed record AzureCloud(string Name, Uri Endpoint, Uri AuthorityHost, Uri Portal, Uri Studio, string DatabricksDomain)
{
    /// <summary>The scope of a token for a Databricks workspace: the application that it is in every cloud.</summary>
    public const string DatabricksScope = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default";

    public static AzureCloud Public { get; } = new(
        "public", new("https://management.azure.com"), new("https://login.microsoftonline.com"), new("https://portal.azure.com"), new("https://adf.azure.com"), "azuredatabricks.net");

    public static AzureCloud USGovernment { get; } = new(
        "usGovernment", new("https://management.usgovcloudapi.net"), new("https://login.microsoftonline.us"), new("https://portal.azure.us"), new("https://adf.azure.us"), "databricks.azure.us");

    public static AzureCloud China { get; } = new(
        "china", new("https://management.chinacloudapi.cn"), new("https://login.chinacloudapi.cn"), new("https://portal.azure.cn"), new("https://adf.azure.cn"), "databricks.azure.cn");

    public static ImmutableArray<AzureCloud> All { get; } = [Public, USGovernment, China];

    /// <summary>The scope of a token for Azure Resource Manager.</summary>
    public string Scope => new Uri(Endpoint, ".default").AbsoluteUri;

    /// <summary>Null for a name that is not one of <see cref="All"/>.</summary>
    public static AzureCloud? Find(string name) => All.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The cloud whose Resource Manager is at an address; null where it is nobody's.</summary>
    public static AzureCloud? FindByEndpoint(Uri endpoint) => All.FirstOrDefault(c => c.Endpoint.Scheme == endpoint.Scheme && c.Endpoint.Authority == endpoint.Authority);

    /// <summary>Whether a host is a Databricks workspace of this cloud, and so may be sent a token for one.</summary>
    public bool IsDatabricks(Uri address) => address is { Scheme: "https", IsDefaultPort: true } && address.Host.EndsWith("." + DatabricksDomain, StringComparison.OrdinalIgnoreCase);
}
