// Dates and times as the engine reads and writes them: as .NET does in American English, independent of the machine's own zone and language.
using System.Globalization;
using System.Text;
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
    private const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;

    /// <summary>
    /// The culture of the service, by the results in its documentation: <c>'D'</c> gives <c>Monday, January 1, 2018</c>. Written out, since the server carries
    /// no data of cultures.
    /// </summary>
    private static readonly DateTimeFormatInfo AmericanEnglish = DateTimeFormatInfo.ReadOnly(new DateTimeFormatInfo
    {
        Calendar = new GregorianCalendar { TwoDigitYearMax = 2049 },
        ShortDatePattern = "M/d/yyyy",
        LongDatePattern = "dddd, MMMM d, yyyy",
        FullDateTimePattern = "dddd, MMMM d, yyyy h:mm:ss tt",
        ShortTimePattern = "h:mm tt",
        LongTimePattern = "h:mm:ss tt",
        MonthDayPattern = "MMMM d",
        YearMonthPattern = "MMMM yyyy",
    });

    /// <summary>Null for a text that is no date and time of one year.</summary>
    public static Timestamp? TryParse(string text)
    {
        // Without a year .NET would take the machine's own.
        if (!Year().IsMatch(text) || !DateTime.TryParse(text, AmericanEnglish, Styles | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return null;
        }

        // A time with an offset is a local one to .NET. Nothing but this kind is taken of it: the time itself is by the machine's zone, and may not be readable there.
        var zone = !DateTime.TryParse(text, AmericanEnglish, Styles | DateTimeStyles.RoundtripKind, out var given) ? TimestampZone.Offset : given.Kind switch
        {
            DateTimeKind.Utc => TimestampZone.Utc,
            DateTimeKind.Local => TimestampZone.Offset,
            _ => TimestampZone.None,
        };
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
            _ = DateTime.UnixEpoch.ToString(format, AmericanEnglish);
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
        // .NET would turn a time without a zone to UTC by the machine's; those of the service are in UTC.
        var local = format == "U" ? "F" : format;
        return Zone switch
        {
            TimestampZone.Offset => new DateTimeOffset(Time, TimeSpan.Zero).ToString(local, AmericanEnglish),
            TimestampZone.None when local.Length > 1 => DateTime.SpecifyKind(Time, DateTimeKind.Utc).ToString(WithoutKind(local), AmericanEnglish),
            TimestampZone.None => Time.ToString(local, AmericanEnglish),
            _ => DateTime.SpecifyKind(Time, DateTimeKind.Utc).ToString(local, AmericanEnglish),
        };
    }

    /// <summary>A custom format in which <c>K</c> gives nothing, while <c>z</c> may still give the offset of UTC.</summary>
    private static string WithoutKind(string format)
    {
        var result = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c == '\\' && i + 1 < format.Length)
            {
                result.Append(c).Append(format[++i]);
                continue;
            }

            if (quote != '\0' || c is '\'' or '"')
            {
                quote = quote == '\0' ? c : c == quote ? '\0' : quote;
                result.Append(c);
                continue;
            }

            var isKind = c == 'K' || (c == '%' && i + 1 < format.Length && format[i + 1] == 'K');
            i += isKind && c == '%' ? 1 : 0;
            _ = isKind ? result.Append("''") : result.Append(c);
        }

        return result.ToString();
    }

    /// <summary>Four digits, or a date with all of its three parts.</summary>
    [GeneratedRegex(@"\d{4}|\b\d{1,2}([-/. ])(?:\d{1,2}|\p{L}{3,9})\1\d{2}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
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
