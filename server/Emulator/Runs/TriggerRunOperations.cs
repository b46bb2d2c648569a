// Runs of triggers. No clock and no event fires a trigger here: the emulator's own route does, or a rerun.
using System.Text.Json.Nodes;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Simulation;

namespace Pipewright.Emulator.Runs;

internal sealed class TriggerRunOperations(ResourceStore store, RunBook book, ServiceSettings settings)
{
    private const string Collection = "triggerruns";
    private const string One = Operation.Factory + "/triggers/{name}/triggerRuns/{run}";

    public IEnumerable<Operation> List() =>
    [
        new("TriggerRuns_QueryByFactory", "POST", Operation.Factory + "/queryTriggerRuns", Query),
        new("TriggerRuns_Rerun", "POST", One + "/rerun", Rerun),
        new("TriggerRuns_Cancel", "POST", One + "/cancel", Cancel),
    ];

    /// <summary>Lets a trigger fire now, whether it is started or not.</summary>
    /// <returns>The trigger's run.</returns>
    /// <exception cref="ArmErrorException">There is no such trigger, or one of its runs is refused.</exception>
    public JsonObject Fire(FactoryKey key, string name)
    {
        var trigger = store.Find(key, TriggerOperations.Collection, name) ?? throw ArmErrorException.NotFound("TriggerNotFound", name);
        var (now, id) = (book.Now, $"{Guid.NewGuid():N}");
        var started = new JsonObject();
        foreach (var (pipeline, parameters) in FindPipelines(trigger))
        {
            var cause = new RunCause(trigger.Properties.Text("type") ?? "ScheduleTrigger", trigger.Name, id, now);
            started[pipeline] = book.Begin(key, book.Prepare(key, pipeline, Evaluate(parameters, trigger, now), cause));
        }

        var time = RunRecord.Write(now);
        var run = new JsonObject
        {
            ["triggerName"] = trigger.Name,
            ["triggerRunId"] = id,
            ["triggerType"] = trigger.Properties.Text("type"),
            ["triggerRunTimestamp"] = time,
            ["status"] = "Succeeded",
            ["message"] = "",
            ["properties"] = new JsonObject { ["TriggerTime"] = time, ["ScheduleTime"] = time },
            ["triggeredPipelines"] = started,
        };
        store.Put(key, Collection, id, (_, _) => (JsonObject)run.DeepClone());
        return run;
    }

    private ArmResponse Query(ArmCall call)
    {
        var key = store.FindFactory(call.Key)?.Key ?? throw ArmErrorException.NoFactory(call.Key);
        var all = store.List(key, Collection).Select(r => (JsonObject)r.Properties.DeepClone()).OrderBy(r => r.Text("triggerRunTimestamp"), StringComparer.Ordinal);
        return new RunQuery(call.Request.ReadBody()).Answer(all, "triggerRunTimestamp", settings.PageSize, book.Now);
    }

    private ArmResponse Rerun(ArmCall call)
    {
        var (key, run) = Find(call);
        Fire(key, run.Properties.Text("triggerName")!);
        return new ArmResponse(200);
    }

    private ArmResponse Cancel(ArmCall call)
    {
        var (key, run) = Find(call);
        foreach (var started in run.Properties["triggeredPipelines"]!.AsObject().Select(p => book.Find(key, p.Value.Text()!)).OfType<RunView>())
        {
            book.Cancel(key, started, isRecursive: true);
        }

        return new ArmResponse(200);
    }

    private (FactoryKey Key, StoredResource Run) Find(ArmCall call)
    {
        var key = store.FindFactory(call.Key)?.Key ?? throw ArmErrorException.NoFactory(call.Key);
        var run = store.Find(key, Collection, call["run"]);
        return run?.Properties.Text("triggerName")?.Equals(call["name"], StringComparison.OrdinalIgnoreCase) == true
            ? (key, run)
            : throw ArmErrorException.NotFound("TriggerRunNotFound", call["run"]);
    }

    /// <summary>A tumbling window has one pipeline, other triggers have a list (the REST model).</summary>
    private static IEnumerable<(string Pipeline, JsonObject Parameters)> FindPipelines(StoredResource trigger) =>
        from pipeline in (trigger.Properties["pipelines"] as JsonArray ?? []).Append(trigger.Properties["pipeline"]).OfType<JsonObject>()
        let name = pipeline["pipelineReference"].Text("referenceName")
        where name is not null
        select (name, pipeline["parameters"] as JsonObject ?? []);

    /// <summary>The values that a trigger passes. One whose expression gives an error is passed as it is written.</summary>
    private static JsonObject Evaluate(JsonObject parameters, StoredResource trigger, DateTime now)
    {
        var time = new StringValue(RunRecord.Write(now));
        var outputs = new ObjectValue(
        [
            KeyValuePair.Create<string, ExpressionValue>("windowStartTime", time), KeyValuePair.Create<string, ExpressionValue>("windowEndTime", time),
        ]);
        var context = new EvaluationContext
        {
            Now = now,
            Trigger = new ObjectValue(
            [
                KeyValuePair.Create<string, ExpressionValue>("name", new StringValue(trigger.Name)),
                KeyValuePair.Create<string, ExpressionValue>("scheduledTime", time),
                KeyValuePair.Create<string, ExpressionValue>("startTime", time),
                KeyValuePair.Create<string, ExpressionValue>("outputs", outputs),
            ]),
        };
        var values = new JsonObject();
        foreach (var (name, value) in parameters)
        {
            var text = value.Text() ?? (value.Text("type") == "Expression" ? value.Text("value") : null);
            values[name] = text is not null && Evaluator.Evaluate(Template.Parse(text), context).Value is { } evaluated ? JsonNode.Parse(ValueJson.Write(evaluated)) : value?.DeepClone();
        }

        return values;
    }
}
