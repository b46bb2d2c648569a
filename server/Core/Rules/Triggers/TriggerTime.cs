// Points in time as triggers have them.
using System.Globalization;
using System.Text.RegularExpressions;
using Pipewright.Core.Expressions.Evaluation;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A point in time.</summary>
/// <param name="Clock">What is written before the offset.</param>
/// <param name="Offset">From UTC, as written; null where no offset is.</param>
internal readonly partial record struct TriggerTime(DateTime Clock, TimeSpan? Offset)
{
    /// <summary>Reads a text as the service does, which takes more than ISO 8601.</summary>
    /// <returns>Null for what is no time.</returns>
    public static TriggerTime? Read(string text)
    {
        var match = Zoned().Match(text);
        var offset = match.Success ? ReadOffset(match.Groups["offset"].Value) : null;
        const DateTimeStyles Styles = DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParse(match.Success ? match.Groups["clock"].Value : text, CultureInfo.InvariantCulture, Styles, out var clock)
            && clock.Year > 1 && match.Success == offset.HasValue ? new TriggerTime(clock, offset) : null;
    }

    /// <summary>In UTC, if a time without an offset is that of a zone.</summary>
    /// <param name="zone">The name of a zone; null for UTC.</param>
    /// <returns>Null where the zone is unknown, or its clocks skip the time.</returns>
    public DateTime? ToUtc(string? zone)
    {
        if (Offset is { } offset)
        {
            return new DateTime(Math.Clamp(Clock.Ticks - offset.Ticks, 0, DateTime.MaxValue.Ticks));
        }

        return zone is null || IsUtc(zone) ? Clock : TimeZones.Find(zone) is { } found ? TimeZones.ToUtc(Clock, found) : null;
    }

    /// <summary>Whether a time zone's name is that of UTC, as the service knows it.</summary>
    public static bool IsUtc(string zone) => zone.Equals("UTC", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? ReadOffset(string text)
    {
        if (text is "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        var digits = text[1..].Replace(":", "", StringComparison.Ordinal);
        var offset = new TimeSpan(int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..], CultureInfo.InvariantCulture), 0);
        return offset > TimeSpan.FromHours(14) ? null : text[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(@"^(?<clock>.*\d:\d\d[\d:.]*) ?(?<offset>[Zz]|[+-]\d\d:?\d\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Zoned();
}
