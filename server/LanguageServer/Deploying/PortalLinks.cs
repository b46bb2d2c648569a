using Pipewright.Azure;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.Deploying;

/// <summary>Ways from the targets of a pipewright.yaml to their factories in the Azure portal.</summary>
internal static class PortalLinks
{
    /// <returns>The names of factories, and where the portal of their cloud shows them; none of targets that are incomplete.</returns>
    public static IEnumerable<(TextSpan Span, Uri Address)> Find(FactoryConfiguration configuration)
    {
        foreach (var entry in Members(Members(configuration.File?.Syntax.Root).LastOrDefault(e => e.Key.Value == "targets")?.Value))
        {
            var factory = Members(entry.Value).LastOrDefault(e => e.Key.Value == "factory")?.Value;
            if (factory is ScalarSyntax && configuration.FindTarget(entry.Key.Value) is { } target && AzureCloud.Find(target.Cloud) is { } cloud
                && new FactoryTarget(cloud.Endpoint, target.Subscription, target.ResourceGroup, target.Factory).PortalAddress is { } address)
            {
                yield return (factory.Span, address);
            }
        }
    }

    private static IEnumerable<MappingEntrySyntax> Members(SyntaxNode? node) => (node?.Resolved as MappingSyntax)?.EffectiveEntries ?? [];
}
