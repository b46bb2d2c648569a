using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Nesting;

/// <summary>A container of activities inside of one that cannot hold it: the service refuses the run (Microsoft's documentation on nested activities).</summary>
internal sealed class NestedContainerRule() : Rule(new("PW5201", DiagnosticSeverity.Error, "Container inside of a container"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var (inner, outer) in ContainerNesting.FindMisplaced(context).Where(m => !ContainerNesting.IsTaken(m.Outer, m.Inner)))
        {
            yield return Descriptor.At(
                ContainerNesting.PlaceOf(inner),
                $"The {ContainerNesting.Describe(outer)} can't hold the {ContainerNesting.Describe(inner)}. Move '{inner.Name}' to a pipeline of its own and call that by ExecutePipeline.",
                [.. ContainerNesting.MoveOut(context, inner)]);
        }
    }
}
