using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pipewright.Deployment.Running;

/// <summary>What came of the run that an activity has made in Databricks.</summary>
/// <param name="Page">Where the workspace shows it; null where that is not known.</param>
/// <param name="Output">What the notebook gave to <c>dbutils.notebook.exit</c>, JSON as text; null for nothing.</param>
/// <param name="IsTruncated">Whether there is more of the output than is told here.</param>
/// <param name="Error">Why it failed; null where it did not, or where nobody tells.</param>
/// <param name="Trace">The last lines of where it failed.</param>
/// <param name="Problem">Why the workspace could not be asked, as a sentence; null where it answered, or was not asked.</param>
public sealed record NotebookOutcome(string? Page, string? Output, bool IsTruncated, string? Error, ImmutableArray<string> Trace, string? Problem);

/// <summary>What a workspace tells of a run that has failed.</summary>
/// <param name="Error">Null where it tells none.</param>
/// <param name="Trace">Null where it tells none.</param>
public sealed record NotebookFailure(string? Error, string? Trace);

/// <summary>The workspaces that activities run notebooks in.</summary>
public interface INotebookRuns
{
    /// <param name="page">The run's page, as the activity tells it.</param>
    /// <returns>Null where the workspace does not know the run.</returns>
    /// <exception cref="FactoryRequestException">The workspace refuses or does not answer; the message says why and what to do.</exception>
    Task<NotebookFailure?> FindFailureAsync(string page, CancellationToken cancellation);
}

/// <summary>Makes outcomes out of what the factory and the workspace tell.</summary>
public static partial class NotebookOutcomes
{
    /// <summary>More of an output than this helps nobody who watches a run; the page has all of it.</summary>
    public const int MostOutput = 2000;

    /// <summary>Where a cell failed stands at the end of its trace.</summary>
    public const int MostLines = 12;

    /// <summary>Null for an activity that runs nothing in Databricks, and for one that goes on.</summary>
    /// <param name="runs">Null to ask no workspace.</param>
    public static async Task<NotebookOutcome?> FindAsync(ActivityRunState activity, INotebookRuns? runs, CancellationToken cancellation)
    {
        if (!activity.IsOver || activity.Type?.StartsWith("Databricks", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var page = Text(activity.Output, "runPageUrl");
        var output = ReadOutput(activity.Output);
        var outcome = new NotebookOutcome(page, output?[..Math.Min(output.Length, MostOutput)], output?.Length > MostOutput, Clean(Text(activity.Output, "runError")), [], null);
        if (activity.Status != "Failed" || page is null || runs is null)
        {
            return page is null && output is null ? null : outcome;
        }

        try
        {
            var failure = await runs.FindFailureAsync(page, cancellation);
            return outcome with { Error = Clean(failure?.Error) ?? outcome.Error, Trace = LastLines(failure?.Trace) };
        }
        catch (FactoryRequestException e)
        {
            return outcome with { Problem = e.Message };
        }
    }

    /// <summary>The number of the run that a page is of: <c>…#job/1/run/2</c> or <c>…/jobs/1/runs/2</c>. Null for a page of something else.</summary>
    public static long? RunIdOf(string page) =>
        RunOf().Matches(page).LastOrDefault() is { } match && long.TryParse(match.Groups["id"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string? ReadOutput(JsonElement output) => output.ValueKind == JsonValueKind.Object && output.TryGetProperty("runOutput", out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        }
        : null;

    private static ImmutableArray<string> LastLines(string? trace) => trace is null
        ? []
        : [.. Clean(trace)!.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0).TakeLast(MostLines).Select(l => l.Length <= MostOutput ? l : l[..MostOutput] + "…")];

    /// <summary>Traces are coloured for terminals; here the colours, and whatever else drives a terminal, would be noise.</summary>
    private static string? Clean(string? text) => text is null ? null : string.Concat(Escapes().Replace(text, "").Where(c => !char.IsControl(c) || c is '\n' or '\t'));

    private static string? Text(JsonElement output, string name) =>
        output.ValueKind == JsonValueKind.Object && output.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"[#/]jobs?/\d+/runs?/(?<id>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RunOf();

    [GeneratedRegex(@"\u001B\[[0-?]*[ -/]*[@-~]", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();
}
