namespace Pipewright.Deployment.Comparison;

/// <summary>A property that has another value in one resource than in another.</summary>
/// <param name="Path">From the resource on: <c>properties.activities[Load].policy.retry</c>.</param>
/// <param name="Before">As compact JSON text without secrets; null where it is not there.</param>
/// <param name="After">As <paramref name="Before"/>.</param>
public sealed record PropertyChange(string Path, string? Before, string? After);
