using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>A resource that only serves others, and that no other refers to. It may be there for what somebody adds by hand in Azure.</summary>
internal sealed class UnreferencedResourceRule() : Rule(new("PW4024", DiagnosticSeverity.Hint, "Resource is never used", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        // With no pipeline there is nothing that could use it yet: a library of connections, or a single file.
        if (context.Kind is not (ResourceKind.Dataset or ResourceKind.LinkedService or ResourceKind.DataFlow or ResourceKind.Credential)
            || context.Factory.Count(ResourceKind.Pipeline) == 0 || context.Factory.IsReferenced(context.Kind, context.Resource.Name))
        {
            yield break;
        }

        var root = context.Resource.Root!;
        var span = context.Resource.NameSpan is { Length: > 0 } name ? name : (context.Properties?.FindValue("type") ?? root).Span;
        yield return Descriptor.At(
            span.Length > 0 ? span : new TextSpan(root.Span.Start, Math.Min(1, root.Span.Length)),
            $"Nothing in the repository uses the {TypeNames.Describe(context.Kind)} '{context.Resource.Name}'.",
            new CodeFix("Delete the file", new FixEdit([], new FileDeletion(context.Document.Path))) { IsPreferred = false });
    }
}
