using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Nesting;

/// <summary>A Switch inside of an If, which Microsoft's documentation on nested activities rules out and published factories have.</summary>
internal sealed class SwitchInIfRule() : Rule(new("PW5202", DiagnosticSeverity.Warning, "Switch inside of an If"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from misplaced in ContainerNesting.FindMisplaced(context)
        where ContainerNesting.IsTaken(misplaced.Outer, misplaced.Inner)
        select Descriptor.At(
            ContainerNesting.PlaceOf(misplaced.Inner),
            $"By the documentation the {ContainerNesting.Describe(misplaced.Outer)} can't hold the {ContainerNesting.Describe(misplaced.Inner)}, though factories run with such. Moving it to a pipeline of its own is safe.",
            [.. ContainerNesting.MoveOut(context, misplaced.Inner)]);
}
