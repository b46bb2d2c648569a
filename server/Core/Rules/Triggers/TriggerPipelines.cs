// The pipelines that a trigger starts.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Rules.Triggers;

internal static class TriggerPipelines
{
    /// <summary>The schema knows both for all triggers, and has the one that the service does not look at as deprecated.</summary>
    private static readonly string[] Names = ["pipelines", "pipeline"];

    /// <summary>The property that has them: a trigger with windows has one pipeline, all others a list. Null for a trigger of unknown type.</summary>
    public static string? PropertyOf(BoundResource resource) => TriggerParts.TypeOf(resource) is null ? null
        : Names.FirstOrDefault(n => resource.Properties!.Shape!.FindProperty(n) is { IsDeprecated: false });

    /// <summary>The property of a trigger of the other sort, which the service does not look at here; null where it is not written.</summary>
    public static BoundProperty? FindMisplaced(BoundResource resource) => PropertyOf(resource) switch
    {
        "pipelines" => resource.Properties!.Find("pipeline"),
        "pipeline" => resource.Properties!.Find("pipelines"),
        _ => null,
    };

    /// <summary>The pipelines that the service starts, each with its parameters.</summary>
    public static ImmutableArray<BoundObject> FindAll(BoundResource resource) => resource.Properties?.FindValue(PropertyOf(resource) ?? "") switch
    {
        BoundArray list => [.. list.Items.OfType<BoundObject>()],
        BoundObject { Properties.IsEmpty: false } one => [one],
        _ => [],
    };

    /// <summary>The name of a pipeline that is started; null where none is told.</summary>
    public static BoundScalar? NameOf(BoundObject started) =>
        (started.FindValue("pipelineReference") as BoundObject)?.FindValue("referenceName") is BoundScalar { Kind: ScalarKind.String } name ? name : null;
}
