// What the emulator answers: ARM's operations on factories and what is in them.
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipewright.Core.Schema;

namespace Pipewright.Emulator;

/// <summary>A request without anything of HTTP that does not matter.</summary>
/// <param name="Address">Scheme, host and path, for links to the next page.</param>
internal sealed record ArmRequest(string Method, string Path, string Address, string? SkipToken, string? IfMatch, string? IfNoneMatch, string Body);

/// <param name="Content">Null for an answer without a body.</param>
internal sealed record ArmResponse(int Status, JsonNode? Content = null);

internal sealed partial class ArmService(ResourceStore store, int pageSize)
{
    /// <exception cref="ArmErrorException">The request is refused.</exception>
    public ArmResponse Answer(ArmRequest request)
    {
        var path = ArmPath.Parse(request.Path)
            ?? throw new ArmErrorException(404, "InvalidResourceType", $"The emulator has nothing at '{request.Path}'. It answers for Microsoft.DataFactory/factories.");
        if (path.Factory is null)
        {
            return request.Method == "GET"
                ? Page(request, [.. store.ListFactories(path.Subscription, path.ResourceGroup).Select(Describe)])
                : throw NotSupported(request);
        }

        if (path.Rest.Length == 0)
        {
            return AnswerFactory(request, path.Key);
        }

        var key = store.FindFactory(path.Key)?.Key
            ?? throw new ArmErrorException(404, "ResourceNotFound", $"The Resource 'Microsoft.DataFactory/factories/{path.Factory}' under resource group '{path.ResourceGroup}' was not found.");
        return path.Rest switch
        {
            [var action] when action.Equals("querytriggers", StringComparison.OrdinalIgnoreCase) && request.Method == "POST" =>
                new ArmResponse(200, new JsonObject { ["value"] = new JsonArray([.. store.List(key, "triggers").Select(r => Describe(key, r))]) }),
            [var segment] when FindTop(segment) is { } collection => List(request, key, collection.Segment),
            [var segment, var name] when FindTop(segment) is { } collection => AnswerResource(request, key, collection, collection.Segment, name),
            [var segment, var name, var action] when segment.Equals("triggers", StringComparison.OrdinalIgnoreCase) && request.Method == "POST" => ActOnTrigger(request, key, name, action),
            [var networks, var network, var endpoints, .. var rest] when IsPrivateEndpoint(networks, endpoints) && rest.Length <= 1 => AnswerEndpoint(request, key, network, rest),
            _ => throw NotSupported(request),
        };
    }

    /// <summary>A collection right below a factory; private endpoints are below a network.</summary>
    private static ArmCollection? FindTop(string segment) => ArmCollection.Find(segment) is { Kind: not ResourceKind.ManagedPrivateEndpoint } collection ? collection : null;

    private static bool IsPrivateEndpoint(string networks, string endpoints) => networks.Equals("managedVirtualNetworks", StringComparison.OrdinalIgnoreCase)
        && endpoints.Equals("managedPrivateEndpoints", StringComparison.OrdinalIgnoreCase);

    private static ArmErrorException NotSupported(ArmRequest request) =>
        new(501, "NotSupportedByEmulator", $"The emulator does not do {request.Method} {request.Path}.");

    private ArmResponse AnswerEndpoint(ArmRequest request, FactoryKey key, string network, string[] rest)
    {
        if (store.Find(key, "managedVirtualNetworks", network) is not { } stored)
        {
            throw ArmErrorException.NotFound("ManagedVirtualNetworkNotFound", network);
        }

        var collection = $"{stored.Path}/managedPrivateEndpoints";
        return rest is [var name] ? AnswerResource(request, key, ArmCollection.Find("managedPrivateEndpoints")!, collection, name) : List(request, key, collection);
    }

    private ArmResponse AnswerFactory(ArmRequest request, FactoryKey key)
    {
        switch (request.Method)
        {
            case "GET":
                var found = store.FindFactory(key) ?? throw new ArmErrorException(
                    404, "ResourceNotFound", $"The Resource 'Microsoft.DataFactory/factories/{key.Name}' under resource group '{key.ResourceGroup}' was not found.");
                return Matches(request.IfNoneMatch, found.ETag) ? new ArmResponse(304) : new ArmResponse(200, Describe(found));
            case "PUT":
                CheckFactoryName(key.Name);
                var body = ReadBody(request);
                if (body["location"] is null)
                {
                    throw new ArmErrorException(400, "LocationRequired", "The location property is required for this definition.");
                }

                return new ArmResponse(200, Describe(store.PutFactory(key, KeepWritable(body), old => RequireMatch(request.IfMatch, old?.ETag))));
            case "PATCH":
                var patch = ReadBody(request);
                var current = store.FindFactory(key) ?? throw new ArmErrorException(404, "ResourceNotFound", $"There is no factory '{key.Name}'.");
                return new ArmResponse(200, Describe(store.PutFactory(key, Merge(current.Body, patch), _ => { })));
            case "DELETE":
                return new ArmResponse(store.DeleteFactory(key) ? 200 : 204);
            default:
                throw NotSupported(request);
        }
    }

    private static JsonObject KeepWritable(JsonObject body)
    {
        foreach (var name in (string[])["id", "name", "type", "eTag", "etag"])
        {
            body.Remove(name);
        }

        return body;
    }

    /// <summary>A PATCH of a factory changes tags and identity.</summary>
    private static JsonObject Merge(JsonObject current, JsonObject patch)
    {
        var merged = (JsonObject)current.DeepClone();
        foreach (var name in (string[])["tags", "identity"])
        {
            if (patch[name] is { } value)
            {
                merged[name] = value.DeepClone();
            }
        }

        return merged;
    }

    private ArmResponse List(ArmRequest request, FactoryKey key, string collection) => request.Method == "GET"
        ? Page(request, [.. store.List(key, collection).Select(r => Describe(key, r))])
        : throw NotSupported(request);

    private ArmResponse Page(ArmRequest request, JsonNode[] items)
    {
        var skip = int.TryParse(request.SkipToken, out var parsed) ? Math.Clamp(parsed, 0, items.Length) : 0;
        var page = new JsonObject { ["value"] = new JsonArray(items[skip..Math.Min(items.Length, skip + pageSize)]) };
        if (skip + pageSize < items.Length)
        {
            page["nextLink"] = $"{request.Address}?api-version=2018-06-01&%24skiptoken={skip + pageSize}";
        }

        return new ArmResponse(200, page);
    }

    private ArmResponse AnswerResource(ArmRequest request, FactoryKey key, ArmCollection kind, string collection, string name)
    {
        switch (request.Method)
        {
            case "GET":
                var found = store.Find(key, collection, name) ?? throw ArmErrorException.NotFound(kind.NotFound, name);
                return Matches(request.IfNoneMatch, found.ETag) ? new ArmResponse(304) : new ArmResponse(200, Describe(key, found));
            case "PUT":
                CheckName(name);
                var properties = ReadProperties(ReadBody(request), kind);
                return new ArmResponse(200, Describe(key, store.Put(key, collection, name, (old, others) => Prepare(request, kind, $"{collection}/{name}", properties, old, others))));
            case "DELETE":
                return new ArmResponse(store.Delete(key, collection, name, CheckDelete) ? 200 : 204);
            default:
                throw NotSupported(request);
        }
    }

    private static JsonObject Prepare(
        ArmRequest request, ArmCollection kind, string path, JsonObject properties, StoredResource? old, IReadOnlyCollection<StoredResource> others)
    {
        RequireMatch(request.IfMatch, old?.ETag);
        ReferenceChecks.RefuseMissing(properties, path, others);
        if (kind.Kind == ResourceKind.IntegrationRuntime && old is not null && Text(old.Properties, "type") != Text(properties, "type"))
        {
            throw new ArmErrorException(400, "DataFactoryPropertyUpdateNotSupported", "Updating property type is not supported.");
        }

        if (kind.Kind == ResourceKind.Trigger)
        {
            RefuseStarted(old, "update");
            properties["runtimeState"] = "Stopped";
        }

        return properties;
    }

    private static void CheckDelete(StoredResource resource, IReadOnlyCollection<StoredResource> others)
    {
        if (resource.Collection == "triggers")
        {
            RefuseStarted(resource, "delete");
        }

        ReferenceChecks.RefuseReferenced(resource, others);
    }

    private static void RefuseStarted(StoredResource? trigger, string verb)
    {
        if (trigger is not null && Text(trigger.Properties, "runtimeState") == "Started")
        {
            throw new ArmErrorException(400, "TriggerEnabledCannotUpdate", $"Cannot {verb} enabled Trigger; the trigger needs to be disabled first.");
        }
    }

    private ArmResponse ActOnTrigger(ArmRequest request, FactoryKey key, string name, string action)
    {
        var state = action.ToUpperInvariant() switch
        {
            "START" => "Started",
            "STOP" => "Stopped",
            "GETEVENTSUBSCRIPTIONSTATUS" or "SUBSCRIBETOEVENTS" or "UNSUBSCRIBEFROMEVENTS" => null,
            _ => throw NotSupported(request),
        };
        var trigger = store.Find(key, "triggers", name) ?? throw ArmErrorException.NotFound("TriggerNotFound", name);
        if (state is null)
        {
            var isStarted = Text(trigger.Properties, "runtimeState") == "Started";
            return new ArmResponse(200, new JsonObject { ["triggerName"] = trigger.Name, ["status"] = isStarted ? "Enabled" : "Disabled" });
        }

        store.Put(key, "triggers", name, (old, _) =>
        {
            var properties = (JsonObject)(old ?? throw ArmErrorException.NotFound("TriggerNotFound", name)).Properties.DeepClone();
            properties["runtimeState"] = state;
            return properties;
        });
        return new ArmResponse(200);
    }

    private static JsonObject ReadBody(ArmRequest request)
    {
        try
        {
            return JsonNode.Parse(request.Body, null, new JsonDocumentOptions { MaxDepth = 512, AllowDuplicateProperties = false }) as JsonObject
                ?? throw ArmErrorException.BadRequest("The request body must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new ArmErrorException(400, "InvalidRequestContent", $"The request content was invalid and could not be deserialized: '{e.Message}'.");
        }
    }

    private static JsonObject ReadProperties(JsonObject body, ArmCollection kind)
    {
        var properties = body["properties"] switch
        {
            JsonObject value => value,
            null when kind.Kind == ResourceKind.ManagedVirtualNetwork => [],
            _ => throw ArmErrorException.BadRequest("The request body needs an object 'properties'."),
        };
        if (kind.NeedsType && Text(properties, "type") is not { Length: > 0 })
        {
            throw ArmErrorException.BadRequest($"The properties of one of the {kind.Segment} need a 'type'.");
        }

        body.Remove("properties");
        return properties;
    }

    private static void CheckName(string name)
    {
        if (!ResourceName().IsMatch(name))
        {
            throw new ArmErrorException(400, "InvalidResourceName", $"'{name}' is not a valid name: it begins with a letter, a digit or '_' and has none of < > * # . % & : \\ + ? / in it.");
        }
    }

    private static void CheckFactoryName(string name)
    {
        if (!FactoryName().IsMatch(name) || name.Length is < 3 or > 63)
        {
            throw new ArmErrorException(400, "InvalidFactoryName", $"'{name}' is not a valid name of a factory: letters, digits and single dashes, 3 to 63 of them.");
        }
    }

    /// <summary>An If-Match of <c>*</c> replaces or creates whatever there is.</summary>
    private static void RequireMatch(string? ifMatch, string? etag)
    {
        if (ifMatch is not null and not "*" && !Matches(ifMatch, etag))
        {
            throw ArmErrorException.PreconditionFailed();
        }
    }

    private static bool Matches(string? header, string? etag) => header is not null && etag is not null
        && header.Split(',', StringSplitOptions.TrimEntries).Any(h => h == "*" || h.Replace("W/", "", StringComparison.Ordinal).Trim('"') == etag);

    private static JsonObject Describe(StoredFactory factory)
    {
        var content = (JsonObject)factory.Body.DeepClone();
        content["name"] = factory.Key.Name;
        content["id"] = factory.Key.Id;
        content["type"] = "Microsoft.DataFactory/factories";
        content["eTag"] = $"\"{factory.ETag}\"";
        if (content["properties"] is not JsonObject properties)
        {
            content["properties"] = properties = [];
        }

        properties["provisioningState"] = "Succeeded";
        properties["createTime"] = factory.Created;
        properties["version"] = "2018-06-01";
        return content;
    }

    private static JsonObject Describe(FactoryKey key, StoredResource resource)
    {
        var parts = resource.Collection.Split('/');
        var type = "Microsoft.DataFactory/factories/" + string.Join('/', parts.Where((_, i) => i % 2 == 0));
        return new JsonObject
        {
            ["id"] = $"{key.Id}/{resource.Path}",
            ["name"] = resource.Name,
            ["type"] = type,
            ["properties"] = resource.Properties.DeepClone(),
            ["etag"] = resource.ETag,
        };
    }

    private static string? Text(JsonObject value, string name) => value[name] is JsonValue node && node.TryGetValue(out string? text) ? text : null;

    /// <summary>Microsoft's REST model 2018-06-01: 1 to 260 characters.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_][^<>*#.%&:\\+?/]{0,259}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ResourceName();

    [GeneratedRegex(@"^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex FactoryName();
}
