// How often a factory uses what the schema offers, so that what is usual in it is proposed first.
using System.Collections.Immutable;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>Something that a resource can use.</summary>
/// <param name="Owner">The name of the schema's type: of what the variants are variants of, where there are any.</param>
/// <param name="Member">A property, or what selects a variant, as the schema writes it.</param>
/// <param name="IsVariant">Whether it is a variant.</param>
internal readonly record struct UseKey(string Owner, string Member, bool IsVariant);

/// <summary>The uses of all documents of a factory. Made when first asked for: from then on an edit costs a count of the one document that it changed.</summary>
internal sealed class UseCounts
{
    /// <summary>In characters. What such a text uses is not counted anew just to put proposals in order: until it has been counted anyway, what was known of it will do.</summary>
    private const int LongText = 100_000;

    private readonly Counted _known;

    /// <summary>The paths of the documents that may be others than those that are known.</summary>
    private readonly ImmutableHashSet<string> _changed;

    private Counted? _counted;

    private UseCounts(Counted known, ImmutableHashSet<string> changed) => (_known, _changed) = (known, changed);

    public static UseCounts Empty { get; } = new(new Counted(ImmutableDictionary<string, IReadOnlyDictionary<UseKey, int>>.Empty, ImmutableDictionary<UseKey, int>.Empty, []), []);

    /// <summary>The counts after documents have changed, have come, or have gone.</summary>
    public UseCounts WithChanged(IEnumerable<string> paths) => _counted is { } counted ? new UseCounts(counted, counted.PutOff.Union(paths)) : new UseCounts(_known, _changed.Union(paths));

    /// <param name="documents">All of the factory.</param>
    public int Find(ImmutableDictionary<string, ResourceDocument> documents, UseKey key) =>
        (_counted ??= Count(documents)).Totals.GetValueOrDefault(key);

    /// <summary>What one document uses.</summary>
    public static IReadOnlyDictionary<UseKey, int> Count(ResourceDocument document)
    {
        var uses = new Dictionary<UseKey, int>();
        foreach (var value in document.Resources.SelectMany(r => r.Objects))
        {
            if (value.Shape is not { } shape)
            {
                continue;
            }

            var owner = value.Type is DiscriminatedType union ? union.Name : shape.Name;
            if (shape.Discriminator is { } variant)
            {
                Add(new UseKey(owner, variant, IsVariant: true));
            }

            foreach (var property in value.Properties)
            {
                if (property is { Schema: { } schema, IsImplied: false })
                {
                    Add(new UseKey(owner, schema.Name, IsVariant: false));
                }
            }
        }

        return uses;

        void Add(UseKey key) => uses[key] = uses.GetValueOrDefault(key) + 1;
    }

    private Counted Count(ImmutableDictionary<string, ResourceDocument> documents)
    {
        var byPath = _known.ByPath.ToBuilder();
        var totals = _known.Totals.ToBuilder();
        var putOff = ImmutableHashSet.CreateBuilder<string>();
        foreach (var path in _changed)
        {
            byPath.TryGetValue(path, out var before);
            var document = documents.GetValueOrDefault(path);
            if (before is not null && document is { Text.Length: > LongText, AreUsesKnown: false })
            {
                putOff.Add(path);
                continue;
            }

            var after = document?.Uses;
            if (ReferenceEquals(before, after))
            {
                continue;
            }

            foreach (var (key, count) in before ?? ImmutableDictionary<UseKey, int>.Empty)
            {
                totals[key] -= count;
            }

            foreach (var (key, count) in after ?? ImmutableDictionary<UseKey, int>.Empty)
            {
                totals[key] = totals.GetValueOrDefault(key) + count;
            }

            if (after is null)
            {
                byPath.Remove(path);
            }
            else
            {
                byPath[path] = after;
            }
        }

        return new Counted(byPath.ToImmutable(), totals.ToImmutable(), putOff.ToImmutable());
    }

    /// <param name="PutOff">The paths of which something older is known.</param>
    private sealed record Counted(ImmutableDictionary<string, IReadOnlyDictionary<UseKey, int>> ByPath, ImmutableDictionary<UseKey, int> Totals, ImmutableHashSet<string> PutOff);
}
