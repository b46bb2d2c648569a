using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Limits;

/// <summary>The expected duration of a pipeline, after which an alert can be raised, is no time span <c>d.hh:mm:ss</c> (Microsoft's documentation).</summary>
internal sealed partial class ElapsedTimeRule() : Rule(new("PW5108", DiagnosticSeverity.Warning, "Expected duration of a pipeline"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind == ResourceKind.Pipeline && (context.Properties?.FindValue("policy") as BoundObject)?.FindValue("elapsedTimeMetric") is BoundObject metric
            && metric.FindValue("duration") is BoundScalar { Kind: not ScalarKind.Null } duration && !SpecForm.IsExpression(duration.Text) && !TimeSpanText().IsMatch(duration.Text))
        {
            yield return Descriptor.At(duration.Span, $"'{duration.Text}' is no duration. Write days, hours, minutes and seconds, as 0.01:30:00 for an hour and a half.");
        }
    }

    [GeneratedRegex(@"\A(\d+\.)?\d\d:(60|[0-5]\d):(60|[0-5]\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeSpanText();
}
