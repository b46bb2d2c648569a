// What is wrong with the expressions of a resource, at the characters of its text.
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules;

internal static class ExpressionFindings
{
    private static readonly DiagnosticDescriptor StaticPlace = new("PW3305", DiagnosticSeverity.Warning, "Expression where the service takes text as it is");

    /// <summary>All findings on the expressions of a resource. None on the activities that are switched off.</summary>
    public static IEnumerable<Diagnostic> Find(FactorySnapshot factory, BoundResource resource, SourceText text, CancellationToken cancellation)
    {
        var names = new ResourceNames(factory, resource);
        foreach (var site in ExpressionSite.FindAll(resource).Where(s => !IsInactive(s.Scalar)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (site.IsDynamic)
            {
                foreach (var finding in names.Analyse(site).Findings)
                {
                    yield return ToSource(finding, site, text);
                }
            }
            else if (site.Template.Kind == TemplateKind.Expression && resource.Kind == ResourceKind.Pipeline && IsPartOfActivity(site.Scalar))
            {
                yield return StaticPlace.At(site.Scalar.Span, "The service takes this text as it is: an expression is not evaluated here.");
            }
        }
    }

    /// <summary>The properties whose text the service looks up before a run.</summary>
    private static bool IsPartOfActivity(BoundScalar scalar) => scalar.Parent is BoundProperty { Name: var name }
        && (name.Equals("referenceName", StringComparison.OrdinalIgnoreCase) || name.Equals("variableName", StringComparison.OrdinalIgnoreCase));

    private static bool IsInactive(BoundNode node)
    {
        for (var current = ActivityScope.FindActivity(node); current is not null; current = ActivityScope.FindActivity(current.Node.Parent!))
        {
            if ("Inactive".Equals(current.Node.FindString("state"), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static Diagnostic ToSource(ExpressionFinding finding, ExpressionSite site, SourceText text) => finding.Diagnostic with
    {
        Span = site.Syntax.ToSourceSpan(finding.Diagnostic.Span),
        Fixes = [.. finding.Diagnostic.Fixes.Select(f => f with { Changes = ScalarEdits.Replace(text, site.Syntax, f.Changes) })],
    };
}
