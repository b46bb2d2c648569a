using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A trigger waits for the same windows twice.</summary>
internal sealed class DuplicateWindowDependencyRule() : Rule(new("PW4317", DiagnosticSeverity.Warning, "Dependency is written twice", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var seen = new HashSet<(string?, string?, string?)>();
        return from dependency in WindowDependency.FindAll(context.Resource)
               where dependency.IsOnSelf || dependency.Trigger is not null
               where !seen.Add((dependency.IsOnSelf ? null : dependency.Trigger!.Text.ToUpperInvariant(), dependency.Offset?.Text, dependency.Size?.Text))
               select Descriptor.At(
                   (dependency.Trigger ?? dependency.Node.FindValue("type") ?? dependency.Node).Span, "The same windows are waited for above. Remove this, or give it another offset.",
                   new CodeFix("Remove it", context.Edits.RemoveItem(dependency.Node)));
    }
}
