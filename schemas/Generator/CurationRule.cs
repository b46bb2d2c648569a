// A curated rule sets the same thing on many properties at once, which it finds by patterns.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

/// <param name="Types">Patterns of type names, with <c>*</c> for anything.</param>
/// <param name="Properties">Patterns of property names.</param>
/// <param name="Of">The property types meant, as written; empty for all.</param>
/// <param name="IsForPatterns">Only properties whose values must match a pattern are meant.</param>
/// <param name="Except">Patterns of <c>Type.property</c> that are left as they are.</param>
internal sealed record CurationRule(Regex Types, Regex Properties, ImmutableHashSet<string> Of, bool IsForPatterns, Regex Except, YamlMappingNode Set)
{
    /// <exception cref="FormatException">The rule changes nothing.</exception>
    public static SchemaModel Apply(SchemaModel model, YamlMappingNode node)
    {
        var rule = Read(node);
        var changed = model.Types.Values.Select(t => (Before: t, After: rule.Apply(t))).Where(t => t.Before != t.After).ToList();
        return changed.Count == 0 ? throw node.Error("the rule changes nothing") : changed.Aggregate(model, (m, t) => m.With(t.After));
    }

    private static CurationRule Read(YamlMappingNode node)
    {
        if (node.Entries().FirstOrDefault(e => e.Key is not ("why" or "types" or "properties" or "of" or "with" or "except" or "set")) is { Key: { } unknown })
        {
            throw node.Error($"'{unknown}' is not known of a rule");
        }

        if (node.Find("why") is null)
        {
            throw node.Error("a rule says why it is there");
        }

        return new CurationRule(
            Patterns(node, "types", "*"), Patterns(node, "properties", "*"), [.. Texts(node, "of")], node.Find("with")?.Text() == "pattern", Patterns(node, "except", null),
            node.Find("set") as YamlMappingNode ?? throw node.Error("'set' is missing"));
    }

    private static IEnumerable<string> Texts(YamlMappingNode node, string key) => node.Find(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Select(v => v.Text()),
        var one => [one.Text()],
    };

    private static Regex Patterns(YamlMappingNode node, string key, string? otherwise)
    {
        var patterns = Texts(node, key).DefaultIfEmpty(otherwise).OfType<string>().Select(p => Regex.Escape(p).Replace("\\*", ".*", StringComparison.Ordinal));
        return new Regex($"^(?:{string.Join('|', patterns.DefaultIfEmpty("(?!)"))})$", RegexOptions.CultureInvariant);
    }

    private TypeModel Apply(TypeModel type)
    {
        if (!Types.IsMatch(type.Name))
        {
            return type;
        }

        var properties = type.Properties;
        foreach (var property in type.Properties.Values.Where(p => Matches(type, p)))
        {
            if (Set.Find("removed")?.Flag() == true)
            {
                properties = properties.Remove(property.Name);
                continue;
            }

            var after = PropertyText.Apply(property, Set);
            properties = after.Equals(property) ? properties : properties.SetItem(property.Name, after);
        }

        return ReferenceEquals(properties, type.Properties) ? type : type with { Properties = properties };
    }

    private bool Matches(TypeModel type, PropertyModel property) => Properties.IsMatch(property.Name)
        && (!IsForPatterns || property.Value.Pattern is not null)
        && (Of.IsEmpty || Of.Contains(property.Value.Type.Text)) && !Except.IsMatch($"{type.Name}.{property.Name}");
}
