// Applies schemas/curated to the facts from the package. A key that is not known, a name that nothing has and an entry that changes nothing are
// errors: they are slips, or the package has caught up.
using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class Curation
{
    /// <param name="files">Contents by file name; applied in the order of the names.</param>
    /// <exception cref="FormatException">A file is wrong; the message names it and the line.</exception>
    public static SchemaModel Apply(SchemaModel facts, ImmutableSortedDictionary<string, string> files)
    {
        var model = facts;
        // What is said of one property counts more than a rule about many, wherever it stands.
        foreach (var isForRules in (bool[])[true, false])
        {
            foreach (var (name, text) in files)
            {
                try
                {
                    model = Yaml.Parse(text).Entries().Where(s => s.Key == "rules" == isForRules).Aggregate(model, ApplySection);
                }
                catch (Exception e) when (e is FormatException or YamlDotNet.Core.YamlException or InvalidCastException)
                {
                    throw new FormatException($"{name}: {e.Message}", e);
                }
            }
        }

        CheckNames(model);
        return model;
    }

    private static SchemaModel ApplySection(SchemaModel model, KeyValuePair<string, YamlNode> section) => section.Key switch
    {
        "rules" => ((YamlSequenceNode)section.Value).Cast<YamlMappingNode>().Aggregate(model, CurationRule.Apply),
        "types" => ((YamlMappingNode)section.Value).Entries().Aggregate(model, (m, e) => ApplyType(m, e.Key, (YamlMappingNode)e.Value)),
        "clashes" => model with { Clashes = ReadClashes((YamlMappingNode)section.Value) },
        "resources" => model with { Resources = ((YamlMappingNode)section.Value).Entries().Aggregate(model.Resources, AddResource) },
        var other => throw section.Value.Error($"'{other}' is no section; use rules, types, resources or clashes"),
    };

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> ReadClashes(YamlMappingNode node) => node.Entries()
        .ToImmutableSortedDictionary(e => e.Key, e => ((YamlSequenceNode)e.Value).Select(v => v.Text()).ToImmutableArray(), StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, string> AddResource(ImmutableSortedDictionary<string, string> resources, KeyValuePair<string, YamlNode> entry) =>
        resources.ContainsKey(entry.Key) ? throw entry.Value.Error($"the resource '{entry.Key}' is in the package") : resources.Add(entry.Key, entry.Value.Text());

    private static SchemaModel ApplyType(SchemaModel model, string name, YamlMappingNode node)
    {
        var isNew = node.Find("new")?.Flag() == true;
        if (isNew == model.Types.ContainsKey(name))
        {
            throw node.Error(isNew ? $"'{name}' is in the package; leave 'new' out" : $"there is no type '{name}'; is 'new: true' missing?");
        }

        var before = isNew ? new ObjectModel(name, TypeModel.NoProperties) : model.Types[name];
        var after = node.Entries().Where(e => e.Key != "new").Aggregate(before, (type, e) => ApplyKey(type, e.Key, e.Value));
        if (after == before && !isNew)
        {
            throw node.Error($"'{name}' is changed in nothing");
        }

        var changed = model.With(after);
        return isNew && after is ObjectModel { Union: { } union, Discriminator: { } discriminator } ? AddVariant(changed, union, discriminator, name, node) : changed;
    }

    private static SchemaModel AddVariant(SchemaModel model, string union, string discriminator, string name, YamlNode node) =>
        model.Types.GetValueOrDefault(union) is UnionModel owner && !owner.Variants.ContainsKey(discriminator)
            ? model.With(owner with { Variants = owner.Variants.Add(discriminator, name) })
            : throw node.Error($"'{union}' is no union, or has '{discriminator}' already");

    private static TypeModel ApplyKey(TypeModel type, string key, YamlNode value) => (key, type) switch
    {
        ("properties", _) => type with { Properties = ((YamlMappingNode)value).Entries().Aggregate(type.Properties, (p, e) => ApplyProperty(p, e.Key, e.Value)) },
        ("order", _) => type with { Order = [.. ((YamlSequenceNode)value).Select(v => v.Text())] },
        ("description", _) => type with { Description = value.Text() },
        ("union", ObjectModel shape) => shape with { Union = value.Text() },
        ("discriminator", ObjectModel shape) => shape with { Discriminator = value.Text() },
        ("additional", ObjectModel shape) => shape with { Additional = value.Text() == "none" ? null : new TypeText(value.Text()) },
        ("reference", ObjectModel shape) => shape with { Reference = value.Text() },
        ("deprecated", ObjectModel shape) => shape with { IsDeprecated = value.Flag() },
        _ => throw value.Error($"'{key}' is not known of '{type.Name}'"),
    };

    private static ImmutableSortedDictionary<string, PropertyModel> ApplyProperty(
        ImmutableSortedDictionary<string, PropertyModel> properties, string name, YamlNode value)
    {
        if (value is YamlScalarNode { Value: "removed" })
        {
            var rest = properties.Remove(name);
            return rest != properties ? rest : throw value.Error($"there is no property '{name}' to remove");
        }

        var node = (YamlMappingNode)value;
        var isNew = node.Find("new")?.Flag() == true;
        if (isNew == properties.ContainsKey(name))
        {
            throw node.Error(isNew ? $"the property '{name}' is in the package; leave 'new' out" : $"there is no property '{name}'; is 'new: true' missing?");
        }

        var before = isNew ? new PropertyModel(name, new ValueModel(TypeText.Any)) : properties[name];
        var after = PropertyText.Apply(before, new YamlMappingNode(node.Children.Where(c => c.Key.Text() != "new")));
        return isNew || !after.Equals(before) ? properties.SetItem(name, after) : throw node.Error($"'{name}' is changed in nothing");
    }

    private static void CheckNames(SchemaModel model)
    {
        if (model.Resources.Values.FirstOrDefault(n => !model.Types.ContainsKey(n)) is { } resource)
        {
            throw new FormatException($"A resource is of the type '{resource}', which there is not.");
        }

        foreach (var type in model.Types.Values)
        {
            if (Areas.References(type).FirstOrDefault(n => !model.Types.ContainsKey(n)) is { } missing)
            {
                throw new FormatException($"'{type.Name}' names the type '{missing}', which there is not.");
            }

            if (type.Order.FirstOrDefault(n => !HasProperty(model, type, n)) is { } unknown)
            {
                throw new FormatException($"The order of '{type.Name}' names '{unknown}', which is not a property.");
            }
        }
    }

    private static bool HasProperty(SchemaModel model, TypeModel type, string name) => type.Properties.ContainsKey(name) || type switch
    {
        ObjectModel { Union: { } union } => model.Types[union].Properties.ContainsKey(name),
        UnionModel union => union.Variants.Values.Any(v => model.Types[v].Properties.ContainsKey(name)),
        _ => false,
    };
}
