using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Deployment;
using Pipewright.Deployment.Running;

namespace Pipewright.LanguageServer.Running;

/// <summary>What happens in a run, for programs: the same members on the command line and in the protocol, but for the place.</summary>
internal static class RunJson
{
    public static JsonObject Of(PipelineRunState run, int? depth = null)
    {
        var body = new JsonObject
        {
            ["runId"] = run.RunId,
            ["groupId"] = run.GroupId,
            ["pipeline"] = run.Pipeline,
            ["status"] = run.Status,
            ["start"] = Write(run.Start),
            ["end"] = Write(run.End),
            ["durationMs"] = Milliseconds(run.Duration),
            ["message"] = run.Message,
            ["parameters"] = ToNode(run.Parameters),
            ["invokedBy"] = run.InvokedBy is { } by ? new JsonObject { ["type"] = by.Type, ["name"] = by.Name, ["pipeline"] = by.Pipeline, ["runId"] = by.RunId } : null,
            ["depth"] = depth,
        };
        return WithoutNulls(body);
    }

    public static JsonObject Of(ActivityChanged changed)
    {
        var activity = changed.Activity;
        var body = new JsonObject
        {
            ["activityRunId"] = activity.ActivityRunId,
            ["pipeline"] = changed.Pipeline,
            ["pipelineRunId"] = activity.PipelineRunId,
            ["activity"] = activity.Activity,
            ["type"] = activity.Type,
            ["status"] = activity.Status,
            ["start"] = Write(activity.Start),
            ["end"] = Write(activity.End),
            ["durationMs"] = Milliseconds(activity.Duration),
            ["attempt"] = changed.Attempt,
            ["iteration"] = changed.Iteration,
            ["depth"] = changed.Depth,
            ["input"] = ToNode(activity.Input),
            ["output"] = ToNode(activity.Output),
            ["databricks"] = changed.Notebook is { } notebook ? Of(notebook) : null,
            ["error"] = activity.Error is { } error
                ? WithoutNulls(new JsonObject { ["errorCode"] = error.Code, ["message"] = error.Message, ["failureType"] = error.FailureType, ["target"] = error.Target })
                : null,
        };
        return WithoutNulls(body);
    }

    private static JsonObject Of(NotebookOutcome notebook) => WithoutNulls(new JsonObject
    {
        ["page"] = notebook.Page,
        ["output"] = notebook.Output,
        ["truncated"] = notebook.IsTruncated ? true : null,
        ["error"] = notebook.Error,
        ["trace"] = notebook.Trace.IsEmpty ? null : new JsonArray([.. notebook.Trace.Select(l => (JsonNode)l)]),
        ["problem"] = notebook.Problem,
    });

    private static JsonObject WithoutNulls(JsonObject body)
    {
        foreach (var name in body.Where(p => p.Value is null).Select(p => p.Key).ToList())
        {
            body.Remove(name);
        }

        return body;
    }

    private static JsonNode? ToNode(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element.Clone()),
        JsonValueKind.Array => JsonArray.Create(element.Clone()),
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        _ => JsonValue.Create(element.Clone()),
    };

    private static JsonValue? Milliseconds(TimeSpan? duration) => duration is { } known ? JsonValue.Create((long)known.TotalMilliseconds) : null;

    private static string? Write(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
