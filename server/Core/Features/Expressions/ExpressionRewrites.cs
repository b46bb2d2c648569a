// Other ways to write the same expression, for a person who asks.
using System.Collections.Immutable;
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
        if (ExpressionSite.FindAt(document, offset) is not var (site, _) || !site.Template.Diagnostics.IsEmpty || site.Template.Parts is not [ExpressionPart part])
        {
            return [];
        }

        // A condition, or what a loop goes over, cannot be text.
        if (site.Expected.IsStrict && site.Template.Kind == TemplateKind.Expression)
        {
            return [];
        }

        var expression = site.Template.TextOf(part.Expression.Span);
        var (title, written) = site.Template.Kind == TemplateKind.Expression
            ? ("Write as text with @{…}", $"@{{{expression}}}")
            : ("Write as @…, which keeps the type", "@" + expression);
        return [new CodeFix(title, ScalarEdits.Replace(document.Text, site.Syntax, [new TextChange(new TextSpan(0, site.Scalar.Text.Length), written)]))];
    }
}
