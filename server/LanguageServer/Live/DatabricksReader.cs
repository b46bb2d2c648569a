using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Azure;
using Pipewright.Azure.Databricks;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;
using JobParameter = Pipewright.Core.Factory.JobParameter;

namespace Pipewright.LanguageServer.Live;

/// <summary>Reads a workspace by its REST API.</summary>
internal sealed class DatabricksReader(DatabricksClient client) : IWorkspaceReader
{
    /// <summary>A workspace with more jobs is listed up to here.</summary>
    private const int MostJobs = 5_000;

    /// <summary>The client's code for an answer that is a page.</summary>
    private const string Page = "Page";

    public async Task<WorkspaceContent> ReadAsync(WorkspacePart part, CancellationToken cancellation)
    {
        try
        {
            return part.Kind switch
            {
                WorkspacePartKind.Folder => await ReadFolderAsync(part.Key, cancellation),
                WorkspacePartKind.Notebook => await ReadNotebookAsync(part.Key, cancellation),
                WorkspacePartKind.Job => await ReadJobAsync(part.Key, cancellation),
                WorkspacePartKind.Jobs => await ListAsync(client.ListJobsAsync(null, cancellation), j => new WorkspaceJob(Write(j.Id), j.Name)),
                WorkspacePartKind.Clusters => await ListAsync(
                    client.ListClustersAsync(cancellation), c => new WorkspaceCluster(c.Id, c.Name, c.State, c.SparkVersion, c.NodeType, c.Source)),
                WorkspacePartKind.Policies => List(await client.ListPoliciesAsync(cancellation), p => new WorkspacePolicy(p.Id, p.Name)),
                WorkspacePartKind.Pools => List(await client.ListInstancePoolsAsync(cancellation), p => new WorkspacePool(p.Id, p.Name, p.NodeType)),
                WorkspacePartKind.NodeTypes => List(
                    await client.ListNodeTypesAsync(cancellation), n => new WorkspaceNodeType(n.Id, n.Id, n.Cores, n.MemoryMegabytes, n.Category, n.IsDeprecated)),
                _ => List(await client.ListSparkVersionsAsync(cancellation), v => new WorkspaceRuntime(v.Key, v.Name)),
            };
        }
        catch (ArmException e)
        {
            throw new WorkspaceReadException(e.Message, IsOfPart(e));
        }
    }

    /// <summary>What refuses one request, and not the user or the network: a page comes from what stands before the workspace, and would come for all.</summary>
    private static bool IsOfPart(ArmException e) => e.Status is 400 or 403 or 404 or 405 && e.Code != Page;

    private async Task<FolderContent> ReadFolderAsync(string path, CancellationToken cancellation) => await client.ListAsync(path, cancellation) is not { } found
        ? FolderContent.Missing
        : new FolderContent([.. found.Where(o => o.Path.Length > path.TrimEnd('/').Length && o.Path.StartsWith(path.TrimEnd('/') + "/", StringComparison.OrdinalIgnoreCase)).Select(ToItem)]);

    /// <summary>The source does not say its language, which decides how it is read.</summary>
    private async Task<NotebookContent> ReadNotebookAsync(string path, CancellationToken cancellation)
    {
        if (await client.FindAsync(path, cancellation) is not { IsNotebook: true } found || await client.ExportAsync(path, cancellation) is not { } source)
        {
            return new NotebookContent(null);
        }

        var file = path + ExtensionOf(found.Language);
        return new NotebookContent(new NotebookFile(file, path, Notebook.Parse(file, new SourceText(source))) { IsLive = true });
    }

    private async Task<JobContent> ReadJobAsync(string id, CancellationToken cancellation) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && await client.FindJobAsync(number, cancellation) is { } job
            ? new JobContent(new JobDefinition(Write(job.Id), job.Name, [.. job.Parameters.Select(p => new JobParameter(p.Name, p.Default))], [.. job.Tasks.Select(t => t.Key)]))
            : new JobContent(null);

    private static async Task<ListContent> ListAsync<T>(IAsyncEnumerable<T> items, Func<T, WorkspaceEntry> read) => new([.. await items.Select(read).Take(MostJobs).ToListAsync()]);

    private static ListContent List<T>(ImmutableArray<T> items, Func<T, WorkspaceEntry> read) => new([.. items.Select(read)]);

    private static WorkspaceItem ToItem(WorkspaceObject found) => new(
        found.Path, found.IsNotebook ? WorkspaceItemKind.Notebook : found.IsFolder ? WorkspaceItemKind.Folder : found.Type == "FILE" ? WorkspaceItemKind.File : WorkspaceItemKind.Other,
        found.Language?.ToUpperInvariant() switch
        {
            "PYTHON" => NotebookLanguage.Python,
            "SQL" => NotebookLanguage.Sql,
            "SCALA" => NotebookLanguage.Scala,
            "R" => NotebookLanguage.R,
            _ => null,
        });

    private static string ExtensionOf(string? language) => language?.ToUpperInvariant() switch
    {
        "SQL" => ".sql",
        "SCALA" => ".scala",
        "R" => ".r",
        _ => ".py",
    };

    private static string Write(long id) => id.ToString(CultureInfo.InvariantCulture);
}
