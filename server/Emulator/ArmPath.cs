// The kinds of resource below a factory, and the names that the service takes. Segments, codes and patterns as in Microsoft's REST model 2018-06-01.
using System.Text.RegularExpressions;
using Pipewright.Core.Schema;

namespace Pipewright.Emulator;

/// <summary>A kind of resource below a factory, as the REST API of 2018-06-01 has it.</summary>
/// <param name="Segment">Its collection in addresses; matched without regard to case.</param>
/// <param name="Operations">The name of its group of operations: <c>Pipelines</c> of <c>Pipelines_Get</c>.</param>
/// <param name="NotFound">The error code for one that is not there.</param>
/// <param name="Reference">The literal of a reference's <c>type</c>; null where nothing refers to it so.</param>
/// <param name="NeedsType">Whether its properties have a <c>type</c>.</param>
internal sealed record ArmCollection(string Segment, string Operations, ResourceKind Kind, string NotFound, string? Reference, bool NeedsType, NameRule Names)
{
    public static IReadOnlyList<ArmCollection> All { get; } =
    [
        new("pipelines", "Pipelines", ResourceKind.Pipeline, "PipelineNotFound", "PipelineReference", false, NameRule.Document),
        new("datasets", "Datasets", ResourceKind.Dataset, "DatasetNotFound", "DatasetReference", true, NameRule.Document),
        new("linkedservices", "LinkedServices", ResourceKind.LinkedService, "LinkedServiceNotFound", "LinkedServiceReference", true, NameRule.Document),
        new("triggers", "Triggers", ResourceKind.Trigger, "TriggerNotFound", "TriggerReference", true, NameRule.Document),
        new("dataflows", "DataFlows", ResourceKind.DataFlow, "DataFlowNotFound", "DataFlowReference", true, NameRule.Document),
        new("integrationRuntimes", "IntegrationRuntimes", ResourceKind.IntegrationRuntime, "IntegrationRuntimeNotFound", "IntegrationRuntimeReference", true, NameRule.Host),
        new("credentials", "CredentialOperations", ResourceKind.Credential, "CredentialNotFound", "CredentialReference", true, NameRule.Identifier),
        new("managedVirtualNetworks", "ManagedVirtualNetworks", ResourceKind.ManagedVirtualNetwork, "ManagedVirtualNetworkNotFound", "ManagedVirtualNetworkReference", false, NameRule.Identifier),
        new("managedPrivateEndpoints", "ManagedPrivateEndpoints", ResourceKind.ManagedPrivateEndpoint, "ManagedPrivateEndpointNotFound", null, false, NameRule.Identifier),
        new("adfcdcs", "ChangeDataCapture", ResourceKind.ChangeDataCapture, "ChangeDataCaptureNotFound", null, false, NameRule.Document),
        new(GlobalParameters, "GlobalParameters", ResourceKind.Factory, "GlobalParameterNotFound", null, false, NameRule.Document),
    ];

    public const string GlobalParameters = "globalParameters";

    /// <summary>The one of a kind; for the factory's kind its global parameters.</summary>
    public static ArmCollection Of(ResourceKind kind) => All.First(c => c.Kind == kind);
}

/// <summary>What a name may look like.</summary>
/// <param name="Words">The same, for the error's message.</param>
internal sealed partial record NameRule(Regex Pattern, string Words)
{
    public static NameRule Document { get; } = new(DocumentName(), "it begins with a letter, a digit or '_' and has none of < > * # . % & : \\ + ? / in it");

    /// <summary>Of factories and integration runtimes.</summary>
    public static NameRule Host { get; } = new(HostName(), "letters, digits and single dashes, 3 to 63 of them");

    public static NameRule Identifier { get; } = new(IdentifierName(), "letters, digits, '_' and, inside, '-', 1 to 127 of them");

    /// <exception cref="ArmErrorException">The name is not like that.</exception>
    public void Check(string name, string code)
    {
        if (!Pattern.IsMatch(name))
        {
            throw new ArmErrorException(400, code, $"'{name}' is not a valid name: {Words}.", name);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][^<>*#.%&:\\+?/]{0,259}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DocumentName();

    [GeneratedRegex(@"^(?=.{3,63}\z)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();

    [GeneratedRegex(@"^(?:[_A-Za-z0-9]|[_A-Za-z0-9][-_A-Za-z0-9]{0,125}[_A-Za-z0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdentifierName();
}

/// <summary>A factory's place; names are matched without regard to case and kept as they were first written.</summary>
internal sealed record FactoryKey(string Subscription, string ResourceGroup, string Name)
{
    public string Id => $"/subscriptions/{Subscription}/resourceGroups/{ResourceGroup}/providers/Microsoft.DataFactory/factories/{Name}";

    public bool Equals(FactoryKey? other) => other is not null && Id.Equals(other.Id, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.OrdinalIgnoreCase);
}
