using Azure.Core;
using Azure.Identity;

namespace Pipewright.Azure;

/// <summary>The credentials of this machine, for programs that have no editor to ask.</summary>
public static class AzureCredentials
{
    /// <summary>Azure's usual chain: environment, workload identity, managed identity, Azure CLI, Azure PowerShell, Azure Developer CLI. Nothing in it asks a person.</summary>
    /// <param name="tenant">Null for the one that each of them is signed in to.</param>
    public static TokenCredential FromMachine(AzureCloud cloud, string? tenant)
    {
        var options = new DefaultAzureCredentialOptions
        {
            AuthorityHost = cloud.AuthorityHost,
            ExcludeInteractiveBrowserCredential = true,
            ExcludeVisualStudioCredential = true,
            ExcludeVisualStudioCodeCredential = true,
            ExcludeBrokerCredential = true,
        };
        if (tenant is not null)
        {
            options.TenantId = tenant;
        }

        return new DefaultAzureCredential(options);
    }
}
