using System.Globalization;
using System.Text.Json;
using Pipewright.Deployment.Running;

namespace Pipewright.LanguageServer.Running;

/// <summary>What happens in a run, for people: a line for each change, and what belongs to it below.</summary>
internal sealed class RunText(TextWriter output, RunPlaces places)
{
    public void Write(RunEvent change)
    {
        switch (change)
        {
            case RunChanged { Run: var run, Depth: var depth }:
                WriteLine(run.End ?? run.Start, run.Status, depth, $"{places.NameOf(run.Pipeline)} ({run.RunId}){DurationOf(run.Duration)}");
                WriteBelow(depth, run is { IsOver: true, Status: not "Succeeded", Message.Length: > 0 } ? run.Message : null);
                break;
            case ActivityChanged { Activity: var activity } changed:
                var round = changed.Iteration is { } iteration ? string.Create(CultureInfo.InvariantCulture, $" [{iteration}]") : "";
                var attempt = changed.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $" attempt {changed.Attempt}") : "";
                WriteLine(activity.End ?? activity.Start, activity.Status, changed.Depth, $"  {activity.Activity}{round}{attempt}{DurationOf(activity.Duration)}");
                WriteDetails(changed);
                break;
            case LookFailed { Message: var message }:
                output.WriteLine($"! {message} Looking again.");
                break;
        }

        output.Flush();
    }

    private void WriteDetails(ActivityChanged changed)
    {
        var activity = changed.Activity;
        if (activity.Output.ValueKind == JsonValueKind.Object && activity.Output.TryGetProperty("runPageUrl", out var page) && page.ValueKind == JsonValueKind.String)
        {
            WriteBelow(changed.Depth + 1, page.GetString());
        }

        if (changed.Notebook is { } notebook)
        {
            WriteNotebook(notebook, changed.Depth + 1);
        }

        if (activity.Error is { } error)
        {
            WriteBelow(changed.Depth + 1, $"{error.Code}: {error.Message}");
            if (places.Find(changed.Pipeline, activity.Activity, error) is { } place)
            {
                WriteBelow(changed.Depth + 1, string.Create(CultureInfo.InvariantCulture, $"at {place.Path}:{place.Line}"));
            }
        }
    }

    private void WriteNotebook(NotebookOutcome notebook, int depth)
    {
        WriteBelow(depth, notebook.Output is { } text ? $"returned {text}{(notebook.IsTruncated ? "… (the run's page has all of it)" : "")}" : null);
        WriteBelow(depth, notebook.Error is { } error ? $"the notebook failed: {error}" : null);
        foreach (var line in notebook.Trace)
        {
            WriteBelow(depth, "| " + line);
        }

        WriteBelow(depth, notebook.Problem is { } problem ? $"! Why the notebook failed is not told: {problem}" : null);
    }

    private void WriteLine(DateTimeOffset? time, string status, int depth, string text) =>
        output.WriteLine($"{time?.ToUniversalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? "--:--:--"} {status,-10} {Indent(depth)}{text}");

    private void WriteBelow(int depth, string? text)
    {
        if (text is not null)
        {
            output.WriteLine($"{"",20}{Indent(depth + 1)}{text.ReplaceLineEndings(" ")}");
        }
    }

    private static string Indent(int depth) => new(' ', depth * 4);

    private static string DurationOf(TimeSpan? duration) => duration is { } known ? $" in {Format(known)}" : "";

    private static string Format(TimeSpan duration) => duration < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s")
        : duration.ToString(duration < TimeSpan.FromDays(1) ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
}
