// Time spans as the service writes them: d.hh:mm:ss.
using System.Globalization;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Rules.Activities;

/// <summary>A time span that an activity is given as text.</summary>
/// <param name="Least">Below it the service's documentation is left; null where it names none.</param>
/// <param name="Most">The greatest that it takes; null where the documentation names none.</param>
internal sealed record ActivityTimeSpan(BoundScalar Scalar, string Property, TimeSpan? Least, TimeSpan? Most)
{
    /// <summary>The limits of Microsoft's documentation, by activity type and property.</summary>
    private static readonly (string Type, string Property, TimeSpan? Least, TimeSpan? Most)[] Limits =
    [
        ("Until", "timeout", null, TimeSpan.FromDays(90)),
        ("Validation", "timeout", null, TimeSpan.FromDays(7)),
        ("WebHook", "timeout", null, TimeSpan.FromDays(7)),
        ("WebActivity", "httpRequestTimeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        ("Script", "scriptBlockExecutionTimeout", null, null),
        ("AzureDataExplorerCommand", "commandTimeout", null, null),
    ];

    /// <summary>All that are written out in a pipeline.</summary>
    public static IEnumerable<ActivityTimeSpan> FindAll(RuleContext context) => context.Running().SelectMany(FindAll);

    private static IEnumerable<ActivityTimeSpan> FindAll(ActivityNode activity)
    {
        // Activities without a policy of their own do nothing with a timeout there.
        var policy = (activity.Activity.Node.FindValue("policy") as BoundObject)?.Find("timeout");
        if (policy is { Schema: PropertySchema } && ActivityReading.Literal(policy.Value) is { Text.Length: > 0 } timeout)
        {
            yield return new ActivityTimeSpan(timeout, "timeout", TimeSpan.FromMinutes(10), TimeSpan.FromDays(7));
        }

        foreach (var (type, property, least, most) in Limits)
        {
            if (activity.Is(type) && activity.FindLiteral(property) is { Text.Length: > 0 } literal)
            {
                yield return new ActivityTimeSpan(literal, property, least, most);
            }
        }
    }
}

internal static partial class TimeSpans
{
    /// <summary>Reads a time span as the service does: days may be left out, hours and minutes may have one digit.</summary>
    /// <returns>Null for another text.</returns>
    public static TimeSpan? Read(string text) => Written().Match(text) is { Success: true } match ? Sum(match) : null;

    /// <summary>What a text in another notation means: <c>12:00</c>, <c>PT1H</c>, <c>2h 30m</c>, a number of seconds.</summary>
    public static TimeSpan? Guess(string text)
    {
        var trimmed = text.Trim();
        foreach (var notation in (ReadOnlySpan<Regex>)[Clock(), Iso(), Words()])
        {
            if (trimmed.Length > 0 && notation.Match(trimmed) is { Success: true } match && Sum(match) is { } span && span > TimeSpan.Zero)
            {
                return span;
            }
        }

        return int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>As Studio writes it.</summary>
    public static string Write(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.Days}.{span.Hours:00}:{span.Minutes:00}:{span.Seconds:00}");

    private static TimeSpan? Sum(Match match)
    {
        var seconds = (Part("d") * 86400) + (Part("h") * 3600) + (Part("m") * 60) + Part("s");
        return seconds > TimeSpan.MaxValue.TotalSeconds - 1 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);

        double Part(string name) => double.TryParse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    [GeneratedRegex(@"\A(?:(?<d>\d+)\.)?(?<h>\d{1,2}):(?<m>60|[0-5]?\d):(?<s>60|[0-5]?\d)(?:\.\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"\A(?:(?<d>\d+)[:.])?(?<h>\d{1,5}):(?<m>\d{1,2})(?::(?<s>\d{1,2}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\AP(?:(?<d>\d+)D)?(?:T(?:(?<h>\d+)H)?(?:(?<m>\d+)M)?(?:(?<s>\d+)S)?)?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Iso();

    [GeneratedRegex(@"\A(?:(?<d>\d+)\s*d(?:ays?)?)?\s*(?:(?<h>\d+)\s*h(?:ours?|rs?)?)?\s*(?:(?<m>\d+)\s*m(?:in(?:ute)?s?)?)?\s*(?:(?<s>\d+)\s*s(?:ec(?:ond)?s?)?)?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
