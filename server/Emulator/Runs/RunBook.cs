// All runs of all factories: begins them, and tells what has happened by now.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Pipewright.Core.Simulation;

namespace Pipewright.Emulator.Runs;

/// <param name="speed">How many times faster than the clock runs go; 0 for at once.</param>
internal sealed class RunBook(ResourceStore store, ServiceSettings settings, StubRules stubs, double speed)
{
    private readonly ConcurrentDictionary<(FactoryKey Key, string RunId), (string ETag, SimulatedGroup Group)> _simulated = new();
    private readonly Lock _lock = new();

    public DateTime Now => settings.Time.GetUtcNow().UtcDateTime;

    /// <summary>How long a cancelled run is <c>Canceling</c>.</summary>
    public TimeSpan CancelTime => settings.Pending.Duration;

    /// <summary>Begins a run.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="ArmErrorException">It is refused.</exception>
    public string Begin(FactoryKey key, RunRecord record)
    {
        var group = new SimulatedGroup(record, record.Simulate(key.Name, FindEarlier(key, record)));
        if (group.Root is { Status: PipelineRunStatus.Refused, Error: { } error })
        {
            throw new ArmErrorException(400, error.Code, error.Message, record.Pipeline);
        }

        var stored = store.Put(key, RunRecord.Collection, group.Root.RunId, (_, _) => record.ToJson());
        _simulated[(key, group.Root.RunId)] = (stored.ETag, group);
        return group.Root.RunId;
    }

    /// <summary>What a run of a pipeline starts from now.</summary>
    /// <exception cref="ArmErrorException">There is no such pipeline.</exception>
    public RunRecord Prepare(FactoryKey key, string pipeline, JsonObject parameters, RunCause cause)
    {
        var found = store.Find(key, "pipelines", pipeline) ?? throw ArmErrorException.NotFound("PipelineNotFound", pipeline);
        return new RunRecord(
            found.Name, parameters.ToJsonString(), Now, speed, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), stubs.Write(), Collect(key, found), cause);
    }

    /// <summary>Everything that has begun by now, in the order of starting.</summary>
    public IReadOnlyList<RunView> List(FactoryKey key)
    {
        var now = Now;
        var all = store.List(key, RunRecord.Collection).SelectMany(s => Simulate(key, s).Runs).Where(r => r.HasBegun(now)).OrderBy(r => r.Queued).ToList();
        return [.. all.Select(r => new RunView(r, now, CancelTime, all.Where(o => o.GroupId == r.GroupId && o.Caller is null).MaxBy(o => o.Queued)))];
    }

    public RunView? Find(FactoryKey key, string runId) => List(key).FirstOrDefault(r => r.Run.Run.RunId.Equals(runId, StringComparison.OrdinalIgnoreCase));

    /// <summary>Ends a run now; one that is over stays as it is.</summary>
    public void Cancel(FactoryKey key, RunView run, bool isRecursive)
    {
        lock (_lock)
        {
            if (run.IsOver)
            {
                return;
            }

            var now = Now;
            store.Put(key, RunRecord.Collection, run.Run.RootId, (old, _) =>
            {
                var record = RunRecord.Read(old!.Properties);
                return (record with { Cancellations = record.Cancellations.Add(new CancelRecord(run.Run.Run.RunId, record.ToSimulated(now), isRecursive, now)) }).ToJson();
            });
        }
    }

    /// <summary>The record of a run that was asked for itself, rather than by another run; null for none.</summary>
    public RunRecord? FindRecord(FactoryKey key, string runId) => store.Find(key, RunRecord.Collection, runId) is { } stored ? RunRecord.Read(stored.Properties) : null;

    private SimulatedGroup Simulate(FactoryKey key, StoredResource stored)
    {
        var place = (key, stored.Name);
        if (_simulated.TryGetValue(place, out var known) && known.ETag == stored.ETag)
        {
            return known.Group;
        }

        var record = RunRecord.Read(stored.Properties);
        var group = new SimulatedGroup(record, record.Simulate(key.Name, FindEarlier(key, record)));
        _simulated[place] = (stored.ETag, group);
        return group;
    }

    private PipelineRun? FindEarlier(FactoryKey key, RunRecord record) =>
        record.RerunOf is { } id && store.Find(key, RunRecord.Collection, id) is { } earlier ? Simulate(key, earlier).Root : null;

    /// <summary>A pipeline with all that it refers to, directly or not, and the factory's own parameters.</summary>
    private ImmutableSortedDictionary<string, string> Collect(FactoryKey key, StoredResource pipeline)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Queue<StoredResource>([pipeline]);
        while (pending.TryDequeue(out var next))
        {
            var path = $"{FolderOf(next.Collection)}/{next.Name}.json";
            if (!files.ContainsKey(path))
            {
                files[path] = new JsonObject { ["name"] = next.Name, ["properties"] = next.Properties.DeepClone() }.ToJsonString();
                foreach (var reference in next.References.Select(r => r.Split('/', 2)).Select(r => store.Find(key, r[0], r[1])).OfType<StoredResource>())
                {
                    pending.Enqueue(reference);
                }
            }
        }

        if (store.FindFactory(key) is { } factory)
        {
            files[$"factory/{key.Name}.json"] = new JsonObject
            {
                ["name"] = factory.Key.Name,
                ["properties"] = new JsonObject { ["globalParameters"] = factory.Body["properties"]?["globalParameters"]?.DeepClone() ?? new JsonObject() },
            }.ToJsonString();
        }

        return files.ToImmutable();
    }

    /// <summary>The folder of the Git form.</summary>
    private static string FolderOf(string collection)
    {
        var kind = ArmCollection.All.First(c => c.Segment.Equals(collection, StringComparison.OrdinalIgnoreCase)).Kind;
        return Core.Factory.FileClassification.WordOf(kind);
    }
}
