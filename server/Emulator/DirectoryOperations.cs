// What is around the factories: subscriptions, resource groups and tenants for an editor that lets its user pick a factory, the list of operations,
// and the switches of the service's features. All of Resource Manager's own is told from the factories that there are.
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

internal sealed class DirectoryOperations(ResourceStore store, ServiceSettings settings, Func<IReadOnlyList<Operation>> all)
{
    /// <summary>The tenant of every subscription.</summary>
    public const string Tenant = "11111111-1111-1111-1111-111111111111";

    public IEnumerable<Operation> List() =>
    [
        new("Subscriptions_List", "GET", "/subscriptions", call => settings.Page(call.Request, Subscriptions().Select(DescribeSubscription))) { Service = EmulatedService.Around },
        new("Subscriptions_Get", "GET", Operation.Subscription, call => new ArmResponse(200, DescribeSubscription(FindSubscription(call)))) { Service = EmulatedService.Around },
        new("ResourceGroups_List", "GET", Operation.Subscription + "/resourcegroups", ListGroups) { Service = EmulatedService.Around },
        new("Tenants_List", "GET", "/tenants", call => settings.Page(call.Request, [DescribeTenant()])) { Service = EmulatedService.Around },
        new("Operations_List", "GET", "/providers/Microsoft.DataFactory/operations", ListOperations),
        new("ExposureControl_GetFeatureValue", "POST", Operation.Provider + "/locations/{location}/getFeatureValue", GetFeature),
        new("ExposureControl_GetFeatureValueByFactory", "POST", Operation.Factory + "/getFeatureValue", GetFeature),
        new("ExposureControl_QueryFeatureValuesByFactory", "POST", Operation.Factory + "/queryFeaturesValue", QueryFeatures),
    ];

    private IEnumerable<string> Subscriptions() => store.ListFactories(null, null).Select(f => f.Key.Subscription).Distinct(StringComparer.OrdinalIgnoreCase);

    private string FindSubscription(ArmCall call) => Subscriptions().FirstOrDefault(s => s.Equals(call["subscription"], StringComparison.OrdinalIgnoreCase))
        ?? throw new ArmErrorException(404, "SubscriptionNotFound", $"The subscription '{call["subscription"]}' could not be found.");

    private ArmResponse ListGroups(ArmCall call)
    {
        var subscription = FindSubscription(call);
        return settings.Page(call.Request, store.ListFactories(subscription, null).GroupBy(f => f.Key.ResourceGroup, StringComparer.OrdinalIgnoreCase).Select(group => new JsonObject
        {
            ["id"] = $"/subscriptions/{subscription}/resourceGroups/{group.Key}",
            ["name"] = group.Key,
            ["type"] = "Microsoft.Resources/resourceGroups",
            ["location"] = group.First().Body["location"]?.DeepClone(),
            ["properties"] = new JsonObject { ["provisioningState"] = "Succeeded" },
        }));
    }

    private static JsonObject DescribeSubscription(string id) => new()
    {
        ["id"] = $"/subscriptions/{id}",
        ["authorizationSource"] = "RoleBased",
        ["subscriptionId"] = id,
        ["tenantId"] = Tenant,
        ["displayName"] = $"Emulated {id}",
        ["state"] = "Enabled",
        ["subscriptionPolicies"] = new JsonObject { ["locationPlacementId"] = "Public_2014-09-01", ["quotaId"] = "PayAsYouGo_2014-09-01", ["spendingLimit"] = "Off" },
    };

    private static JsonObject DescribeTenant() => new()
    {
        ["id"] = $"/tenants/{Tenant}",
        ["tenantId"] = Tenant,
        ["countryCode"] = "US",
        ["displayName"] = "Emulated",
        ["domains"] = new JsonArray("emulated.onmicrosoft.com"),
        ["tenantCategory"] = "Home",
        ["defaultDomain"] = "emulated.onmicrosoft.com",
        ["tenantType"] = "AAD",
    };

    /// <summary>The permissions that roles name, of what the emulator does.</summary>
    private ArmResponse ListOperations(ArmCall call) => settings.Page(call.Request, all().Where(o => o.Service == EmulatedService.DataFactory).Select(ToPermission).DistinctBy(p => p.Name).Select(p => new JsonObject
    {
        ["origin"] = "user,system",
        ["name"] = p.Name,
        ["display"] = new JsonObject { ["provider"] = "Microsoft.DataFactory", ["resource"] = p.Resource, ["operation"] = p.Verb, ["description"] = $"{p.Verb}: {p.Resource}" },
    }));

    private static (string Name, string Resource, string Verb) ToPermission(Operation operation)
    {
        var below = operation.Segments.SkipWhile(s => s != "Microsoft.DataFactory").Skip(1).Where(s => !s.StartsWith('{')).ToArray();
        var verb = operation.Method switch { "GET" => "read", "PUT" or "PATCH" => "write", "DELETE" => "delete", _ => "action" };
        var resource = string.Join('/', verb == "action" ? below[..^1] : below);
        return ($"Microsoft.DataFactory/{string.Join('/', below)}/{verb}", resource, verb == "action" ? below[^1] : verb);
    }

    /// <summary>No feature that is being tried out is on.</summary>
    private ArmResponse GetFeature(ArmCall call)
    {
        RequireFactory(call);
        return new ArmResponse(200, DescribeFeature(call.Request.ReadBody()));
    }

    private ArmResponse QueryFeatures(ArmCall call)
    {
        RequireFactory(call);
        var asked = call.Request.ReadBody()["exposureControlRequests"] as JsonArray ?? throw ArmErrorException.BadRequest("The request body needs an array 'exposureControlRequests'.");
        return new ArmResponse(200, new JsonObject { ["exposureControlResponses"] = new JsonArray([.. asked.Select(a => DescribeFeature(a))]) });
    }

    private void RequireFactory(ArmCall call)
    {
        if (call.Values.ContainsKey("factory") && store.FindFactory(call.Key) is null)
        {
            throw ArmErrorException.NoFactory(call.Key);
        }
    }

    private static JsonObject DescribeFeature(JsonNode? asked) => new() { ["featureName"] = asked.Text("featureName"), ["value"] = "False" };
}
