using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A window waits for itself or for a later one of its own trigger: the model takes negative offsets only, as it could never start.</summary>
internal sealed class SelfDependencyOffsetRule() : Rule(new("PW4314", DiagnosticSeverity.Error, "Window waits for itself"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from dependency in WindowDependency.FindAll(context.Resource)
        where dependency.IsOnSelf
        let offset = dependency.Offset
        where TriggerParts.TextOf(offset) is { } text && WindowTimeSpan.Read(text) >= TimeSpan.Zero
        select Descriptor.At(
            offset.Span, $"A window can wait only for earlier ones of its own trigger: write the offset as a negative span, such as '-{(WindowTimeSpan.Read(offset.Text) > TimeSpan.Zero ? offset.Text : "01:00:00")}'.",
            WindowTimeSpan.Read(offset.Text) > TimeSpan.Zero && offset.Text.Length < 15 ? [new CodeFix($"Change to '-{offset.Text}'", context.Edits.SetText(offset, "-" + offset.Text))] : []);
}
