// Reads the text of pipewright.yaml.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>One reading of one text. What is not understood is reported and left out.</summary>
internal sealed partial class ConfigurationReader
{
    /// <summary>A name that takes longer than this to compare is taken for right: a pattern must not hold up the editor.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Members of a target. An address is not among them: a workspace file must not say where tokens go.</summary>
    internal static ImmutableArray<string> TargetKeys { get; } = ["subscription", "resourceGroup", "factory", "tenant", "cloud", "overrides", "deployNotebooks"];

    internal static ImmutableArray<string> Keys { get; } = ["targets", "defaultTarget", "notebooks", "rules", "naming"];

    internal static ImmutableArray<string> NamingKinds { get; } = [.. FileClassification.GitFolders.Keys.Order(StringComparer.Ordinal), .. NamingPattern.OtherKinds];

    internal static ImmutableDictionary<string, DiagnosticSeverity> Severities { get; } = new Dictionary<string, DiagnosticSeverity>
    {
        ["off"] = DiagnosticSeverity.Off,
        ["hint"] = DiagnosticSeverity.Hint,
        ["information"] = DiagnosticSeverity.Information,
        ["warning"] = DiagnosticSeverity.Warning,
        ["error"] = DiagnosticSeverity.Error,
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The clouds as Azure's command line calls them.</summary>
    private static readonly ImmutableDictionary<string, string> CommandLineClouds = new Dictionary<string, string>
    {
        ["AzureCloud"] = DeploymentTarget.PublicCloud,
        ["AzureUSGovernment"] = "usGovernment",
        ["AzureChinaCloud"] = "china",
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics;

    private ConfigurationReader(SyntaxTree tree) => _diagnostics = tree.Diagnostics.ToBuilder();

    public static FactoryConfiguration Read(SourceText text, string path)
    {
        var tree = SyntaxTree.Parse(text, SyntaxLanguage.Yaml);
        return new ConfigurationReader(tree).Read(tree, path);
    }

    private FactoryConfiguration Read(SyntaxTree tree, string path)
    {
        var file = new ConfigurationFile(path, tree);
        if (tree.Root?.Resolved is not MappingSyntax root)
        {
            return new FactoryConfiguration([], null, _diagnostics.ToImmutable()) { File = file };
        }

        ReportUnknown(root, Keys, "setting");
        ImmutableArray<DeploymentTarget> targets = [.. EntriesOf(root, "targets").Select(ReadTarget).OfType<DeploymentTarget>()];
        ImmutableArray<RuleSetting> rules = [.. EntriesOf(root, "rules").Select(ReadRule).OfType<RuleSetting>()];
        ImmutableArray<NamingPattern> naming = Find(root, "naming") is MappingSyntax patterns ? ReadNaming(patterns) : [];
        var notebooks = new NotebookFolderReader(_diagnostics.Add).Read(Find(root, "notebooks"));
        return new FactoryConfiguration(targets, (Find(root, "defaultTarget") as ScalarSyntax)?.Value, _diagnostics.ToImmutable())
        {
            Rules = rules,
            Notebooks = notebooks,
            Naming = naming,
            File = file,
        };
    }

    private DeploymentTarget? ReadTarget(MappingEntrySyntax entry)
    {
        string? Get(string key) => entry.Value?.Resolved is MappingSyntax mapping && Find(mapping, key) is ScalarSyntax { Value.Length: > 0 } scalar ? scalar.Value : null;
        if (entry.Value?.Resolved is MappingSyntax members)
        {
            ReportUnknown(members, TargetKeys, "setting");
        }

        var missing = TargetKeys.Take(3).Where(k => Get(k) is null).ToList();
        if (missing.Count > 0)
        {
            _diagnostics.Add(FactoryConfiguration.IncompleteTarget.At(
                entry.Key.Span, $"The target '{entry.Key.Value}' needs {string.Join(", ", missing.Select(m => $"'{m}'"))}."));
            return null;
        }

        var all = (MappingSyntax)entry.Value!.Resolved!;
        var target = new DeploymentTarget(entry.Key.Value, Get("subscription")!, Get("resourceGroup")!, Get("factory")!)
        {
            Overrides = new OverrideReader(_diagnostics.Add).Read(Find(all, "overrides")),
        };
        return ReadSettings(target, all);
    }

    /// <summary>Adds the cloud, the tenant, and whether notebooks go along. Null where one can't be right: a token for another one would be of no use.</summary>
    private DeploymentTarget? ReadSettings(DeploymentTarget target, MappingSyntax members)
    {
        var cloud = ReadMember(members, "cloud", DeploymentTarget.PublicCloud, ReadCloud);
        var tenant = ReadMember(members, "tenant", "", (scalar, name) => TenantName().IsMatch(name) ? name : ReportInvalid(
            scalar.Span, $"'{name}' is no tenant. Write its id, a GUID, or the name of one of its domains, such as contoso.onmicrosoft.com."));
        var notebooks = ReadMember(
            members, "deployNotebooks", "false", (scalar, word) => bool.TryParse(word, out _) ? word : ReportInvalid(scalar.Span, $"'{word}' is neither: whether notebooks are deployed is true or false."), "true or false");
        return cloud is null || tenant is null || notebooks is null
            ? null
            : target with { Cloud = cloud, Tenant = tenant.Length == 0 ? null : tenant, DeploysNotebooks = bool.Parse(notebooks) };
    }

    /// <param name="byDefault">Where there is no such member, or an empty one.</param>
    /// <param name="read">Null for what can't be right.</param>
    /// <param name="what">What it has to be.</param>
    private string? ReadMember(MappingSyntax members, string key, string byDefault, Func<SyntaxNode, string, string?> read, string what = "a name") =>
        members.EffectiveEntries.LastOrDefault(e => e.Key.Value == key)?.Value switch
        {
            null => byDefault,
            { Resolved: ScalarSyntax { Kind: ScalarKind.Null } } => byDefault,
            { Resolved: ScalarSyntax scalar } node => read(node, scalar.Value),
            { } node => ReportInvalid(node.Span, $"The {key} of a target is {what}."),
        };

    private string? ReadCloud(SyntaxNode scalar, string name)
    {
        if (DeploymentTarget.Clouds.FirstOrDefault(c => c.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } cloud)
        {
            return cloud;
        }

        var closest = CommandLineClouds.GetValueOrDefault(name) ?? Spelling.FindClosest(name, DeploymentTarget.Clouds);
        return ReportInvalid(
            scalar.Span, $"There is no cloud '{name}'. " + (closest is null ? $"Known are {string.Join(", ", DeploymentTarget.Clouds)}." : $"Did you mean '{closest}'?"),
            closest is null ? [] : [new CodeFix($"Change to '{closest}'", [new TextChange(scalar.Span, closest)])]);
    }

    private string? ReportInvalid(TextSpan span, string message, ImmutableArray<CodeFix> fixes = default)
    {
        _diagnostics.Add(FactoryConfiguration.InvalidTarget.At(span, message, fixes.IsDefault ? [] : fixes));
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TenantName();

    /// <summary>Whether there is a rule of that code is not for this to know.</summary>
    private RuleSetting? ReadRule(MappingEntrySyntax entry)
    {
        var scalar = entry.Value?.Resolved as ScalarSyntax;
        if (scalar is not null && Severities.TryGetValue(scalar.Value, out var severity))
        {
            return new RuleSetting(entry.Key.Value.ToUpperInvariant(), severity, entry.Key.Span);
        }

        var closest = scalar is null ? null : Spelling.FindClosest(scalar.Value, Severities.Keys);
        _diagnostics.Add(FactoryConfiguration.UnknownSeverity.At(
            entry.Value?.Span ?? entry.Key.Span,
            $"The findings of a rule are off, hint, information, warning or error.{(closest is null ? "" : $" Did you mean '{closest}'?")}",
            closest is null ? [] : [new CodeFix($"Change to '{closest}'", [new TextChange(entry.Value!.Span, closest)])]));
        return null;
    }

    private ImmutableArray<NamingPattern> ReadNaming(MappingSyntax patterns)
    {
        ReportUnknown(patterns, NamingKinds, "kind of name");
        return [.. patterns.EffectiveEntries.Where(e => NamingKinds.Contains(e.Key.Value)).Select(ReadPattern).OfType<NamingPattern>()];
    }

    private NamingPattern? ReadPattern(MappingEntrySyntax entry)
    {
        var problem = "A pattern is a regular expression, such as '^pl_[a-z0-9_]+$'.";
        if (entry.Value?.Resolved is ScalarSyntax { Kind: not ScalarKind.Null, Value.Length: > 0 } scalar)
        {
            try
            {
                return new NamingPattern(entry.Key.Value, new Regex(scalar.Value, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience));
            }
            catch (ArgumentException e)
            {
                problem = $"This is no regular expression: {e.Message}";
            }
        }

        _diagnostics.Add(FactoryConfiguration.InvalidPattern.At(entry.Value?.Span ?? entry.Key.Span, problem));
        return null;
    }

    private static IEnumerable<MappingEntrySyntax> EntriesOf(MappingSyntax mapping, string key) => (Find(mapping, key) as MappingSyntax)?.EffectiveEntries ?? [];

    private static SyntaxNode? Find(MappingSyntax mapping, string key) => mapping.EffectiveEntries.LastOrDefault(e => e.Key.Value == key)?.Value?.Resolved;

    private void ReportUnknown(MappingSyntax mapping, ImmutableArray<string> known, string what)
    {
        foreach (var entry in mapping.Entries.Where(e => !e.IsMerge && !known.Contains(e.Key.Value)))
        {
            var closest = Spelling.FindClosest(entry.Key.Value, known);
            _diagnostics.Add(FactoryConfiguration.UnknownKey.At(
                entry.Key.Span,
                $"There is no {what} '{entry.Key.Value}'. " + (closest is null ? $"Known are {string.Join(", ", known)}." : $"Did you mean '{closest}'?"),
                closest is null ? [] : [new CodeFix($"Change to '{closest}'", [new TextChange(entry.Key.Span, closest)])]));
        }
    }
}
