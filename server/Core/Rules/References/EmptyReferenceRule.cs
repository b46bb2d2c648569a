using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>
/// A reference that names nothing. Studio leaves one behind, as null or as an empty name, where it deletes what was referred to: an ExecutePipeline
/// whose child is gone. No run can resolve it.
/// </summary>
internal sealed class EmptyReferenceRule() : Rule(new("PW4009", DiagnosticSeverity.Error, "Reference to nothing"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var node in context.Resource.AllProperties.Concat<BoundNode>(context.Resource.Objects))
        {
            if (Find(node) is var (place, kind) && !context.IsInactive(node))
            {
                yield return Descriptor.At(
                    place.Span.Length > 0 ? place.Span : (place.Parent as BoundProperty)?.NameSpan ?? place.Span,
                    $"This names no {TypeNames.Describe(kind)}. The one that it named may have been deleted: name another, or remove what refers to it.",
                    [.. RemoveActivity(context, node)]);
            }
        }
    }

    /// <summary>The nothing that is named, and the kind of what should be; null for a reference to something.</summary>
    private static (BoundScalar Place, ResourceKind Kind)? Find(BoundNode node) => node switch
    {
        BoundProperty { Value: BoundScalar { Kind: ScalarKind.Null } nothing, Schema: { IsRequired: true } schema }
            when SpecForm.GetReference(schema.Type) is { Target: { } kind } => (nothing, kind),
        BoundObject { Shape.Reference.Target: { } kind } reference
            when reference.FindValue("referenceName") is BoundScalar { Text: "" } or BoundScalar { Kind: ScalarKind.Null } => ((BoundScalar)reference.FindValue("referenceName")!, kind),
        _ => null,
    };

    /// <summary>Takes the activity away that lacks what it works with, where no other waits for it.</summary>
    private static IEnumerable<CodeFix> RemoveActivity(RuleContext context, BoundNode node)
    {
        if (context.Kind == ResourceKind.Pipeline && context.Graph.FindEnclosing(node) is { } activity
            && !context.Activities.Any(a => a.Dependencies.Any(d => d.Name.Equals(activity.Name, StringComparison.OrdinalIgnoreCase)))
            && context.Edits.RemoveItem(activity.Activity.Node) is { IsEmpty: false } changes)
        {
            yield return new CodeFix($"Remove '{activity.Name}'", changes) { IsPreferred = false };
        }
    }
}
