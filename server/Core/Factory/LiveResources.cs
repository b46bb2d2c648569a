// What the factory of the current target has: read now and then, and so of a certain age.
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>The resources of a factory in Azure, as far as they have been read. Names are matched without regard to case.</summary>
/// <param name="Target">The name of the target.</param>
/// <param name="Factory">The name of its factory.</param>
/// <param name="ReadAt">When the oldest part of it was read.</param>
/// <param name="IsFilling">Whether more is being read, so that what is not here may come yet.</param>
public sealed record LiveResources(string Target, string Factory, DateTimeOffset ReadAt, bool IsFilling)
{
    private ImmutableDictionary<ResourceKind, ImmutableDictionary<string, LiveEntry>> _kinds = ImmutableDictionary<ResourceKind, ImmutableDictionary<string, LiveEntry>>.Empty;

    private static ImmutableDictionary<string, LiveEntry> NoEntries { get; } = ImmutableDictionary.Create<string, LiveEntry>(StringComparer.OrdinalIgnoreCase);

    /// <summary>All, in no order.</summary>
    public IEnumerable<LiveEntry> All => _kinds.Values.SelectMany(k => k.Values);

    /// <summary>How many there are.</summary>
    public int Count => _kinds.Values.Sum(k => k.Count);

    /// <summary>Whether all resources of a kind have been read, so that one that is not here is not there.</summary>
    public bool HasRead(ResourceKind kind) => _kinds.ContainsKey(kind);

    /// <summary>Null where the factory has none of that name, or it has not been read. Of the kind factory the one that there is.</summary>
    public LiveEntry? Find(ResourceKind kind, string name) => !_kinds.TryGetValue(kind, out var entries) ? null
        : kind == ResourceKind.Factory ? entries.Values.FirstOrDefault()
        : entries.GetValueOrDefault(name);

    public IEnumerable<LiveEntry> OfKind(ResourceKind kind) => _kinds.TryGetValue(kind, out var entries) ? entries.Values : [];

    /// <summary>With all resources of a kind as they have just been read. Those that are the same as before stay the very same entries.</summary>
    public LiveResources With(ResourceKind kind, IEnumerable<LiveEntry> entries)
    {
        var before = _kinds.GetValueOrDefault(kind);
        var read = NoEntries.SetItems(entries.Select(e => KeyValuePair.Create(KeyOf(e), before?.GetValueOrDefault(KeyOf(e)) is { } old && old.IsSameAs(e) ? old : e)));
        var isSame = before is not null && before.Count == read.Count && read.All(e => before.TryGetValue(e.Key, out var old) && old == e.Value);
        return isSame ? this : this with { _kinds = _kinds.SetItem(kind, read) };
    }

    /// <summary>With one resource as it has just been read, in a kind that has been read before.</summary>
    /// <param name="entry">Null for one that is gone.</param>
    public LiveResources With(ResourceKind kind, string name, LiveEntry? entry)
    {
        if (!_kinds.TryGetValue(kind, out var entries) || (entry is not null && entries.TryGetValue(KeyOf(entry), out var old) && old.IsSameAs(entry)))
        {
            return this;
        }

        return this with { _kinds = _kinds.SetItem(kind, entry is null ? entries.Remove(name) : entries.SetItem(KeyOf(entry), entry)) };
    }

    /// <summary>Whether this holds the very same entries.</summary>
    public bool HasSameEntries(LiveResources? other) => other is not null && _kinds.Count == other._kinds.Count
        && _kinds.All(k => other._kinds.TryGetValue(k.Key, out var entries) && entries == k.Value);

    /// <summary>How old it is, for people: <c>as of 3 min ago</c>.</summary>
    public string DescribeAge(DateTimeOffset now) => DescribeAge(ReadAt, now);

    /// <inheritdoc cref="DescribeAge(DateTimeOffset)"/>
    public static string DescribeAge(DateTimeOffset readAt, DateTimeOffset now) => (now - readAt) switch
    {
        { TotalMinutes: < 1 } => "as of just now",
        { TotalHours: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"as of {(int)age.TotalMinutes} min ago"),
        { TotalDays: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"as of {(int)age.TotalHours} h ago"),
        _ => string.Create(CultureInfo.InvariantCulture, $"as of {readAt:yyyy-MM-dd}"),
    };

    /// <summary>Another object after any change of a kind.</summary>
    internal object VersionOf(ResourceKind kind) => _kinds.TryGetValue(kind, out var entries) ? entries : NoEntries;

    private static string KeyOf(LiveEntry entry) => entry.Network is null ? entry.Name : $"{entry.Network}/{entry.Name}";
}
