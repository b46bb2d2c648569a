using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>
/// All resource files of one factory root in one version. It answers every question about that version; an edit makes a new one that shares
/// all documents that did not change.
/// </summary>
public sealed class FactorySnapshot
{
    /// <summary>The paths that declare a name, in ordinal order. Paths, so that an edit that renames nothing leaves this as it is.</summary>
    private readonly ImmutableDictionary<(ResourceKind Kind, string Name), ImmutableSortedSet<string>> _declarations;

    private FactorySnapshot(
        ImmutableDictionary<string, ResourceDocument> documents,
        ImmutableDictionary<(ResourceKind Kind, string Name), ImmutableSortedSet<string>> declarations)
    {
        Documents = documents;
        _declarations = declarations;
    }

    public static FactorySnapshot Empty { get; } = new(
        ImmutableDictionary<string, ResourceDocument>.Empty, ImmutableDictionary<(ResourceKind, string), ImmutableSortedSet<string>>.Empty);

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
        _declarations.TryGetValue(Key(kind, name), out var paths) ? Resolve(paths, Key(kind, name)) : [];

    public bool Has(ResourceKind kind, string name) => _declarations.ContainsKey(Key(kind, name));

    /// <summary>All resources of a kind, by name.</summary>
    public IEnumerable<ResourceSymbol> OfKind(ResourceKind kind) => _declarations.Where(d => d.Key.Kind == kind)
        .SelectMany(d => Resolve(d.Value, d.Key)).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase);

    private IEnumerable<ResourceSymbol> Resolve(ImmutableSortedSet<string> paths, (ResourceKind Kind, string Name) key) => paths
        .Select(p => Documents[p])
        .SelectMany(d => d.Resources.Where(r => Key(r.Kind, r.Name) == key).Select(r => new ResourceSymbol(r, d)));

    private static (ResourceKind Kind, string Name) Key(ResourceKind kind, string name) => (kind, name.ToUpperInvariant());

    private static void Redeclare(
        ImmutableDictionary<(ResourceKind Kind, string Name), ImmutableSortedSet<string>>.Builder declarations, ResourceDocument? old, ResourceDocument? current)
    {
        var before = old?.Resources.Select(r => Key(r.Kind, r.Name)).ToHashSet() ?? [];
        var after = current?.Resources.Select(r => Key(r.Kind, r.Name)).ToHashSet() ?? [];
        foreach (var gone in before.Except(after))
        {
            var rest = declarations[gone].Remove(old!.Path);
            if (rest.IsEmpty)
            {
                declarations.Remove(gone);
            }
            else
            {
                declarations[gone] = rest;
            }
        }

        foreach (var added in after.Except(before))
        {
            declarations[added] = declarations.GetValueOrDefault(added, ImmutableSortedSet.Create<string>(StringComparer.Ordinal)).Add(current!.Path);
        }
    }
}
