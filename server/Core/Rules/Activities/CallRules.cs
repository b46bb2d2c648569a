// Rules about the activity that runs another pipeline.
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>Whether the activity waits is not said. The documentation and the service's model name different defaults, and Studio always writes it.</summary>
internal sealed class UnsaidWaitRule() : Rule(new("PW4233", DiagnosticSeverity.Hint, "Not said whether the pipeline is waited for"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("ExecutePipeline")
        where activity.TypeProperties is not null && activity.FindValue("waitOnCompletion") is null
        select Descriptor.At(
            activity.Anchor(), $"Say whether '{activity.Name}' waits for the pipeline's end: 'waitOnCompletion: true', or false.",
            ActivityReading.Possible(
                context.SetFix("Wait for the pipeline's end", activity, "waitOnCompletion", new NewLiteral("true")),
                context.SetFix("Go on at once", activity, "waitOnCompletion", new NewLiteral("false"))));
}
