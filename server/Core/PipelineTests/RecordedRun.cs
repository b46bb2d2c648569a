// A run that was made elsewhere: what there is to tell of it that a test can be made of.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.PipelineTests;

/// <summary>A run of a pipeline.</summary>
/// <param name="Status">The service's word: <c>Succeeded</c>, <c>Failed</c>, <c>Cancelled</c>.</param>
/// <param name="Start">In UTC; null where it is not known.</param>
/// <param name="Message">Why it failed; null where it did not.</param>
/// <param name="Parameters">By name, as monitoring tells them: of any but text the JSON as text.</param>
/// <param name="Activities">Its own runs of activities with each attempt, in the order in which they started.</param>
public sealed record RecordedRun(string Pipeline, string Status, DateTime? Start, string? Message, ObjectValue Parameters, ImmutableArray<RecordedActivity> Activities);

/// <summary>One attempt of a run of an activity.</summary>
/// <param name="Iteration">Of the nearest loop, from 0; null outside of any.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Input">Null where it is not told.</param>
/// <param name="Output">Null where there is none, or it is not told.</param>
/// <param name="ErrorCode">Null where it did not fail.</param>
/// <param name="ErrorMessage">Null where it did not fail.</param>
/// <param name="FailureType">Null where it did not fail.</param>
/// <param name="Duration">Null where it is not known.</param>
public sealed record RecordedActivity(
    string Name, string Type, string Status, int? Iteration, int Attempt, ExpressionValue? Input, ExpressionValue? Output, string? ErrorCode, string? ErrorMessage, string? FailureType, TimeSpan? Duration)
{
    /// <summary>The run that it started and waited for; null where it started none.</summary>
    public RecordedRun? Child { get; init; }
}
