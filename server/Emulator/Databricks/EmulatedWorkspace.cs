// A Databricks workspace beside the factories: its notebooks, jobs, runs and clusters. The paths and members are those of the Databricks REST API reference.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Pipewright.Core.Notebooks;
using Pipewright.Emulator.Runs;

namespace Pipewright.Emulator.Databricks;

internal sealed class EmulatedWorkspace
{
    /// <summary>The folders that every workspace has.</summary>
    private static readonly string[] UsualFolders = ["/Shared", "/Users", "/Repos"];

    /// <summary>The versions of the API that are answered, all alike.</summary>
    private static readonly string[] Versions = ["2.0", "2.1", "2.2"];

    private readonly WorkspaceTree _tree;
    private readonly RecordStore[] _stores;
    private readonly WorkspaceOperations _workspace;
    private readonly JobOperations _jobs;
    private readonly ComputeOperations _compute;
    private readonly RepositoryOperations _repositories;
    private bool _isLoaded;

    /// <param name="state">Null for memory only.</param>
    /// <param name="activities">The runs that activities of pipelines have made.</param>
    public EmulatedWorkspace(ServiceSettings settings, DatabricksState? state, ActivityRuns activities, StubRules stubs, double speed)
    {
        _tree = new WorkspaceTree(settings.Time, state);
        var (jobs, runs, clusters) = (new RecordStore("jobs", state, 101), new RecordStore("runs", state, 1001), new RecordStore("clusters", state));
        var (pools, policies, repositories) = (new RecordStore("pools", state), new RecordStore("policies", state), new RecordStore("repositories", state));
        _stores = [jobs, runs, clusters, pools, policies, repositories];
        _workspace = new WorkspaceOperations(_tree);
        _jobs = new JobOperations(jobs, new DatabricksRuns(runs, _tree, stubs, settings.Time, speed), activities, settings.Time);
        _compute = new ComputeOperations(clusters, pools, policies);
        _repositories = new RepositoryOperations(repositories, _tree);
    }

    /// <summary>A new workspace is filled from folders; what was changed since must survive a restart.</summary>
    public void Begin(ImmutableArray<NotebookFolder> folders)
    {
        var isThere = !_isLoaded && Load();
        if (isThere)
        {
            return;
        }

        foreach (var folder in UsualFolders)
        {
            _tree.MakeFolder(folder);
        }

        foreach (var folder in folders)
        {
            NotebookSeeding.Fill(_tree, folder);
        }
    }

    /// <summary>Forgets everything, on disk as well.</summary>
    public void Clear()
    {
        _tree.Clear();
        foreach (var store in _stores)
        {
            store.Clear();
        }
    }

    public IEnumerable<Operation> ListOperations() => [.. _workspace.List(), .. _jobs.List(), .. _compute.List(), .. _repositories.List()];

    /// <summary>An operation in every version of the API.</summary>
    /// <param name="path">As in the reference.</param>
    /// <param name="id">Its name, where two have the path; else the path.</param>
    public static Operation Make(string method, string path, Func<ArmCall, ArmResponse> answer, string? id = null) => new(id ?? path, method, $"/api/{{version}}/{path}", call => Versions.Contains(call["version"])
        ? answer(call)
        : throw new ArmErrorException(404, "ENDPOINT_NOT_FOUND", $"No API found for '{method} /api/{call["version"]}/{path}'"))
    {
        Service = EmulatedService.Databricks,
    };

    /// <summary>A page of a list.</summary>
    /// <param name="member">The member that holds the items.</param>
    /// <param name="size">How many there are at once.</param>
    /// <param name="token">Where to go on; null for the beginning.</param>
    public static JsonObject Page(string member, IEnumerable<JsonObject> all, int size, string? token)
    {
        JsonObject[] items = [.. all];
        var start = token is null ? 0 : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed <= items.Length
            ? parsed
            : throw DatabricksRefusals.Invalid("Invalid page token");
        var end = Math.Min(items.Length, start + size);
        var page = new JsonObject();
        if (end > start)
        {
            page[member] = new JsonArray([.. items[start..end]]);
        }

        if (end < items.Length)
        {
            page["next_page_token"] = end.ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }

    /// <summary>How many items somebody wants at once.</summary>
    /// <exception cref="ArmErrorException">It is no number from 1 to 100.</exception>
    public static int ReadSize(ArmCall call, string name) => call.Request.Read(name) is not { } text ? 20
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= 100 ? size
        : throw DatabricksRefusals.Invalid($"{name} must be from 1 to 100, and not {text}");

    /// <summary>A number of the query.</summary>
    /// <exception cref="ArmErrorException">There is none.</exception>
    public static long ReadId(ArmCall call, string name) => long.TryParse(call.Request.Read(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw DatabricksRefusals.Without(name);

    private bool Load()
    {
        _isLoaded = true;
        foreach (var store in _stores)
        {
            store.Load();
        }

        return _tree.Load();
    }
}
