// A simulated run as somebody sees it at a time of the clock: what is to come is not told.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Pipewright.Core.Expressions;
using Pipewright.Core.Simulation;

namespace Pipewright.Emulator.Runs;

/// <summary>A run that was asked for, with all that it started.</summary>
internal sealed class SimulatedGroup
{
    public SimulatedGroup(RunRecord record, SimulationTrace trace)
    {
        Root = trace.Run;
        Runs = [.. Flatten(new SimulatedRun(record, trace.Run, trace.Run.RunId, null, null))];
    }

    public PipelineRun Root { get; }

    public IReadOnlyList<SimulatedRun> Runs { get; }

    /// <summary>Runs of an activity that was taken from an earlier run are of that one.</summary>
    private static IEnumerable<SimulatedRun> Flatten(SimulatedRun run) => run.Run.AllActivities().Where(a => a is { Child: not null, Source: not AnswerSource.EarlierRun })
        .SelectMany(a => Flatten(new SimulatedRun(run.Record, a.Child!, run.RootId, run.Run, a))).Prepend(run);
}

/// <summary>One run of a pipeline.</summary>
/// <param name="RootId">The run that was asked for.</param>
/// <param name="Caller">The run that started it; null for one that was asked for.</param>
/// <param name="CallerActivity">The activity that started it.</param>
internal sealed record SimulatedRun(RunRecord Record, PipelineRun Run, string RootId, PipelineRun? Caller, ActivityRun? CallerActivity)
{
    public DateTime Queued => Record.ToClock(Run.Queued);

    public string GroupId => Record.GroupId ?? RootId;

    public bool HasBegun(DateTime now) => Queued <= now;
}

/// <summary>One attempt of an activity.</summary>
/// <param name="Retry">Null for the first.</param>
internal sealed record SimulatedAttempt(
    ActivityRun Activity, string Id, int? Retry, DateTime Start, DateTime End, ActivityRunStatus Status, ExpressionValue? Output, RunError? Error, AnswerSource Source, string IterationHash);

/// <summary>An attempt of an activity that ran something in Databricks.</summary>
/// <param name="RunId">Of its run there.</param>
/// <param name="End">Null as long as it goes on.</param>
internal sealed record DatabricksAttempt(long RunId, SimulatedAttempt Attempt, DateTime Start, DateTime? End);

/// <param name="latest">The newest run of its group.</param>
internal sealed class RunView(SimulatedRun run, DateTime now, TimeSpan cancelTime, SimulatedRun? latest)
{
    /// <summary>Says in every run and every made-up answer that nothing of it is real.</summary>
    public const string Mark = "simulated";

    public SimulatedRun Run => run;

    public bool IsOver => Status is "Succeeded" or "Failed" or "Cancelled";

    public string Status
    {
        get
        {
            var end = run.Record.ToClock(run.Run.End);
            if (run.Run.Status == PipelineRunStatus.Cancelled && run.Record.Cancellations.Length > 0 && end <= now && now < run.Record.Cancellations.Max(c => c.Time) + cancelTime)
            {
                return "Canceling";
            }

            return end <= now ? run.Run.Status.ToString() : run.Record.ToClock(run.Run.Start) <= now ? "InProgress" : "Queued";
        }
    }

    /// <summary>The body that the service gives; the order is that of Microsoft's examples.</summary>
    public JsonObject Describe()
    {
        var start = run.Record.ToClock(run.Run.Start);
        var end = run.Record.ToClock(run.Run.End);
        return new JsonObject
        {
            ["runId"] = run.Run.RunId,
            ["runGroupId"] = run.GroupId,
            ["isLatest"] = run.Caller is not null || latest is null || latest == run,
            ["pipelineName"] = run.Run.Pipeline,
            ["parameters"] = new JsonObject(run.Run.Parameters.Members.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)TextOf(p.Value)))),
            ["invokedBy"] = DescribeInvoker(),
            ["runStart"] = start <= now ? RunRecord.Write(start) : null,
            ["runEnd"] = IsOver ? RunRecord.Write(end) : null,
            ["durationInMs"] = IsOver ? (long)(end - start).TotalMilliseconds : null,
            ["status"] = Status,
            ["message"] = IsOver ? run.Run.Error?.Message ?? "" : "",
            ["lastUpdated"] = RunRecord.Write(LastUpdated),
            ["annotations"] = new JsonArray(),
            ["runDimension"] = new JsonObject { ["SimulatedBy"] = "pipewright-emulator" },
            [Mark] = true,
        };
    }

    public DateTime LastUpdated => Attempts().SelectMany(a => new[] { a.Start, a.End }).Append(run.Run.Start).Append(run.Run.End).Append(run.Run.Queued)
        .Select(run.Record.ToClock).Concat(run.Record.Cancellations.Select(c => c.Time)).Where(t => t <= now).Max();

    /// <summary>The bodies of all activity runs that have started by now.</summary>
    /// <param name="origin">The emulator's own address, where runs of notebooks have their page.</param>
    public IEnumerable<JsonObject> DescribeActivities(string origin) => Attempts().Where(a => run.Record.ToClock(a.Start) <= now).Select(a => Describe(a, origin));

    /// <summary>The attempts by now of activities that run something in Databricks, each with its run there.</summary>
    public IEnumerable<DatabricksAttempt> DatabricksAttempts() => Attempts().Where(a => IsOfDatabricks(a) && run.Record.ToClock(a.Start) <= now).Select(a =>
    {
        var end = run.Record.ToClock(a.End);
        return new DatabricksAttempt(DatabricksRunId(a), a, run.Record.ToClock(a.Start), end <= now ? end : null);
    });

    private JsonObject DescribeInvoker() => run.CallerActivity is null
        ? new JsonObject { ["id"] = run.Record.Cause.Id ?? HashOf(run.RootId, 0), ["name"] = run.Record.Cause.Name, ["invokedByType"] = run.Record.Cause.Type }
        : new JsonObject
        {
            ["id"] = run.CallerActivity.RunId,
            ["name"] = run.CallerActivity.Name,
            ["invokedByType"] = "PipelineActivity",
            ["pipelineName"] = run.Caller!.Pipeline,
            ["pipelineRunId"] = run.Caller.RunId,
        };

    private IEnumerable<SimulatedAttempt> Attempts() => run.Run.Activities.SelectMany(a => Attempts(a, ""));

    /// <summary>Its attempts, each an activity run to the service, and those of what is in it.</summary>
    private static IEnumerable<SimulatedAttempt> Attempts(ActivityRun activity, string hash)
    {
        foreach (var attempt in activity.Attempts)
        {
            yield return new SimulatedAttempt(
                activity, attempt.RunId, attempt.Number > 1 ? attempt.Number - 1 : null, attempt.Start, attempt.End, attempt.Status, attempt.Output, attempt.Error, attempt.Source, hash);
        }

        if (activity.Attempts.IsEmpty || activity.Status == ActivityRunStatus.Cancelled)
        {
            // One that was cancelled ended in the middle of an attempt, or while it waited for the next.
            var tried = activity.Attempts.Length;
            yield return new SimulatedAttempt(
                activity, tried == 0 ? activity.RunId : HashOf(activity.RunId, tried), tried > 0 ? tried : null, tried > 0 ? activity.Attempts[^1].End : activity.Start, activity.End,
                activity.Status, activity.Output, activity.Error, activity.Source, hash);
        }

        if (activity.Source == AnswerSource.EarlierRun)
        {
            yield break;
        }

        foreach (var branch in activity.Branches)
        {
            var inner = branch.Iteration is { } iteration ? HashOf(hash + activity.RunId, iteration) : hash;
            foreach (var attempt in branch.Activities.SelectMany(a => Attempts(a, inner)))
            {
                yield return attempt;
            }
        }
    }

    private JsonObject Describe(SimulatedAttempt attempt, string origin)
    {
        var start = run.Record.ToClock(attempt.Start);
        var end = run.Record.ToClock(attempt.End);
        var isOver = end <= now;
        var activity = attempt.Activity;
        var body = new JsonObject
        {
            ["pipelineName"] = run.Run.Pipeline,
            ["pipelineRunId"] = run.Run.RunId,
            ["activityName"] = activity.Name,
            ["activityType"] = activity.Type,
            ["activityRunId"] = attempt.Id,
            ["linkedServiceName"] = (activity.Input as ObjectValue)?.Find("linkedServiceName") is ObjectValue service && service.Find("referenceName") is StringValue name ? name.Value : "",
            ["status"] = isOver ? attempt.Status.ToString() : "InProgress",
            ["activityRunStart"] = RunRecord.Write(start),
            ["activityRunEnd"] = isOver ? RunRecord.Write(end) : null,
            ["durationInMs"] = isOver ? (long)(end - start).TotalMilliseconds : null,
            ["input"] = ToNode(activity.Input) ?? new JsonObject(),
            ["output"] = DescribeOutput(attempt, isOver, origin),
            ["error"] = Describe(activity.Name, isOver ? attempt.Error : null),
            ["userProperties"] = ToNode(activity.UserProperties),
            ["retryAttempt"] = attempt.Retry,
            ["iterationHash"] = attempt.IterationHash,
        };
        if (attempt.Source != AnswerSource.Walked)
        {
            body[Mark] = true;
        }

        return body;
    }

    private static JsonObject Describe(string activity, RunError? error) => new()
    {
        ["errorCode"] = error?.Code ?? "",
        ["message"] = error?.Message ?? "",
        ["failureType"] = error?.FailureType ?? "",
        ["target"] = activity,
        ["details"] = "",
    };

    /// <summary>What there is so far. What a cloud would have answered says that it did not.</summary>
    private static JsonNode DescribeOutput(SimulatedAttempt attempt, bool isOver, string origin)
    {
        var activity = attempt.Activity;
        var output = (isOver ? ToNode(attempt.Output) : null) ?? new JsonObject();
        if (output is not JsonObject members || activity.IsOutputSecure)
        {
            return output;
        }

        if (activity.Child is { } child)
        {
            members["pipelineName"] ??= child.Pipeline;
            members["pipelineRunId"] ??= child.RunId;
        }

        if (IsOfDatabricks(attempt) && string.IsNullOrEmpty(members["runPageUrl"].Text()))
        {
            members["runPageUrl"] = PageOf(origin, 1, DatabricksRunId(attempt));
        }

        if (attempt.Source is AnswerSource.Stub or AnswerSource.DefaultStub || (!isOver && members.ContainsKey("runPageUrl")))
        {
            members[Mark] = true;
        }

        return members;
    }

    /// <summary>The page of a run, as workspaces have it.</summary>
    public static string PageOf(string origin, long job, long run) => string.Create(CultureInfo.InvariantCulture, $"{origin}/?o=0#job/{job}/run/{run}");

    private static bool IsOfDatabricks(SimulatedAttempt attempt) => attempt.Activity.Type.StartsWith("Databricks", StringComparison.OrdinalIgnoreCase)
        && attempt.Status is not (ActivityRunStatus.Skipped or ActivityRunStatus.Inactive);

    private static long DatabricksRunId(SimulatedAttempt attempt) => Convert.ToUInt32(HashOf(attempt.Id, 0)[..8], 16);

    private static JsonNode? ToNode(ExpressionValue? value) => value is null ? null : JsonNode.Parse(ValueJson.Write(value), null, new System.Text.Json.JsonDocumentOptions { MaxDepth = 512 });

    /// <summary>Parameters come back as texts.</summary>
    private static string TextOf(ExpressionValue value) => value is StringValue text ? text.Value : ValueJson.Write(value);

    private static string HashOf(string of, int number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{of}/{number}")))[..32];
}
