using System.Text.Json;

namespace Pipewright.LanguageServer.Protocol;

/// <param name="TextDocument">A pipeline, to list only its tests; null for all.</param>
public sealed record TestsParams(TextDocumentIdentifier? TextDocument = null);

public sealed record TestList(IReadOnlyList<TestFileEntry> Files);

/// <summary>A file of tests.</summary>
public sealed record TestFileEntry(string Uri, string Pipeline, IReadOnlyList<TestCaseEntry> Cases);

/// <param name="Range">All of the case.</param>
/// <param name="NameRange">Its name.</param>
public sealed record TestCaseEntry(string Name, string Pipeline, Range Range, Range NameRange, string? Description = null);

/// <param name="Tests">Which; null for all.</param>
/// <param name="Coverage">Whether the result is to tell what the cases have shown.</param>
public sealed record RunTestsParams(IReadOnlyList<ChosenTests>? Tests = null, bool Coverage = false);

/// <param name="Names">The cases of the file; null for all.</param>
public sealed record ChosenTests(string Uri, IReadOnlyList<string>? Names = null);

/// <param name="Coverage">Null where nobody asked for it.</param>
public sealed record RunTestsResult(IReadOnlyList<TestCaseResult> Cases, IReadOnlyList<CoveredFile>? Coverage = null);

public sealed record TestCaseResult(string Uri, string Name, bool Passed, double DurationMs, IReadOnlyList<TestFailureEntry> Failures);

/// <param name="Range">Where it is expected, in the file of the test.</param>
/// <param name="Expected">Absent where there is nothing to compare.</param>
/// <param name="Actual">Absent where there is nothing to compare.</param>
/// <param name="Activity">The activity that it is about.</param>
public sealed record TestFailureEntry(string Message, Range Range, string? Expected = null, string? Actual = null, Location? Activity = null);

/// <summary>What cases have shown of the pipelines in a file.</summary>
public sealed record CoveredFile(string Uri, IReadOnlyList<CoveredItem> Items);

/// <param name="Kind"><c>activity</c>, <c>branch</c> or <c>dependency</c>.</param>
/// <param name="What">What it is to cover it, in words.</param>
public sealed record CoveredItem(string Kind, string Activity, string What, Range Range, bool Covered);

/// <param name="TextDocument">A file of tests; or a pipeline, which then is run with examples for its parameters.</param>
/// <param name="Name">The case; null for the first.</param>
public sealed record DryRunParams(TextDocumentIdentifier TextDocument, string? Name = null);

/// <param name="Uri">The file of the test; null where the test was made up.</param>
/// <param name="Status">How the run ended; null where the case can't be run.</param>
/// <param name="DurationMs">In simulated time.</param>
public sealed record DryRunResult(
    string Pipeline, string Name, string? Uri, string? Status, double DurationMs, string? Error, IReadOnlyList<DryRunActivity> Activities, JsonElement? Parameters, JsonElement? Variables, JsonElement? Returns,
    IReadOnlyList<TestFailureEntry> Failures);

/// <param name="Pipeline">The pipeline that it is in.</param>
/// <param name="Depth">How many runs of pipelines are above the one that it is in.</param>
/// <param name="StartMs">Counted from the start of the run, in simulated time; so is <paramref name="EndMs"/>.</param>
/// <param name="Stubbed">Whether a stub of the test answered.</param>
/// <param name="Why">Why it was skipped; absent where it was not.</param>
/// <param name="Activity">Where it is written.</param>
public sealed record DryRunActivity(
    string Pipeline, int Depth, string Name, string Type, string Status, double StartMs, double EndMs, int Attempts, bool Stubbed, int? Iteration = null, JsonElement? Input = null, JsonElement? Output = null,
    string? Error = null, string? Why = null, Location? Activity = null);

/// <param name="Range">What is selected; a cursor means the whole expression.</param>
public sealed record EvaluateParams(TextDocumentIdentifier TextDocument, Range Range);

/// <param name="Value">JSON as text; absent where there is an error.</param>
public sealed record EvaluateResult(string Expression, Range Range, string Test, string? Value = null, string? Error = null, int? Iteration = null);

/// <param name="RunId">A run to record; null for examples.</param>
/// <param name="Target">The target that has the run; null for the current one.</param>
public sealed record NewTestParams(TextDocumentIdentifier TextDocument, string? RunId = null, string? Target = null);

/// <param name="Uri">A file that is not there yet.</param>
public sealed record NewTestResult(string Uri, string Text);
