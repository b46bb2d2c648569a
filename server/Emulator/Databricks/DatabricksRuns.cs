// Runs that were asked of the workspace itself: what each of their tasks gives, and when. Nothing is run.
using System.Text.Json.Nodes;
using Pipewright.Emulator.Runs;

namespace Pipewright.Emulator.Databricks;

/// <param name="speed">How many times faster than the clock runs go; 0 for at once.</param>
internal sealed class DatabricksRuns(RecordStore runs, WorkspaceTree tree, StubRules stubs, TimeProvider time, double speed)
{
    /// <summary>What a task takes before it is made faster, as a notebook's activity does in a simulated pipeline.</summary>
    private static readonly TimeSpan UsualTime = TimeSpan.FromMinutes(2);

    /// <summary>Begins a run of some tasks, one after the other.</summary>
    /// <param name="job">The number of its job; null for a run of its own.</param>
    /// <returns>The run's number.</returns>
    public long Begin(long? job, string name, JsonArray tasks)
    {
        var began = Now;
        var run = runs.Add(
            number => new JsonObject
            {
                ["run_id"] = number,
                ["job_id"] = job ?? number + 1_000_000,
                ["run_name"] = name,
                ["begins"] = began,
                ["tasks"] = new JsonArray([.. Answer(tasks, number, began)]),
            },
            tasks.Count + 1);
        return run.Long("run_id")!.Value;
    }

    /// <summary>A run as it is now; null for none.</summary>
    public JsonObject? Describe(long id, string origin)
    {
        if (runs.Find(id) is not { } run)
        {
            return null;
        }

        var now = Now;
        var tasks = run["tasks"]!.AsArray().OfType<JsonObject>().ToList();
        var end = run.Long("cancelled") ?? tasks.Max(t => t.Long("ends") ?? 0);
        var failed = tasks.FirstOrDefault(t => t["error"] is not null);
        var state = run.Long("cancelled") is not null ? State("TERMINATED", "CANCELED", "Run cancelled.")
            : now < end ? State("RUNNING", null, "In run")
            : failed is null ? State("TERMINATED", "SUCCESS", "")
            : State(failed.IsTrue("isMissing") ? "INTERNAL_ERROR" : "TERMINATED", "FAILED", failed.IsTrue("isMissing") ? failed.Text("error")! : $"Task {failed.Text("task_key")} failed.");
        return new JsonObject
        {
            ["job_id"] = run["job_id"]!.DeepClone(),
            ["run_id"] = id,
            ["run_name"] = run.Text("run_name"),
            ["run_page_url"] = RunView.PageOf(origin, run.Long("job_id") ?? 0, id),
            ["start_time"] = run.Long("begins"),
            ["end_time"] = now < end ? 0 : end,
            ["state"] = state,
            ["tasks"] = new JsonArray([.. tasks.Select(t => DescribeTask(t, run.Long("cancelled"), now))]),
            ["format"] = "MULTI_TASK",
            [RunView.Mark] = true,
        };
    }

    /// <summary>What a run has given; null for none of this number.</summary>
    /// <param name="id">Of a task's run, or of a run with one task.</param>
    /// <exception cref="ArmErrorException">It has several tasks.</exception>
    public JsonObject? DescribeOutput(long id, string origin)
    {
        var (run, task) = FindTask(id);
        if (run is null || task is null)
        {
            return null;
        }

        var output = new JsonObject { ["metadata"] = Describe(run.Long("run_id")!.Value, origin) };
        if (run["cancelled"] is null && Now >= task.Long("ends"))
        {
            if (task.Text("error") is { } error)
            {
                (output["error"], output["error_trace"]) = (error, ActivityRuns.TraceOf(error));
            }

            output["notebook_output"] = task.Text("result") is { } result ? new JsonObject { ["result"] = result, ["truncated"] = false } : new JsonObject();
        }

        return output;
    }

    /// <returns>Whether there is such a run. One that is over stays as it is.</returns>
    public bool Cancel(long id)
    {
        if (runs.Find(id) is not { } run)
        {
            return false;
        }

        if (run["cancelled"] is null && run["tasks"]!.AsArray().Any(t => t.Long("ends") > Now))
        {
            run["cancelled"] = Now;
            runs.Put(id, run);
        }

        return true;
    }

    public static JsonObject State(string life, string? result, string message)
    {
        var state = new JsonObject { ["life_cycle_state"] = life, ["state_message"] = message, ["user_cancelled_or_timedout"] = result == "CANCELED" };
        if (result is not null)
        {
            state["result_state"] = result;
        }

        return state;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static JsonObject DescribeTask(JsonObject task, long? cancelled, long now)
    {
        var ends = cancelled is { } at && at < task.Long("ends") ? at : task.Long("ends") ?? 0;
        return new JsonObject
        {
            ["run_id"] = task.Long("run_id"),
            ["task_key"] = task.Text("task_key"),
            ["notebook_task"] = task["notebook_task"]?.DeepClone(),
            ["start_time"] = task.Long("begins"),
            ["end_time"] = now < ends ? 0 : ends,
            ["state"] = cancelled is { } when && when < task.Long("ends") ? State("TERMINATED", "CANCELED", "Run cancelled.")
                : now < task.Long("begins") ? State("BLOCKED", null, "")
                : now < ends ? State("RUNNING", null, "In run")
                : State(task.IsTrue("isMissing") ? "INTERNAL_ERROR" : "TERMINATED", task["error"] is null ? "SUCCESS" : "FAILED", task.Text("error") ?? ""),
        };
    }

    private (JsonObject? Run, JsonObject? Task) FindTask(long id)
    {
        if (runs.Find(id) is { } own)
        {
            return own["tasks"] is JsonArray { Count: 1 } one ? (own, (JsonObject)one[0]!) : throw DatabricksRefusals.Invalid(
                "Retrieving the output of runs with multiple tasks is not supported. Please retrieve the output of each individual task run instead.");
        }

        foreach (var (_, run) in runs.All)
        {
            if (run["tasks"]!.AsArray().FirstOrDefault(t => t.Long("run_id") == id) is JsonObject task)
            {
                return (run, task);
            }
        }

        return (null, null);
    }

    /// <summary>What each task gives, as a stub says that names it by its key, else its success. A notebook that is not there fails.</summary>
    private IEnumerable<JsonObject> Answer(JsonArray tasks, long number, long began)
    {
        var starts = began;
        foreach (var task in tasks.OfType<JsonObject>())
        {
            var key = task.Text("task_key")!;
            var stub = stubs.FindFor(key);
            var path = task["notebook_task"].Text("notebook_path");
            var isMissing = path is not null && tree.Find(path) is not { Type: WorkspaceItem.Notebook };
            var ends = starts + (speed == 0 || isMissing ? 0 : (long)((stub?.Duration ?? UsualTime).TotalMilliseconds / speed));
            yield return new JsonObject
            {
                ["run_id"] = ++number,
                ["task_key"] = key,
                ["notebook_task"] = task["notebook_task"]?.DeepClone(),
                ["begins"] = starts,
                ["ends"] = ends,
                ["isMissing"] = isMissing,
                ["error"] = isMissing ? $"Unable to access the notebook \"{path}\". Either it does not exist, or the identity used to run this job lacks the required permissions." : stub?.Error?.Message,
                ["result"] = isMissing || stub?.Error is not null ? null : ActivityRuns.ResultOf(stub?.Output),
            };
            starts = ends;
        }
    }
}
