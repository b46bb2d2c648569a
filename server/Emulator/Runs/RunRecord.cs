// A run as it is kept: what it started from. What happens in it follows from that, so nothing else has to be kept.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Simulation;
using Pipewright.Core.Text;

namespace Pipewright.Emulator.Runs;

/// <param name="Parameters">A JSON object, as the request had it.</param>
/// <param name="Start">When it was asked for, in UTC.</param>
/// <param name="Speed">How many times faster than the clock it goes; 0 for at once.</param>
/// <param name="Seed">What its IDs and all chance in it follow from.</param>
/// <param name="Stubs">A JSON array of those that there were when it started.</param>
/// <param name="Files">The pipeline and all that it needs, in the Git form, by path, as they were when it started.</param>
internal sealed record RunRecord(
    string Pipeline, string Parameters, DateTime Start, double Speed, ulong Seed, string Stubs, ImmutableSortedDictionary<string, string> Files, RunCause Cause)
{
    public const string Collection = "runs";

    /// <summary>The run that it goes on from; null for a run of its own.</summary>
    public string? RerunOf { get; init; }

    /// <summary>The activity that it goes on from; null for what failed.</summary>
    public string? StartActivity { get; init; }

    /// <summary>The group that it is in; null for its own.</summary>
    public string? GroupId { get; init; }

    public ImmutableArray<CancelRecord> Cancellations { get; init; } = [];

    /// <summary>When something that is simulated happens by the clock.</summary>
    public DateTime ToClock(DateTime simulated)
    {
        var ticks = Speed == 0 ? 0 : (simulated - Start).Ticks / Speed;
        return ticks >= (DateTime.MaxValue - Start).Ticks ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) : Start.AddTicks((long)ticks);
    }

    /// <summary>How long the simulation has gone on at a time of the clock.</summary>
    public TimeSpan ToSimulated(DateTime clock) =>
        Speed == 0 || (clock - Start).Ticks * Speed >= TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)((clock - Start).Ticks * Speed));

    /// <param name="earlier">The run that it goes on from; null for none.</param>
    public SimulationTrace Simulate(string factory, PipelineRun? earlier)
    {
        var snapshot = FactorySnapshot.Empty.With(Files.Select(f => ResourceDocument.Create(f.Key, new SourceText(f.Value))).OfType<ResourceDocument>());
        return PipelineSimulator.Run(snapshot, Pipeline, new SimulationRequest
        {
            Parameters = ValueJson.TryParse(Parameters, out _) is ObjectValue given ? EvaluationContext.Empty.AddRange(given.Members) : EvaluationContext.Empty,
            Stubs = new StubSet(JsonNode.Parse(Stubs)!.AsArray().Select(s => StubRules.Read((JsonObject)s!))),
            Start = Start,
            Seed = Seed,
            Cause = Cause,
            FactoryName = factory,
            Rerun = earlier is null ? null : new RerunRequest(earlier, StartActivity),
            Cancellations = [.. Cancellations.Select(c => new RunCancellation(c.RunId, c.After, c.IsRecursive))],
            Limits = new SimulationLimits { MaximumActivities = 200_000, KeptActivities = 20_000 },
        });
    }

    /// <summary>All texts are kept as such: what looks like a reference in them is none of the factory.</summary>
    public JsonObject ToJson() => new()
    {
        ["pipeline"] = Pipeline,
        ["parameters"] = Parameters,
        ["start"] = Write(Start),
        ["speed"] = Speed,
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["stubs"] = Stubs,
        ["files"] = new JsonArray([.. Files.Select(f => new JsonObject { ["path"] = f.Key, ["text"] = f.Value })]),
        ["causeType"] = Cause.Type,
        ["causeName"] = Cause.Name,
        ["causeId"] = Cause.Id,
        ["causeTime"] = Cause.Time is { } time ? Write(time) : null,
        ["rerunOf"] = RerunOf,
        ["startActivity"] = StartActivity,
        ["groupId"] = GroupId,
        ["cancellations"] = new JsonArray([.. Cancellations.Select(c => new JsonObject
        {
            ["runId"] = c.RunId,
            ["after"] = c.After.Ticks,
            ["isRecursive"] = c.IsRecursive,
            ["time"] = Write(c.Time),
        })]),
    };

    public static RunRecord Read(JsonObject kept) => new(
        kept.Text("pipeline")!, kept.Text("parameters")!, ReadTime(kept, "start")!.Value, kept["speed"]!.GetValue<double>(),
        ulong.Parse(kept.Text("seed")!, CultureInfo.InvariantCulture), kept.Text("stubs")!,
        kept["files"]!.AsArray().ToImmutableSortedDictionary(f => f.Text("path")!, f => f.Text("text")!, StringComparer.OrdinalIgnoreCase),
        new RunCause(kept.Text("causeType")!, kept.Text("causeName")!, kept.Text("causeId"), ReadTime(kept, "causeTime")))
    {
        RerunOf = kept.Text("rerunOf"),
        StartActivity = kept.Text("startActivity"),
        GroupId = kept.Text("groupId"),
        Cancellations = [.. kept["cancellations"]!.AsArray().Select(c => new CancelRecord(
            c.Text("runId")!, TimeSpan.FromTicks(c!["after"]!.GetValue<long>()), c["isRecursive"]!.GetValue<bool>(), ReadTime(c, "time")!.Value))],
    };

    /// <summary>A time as the service writes it.</summary>
    public static string Write(DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);

    public static DateTime? ReadTime(JsonNode? node, string name) => DateTime.TryParse(
        node.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}

/// <summary>Somebody has cancelled a run.</summary>
/// <param name="After">How long the simulation had gone on.</param>
/// <param name="Time">By the clock.</param>
internal sealed record CancelRecord(string RunId, TimeSpan After, bool IsRecursive, DateTime Time);
