// Dates and times as the engine reads and writes them: as .NET does in the invariant culture, independent of the machine's own zone.
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>How a timestamp says its zone, which decides what <c>K</c> gives.</summary>
internal enum TimestampZone
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By <c>Z</c>.</summary>
    Utc,

    /// <summary>By an offset, which has been taken off: it prints as <c>+00:00</c>.</summary>
    Offset,
}

/// <summary>A date and time.</summary>
/// <param name="Time">In UTC if it has a zone.</param>
internal readonly partial record struct Timestamp(DateTime Time, TimestampZone Zone)
{
    public const string DefaultFormat = "o";

    private const string StandardFormats = "dDfFgGmMoOrRstTuUyY";

    /// <summary>Null for a text that is no date and time of one year.</summary>
    public static Timestamp? TryParse(string text)
    {
        // Without a year .NET would take the machine's own.
        if (!Year().IsMatch(text)
            || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault, out var time))
        {
            return null;
        }

        var suffix = Suffix().Match(text);
        var zone = !suffix.Success ? TimestampZone.None : suffix.Groups["offset"].Success ? TimestampZone.Offset : TimestampZone.Utc;
        return new Timestamp(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), zone);
    }

    /// <summary>Whether .NET knows a format.</summary>
    public static bool IsFormat(string format)
    {
        if (format.Length == 1)
        {
            return StandardFormats.Contains(format[0], StringComparison.Ordinal);
        }

        try
        {
            _ = DateTime.UnixEpoch.ToString(format, CultureInfo.InvariantCulture);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The text in a format that <see cref="IsFormat"/> takes.</summary>
    public string Format(string format)
    {
        if (Zone == TimestampZone.Offset)
        {
            return format == "U" ? Time.ToString("F", CultureInfo.InvariantCulture) : new DateTimeOffset(Time, TimeSpan.Zero).ToString(format, CultureInfo.InvariantCulture);
        }

        // For an offset, and to turn to UTC, .NET takes the machine's zone where there is none.
        var asksForZone = format == "U" || (format.Length > 1 && format.Contains('z', StringComparison.Ordinal) && !format.Contains('K', StringComparison.Ordinal));
        var kind = Zone == TimestampZone.Utc || asksForZone ? DateTimeKind.Utc : DateTimeKind.Unspecified;
        return DateTime.SpecifyKind(Time, kind).ToString(format, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\d{4}", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"(?:(?<=\d\s*)[zZ]|\bGMT|(?<=[:T]\d\d(?:\.\d+)?\s*(?:[AaPp][Mm]\s*)?)(?<offset>[+-]\d\d(?::?\d\d)?))\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();
}

/// <summary>What the checker and the editor ask about formats of dates.</summary>
public static class DateFormats
{
    /// <summary>Whether the service knows a format.</summary>
    public static bool IsValid(string format) => Timestamp.IsFormat(format);

    /// <summary>What a format gives for a time, to show.</summary>
    /// <returns>Null for what is not a format.</returns>
    public static string? TryFormat(DateTime utc, string format) => IsValid(format) ? new Timestamp(DateTime.SpecifyKind(utc, DateTimeKind.Unspecified), TimestampZone.Utc).Format(format) : null;
}
