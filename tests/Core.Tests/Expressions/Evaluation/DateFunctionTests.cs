using Pipewright.Core.Expressions.Evaluation;
using Xunit;

namespace Pipewright.Core.Tests.Expressions.Evaluation;

public sealed class DateFunctionTests
{
    private static readonly EvaluationContext Context = new() { Now = new DateTime(2024, 2, 29, 12, 34, 56, DateTimeKind.Utc).AddTicks(7_890_123) };

    public static TheoryData<string> Inputs => EvaluationTable.Rows("""
        formatDateTime('2024-01-02') => "2024-01-02T00:00:00.0000000"
        formatDateTime('2024-1-2') => "2024-01-02T00:00:00.0000000"
        formatDateTime('2024-01-02T03:04') => "2024-01-02T03:04:00.0000000"
        formatDateTime('2024-01-02T03:04Z') => "2024-01-02T03:04:00.0000000Z"
        formatDateTime('2024-01-02T03:04:05') => "2024-01-02T03:04:05.0000000"
        formatDateTime('2024-01-02 03:04:05') => "2024-01-02T03:04:05.0000000"
        formatDateTime('2024-01-02T03:04:05Z') => "2024-01-02T03:04:05.0000000Z"
        formatDateTime('2024-01-02t03:04:05z') => "2024-01-02T03:04:05.0000000Z"
        formatDateTime('  2024-01-02T03:04:05Z ') => "2024-01-02T03:04:05.0000000Z"
        formatDateTime('2024-01-02T03:04:05.6Z') => "2024-01-02T03:04:05.6000000Z"
        formatDateTime('2024-01-02T03:04:05.678') => "2024-01-02T03:04:05.6780000"
        formatDateTime('2024-01-02T03:04:05.1234567Z') => "2024-01-02T03:04:05.1234567Z"
        formatDateTime('2024-01-02T03:04:05+00:00') => "2024-01-02T03:04:05.0000000+00:00"
        formatDateTime('2024-01-02T03:04:05+02:00') => "2024-01-02T01:04:05.0000000+00:00"
        formatDateTime('2024-01-02T03:04:05-05:30') => "2024-01-02T08:34:05.0000000+00:00"
        formatDateTime('2024-01-02T03:04:05+0530') => "2024-01-01T21:34:05.0000000+00:00"
        formatDateTime('2024-01-02T03:04:05+01') => "2024-01-02T02:04:05.0000000+00:00"
        formatDateTime('2024-01-02T03:04:05+1:00') => "2024-01-02T02:04:05.0000000+00:00"
        formatDateTime('2024-01-02+01:00') => "2024-01-01T23:00:00.0000000+00:00"
        formatDateTime('1/2/2024') => "2024-01-02T00:00:00.0000000"
        formatDateTime('01/02/2024 15:04:05') => "2024-01-02T15:04:05.0000000"
        formatDateTime('1/2/2024 3:04 PM') => "2024-01-02T15:04:00.0000000"
        formatDateTime('1/2/2024 12:04:05 AM') => "2024-01-02T00:04:05.0000000"
        formatDateTime('1/2/24') => "2024-01-02T00:00:00.0000000"
        formatDateTime('02-JAN-24') => "2024-01-02T00:00:00.0000000"
        formatDateTime('2024/01/02') => "2024-01-02T00:00:00.0000000"
        formatDateTime('January 2, 2024') => "2024-01-02T00:00:00.0000000"
        formatDateTime('2 January 2024 03:04') => "2024-01-02T03:04:00.0000000"
        formatDateTime('Tue, 02 Jan 2024 03:04:05 GMT') => "2024-01-02T03:04:05.0000000Z"
        formatDateTime('2024-02-29') => "2024-02-29T00:00:00.0000000"
        formatDateTime('0001-01-01') => "0001-01-01T00:00:00.0000000"
        formatDateTime('9999-12-31T23:59:59.9999999Z') => "9999-12-31T23:59:59.9999999Z"
        formatDateTime('2023-02-29') => error ArgumentValue at '2023-02-29'
        formatDateTime('2024-13-01') => error ArgumentValue at '2024-13-01'
        formatDateTime('2024-01-02T25:00:00') => error ArgumentValue at '2024-01-02T25:00:00'
        formatDateTime('2024-01-02T03:04:60') => error ArgumentValue
        formatDateTime('15/01/2024') => error ArgumentValue
        formatDateTime('20240102') => error ArgumentValue
        formatDateTime('1704164645') => error ArgumentValue
        formatDateTime('2024') => error ArgumentValue
        formatDateTime('10:30') => error ArgumentValue
        formatDateTime('Jan 2') => error ArgumentValue
        formatDateTime('tomorrow') => error ArgumentValue
        formatDateTime('') => error ArgumentValue at ''
        formatDateTime(null) => error ArgumentType at null
        formatDateTime(20240102) => error ArgumentType at 20240102
        formatDateTime(createArray('2024-01-02')) => error ArgumentType
        formatDateTime('0001-01-01T00:00:00+99:00') => error ArgumentValue
        formatDateTime('9999-12-31T23:59:59-01:00') => error ArgumentValue
        """);

    /// <summary>Of a Saturday.</summary>
    public static TheoryData<string> Formats => EvaluationTable.Rows("""
        formatDateTime('2024-03-09T04:05:06.0078Z', 'd') => "3/9/2024"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'D') => "Saturday, March 9, 2024"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'f') => "Saturday, March 9, 2024 4:05 AM"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'F') => "Saturday, March 9, 2024 4:05:06 AM"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'g') => "3/9/2024 4:05 AM"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'G') => "3/9/2024 4:05:06 AM"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'm') => "March 9"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'M') => "March 9"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'o') => "2024-03-09T04:05:06.0078000Z"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'O') => "2024-03-09T04:05:06.0078000Z"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'r') => "Sat, 09 Mar 2024 04:05:06 GMT"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'R') => "Sat, 09 Mar 2024 04:05:06 GMT"
        formatDateTime('2024-03-09T04:05:06.0078Z', 's') => "2024-03-09T04:05:06"
        formatDateTime('2024-03-09T14:05:06.0078Z', 't') => "2:05 PM"
        formatDateTime('2024-03-09T14:05:06.0078Z', 'T') => "2:05:06 PM"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'u') => "2024-03-09 04:05:06Z"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'U') => "Saturday, March 9, 2024 4:05:06 AM"
        formatDateTime('2024-03-09T04:05:06.0078', 'U') => "Saturday, March 9, 2024 4:05:06 AM"
        formatDateTime('2024-03-09T04:05:06+01:00', 'U') => "Saturday, March 9, 2024 3:05:06 AM"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'y') => "March 2024"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'Y') => "March 2024"
        formatDateTime('2024-03-09T04:05:06+01:00', 'o') => "2024-03-09T03:05:06.0000000+00:00"
        formatDateTime('2024-03-09T04:05:06+01:00', 'R') => "Sat, 09 Mar 2024 03:05:06 GMT"
        formatDateTime('2024-03-09T04:05:06', 'u') => "2024-03-09 04:05:06Z"
        formatDateTime('2024-03-09T04:05:06Z', 'yyyy-MM-dd') => "2024-03-09"
        formatDateTime('2024-03-09T04:05:06Z', 'yyyyMMdd_HHmmss') => "20240309_040506"
        formatDateTime('2024-03-09T04:05:06Z', 'yyyy/MM/dd/HH') => "2024/03/09/04"
        formatDateTime('2024-03-09T04:05:06Z', 'yy M d H m s') => "24 3 9 4 5 6"
        formatDateTime('2024-03-09T16:05:06Z', 'hh:mm tt') => "04:05 PM"
        formatDateTime('2024-03-09T00:05:06Z', 'h t') => "12 A"
        formatDateTime('2024-03-09T04:05:06Z', 'ddd, dd MMM yyyy') => "Sat, 09 Mar 2024"
        formatDateTime('2024-03-09T04:05:06Z', 'dddd MMMM') => "Saturday March"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'ss.fff') => "06.007"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'ss.fffffff') => "06.0078000"
        formatDateTime('2024-03-09T04:05:06.0078Z', 'ss.FFFFFFF') => "06.0078"
        formatDateTime('2024-03-09T04:05:06Z', 'ss.FFF') => "06"
        formatDateTime('2024-03-09T04:05:06Z', 'yyyy-MM-ddTHH:mm:ssZ') => "2024-03-09T04:05:06Z"
        formatDateTime('2024-03-09T04:05:06Z', 'yyyy-MM-ddTHH:mm:ssK') => "2024-03-09T04:05:06Z"
        formatDateTime('2024-03-09T04:05:06', 'yyyy-MM-ddTHH:mm:ssK') => "2024-03-09T04:05:06"
        formatDateTime('2024-03-09T04:05:06+01:00', 'yyyy-MM-ddTHH:mm:ssK') => "2024-03-09T03:05:06+00:00"
        formatDateTime('2024-03-09T04:05:06Z', 'HH zzz zz z') => "04 +00:00 +00 +0"
        formatDateTime('2024-03-09T04:05:06', 'HH zzz zz z') => "04 +00:00 +00 +0"
        formatDateTime('2024-03-09T04:05:06+01:00', 'HH zzz') => "03 +00:00"
        formatDateTime('2024-03-09T04:05:06', 'HHKzzz') => "04+00:00"
        formatDateTime('2024-03-09T04:05:06', '%Kd') => "9"
        formatDateTime('2024-03-09T04:05:06', 'HH ''K'' \K "K"') => "04 K K K"
        formatDateTime('2024-03-09T04:05:06Z', '%d') => "9"
        formatDateTime('2024-03-09T04:05:06Z', 'd ') => "9 "
        formatDateTime('2024-03-09T04:05:06Z', '''year ''yyyy') => "year 2024"
        formatDateTime('2024-03-09T04:05:06Z', 'yyyy"W"') => "2024W"
        formatDateTime('2024-03-09T04:05:06Z', '\d\d yyyy') => "dd 2024"
        formatDateTime('2024-03-09T04:05:06Z', 'yyyyy yyy y') => "02024 2024 24"
        formatDateTime('2024-03-09T04:05:06Z', 'yyyy gg') => "2024 A.D."
        formatDateTime('2024-03-09T04:05:06Z', 'YYYY-DD') => "YYYY-DD"
        formatDateTime('2024-03-09T04:05:06Z', 'yyyy年M月d日') => "2024年3月9日"
        formatDateTime('2024-03-09T04:05:06Z', '') => "2024-03-09T04:05:06.0000000Z"
        formatDateTime('2024-03-09T04:05:06Z', null) => "2024-03-09T04:05:06.0000000Z"
        formatDateTime('2024-03-09T04:05:06Z', 'D', 'en-us') => "Saturday, March 9, 2024"
        formatDateTime('2024-03-09T04:05:06Z', 'D', 'fr-fr') => error ContextMissing at 'fr-fr'
        formatDateTime('2024-03-09T04:05:06Z', 'x') => error ArgumentValue at 'x'
        formatDateTime('2024-03-09T04:05:06Z', 'h') => error ArgumentValue at 'h'
        formatDateTime('2024-03-09T04:05:06Z', 'H') => error ArgumentValue
        formatDateTime('2024-03-09T04:05:06Z', 'K') => error ArgumentValue
        formatDateTime('2024-03-09T04:05:06Z', '%') => error ArgumentValue
        formatDateTime('2024-03-09T04:05:06Z', 'yyyy''open') => error ArgumentValue at 'yyyy''open'
        formatDateTime('2024-03-09T04:05:06Z', 'yyyy\') => error ArgumentValue
        formatDateTime('2024-03-09T04:05:06Z', 'ss.ffffffff') => error ArgumentValue
        formatDateTime('2024-03-09T04:05:06Z', 1) => error ArgumentType at 1
        formatDateTime() => error ArgumentCount
        formatDateTime('2024-03-09', 'd', 'en-us', 'x') => error ArgumentCount
        """);

    public static TheoryData<string> Additions => EvaluationTable.Rows("""
        addDays('2024-02-28T01:02:03Z', 1) => "2024-02-29T01:02:03.0000000Z"
        addDays('2024-02-28', 2) => "2024-03-01T00:00:00.0000000"
        addDays('2024-03-01T00:00:00+02:00', -1) => "2024-02-28T22:00:00.0000000+00:00"
        addDays('2024-12-31', 1, 'yyyy-MM-dd') => "2025-01-01"
        addDays('2024-01-01', 0) => "2024-01-01T00:00:00.0000000"
        addDays('2024-01-01', 1.5) => "2024-01-02T12:00:00.0000000"
        addDays('1899-12-30', 45000, 'yyyy/MM/dd') => "2023/03/15"
        adddays('2024-01-01', -1, 'd') => "12/31/2023"
        addHours('2024-01-01T23:30:00Z', 1) => "2024-01-02T00:30:00.0000000Z"
        addHours('2024-01-01T00:30:00Z', -1, 'HH:mm') => "23:30"
        addHours('2024-01-01', 0.5) => "2024-01-01T00:30:00.0000000"
        addMinutes('2024-01-01T23:59:00Z', 1) => "2024-01-02T00:00:00.0000000Z"
        addMinutes('2024-01-01', -1, 'yyyyMMddHHmm') => "202312312359"
        addSeconds('2023-12-31T23:59:59Z', 1) => "2024-01-01T00:00:00.0000000Z"
        addSeconds('2024-01-01T00:00:00.5', -1) => "2023-12-31T23:59:59.5000000"
        addSeconds('2024-01-01', 86400, 's') => "2024-01-02T00:00:00"
        addDays('x', 1) => error ArgumentValue at 'x'
        addDays(null, 1) => error ArgumentType at null
        addDays('2024-01-01', '1') => error ArgumentType at '1'
        addDays('2024-01-01', null) => error ArgumentType at null
        addDays('2024-01-01', true) => error ArgumentType at true
        addDays('2024-01-01', 1, 'q') => error ArgumentValue at 'q'
        addDays('9999-12-31', 1) => error ArgumentValue at addDays('9999-12-31', 1)
        addDays('0001-01-01', -1) => error ArgumentValue
        addDays('2024-01-01', 1e300) => error ArgumentValue
        addHours('2024-01-01', 9223372036854775807) => error ArgumentValue
        addMinutes('2024-01-01', -9223372036854775808) => error ArgumentValue
        addSeconds('9999-12-31T23:59:59Z', 1) => error ArgumentValue
        addHours('2024-01-01') => error ArgumentCount
        addMinutes('now', 1) => error ArgumentValue at 'now'
        addSeconds('2024-01-01', createArray(1)) => error ArgumentType
        addToTime('2024-01-31T10:00:00Z', 1, 'Second') => "2024-01-31T10:00:01.0000000Z"
        addToTime('2024-01-31T10:00:00Z', 1, 'Minute') => "2024-01-31T10:01:00.0000000Z"
        addToTime('2024-01-31T10:00:00Z', 1, 'Hour') => "2024-01-31T11:00:00.0000000Z"
        addToTime('2024-01-31T10:00:00Z', 1, 'Day') => "2024-02-01T10:00:00.0000000Z"
        addToTime('2024-01-31T10:00:00Z', 1, 'Week') => "2024-02-07T10:00:00.0000000Z"
        addToTime('2024-01-31T10:00:00Z', 1, 'Month') => "2024-02-29T10:00:00.0000000Z"
        addToTime('2023-01-31T10:00:00Z', 1, 'Month') => "2023-02-28T10:00:00.0000000Z"
        addToTime('2024-02-29T10:00:00Z', 1, 'Year') => "2025-02-28T10:00:00.0000000Z"
        addToTime('2024-01-31', -1, 'Month', 'yyyy-MM-dd') => "2023-12-31"
        addToTime('2024-01-31', 1, 'dAY') => "2024-02-01T00:00:00.0000000"
        addToTime('2024-01-31', 13, 'month', 'd') => "2/28/2025"
        addToTime('2024-01-31', 1, 'Fortnight') => error ArgumentValue at 'Fortnight'
        addToTime('2024-01-31', 1, '') => error ArgumentValue at ''
        addToTime('2024-01-31', 1.5, 'Day') => error ArgumentType at 1.5
        addToTime('2024-01-31', '1', 'Day') => error ArgumentType at '1'
        addToTime('2024-01-31', 1, null) => error ArgumentType at null
        addToTime('2024-01-31', 9000, 'Year') => error ArgumentValue
        addToTime('2024-01-31', 9223372036854775807, 'Month') => error ArgumentValue
        addToTime('2024-01-31', 9223372036854775807, 'Week') => error ArgumentValue
        addToTime('soon', 1, 'Day') => error ArgumentValue at 'soon'
        addToTime('2024-01-31', 1) => error ArgumentCount
        subtractFromTime('2024-03-31T10:00:00Z', 1, 'Month') => "2024-02-29T10:00:00.0000000Z"
        subtractFromTime('2024-03-01T00:00:00Z', 1, 'Day') => "2024-02-29T00:00:00.0000000Z"
        subtractFromTime('2024-03-01', -1, 'Day') => "2024-03-02T00:00:00.0000000"
        subtractFromTime('2024-02-29', 1, 'Year', 'D') => "Tuesday, February 28, 2023"
        subtractFromTime('2024-03-01T00:00:00Z', 2, 'Hour', 'HH') => "22"
        subtractFromTime('0001-01-01', 1, 'Second') => error ArgumentValue
        subtractFromTime('2024-01-31', -9223372036854775808, 'Year') => error ArgumentValue
        subtractFromTime('2024-01-31', 1, 'Days!') => error ArgumentValue at 'Days!'
        """);

    /// <summary>Now is 2024-02-29, a Thursday, at 12:34:56.7890123.</summary>
    public static TheoryData<string> FromNow => EvaluationTable.Rows("""
        utcNow() => "2024-02-29T12:34:56.7890123Z"
        utcnow() => "2024-02-29T12:34:56.7890123Z"
        utcNow('yyyy-MM-dd') => "2024-02-29"
        utcNow('D') => "Thursday, February 29, 2024"
        utcNow('q') => error ArgumentValue at 'q'
        utcNow(1) => error ArgumentType at 1
        utcNow('d', 'd') => error ArgumentCount
        getFutureTime(1, 'Day') => "2024-03-01T12:34:56.7890123Z"
        getFutureTime(1, 'Year', 'd') => "2/28/2025"
        getFutureTime(2, 'week', 'yyyy-MM-dd') => "2024-03-14"
        getFutureTime('1', 'Day') => error ArgumentType at '1'
        getFutureTime(1, 'Days of rest') => error ArgumentValue
        getFutureTime(1) => error ArgumentCount
        getPastTime(30, 'Minute', 'HH:mm') => "12:04"
        getPastTime(1, 'Month') => "2024-01-29T12:34:56.7890123Z"
        getPastTime(9999, 'Year') => error ArgumentValue
        getPastTime(1, 'Day', 'h') => error ArgumentValue at 'h'
        """);

    public static TheoryData<string> Parts => EvaluationTable.Rows("""
        dayOfMonth('2024-02-29T23:59:59Z') => 29
        dayOfMonth('2024-03-01T00:30:00+01:00') => 29
        dayOfWeek('2024-03-10') => 0
        dayOfWeek('2024-03-09') => 6
        dayOfYear('2024-12-31') => 366
        dayOfYear('2023-12-31') => 365
        dayOfYear('2024-01-01T00:00:00Z') => 1
        startOfDay('2024-03-09T14:05:06.7Z') => "2024-03-09T00:00:00.0000000Z"
        startOfDay('2024-03-09T14:05:06', 'yyyy-MM-dd HH:mm') => "2024-03-09 00:00"
        startOfDay('2024-03-09T00:30:00+01:00') => "2024-03-08T00:00:00.0000000+00:00"
        startOfHour('2024-03-09T14:05:06.7Z') => "2024-03-09T14:00:00.0000000Z"
        startOfHour('2024-03-09T14:05:06', 't') => "2:00 PM"
        startOfMonth('2024-03-09T14:05:06.7Z') => "2024-03-01T00:00:00.0000000Z"
        startOfMonth('2024-03-09', 'd') => "3/1/2024"
        startOfMonth('0001-01-31') => "0001-01-01T00:00:00.0000000"
        ticks('0001-01-01') => 0
        ticks('1970-01-01T00:00:00Z') => 621355968000000000
        ticks('1970-01-01T01:00:00+01:00') => 621355968000000000
        ticks('2024-01-01T00:00:00.0000001') => 638396640000000001
        ticks('9999-12-31T23:59:59.9999999') => 3155378975999999999
        div(sub(ticks('2024-03-10'), ticks('2024-02-28')), 864000000000) => 11
        dayOfMonth('') => error ArgumentValue at ''
        dayOfWeek('Monday') => error ArgumentValue at 'Monday'
        dayOfYear(1) => error ArgumentType at 1
        startOfDay('x') => error ArgumentValue at 'x'
        startOfHour('2024-03-09', 'n') => error ArgumentValue at 'n'
        startOfMonth(null) => error ArgumentType at null
        ticks('') => error ArgumentValue at ''
        ticks('2024-01-01', 'd') => error ArgumentCount
        """);

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_timestamp_may_be_written_as(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_time_is_written_in_a_format(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(Additions))]
    public void Time_is_added_to_a_timestamp(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(FromNow))]
    public void The_time_of_the_run_comes_from_outside(string row) => EvaluationTable.Check(row, Context);

    [Theory]
    [MemberData(nameof(Parts))]
    public void Parts_are_taken_of_a_timestamp(string row) => EvaluationTable.Check(row);

    [Theory]
    [InlineData("utcNow()")]
    [InlineData("getFutureTime(1, 'Day')")]
    [InlineData("getPastTime(1, 'Day')")]
    public void Where_the_time_is_not_known_it_is_an_error_to_ask(string expression) => EvaluationTable.Check($"{expression} => error ContextMissing");

    [Theory]
    [InlineData("yyyy-MM-dd", "2024-02-29")]
    [InlineData("g", "2/29/2024 12:00 AM")]
    [InlineData("K", null)]
    [InlineData("'open", null)]
    public void What_a_format_gives_can_be_shown(string format, string? expected)
    {
        Assert.Equal(expected is not null, DateFormats.IsValid(format));
        Assert.Equal(expected, DateFormats.TryFormat(new DateTime(2024, 2, 29), format));
    }
}
