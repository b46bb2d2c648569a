using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Schema;
using Pipewright.Deployment;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>A deployment of 40 resources over an older state, with all that can happen: creations, changes, a deletion, a trigger that fires and one that does not.</summary>
internal static class FortyResources
{
    /// <summary>Half of the resources in an older version, a trigger that fires, and a pipeline that is to go.</summary>
    public static ImmutableArray<DeploymentUnit> Old { get; } =
    [
        Unit(ResourceKind.LinkedService, "Lake", """{"type":"AzureBlobFS","typeProperties":{"url":"https://old"}}"""),
        .. Enumerable.Range(0, 9).Select(i => Unit(ResourceKind.Dataset, Name("D", 2 * i), DatasetOf("old"))),
        Unit(ResourceKind.Pipeline, "P00", """{"activities":[],"description":"old"}"""),
        Unit(ResourceKind.Pipeline, "Gone", """{"activities":[],"description":"to go"}"""),
        Unit(ResourceKind.Trigger, "Nightly", TriggerOf("P00", "old")) with { IsStarted = true },
    ];

    public static ImmutableArray<DeploymentUnit> Wanted { get; } =
    [
        Unit(ResourceKind.LinkedService, "Lake", """{"type":"AzureBlobFS","typeProperties":{"url":"https://new"}}"""),
        .. Enumerable.Range(0, 18).Select(i => Unit(ResourceKind.Dataset, Name("D", i), DatasetOf("new"))),
        .. Enumerable.Range(0, 19).Select(i => Unit(ResourceKind.Pipeline, Name("P", i), i == 0
            ? """{"activities":[],"description":"new"}"""
            : $$$$"""{"activities":[{"name":"E","type":"ExecutePipeline","typeProperties":{"pipeline":{"referenceName":"{{{{Name("P", i - 1)}}}}","type":"PipelineReference"}}}]}""")),
        Unit(ResourceKind.Trigger, "Nightly", TriggerOf("P18", "new")),
        Unit(ResourceKind.Trigger, "Hourly", TriggerOf("P00", "new")),
    ];

    public static MemoryFactory MakeFactory()
    {
        var factory = new MemoryFactory();
        foreach (var unit in Old)
        {
            var properties = JsonObject.Create(unit.Content.GetProperty("properties"))!;
            if (unit.IsStarted == true)
            {
                properties["runtimeState"] = "Started";
            }

            factory.Seed(unit.Id.Kind, unit.Id.Name, properties.ToJsonString());
        }

        return factory;
    }

    private static string DatasetOf(string version) => $$$"""{"type":"Binary","linkedServiceName":{"referenceName":"Lake","type":"LinkedServiceReference"},"description":"{{{version}}}"}""";

    private static string TriggerOf(string pipeline, string version) => $$$$"""{"type":"ScheduleTrigger","typeProperties":{"recurrence":{"frequency":"Day","interval":1,"startTime":"2026-01-01T00:00:00Z"}},"pipelines":[{"pipelineReference":{"referenceName":"{{{{pipeline}}}}","type":"PipelineReference"}}],"description":"{{{{version}}}}"}""";

    private static string Name(string prefix, int number) => prefix + number.ToString("D2", CultureInfo.InvariantCulture);

    private static DeploymentUnit Unit(ResourceKind kind, string name, string properties)
    {
        var body = $$"""{"properties":{{properties}}}""";
        return new DeploymentUnit(new ResourceId(kind, name), body, $"{name}.yaml", [.. JsonReferences.Find(JsonElement.Parse(body)).Distinct()]);
    }
}
