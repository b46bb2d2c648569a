// What can be asked of integration runtimes. No machine is behind a self-hosted one: it needs registration until the admin route gives it a node.
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

internal sealed class RuntimeOperations(ResourceStore store, ResourceViews views, ServiceSettings settings)
{
    public const string Collection = "integrationRuntimes";
    public const string SelfHosted = "SelfHosted";

    private const string One = Operation.Factory + "/integrationRuntimes/{name}";
    private const string Node = One + "/nodes/{node}";
    private const string Version = "5.50.9171.1";

    public IEnumerable<Operation> List() =>
    [
        new("IntegrationRuntimes_Update", "PATCH", One, Update),
        new("IntegrationRuntimes_GetStatus", "POST", One + "/getStatus", call => Answer(call, DescribeStatus)),
        new("IntegrationRuntimes_Start", "POST", One + "/start", call => Turn(call, "Starting", "Started")),
        new("IntegrationRuntimes_Stop", "POST", One + "/stop", call => Turn(call, "Stopping", "Stopped")),
        new("IntegrationRuntimes_GetConnectionInfo", "POST", One + "/getConnectionInfo", call => Answer(call, DescribeConnection)),
        new("IntegrationRuntimes_ListAuthKeys", "POST", One + "/listAuthKeys", call => Answer(call, (key, runtime) => ReadKeys(key, runtime, null))),
        new("IntegrationRuntimes_RegenerateAuthKey", "POST", One + "/regenerateAuthKey", RegenerateKey),
        new("IntegrationRuntimes_GetMonitoringData", "POST", One + "/monitoringData", call => Answer(call, DescribeLoad)),
        new("IntegrationRuntimeNodes_Get", "GET", Node, call => new ArmResponse(200, DescribeNode(FindNode(call).Node))),
        new("IntegrationRuntimeNodes_Update", "PATCH", Node, UpdateNode),
        new("IntegrationRuntimeNodes_Delete", "DELETE", Node, DeleteNode),
        new("IntegrationRuntimeNodes_GetIpAddress", "POST", Node + "/ipAddress", call => new ArmResponse(200, new JsonObject { ["ipAddress"] = FindNode(call).Node.Properties.Text("ipAddress") })),
    ];

    public static string NodesOf(StoredResource runtime) => $"{runtime.Path}/nodes";

    /// <summary>Whether it runs packages of SSIS, which is started and stopped.</summary>
    public static bool RunsPackages(StoredResource runtime) => runtime.Properties["typeProperties"]?["ssisProperties"] is JsonObject;

    /// <summary>Gives a self-hosted runtime a node, or changes the status of one; in Azure the node's own installer does so.</summary>
    /// <exception cref="ArmErrorException">There is no such runtime.</exception>
    public static JsonObject Register(ResourceStore store, FactoryKey key, string runtime, string node, string status, DateTimeOffset now)
    {
        var found = store.Find(key, Collection, runtime) ?? throw ArmErrorException.NotFound("IntegrationRuntimeNotFound", runtime);
        RequireSelfHosted(found);
        return DescribeNode(store.Put(key, NodesOf(found), node, (old, _) =>
        {
            var properties = (JsonObject?)old?.Properties.DeepClone() ?? new JsonObject { ["registerTime"] = Format(now), ["maxConcurrentJobs"] = 56, ["ipAddress"] = "192.0.2.1" };
            properties["status"] = status;
            properties["lastConnectTime"] = Format(now);
            return properties;
        }));
    }

    private (FactoryKey Key, StoredResource Runtime) Find(ArmCall call)
    {
        var key = store.FindFactory(call.Key)?.Key ?? throw ArmErrorException.NoFactory(call.Key);
        return (key, store.Find(key, Collection, call["name"]) ?? throw ArmErrorException.NotFound("IntegrationRuntimeNotFound", call["name"]));
    }

    private (FactoryKey Key, StoredResource Runtime, StoredResource Node) FindNode(ArmCall call)
    {
        var (key, runtime) = Find(call);
        RequireSelfHosted(runtime);
        return (key, runtime, store.Find(key, NodesOf(runtime), call["node"]) ?? throw ArmErrorException.NotFound("IntegrationRuntimeNodeNotFound", call["node"]));
    }

    private ArmResponse Answer(ArmCall call, Func<FactoryKey, StoredResource, JsonObject> describe)
    {
        var (key, runtime) = Find(call);
        return new ArmResponse(200, describe(key, runtime));
    }

    private static void RequireSelfHosted(StoredResource runtime)
    {
        if (runtime.Properties.Text("type") != SelfHosted)
        {
            throw ArmErrorException.BadRequest($"The integration runtime '{runtime.Name}' is not self-hosted, and only those can do this.", runtime.Name);
        }
    }

    private ArmResponse Update(ArmCall call)
    {
        var (key, runtime) = Find(call);
        RequireSelfHosted(runtime);
        var body = call.Request.ReadBody();
        views.ChangeSettings(key, runtime, s =>
        {
            foreach (var name in (string[])["autoUpdate", "updateDelayOffset"])
            {
                if (body.Text(name) is { } value)
                {
                    s[name] = value.Trim('"');
                }
            }
        });
        return new ArmResponse(200, views.Describe(key, runtime));
    }

    private ArmResponse Turn(ArmCall call, string doing, string state)
    {
        var (key, runtime) = Find(call);
        if (!RunsPackages(runtime))
        {
            throw ArmErrorException.BadRequest($"The integration runtime '{runtime.Name}' does not run packages of SSIS, and only those are started and stopped.", runtime.Name);
        }

        views.ChangeSettings(key, runtime, s => s["state"] = state);
        return settings.Pending.Begin(call, $"{key.Id}/{runtime.Path}", doing, () => state == "Started" ? DescribeStatus(key, runtime) : null);
    }

    private JsonObject DescribeStatus(FactoryKey key, StoredResource runtime)
    {
        var type = runtime.Properties.Text("type");
        var kept = views.FindSettings(key, runtime);
        var nodes = new JsonArray([.. store.List(key, NodesOf(runtime)).Select(DescribeNode)]);
        var details = type == SelfHosted
            ? new JsonObject
            {
                ["autoUpdate"] = kept.Text("autoUpdate") ?? "On",
                ["version"] = nodes.Count == 0 ? null : Version,
                ["nodes"] = nodes,
                ["updateDelayOffset"] = kept.Text("updateDelayOffset") ?? "PT3H",
                ["localTimeZoneOffset"] = "PT0S",
                ["internalChannelEncryption"] = "NotSet",
                ["serviceUrls"] = new JsonArray("emulator.invalid"),
                ["versionStatus"] = nodes.Count == 0 ? "None" : "UpToDate",
                ["capabilities"] = new JsonObject(),
                ["latestVersion"] = Version,
            }
            : new JsonObject { ["nodes"] = nodes, ["otherErrors"] = new JsonArray() };
        return new JsonObject
        {
            ["name"] = runtime.Name,
            ["properties"] = new JsonObject { ["dataFactoryName"] = key.Name, ["state"] = views.StateOf(key, runtime), ["type"] = type, ["typeProperties"] = details },
        };
    }

    private JsonObject DescribeConnection(FactoryKey key, StoredResource runtime)
    {
        RequireSelfHosted(runtime);
        var node = store.List(key, NodesOf(runtime)).FirstOrDefault(n => n.Properties.Text("status") == "Online")
            ?? throw ArmErrorException.BadRequest($"The integration runtime '{runtime.Name}' has no node that is online.", runtime.Name);
        return new JsonObject
        {
            ["version"] = Version,
            ["serviceToken"] = "emulated",
            ["identityCertThumbprint"] = "emulated",
            ["hostServiceUri"] = $"https://{node.Name}.emulator.invalid:8050/HostServiceRemote.svc/",
            ["publicKey"] = "emulated",
            ["isIdentityCertExprired"] = false,
        };
    }

    private JsonObject DescribeLoad(FactoryKey key, StoredResource runtime) => new()
    {
        ["name"] = runtime.Name,
        ["nodes"] = new JsonArray([.. store.List(key, NodesOf(runtime)).Select(n => new JsonObject
        {
            ["nodeName"] = n.Name,
            ["availableMemoryInMB"] = 16000,
            ["cpuUtilization"] = 0,
            ["concurrentJobsLimit"] = n.Properties.Number("concurrentJobsLimit") ?? n.Properties.Number("maxConcurrentJobs"),
            ["concurrentJobsRunning"] = 0,
            ["sentBytes"] = 0,
            ["receivedBytes"] = 0,
        })]),
    };

    private ArmResponse RegenerateKey(ArmCall call)
    {
        var (key, runtime) = Find(call);
        var which = call.Request.ReadBody().Text("keyName");
        if (which is not ("authKey1" or "authKey2"))
        {
            throw ArmErrorException.BadRequest("'keyName' must be authKey1 or authKey2.");
        }

        return new ArmResponse(200, ReadKeys(key, runtime, which));
    }

    /// <summary>The keys that a node registers with. They are made up, and open nothing.</summary>
    /// <param name="fresh">The one to make anew; null for none.</param>
    private JsonObject ReadKeys(FactoryKey key, StoredResource runtime, string? fresh)
    {
        RequireSelfHosted(runtime);
        var kept = views.ChangeSettings(key, runtime, s =>
        {
            foreach (var name in (string[])["authKey1", "authKey2"])
            {
                if (name == fresh || s[name] is null)
                {
                    s[name] = $"IR@{Guid.NewGuid()}@{key.Name}@emulated@{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
                }
            }
        });
        return new JsonObject { ["authKey1"] = kept.Text("authKey1"), ["authKey2"] = kept.Text("authKey2") };
    }

    private ArmResponse UpdateNode(ArmCall call)
    {
        var (key, runtime, node) = FindNode(call);
        var limit = call.Request.ReadBody().Number("concurrentJobsLimit");
        if (limit is not > 0)
        {
            throw ArmErrorException.BadRequest("'concurrentJobsLimit' must be a number from 1.");
        }

        return new ArmResponse(200, DescribeNode(store.Put(key, NodesOf(runtime), node.Name, (old, _) =>
        {
            var changed = (JsonObject)(old ?? throw ArmErrorException.NotFound("IntegrationRuntimeNodeNotFound", node.Name)).Properties.DeepClone();
            changed["concurrentJobsLimit"] = limit;
            return changed;
        })));
    }

    private ArmResponse DeleteNode(ArmCall call)
    {
        var (key, runtime) = Find(call);
        RequireSelfHosted(runtime);
        return new ArmResponse(store.Delete(key, NodesOf(runtime), call["node"], (_, _) => { }) ? 200 : 204);
    }

    private static JsonObject DescribeNode(StoredResource node)
    {
        var isOnline = node.Properties.Text("status") == "Online";
        var able = isOnline ? "True" : "False";
        return new JsonObject
        {
            ["nodeName"] = node.Name,
            ["machineName"] = node.Name,
            ["hostServiceUri"] = $"https://{node.Name}.emulator.invalid:8050/HostServiceRemote.svc/",
            ["status"] = node.Properties.Text("status"),
            ["capabilities"] = new JsonObject
            {
                ["serviceBusConnected"] = able,
                ["httpsPortEnabled"] = able,
                ["credentialInSync"] = "True",
                ["connectedToResourceManager"] = able,
                ["nodeEnabled"] = "True",
            },
            ["versionStatus"] = "UpToDate",
            ["version"] = Version,
            ["registerTime"] = node.Properties.Text("registerTime"),
            ["lastConnectTime"] = node.Properties.Text("lastConnectTime"),
            ["lastUpdateResult"] = "None",
            ["isActiveDispatcher"] = isOnline,
            ["concurrentJobsLimit"] = node.Properties.Number("concurrentJobsLimit") ?? node.Properties.Number("maxConcurrentJobs"),
            ["maxConcurrentJobs"] = node.Properties.Number("maxConcurrentJobs"),
        };
    }

    private static string Format(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
