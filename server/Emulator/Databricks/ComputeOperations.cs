// What notebooks run on: clusters, runtimes, types of nodes, pools, policies. Nothing starts; a cluster is running as soon as it is made.
using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator.Databricks;

internal sealed class ComputeOperations(RecordStore clusters, RecordStore pools, RecordStore policies)
{
    /// <summary>Some runtimes with long-term support, as Databricks' release notes name them.</summary>
    private static readonly (string Key, string Name)[] Runtimes =
    [
        ("13.3.x-scala2.12", "13.3 LTS (includes Apache Spark 3.4.1, Scala 2.12)"), ("14.3.x-scala2.12", "14.3 LTS (includes Apache Spark 3.5.0, Scala 2.12)"),
        ("15.4.x-scala2.12", "15.4 LTS (includes Apache Spark 3.5.0, Scala 2.12)"), ("15.4.x-photon-scala2.12", "15.4 LTS Photon (includes Apache Spark 3.5.0, Scala 2.12)"),
        ("16.4.x-scala2.12", "16.4 LTS (includes Apache Spark 3.5.2, Scala 2.12)"),
    ];

    /// <summary>Some sizes of Azure's virtual machines, as its documentation has them.</summary>
    private static readonly (string Id, int Memory, double Cores, string Category, bool IsDeprecated)[] Nodes =
    [
        ("Standard_DS3_v2", 14336, 4, "General Purpose", false), ("Standard_D4ds_v5", 16384, 4, "General Purpose", false), ("Standard_D8ds_v5", 32768, 8, "General Purpose", false),
        ("Standard_E4ds_v5", 32768, 4, "Memory Optimized", false), ("Standard_F4", 8192, 4, "Compute Optimized", true),
    ];

    public IEnumerable<Operation> List() =>
    [
        EmulatedWorkspace.Make("POST", "clusters/create", Create),
        EmulatedWorkspace.Make("GET", "clusters/list", ListClusters),
        EmulatedWorkspace.Make("GET", "clusters/get", call => new ArmResponse(200, FindCluster(call.Request.Read("cluster_id")).Cluster)),
        EmulatedWorkspace.Make("POST", "clusters/delete", Terminate),
        EmulatedWorkspace.Make("GET", "clusters/spark-versions", _ => new ArmResponse(200, ListRuntimes())),
        EmulatedWorkspace.Make("GET", "clusters/list-node-types", _ => new ArmResponse(200, ListNodes())),
        EmulatedWorkspace.Make("POST", "instance-pools/create", CreatePool),
        EmulatedWorkspace.Make("GET", "instance-pools/list", _ => new ArmResponse(200, EmulatedWorkspace.Page("instance_pools", pools.All.Select(p => p.Value), int.MaxValue, null))),
        EmulatedWorkspace.Make("POST", "policies/clusters/create", CreatePolicy),
        EmulatedWorkspace.Make("GET", "policies/clusters/list", _ => new ArmResponse(200, EmulatedWorkspace.Page("policies", policies.All.Select(p => p.Value), int.MaxValue, null))),
    ];

    private ArmResponse Create(ArmCall call)
    {
        var body = call.Request.ReadBody();
        var version = body.Text("spark_version") ?? throw DatabricksRefusals.Without("spark_version");
        if (!Runtimes.Any(r => r.Key == version))
        {
            throw DatabricksRefusals.Invalid($"Invalid spark version {version}.");
        }

        if (body.Text("instance_pool_id") is { } pool ? pools.All.All(p => p.Value.Text("instance_pool_id") != pool) : !Nodes.Any(n => n.Id == body.Text("node_type_id")))
        {
            throw DatabricksRefusals.Invalid(body["instance_pool_id"] is null ? $"Node type {body.Text("node_type_id")} is not supported." : $"Can't find an instance pool with id {body.Text("instance_pool_id")}");
        }

        var made = clusters.Add(number =>
        {
            var cluster = (JsonObject)body.DeepClone();
            cluster["cluster_id"] = IdOf("0101-000000-", number);
            cluster["cluster_name"] ??= "";
            (cluster["cluster_source"], cluster["state"], cluster["data_security_mode"]) = ("API", "RUNNING", cluster["data_security_mode"]?.DeepClone() ?? "NONE");
            return cluster;
        });
        return new ArmResponse(200, new JsonObject { ["cluster_id"] = made.Text("cluster_id") });
    }

    private ArmResponse ListClusters(ArmCall call) =>
        new(200, EmulatedWorkspace.Page("clusters", clusters.All.Select(c => c.Value), EmulatedWorkspace.ReadSize(call, "page_size"), call.Request.Read("page_token")));

    private (long Number, JsonObject Cluster) FindCluster(string? id)
    {
        var found = clusters.All.FirstOrDefault(c => c.Value.Text("cluster_id") == (id ?? throw DatabricksRefusals.Without("cluster_id")));
        return found.Value is null ? throw DatabricksRefusals.Invalid($"Cluster {id} does not exist") : (found.Key, found.Value);
    }

    /// <summary>A cluster that is "deleted" is terminated: it stays in the list.</summary>
    private ArmResponse Terminate(ArmCall call)
    {
        var (number, cluster) = FindCluster(call.Request.ReadBody().Text("cluster_id"));
        cluster["state"] = "TERMINATED";
        clusters.Put(number, cluster);
        return new ArmResponse(200, new JsonObject());
    }

    private static JsonObject ListRuntimes() => new() { ["versions"] = new JsonArray([.. Runtimes.Select(r => new JsonObject { ["key"] = r.Key, ["name"] = r.Name })]) };

    private static JsonObject ListNodes() => new()
    {
        ["node_types"] = new JsonArray([.. Nodes.Select(n => new JsonObject
        {
            ["node_type_id"] = n.Id,
            ["memory_mb"] = n.Memory,
            ["num_cores"] = n.Cores,
            ["description"] = n.Id,
            ["instance_type_id"] = n.Id,
            ["is_deprecated"] = n.IsDeprecated,
            ["category"] = n.Category,
            ["is_hidden"] = false,
        })]),
    };

    private ArmResponse CreatePool(ArmCall call)
    {
        var body = call.Request.ReadBody();
        _ = body.Text("instance_pool_name") ?? throw DatabricksRefusals.Without("instance_pool_name");
        if (!Nodes.Any(n => n.Id == body.Text("node_type_id")))
        {
            throw DatabricksRefusals.Invalid($"Node type {body.Text("node_type_id")} is not supported.");
        }

        var made = pools.Add(number =>
        {
            var pool = (JsonObject)body.DeepClone();
            (pool["instance_pool_id"], pool["state"]) = (IdOf("0101-000000-pool", number), "ACTIVE");
            return pool;
        });
        return new ArmResponse(200, new JsonObject { ["instance_pool_id"] = made.Text("instance_pool_id") });
    }

    private ArmResponse CreatePolicy(ArmCall call)
    {
        var body = call.Request.ReadBody();
        var name = body.Text("name") ?? throw DatabricksRefusals.Without("name");
        if (policies.All.Any(p => p.Value.Text("name") == name))
        {
            throw DatabricksRefusals.Invalid($"A policy with the name {name} exists already.");
        }

        var made = policies.Add(number =>
        {
            var policy = (JsonObject)body.DeepClone();
            policy["policy_id"] = number.ToString("X16", CultureInfo.InvariantCulture);
            return policy;
        });
        return new ArmResponse(200, new JsonObject { ["policy_id"] = made.Text("policy_id") });
    }

    private static string IdOf(string prefix, long number) => prefix + number.ToString("x8", CultureInfo.InvariantCulture);
}
