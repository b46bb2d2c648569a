using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A window is shorter than five minutes, the least that the service has (Microsoft's list of limits).</summary>
internal sealed class ShortWindowRule() : Rule(new("PW4312", DiagnosticSeverity.Error, "Tumbling window is too short"))
{
    private const int Least = 5;

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerParts.Find(context, TriggerParts.TumblingWindow) is { } window && "Minute".Equals(TriggerParts.TextOf(window.FindValue("frequency")), StringComparison.OrdinalIgnoreCase)
            && window.FindValue("interval") is { } interval && TriggerParts.NumberOf(interval) is > 0 and < Least)
        {
            yield return Descriptor.At(
                interval.Span, $"A window is at least {Least} minutes long.", new CodeFix($"Set it to {Least}", context.Edits.SetValue(interval, new NewLiteral($"{Least}"))));
        }
    }
}
