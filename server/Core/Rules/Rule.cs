// A rule of the whole factory: what the schema alone can't see. One class a rule; adding one touches its file, its page and its test.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules;

/// <summary>A check of one resource within its factory.</summary>
public abstract class Rule(DiagnosticDescriptor descriptor)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    public abstract IEnumerable<Diagnostic> Check(FactorySnapshot factory, ResourceDocument document, BoundResource resource);
}

/// <summary>All rules.</summary>
public static class RuleSet
{
    public static ImmutableArray<Rule> All { get; } =
        [new MissingResourceRule(), new DuplicateResourceRule(), new MissingDependencyRule(), new DependencyCycleRule(), new DuplicateActivityRule()];

    /// <summary>All findings of all rules on a document, and those on its expressions, in text order.</summary>
    public static ImmutableArray<Diagnostic> Check(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var rule in All)
        {
            foreach (var resource in document.Resources)
            {
                cancellation.ThrowIfCancellationRequested();
                found.AddRange(rule.Check(factory, document, resource));
            }
        }

        foreach (var resource in document.Resources)
        {
            found.AddRange(ExpressionFindings.Find(factory, document, resource, cancellation));
        }

        return [.. found.OrderBy(d => d.Span.Start)];
    }
}
