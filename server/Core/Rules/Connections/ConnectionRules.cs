using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Connections;

/// <summary>Rules about linked services, datasets and what reads and writes them.</summary>
internal static class ConnectionRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new DatabricksComputeRule(), new DatabricksNoComputeRule(), new DatabricksClusterRule(), new DatabricksWorkersRule(), new DatabricksSignInRule(), new DatabricksDomainRule(),
        new DatasetLinkedServiceRule(), new DatasetLocationRule(), new EndTypeRule(), new StoreSettingsRule(), new FormatSettingsRule(), new BinaryCopyRule(), new ActivityLinkedServiceRule(),
        new IncompleteSettingRule(), new UpsertKeysRule(),
        new LegacyTypeRule(), new EndedConnectorRule(), new OldConnectorVersionRule(), new TwoSignInsRule(), new NoSignInRule(), new IncompleteSignInRule(), new ConnectionStringRule(),
        new PrivateHostRule(), new SelfHostedOnlyRule(), new DataFlowRuntimeRule(), new DataFlowConnectionRule(), new UnusedPrivateEndpointRule(),
        new MissingContainerRule(), new DatasetWildcardRule(), new ContainerPathRule(), new EscapeWithoutQuoteRule(), new CompressionLevelRule(), new StructureRule(),
    ];
}
