// Plans the way back: from what a journal tells to the bodies that were there before.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Rules.Security;
using Pipewright.Core.Schema;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Applying;

/// <summary>The way back, and what stands in it.</summary>
/// <param name="Obstacles">Resources that are left as they are, a sentence each: somebody else changed them since, or the service does not show their secrets.</param>
public sealed record RollbackPlan(DeploymentPlan Plan, ImmutableArray<string> Obstacles);

public static class RollbackPlanner
{
    private const int Parallel = 16;

    /// <exception cref="FactoryRequestException">The target can't be read.</exception>
    public static async Task<RollbackPlan> MakeAsync(JournalRecord journal, IFactoryClient client, CancellationToken cancellation)
    {
        var changes = new List<PlannedChange>();
        var obstacles = ImmutableArray.CreateBuilder<string>();
        var done = journal.Steps.OfType<ResourceDone>().GroupBy(d => d.Id).ToDictionary(d => d.Key, d => d.Last());
        var begun = journal.Steps.OfType<ResourceBegun>().DistinctBy(b => b.Id).ToArray();
        var now = new LiveResource?[begun.Length];
        await System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(0, begun.Length), new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation }, async (i, token) => now[i] = await client.FindAsync(begun[i].Id, token));
        for (var i = 0; i < begun.Length; i++)
        {
            if (Plan(begun[i], done.GetValueOrDefault(begun[i].Id), now[i], out var obstacle) is { } change)
            {
                changes.Add(change);
            }

            if (obstacle is not null)
            {
                obstacles.Add(obstacle);
            }
        }

        return new RollbackPlan(new DeploymentPlan([.. Order(changes)], []), obstacles.ToImmutable());
    }

    private static IEnumerable<PlannedChange> Order(List<PlannedChange> changes) =>
    [
        .. ReferenceOrder.Sort(changes.Where(c => c.Action != PlannedAction.Delete), c => c.Id, c => c.References, _ => { }),
        .. ReferenceOrder.Sort(changes.Where(c => c.Action == PlannedAction.Delete), c => c.Id, c => c.References, _ => { }).Reverse(),
    ];

    private static PlannedChange? Plan(ResourceBegun begun, ResourceDone? done, LiveResource? now, out string? obstacle)
    {
        obstacle = null;
        var hadOne = begun.Before.ValueKind == JsonValueKind.Object;
        if (now is null)
        {
            if (hadOne && begun.Action != PlannedAction.Delete)
            {
                obstacle = $"{begun.Id} was deleted by somebody else since.";
                return null;
            }

            return hadOne ? Restore(begun, null, ref obstacle) : null;
        }

        var before = new LiveResource(begun.Id, begun.Before, null);
        var wasStarted = hadOne && before.IsStarted;
        if (hadOne && ResourceComparison.Compare(begun.Id.Kind, now.Content, begun.Before).IsEmpty && now.IsStarted == wasStarted)
        {
            return null;
        }

        if (!IsOurs(begun, done, now))
        {
            obstacle = $"{begun.Id} was changed by somebody else since, and is left as it is.";
            return null;
        }

        return hadOne ? Restore(begun, now, ref obstacle) : new PlannedChange(begun.Id, PlannedAction.Delete, null, now);
    }

    /// <summary>Whether the live resource is what the deployment made of it, or what it was before.</summary>
    private static bool IsOurs(ResourceBegun begun, ResourceDone? done, LiveResource now) =>
        (done?.ETag is { } etag && etag == now.ETag)
        || (begun.Wanted.ValueKind == JsonValueKind.Object && ResourceComparison.Compare(begun.Id.Kind, now.Content, begun.Wanted).IsEmpty)
        || (begun.Before.ValueKind == JsonValueKind.Object && ResourceComparison.Compare(begun.Id.Kind, now.Content, begun.Before).IsEmpty);

    private static PlannedChange? Restore(ResourceBegun begun, LiveResource? now, ref string? obstacle)
    {
        var before = new LiveResource(begun.Id, begun.Before, null);
        if (HasMask(before.Properties))
        {
            obstacle = $"{begun.Id} holds secrets that the service does not show, so it can't be put back as it was. Deploy the older version of its file.";
            return null;
        }

        var unit = new DeploymentUnit(begun.Id, Body(before), "", [.. JsonReferences.Find(begun.Before).Distinct()]);
        var properties = now is null ? [] : ResourceComparison.Compare(begun.Id.Kind, now.Content, begun.Before);
        return new PlannedChange(begun.Id, now is null ? PlannedAction.Create : PlannedAction.Update, unit, now)
        {
            Properties = properties,
            Writes = now is null || !properties.IsEmpty,
            EndsStarted = before.IsStarted,
        };
    }

    /// <summary>The body that makes the resource what it was. The service takes back the secrets that it has encrypted.</summary>
    private static string Body(LiveResource before)
    {
        if (before.Properties.ValueKind != JsonValueKind.Object)
        {
            return """{"properties":{}}""";
        }

        var properties = JsonObject.Create(before.Properties)!;
        if (before.Id.Kind == ResourceKind.Factory)
        {
            properties = new JsonObject { ["globalParameters"] = properties["globalParameters"]?.DeepClone() ?? new JsonObject() };
        }

        var type = JsonShapes.OfObject(SchemaCatalog.Default[before.Id.Kind].FindProperty("properties")?.Type, n => ResourceComparison.TextOf(before.Properties, n));
        foreach (var name in properties.Select(p => p.Key).Where(k => k is "runtimeState" or "lastPublishTime" || type?.FindProperty(k) is { IsReadOnly: true }).ToList())
        {
            properties.Remove(name);
        }

        return new JsonObject { ["properties"] = properties }.ToJsonString();
    }

    private static bool HasMask(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(m => HasMask(m.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasMask),
        JsonValueKind.String => value.ValueEquals(SecretMask.Mask),
        _ => false,
    };
}
