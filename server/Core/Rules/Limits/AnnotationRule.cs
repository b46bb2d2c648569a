using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Limits;

/// <summary>An annotation of a resource holds an expression: annotations are static (Microsoft's documentation), so monitoring shows the expression's text.</summary>
internal sealed class AnnotationRule() : Rule(new("PW5107", DiagnosticSeverity.Warning, "Expression in an annotation"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => context.Properties?.FindValue("annotations") is not BoundArray annotations ? [] :
        from scalar in annotations.Items.Select(DynamicContent.FindExpression).OfType<BoundScalar>()
        where SpecForm.IsExpression(scalar.Text) && scalar.Text.Contains('(', StringComparison.Ordinal)
        select Descriptor.At(
            scalar.Span, "Annotations are not evaluated: runs are marked with this text as it stands.",
            new CodeFix("Remove the annotation", context.Edits.RemoveItem(FindItem(scalar, annotations))) { IsPreferred = false });

    private static BoundNode FindItem(BoundNode node, BoundArray list)
    {
        while (node.Parent is { } parent && parent != list)
        {
            node = parent;
        }

        return node;
    }
}
