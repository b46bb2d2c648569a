// What fits what: the table of schemas/curated/connections as the server reads it.
using System.Collections.Immutable;

namespace Pipewright.Core.Schema;

/// <summary>What a type of dataset or of a file's place fits.</summary>
/// <param name="LinkedServices">Types of linked services; empty where nothing is known.</param>
/// <param name="Readers">Types of sources that read a dataset, or of settings for reading from a place. The usual one comes first.</param>
/// <param name="Writers">The same for writing; empty where nothing can be written.</param>
public sealed record ConnectionTypes(ImmutableArray<string> LinkedServices, ImmutableArray<string> Readers, ImmutableArray<string> Writers);

/// <summary>Facts of Microsoft's documentation of each connector. Types match without regard to case.</summary>
public sealed class ConnectionCatalog
{
    private static readonly Lazy<ConnectionCatalog> Loaded = new(Load);

    private readonly Dictionary<string, ConnectionTypes> _datasets = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ConnectionTypes> _locations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ImmutableArray<string>> _activities = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableArray<string> _formats = [];

    private ConnectionCatalog()
    {
    }

    public static ConnectionCatalog Default => Loaded.Value;

    /// <summary>Every type that is named anywhere in the table.</summary>
    public IEnumerable<string> Types =>
        _datasets.Concat(_locations).SelectMany(e => e.Value.LinkedServices.Concat(e.Value.Readers).Concat(e.Value.Writers).Prepend(e.Key))
            .Concat(_activities.SelectMany(a => a.Value.Prepend(a.Key))).Concat(_formats).Distinct();

    /// <summary>What reads and writes a type of dataset; null where that is not known.</summary>
    public ConnectionTypes? FindDataset(string type) => IsFormat(type)
        ? new ConnectionTypes([], [Canonical(type) + "Source"], [Canonical(type) + "Sink"])
        : _datasets.GetValueOrDefault(type);

    /// <summary>Where a type of place is, and the settings for it; null where that is not known.</summary>
    public ConnectionTypes? FindLocation(string type) => _locations.GetValueOrDefault(type);

    /// <summary>The types of linked services that an activity runs on; empty where that is not known.</summary>
    public ImmutableArray<string> FindActivity(string type) => _activities.TryGetValue(type, out var found) ? found : [];

    /// <summary>The place of files that a linked service gives; null for one that gives none.</summary>
    public string? FindLocationOf(string linkedService) =>
        _locations.FirstOrDefault(l => l.Value.LinkedServices.Contains(linkedService, StringComparer.OrdinalIgnoreCase)).Key;

    /// <summary>Whether a dataset type is a format of files, which lie at some place.</summary>
    public bool IsFormat(string dataset) => _formats.Contains(dataset, StringComparer.OrdinalIgnoreCase);

    private string Canonical(string format) => _formats.First(f => f.Equals(format, StringComparison.OrdinalIgnoreCase));

    private static ConnectionCatalog Load()
    {
        var catalog = new ConnectionCatalog();
        using var stream = typeof(ConnectionCatalog).Assembly.GetManifestResourceStream("connections.txt")
            ?? throw new InvalidOperationException("The table of connections is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split('|');
            switch (parts)
            {
                case ["format", var names]:
                    catalog._formats = Split(names);
                    break;
                case ["activity", var name, var types]:
                    catalog._activities[name] = Split(types);
                    break;
                case [var kind, var name, var services, var readers, var writers]:
                    (kind == "dataset" ? catalog._datasets : catalog._locations)[name] = new ConnectionTypes(Split(services), Split(readers), Split(writers));
                    break;
            }
        }

        return catalog;
    }

    private static ImmutableArray<string> Split(string names) => names.Length == 0 ? [] : [.. names.Split(',')];
}
