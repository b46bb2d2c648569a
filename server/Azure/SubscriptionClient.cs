using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;

namespace Pipewright.Azure;

/// <summary>A subscription that the user may see.</summary>
/// <param name="Tenant">The tenant that it belongs to; null where the service does not tell.</param>
/// <param name="State">Such as <c>Enabled</c>.</param>
public sealed record AzureSubscription(string Id, string Name, string? Tenant, string State);

/// <summary>A factory that the user may see.</summary>
/// <param name="IsConnectedToGit">Studio publishes to it from a branch.</param>
public sealed record AzureFactory(string Subscription, string ResourceGroup, string Name, string? Location, bool IsConnectedToGit);

/// <summary>What there is to deploy to. All methods throw <see cref="ArmException"/> when the service refuses or can't be reached.</summary>
/// <param name="endpoint">One of Azure's clouds, or an emulator.</param>
/// <param name="credential">Null for an emulator.</param>
public sealed class SubscriptionClient(Uri endpoint, string? tenant, TokenCredential? credential, ArmOptions? options = null)
{
    /// <summary>Of Microsoft.Resources, for subscriptions.</summary>
    private const string SubscriptionsVersion = "2022-12-01";

    private const string FactoriesVersion = "2018-06-01";

    private readonly ArmConnection _connection = new(endpoint, tenant, null, credential, options ?? ArmOptions.Default);

    /// <summary>The subscriptions of the tenant that the user is signed in to. What can't be understood is left out.</summary>
    public async IAsyncEnumerable<AzureSubscription> ListSubscriptionsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var item in _connection.ListAsync(_connection.MakeUri("/subscriptions", SubscriptionsVersion), cancellation))
        {
            if (item.Text("subscriptionId") is { } id)
            {
                yield return new AzureSubscription(id, item.Text("displayName") ?? id, item.Text("tenantId"), item.Text("state") ?? "");
            }
        }
    }

    /// <param name="resourceGroup">Null for those of all groups.</param>
    public async IAsyncEnumerable<AzureFactory> ListFactoriesAsync(string subscription, string? resourceGroup, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var group = resourceGroup is null ? "" : $"/resourceGroups/{Uri.EscapeDataString(resourceGroup)}";
        var path = $"/subscriptions/{Uri.EscapeDataString(subscription)}{group}/providers/Microsoft.DataFactory/factories";
        await foreach (var item in _connection.ListAsync(_connection.MakeUri(path, FactoriesVersion), cancellation))
        {
            if (item.Text("name") is { } name && (resourceGroup ?? GroupOf(item.Text("id"))) is { } known)
            {
                yield return new AzureFactory(subscription, known, name, item.Text("location"), item.Member("properties")?.Member("repoConfiguration") is { ValueKind: JsonValueKind.Object });
            }
        }
    }

    private static string? GroupOf(string? id)
    {
        var parts = id?.Split('/') ?? [];
        var at = Array.FindIndex(parts, p => p.Equals("resourceGroups", StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at + 1 < parts.Length ? Uri.UnescapeDataString(parts[at + 1]) : null;
    }
}
