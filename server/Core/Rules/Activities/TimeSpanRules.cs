// Rules about timeouts and retries of activities.
using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>A timeout that is no time span: the model's pattern for it is <c>d.hh:mm:ss</c>.</summary>
internal sealed class TimeSpanFormatRule() : Rule(new("PW4201", DiagnosticSeverity.Error, "Not a time span"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => ActivityTimeSpan.FindAll(context)
        .Where(t => TimeSpans.Read(t.Scalar.Text) is null)
        .Select(t => Descriptor.At(
            t.Scalar.Span, $"'{t.Property}' is a time span, d.hh:mm:ss: 0.01:30:00 is an hour and a half.",
            [.. TimeSpans.Guess(t.Scalar.Text) is { } meant ? [context.ChangeTo(t.Scalar, TimeSpans.Write(meant))] : Array.Empty<CodeFix>()]));
}

/// <summary>A timeout beyond the greatest that the documentation names: 7 days for most activities.</summary>
internal sealed class LongTimeSpanRule() : Rule(new("PW4202", DiagnosticSeverity.Error, "Timeout is too long"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => ActivityTimeSpan.FindAll(context)
        .Where(t => TimeSpans.Read(t.Scalar.Text) > t.Most)
        .Select(t => Descriptor.At(
            t.Scalar.Span, $"'{t.Property}' can be {TimeSpanWords.Of(t.Most!.Value)} at most.", context.ChangeTo(t.Scalar, TimeSpans.Write(t.Most.Value))));
}

/// <summary>
/// A timeout below the least that the documentation names. Factories in production have timeouts of a minute, so that a run may well get through.
/// </summary>
internal sealed class ShortTimeSpanRule() : Rule(new("PW4203", DiagnosticSeverity.Warning, "Timeout is too short"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => ActivityTimeSpan.FindAll(context)
        .Where(t => TimeSpans.Read(t.Scalar.Text) is { } span && (span < t.Least || span == TimeSpan.Zero))
        .Select(t => Descriptor.At(
            t.Scalar.Span,
            t.Least is { } least
                ? $"'{t.Property}' should be {TimeSpanWords.Of(least)} at least, which is the shortest that the documentation knows."
                : $"With a '{t.Property}' of nothing the activity has no time to end.",
            [.. t.Least is { } shortest ? [context.ChangeTo(t.Scalar, TimeSpans.Write(shortest))] : Array.Empty<CodeFix>()]));
}

/// <summary>Less than 30 seconds between retries: the model allows 30 to 86,400, but factories that run have less.</summary>
internal sealed class RetryIntervalRule() : Rule(new("PW4204", DiagnosticSeverity.Warning, "Retry interval is too short"))
{
    private const int Least = 30;

    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running()
        let policy = activity.Activity.Node.FindValue("policy") as BoundObject
        let interval = ActivityReading.Literal(policy?.FindValue("retryIntervalInSeconds"))
        where interval is not null && policy!.Find("retryIntervalInSeconds")!.Schema is not null
            && decimal.TryParse(interval.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds < Least
        select Descriptor.At(
            interval.Span, $"'retryIntervalInSeconds' should be {Least} to 86400.",
            new CodeFix($"Change to {Least}", context.Edits.SetValue(interval, new NewLiteral(Least.ToString(CultureInfo.InvariantCulture)))));
}

internal static class TimeSpanWords
{
    /// <summary>In words: <c>7 days</c>.</summary>
    public static string Of(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => Count(span.Days, "day"),
        { TotalHours: >= 1 } => Count(span.Hours, "hour"),
        { TotalMinutes: >= 1 } => Count(span.Minutes, "minute"),
        _ => Count(span.Seconds, "second"),
    };

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
