// The runs in the workspace that activities of pipelines have made, as far as the simulation of the pipelines tells them.
using System.Text.Json.Nodes;
using Pipewright.Core.Expressions;
using Pipewright.Core.Simulation;
using Pipewright.Emulator.Runs;

namespace Pipewright.Emulator.Databricks;

internal sealed class ActivityRuns(ResourceStore store, RunBook book)
{
    /// <summary>A run as it is now; null for none.</summary>
    public JsonObject? Describe(long id, string origin)
    {
        if (Find(id) is not var (factory, run))
        {
            return null;
        }

        var activity = run.Attempt.Activity;
        var error = run.End is null ? null : run.Attempt.Error;
        var state = run.End is null ? DatabricksRuns.State("RUNNING", null, "In run")
            : run.Attempt.Status == ActivityRunStatus.Cancelled ? DatabricksRuns.State("TERMINATED", "CANCELED", "Run cancelled.")
            : error is null ? DatabricksRuns.State("TERMINATED", "SUCCESS", "") : DatabricksRuns.State("TERMINATED", "FAILED", "Workload failed, see run output for details");
        var task = new JsonObject { ["run_id"] = id, ["task_key"] = "main", ["state"] = state.DeepClone() };
        if (FindInput(activity, "notebookPath") is StringValue path)
        {
            task["notebook_task"] = new JsonObject { ["notebook_path"] = path.Value, ["base_parameters"] = Parameters(activity) };
        }

        return new JsonObject
        {
            ["job_id"] = 1,
            ["run_id"] = id,
            ["run_name"] = $"ADF_{factory.Name}_{activity.Name}_{run.Attempt.Id}",
            ["run_page_url"] = RunView.PageOf(origin, 1, id),
            ["start_time"] = Milliseconds(run.Start),
            ["end_time"] = run.End is { } end ? Milliseconds(end) : 0,
            ["state"] = state,
            ["tasks"] = new JsonArray(task),
            ["format"] = "SINGLE_TASK",
            [RunView.Mark] = true,
        };
    }

    /// <summary>What a run has given; null for none of this number.</summary>
    public JsonObject? DescribeOutput(long id, string origin)
    {
        if (Find(id) is not var (_, run))
        {
            return null;
        }

        var output = new JsonObject { ["metadata"] = Describe(id, origin) };
        if (run.End is not null)
        {
            if (run.Attempt.Error is { } error)
            {
                (output["error"], output["error_trace"]) = (error.Message, TraceOf(error.Message));
            }

            output["notebook_output"] = ResultOf(run.Attempt.Output) is { } result ? new JsonObject { ["result"] = result, ["truncated"] = false } : new JsonObject();
        }

        return output;
    }

    /// <summary>What a notebook gave to <c>dbutils.notebook.exit</c>: JSON as the text that it was.</summary>
    /// <param name="output">An activity's; null for none.</param>
    public static string? ResultOf(ExpressionValue? output) => (output as ObjectValue)?.Find("runOutput") switch
    {
        null or NullValue => null,
        StringValue text => text.Value,
        var value => ValueJson.Write(value),
    };

    /// <summary>Where a notebook that was not run would have failed.</summary>
    public static string TraceOf(string error) => $"""
        ---------------------------------------------------------------------------
        Error                                     Traceback (most recent call last)
        File <command-1>, line 1
        ----> 1 simulated()

        {error}
        """;

    private (FactoryKey Factory, DatabricksAttempt Run)? Find(long id)
    {
        foreach (var factory in store.ListFactories(null, null))
        {
            if (book.List(factory.Key).SelectMany(r => r.DatabricksAttempts()).FirstOrDefault(a => a.RunId == id) is { } found)
            {
                return (factory.Key, found);
            }
        }

        return null;
    }

    private static ExpressionValue? FindInput(ActivityRun activity, string name) => activity.Input is not ObjectValue input ? null
        : input.Find(name) ?? (input.Find("typeProperties") as ObjectValue)?.Find(name);

    /// <summary>All parameters reach a notebook as texts.</summary>
    private static JsonObject Parameters(ActivityRun activity) => FindInput(activity, "baseParameters") is ObjectValue given
        ? new JsonObject(given.Members.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)(p.Value is StringValue text ? text.Value : ValueJson.Write(p.Value)))))
        : [];

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
