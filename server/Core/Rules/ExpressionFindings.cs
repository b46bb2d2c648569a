// What is wrong with the expressions of a resource, at the characters of its text.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules;

internal static class ExpressionFindings
{
    public static DiagnosticDescriptor StaticPlace { get; } = new("PW3305", DiagnosticSeverity.Warning, "Expression where the service takes text as it is");

    /// <summary>Properties that hold text and are read before a run. Of the names in references a rule speaks.</summary>
    private static readonly ImmutableHashSet<string> LookedUp = ImmutableHashSet.Create(StringComparer.Ordinal, "variableName", "activity", "defaultValue");

    /// <summary>All findings on the expressions of a resource. None on the activities that are switched off.</summary>
    public static IEnumerable<Diagnostic> Find(RuleContext context, CancellationToken cancellation)
    {
        foreach (var (site, analysis) in context.Expressions.Where(e => !context.IsInactive(e.Site.Scalar)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (analysis is not null)
            {
                foreach (var finding in analysis.Findings)
                {
                    yield return ToSource(finding, site, context);
                }
            }
            else if (site.Template.Kind == TemplateKind.Expression && context.Kind == ResourceKind.Pipeline && IsLookedUp(site))
            {
                yield return StaticPlace.At(site.Scalar.Span, $"The service takes '{((BoundProperty)site.Scalar.Parent!).Name}' as it is written: an expression is not evaluated here.");
            }
        }
    }

    /// <summary>
    /// Whether the service reads a text before a run, so that nobody can mean an expression to stand there: names of things, numbers, flags and
    /// defaults. A description may well begin with <c>@</c>.
    /// </summary>
    private static bool IsLookedUp(ExpressionSite site) => site.Scalar.Parent is BoundProperty { Schema: { } schema, Parent: BoundObject owner }
        && (schema.Type is ScalarType { Kind: ValueKind.Boolean or ValueKind.Integer or ValueKind.Number } or ScalarType { AllowedValues.IsEmpty: false }
            || LookedUp.Contains(schema.Name) || (schema.Name == "value" && owner.Shape?.Name == "SwitchCase"));

    private static Diagnostic ToSource(ExpressionFinding finding, ExpressionSite site, RuleContext context) => finding.Diagnostic with
    {
        Span = site.Syntax.ToSourceSpan(finding.Diagnostic.Span),
        Related = finding.Missing is { Kind: MissingKind.Dependency, Name: var awaited } && context.Graph.Find(awaited)?.Activity.Name is { } declared
            ? [new RelatedPlace(context.Document.Path, declared.Span, $"'{declared.Text}' is declared here")]
            : finding.Diagnostic.Related,
        Fixes = [
            .. finding.Diagnostic.Fixes.Select(f => f.Map(changes => ScalarEdits.Replace(context.Document.Text, site.Syntax, changes))),
            .. finding.Missing is { } missing ? Declare(missing, site, context.Declarations, context.Names).Where(f => !f.Changes.IsEmpty) : [],
            .. finding.LeftOut is { } leftOut ? LeftOutFixes.Find(leftOut, finding.Diagnostic.Span, site, context).Where(f => !f.Changes.IsEmpty) : [],
        ],
    };

    private static IEnumerable<CodeFix> Declare(MissingName missing, ExpressionSite site, Declarations declarations, ResourceNames names)
    {
        switch (missing.Kind)
        {
            case MissingKind.Parameter:
                yield return new CodeFix($"Declare the parameter '{missing.Name}'", declarations.AddParameter(missing.Name, missing.Type));
                break;
            case MissingKind.Variable:
                yield return new CodeFix($"Declare the variable '{missing.Name}'", declarations.AddVariable(missing.Name, missing.Type));
                break;
            case MissingKind.Dependency when names.Graph.Value.FindEnclosing(site.Scalar) is { } from && names.Graph.Value.Find(missing.Name) is { } target
                && names.Graph.Value.FindMissingDependency(from, target) is var (waiting, awaited):
                yield return new CodeFix($"Let '{waiting.Name}' depend on '{awaited.Name}'", declarations.AddDependency(waiting.Activity.Node, awaited.Name));
                break;
        }
    }
}
