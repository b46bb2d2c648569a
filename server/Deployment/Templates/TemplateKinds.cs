using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Templates;

/// <summary>How templates name the kinds of resources.</summary>
internal static class TemplateKinds
{
    public const string Factory = "Microsoft.DataFactory/factories";

    public const string ApiVersion = "2018-06-01";

    /// <summary>
    /// The part of a type behind <see cref="Factory"/>, in the order in which Data Factory Studio writes the resources of a template, and the start of Bicep's name for one. The last is that of global
    /// parameters, which are a resource of their own: <c>default</c>.
    /// </summary>
    private static readonly ImmutableArray<(ResourceKind Kind, string Type, string Word)> Names =
    [
        (ResourceKind.Pipeline, "pipelines", "pipeline"),
        (ResourceKind.Dataset, "datasets", "dataset"),
        (ResourceKind.LinkedService, "linkedServices", "linkedService"),
        (ResourceKind.Trigger, "triggers", "trigger"),
        (ResourceKind.DataFlow, "dataflows", "dataflow"),
        (ResourceKind.IntegrationRuntime, "integrationRuntimes", "integrationRuntime"),
        (ResourceKind.Credential, "credentials", "credential"),
        (ResourceKind.ManagedVirtualNetwork, "managedVirtualNetworks", "managedVirtualNetwork"),
        (ResourceKind.ManagedPrivateEndpoint, "managedVirtualNetworks/managedPrivateEndpoints", "managedPrivateEndpoint"),
        (ResourceKind.ChangeDataCapture, "adfcdcs", "changeDataCapture"),
        (ResourceKind.Factory, "globalparameters", "globalParameters"),
    ];

    /// <summary>The name of the resource that holds the global parameters: the service knows one.</summary>
    public const string GlobalParameters = "default";

    public static ResourceId GlobalParametersId { get; } = new(ResourceKind.Factory, GlobalParameters);

    public static int Place(ResourceKind kind) => Names.IndexOf(Names.First(n => n.Kind == kind));

    /// <summary>The type below the factory: <c>linkedServices</c>.</summary>
    public static string TypeOf(ResourceKind kind) => Names[Place(kind)].Type;

    /// <summary>A word for one resource of the kind that can begin an identifier: <c>linkedService</c>.</summary>
    public static string WordOf(ResourceKind kind) => Names[Place(kind)].Word;

    /// <summary>The name of a resource below the factory's: a private endpoint's has that of its network before it.</summary>
    public static string PathOf(ResourceId id) => id.VirtualNetwork is { } network ? $"{network}/{id.Name}" : id.Name;
}
