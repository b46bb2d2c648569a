// Operations on factories themselves.
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

internal sealed class FactoryOperations(ResourceStore store, ServiceSettings settings)
{
    /// <summary>The longest name of a resource group, in characters, by Resource Manager's rules.</summary>
    private const int LongestGroup = 90;

    /// <summary>What only the service writes in a factory; a request's is not looked at.</summary>
    private static readonly string[] ServiceNames = ["id", "name", "type", "eTag", "etag", "systemData"];

    public IEnumerable<Operation> List() =>
    [
        new("Factories_List", "GET", Operation.Provider + "/factories", call => ListFactories(call, null)),
        new("Factories_ListByResourceGroup", "GET", Operation.Factories, call => ListFactories(call, call["group"])),
        new("Factories_ConfigureFactoryRepo", "POST", Operation.Provider + "/locations/{location}/configureFactoryRepo", ConfigureRepository),
        new("Factories_Get", "GET", Operation.Factory, Get),
        new("Factories_CreateOrUpdate", "PUT", Operation.Factory, Put),
        new("Factories_Update", "PATCH", Operation.Factory, Patch),
        new("Factories_Delete", "DELETE", Operation.Factory, call => new ArmResponse(store.DeleteFactory(call.Key) ? 200 : 204)),
        new("Factories_GetDataPlaneAccess", "POST", Operation.Factory + "/getDataPlaneAccess", GetDataPlaneAccess),
        settings.Pending.Poll(),
    ];

    private ArmResponse ListFactories(ArmCall call, string? group) => settings.Page(call.Request, store.ListFactories(call["subscription"], group).Select(Describe));

    private ArmResponse Get(ArmCall call)
    {
        var found = store.FindFactory(call.Key) ?? throw ArmErrorException.NoFactory(call.Key);
        return call.Request.Has(found.ETag) ? new ArmResponse(304) : new ArmResponse(200, Describe(found));
    }

    private ArmResponse Put(ArmCall call)
    {
        NameRule.Host.Check(call.Key.Name, "InvalidFactoryName");
        if (call.Key.ResourceGroup.Length > LongestGroup || !Guid.TryParse(call.Key.Subscription, out _) && call.Key.Subscription.Length > LongestGroup)
        {
            throw new ArmErrorException(400, "InvalidResourceGroup", "The name of the resource group or the subscription is too long.");
        }

        var body = call.Request.ReadBody();
        if (body["location"] is null)
        {
            throw new ArmErrorException(400, "LocationRequired", "The location property is required for this definition.");
        }

        if (body["properties"] is not (null or JsonObject))
        {
            throw ArmErrorException.BadRequest("The factory's 'properties' must be an object.");
        }

        foreach (var name in ServiceNames)
        {
            body.Remove(name);
        }

        return new ArmResponse(200, Describe(store.PutFactory(call.Key, old =>
        {
            call.Request.RequireMatch(old?.ETag);
            return body;
        })));
    }

    /// <summary>A PATCH of a factory changes tags and identity, and whether it can be reached from everywhere.</summary>
    private ArmResponse Patch(ArmCall call)
    {
        var patch = call.Request.ReadBody();
        return new ArmResponse(200, Describe(store.PutFactory(call.Key, old =>
        {
            var body = (JsonObject)(old ?? throw ArmErrorException.NoFactory(call.Key)).Body.DeepClone();
            foreach (var name in (string[])["tags", "identity"])
            {
                if (patch[name] is { } value)
                {
                    body[name] = value.DeepClone();
                }
            }

            if (patch["properties"].Text("publicNetworkAccess") is { } access)
            {
                body["properties"]!["publicNetworkAccess"] = access;
            }

            return body;
        })));
    }

    private ArmResponse ConfigureRepository(ArmCall call)
    {
        var body = call.Request.ReadBody();
        var key = body.Text("factoryResourceId")?.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["subscriptions", var subscription, _, var group, _, _, _, var name] => new FactoryKey(subscription, group, name),
            _ => throw ArmErrorException.BadRequest("'factoryResourceId' must be the id of a factory."),
        };
        return new ArmResponse(200, Describe(store.PutFactory(key, old =>
        {
            var changed = (JsonObject)(old ?? throw ArmErrorException.NoFactory(key)).Body.DeepClone();
            changed["properties"]!.AsObject().Remove("repoConfiguration");
            if (body["repoConfiguration"] is JsonObject repository)
            {
                changed["properties"]!["repoConfiguration"] = repository.DeepClone();
            }

            return changed;
        })));
    }

    /// <summary>A token that opens nothing: there is no data behind the emulator.</summary>
    private ArmResponse GetDataPlaneAccess(ArmCall call)
    {
        var factory = store.FindFactory(call.Key) ?? throw ArmErrorException.NoFactory(call.Key);
        return new ArmResponse(200, new JsonObject
        {
            ["policy"] = call.Request.ReadBody(),
            ["dataPlaneUrl"] = $"https://{factory.Key.Name}.emulator.invalid",
            ["accessToken"] = "emulated",
        });
    }

    private static JsonObject Describe(StoredFactory factory)
    {
        var content = new JsonObject
        {
            ["name"] = factory.Key.Name,
            ["id"] = factory.Key.Id,
            ["type"] = "Microsoft.DataFactory/factories",
        };
        var properties = new JsonObject
        {
            ["provisioningState"] = "Succeeded",
            ["createTime"] = factory.Created,
            ["version"] = "2018-06-01",
        };
        foreach (var (name, value) in (JsonObject)factory.Body["properties"]!)
        {
            properties[name] = properties[name] ?? value?.DeepClone();
        }

        content["properties"] = properties;
        content["eTag"] = $"\"{factory.ETag}\"";
        foreach (var (name, value) in factory.Body.Where(p => p.Key != "properties"))
        {
            content[name] = value?.DeepClone();
        }

        if (content["identity"] is JsonObject identity && identity.Text("type")?.Contains("SystemAssigned", StringComparison.OrdinalIgnoreCase) == true)
        {
            identity["principalId"] = "22222222-2222-2222-2222-222222222222";
            identity["tenantId"] = DirectoryOperations.Tenant;
        }

        return content;
    }
}
