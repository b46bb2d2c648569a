using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Limits;

/// <summary>More activities than a pipeline may have, those inside of containers included (Azure's service limits for Data Factory).</summary>
internal sealed class ActivityCountRule() : Rule(new("PW5101", DiagnosticSeverity.Error, "Pipeline has too many activities"))
{
    public const int Most = 120;

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Activities.Length > Most)
        {
            yield return Descriptor.At(
                PipelineParts.NameOf(context, "activities"),
                $"The pipeline has {context.Activities.Length} activities, those inside of containers included; {Most} are the most. Move some to a pipeline of their own and call it by ExecutePipeline.",
                [.. PipelineParts.MoveTail(context, Most)]);
        }
    }
}
