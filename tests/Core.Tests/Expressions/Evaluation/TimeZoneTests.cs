using Pipewright.Core.Expressions.Evaluation;
using Xunit;

namespace Pipewright.Core.Tests.Expressions.Evaluation;

public sealed class TimeZoneTests
{
    /// <summary>The names that pipelines use most.</summary>
    public static TheoryData<string> Common =>
    [
        "UTC", "GMT Standard Time", "W. Europe Standard Time", "Central Europe Standard Time", "Romance Standard Time", "Central European Standard Time",
        "E. Europe Standard Time", "FLE Standard Time", "GTB Standard Time", "Turkey Standard Time", "Israel Standard Time", "Egypt Standard Time",
        "South Africa Standard Time", "Russian Standard Time", "Arabian Standard Time", "Iran Standard Time", "Pakistan Standard Time", "India Standard Time",
        "Bangladesh Standard Time", "SE Asia Standard Time", "China Standard Time", "Singapore Standard Time", "Taipei Standard Time", "Tokyo Standard Time",
        "Korea Standard Time", "AUS Eastern Standard Time", "AUS Central Standard Time", "E. Australia Standard Time", "W. Australia Standard Time",
        "New Zealand Standard Time", "E. South America Standard Time", "Argentina Standard Time", "SA Pacific Standard Time", "SA Eastern Standard Time",
        "SA Western Standard Time", "Atlantic Standard Time", "Eastern Standard Time", "Central Standard Time", "Mountain Standard Time", "US Mountain Standard Time",
        "Pacific Standard Time", "Alaskan Standard Time", "Hawaiian Standard Time", "Kamchatka Standard Time", "Mid-Atlantic Standard Time", "UTC-11", "UTC+12",
    ];

    public static TheoryData<string> FromUtc => EvaluationTable.Rows("""
        convertFromUtc('2018-01-01T08:00:00.0000000Z', 'Pacific Standard Time') => "2018-01-01T00:00:00.0000000"
        convertFromUtc('2018-01-01T08:00:00.0000000Z', 'Pacific Standard Time', 'D') => "Monday, January 1, 2018"
        convertFromUtc('2018-07-01T08:00:00Z', 'Pacific Standard Time') => "2018-07-01T01:00:00.0000000"
        convertFromUtc('2024-07-01T12:00:00', 'W. Europe Standard Time') => "2024-07-01T14:00:00.0000000"
        convertFromUtc('2024-07-01T12:00:00+02:00', 'W. Europe Standard Time') => "2024-07-01T12:00:00.0000000"
        convertFromUtc('2024-07-01T12:00:00Z', 'w. europe standard time', 'HH') => "14"
        convertFromUtc('2024-07-01T12:00:00Z', 'Europe/Berlin', 'HH') => "14"
        convertFromUtc('2024-07-01T12:00:00Z', 'europe/berlin', 'HH') => "14"
        convertFromUtc('2024-07-01T12:00:00Z', 'India Standard Time', 'HH:mm') => "17:30"
        convertFromUtc('2024-07-01T12:00:00Z', 'Nepal Standard Time', 'HH:mm') => "17:45"
        convertFromUtc('2024-01-01T12:00:00Z', 'Cen. Australia Standard Time', 'HH:mmzzz') => "22:30+00:00"
        convertFromUtc('2024-07-01T12:00:00Z', 'UTC') => "2024-07-01T12:00:00.0000000Z"
        convertFromUtc('2024-07-01T12:00:00', 'utc') => "2024-07-01T12:00:00.0000000Z"
        convertFromUtc('2024-07-01T12:00:00Z', 'Etc/UTC') => "2024-07-01T12:00:00.0000000Z"
        convertFromUtc('2024-01-01T12:00:00Z', 'GMT Standard Time') => "2024-01-01T12:00:00.0000000"
        convertFromUtc('2024-03-31T00:59:59Z', 'W. Europe Standard Time', 's') => "2024-03-31T01:59:59"
        convertFromUtc('2024-03-31T01:00:00Z', 'W. Europe Standard Time', 's') => "2024-03-31T03:00:00"
        convertFromUtc('2024-10-27T00:30:00Z', 'W. Europe Standard Time', 's') => "2024-10-27T02:30:00"
        convertFromUtc('2024-10-27T01:30:00Z', 'W. Europe Standard Time', 's') => "2024-10-27T02:30:00"
        convertFromUtc('2024-01-01T00:00:00.1234567Z', 'Tokyo Standard Time') => "2024-01-01T09:00:00.1234567"
        convertFromUtc('9999-12-31T23:59:59.9999999Z', 'Tokyo Standard Time') => "9999-12-31T23:59:59.9999999"
        convertFromUtc('0001-01-01', 'Pacific Standard Time') => "0001-01-01T00:00:00.0000000"
        convertFromUtc('2024-01-01', 'A.U.S. Eastern Standard Time') => error ArgumentValue at 'A.U.S. Eastern Standard Time'
        convertFromUtc('2024-01-01', '') => error ArgumentValue at ''
        convertFromUtc('2024-01-01', null) => error ArgumentType at null
        convertFromUtc('x', 'UTC') => error ArgumentValue at 'x'
        convertFromUtc('2024-01-01', 'UTC', 'q') => error ArgumentValue at 'q'
        convertFromUtc('2024-01-01') => error ArgumentCount
        """);

    public static TheoryData<string> ToUtc => EvaluationTable.Rows("""
        convertToUtc('01/01/2018 00:00:00', 'Pacific Standard Time') => "2018-01-01T08:00:00.0000000Z"
        convertToUtc('01/01/2018 00:00:00', 'Pacific Standard Time', 'D') => "Monday, January 1, 2018"
        convertToUtc('2024-07-01T14:00:00', 'W. Europe Standard Time') => "2024-07-01T12:00:00.0000000Z"
        convertToUtc('2024-07-01T14:00:00', 'Europe/Berlin', 's') => "2024-07-01T12:00:00"
        convertToUtc('2024-07-01T14:00:00', 'UTC') => "2024-07-01T14:00:00.0000000Z"
        convertToUtc('2024-07-01T14:00:00Z', 'UTC') => "2024-07-01T14:00:00.0000000Z"
        convertToUtc('2024-10-27T02:30:00', 'W. Europe Standard Time') => "2024-10-27T01:30:00.0000000Z"
        convertToUtc('2024-11-03T01:30:00', 'Eastern Standard Time') => "2024-11-03T06:30:00.0000000Z"
        convertToUtc('9999-12-31T23:59:59', 'Pacific Standard Time', 'yyyy-MM-dd') => "9999-12-31"
        convertToUtc('0001-01-01', 'Tokyo Standard Time') => "0001-01-01T00:00:00.0000000Z"
        convertToUtc('2024-03-31T02:30:00', 'W. Europe Standard Time') => error ArgumentValue at '2024-03-31T02:30:00'
        convertToUtc('2024-03-10T02:00:00', 'Pacific Standard Time') => error ArgumentValue at '2024-03-10T02:00:00'
        convertToUtc('2024-07-01T14:00:00Z', 'W. Europe Standard Time') => error ArgumentValue at 'W. Europe Standard Time'
        convertToUtc('2024-07-01', 'Mars Standard Time') => error ArgumentValue at 'Mars Standard Time'
        convertToUtc('x', 'UTC') => error ArgumentValue at 'x'
        convertToUtc('2024-07-01', 1) => error ArgumentType at 1
        convertToUtc('2024-07-01', 'UTC', 'q') => error ArgumentValue at 'q'
        """);

    public static TheoryData<string> Between => EvaluationTable.Rows("""
        convertTimeZone('2018-01-01T08:00:00.0000000Z', 'UTC', 'Pacific Standard Time') => "2018-01-01T00:00:00.0000000"
        convertTimeZone('2018-01-01T08:00:00.0000000Z', 'UTC', 'Pacific Standard Time', 'D') => "Monday, January 1, 2018"
        convertTimeZone('2024-07-01T14:00:00', 'W. Europe Standard Time', 'UTC') => "2024-07-01T12:00:00.0000000Z"
        convertTimeZone('2024-07-01T14:00:00', 'W. Europe Standard Time', 'Tokyo Standard Time') => "2024-07-01T21:00:00.0000000"
        convertTimeZone('2024-01-01T09:00:00', 'Eastern Standard Time', 'Pacific Standard Time', 'HH:mm') => "06:00"
        convertTimeZone('2024-07-01T14:00:00', 'Europe/Paris', 'America/New_York', 's') => "2024-07-01T08:00:00"
        convertTimeZone('2024-07-01T14:00:00', 'Tokyo Standard Time', 'tokyo standard time') => "2024-07-01T14:00:00.0000000"
        convertTimeZone('2024-07-01T14:00:00Z', 'Tokyo Standard Time', 'UTC') => error ArgumentValue at 'Tokyo Standard Time'
        convertTimeZone('2024-03-31T02:30:00', 'W. Europe Standard Time', 'UTC') => error ArgumentValue at '2024-03-31T02:30:00'
        convertTimeZone('2024-07-01', 'Romance', 'UTC') => error ArgumentValue at 'Romance'
        convertTimeZone('2024-07-01', 'UTC', 'CEST') => error ArgumentValue at 'CEST'
        convertTimeZone('', 'UTC', 'UTC') => error ArgumentValue at ''
        convertTimeZone('2024-07-01', 'UTC', 'UTC', '%') => error ArgumentValue at '%'
        convertTimeZone('2024-07-01', 'UTC') => error ArgumentCount
        """);

    [Theory]
    [MemberData(nameof(Common))]
    public void Zones_are_known_by_the_names_that_Windows_has(string name)
    {
        Assert.True(TimeZones.IsKnown(name));
        Assert.Contains(name, TimeZones.WindowsNames);
        EvaluationTable.Check($"length(convertFromUtc('2024-07-01T12:00:00Z', '{name.ToUpperInvariant()}', 's')) => 19");
    }

    [Theory]
    [MemberData(nameof(FromUtc))]
    public void A_time_in_UTC_is_told_in_a_zone(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(ToUtc))]
    public void A_time_of_a_zone_is_told_in_UTC(string row) => EvaluationTable.Check(row);

    [Theory]
    [MemberData(nameof(Between))]
    public void A_time_of_a_zone_is_told_in_another(string row) => EvaluationTable.Check(row);

    [Fact]
    public void Every_name_that_is_listed_has_a_zone() =>
        Assert.All(TimeZones.WindowsNames, name => EvaluationTable.Check($"length(convertFromUtc('2024-07-01T12:00:00Z', '{name}', 's')) => 19"));
}
