using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment;

/// <summary>One resource to deploy.</summary>
/// <param name="Body">The JSON of its PUT request.</param>
/// <param name="Path">The file that it comes from, relative to the factory root.</param>
/// <param name="References">What it refers to, whether that is deployed along or not.</param>
public sealed record DeploymentUnit(ResourceId Id, string Body, string Path, ImmutableArray<ResourceId> References)
{
    /// <summary><see cref="Body"/>, read anew each time: a copy with another body must not keep the old one.</summary>
    public JsonElement Content => JsonElement.Parse(Body, new JsonDocumentOptions { MaxDepth = 1024 });

    /// <summary>For a trigger whether the target wants it to fire; null where it stays as it is.</summary>
    public bool? IsStarted { get; init; }

    /// <summary>The units of a document, one for each resource in it; none for one with syntax errors.</summary>
    /// <param name="overrides">What the target changes; null for nothing.</param>
    /// <exception cref="OverrideException">An override can't be applied.</exception>
    public static IEnumerable<DeploymentUnit> FromDocument(ResourceDocument document, TargetOverrides? overrides = null)
    {
        var kind = document.Classification.Kind;
        foreach (var (name, json) in Conversion.ToDeployment(document))
        {
            var (body, state) = Prepare(kind, name, json, overrides);
            var network = kind == ResourceKind.ManagedPrivateEndpoint ? Conversion.FindVirtualNetwork(document.Path) : null;
            var unit = new DeploymentUnit(new ResourceId(kind, name, network), body, document.Path, []) { IsStarted = state };
            var references = JsonReferences.Find(unit.Content).ToHashSet();
            if (network is not null)
            {
                references.Add(new ResourceId(ResourceKind.ManagedVirtualNetwork, network));
            }

            yield return unit with { References = [.. references] };
        }
    }

    /// <summary>
    /// The body with the overrides, and whether they want a trigger to fire. What the file itself says about that is what was so in one factory at one
    /// time; the service ignores it.
    /// </summary>
    private static (string Body, bool? IsStarted) Prepare(ResourceKind kind, string name, string json, TargetOverrides? overrides)
    {
        if (kind == ResourceKind.Factory)
        {
            return (KeepGlobalParameters(overrides?.Apply(kind, name, json) ?? json), null);
        }

        if (kind != ResourceKind.Trigger)
        {
            return (overrides?.Apply(kind, name, json) ?? json, null);
        }

        var (body, _) = TakeState(json);
        return TakeState(overrides?.Apply(kind, name, body) ?? body);
    }

    private static (string Body, bool? IsStarted) TakeState(string json)
    {
        if (Parse(json) is not { } body || body["properties"] is not JsonObject properties || !properties.ContainsKey("runtimeState"))
        {
            return (json, null);
        }

        var state = properties["runtimeState"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        properties.Remove("runtimeState");
        return (body.ToJsonString(), state is null ? null : "Started".Equals(state, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A factory's location, identity and Git connection are not for a deployment of its content to change.</summary>
    private static string KeepGlobalParameters(string json)
    {
        var parameters = Parse(json)?["properties"]?["globalParameters"]?.DeepClone();
        return new JsonObject { ["properties"] = parameters is null ? new JsonObject() : new JsonObject { ["globalParameters"] = parameters } }.ToJsonString();
    }

    private static JsonObject? Parse(string json) => JsonNode.Parse(json, null, new JsonDocumentOptions { MaxDepth = 1024 }) as JsonObject;
}
