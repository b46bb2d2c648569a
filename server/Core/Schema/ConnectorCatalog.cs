// What becomes of connectors and how they sign in: the table of schemas/curated/connections/connectors.yaml as the server reads it.
using System.Collections.Immutable;

namespace Pipewright.Core.Schema;

/// <summary>The end of a connector's version 1.0.</summary>
/// <param name="Newest">The version to use.</param>
/// <param name="Ends">The day on which the old one goes, as Microsoft's documentation writes it.</param>
/// <param name="Marks">Properties that only the newer version has.</param>
public sealed record ConnectorVersion(string Newest, string Ends, ImmutableArray<string> Marks);

/// <summary>What a property, or a value of it, needs beside it.</summary>
/// <param name="Property">The property.</param>
/// <param name="Value">The value that needs it; null where any does.</param>
/// <param name="Needs">Each a list of properties of which one is enough.</param>
public sealed record SignInNeed(string Property, string? Value, ImmutableArray<ImmutableArray<string>> Needs);

/// <summary>How linked services of a type sign in.</summary>
/// <param name="OneOf">Properties of which just one is given; empty where that is not said.</param>
/// <param name="AtMostOne">Properties of which no two are given.</param>
public sealed record SignIn(ImmutableArray<string> OneOf, ImmutableArray<string> AtMostOne, ImmutableArray<SignInNeed> Needs)
{
    public static SignIn Nothing { get; } = new([], [], []);
}

/// <summary>Facts of Microsoft's documentation of each connector. Types match without regard to case.</summary>
public sealed class ConnectorCatalog
{
    private static readonly Lazy<ConnectorCatalog> Loaded = new(Load);

    private readonly Dictionary<string, ImmutableArray<string>> _replaced = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _ended = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ConnectorVersion> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SignIn> _signIns = new(StringComparer.OrdinalIgnoreCase);

    private ImmutableArray<string> _selfHosted = [];

    private ConnectorCatalog()
    {
    }

    public static ConnectorCatalog Default => Loaded.Value;

    /// <summary>Every type that is named anywhere in the table.</summary>
    public IEnumerable<string> Types => _replaced.SelectMany(r => r.Value.Prepend(r.Key)).Concat(_ended.Keys).Concat(_versions.Keys).Concat(_signIns.Keys).Concat(_selfHosted).Distinct();

    /// <summary>The types of linked services whose ways to sign in are known, with every property that is named of them.</summary>
    public IEnumerable<(string Type, ImmutableArray<string> Properties)> SignInProperties => _signIns.Select(s => (s.Key, (ImmutableArray<string>)
        [.. s.Value.OneOf, .. s.Value.AtMostOne, .. s.Value.Needs.SelectMany(n => n.Needs.SelectMany(a => a).Prepend(n.Property))]));

    /// <summary>The types of linked services with more than one version, with the properties that mark the newer.</summary>
    public IEnumerable<(string Type, ImmutableArray<string> Properties)> VersionMarks => _versions.Select(v => (v.Key, v.Value.Marks));

    /// <summary>What to use in the place of a type; empty where nothing takes it.</summary>
    public ImmutableArray<string> FindReplacements(string type) => _replaced.TryGetValue(type, out var found) ? found : [];

    /// <summary>When a linked service's connector went or goes, as the end of a sentence: <c>on December 31, 2024</c>. Null for one that stays.</summary>
    public string? FindEnd(string linkedService) => _ended.GetValueOrDefault(linkedService);

    /// <summary>The versions of a linked service's connector; null for one without an old version that ends.</summary>
    public ConnectorVersion? FindVersion(string linkedService) => _versions.GetValueOrDefault(linkedService);

    /// <summary>How a type of linked service signs in; null where that is not known.</summary>
    public SignIn? FindSignIn(string linkedService) => _signIns.GetValueOrDefault(linkedService);

    /// <summary>Whether only a self-hosted integration runtime reaches a type of linked service.</summary>
    public bool NeedsSelfHosted(string linkedService) => _selfHosted.Contains(linkedService, StringComparer.OrdinalIgnoreCase);

    private static ConnectorCatalog Load()
    {
        var catalog = new ConnectorCatalog();
        using var stream = typeof(ConnectorCatalog).Assembly.GetManifestResourceStream("connectors.txt")
            ?? throw new InvalidOperationException("The table of connectors is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            catalog.Add(line.Split('|'));
        }

        return catalog;
    }

    private void Add(string[] parts)
    {
        switch (parts)
        {
            case ["replaced", var type, var types]:
                _replaced[type] = Split(types);
                break;
            case ["selfHosted", _, var types]:
                _selfHosted = Split(types);
                break;
            case ["ended", var type, var when]:
                _ended[type] = when;
                break;
            case ["versions", var type, var newest, var ends, var marks]:
                _versions[type] = new ConnectorVersion(newest, ends, Split(marks));
                break;
            case ["oneOf", var type, var names]:
                _signIns[type] = SignInOf(type) with { OneOf = Split(names) };
                break;
            case ["atMostOne", var type, var names]:
                _signIns[type] = SignInOf(type) with { AtMostOne = Split(names) };
                break;
            case ["together", var type, var property, var needs]:
                AddNeed(type, new SignInNeed(property, null, Alternatives(needs)));
                break;
            case ["methods", var type, var property, var value, var needs]:
                AddNeed(type, new SignInNeed(property, value, Alternatives(needs)));
                break;
        }
    }

    private void AddNeed(string type, SignInNeed need) => _signIns[type] = SignInOf(type) with { Needs = SignInOf(type).Needs.Add(need) };

    private SignIn SignInOf(string type) => _signIns.GetValueOrDefault(type, SignIn.Nothing);

    private static ImmutableArray<ImmutableArray<string>> Alternatives(string needs) => [.. Split(needs).Select(n => n.Split('/').ToImmutableArray())];

    private static ImmutableArray<string> Split(string names) => names.Length == 0 ? [] : [.. names.Split(',')];
}
