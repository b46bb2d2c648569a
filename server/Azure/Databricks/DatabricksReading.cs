// Records out of answers. An item without what names it is nothing, and is left out.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Pipewright.Azure.Databricks;

internal static class DatabricksReading
{
    public static WorkspaceObject? ReadObject(JsonElement item) => item.Text("path") is { Length: > 0 } path
        ? new WorkspaceObject(path, item.Text("object_type") ?? "", item.Text("language"), item.Number("object_id"), ReadTime(item.Number("modified_at")))
        : null;

    public static DatabricksJob? ReadJob(JsonElement item) => item.Number("job_id") is { } id
        ? new DatabricksJob(id, item.Member("settings")?.Text("name") ?? id.ToString(CultureInfo.InvariantCulture), ReadParameters(item), ReadTasks(item))
        : null;

    public static ImmutableArray<JobParameter> ReadParameters(JsonElement job) =>
        [.. ItemsOf(job.Member("settings"), "parameters").Select(p => p.Text("name") is { } name ? new JobParameter(name, p.Text("default")) : null).OfType<JobParameter>()];

    public static ImmutableArray<JobTask> ReadTasks(JsonElement job) =>
        [.. ItemsOf(job.Member("settings"), "tasks").Select(t => t.Text("task_key") is { } key ? ReadTask(t, key) : null).OfType<JobTask>()];

    public static DatabricksRun? ReadRun(JsonElement item, DatabricksWorkspace workspace)
    {
        if (item.Number("run_id") is not { } id)
        {
            return null;
        }

        var (life, result, message) = ReadState(item);
        return new DatabricksRun(
            id, item.Text("run_name"), life, result, message, workspace.OwnPage(item.Text("run_page_url")),
            [.. item.Items("tasks").Select(t => t.Number("run_id") is { } run ? new DatabricksTaskRun(run, t.Text("task_key") ?? "", ReadState(t).Life, ReadState(t).Result) : null).OfType<DatabricksTaskRun>()]);
    }

    public static DatabricksRunOutput ReadOutput(JsonElement item)
    {
        var output = item.Member("notebook_output");
        return new DatabricksRunOutput(output?.Text("result"), output?.Flag("truncated") == true, item.Text("error"), item.Text("error_trace"));
    }

    public static DatabricksCluster? ReadCluster(JsonElement item) => item.Text("cluster_id") is { Length: > 0 } id
        ? new DatabricksCluster(
            id, item.Text("cluster_name") ?? id, item.Text("state"), item.Text("spark_version"), item.Text("node_type_id"), item.Text("cluster_source"), item.Text("data_security_mode"))
        : null;

    public static SparkVersion? ReadVersion(JsonElement item) => item.Text("key") is { Length: > 0 } key ? new SparkVersion(key, item.Text("name") ?? key) : null;

    public static NodeType? ReadNodeType(JsonElement item) => item.Text("node_type_id") is { Length: > 0 } id
        ? new NodeType(
            id, item.Number("memory_mb"), item.Member("num_cores") is { ValueKind: JsonValueKind.Number } cores && cores.TryGetDouble(out var count) ? count : null,
            item.Text("category"), item.Flag("is_deprecated") == true)
        : null;

    public static InstancePool? ReadPool(JsonElement item) => item.Text("instance_pool_id") is { Length: > 0 } id
        ? new InstancePool(id, item.Text("instance_pool_name") ?? id, item.Text("node_type_id"), item.Text("state"))
        : null;

    public static ClusterPolicy? ReadPolicy(JsonElement item) => item.Text("policy_id") is { Length: > 0 } id ? new ClusterPolicy(id, item.Text("name") ?? id, item.Text("definition")) : null;

    public static GitFolder? ReadGitFolder(JsonElement item) => item.Number("id") is { } id && item.Text("path") is { } path
        ? new GitFolder(id, path, item.Text("url"), item.Text("branch"))
        : null;

    private static JobTask ReadTask(JsonElement task, string key)
    {
        var notebook = task.Member("notebook_task");
        var parameters = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (notebook?.Member("base_parameters") is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var parameter in given.EnumerateObject())
            {
                parameters[parameter.Name] = parameter.Value.ValueKind == JsonValueKind.String ? parameter.Value.GetString()! : parameter.Value.GetRawText();
            }
        }

        return new JobTask(key, notebook?.Text("notebook_path"), notebook?.Text("source"), parameters.ToImmutable());
    }

    /// <summary>The state of version 2.1, which 2.2 has beside its own <c>status</c>; where only that is told, its names are put into those of the state.</summary>
    private static (string? Life, string? Result, string Message) ReadState(JsonElement run)
    {
        if (run.Member("state") is { } state)
        {
            return (state.Text("life_cycle_state"), state.Text("result_state"), state.Text("state_message") ?? "");
        }

        var status = run.Member("status");
        var details = status?.Member("termination_details");
        return (status?.Text("state"), details?.Text("code"), details?.Text("message") ?? "");
    }

    private static DateTimeOffset? ReadTime(long? milliseconds) => milliseconds is >= 0 and < 253402300800000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value) : null;

    private static IEnumerable<JsonElement> ItemsOf(JsonElement? owner, string name) => owner?.Items(name) ?? [];
}
