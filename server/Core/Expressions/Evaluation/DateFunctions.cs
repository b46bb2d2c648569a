using System.Collections.Immutable;
using System.Globalization;
using NodaTime;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>Functions of the documentation's chapter on dates.</summary>
internal static class DateFunctions
{
    public static ImmutableDictionary<string, FunctionBody> All { get; } = new Dictionary<string, FunctionBody>
    {
        ["addDays"] = call => Add(call, (time, count) => time.AddDays(count)),
        ["addHours"] = call => Add(call, (time, count) => time.AddHours(count)),
        ["addMinutes"] = call => Add(call, (time, count) => time.AddMinutes(count)),
        ["addSeconds"] = call => Add(call, (time, count) => time.AddSeconds(count)),
        ["addToTime"] = call => Write(call, AddUnits(call, Read(call, 0), 1, 1), 3),
        ["subtractFromTime"] = call => Write(call, AddUnits(call, Read(call, 0), 1, -1), 3),
        ["getFutureTime"] = call => Write(call, AddUnits(call, Now(call), 0, 1), 2),
        ["getPastTime"] = call => Write(call, AddUnits(call, Now(call), 0, -1), 2),
        ["utcNow"] = call => Write(call, Now(call), 0),
        ["formatDateTime"] = FormatDateTime,
        ["convertFromUtc"] = call => Write(call, ToZone(Read(call, 0).Time, FindZone(call, 1)), 2),
        ["convertToUtc"] = call => Write(call, new Timestamp(ToUtc(call, FindZone(call, 1)), TimestampZone.Utc), 2),
        ["convertTimeZone"] = call => Write(call, ToZone(ToUtc(call, FindZone(call, 1)), FindZone(call, 2)), 3),
        ["dayOfMonth"] = call => new IntegerValue(Read(call, 0).Time.Day),
        ["dayOfWeek"] = call => new IntegerValue((int)Read(call, 0).Time.DayOfWeek),
        ["dayOfYear"] = call => new IntegerValue(Read(call, 0).Time.DayOfYear),
        ["startOfDay"] = call => Truncate(call, time => time.Date),
        ["startOfHour"] = call => Truncate(call, time => time.Date.AddHours(time.Hour)),
        ["startOfMonth"] = call => Truncate(call, time => time.Date.AddDays(1 - time.Day)),
        ["ticks"] = call => new IntegerValue(Read(call, 0).Time.Ticks),
        ["parseDateTime"] = ParseDateTime,
        ["dateDifference"] = call => new StringValue((Read(call, 1).Time - Read(call, 0).Time).ToString("c", CultureInfo.InvariantCulture)),
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static Timestamp Read(FunctionCall call, int argument)
    {
        var text = call.String(argument);
        return Timestamp.TryParse(text) ?? throw new FunctionException(
            EvaluationErrorCode.ArgumentValue,
            $"In function '{call.Function}', the value provided for date time string '{text}' was not valid. The datetime string must match ISO 8601 format.",
            argument);
    }

    private static Timestamp Now(FunctionCall call) => call.Context.Now is { } now
        ? new Timestamp(DateTime.SpecifyKind(now, DateTimeKind.Unspecified), TimestampZone.Utc)
        : throw new FunctionException(EvaluationErrorCode.ContextMissing, "The time is not known here.");

    /// <param name="format">The argument with the format, if it is given.</param>
    private static StringValue Write(FunctionCall call, Timestamp timestamp, int format)
    {
        var given = call.Has(format) ? call.String(format) : Timestamp.DefaultFormat;
        given = given.Length == 0 ? Timestamp.DefaultFormat : given;
        if (!Timestamp.IsFormat(given))
        {
            throw call.WrongValue(format, $"'{given}' is not a format of dates, such as yyyy-MM-dd");
        }

        return new StringValue(timestamp.Format(given));
    }

    private static FunctionException OutOfRange(FunctionCall call) =>
        new(EvaluationErrorCode.ArgumentValue, $"The result of the template language function '{call.Function}' is not a time of the years 1 to 9999.");

    private static Timestamp Shift(FunctionCall call, Timestamp timestamp, Func<DateTime, DateTime> shift)
    {
        try
        {
            return timestamp with { Time = shift(timestamp.Time) };
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw OutOfRange(call);
        }
    }

    private static StringValue Add(FunctionCall call, Func<DateTime, double, DateTime> add)
    {
        var timestamp = Read(call, 0);
        var count = call.Number(1);
        return Write(call, Shift(call, timestamp, time => add(time, count)), 2);
    }

    private static StringValue Truncate(FunctionCall call, Func<DateTime, DateTime> truncate)
    {
        var timestamp = Read(call, 0);
        return Write(call, timestamp with { Time = truncate(timestamp.Time) }, 1);
    }

    /// <param name="interval">The argument with the number of units; their name follows.</param>
    private static Timestamp AddUnits(FunctionCall call, Timestamp timestamp, int interval, int sign)
    {
        var unit = call.String(interval + 1);
        var count = call.Integer(interval);
        Func<DateTime, DateTime> shift = unit.ToUpperInvariant() switch
        {
            "SECOND" => time => time.AddSeconds(sign * (double)count),
            "MINUTE" => time => time.AddMinutes(sign * (double)count),
            "HOUR" => time => time.AddHours(sign * (double)count),
            "DAY" => time => time.AddDays(sign * (double)count),
            "WEEK" => time => time.AddDays(sign * 7.0 * count),
            "MONTH" => time => time.AddMonths(checked((int)(sign * count))),
            "YEAR" => time => time.AddYears(checked((int)(sign * count))),
            _ => throw call.WrongValue(interval + 1, $"'{unit}' is not a unit of time: Second, Minute, Hour, Day, Week, Month or Year"),
        };
        return Shift(call, timestamp, shift);
    }

    private static StringValue FormatDateTime(FunctionCall call)
    {
        CheckLocale(call, 2);
        return Write(call, Read(call, 0), 1);
    }

    private static StringValue ParseDateTime(FunctionCall call)
    {
        CheckLocale(call, 1);
        if (!call.Has(2))
        {
            return new StringValue(Read(call, 0).Format(Timestamp.DefaultFormat));
        }

        var (text, format) = (call.String(0), call.String(2));
        return Timestamp.IsFormat(format) && DateTime.TryParseExact(
            text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault, out var time)
            ? new StringValue(new Timestamp(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), format.AsSpan().ContainsAny('K', 'z') ? TimestampZone.Utc : TimestampZone.None).Format(Timestamp.DefaultFormat))
            : throw call.WrongValue(0, $"'{text}' is not a time in the format '{format}'");
    }

    /// <summary>The data of other cultures is not part of the server: what it would give is not known, which is no mistake of the call.</summary>
    private static void CheckLocale(FunctionCall call, int argument)
    {
        if (call.Has(argument) && call.String(argument).ToUpperInvariant() is not ("" or "EN" or "EN-US"))
        {
            throw new FunctionException(EvaluationErrorCode.ContextMissing, $"How dates are written in the locale '{call.String(argument)}' is not known here.", argument);
        }
    }

    private static DateTimeZone FindZone(FunctionCall call, int argument)
    {
        var name = call.String(argument);
        return TimeZones.Find(name) ?? throw new FunctionException(
            EvaluationErrorCode.ArgumentValue,
            $"In function '{call.Function}', the value provided for the time zone id '{name}' was not valid. A time zone is named such as 'UTC' or 'W. Europe Standard Time'.",
            argument);
    }

    private static Timestamp ToZone(DateTime utc, DateTimeZone zone) => new(TimeZones.ToLocal(utc, zone), TimeZones.IsUtc(zone) ? TimestampZone.Utc : TimestampZone.None);

    /// <summary>The first argument in UTC, where it is what the clocks of a zone show.</summary>
    private static DateTime ToUtc(FunctionCall call, DateTimeZone zone)
    {
        var timestamp = Read(call, 0);
        return timestamp.Zone switch
        {
            TimestampZone.Offset => timestamp.Time,
            TimestampZone.Utc when !TimeZones.IsUtc(zone) => throw new FunctionException(
                EvaluationErrorCode.ArgumentValue,
                $"The template language function '{call.Function}' expects its second parameter to be a time zone matching the time zone indicated by the timestamp, UTC by its 'Z'. The provided value '{call.String(1)}' does not match.",
                1),
            _ => TimeZones.ToUtc(timestamp.Time, zone) ?? throw call.WrongValue(0, $"there is no such time in '{call.String(1)}': the clocks skip it"),
        };
    }
}
