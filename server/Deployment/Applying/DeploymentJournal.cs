using System.Text.Json;
using Pipewright.Deployment.Notebooks;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Applying;

/// <summary>A step of a deployment, on record before the next one begins.</summary>
public abstract record JournalStep;

/// <summary>A step with a resource.</summary>
public abstract record ResourceStep(ResourceId Id) : JournalStep;

/// <summary>A step with a notebook of a Databricks workspace.</summary>
public abstract record NotebookStep(NotebookPlace Place) : JournalStep;

/// <summary>A resource is about to be changed.</summary>
/// <param name="Before">What the target had; undefined where it had none.</param>
/// <param name="Wanted">What is going to be sent, with secrets masked; undefined for a deletion.</param>
public sealed record ResourceBegun(ResourceId Id, PlannedAction Action, JsonElement Before, JsonElement Wanted) : ResourceStep(Id);

/// <summary>A trigger has been stopped for its change, and is to be started again.</summary>
public sealed record TriggerStopped(ResourceId Id) : ResourceStep(Id);

public sealed record TriggerStarted(ResourceId Id) : ResourceStep(Id);

/// <param name="ETag">The version that the change made; null after a deletion.</param>
public sealed record ResourceDone(ResourceId Id, string? ETag) : ResourceStep(Id);

/// <param name="IsOutcomeUnknown">Whether the change may have been made all the same.</param>
public sealed record ResourceFailed(ResourceId Id, string Error, bool IsOutcomeUnknown) : ResourceStep(Id);

/// <summary>A notebook as it was sent, to be known again.</summary>
/// <param name="Hash">By <see cref="NotebookText"/>.</param>
/// <param name="IsByCells">Whether it is that of the cells alone.</param>
public sealed record NotebookFingerprint(string Hash, bool IsByCells);

/// <summary>A notebook is about to be imported or deleted.</summary>
/// <param name="Before">What the workspace had; null where it had none.</param>
/// <param name="Wanted">Null for a deletion.</param>
public sealed record NotebookBegun(NotebookPlace Place, PlannedAction Action, LiveNotebook? Before, NotebookFingerprint? Wanted) : NotebookStep(Place);

public sealed record NotebookDone(NotebookPlace Place) : NotebookStep(Place);

/// <param name="IsOutcomeUnknown">Whether the change may have been made all the same.</param>
public sealed record NotebookFailed(NotebookPlace Place, string Error, bool IsOutcomeUnknown) : NotebookStep(Place);

/// <summary>Where steps are recorded. What is written has to be on disk when <see cref="Write"/> returns; calls may come from any thread.</summary>
public interface IDeploymentJournal
{
    void Write(JournalStep step);
}
