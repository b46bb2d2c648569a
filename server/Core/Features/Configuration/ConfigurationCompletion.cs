using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Configuration;

/// <summary>The proposals in pipewright.yaml.</summary>
internal static class ConfigurationCompletion
{
    /// <summary>From nothing to all.</summary>
    private static readonly ImmutableArray<DiagnosticSeverity> Severities =
        [DiagnosticSeverity.Off, DiagnosticSeverity.Hint, DiagnosticSeverity.Information, DiagnosticSeverity.Warning, DiagnosticSeverity.Error];

    private static readonly ImmutableArray<string> UsualTargets = ["dev", "test", "prod"];

    public static CompletionResult Find(FactoryConfiguration configuration, int offset)
    {
        if (configuration.File?.Syntax is not { } tree || ConfigurationPlace.Find(tree, offset) is not { } place)
        {
            return CompletionResult.Empty;
        }

        var items = place.IsValue ? FindValues(configuration, place) : FindKeys(configuration, tree.Text, place).Where(i => !place.Siblings.Contains(i.Label));
        return new CompletionResult([.. items.Select((item, i) => item with { SortText = i.ToString("D4", CultureInfo.InvariantCulture) })]);
    }

    private static IEnumerable<CompletionItem> FindKeys(FactoryConfiguration configuration, SourceText text, ConfigurationPlace place)
    {
        var newLine = text.Content.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var column = place.Span.Start - text.GetLineSpan(text.GetLine(place.Span.Start)).Start;
        var below = newLine + new string(' ', column + 2);
        return place.Path switch
        {
            [] => ConfigurationReader.Keys.Select(k => Key(place, k, k == "defaultTarget" ? " $0" : k == "notebooks" && !place.IsFlow ? below + "- folder: ${1:notebooks}" + below + "  workspacePath: /${2:Shared}" : Below(place, below), null, ConfigurationWords.OfKey(k))),
            ["targets"] => UsualTargets.Select(t => Key(
                place, t, place.IsFlow ? " { subscription: $1, resourceGroup: $2, factory: $3 }" : $"{below}subscription: $1{below}resourceGroup: $2{below}factory: $3",
                "a target", "A factory to deploy to. Give it any name.") with
            { Kind = CompletionKind.Snippet }),
            ["targets", _] => ConfigurationReader.TargetKeys.Select(k => Key(
                place, k, k != "overrides" ? " $0" : place.IsFlow ? " [{ $0 }]" : below + "- $0", null, ConfigurationWords.OfTargetKey(k))),
            ["targets", _, "overrides"] => FindOverrideKeys(place, below),
            ["notebooks"] => NotebookFolderReader.Keys.Select(k => Key(place, k, k == "folder" ? " ${1:notebooks}" : " /${1:Shared}", null, ConfigurationWords.OfNotebookKey(k))),
            ["rules"] => RuleCatalog.All.Select(r => Rule(place, configuration, r)),
            ["naming"] => ConfigurationReader.NamingKinds.Select(k => Key(place, k, " '${1:^[a-z][a-z0-9_]*\\$}'", null, $"A regular expression that some part of the name of every {k} has to match.")),
            _ => [],
        };
    }

    /// <summary>An override names its resources by the kind, and what it changes in them.</summary>
    private static IEnumerable<CompletionItem> FindOverrideKeys(ConfigurationPlace place, string below)
    {
        var kinds = FileClassification.GitFolders.Keys.Order(StringComparer.Ordinal);
        var actions = OverrideReader.Actions.Select(a => Key(
            place, a, a != "remove" ? Below(place, below) : place.IsFlow ? " [$0]" : below + "- $0", null, ConfigurationWords.OfOverrideKey(a)));
        return actions.Concat(kinds.Where(_ => !place.Siblings.Overlaps(kinds))
            .Select(k => Key(place, k, " $0", null, $"The {k} that is different in this target, by its name; `*` stands for any characters.") with { Kind = CompletionKind.Value }));
    }

    private static string Below(ConfigurationPlace place, string below) => place.IsFlow ? " { $0 }" : below + "$0";

    private static IEnumerable<CompletionItem> FindValues(FactoryConfiguration configuration, ConfigurationPlace place) => place.Path switch
    {
        ["defaultTarget"] => configuration.Targets.Select(t => Value(place, t.Name, CompletionKind.Value, $"{t.Factory} in {t.ResourceGroup}")),
        ["targets", _, "cloud"] => DeploymentTarget.Clouds.Select(c => Value(place, c, CompletionKind.EnumValue, c == DeploymentTarget.PublicCloud ? "default" : null) with
        {
            Documentation = ConfigurationWords.OfCloud(c),
        }),
        ["rules", var code] => Severities.Select(s => Value(
            place, ConfigurationWords.Of(s), CompletionKind.EnumValue, RuleCatalog.Find(code)?.Severity == s ? "default" : null) with
        { Documentation = ConfigurationWords.OfSeverity(ConfigurationWords.Of(s)) }),
        _ => [],
    };

    private static CompletionItem Rule(ConfigurationPlace place, FactoryConfiguration configuration, DiagnosticDescriptor rule)
    {
        var others = Severities.Where(s => s != configuration.SeverityOf(rule)).Select(ConfigurationWords.Of);
        return Key(place, rule.Code, $" ${{1|{string.Join(',', others)}|}}", rule.Title, $"By itself: `{ConfigurationWords.Of(rule.Severity)}`.") with
        {
            Kind = CompletionKind.Value,
            FilterText = $"{rule.Code} {rule.Title}",
        };
    }

    /// <param name="rest">What comes behind the colon, as a snippet.</param>
    private static CompletionItem Key(ConfigurationPlace place, string key, string rest, string? detail, string? documentation) => new(
        key, CompletionKind.Property, place.Span, place.HasColon ? key : $"{key}:{rest}", IsSnippet: !place.HasColon, detail, documentation);

    private static CompletionItem Value(ConfigurationPlace place, string value, CompletionKind kind, string? detail) =>
        new(value, kind, place.Span, place.Lead + (kind == CompletionKind.EnumValue ? value : YamlScalars.Write(value)), Detail: detail) { FilterText = value };
}
