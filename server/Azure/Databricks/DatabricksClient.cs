using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using static Pipewright.Azure.Databricks.DatabricksReading;

namespace Pipewright.Azure.Databricks;

/// <summary>
/// The REST API of a Databricks workspace, as far as pipelines have to do with it. Paths are absolute paths of the workspace. All methods throw
/// <see cref="ArmException"/> when the workspace refuses or can't be reached.
/// </summary>
public sealed class DatabricksClient
{
    /// <summary>The most that the service gives at once.</summary>
    private const string PageSize = "100";

    private readonly DatabricksConnection _connection;

    /// <param name="credential">Of Microsoft Entra or of <see cref="DatabricksCredentials"/>; null for an emulator, which is never sent a token.</param>
    /// <param name="options">Null for the usual ones.</param>
    /// <exception cref="ArgumentException">A credential is given for an emulator, or none for Azure.</exception>
    public DatabricksClient(DatabricksWorkspace workspace, TokenCredential? credential, ArmOptions? options = null)
    {
        Workspace = workspace;
        _connection = new DatabricksConnection(workspace, credential, options ?? ArmOptions.Default);
    }

    public DatabricksWorkspace Workspace { get; }

    /// <summary>What a folder holds, one level deep; a notebook's path gives the notebook.</summary>
    /// <returns>Null where nothing is at the path; empty for an empty folder.</returns>
    public async Task<ImmutableArray<WorkspaceObject>?> ListAsync(string path, CancellationToken cancellation) =>
        await _connection.FindAsync("/api/2.0/workspace/list", Query.Of("path", path), cancellation) is { } list ? [.. list.Items("objects").Select(ReadObject).OfType<WorkspaceObject>()] : null;

    /// <returns>Null where nothing is at the path.</returns>
    public async Task<WorkspaceObject?> FindAsync(string path, CancellationToken cancellation) =>
        await _connection.FindAsync("/api/2.0/workspace/get-status", Query.Of("path", path), cancellation) is { } found ? ReadObject(found) : null;

    /// <summary>The source of a notebook, as text.</summary>
    /// <param name="format"><c>SOURCE</c>, or <c>JUPYTER</c> for a notebook as JSON.</param>
    /// <returns>Null where nothing is at the path.</returns>
    public async Task<string?> ExportAsync(string path, CancellationToken cancellation, string format = "SOURCE")
    {
        if (await _connection.FindAsync("/api/2.0/workspace/export", Query.Of("path", path).With("format", format), cancellation) is not { } exported)
        {
            return null;
        }

        // An empty notebook has no content at all.
        var content = exported.Text("content") ?? "";
        var bytes = new byte[content.Length];
        return Convert.TryFromBase64String(content, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new ArmException(200, ArmException.InvalidResponse, $"{Workspace.Host}: The content of {path} is not in base64, as it should be.", null);
    }

    /// <summary>Puts a notebook where its folder is; see <see cref="MakeFolderAsync"/>.</summary>
    public Task ImportAsync(WorkspaceImport import, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["path"] = import.Path,
            ["format"] = import.Format,
            ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(import.Content)),
            ["overwrite"] = import.Overwrite,
        };
        if (import.Language is not null)
        {
            body["language"] = import.Language;
        }

        return _connection.PostAsync("/api/2.0/workspace/import", body, cancellation);
    }

    /// <summary>Makes a folder with all above it; one that is there is left as it is.</summary>
    public Task MakeFolderAsync(string path, CancellationToken cancellation) => _connection.PostAsync("/api/2.0/workspace/mkdirs", new JsonObject { ["path"] = path }, cancellation);

    /// <param name="isRecursive">Whether a folder goes with what it holds; otherwise one that holds something is refused.</param>
    /// <returns>Whether there was something to delete.</returns>
    public async Task<bool> DeleteAsync(string path, bool isRecursive, CancellationToken cancellation)
    {
        try
        {
            await _connection.PostAsync("/api/2.0/workspace/delete", new JsonObject { ["path"] = path, ["recursive"] = isRecursive }, cancellation);
            return true;
        }
        catch (ArmException e) when (DatabricksConnection.IsMissing(e))
        {
            return false;
        }
    }

    /// <param name="name">A job's whole name, in any case; null for all.</param>
    public IAsyncEnumerable<DatabricksJob> ListJobsAsync(string? name, CancellationToken cancellation) =>
        _connection.ListAsync("/api/2.2/jobs/list", Query.Of("limit", PageSize).With("name", name), "jobs", ReadJob, cancellation);

    /// <summary>A job with all its parameters and tasks.</summary>
    /// <returns>Null where there is none of this id.</returns>
    public async Task<DatabricksJob?> FindJobAsync(long id, CancellationToken cancellation)
    {
        DatabricksJob? job = null;
        try
        {
            await foreach (var page in _connection.PagesAsync("/api/2.2/jobs/get", IdQuery("job_id", id), cancellation))
            {
                // The first page has the job, the others more of its tasks and parameters.
                job = job is null ? ReadJob(page) : job with { Parameters = job.Parameters.AddRange(ReadParameters(page)), Tasks = job.Tasks.AddRange(ReadTasks(page)) };
            }
        }
        catch (ArmException e) when (DatabricksConnection.IsMissing(e))
        {
            return null;
        }

        return job;
    }

    /// <returns>Null where there is none of this id.</returns>
    public async Task<DatabricksRun?> FindRunAsync(long id, CancellationToken cancellation) =>
        await _connection.FindAsync("/api/2.2/jobs/runs/get", IdQuery("run_id", id), cancellation) is { } run ? ReadRun(run, Workspace) : null;

    /// <param name="id">The run of a task: of a run that has several the service gives no output.</param>
    /// <returns>Null where there is none of this id.</returns>
    public async Task<DatabricksRunOutput?> FindRunOutputAsync(long id, CancellationToken cancellation) =>
        await _connection.FindAsync("/api/2.2/jobs/runs/get-output", IdQuery("run_id", id), cancellation) is { } output ? ReadOutput(output) : null;

    /// <summary>All clusters, those of jobs too, and those that ended within the last 30 days.</summary>
    public IAsyncEnumerable<DatabricksCluster> ListClustersAsync(CancellationToken cancellation) =>
        _connection.ListAsync("/api/2.1/clusters/list", Query.Of("page_size", PageSize), "clusters", ReadCluster, cancellation);

    /// <returns>Null where there is none of this id.</returns>
    public async Task<DatabricksCluster?> FindClusterAsync(string id, CancellationToken cancellation) =>
        await _connection.FindAsync("/api/2.1/clusters/get", Query.Of("cluster_id", id), cancellation) is { } cluster ? ReadCluster(cluster) : null;

    public Task<ImmutableArray<SparkVersion>> ListSparkVersionsAsync(CancellationToken cancellation) => ReadAllAsync("/api/2.1/clusters/spark-versions", "versions", ReadVersion, cancellation);

    public Task<ImmutableArray<NodeType>> ListNodeTypesAsync(CancellationToken cancellation) => ReadAllAsync("/api/2.1/clusters/list-node-types", "node_types", ReadNodeType, cancellation);

    public Task<ImmutableArray<InstancePool>> ListInstancePoolsAsync(CancellationToken cancellation) => ReadAllAsync("/api/2.0/instance-pools/list", "instance_pools", ReadPool, cancellation);

    public Task<ImmutableArray<ClusterPolicy>> ListPoliciesAsync(CancellationToken cancellation) => ReadAllAsync("/api/2.0/policies/clusters/list", "policies", ReadPolicy, cancellation);

    /// <param name="pathPrefix">What the paths begin with; null for all.</param>
    public IAsyncEnumerable<GitFolder> ListGitFoldersAsync(string? pathPrefix, CancellationToken cancellation) =>
        _connection.ListAsync("/api/2.0/repos", Query.None.With("path_prefix", pathPrefix), "repos", ReadGitFolder, cancellation, next: "next_page_token");

    private static Query IdQuery(string name, long id) => Query.Of(name, id.ToString(CultureInfo.InvariantCulture));

    private async Task<ImmutableArray<T>> ReadAllAsync<T>(string path, string member, Func<JsonElement, T?> read, CancellationToken cancellation)
        where T : class => [.. (await _connection.GetAsync(path, Query.None, cancellation)).Items(member).Select(read).OfType<T>()];
}
