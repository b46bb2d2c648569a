using System.Globalization;
using Pipewright.Azure;
using Pipewright.Azure.Databricks;
using Pipewright.Deployment;
using Pipewright.Deployment.Running;

namespace Pipewright.LanguageServer.AzureServices;

/// <summary>The seam between the watching of runs and the workspaces that they run notebooks in.</summary>
/// <param name="target">The factory whose runs are watched: its tenant is that of its workspaces.</param>
/// <param name="connect">Makes the client of a workspace.</param>
internal sealed class DatabricksRunReader(FactoryTarget target, Func<DatabricksWorkspace, DatabricksClient> connect) : INotebookRuns
{
    /// <summary>How long a workspace may take: whoever watches a run waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>With the credentials of this machine, for the command line.</summary>
    public static DatabricksRunReader OfMachine(FactoryTarget target) => new(target, AzureWorkspaceClient.ConnectOfMachine);

    public async Task<NotebookFailure?> FindFailureAsync(string page, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            return await AzureErrors.Translate(() => FindAsync(page, patience.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new FactoryRequestException("Timeout", $"The workspace has not answered within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
        }
    }

    private async Task<NotebookFailure?> FindAsync(string page, CancellationToken cancellation)
    {
        if (NotebookOutcomes.RunIdOf(page) is not { } id)
        {
            throw new FactoryRequestException("UnknownPage", $"Which run {page} is the page of is not known.");
        }

        var workspace = AzureWorkspaceClient.Resolve(target, page);
        if (workspace.Address is not { } address)
        {
            throw new FactoryRequestException("InvalidWorkspace", workspace.Problem!);
        }

        var client = connect(DatabricksWorkspace.Parse(address, out _)! with { Tenant = target.Tenant });
        if (await client.FindRunAsync(id, cancellation) is not { } run)
        {
            return null;
        }

        // The output is that of the task that failed; a run that was asked for on its own has but one.
        var task = run.Tasks.FirstOrDefault(t => t.Result is not (null or "SUCCESS" or "EXCLUDED")) ?? run.Tasks.FirstOrDefault();
        var output = await client.FindRunOutputAsync(task?.RunId ?? id, cancellation);
        return new NotebookFailure(output?.Error ?? (run.StateMessage.Length == 0 ? null : run.StateMessage), output?.ErrorTrace);
    }
}
