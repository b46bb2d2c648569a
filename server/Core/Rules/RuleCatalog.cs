using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Rules.Suppression;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules;

/// <summary>Every kind of finding that there is, wherever it comes from.</summary>
public static class RuleCatalog
{
    private static readonly Lazy<ImmutableSortedDictionary<string, DiagnosticDescriptor>> ByCode = new(() => Collect().ToImmutableSortedDictionary(d => d.Code, d => d, StringComparer.Ordinal));

    /// <summary>In the order of their codes.</summary>
    public static IEnumerable<DiagnosticDescriptor> All => ByCode.Value.Values;

    /// <param name="code">In any case.</param>
    /// <returns>Null where there is none of that code.</returns>
    public static DiagnosticDescriptor? Find(string code) => ByCode.Value.GetValueOrDefault(code.ToUpperInvariant());

    private static IEnumerable<DiagnosticDescriptor> Collect() =>
    [
        .. SyntaxDiagnostics.All, .. SchemaDiagnostics.All, .. ExpressionDiagnostics.All, .. CheckDiagnostics.All, ExpressionFindings.StaticPlace,
        .. RuleSet.All.Select(r => r.Descriptor), .. SuppressionFindings.All, .. ConfigurationFindings.All, .. PipelineTestDiagnostics.All,
    ];
}
