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
    ];
}
