using System.Collections.Immutable;

namespace Pipewright.Generator.Publishing;

/// <summary>An object of the spec form with the properties of the levels below it.</summary>
/// <param name="Outer">Its own properties.</param>
/// <param name="Inner">Those of the levels below that may stand in it: not those whose name means an outer one.</param>
/// <param name="Wrappers">The types of the levels below, by the property that they may be written under.</param>
/// <param name="Deciding">The union whose discriminator decides which properties there are; null where that is decided.</param>
/// <param name="IsOpen">Whether it may have properties that are not known.</param>
internal sealed record FlatShape(
    ImmutableArray<PropertyModel> Outer, ImmutableArray<PropertyModel> Inner, ImmutableSortedDictionary<string, string> Wrappers, UnionModel? Deciding, bool IsOpen)
{
    public IEnumerable<PropertyModel> Properties => Outer.Concat(Inner).Where(p => !Wrappers.ContainsKey(p.Name));

    /// <summary>Null for an object without a level below.</summary>
    /// <param name="variant">The variant of the union on the way down, where there is one; null for what all have.</param>
    public static FlatShape? Of(SchemaModel model, ObjectModel shape, string? variant = null)
    {
        if (shape.Wrapper is null)
        {
            return null;
        }

        var flat = new FlatShape([.. shape.Properties.Values], [], ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), null, IsOpen: false);
        for (var level = shape; level?.Wrapper is { } wrapper && flat.Deciding is null && !flat.Wrappers.ContainsKey(wrapper);)
        {
            (flat, level) = flat.With(model, wrapper, level.Properties[wrapper].Value.Type, variant);
        }

        return flat;
    }

    private (FlatShape Flat, ObjectModel? Next) With(SchemaModel model, string wrapper, TypeText type, string? variant)
    {
        if (type.NamedType is not { } name)
        {
            return (this with { IsOpen = true }, null);
        }

        var wrapped = this with { Wrappers = Wrappers.Add(wrapper, name) };
        return model.Types[name] switch
        {
            ObjectModel inner => (wrapped.Add(inner.Properties.Values, inner.Additional is not null), inner),
            UnionModel union when variant is not null => model.Types[variant] is ObjectModel chosen ? (wrapped.Add(chosen.Properties.Values, chosen.Additional is not null), chosen) : (wrapped, null),
            UnionModel union => (wrapped.Add(Completion.MakeBase(union, model).Properties.Values, isOpen: true) with { Deciding = union }, null),
            _ => (wrapped, null),
        };
    }

    /// <summary>A name that a level outside has means that one, unless only the service writes it.</summary>
    private FlatShape Add(IEnumerable<PropertyModel> properties, bool isOpen)
    {
        var added = properties.ToList();
        var taken = Outer.Concat(Inner).Where(p => !p.IsReadOnly).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var kept = added.Where(p => !taken.Contains(p.Name)).ToList();
        var names = kept.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return this with { Outer = [.. Outer.Where(p => !names.Contains(p.Name))], Inner = [.. Inner.Where(p => !names.Contains(p.Name)), .. kept], IsOpen = IsOpen || isOpen };
    }
}
