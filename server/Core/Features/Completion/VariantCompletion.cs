// What a discriminator can select: types of activities, datasets, linked services, sources and sinks, with the members that each must have.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features.Completion;

/// <summary>Types, and whole objects of a type.</summary>
internal static class VariantCompletion
{
    /// <summary>The values of a <c>type</c>; and where an object is wanted in JSON, a whole one of each type.</summary>
    public static void AddTypes(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (FindDiscriminated(site) is { } holder)
        {
            AddNames(list, request, site, holder);
        }
        else if (site.Place.ObjectForm is DiscriminatedType type && site is { Insertion.Quote: null } and ({ Insertion.Notation: not Notation.Block } or { BlockMapping: not null }))
        {
            var rank = site.Place is { Key: null, Holder: not null } ? CompletionRank.Value : CompletionRank.Snippet;
            foreach (var (variant, weight) in InOrder(request, type, site.Place.Holder))
            {
                var value = WithName(request, type, ValueTemplates.NewObject(variant, site.Place.IsSpec));
                Add(list, site, type, variant, rank, site.Write(value), weight);
            }
        }
    }

    /// <summary>All members of an object of a type, where it has no type yet.</summary>
    public static void AddMembers(CompletionList list, CompletionRequest request, PropertySite site)
    {
        foreach (var level in site.Levels.Where(l => l.Variants is not null && !site.HasValue))
        {
            var type = level.Variants!;
            if (site.Has(level, type.DiscriminatorName))
            {
                continue;
            }

            // In a list, a new item is most often wanted as a whole.
            var rank = site.IsNewItem ? CompletionRank.Value : CompletionRank.Snippet;

            foreach (var (variant, weight) in InOrder(request, type, level.Content?.Parent ?? site.Place.Holder))
            {
                var members = WithName(request, type, ValueTemplates.NewObject(variant, site.Place.IsSpec)).Entries
                    .Where(e => !site.Has(level, e.Key)).ToImmutableArray();
                Add(list, site, type, variant, rank, TemplateWriter.WriteEntries(site.Insertion, members), weight);
            }
        }
    }

    private static void AddNames(CompletionList list, CompletionRequest request, ValueSite site, BoundObject holder)
    {
        var type = (DiscriminatedType)holder.Type!;
        foreach (var (variant, weight) in InOrder(request, type, holder.Parent))
        {
            var name = new TextTemplate(variant.Discriminator!);
            var missing = site is { BlockMapping: { } mapping, Insertion: { EndsLine: true, Quote: null, Notation: Notation.Block } }
                ? FindMissing(site, holder, variant, mapping)
                : [];
            Add(list, site, type, variant, CompletionRank.Value, TemplateWriter.WriteValueAndEntries(site.Insertion, name, missing), weight);
        }
    }

    /// <summary>The object whose discriminator the value is.</summary>
    private static BoundObject? FindDiscriminated(ValueSite site) => site.Owner is { Type: DiscriminatedType type } owner
        && type.DiscriminatorName.Equals(site.Place.Key, StringComparison.OrdinalIgnoreCase) ? owner : null;

    private static ImmutableArray<TemplateEntry> FindMissing(ValueSite site, BoundObject holder, ObjectType variant, MappingSyntax mapping)
    {
        var written = mapping.EffectiveEntries.Select(e => e.Key.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. ValueTemplates.NewObject(variant, site.Place.IsSpec).Entries.Where(e => !written.Contains(e.Key) && !IsThere(holder, variant, e.Key))];
    }

    private static bool IsThere(BoundObject holder, ObjectType variant, string name) => holder.Find(name) is { IsImplied: false }
        || (variant.Wrapper is { } wrapper && holder.FindValue(wrapper.Name) is BoundObject inner && inner.Find(name) is not null);

    /// <summary>All variants: those that fit what stands around, those that the factory uses most, those that all factories use most.</summary>
    private static IEnumerable<(ObjectType Variant, int Weight)> InOrder(CompletionRequest request, DiscriminatedType type, BoundNode? holder)
    {
        var fits = FittingTypes.OfVariant(request, type, holder);
        return type.Variants.Values.Select(v => v.Value)
            .OrderBy(v => UsualTypes.PlaceOf(type, v.Discriminator!)).ThenBy(v => v.Discriminator, StringComparer.OrdinalIgnoreCase)
            .Select(v => (v, request.CountVariant(type, v.Discriminator!) + (fits(v.Discriminator!) ? ResourceCompletion.Fitting : 0)));
    }

    private static MapTemplate WithName(CompletionRequest request, DiscriminatedType type, MapTemplate value)
    {
        var variant = value.Entries.FirstOrDefault(e => e.Key == type.DiscriminatorName)?.Value as TextTemplate;
        return type.Name == "Activity" && variant is not null
            ? new MapTemplate([.. value.Entries.Select(e => e.Key == "name" ? e with { Value = new StopTemplate(NewActivityName(request, variant.Text)) } : e)])
            : value;
    }

    /// <summary>A name that no activity of the pipeline has: <c>Copy1</c>.</summary>
    private static string NewActivityName(CompletionRequest request, string type)
    {
        var taken = request.ActivityNames;
        var number = 1;
        while (taken.Contains($"{type}{number}"))
        {
            number++;
        }

        return $"{type}{number}";
    }

    private static void Add(CompletionList list, CompletionSite site, DiscriminatedType type, ObjectType variant, CompletionRank rank, WrittenTemplate text, int weight) =>
        list.Add(
            site, variant.IsDeprecated ? CompletionRank.Deprecated : rank, variant.Discriminator!,
            type.Name == "Activity" ? CompletionKind.ActivityType : CompletionKind.EnumValue, text, TypeNames.Describe(variant), variant.Description, weight);
}
