using System.Diagnostics.CodeAnalysis;

namespace Pipewright.Azure.Databricks;

/// <summary>
/// A workspace of Azure Databricks, or an emulator. Its address is a text in somebody's file, so what is here was checked: a token goes nowhere but to hosts under the
/// domains that Azure Databricks itself has in Azure's clouds.
/// </summary>
public sealed record DatabricksWorkspace
{
    private DatabricksWorkspace(Uri address, AzureCloud? cloud) => (Address, Cloud) = (address, cloud);

    /// <summary>Scheme and host, nothing behind them.</summary>
    public Uri Address { get; }

    /// <summary>Null for an emulator.</summary>
    public AzureCloud? Cloud { get; }

    public bool IsEmulator => Cloud is null;

    /// <summary>The host, with its port where that is an unusual one.</summary>
    public string Host => Address.Authority;

    /// <summary>The tenant to sign in to; null for the one that the user is signed in to.</summary>
    public string? Tenant { get; init; }

    /// <summary>
    /// The workspace as a resource of Azure, <c>/subscriptions/…/providers/Microsoft.Databricks/workspaces/NAME</c>: it lets in who has a role on the resource and was never in the
    /// workspace ("Azure Databricks: authentication with Microsoft Entra tokens" in Microsoft's documentation). Null where it is not known.
    /// </summary>
    public string? ResourceId { get; init; }

    /// <param name="domain">As <c>domain</c> of a linked service has it: <c>https://adb-1.2.azuredatabricks.net</c>. A path and a query behind the host are left out, as is a user before it.</param>
    /// <param name="problem">Why it is no workspace, as a sentence; null where it is one.</param>
    public static DatabricksWorkspace? Parse(string domain, out string? problem)
    {
        problem = null;
        var text = domain.Trim();
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            problem = $"'{domain}' is no address of a Databricks workspace. Write 'domain' as https://adb-NUMBER.N.azuredatabricks.net.";
            return null;
        }

        var bare = new Uri(address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
        if (IsLoopback(bare))
        {
            return new DatabricksWorkspace(bare, null);
        }

        if (AzureCloud.All.FirstOrDefault(c => c.IsDatabricks(bare)) is { } cloud)
        {
            return new DatabricksWorkspace(bare, cloud);
        }

        problem = $"{bare} is no workspace of Azure Databricks and no emulator on this machine, so no request and no token is sent there. "
            + $"Write 'domain' with https:// and a host that ends in {string.Join(", ", AzureCloud.All.Select(c => "." + c.DatabricksDomain))}.";
        return null;
    }

    /// <summary>As <see cref="Parse"/>, for who does not ask why.</summary>
    public static bool TryParse(string domain, [NotNullWhen(true)] out DatabricksWorkspace? workspace) => (workspace = Parse(domain, out _)) is not null;

    /// <summary>The address of a page of the workspace, such as a run's: null where it leads elsewhere.</summary>
    public Uri? OwnPage(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var page) && page.Scheme == Address.Scheme && page.Authority == Address.Authority ? page : null;

    private static bool IsLoopback(Uri address) => address is { Scheme: "http", IsLoopback: true };
}
