// Who refers to whom, the other way round.
using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>
/// By what is referred to, the paths of the documents that do. Made when first asked for: what an editor wants at once after a key was pressed mostly needs none of it.
/// </summary>
internal sealed class ReferenceIndex
{
    private readonly ImmutableDictionary<(ResourceKind Kind, string Key), ImmutableSortedSet<string>> _known;

    /// <summary>The documents that may refer to others than is known, with what they refer to in what is known.</summary>
    private readonly ImmutableDictionary<string, ImmutableHashSet<(ResourceKind Kind, string Key)>> _changed;

    private ImmutableDictionary<(ResourceKind Kind, string Key), ImmutableSortedSet<string>>? _paths;

    private ReferenceIndex(
        ImmutableDictionary<(ResourceKind Kind, string Key), ImmutableSortedSet<string>> known, ImmutableDictionary<string, ImmutableHashSet<(ResourceKind Kind, string Key)>> changed)
    {
        _known = known;
        _changed = changed;
    }

    public static ReferenceIndex Empty { get; } = new(
        ImmutableDictionary<(ResourceKind Kind, string Key), ImmutableSortedSet<string>>.Empty, ImmutableDictionary<string, ImmutableHashSet<(ResourceKind Kind, string Key)>>.Empty);

    /// <param name="documents">All of the factory.</param>
    public ImmutableSortedSet<string> Find(ImmutableDictionary<string, ResourceDocument> documents, ResourceKind kind, string key) =>
        (_paths ??= Resolve(documents)).GetValueOrDefault((kind, key), []);

    /// <summary>After documents have changed, have come, or have gone.</summary>
    /// <param name="documents">Each path with the document that this knows for it; null where it knows none.</param>
    public ReferenceIndex WithChanged(IEnumerable<(string Path, ResourceDocument? Old)> documents)
    {
        // Looked at once: a check beside this may make it at any time, and what has changed since is told from one of the two.
        var paths = _paths;
        var changed = (paths is null ? _changed : _changed.Clear()).ToBuilder();
        foreach (var (path, old) in documents)
        {
            if (!changed.ContainsKey(path))
            {
                changed[path] = old?.Targets ?? [];
            }
        }

        return new ReferenceIndex(paths ?? _known, changed.ToImmutable());
    }

    private ImmutableDictionary<(ResourceKind Kind, string Key), ImmutableSortedSet<string>> Resolve(ImmutableDictionary<string, ResourceDocument> documents)
    {
        var paths = _known.ToBuilder();
        foreach (var (path, before) in _changed)
        {
            var after = documents.GetValueOrDefault(path)?.Targets ?? [];
            foreach (var target in before.Except(after))
            {
                var rest = paths[target].Remove(path);
                if (rest.IsEmpty)
                {
                    paths.Remove(target);
                }
                else
                {
                    paths[target] = rest;
                }
            }

            foreach (var target in after.Except(before))
            {
                paths[target] = paths.GetValueOrDefault(target, ImmutableSortedSet.Create<string>(StringComparer.Ordinal)).Add(path);
            }
        }

        return paths.ToImmutable();
    }
}
