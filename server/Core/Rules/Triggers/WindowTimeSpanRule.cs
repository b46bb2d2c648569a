using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A delay, offset or size is not written as the model has it, or is negative or zero where Microsoft's documentation wants a positive span.</summary>
internal sealed class WindowTimeSpanRule() : Rule(new("PW4313", DiagnosticSeverity.Error, "Span of time is not as the service has it"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var delay = (TriggerParts.Find(context, TriggerParts.TumblingWindow)?.FindValue("delay") as BoundScalar, Least: TimeSpan.Zero);
        var others = WindowDependency.FindAll(context.Resource).SelectMany(d => new[] { (d.Offset, TimeSpan.MinValue), (d.Size, TimeSpan.FromSeconds(1)) });
        return others.Prepend(delay).Where(s => s.Item1 is not null).Select(s => CheckSpan(context, s.Item1!, s.Item2)).OfType<Diagnostic>();
    }

    private Diagnostic? CheckSpan(RuleContext context, BoundScalar scalar, TimeSpan least)
    {
        if (TriggerParts.TextOf(scalar) is not { } text || (WindowTimeSpan.Read(text) is { } span && span >= least))
        {
            return null;
        }

        var name = (scalar.Parent as BoundProperty)?.Name;
        var meant = WindowTimeSpan.Read(text) is { } negative && negative < TimeSpan.Zero ? WindowTimeSpan.Write(-negative) : WindowTimeSpan.FindMeant(text);
        var message = WindowTimeSpan.Read(text) is null ? $"'{text}' is not a span of time. Write '{name}' as hh:mm:ss, with days as 1.00:00:00."
            : least == TimeSpan.Zero ? $"'{name}' can't be negative: a window starts when it is over, or later."
            : $"'{name}' must be positive: it is how long a stretch of the other trigger's windows is waited for.";
        return Descriptor.At(
            scalar.Span, message, meant is not null && WindowTimeSpan.Read(meant) >= least ? [new CodeFix($"Change to '{meant}'", context.Edits.SetText(scalar, meant))] : []);
    }
}
