using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A trigger is meant to run, and has no pipeline: it is published, but can't be started (azure.datafactory.tools, whose test factory has one).</summary>
internal sealed class StartedWithoutPipelineRule() : Rule(new("PW4323", DiagnosticSeverity.Warning, "Started trigger has no pipeline"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerPipelines.PropertyOf(context.Resource) is { } name && context.Properties!.Find("runtimeState") is { Value: BoundScalar { Text: var state } value }
            && state.Equals("Started", StringComparison.OrdinalIgnoreCase)
            && TriggerPipelines.FindAll(context.Resource).IsEmpty && TriggerPipelines.FindMisplaced(context.Resource) is null)
        {
            yield return Descriptor.At(
                value.Span, $"A trigger without a pipeline can't be started. Add one in '{name}', or leave it stopped.",
                new CodeFix("Leave it stopped", context.Edits.SetProperty(context.Properties, "runtimeState", new NewScalar("Stopped"))) { IsPreferred = false });
        }
    }
}
