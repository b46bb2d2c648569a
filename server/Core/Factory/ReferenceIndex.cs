// Who refers to whom, the other way round.
using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>By what is referred to, the paths of the documents that do.</summary>
internal sealed class ReferenceIndex
{
    private readonly ImmutableDictionary<(ResourceKind Kind, string Key), ImmutableSortedSet<string>> _paths;

    private ReferenceIndex(ImmutableDictionary<(ResourceKind Kind, string Key), ImmutableSortedSet<string>> paths) => _paths = paths;

    public static ReferenceIndex Empty { get; } = new(ImmutableDictionary<(ResourceKind Kind, string Key), ImmutableSortedSet<string>>.Empty);

    public ImmutableSortedSet<string> Find(ResourceKind kind, string key) => _paths.GetValueOrDefault((kind, key), []);

    /// <summary>After an edit of one document; only what it refers to anew or no more is touched.</summary>
    public ReferenceIndex With(ResourceDocument? old, ResourceDocument? current)
    {
        var before = TargetsOf(old);
        var after = TargetsOf(current);
        if (before.SetEquals(after))
        {
            return this;
        }

        var paths = _paths.ToBuilder();
        foreach (var target in before.Except(after))
        {
            var rest = paths[target].Remove(old!.Path);
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
            paths[target] = paths.GetValueOrDefault(target, ImmutableSortedSet.Create<string>(StringComparer.Ordinal)).Add(current!.Path);
        }

        return new ReferenceIndex(paths.ToImmutable());
    }

    private static HashSet<(ResourceKind Kind, string Key)> TargetsOf(ResourceDocument? document) =>
        document is null ? [] : [.. document.References.SelectMany(r => r).Select(r => (r.Kind, FactorySnapshot.Key(r.Name.Text)))];
}
