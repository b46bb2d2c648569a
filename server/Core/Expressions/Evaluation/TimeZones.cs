// Time zones by the names of Windows and of the IANA, the same on every machine.
using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;
using NodaTime.TimeZones;

namespace Pipewright.Core.Expressions.Evaluation;

public static class TimeZones
{
    /// <summary>Windows still has them, while the common table (of the Unicode CLDR) has dropped them. The second one's own summer time is unknown here.</summary>
    private static readonly KeyValuePair<string, string>[] Old =
        [KeyValuePair.Create("Kamchatka Standard Time", "Asia/Kamchatka"), KeyValuePair.Create("Mid-Atlantic Standard Time", "Etc/GMT+2")];

    private static readonly Lazy<FrozenDictionary<string, string>> IdsByName = new(() => ByWindowsName
        .Concat(TzdbDateTimeZoneSource.Default.GetIds().Select(id => KeyValuePair.Create(id, id)))
        .DistinctBy(p => p.Key, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase));

    /// <summary>The names that Windows has, in ordinal order: those that the service documents.</summary>
    public static ImmutableArray<string> WindowsNames => [.. ByWindowsName.Select(p => p.Key).Order(StringComparer.Ordinal)];

    private static IEnumerable<KeyValuePair<string, string>> ByWindowsName => TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.Concat(Old);

    /// <summary>The name that Windows has for a zone of the IANA; null where there is no such zone, or Windows has none like it.</summary>
    public static string? FindWindowsName(string name) =>
        IdsByName.Value.TryGetValue(name, out var id) && TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(id, out var canonical)
            ? TzdbDateTimeZoneSource.Default.TzdbToWindowsIds.GetValueOrDefault(canonical) ?? TzdbDateTimeZoneSource.Default.TzdbToWindowsIds.GetValueOrDefault(id)
            : null;

    /// <summary>Whether there is a zone of this name, which is matched without regard to case.</summary>
    public static bool IsKnown(string name) => IdsByName.Value.ContainsKey(name);

    /// <summary>The zone of a name; null where there is none.</summary>
    internal static DateTimeZone? Find(string name) => IdsByName.Value.TryGetValue(name, out var id) ? DateTimeZoneProviders.Tzdb[id] : null;

    /// <summary>Whether a zone is UTC by any of its names.</summary>
    internal static bool IsUtc(DateTimeZone zone) => TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(zone.Id, out var id) && id == "Etc/UTC";

    /// <summary>What clocks show at a time; at the ends of the calendar, its first or last moment.</summary>
    /// <param name="utc">In UTC.</param>
    internal static DateTime ToLocal(DateTime utc, DateTimeZone zone) =>
        Clamp(utc.Ticks + zone.GetUtcOffset(Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc))).Ticks);

    /// <summary>When clocks show a time; of two such times that of standard time, and null for a time that they skip.</summary>
    internal static DateTime? ToUtc(DateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(local));
        return mapping.Count == 0 ? null : Clamp(local.Ticks - mapping.LateInterval.WallOffset.Ticks);
    }

    /// <summary>As .NET does, so that 9999-12-31, which stands for "never", is no error in any zone.</summary>
    private static DateTime Clamp(long ticks) => new(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
}
