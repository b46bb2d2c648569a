// Other ways to write the same expression, for a person who asks.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Expressions;

internal static class ExpressionRewrites
{
    /// <summary>The rewritings of the expression at an offset; none outside of expressions and where the text has a mistake.</summary>
    public static ImmutableArray<CodeFix> Find(ResourceDocument document, int offset)
    {
        if (ExpressionSite.FindAt(document, offset) is not var (site, resource) || !site.Template.Diagnostics.IsEmpty || site.Template.Parts is not [ExpressionPart part])
        {
            return [];
        }

        // A condition, what a loop goes over, or the value of a variable of another type cannot be text.
        if (site.Template.Kind == TemplateKind.Expression && (site.Expected.IsStrict || !MayBeText(site, resource)))
        {
            return [];
        }

        var expression = site.Template.TextOf(part.Expression.Span);
        var (title, written) = site.Template.Kind == TemplateKind.Expression
            ? ("Write as text with @{…}", $"@{{{expression}}}")
            : ("Write as @…, which keeps the type", "@" + expression);
        return [new CodeFix(title, ScalarEdits.Replace(document.Text, site.Syntax, [new TextChange(new TextSpan(0, site.Scalar.Text.Length), written)]))];
    }

    /// <summary>Whether text may stand at a place that takes anything: not where it is the value of a variable that holds something else.</summary>
    private static bool MayBeText(ExpressionSite site, BoundResource resource) => site.Property?.Name != "value"
        || ActivityScope.FindActivity(site.Scalar)?.Node is not { } activity
        || !"SetVariable".Equals(activity.FindString("type"), StringComparison.OrdinalIgnoreCase)
        || (activity.FindValue("typeProperties") as BoundObject)?.FindString("variableName") is not { } name
        || Declared.Variables(resource).LastOrDefault(v => v.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } variable
        || variable.Type.IsUnknown || (variable.Type.Kinds & TypeKinds.String) != 0;
}
