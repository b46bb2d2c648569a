// A trace as short text, to be read and compared: a line a run, with seconds since the start.
using System.Globalization;
using Pipewright.Core.Expressions;
using Pipewright.Core.Simulation;

namespace Pipewright.Core.Tests.Simulation;

internal static class TraceText
{
    /// <summary>The outcome, then each activity run: its path, how it ended, from when to when, its error's code.</summary>
    public static IEnumerable<string> Write(SimulationTrace trace) => Write(trace.Run, "", trace.Run.Queued);

    /// <summary>All that a trace holds but for the places, which are others in the other form.</summary>
    public static IEnumerable<string> WriteAll(SimulationTrace trace) =>
    [
        .. Write(trace), Describe(trace.Run),
        .. FindAll(trace.Run, "").Select(a => $"{a.Path} {a.Run.RunId} {Json(a.Run.Input)} {Json(a.Run.Output)} {a.Run.Error?.Message} {a.Run.Source} "
            + string.Join(' ', a.Run.Attempts.Select(t => $"{t.Number}:{t.RunId}:{t.Status}:{Seconds(t.Start, trace.Run)}"))),
        .. FindAll(trace.Run, "").Select(a => a.Run.Child).OfType<PipelineRun>().Select(Describe),
        .. trace.Counts.SelectMany(p => p.Value.Activities.Select(a =>
            $"{p.Key}/{a.Key}: {string.Join(',', a.Value.Statuses)} {a.Value.Attempts} {string.Join(',', a.Value.Branches)} {string.Join(',', a.Value.Dependencies.Select(d => d.ToString()).Order(StringComparer.Ordinal))}")),
    ];

    /// <summary>All kept activity runs with their paths: <c>Loop/0/Step</c>, <c>Call&gt;Step</c> for one of a child run.</summary>
    public static IEnumerable<(string Path, ActivityRun Run)> FindAll(PipelineRun run, string prefix) => run.Activities.SelectMany(a => FindAll(a, prefix));

    public static string Json(ExpressionValue? value) => value is null ? "nothing" : ValueJson.Write(value);

    private static string Describe(PipelineRun run) =>
        $"{run.Pipeline} {run.RunId} {run.GroupId} {run.TriggerType} {Json(run.Parameters)} {Json(run.Variables)} {Json(run.ReturnValue)} {run.Error?.Message}";

    private static IEnumerable<string> Write(PipelineRun run, string prefix, DateTime origin)
    {
        var times = prefix.Length == 0 ? "" : $" {Span(run.Start, run.End, origin)}";
        yield return $"{(prefix.Length == 0 ? "" : prefix + " ")}{run.Status}{times}{Code(run.Error)}";
        foreach (var line in run.Activities.SelectMany(a => Write(a, prefix, origin)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Write(ActivityRun run, string prefix, DateTime origin)
    {
        var status = run.Status == ActivityRunStatus.Inactive ? $"Inactive as {run.CountsAs}" : run.Status.ToString();
        var times = run.Status == ActivityRunStatus.Skipped && run.Start == run.End ? Seconds(run.Start, origin) : Span(run.Start, run.End, origin);
        var attempts = run.Attempts.Length > 1 ? $" x{run.Attempts.Length}" : "";
        yield return $"{prefix}{run.Name} {status} {times}{Code(run.Error)}{attempts}{(run.Source == AnswerSource.EarlierRun ? " earlier" : "")}";
        foreach (var branch in run.Branches)
        {
            foreach (var line in branch.Activities.SelectMany(a => Write(a, $"{prefix}{run.Name}/{Key(branch)}/", origin)))
            {
                yield return line;
            }
        }

        foreach (var line in run.Child is { } child ? Write(child, $"{prefix}{run.Name}>", origin) : [])
        {
            yield return line;
        }
    }

    private static IEnumerable<(string Path, ActivityRun Run)> FindAll(ActivityRun run, string prefix) =>
    [
        (prefix + run.Name, run),
        .. run.Branches.SelectMany(b => b.Activities.SelectMany(a => FindAll(a, $"{prefix}{run.Name}/{Key(b)}/"))),
        .. run.Child is { } child ? FindAll(child, $"{prefix}{run.Name}>") : [],
    ];

    private static string Key(BranchRun branch) => branch.Iteration?.ToString(CultureInfo.InvariantCulture) ?? branch.Name switch
    {
        "ifTrueActivities" => "true",
        "ifFalseActivities" => "false",
        "defaultActivities" => "default",
        var name => name.Replace("cases/", "", StringComparison.Ordinal),
    };

    private static string Code(RunError? error) => error is null ? "" : " " + error.Code;

    private static string Span(DateTime start, DateTime end, DateTime origin) => $"{Seconds(start, origin)}-{Seconds(end, origin)}";

    private static string Seconds(DateTime time, PipelineRun run) => Seconds(time, run.Queued);

    private static string Seconds(DateTime time, DateTime origin) => (time - origin).TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
