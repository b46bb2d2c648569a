// What activity('…') gives, by Microsoft's documentation of the system variables and of errors.
using System.Globalization;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

internal static class ActivityResult
{
    public static ObjectValue Of(ActivityWalk walk, ExpressionValue? output, DateTime start, DateTime end) =>
        Of(walk.RunId, walk.Type, walk.Run.RunId, walk.CountsAs, output, walk.Error, start, end);

    /// <summary>Of a run that is taken from an earlier one.</summary>
    public static ObjectValue Of(ActivityRun run, string pipelineRunId) => Of(run.RunId, run.Type, pipelineRunId, run.CountsAs, run.Output, run.Error, run.Start, run.End);

    private static ObjectValue Of(
        string runId, string type, string pipelineRunId, ActivityRunStatus status, ExpressionValue? output, RunError? error, DateTime start, DateTime end)
    {
        var members = new List<KeyValuePair<string, ExpressionValue>>(10) { Member("output", output ?? NullValue.Instance) };
        if (error is not null)
        {
            members.Add(Member("error", Of(error)));
        }

        members.Add(Member("status", new StringValue(status.ToString())));
        members.Add(Member("ActivityRunId", new StringValue(runId)));
        members.Add(Member("ActivityType", new StringValue(type)));
        members.Add(Member("PipelineRunId", new StringValue(pipelineRunId)));
        members.Add(Member("ActivityRunStart", Text(start)));
        members.Add(Member("ActivityRunEnd", Text(end)));
        members.Add(Member("Duration", new StringValue((end - start).ToString("c", CultureInfo.InvariantCulture))));
        members.Add(Member("DurationInMs", new IntegerValue((long)(end - start).TotalMilliseconds)));
        return new ObjectValue(members);
    }

    /// <summary>A time as the service writes it.</summary>
    public static StringValue Text(DateTime time) => new(time.ToString("o", CultureInfo.InvariantCulture));

    public static KeyValuePair<string, ExpressionValue> Member(string name, ExpressionValue value) => KeyValuePair.Create(name, value);

    private static ObjectValue Of(RunError error) => new(
    [
        Member("errorCode", new StringValue(error.Code)),
        Member("message", new StringValue(error.Message)),
        Member("failureType", new StringValue(error.FailureType)),
        Member("target", new StringValue(error.Target)),
        Member("details", new StringValue("")),
    ]);
}
