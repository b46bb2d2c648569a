// Spans of time as triggers have them.
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Pipewright.Core.Rules.Triggers;

internal static partial class WindowTimeSpan
{
    /// <summary>Reads a span as the service has it: <c>[-][days.]hh:mm:ss</c>, of 8 to 15 characters (the model's pattern and lengths).</summary>
    /// <returns>Null for another text.</returns>
    public static TimeSpan? Read(string text) => text.Length is >= 8 and <= 15 && Written().Match(text) is { Success: true } match ? ToSpan(match) : null;

    /// <summary>The span that a text in another notation most likely means: <c>1:00:00</c>, <c>PT1H</c> or <c>0</c>, as the service has it. Null where that cannot be told.</summary>
    public static string? FindMeant(string text)
    {
        if (text.Trim() == "0")
        {
            return "00:00:00";
        }

        if (Loose().Match(text.Trim()) is { Success: true } match)
        {
            return Write(ToSpan(match));
        }

        try
        {
            return text.Contains('P', StringComparison.Ordinal) ? Write(XmlConvert.ToTimeSpan(text.Trim())) : null;
        }
        catch (FormatException)
        {
            return null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>As the service has it, to the second.</summary>
    public static string Write(TimeSpan span)
    {
        var length = span.Duration();
        return (span < TimeSpan.Zero ? "-" : "") + length.ToString(length.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
    }

    private static TimeSpan ToSpan(Match match)
    {
        var days = match.Groups["days"] is { Success: true, Value: var text } ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var span = new TimeSpan(days, Number("hours"), Number("minutes"), Number("seconds"));
        return match.Groups["sign"].Value == "-" ? -span : span;

        int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(?<sign>-?)((?<days>[0-9]{1,5})\.)?(?<hours>[0-9]{2}):(?<minutes>60|[0-5][0-9]):(?<seconds>60|[0-5][0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"^(?<sign>[-+]?)((?<days>[0-9]{1,4})[.:])?(?<hours>[0-9]{1,2}):(?<minutes>[0-5]?[0-9]):(?<seconds>[0-5]?[0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Loose();
}
