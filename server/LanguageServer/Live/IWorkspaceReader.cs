using Pipewright.Core.Factory;

namespace Pipewright.LanguageServer.Live;

/// <summary>The seam between what is known of a Databricks workspace and its REST API.</summary>
internal interface IWorkspaceReader
{
    /// <summary>Asks for one part. What is not there is an answer too.</summary>
    /// <exception cref="WorkspaceReadException">It can't be read.</exception>
    Task<WorkspaceContent> ReadAsync(WorkspacePart part, CancellationToken cancellation);
}

/// <summary>A workspace could not be asked.</summary>
/// <param name="message">Why, for people.</param>
/// <param name="isOfPart">Whether only this part can't be read, as one that this user may not see; else nothing of the workspace can.</param>
internal sealed class WorkspaceReadException(string message, bool isOfPart) : Exception(message)
{
    public bool IsOfPart { get; } = isOfPart;
}
