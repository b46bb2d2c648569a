using System.Collections.Concurrent;
using Pipewright.Azure;
using Pipewright.Azure.Databricks;
using Pipewright.Deployment;
using Pipewright.Deployment.Notebooks;

namespace Pipewright.LanguageServer.AzureServices;

/// <summary>The seam between deployments and the workspaces of Databricks.</summary>
/// <param name="target">The factory that notebooks go along with: its tenant is that of its workspaces.</param>
/// <param name="connect">Makes the client of a workspace.</param>
internal sealed class AzureWorkspaceClient(FactoryTarget target, Func<DatabricksWorkspace, DatabricksClient> connect) : IWorkspaceClient
{
    private readonly ConcurrentDictionary<(string Workspace, string? ResourceId), DatabricksClient> _clients = new();

    /// <summary>With the credentials of this machine, for the command line.</summary>
    public static AzureWorkspaceClient OfMachine(FactoryTarget target) => new(target, ConnectOfMachine);

    public static DatabricksClient ConnectOfMachine(DatabricksWorkspace workspace) => new(
        workspace, workspace.Cloud is { } cloud ? DatabricksCredentials.FromEnvironment(workspace) ?? AzureCredentials.FromMachine(cloud, workspace.Tenant) : null);

    /// <summary>The workspace that the <c>domain</c> of a linked service names.</summary>
    public ResolvedWorkspace Resolve(string domain) => Resolve(target, domain);

    /// <summary>The workspace at an address that a file or a service gives. An emulated factory has emulated workspaces, and no other has.</summary>
    /// <param name="target">The factory that it belongs to.</param>
    public static ResolvedWorkspace Resolve(FactoryTarget target, string address) => DatabricksWorkspace.Parse(address, out var problem) is not { } workspace ? new ResolvedWorkspace(null, problem)
        : workspace.IsEmulator != target.IsEmulator ? new ResolvedWorkspace(null, workspace.IsEmulator
            ? $"{workspace.Host} is an emulator, and the factory is in Azure. Mend 'domain' of the linked service."
            : $"{workspace.Host} is a workspace in Azure, and the factory is an emulator's. Override 'typeProperties.domain' for this target by the emulator's address, {target.Endpoint.GetLeftPart(UriPartial.Authority)}.")
        : new ResolvedWorkspace(workspace.Address.GetLeftPart(UriPartial.Authority), null);

    public Task<LiveNotebook?> FindAsync(NotebookPlace place, CancellationToken cancellation) => AzureErrors.Translate(async () =>
    {
        var client = Connect(place);
        if (await client.FindAsync(place.Path, cancellation) is not { } found)
        {
            return null;
        }

        if (!found.IsNotebook)
        {
            throw new FactoryRequestException("NoNotebook", $"{client.Workspace.Host} has a {found.Type} at {place.Path}, and a notebook is to be there. Move it, or mend 'workspacePath' in pipewright.yaml.");
        }

        return await client.ExportAsync(place.Path, cancellation) is { } source ? new LiveNotebook(place, found.Language ?? "PYTHON", source) : null;
    });

    public Task ImportAsync(NotebookPlace place, NotebookContent content, CancellationToken cancellation) => AzureErrors.Translate(async () =>
    {
        var client = Connect(place);
        if (place.Path.LastIndexOf('/') is var end and > 0)
        {
            await client.MakeFolderAsync(place.Path[..end], cancellation);
        }

        await client.ImportAsync(new WorkspaceImport(place.Path, content.Text, content.IsJupyter ? "JUPYTER" : "SOURCE", content.IsJupyter ? null : content.Language, Overwrite: true), cancellation);
        return true;
    });

    public Task<bool> DeleteAsync(NotebookPlace place, CancellationToken cancellation) => AzureErrors.Translate(() => Connect(place).DeleteAsync(place.Path, isRecursive: false, cancellation));

    /// <summary>A journal is a file like others, so its addresses are looked at, too.</summary>
    private DatabricksClient Connect(NotebookPlace place)
    {
        if (Resolve(place.Workspace) is { Address: null, Problem: var problem })
        {
            throw new FactoryRequestException("InvalidWorkspace", problem!);
        }

        return _clients.GetOrAdd((place.Workspace, place.ResourceId), key => connect(DatabricksWorkspace.Parse(key.Workspace, out _)! with { Tenant = target.Tenant, ResourceId = key.ResourceId }));
    }
}
