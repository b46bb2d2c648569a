// Jobs and their runs: the part "Jobs" of the Databricks REST API reference.
using System.Text.Json.Nodes;

namespace Pipewright.Emulator.Databricks;

internal sealed class JobOperations(RecordStore jobs, DatabricksRuns runs, ActivityRuns activities, TimeProvider time)
{
    /// <summary>How many tasks and parameters of a job there are on a page.</summary>
    private const int PartsAtOnce = 100;

    public IEnumerable<Operation> List() =>
    [
        EmulatedWorkspace.Make("POST", "jobs/create", Create),
        EmulatedWorkspace.Make("GET", "jobs/list", ListJobs),
        EmulatedWorkspace.Make("GET", "jobs/get", Get),
        EmulatedWorkspace.Make("POST", "jobs/delete", Delete),
        EmulatedWorkspace.Make("POST", "jobs/run-now", RunNow),
        EmulatedWorkspace.Make("POST", "jobs/runs/submit", Submit),
        EmulatedWorkspace.Make("GET", "jobs/runs/get", call => AnswerRun(call, id => runs.Describe(id, call.Request.Origin) ?? activities.Describe(id, call.Request.Origin))),
        EmulatedWorkspace.Make("GET", "jobs/runs/get-output", call => AnswerRun(call, id => runs.DescribeOutput(id, call.Request.Origin) ?? activities.DescribeOutput(id, call.Request.Origin))),
        EmulatedWorkspace.Make("POST", "jobs/runs/cancel", Cancel),
    ];

    private static ArmResponse AnswerRun(ArmCall call, Func<long, JsonObject?> find)
    {
        var id = EmulatedWorkspace.ReadId(call, "run_id");
        return new ArmResponse(200, find(id) ?? throw NoRun(id));
    }

    private ArmResponse Create(ArmCall call)
    {
        var settings = call.Request.ReadBody();
        settings["name"] ??= "Untitled";
        ReadTasks(settings, isRequired: false);
        var made = jobs.Add(number => new JsonObject
        {
            ["job_id"] = number,
            ["creator_user_name"] = "nobody@emulator.invalid",
            ["created_time"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ["settings"] = settings,
        });
        return new ArmResponse(200, new JsonObject { ["job_id"] = made.Long("job_id") });
    }

    /// <summary>Tasks and parameters are not told in a list, but where they are asked for.</summary>
    private ArmResponse ListJobs(ArmCall call)
    {
        var name = call.Request.Read("name");
        var all = jobs.All.Select(j => j.Value).Where(j => name is null || name.Equals(j["settings"].Text("name"), StringComparison.OrdinalIgnoreCase)).OrderByDescending(j => j.Long("job_id"));
        var page = EmulatedWorkspace.Page("jobs", call.Request.Has("expand_tasks", "true") ? all : all.Select(WithoutParts), EmulatedWorkspace.ReadSize(call, "limit"), call.Request.Read("page_token"));
        page["has_more"] = page["next_page_token"] is not null;
        return new ArmResponse(200, page);
    }

    private static JsonObject WithoutParts(JsonObject job)
    {
        job["settings"]!.AsObject().Remove("tasks");
        job["settings"]!.AsObject().Remove("parameters");
        return job;
    }

    private ArmResponse Get(ArmCall call)
    {
        var job = Find(EmulatedWorkspace.ReadId(call, "job_id"));
        var settings = job["settings"]!.AsObject();
        var token = call.Request.Read("page_token");
        foreach (var part in (string[])["tasks", "parameters"])
        {
            if (settings[part] is JsonArray all)
            {
                var size = token is null ? 0 : int.TryParse(token, out var from) ? from : throw DatabricksRefusals.Invalid("Invalid page token");
                JsonNode?[] items = [.. all.Select(i => i?.DeepClone()).Skip(size).Take(PartsAtOnce)];
                if (all.Count > size + PartsAtOnce)
                {
                    job["next_page_token"] = (size + PartsAtOnce).ToString(System.Globalization.CultureInfo.InvariantCulture);
                    job["has_more"] = true;
                }

                settings[part] = new JsonArray(items);
            }
        }

        return new ArmResponse(200, job);
    }

    private ArmResponse Delete(ArmCall call)
    {
        var id = call.Request.ReadBody().Long("job_id") ?? throw DatabricksRefusals.Without("job_id");
        return jobs.Delete(id) ? new ArmResponse(200, new JsonObject()) : throw NoJob(id);
    }

    private ArmResponse RunNow(ArmCall call)
    {
        var body = call.Request.ReadBody();
        var id = body.Long("job_id") ?? throw DatabricksRefusals.Without("job_id");
        var settings = Find(id)["settings"]!.AsObject();
        if (body["job_parameters"] is JsonObject given
            && given.FirstOrDefault(g => settings["parameters"] is not JsonArray known || known.All(p => p.Text("name") != g.Key)).Key is { } unknown)
        {
            throw DatabricksRefusals.Invalid($"Job parameter {unknown} is not defined in the job.");
        }

        return Begin(runs.Begin(id, settings.Text("name")!, ReadTasks(settings, isRequired: true)));
    }

    private ArmResponse Submit(ArmCall call)
    {
        var body = call.Request.ReadBody();
        return Begin(runs.Begin(null, body.Text("run_name") ?? "Untitled", ReadTasks(body, isRequired: true)));
    }

    private ArmResponse Cancel(ArmCall call)
    {
        var id = call.Request.ReadBody().Long("run_id") ?? throw DatabricksRefusals.Without("run_id");
        return runs.Cancel(id) ? new ArmResponse(200, new JsonObject()) : throw NoRun(id);
    }

    private JsonObject Find(long id) => jobs.Find(id) ?? throw NoJob(id);

    private static ArmResponse Begin(long run) => new(200, new JsonObject { ["run_id"] = run, ["number_in_job"] = run });

    /// <exception cref="ArmErrorException">There are none, or one has no key of its own.</exception>
    private static JsonArray ReadTasks(JsonObject settings, bool isRequired)
    {
        if (settings["tasks"] is not JsonArray { Count: > 0 } tasks)
        {
            return isRequired ? throw DatabricksRefusals.Invalid("A run needs at least one task.") : [];
        }

        var keys = tasks.Select(t => t.Text("task_key") ?? throw DatabricksRefusals.Without("task_key")).ToList();
        return keys.Distinct(StringComparer.Ordinal).Count() == keys.Count ? tasks : throw DatabricksRefusals.Invalid("Each task needs a task_key of its own.");
    }

    private static ArmErrorException NoJob(long id) => DatabricksRefusals.Invalid($"Job {id} does not exist.");

    private static ArmErrorException NoRun(long id) => DatabricksRefusals.Invalid($"Run {id} does not exist.");
}
