using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Limits;

/// <summary>More activities than factories of before 2024 take; whether this one takes more, only Azure knows (Azure's service limits for Data Factory).</summary>
internal sealed class ManyActivitiesRule() : Rule(new("PW5102", DiagnosticSeverity.Warning, "Pipeline has many activities"))
{
    private const int Most = 80;

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Activities.Length is > Most and <= ActivityCountRule.Most and var count)
        {
            yield return Descriptor.At(
                PipelineParts.NameOf(context, "activities"), $"The pipeline has {count} activities, those inside of containers included. Some factories take {Most} at most.",
                [.. PipelineParts.MoveTail(context, Most)]);
        }
    }
}
