using System.Text.Json;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Applying;

/// <summary>A step of a deployment, on record before the next one begins.</summary>
/// <param name="Id">The resource that it is about.</param>
public abstract record JournalStep(ResourceId Id);

/// <summary>A resource is about to be changed.</summary>
/// <param name="Before">What the target had; undefined where it had none.</param>
/// <param name="Wanted">What is going to be sent, with secrets masked; undefined for a deletion.</param>
public sealed record ResourceBegun(ResourceId Id, PlannedAction Action, JsonElement Before, JsonElement Wanted) : JournalStep(Id);

/// <summary>A trigger has been stopped for its change, and is to be started again.</summary>
public sealed record TriggerStopped(ResourceId Id) : JournalStep(Id);

public sealed record TriggerStarted(ResourceId Id) : JournalStep(Id);

/// <param name="ETag">The version that the change made; null after a deletion.</param>
public sealed record ResourceDone(ResourceId Id, string? ETag) : JournalStep(Id);

/// <param name="IsOutcomeUnknown">Whether the change may have been made all the same.</param>
public sealed record ResourceFailed(ResourceId Id, string Error, bool IsOutcomeUnknown) : JournalStep(Id);

/// <summary>Where steps are recorded. What is written has to be on disk when <see cref="Write"/> returns; calls may come from any thread.</summary>
public interface IDeploymentJournal
{
    void Write(JournalStep step);
}
