// pipewright.yaml: what a factory root says about itself.
using System.Collections.Immutable;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>A factory in Azure to deploy to.</summary>
/// <param name="HasOverrides">Resources are to be changed on their way there.</param>
public sealed record DeploymentTarget(string Name, string Subscription, string ResourceGroup, string Factory, bool HasOverrides = false);

/// <summary>The configuration of one factory root.</summary>
/// <param name="Diagnostics">What is wrong with it, in offsets of its text.</param>
public sealed record FactoryConfiguration(ImmutableArray<DeploymentTarget> Targets, string? DefaultTarget, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Members of a target. An address is not among them: a workspace file must not say where tokens go.</summary>
    private static readonly ImmutableArray<string> TargetKeys = ["subscription", "resourceGroup", "factory", "overrides"];

    private static readonly ImmutableArray<string> Keys = ["targets", "defaultTarget", "notebooks", "rules", "naming"];

    public static DiagnosticDescriptor UnknownKey { get; } = new("PW9001", DiagnosticSeverity.Warning, "Unknown setting");

    public static DiagnosticDescriptor IncompleteTarget { get; } = new("PW9002", DiagnosticSeverity.Error, "Incomplete target");

    public static FactoryConfiguration Empty { get; } = new([], null, []);

    /// <summary>Reads the file's text. What is not understood is reported and left out.</summary>
    public static FactoryConfiguration Parse(SourceText text)
    {
        var tree = SyntaxTree.Parse(text, SyntaxLanguage.Yaml);
        var diagnostics = tree.Diagnostics.ToBuilder();
        if (tree.Root?.Resolved is not MappingSyntax root)
        {
            return new FactoryConfiguration([], null, diagnostics.ToImmutable());
        }

        ReportUnknown(root, Keys, diagnostics);
        var targets = (Find(root, "targets") as MappingSyntax)?.EffectiveEntries.Select(e => ReadTarget(e, diagnostics)).OfType<DeploymentTarget>() ?? [];
        return new FactoryConfiguration([.. targets], (Find(root, "defaultTarget") as ScalarSyntax)?.Value, diagnostics.ToImmutable());
    }

    public DeploymentTarget? FindTarget(string name) => Targets.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static DeploymentTarget? ReadTarget(MappingEntrySyntax entry, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        string? Get(string key) => entry.Value?.Resolved is MappingSyntax mapping && Find(mapping, key) is ScalarSyntax { Value.Length: > 0 } scalar ? scalar.Value : null;
        if (entry.Value?.Resolved is MappingSyntax members)
        {
            ReportUnknown(members, TargetKeys, diagnostics);
        }

        var missing = TargetKeys.Take(3).Where(k => Get(k) is null).ToList();
        if (missing.Count > 0)
        {
            diagnostics.Add(IncompleteTarget.At(entry.Key.Span, $"The target '{entry.Key.Value}' needs {string.Join(", ", missing.Select(m => $"'{m}'"))}."));
            return null;
        }

        return new DeploymentTarget(entry.Key.Value, Get("subscription")!, Get("resourceGroup")!, Get("factory")!,
            entry.Value?.Resolved is MappingSyntax target && Find(target, "overrides") is SequenceSyntax { Items.IsEmpty: false });
    }

    private static SyntaxNode? Find(MappingSyntax mapping, string key) => mapping.EffectiveEntries.LastOrDefault(e => e.Key.Value == key)?.Value?.Resolved;

    private static void ReportUnknown(MappingSyntax mapping, ImmutableArray<string> known, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        foreach (var entry in mapping.Entries.Where(e => !e.IsMerge && !known.Contains(e.Key.Value)))
        {
            var closest = Spelling.FindClosest(entry.Key.Value, known);
            diagnostics.Add(UnknownKey.At(
                entry.Key.Span, $"There is no setting '{entry.Key.Value}'. " + (closest is null ? $"Known are {string.Join(", ", known)}." : $"Did you mean '{closest}'?")));
        }
    }
}
