// A pipeline under a scratch name, so that a version of it runs that nobody else gets: made for a run, deleted after it.
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Schema;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Running;

/// <summary>What a scratch run needs.</summary>
/// <param name="Pipelines">The bodies to put, in an order that works; the last is the pipeline to run.</param>
/// <param name="Names">The names in the files by the scratch names.</param>
/// <param name="Warnings">What runs otherwise than the files say, a sentence each.</param>
/// <param name="Missing">What the target has not, and the run needs; empty where it can begin.</param>
public sealed record ScratchPlan(
    ImmutableArray<(ResourceId Id, string Body)> Pipelines, ImmutableDictionary<string, string> Names, ImmutableArray<string> Warnings, ImmutableArray<string> Missing)
{
    /// <summary>The longest name of a pipeline (Microsoft's documentation of naming rules).</summary>
    private const int LongestName = 140;

    /// <summary>The name of the pipeline to run.</summary>
    public string Pipeline => Pipelines[^1].Id.Name;

    /// <summary>
    /// The pipeline itself, every pipeline that it calls and that differs from what the target has, and those through which it is reached, get scratch names.
    /// Nothing else does: what else differs is not deployed.
    /// </summary>
    /// <param name="plan">Of the pipeline with all that it needs.</param>
    /// <param name="user">Who runs it; part of the names, so that two do not meet.</param>
    public static ScratchPlan Make(DeploymentPlan plan, string pipeline, string user)
    {
        var pipelines = plan.Changes.Where(c => c.Unit is not null && c.Id.Kind == ResourceKind.Pipeline).ToList();
        var copied = pipelines.Where(c => c.Action != PlannedAction.None || c.Id.Name.Equals(pipeline, StringComparison.OrdinalIgnoreCase)).Select(c => c.Id).ToHashSet();
        while (pipelines.FirstOrDefault(c => !copied.Contains(c.Id) && c.Unit!.References.Any(copied.Contains)) is { } caller)
        {
            copied.Add(caller.Id);
        }

        var names = copied.ToDictionary(id => id, id => NameOf(id.Name, user));
        var bodies = pipelines.Where(c => copied.Contains(c.Id)).OrderBy(c => c.Id.Name.Equals(pipeline, StringComparison.OrdinalIgnoreCase))
            .Select(c => (new ResourceId(ResourceKind.Pipeline, names[c.Id]), Rename(c.Unit!.Body, names)));
        var others = plan.Changes.Where(c => c.Unit is not null && c.Id.Kind is not (ResourceKind.Pipeline or ResourceKind.Trigger or ResourceKind.Factory)).ToList();
        return new ScratchPlan(
            [.. bodies], names.ToImmutableDictionary(n => n.Value, n => n.Key.Name, StringComparer.OrdinalIgnoreCase),
            [.. others.Where(c => c.Action == PlannedAction.Update).Select(c => $"The {c.Id} differs from the target's. The run uses the target's; deploy it to use the file's.")],
            [.. others.Where(c => c.Action == PlannedAction.Create).Select(c => $"The target has no {c.Id}. Deploy it first: a scratch run deploys pipelines only.")]);
    }

    /// <summary><c>load_scratch_ada</c>; a name that would be too long is cut.</summary>
    public static string NameOf(string pipeline, string user)
    {
        var safe = new StringBuilder("_scratch_");
        foreach (var c in user)
        {
            safe.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        var ending = safe.ToString();
        ending = ending.Length > LongestName / 2 ? ending[..(LongestName / 2)] : ending;
        return pipeline.Length + ending.Length <= LongestName ? pipeline + ending : pipeline[..(LongestName - ending.Length)] + ending;
    }

    private static string Rename(string body, Dictionary<ResourceId, string> names)
    {
        var root = (JsonObject)JsonNode.Parse(body, null, new JsonDocumentOptions { MaxDepth = 1024 })!;
        Rename(root["properties"], names);
        if (root["name"] is JsonValue name && name.TryGetValue(out string? text) && names.TryGetValue(new ResourceId(ResourceKind.Pipeline, text), out var scratch))
        {
            root["name"] = scratch;
        }

        return root.ToJsonString();
    }

    private static void Rename(JsonNode? node, Dictionary<ResourceId, string> names)
    {
        if (node is JsonObject value)
        {
            if (Text(value["referenceName"]) is { } name && "PipelineReference".Equals(Text(value["type"]), StringComparison.OrdinalIgnoreCase)
                && names.TryGetValue(new ResourceId(ResourceKind.Pipeline, name), out var scratch))
            {
                value["referenceName"] = scratch;
            }

            foreach (var inner in value.Select(p => p.Value).ToList())
            {
                Rename(inner, names);
            }
        }
        else if (node is JsonArray array)
        {
            foreach (var inner in array)
            {
                Rename(inner, names);
            }
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

/// <summary>The scratch pipelines in a factory.</summary>
public sealed class ScratchDeployment(IFactoryClient client, ScratchPlan plan)
{
    public ScratchPlan Plan => plan;

    /// <summary>Puts them there; what an earlier run has left behind is replaced.</summary>
    /// <exception cref="FactoryRequestException">One was refused. Those before it are gone again, as far as that can be.</exception>
    public async Task PutAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var (id, body) in plan.Pipelines)
            {
                await client.PutAsync(id, body, (await client.FindAsync(id, cancellation))?.ETag, cancellation);
            }
        }
        catch (Exception)
        {
            await DeleteAsync();
            throw;
        }
    }

    /// <summary>Takes them away, callers first.</summary>
    /// <returns>What could not be taken away, a sentence each.</returns>
    public async Task<ImmutableArray<string>> DeleteAsync()
    {
        var left = ImmutableArray.CreateBuilder<string>();
        foreach (var (id, _) in plan.Pipelines.Reverse())
        {
            try
            {
                await client.DeleteAsync(id, CancellationToken.None);
            }
            catch (FactoryRequestException e)
            {
                left.Add($"The scratch pipeline '{id.Name}' is left behind: {e.Message}");
            }
        }

        return left.ToImmutable();
    }
}
