using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>
/// All resource files of one factory root in one version. It answers every question about that version; an edit makes a new one that shares
/// all documents that did not change.
/// </summary>
public sealed class FactorySnapshot
{
    /// <summary>
    /// By kind and name the paths that declare it, in ordinal order. Paths, so that an edit that renames nothing leaves this as it is; by kind, so
    /// that who asks for the few of one kind does not go through all of the others.
    /// </summary>
    private readonly ImmutableDictionary<ResourceKind, ImmutableDictionary<string, ImmutableSortedSet<string>>> _declarations;

    private FactorySnapshot(
        ImmutableDictionary<string, ResourceDocument> documents,
        ImmutableDictionary<ResourceKind, ImmutableDictionary<string, ImmutableSortedSet<string>>> declarations)
    {
        Documents = documents;
        _declarations = declarations;
    }

    public static FactorySnapshot Empty { get; } = new(
        ImmutableDictionary<string, ResourceDocument>.Empty, ImmutableDictionary<ResourceKind, ImmutableDictionary<string, ImmutableSortedSet<string>>>.Empty);

    /// <summary>By path relative to the root.</summary>
    public ImmutableDictionary<string, ResourceDocument> Documents { get; }

    public FactorySnapshot With(ResourceDocument document) => With([document]);

    /// <summary>Adds or replaces many documents at once, as a Git checkout does.</summary>
    public FactorySnapshot With(IEnumerable<ResourceDocument> documents)
    {
        var all = Documents.ToBuilder();
        var declarations = _declarations.ToBuilder();
        foreach (var document in documents)
        {
            all.TryGetValue(document.Path, out var old);
            all[document.Path] = document;
            Redeclare(declarations, old, document);
        }

        return new FactorySnapshot(all.ToImmutable(), declarations.ToImmutable());
    }

    public FactorySnapshot Without(string path)
    {
        if (!Documents.TryGetValue(path, out var old))
        {
            return this;
        }

        var declarations = _declarations.ToBuilder();
        Redeclare(declarations, old, null);
        return new FactorySnapshot(Documents.Remove(path), declarations.ToImmutable());
    }

    /// <summary>The resources of a kind and name, which is matched without regard to case. More than one where files disagree.</summary>
    public IEnumerable<ResourceSymbol> Find(ResourceKind kind, string name) =>
        NamesOf(kind).TryGetValue(Key(name), out var paths) ? Resolve(paths, kind, Key(name)) : [];

    public bool Has(ResourceKind kind, string name) => NamesOf(kind).ContainsKey(Key(name));

    /// <summary>All resources of a kind, by name.</summary>
    public IEnumerable<ResourceSymbol> OfKind(ResourceKind kind) =>
        NamesOf(kind).SelectMany(d => Resolve(d.Value, kind, d.Key)).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase);

    private ImmutableDictionary<string, ImmutableSortedSet<string>> NamesOf(ResourceKind kind) =>
        _declarations.GetValueOrDefault(kind, ImmutableDictionary<string, ImmutableSortedSet<string>>.Empty);

    private IEnumerable<ResourceSymbol> Resolve(ImmutableSortedSet<string> paths, ResourceKind kind, string key) => paths
        .Select(p => Documents[p])
        .SelectMany(d => d.Resources.Where(r => r.Kind == kind && Key(r.Name) == key).Select(r => new ResourceSymbol(r, d)));

    private static string Key(string name) => name.ToUpperInvariant();

    private static void Redeclare(
        ImmutableDictionary<ResourceKind, ImmutableDictionary<string, ImmutableSortedSet<string>>>.Builder declarations, ResourceDocument? old, ResourceDocument? current)
    {
        var before = old?.Resources.Select(r => (r.Kind, Name: Key(r.Name))).ToHashSet() ?? [];
        var after = current?.Resources.Select(r => (r.Kind, Name: Key(r.Name))).ToHashSet() ?? [];
        foreach (var (kind, name) in before.Except(after))
        {
            var rest = declarations[kind][name].Remove(old!.Path);
            declarations[kind] = rest.IsEmpty ? declarations[kind].Remove(name) : declarations[kind].SetItem(name, rest);
        }

        foreach (var (kind, name) in after.Except(before))
        {
            var names = declarations.GetValueOrDefault(kind, ImmutableDictionary<string, ImmutableSortedSet<string>>.Empty);
            var paths = names.GetValueOrDefault(name, ImmutableSortedSet.Create<string>(StringComparer.Ordinal));
            declarations[kind] = names.SetItem(name, paths.Add(current!.Path));
        }
    }
}
