using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Limits;

/// <summary>Where a finding about the whole of a part of a pipeline is shown.</summary>
internal static class PipelineParts
{
    /// <summary>The key of one of the resource's properties.</summary>
    public static TextSpan NameOf(RuleContext context, string property) => context.Properties?.Find(property)?.NameSpan ?? Names.NamedThing.NameSpan(context);

    /// <summary>Moves the last activities of a pipeline to one of their own, so that it has no more than it may. None where no end of it can go.</summary>
    public static IEnumerable<CodeFix> MoveTail(RuleContext context, int most)
    {
        if (ChildPipelineExtraction.PlanTail(context.Factory, context.Document, context.Resource, most) is { } plan)
        {
            yield return CodeFix.Deferred($"Move its last activities to the new pipeline '{plan.Name}'", plan.Extract, isPreferred: false);
        }
    }
}
