// Runs of pipelines and of their activities.
using System.Text.Json.Nodes;
using Pipewright.Core.Simulation;

namespace Pipewright.Emulator.Runs;

internal sealed class RunOperations(ResourceStore store, RunBook book, ServiceSettings settings)
{
    private const string One = Operation.Factory + "/pipelineruns/{run}";

    public IEnumerable<Operation> List() =>
    [
        new("Pipelines_CreateRun", "POST", Operation.Factory + "/pipelines/{name}/createRun", Create),
        new("PipelineRuns_QueryByFactory", "POST", Operation.Factory + "/queryPipelineRuns", Query),
        new("PipelineRuns_Get", "GET", One, call => new ArmResponse(200, Find(call).Run.Describe())),
        new("PipelineRuns_Cancel", "POST", One + "/cancel", Cancel),
        new("ActivityRuns_QueryByPipelineRun", "POST", One + "/queryActivityruns", QueryActivities),
    ];

    private ArmResponse Create(ArmCall call)
    {
        var key = store.FindFactory(call.Key)?.Key ?? throw ArmErrorException.NoFactory(call.Key);
        var parameters = call.Request.ReadOptionalBody();
        var reference = call.Request.Read("referencePipelineRunId");
        var (startActivity, fromFailure) = (call.Request.Read("startActivityName"), call.Request.Has("startFromFailure", "true"));
        if (reference is null)
        {
            return startActivity is not null || fromFailure
                ? throw ArmErrorException.BadRequest("'startActivityName' and 'startFromFailure' need 'referencePipelineRunId', the run to go on from.", call["name"])
                : Answer(book.Begin(key, book.Prepare(key, call["name"], parameters, RunCause.Manual)));
        }

        var earlier = book.Find(key, reference) ?? throw NoRun(reference);
        if (!earlier.IsOver || earlier.Run.Caller is not null || !earlier.Run.Run.Pipeline.Equals(call["name"], StringComparison.OrdinalIgnoreCase))
        {
            throw ArmErrorException.BadRequest($"The run '{reference}' can't be run again: it must be a run of '{call["name"]}' of its own that is over.", call["name"]);
        }

        // The values of the run that is referred to, by Microsoft's documentation; those given beside it go before.
        var all = JsonNode.Parse(earlier.Run.Record.Parameters)!.AsObject();
        foreach (var (name, value) in parameters)
        {
            all[name] = value?.DeepClone();
        }

        var goesOn = startActivity is not null || fromFailure;
        return Answer(book.Begin(key, book.Prepare(key, call["name"], all, RunCause.Manual) with
        {
            RerunOf = goesOn ? earlier.Run.RootId : null,
            StartActivity = startActivity,
            GroupId = call.Request.Has("isRecovery", "true") ? earlier.Run.GroupId : null,
        }));
    }

    private ArmResponse Query(ArmCall call)
    {
        var key = store.FindFactory(call.Key)?.Key ?? throw ArmErrorException.NoFactory(call.Key);
        return new RunQuery(call.Request.ReadBody()).Answer(book.List(key).Select(r => r.Describe()), "lastUpdated", settings.PageSize, book.Now);
    }

    private ArmResponse QueryActivities(ArmCall call) =>
        new RunQuery(call.Request.ReadBody()).Answer(Find(call).Run.DescribeActivities(call.Request.Origin), "activityRunEnd", settings.PageSize, book.Now);

    private ArmResponse Cancel(ArmCall call)
    {
        var (key, run) = Find(call);
        book.Cancel(key, run, call.Request.Has("isRecursive", "true"));
        return new ArmResponse(200);
    }

    private (FactoryKey Key, RunView Run) Find(ArmCall call)
    {
        var key = store.FindFactory(call.Key)?.Key ?? throw ArmErrorException.NoFactory(call.Key);
        return (key, book.Find(key, call["run"]) ?? throw NoRun(call["run"]));
    }

    private static ArmErrorException NoRun(string runId) => ArmErrorException.NotFound("PipelineRunNotFound", runId);

    private static ArmResponse Answer(string runId) => new(200, new JsonObject { ["runId"] = runId });
}
