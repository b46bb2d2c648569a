using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules;

/// <summary>What is wrong with a factory's configuration.</summary>
public static class ConfigurationFindings
{
    public static DiagnosticDescriptor UnknownRule { get; } = new("PW9003", DiagnosticSeverity.Warning, "Unknown rule");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        FactoryConfiguration.UnknownKey, FactoryConfiguration.IncompleteTarget, UnknownRule, FactoryConfiguration.UnknownSeverity, FactoryConfiguration.InvalidPattern,
        FactoryConfiguration.InvalidOverride, FactoryConfiguration.FutileOverride, FactoryConfiguration.InvalidTarget,
        FactoryConfiguration.InvalidNotebooks,
    ];

    /// <summary>In text order, in offsets of the configuration's text.</summary>
    /// <param name="others">What else was found in it.</param>
    public static ImmutableArray<Diagnostic> Find(FactoryConfiguration configuration, params ImmutableArray<Diagnostic> others) =>
    [
        .. configuration.Diagnostics.Concat(others).Concat(configuration.Rules.Where(r => !IsKnown(r)).Select(r => ReportUnknown(r.Code, r.Span)))
            .Select(d => d with { Severity = configuration.SeverityOf(d.Descriptor) }).Where(d => d.Severity != DiagnosticSeverity.Off).OrderBy(d => d.Span.Start),
    ];

    /// <summary>A finding about a code that no rule has.</summary>
    internal static Diagnostic ReportUnknown(string code, TextSpan span)
    {
        var closest = Spelling.FindClosest(code, RuleCatalog.All.Select(r => r.Code));
        return UnknownRule.At(
            span,
            closest is null ? $"There is no rule '{code}'. Rules have codes such as PW4101, and groups of them codes such as PW53xx." : $"There is no rule '{code}'. Did you mean '{closest}' ({RuleCatalog.Find(closest)!.Title})?",
            closest is null ? [] : [new CodeFix($"Change to '{closest}'", [new TextChange(span, closest)])]);
    }

    private static bool IsKnown(RuleSetting setting) =>
        RuleCatalog.Find(setting.Code) is not null || (setting.Code is ['P', 'W', _, _, _, 'X'] && RuleCatalog.All.Any(r => r.Code.StartsWith(setting.Prefix, StringComparison.Ordinal)));
}
