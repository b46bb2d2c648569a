namespace Pipewright.Deployment.Notebooks;

/// <summary>A notebook's place.</summary>
/// <param name="Workspace">The workspace's address: scheme and host.</param>
/// <param name="Path">Its path in the workspace, absolute and without an extension.</param>
public sealed record NotebookPlace(string Workspace, string Path)
{
    /// <summary>The workspace as a resource of Azure, for who is let in by a role on that; null where it is not known. It does not tell places apart.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The workspace's host.</summary>
    public string Host => Uri.TryCreate(Workspace, UriKind.Absolute, out var address) ? address.Authority : Workspace;

    public bool Equals(NotebookPlace? other) => other is not null && Path == other.Path && Workspace.Equals(other.Workspace, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(Path, Workspace.ToUpperInvariant());

    public override string ToString() => $"notebook {Path} in {Host}";
}

/// <summary>What a notebook is to be.</summary>
/// <param name="Text">The source with its first line, or the JSON of Jupyter's format.</param>
/// <param name="Language"><c>PYTHON</c>, <c>SQL</c>, <c>SCALA</c> or <c>R</c>.</param>
public sealed record NotebookContent(string Text, string Language, bool IsJupyter);

/// <summary>A notebook as a workspace has it.</summary>
/// <param name="Source">In the source format.</param>
public sealed record LiveNotebook(NotebookPlace Place, string Language, string Source);

/// <summary>What a deployment needs of Databricks workspaces. All methods throw <see cref="FactoryRequestException"/> when a workspace refuses or does not answer.</summary>
public interface IWorkspaceClient
{
    /// <returns>Null where nothing is at the place. What is there and is no notebook is refused.</returns>
    Task<LiveNotebook?> FindAsync(NotebookPlace place, CancellationToken cancellation);

    /// <summary>Puts a notebook at a place, with the folders above it; one that is there is replaced.</summary>
    Task ImportAsync(NotebookPlace place, NotebookContent content, CancellationToken cancellation);

    /// <returns>Whether there was something to delete.</returns>
    Task<bool> DeleteAsync(NotebookPlace place, CancellationToken cancellation);
}
