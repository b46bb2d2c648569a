using Pipewright.Core.Binding;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features.Completion;

/// <summary>The properties of an object that are not there yet.</summary>
internal static class PropertyCompletion
{
    public static void Add(CompletionList list, CompletionRequest request, PropertySite site)
    {
        for (var i = 0; i < site.Levels.Length; i++)
        {
            foreach (var property in site.Levels[i].Shape.Properties)
            {
                if (!property.IsReadOnly && !site.Has(site.Levels[i], property.Name) && !IsShadowed(site, i, property))
                {
                    Add(list, request, site, i, property);
                }
            }
        }
    }

    private static void Add(CompletionList list, CompletionRequest request, PropertySite site, int level, PropertySchema property)
    {
        var value = FindConstant(request, site, level, property) ?? ValueTemplates.Of(property, site.Place.IsSpec);
        var rank = RankOf(site, level, property);
        var detail = TypeNames.DescribeValue(property.Type) + (rank == CompletionRank.RequiredProperty ? ", required" : "");

        var weight = rank == CompletionRank.RequiredProperty ? WeighRequired(site, level, property) : Weigh(request, site, level, property);
        list.Add(site, rank, property.Name, CompletionKind.Property, site.Write(property.Name, value), detail, property.Description, weight);
    }

    /// <summary>A name and what selects the type come first; the others stay in the order in which people write them.</summary>
    private static int WeighRequired(PropertySite site, int level, PropertySchema property) => property.Name switch
    {
        "name" => 2,
        var name when name == site.Levels[level].Variants?.DiscriminatorName => 1,
        _ => 0,
    };

    /// <summary>What the factory uses most comes first, then what all factories use most, then what is particular to the object.</summary>
    private static int Weigh(CompletionRequest request, PropertySite site, int level, PropertySchema property)
    {
        var owner = site.Levels[level] switch { { Variants: { } variants } => variants, { Shape: var shape } => (SchemaType)shape };
        var place = UsualTypes.PlaceOf(owner, property.Name);
        return ((request.CountUses(owner, property.Name) + 1) * 2 * UsualTypes.Last) - place + (place == UsualTypes.Last ? level : 0);
    }

    /// <summary>What a property can only be: the <c>type</c> of a reference, and the name that the file gives.</summary>
    private static Template? FindConstant(CompletionRequest request, PropertySite site, int level, PropertySchema property) => property.Name switch
    {
        "type" when site.Levels[level].Shape.Reference is { } reference => new TextTemplate(reference.TypeName),
        "name" when level == 0 && site.Place.Holder is null => new StopTemplate(request.Document.Classification.Name),
        _ => null,
    };

    /// <summary>A bare name in the spec form means the outermost level that has it.</summary>
    private static bool IsShadowed(PropertySite site, int level, PropertySchema property) => site.Place.IsSpec && level > 0
        && SpecForm.FindLevel([.. site.Levels.Select(l => l.Shape)], 0, property.Name, null) != level;

    private static CompletionRank RankOf(PropertySite site, int level, PropertySchema property)
    {
        var isSpec = site.Place.IsSpec;
        var shape = site.Levels[level].Shape;
        return property switch
        {
            { IsDeprecated: true } => CompletionRank.Deprecated,
            _ when isSpec && property == shape.Wrapper => CompletionRank.Wrapper,

            // The spec form adds these by itself.
            { Name: "name" } when isSpec && level == 0 && site.Place.Holder is null => CompletionRank.Wrapper,
            { Name: "type" } when isSpec && shape.Reference is not null => CompletionRank.Wrapper,
            { IsRequired: true } => CompletionRank.RequiredProperty,
            _ => CompletionRank.Property,
        };
    }
}
