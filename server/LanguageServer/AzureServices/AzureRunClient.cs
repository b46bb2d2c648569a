using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Azure;
using Pipewright.Deployment;

namespace Pipewright.LanguageServer.AzureServices;

/// <summary>The seam between runs and Azure.</summary>
internal sealed class AzureRunClient(DataFactoryClient client) : IRunClient
{
    private static readonly ImmutableDictionary<string, string> NoPipelines = ImmutableDictionary<string, string>.Empty;

    public Task<string> StartAsync(RunStart start, CancellationToken cancellation) => AzureErrors.Translate(async () =>
    {
        string?[] query =
        [
            start.ReferenceRunId is { } reference ? $"referencePipelineRunId={Uri.EscapeDataString(reference)}" : null,
            start.IsRecovery ? "isRecovery=true" : null,
            start.StartActivity is { } activity ? $"startActivityName={Uri.EscapeDataString(activity)}" : null,
            start.StartsFromFailure ? "startFromFailure=true" : null,
        ];
        var parts = string.Join('&', query.OfType<string>());
        var answer = await client.PostAsync(
            $"pipelines/{Uri.EscapeDataString(start.Pipeline)}/createRun", cancellation, parts.Length == 0 ? null : parts, start.Parameters ?? "{}");
        return answer?.Text("runId") ?? throw new FactoryRequestException(
            ArmException.InvalidResponse, $"The service took the run of '{start.Pipeline}' and does not say its id. Look for it among the recent runs.")
        { Status = 200, IsOutcomeUnknown = true };
    });

    public Task<PipelineRunState?> FindAsync(string runId, CancellationToken cancellation) => AzureErrors.Translate(async () =>
        await client.FindAsync($"pipelineruns/{Uri.EscapeDataString(runId)}", cancellation) is { } found ? ReadRun(found.Content) : null);

    public IAsyncEnumerable<PipelineRunState> ListAsync(RunFilter filter, CancellationToken cancellation) =>
        AzureErrors.Translate(client.QueryAsync("queryPipelineRuns", Write(filter), cancellation), ReadRun);

    public IAsyncEnumerable<ActivityRunState> ListActivitiesAsync(string runId, RunFilter filter, CancellationToken cancellation) =>
        AzureErrors.Translate(client.QueryAsync($"pipelineruns/{Uri.EscapeDataString(runId)}/queryActivityruns", Write(filter), cancellation), ReadActivity);

    public IAsyncEnumerable<TriggerRunState> ListTriggerRunsAsync(RunFilter filter, CancellationToken cancellation) =>
        AzureErrors.Translate(client.QueryAsync("queryTriggerRuns", Write(filter), cancellation), ReadTriggerRun);

    public Task CancelAsync(string runId, bool isRecursive, CancellationToken cancellation) => AzureErrors.Translate(() => client.PostAsync(
        $"pipelineruns/{Uri.EscapeDataString(runId)}/cancel", cancellation, $"isRecursive={(isRecursive ? "true" : "false")}"));

    private static JsonObject Write(RunFilter filter)
    {
        var body = new JsonObject
        {
            ["lastUpdatedAfter"] = Write(filter.UpdatedAfter),
            ["lastUpdatedBefore"] = Write(filter.UpdatedBefore),
        };
        if (filter.Conditions.Length > 0)
        {
            body["filters"] = new JsonArray([.. filter.Conditions.Select(c => new JsonObject
            {
                ["operand"] = c.Operand,
                ["operator"] = (c.IsIn, c.Values.Length) switch { (true, 1) => "Equals", (false, 1) => "NotEquals", (true, _) => "In", _ => "NotIn" },
                ["values"] = new JsonArray([.. c.Values.Select(v => (JsonNode)v)]),
            })]);
        }

        if (filter.OrderBy is { } order)
        {
            body["orderBy"] = new JsonArray(new JsonObject { ["orderBy"] = order, ["order"] = filter.IsDescending ? "DESC" : "ASC" });
        }

        return body;
    }

    private static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Null for what has no id, which is no run.</summary>
    private static PipelineRunState? ReadRun(JsonElement run) => run.Text("runId") is { } id
        ? new PipelineRunState(
            id, run.Text("pipelineName") ?? "", run.Text("status") ?? "", run.Text("runGroupId"), run.Flag("isLatest"), run.Member("parameters") ?? default,
            run.Member("invokedBy") is { } by ? new RunInvoker(by.Text("name"), by.Text("id"), by.Text("invokedByType"), by.Text("pipelineName"), by.Text("pipelineRunId")) : null,
            run.Time("lastUpdated"), run.Time("runStart"), run.Time("runEnd"), Duration(run), run.Text("message"))
        : null;

    private static ActivityRunState? ReadActivity(JsonElement run) => run.Text("activityRunId") is { } id
        ? new ActivityRunState(
            id, run.Text("activityName") ?? "", run.Text("activityType"), run.Text("status") ?? "", run.Text("pipelineName"), run.Text("pipelineRunId"), run.Time("activityRunStart"),
            run.Time("activityRunEnd"), Duration(run), run.Member("input") ?? default, run.Member("output") ?? default, ReadError(run), run.Text("iterationHash"),
            (int?)run.Number("retryAttempt"), run.Member("userProperties") ?? default, run.Text("linkedServiceName"))
        : null;

    /// <summary>The service sends an error of empty texts along with a success.</summary>
    private static ActivityRunError? ReadError(JsonElement run) => run.Member("error") is { ValueKind: JsonValueKind.Object } error
        && (error.Text("errorCode"), error.Text("message")) is var (code, message) && (code is { Length: > 0 } || message is { Length: > 0 })
            ? new ActivityRunError(code, message, error.Text("failureType"), error.Text("target"), error.Member("details") ?? default)
            : null;

    private static TriggerRunState? ReadTriggerRun(JsonElement run) => run.Text("triggerRunId") is { } id
        ? new TriggerRunState(
            id, run.Text("triggerName") ?? "", run.Text("triggerType"), run.Text("status") ?? "", run.Time("triggerRunTimestamp"), run.Text("message"),
            run.Member("triggeredPipelines") is { ValueKind: JsonValueKind.Object } pipelines
                ? pipelines.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).DistinctBy(p => p.Name).ToImmutableDictionary(p => p.Name, p => p.Value.GetString()!)
                : NoPipelines)
        : null;

    private static TimeSpan? Duration(JsonElement run) => run.Number("durationInMs") is >= 0 and < 315576000000 and { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
