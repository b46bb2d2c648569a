// What follows from the facts once they are corrected: variants get what their union has, objects their order, their wrapper and its clashes.
using System.Collections.Immutable;

namespace Pipewright.Generator;

internal static class Completion
{
    private static readonly ImmutableArray<string> Wrappers = ["properties", "typeProperties"];

    /// <exception cref="FormatException">A name stands in a type and in its wrapper, and the curated files do not list it; or they list too many.</exception>
    public static SchemaModel Complete(SchemaModel model)
    {
        var flat = model with { Types = Map(model, t => t is ObjectModel shape ? Inherit(shape, model) : t) };
        var wrapped = flat with { Types = Map(flat, t => Wrap(t, flat)) };
        CheckClashes(wrapped);
        return wrapped;
    }

    private static ImmutableSortedDictionary<string, TypeModel> Map(SchemaModel model, Func<TypeModel, TypeModel> change) =>
        model.Types.ToImmutableSortedDictionary(t => t.Key, t => change(t.Value), StringComparer.Ordinal);

    private static ObjectModel Inherit(ObjectModel shape, SchemaModel model)
    {
        if (shape.Union is null)
        {
            return shape;
        }

        var union = (UnionModel)model.Types[shape.Union];
        var own = shape.Properties;
        if (!own.TryGetValue(union.Discriminator, out var decider))
        {
            decider = new PropertyModel(union.Discriminator, new ValueModel(new TypeText("string"))) { IsRequired = true };
        }

        return shape with
        {
            Properties = union.Properties.SetItems(own).SetItem(
                union.Discriminator, decider with { Value = decider.Value with { Allowed = [shape.Discriminator!] }, Expression = null }),
            Order = shape.Order.IsEmpty ? [.. union.Order.Where(n => own.ContainsKey(n) || union.Properties.ContainsKey(n))] : shape.Order,
        };
    }

    /// <summary>
    /// What is known of an object of a union whose discriminator is missing or new to us: what all variants have, and what most have alike. The
    /// wrapper is open, as its properties cannot be known.
    /// </summary>
    public static ObjectModel MakeBase(UnionModel union, SchemaModel model)
    {
        var variants = union.Variants.Values.Select(v => (ObjectModel)model.Types[v]).ToList();
        var usual = variants.SelectMany(v => v.Properties.Values).Where(p => p.Name != union.Discriminator && !Wrappers.Contains(p.Name))
            .GroupBy(p => (p.Name, p.Value.Type)).Where(g => g.Count() * 2 > variants.Count)
            .Select(g => g.First() with { IsRequired = g.Count() == variants.Count && g.All(p => p.IsRequired) });
        var properties = union.Properties.SetItems(usual.Select(p => KeyValuePair.Create(p.Name, p)))
            .SetItem(union.Discriminator, new PropertyModel(union.Discriminator, new ValueModel(new TypeText("string"))) { IsRequired = true });
        foreach (var wrapper in Wrappers.Where(w => variants.Any(v => v.Properties.ContainsKey(w))))
        {
            properties = properties.SetItem(wrapper, new PropertyModel(wrapper, new ValueModel(TypeText.Any.InMap())));
        }

        return new ObjectModel(union.Name, properties) { Order = [.. union.Order.Where(properties.ContainsKey)] };
    }

    private static TypeModel Wrap(TypeModel type, SchemaModel model)
    {
        if (type is not ObjectModel shape || Wrappers.FirstOrDefault(w => IsWrapper(shape, w)) is not { } wrapper)
        {
            return type;
        }

        var inner = InnerNames(shape.Properties[wrapper], model).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return shape with { Wrapper = wrapper, WrapperClashes = [.. shape.Properties.Keys.Where(inner.Contains)] };
    }

    private static bool IsWrapper(ObjectModel shape, string name) =>
        shape.Properties.TryGetValue(name, out var property) && property.Value.Type is { IsScalar: false, IsList: false };

    /// <summary>The names in a wrapper and in the wrappers inside it.</summary>
    private static IEnumerable<string> InnerNames(PropertyModel wrapper, SchemaModel model)
    {
        var shapes = wrapper.Value.Type.IsMap ? [] : model.Types[wrapper.Value.Type.Text] switch
        {
            UnionModel union => union.Variants.Values.Select(v => (ObjectModel)model.Types[v]),
            ObjectModel shape => [shape],
            _ => Enumerable.Empty<ObjectModel>(),
        };
        return shapes.SelectMany(s => s.Properties.Values.SelectMany(p =>
            Wrappers.Contains(p.Name) && IsWrapper(s, p.Name) ? InnerNames(p, model).Prepend(p.Name) : [p.Name]));
    }

    private static void CheckClashes(SchemaModel model)
    {
        var found = model.Types.Values.Where(t => !t.WrapperClashes.IsEmpty).ToDictionary(t => t.Name, t => t.WrapperClashes, StringComparer.Ordinal);
        var wrong = found.Where(f => !model.Clashes.TryGetValue(f.Key, out var listed) || !listed.SequenceEqual(f.Value))
            .Select(f => $"{f.Key}: [{string.Join(", ", f.Value)}]")
            .Concat(model.Clashes.Keys.Except(found.Keys).Select(n => $"{n} has none"))
            .ToList();
        if (wrong.Count > 0)
        {
            throw new FormatException($"Names that stand both in a type and in its wrapper are not as the section 'clashes' lists them:\n  {string.Join("\n  ", wrong)}");
        }
    }
}
