using Pipewright.Core.Factory;
using Pipewright.Core.Rules;

namespace Pipewright.Core.Features.Configuration;

/// <summary>What a word in pipewright.yaml is for.</summary>
internal static class ConfigurationHover
{
    public static HoverResult? Find(FactoryConfiguration configuration, int offset)
    {
        if (configuration.File?.Syntax is not { } tree || ConfigurationPlace.Find(tree, offset) is not { Span.Length: > 0 } place)
        {
            return null;
        }

        var word = tree.Text.ToString(place.Span);
        var said = place switch
        {
            { IsValue: false, Path: [] } => ConfigurationWords.OfKey(word),
            { IsValue: false, Path: ["targets", _] } => ConfigurationWords.OfTargetKey(word),
            { IsValue: false, Path: ["notebooks"] } => ConfigurationWords.OfNotebookKey(word),
            { IsValue: false, Path: ["targets", _, "overrides"] } => ConfigurationWords.OfOverrideKey(word),
            { IsValue: false, Path: ["targets"] } or { Path: ["defaultTarget"] } when configuration.FindTarget(word) is { } target =>
                $"The factory `{target.Factory}` in the resource group `{target.ResourceGroup}`.",
            { IsValue: false, Path: ["rules"] } => DescribeRule(configuration, word),
            { IsValue: false, Path: ["naming"] } when ConfigurationReader.NamingKinds.Contains(word) => $"What the name of every {word} has to look like.",
            { IsValue: true, Path: ["targets", _, "cloud"] } => ConfigurationWords.OfCloud(word),
            { IsValue: true, Path: ["rules", _] } => ConfigurationWords.OfSeverity(word),
            _ => null,
        };
        return said is null ? null : new HoverResult(place.Span, $"**{word}**\n\n{said}");
    }

    private static string? DescribeRule(FactoryConfiguration configuration, string code)
    {
        if (RuleCatalog.Find(code) is { } rule)
        {
            return $"{rule.Title}. By itself: `{ConfigurationWords.Of(rule.Severity)}`; in this factory: `{ConfigurationWords.Of(configuration.SeverityOf(rule))}`.";
        }

        var prefix = code.ToUpperInvariant().TrimEnd('X');
        var count = RuleCatalog.All.Count(r => r.Code.StartsWith(prefix, StringComparison.Ordinal));
        return prefix.Length == code.Length || count == 0 ? null : $"All {count} rules whose codes begin with {prefix}.";
    }
}
