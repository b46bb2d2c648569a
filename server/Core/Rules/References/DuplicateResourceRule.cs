using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>Two files declare one resource: names are unique by kind within a factory, without regard to case (Microsoft's naming rules).</summary>
internal sealed class DuplicateResourceRule() : Rule(new("PW4002", DiagnosticSeverity.Error, "Resource is declared twice"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var resource = context.Resource;

        // A repository may hold the settings of several factories, one for each environment. Of several resources without a name in one file it is said
        // already that each needs one.
        if (resource.Kind == ResourceKind.Factory || (resource.NameSpan.Length == 0 && context.Document.Resources.Length > 1))
        {
            yield break;
        }

        var other = context.Factory.Find(resource.Kind, resource.Name).FirstOrDefault(s => s.Document.Path != context.Document.Path || s.Resource.NameSpan != resource.NameSpan);
        if (other is not null && resource.Root is not null)
        {
            var span = resource.NameSpan.Length > 0 ? resource.NameSpan : new TextSpan(resource.Root.Span.Start, Math.Min(1, resource.Root.Span.Length));
            yield return Descriptor.At(
                span, $"{(other.Document.Path == context.Document.Path ? "This file" : $"'{other.Document.Path}'")} declares the {TypeNames.Describe(resource.Kind)} '{resource.Name}' too. Rename or remove one of them.") with
            {
                Related = [new RelatedPlace(other.Document.Path, other.Resource.NameSpan, $"'{other.Name}' is declared here too")],
            };
        }
    }
}
