using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Nesting;

/// <summary>A Validation inside of a container (Microsoft's documentation on nested activities: it cannot be nested).</summary>
internal sealed class NestedValidationRule() : Rule(new("PW5203", DiagnosticSeverity.Error, "Validation inside of a container"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Activities
        where activity is { Container: not null } && activity.Is("Validation") && !context.IsInactive(activity.Activity.Node)
        select Descriptor.At(
            ContainerNesting.PlaceOf(activity),
            $"The {ContainerNesting.Describe(activity.Container!)} can't hold the Validation '{activity.Name}'. Move it before the container, use GetMetadata with 'exists', or call a pipeline that holds it.",
            [.. ContainerNesting.MoveOut(context, activity)]);
}
