// What activities answer that need a cloud, as the admin route is told. Counts for runs that start after.
using System.Text.Json.Nodes;
using Pipewright.Core.Expressions;
using Pipewright.Core.Simulation;

namespace Pipewright.Emulator.Runs;

internal sealed class StubRules
{
    private static readonly string[] Members = ["activity", "type", "pipeline", "container", "iteration", "attempt", "output", "error", "duration"];

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, JsonObject> _stubs = [];
    private int _last;

    /// <returns>The stub as it is listed.</returns>
    /// <exception cref="ArmErrorException">It says something that can't be.</exception>
    public JsonObject Add(JsonObject source)
    {
        Read(source);
        lock (_lock)
        {
            _stubs[++_last] = (JsonObject)source.DeepClone();
            return Describe(_last);
        }
    }

    public JsonObject List()
    {
        lock (_lock)
        {
            return new JsonObject { ["value"] = new JsonArray([.. _stubs.Keys.Select(Describe)]) };
        }
    }

    /// <returns>Whether there was one.</returns>
    public bool Remove(int id)
    {
        lock (_lock)
        {
            return _stubs.Remove(id);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _stubs.Clear();
        }
    }

    /// <summary>All of them as a JSON array; of equals the newest counts, so it comes first.</summary>
    public string Write()
    {
        lock (_lock)
        {
            return new JsonArray([.. _stubs.Values.Reverse().Select(s => s.DeepClone())]).ToJsonString();
        }
    }

    /// <summary>The newest one that names a task of a Databricks run by its key, as it would an activity; null for none.</summary>
    public ActivityStub? FindFor(string task)
    {
        lock (_lock)
        {
            return _stubs.Values.Reverse().FirstOrDefault(s => task.Equals(s.Text("activity"), StringComparison.OrdinalIgnoreCase) && s["pipeline"] is null) is { } found ? Read(found) : null;
        }
    }

    /// <exception cref="ArmErrorException">It says something that can't be.</exception>
    public static ActivityStub Read(JsonObject source)
    {
        if (source.FirstOrDefault(m => !Members.Contains(m.Key)).Key is { } unknown)
        {
            throw ArmErrorException.BadRequest($"A stub has no '{unknown}'. It has {string.Join(", ", Members)}.");
        }

        var seconds = source["duration"] is JsonValue duration && duration.TryGetValue(out double found) ? found : (double?)null;
        if (source["duration"] is not null && seconds is not (>= 0 and <= 604_800))
        {
            throw ArmErrorException.BadRequest("The 'duration' of a stub is a number of seconds, at most 604800.");
        }

        var error = source["error"];
        if (error is not null && (error.Text("code") is null || error.Text("message") is null))
        {
            throw ArmErrorException.BadRequest("The 'error' of a stub needs a 'code' and a 'message', and may have a 'failureType'.");
        }

        return new ActivityStub
        {
            Activity = source.Text("activity"),
            Type = source.Text("type"),
            Pipeline = source.Text("pipeline"),
            Container = source.Text("container"),
            Iteration = source.Number("iteration"),
            Attempt = source.Number("attempt"),
            Output = source["output"] is { } output ? ValueJson.TryParse(output.ToJsonString(), out _) : null,
            Error = error is null ? null : new StubError(error.Text("code")!, error.Text("message")!, error.Text("failureType") ?? "UserError"),
            Duration = seconds is { } given ? TimeSpan.FromSeconds(given) : null,
        };
    }

    private JsonObject Describe(int id)
    {
        var stub = (JsonObject)_stubs[id].DeepClone();
        stub.Insert(0, "id", id);
        return stub;
    }
}
