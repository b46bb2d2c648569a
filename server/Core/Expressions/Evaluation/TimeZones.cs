// Time zones by the names of Windows and of the IANA, the same on every machine.
using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;
using NodaTime.TimeZones;

namespace Pipewright.Core.Expressions.Evaluation;

public static class TimeZones
{
    private static readonly Lazy<FrozenDictionary<string, string>> IdsByName = new(() => TzdbDateTimeZoneSource.Default.GetIds().Select(id => KeyValuePair.Create(id, id))
        .Concat(TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping)
        .DistinctBy(p => p.Key, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase));

    /// <summary>The names that Windows has, in ordinal order: those that the service documents.</summary>
    public static ImmutableArray<string> WindowsNames => [.. TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether there is a zone of this name, which is matched without regard to case.</summary>
    public static bool IsKnown(string name) => IdsByName.Value.ContainsKey(name);

    /// <summary>The zone of a name; null where there is none.</summary>
    internal static DateTimeZone? Find(string name) => IdsByName.Value.TryGetValue(name, out var id) ? DateTimeZoneProviders.Tzdb[id] : null;

    internal static bool IsUtc(DateTimeZone zone) => zone.MinOffset == Offset.Zero && zone.MaxOffset == Offset.Zero && zone.Id is "Etc/UTC" or "UTC" or "Etc/GMT" or "Etc/UCT" or "Etc/Zulu";

    /// <summary>What clocks show at a time.</summary>
    /// <param name="utc">In UTC.</param>
    internal static DateTime ToLocal(DateTime utc, DateTimeZone zone) =>
        Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).InZone(zone).ToDateTimeUnspecified();

    /// <summary>When clocks show a time; of two such times that of standard time, and null for a time that they skip.</summary>
    internal static DateTime? ToUtc(DateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(local));
        return mapping.Count == 0 ? null : mapping.Last().ToDateTimeUtc();
    }
}
