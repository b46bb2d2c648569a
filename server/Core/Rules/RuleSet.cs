using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.Activities;
using Pipewright.Core.Rules.Connections;
using Pipewright.Core.Rules.Databricks;
using Pipewright.Core.Rules.DataFlows;
using Pipewright.Core.Rules.Dependencies;
using Pipewright.Core.Rules.Habits;
using Pipewright.Core.Rules.Limits;
using Pipewright.Core.Rules.Live;
using Pipewright.Core.Rules.Names;
using Pipewright.Core.Rules.Nesting;
using Pipewright.Core.Rules.References;
using Pipewright.Core.Rules.Security;
using Pipewright.Core.Rules.Triggers;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules;

/// <summary>All rules, and what they find.</summary>
public static class RuleSet
{
    public static ImmutableArray<Rule> All { get; } =
    [
        .. ReferenceRules.All, .. DependencyRules.All, .. ActivityRules.All, .. TriggerRules.All, .. ConnectionRules.All, .. DataFlowRules.All, .. NotebookRules.All,
        .. NameRules.All, .. LimitRules.All, .. NestingRules.All, .. HabitRules.All, .. SecurityRules.All, .. LiveRules.All,
    ];

    /// <summary>
    /// All findings on a document of the rules that are on, and those on its expressions, in text order. They are remembered with the document, and
    /// found anew only when something that they depend on is another than before.
    /// </summary>
    public static ImmutableArray<Diagnostic> Check(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation)
    {
        if (document.LastCheck is { } last && ReferenceEquals(last.Configuration, factory.Configuration) && last.Queries.HoldFor(factory))
        {
            return last.Findings;
        }

        var queries = new FactoryQueries();
        var findings = CheckAnew(factory.Recording(queries), document, cancellation);
        queries.Close();
        document.LastCheck = new CheckedDocument(findings, factory.Configuration, queries);
        return findings;
    }

    /// <summary>
    /// A file of the Git form without its <c>properties</c>, which has been reported: whatever a rule would say but about its name and place is the echo of that. A factory
    /// and a network need none.
    /// </summary>
    private static bool IsUnreadable(RuleContext context) => !context.Document.IsSpec && context.Properties is null
        && context.Kind is not (ResourceKind.Factory or ResourceKind.ManagedVirtualNetwork);

    /// <summary>The same without remembering. The fixes work with the very documents of this factory, whatever has changed since the last check.</summary>
    public static ImmutableArray<Diagnostic> CheckAnew(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        ImmutableArray<Rule> rules = [.. All.Where(r => factory.Configuration.SeverityOf(r.Descriptor) != DiagnosticSeverity.Off)];
        foreach (var context in ContextsOf(factory, document))
        {
            var isUnreadable = IsUnreadable(context);
            foreach (var rule in isUnreadable ? rules.Intersect(NameRules.All) : rules)
            {
                cancellation.ThrowIfCancellationRequested();
                found.AddRange(rule.Check(context));
            }

            found.AddRange(isUnreadable ? [] : ExpressionFindings.Find(context, cancellation));
        }

        document.DropParts();
        return [.. found.OrderBy(d => d.Span.Start)];
    }

    private static IEnumerable<RuleContext> ContextsOf(FactorySnapshot factory, ResourceDocument document) =>
        Enumerable.Range(0, document.Resources.Length).Select(i => new RuleContext(factory, document, i)).Where(c => c.Resource.Root is not null);
}
