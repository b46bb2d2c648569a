// The text form of the facts from the package, made to be read in a diff: one line a property, everything in ordinal order.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Pipewright.Generator;

internal static class GeneratedFiles
{
    private const string Header = "# Generated from the NuGet package Azure.Bicep.Types.Az; see ../README.md. Corrections belong in ../curated.";

    /// <summary>The files' contents by name.</summary>
    public static ImmutableSortedDictionary<string, string> Write(SchemaModel model)
    {
        var files = Areas.Assign(model).GroupBy(a => a.Value, a => model.Types[a.Key], StringComparer.Ordinal)
            .ToImmutableSortedDictionary(g => g.Key + ".yaml", WriteTypes, StringComparer.Ordinal);
        return files.Add("resources.yaml", WriteResources(model));
    }

    private static string WriteResources(SchemaModel model)
    {
        var text = new StringBuilder(Header).Append("\nresources:\n");
        foreach (var (kind, type) in model.Resources)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {kind}: {type}\n");
        }

        return text.ToString();
    }

    private static string WriteTypes(IEnumerable<TypeModel> types)
    {
        var text = new StringBuilder(Header).Append("\ntypes:\n");
        foreach (var type in types.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            WriteType(text, type);
        }

        return text.ToString();
    }

    private static void WriteType(StringBuilder text, TypeModel type)
    {
        text.Append("  ").Append(Yaml.Quote(type.Name)).Append(":\n");
        switch (type)
        {
            case ObjectModel shape:
                WriteLine(text, "union", shape.Union);
                WriteLine(text, "discriminator", shape.Discriminator);
                WriteLine(text, "additional", shape.Additional?.Text);
                break;
            case UnionModel union:
                WriteLine(text, "decidedBy", union.Discriminator);
                text.Append("    variants:\n");
                foreach (var (value, variant) in union.Variants)
                {
                    text.Append("      ").Append(Yaml.Quote(value)).Append(": ").Append(Yaml.Quote(variant)).Append('\n');
                }

                break;
        }

        text.Append(type.Properties.Count == 0 ? "    properties: {}\n" : "    properties:\n");
        foreach (var property in type.Properties.Values)
        {
            text.Append("      ").Append(Yaml.Quote(property.Name)).Append(": { ").AppendJoin(", ", Describe(property)).Append(" }\n");
        }
    }

    private static void WriteLine(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append("    ").Append(key).Append(": ").Append(Yaml.Quote(value)).Append('\n');
        }
    }

    private static IEnumerable<string> Describe(PropertyModel property)
    {
        var value = property.Value;
        yield return $"type: {value.Type}";
        foreach (var (flag, isSet) in new[]
        {
            ("required", property.IsRequired), ("readOnly", property.IsReadOnly), ("deprecated", property.IsDeprecated), ("extensible", value.IsExtensible),
        })
        {
            if (isSet)
            {
                yield return $"{flag}: true";
            }
        }

        if (property.Expression is { } expression)
        {
            yield return $"expression: {expression}";
        }

        if (!value.Allowed.IsEmpty)
        {
            yield return $"allowed: [{string.Join(", ", value.Allowed.Select(Yaml.Quote))}]";
        }

        if (value.Pattern is { } pattern)
        {
            yield return $"pattern: {Yaml.Quote(pattern)}";
        }

        if (value.Minimum is { } minimum)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"minimum: {minimum}");
        }

        if (value.Maximum is { } maximum)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"maximum: {maximum}");
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SchemaModel Read(IEnumerable<string> contents)
    {
        var model = SchemaModel.Empty;
        foreach (var root in contents.Select(Yaml.Parse))
        {
            foreach (var (name, node) in root.Map("types"))
            {
                model = model.With(ReadType(name, (YamlMappingNode)node));
            }

            foreach (var (kind, node) in root.Map("resources"))
            {
                model = model with { Resources = model.Resources.Add(kind, node.Text()) };
            }
        }

        return model;
    }

    private static TypeModel ReadType(string name, YamlMappingNode node)
    {
        var properties = node.Map("properties").ToImmutableSortedDictionary(p => p.Key, p => ReadProperty(p.Key, (YamlMappingNode)p.Value), StringComparer.Ordinal);
        return node.Find("decidedBy") is { } decider
            ? new UnionModel(
                name, decider.Text(), properties, node.Map("variants").ToImmutableSortedDictionary(v => v.Key, v => v.Value.Text(), StringComparer.Ordinal))
            : new ObjectModel(name, properties)
            {
                Union = node.Find("union")?.Text(),
                Discriminator = node.Find("discriminator")?.Text(),
                Additional = node.Find("additional") is { } additional ? new TypeText(additional.Text()) : null,
            };
    }

    private static PropertyModel ReadProperty(string name, YamlMappingNode node) =>
        PropertyText.Apply(new PropertyModel(name, new ValueModel(TypeText.Any)), node);
}
