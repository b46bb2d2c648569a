// Which properties of a factory's resources become parameters of its template: Microsoft's documentation, "Use custom parameters with the Resource Manager template".
using System.Collections.Immutable;
using System.Text.Json;

namespace Pipewright.Deployment.Templates;

/// <summary>What a definition says of a property.</summary>
internal abstract record ParameterRule;

/// <summary>The property becomes a parameter.</summary>
/// <param name="Action"><c>=</c> keeps the value as the default, <c>-</c> does not, <c>|</c> is for secrets and for names of secrets in a key vault.</param>
/// <param name="Name">What the parameter's name ends with; empty for the property's name.</param>
/// <param name="IsShort">Whether the path between the resource's name and <paramref name="Name"/> is left out.</param>
/// <param name="Type">ARM's type; null where none is said.</param>
internal sealed record ParameterAction(char Action, string Name, bool IsShort, string? Type) : ParameterRule;

/// <summary>Rules for the properties of an object.</summary>
/// <param name="Others">For properties that <paramref name="Members"/> does not name; null for none.</param>
internal sealed record MemberRules(ImmutableDictionary<string, ParameterRule> Members, ParameterRule? Others) : ParameterRule
{
    public ParameterRule? For(string name) => Members.GetValueOrDefault(name) ?? Others;
}

/// <summary>A rule for every element of a list.</summary>
/// <param name="NamePath">The property that tells an element's name, its parts apart by dots; null for the usual ones.</param>
internal sealed record ElementRule(ParameterRule Element, string? NamePath) : ParameterRule;

/// <summary>The definition of a factory's template parameters.</summary>
public sealed class ParameterDefinitions
{
    /// <summary>The name of the file in a factory's root that takes the place of the default.</summary>
    public const string FileName = "arm-template-parameters-definition.json";

    private static readonly ImmutableDictionary<string, string> Types = new[] { "string", "secureString", "int", "bool", "object", "secureObject", "array" }
        .ToImmutableDictionary(t => t, StringComparer.OrdinalIgnoreCase);

    private readonly ImmutableDictionary<string, ParameterRule> _sections;

    private ParameterDefinitions(ImmutableDictionary<string, ParameterRule> sections) => _sections = sections;

    /// <summary>What Data Factory Studio takes where a factory has no such file.</summary>
    public static ParameterDefinitions Default { get; } = Parse(DefaultDefinition.Text, _ => { });

    /// <summary>Reads a definition.</summary>
    /// <param name="report">Given a sentence for each thing that is wrong and left out.</param>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static ParameterDefinitions Parse(string text, Action<string> report)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var sections = ImmutableDictionary.CreateBuilder<string, ParameterRule>(StringComparer.OrdinalIgnoreCase);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            report($"{FileName} holds an object with a member for each kind of resource, such as '{TemplateKinds.Factory}/linkedServices'.");
            return new ParameterDefinitions(sections.ToImmutable());
        }

        foreach (var section in document.RootElement.EnumerateObject())
        {
            if (!section.Name.StartsWith(TemplateKinds.Factory, StringComparison.OrdinalIgnoreCase))
            {
                report($"{FileName}: '{section.Name}' is no kind of resource of a data factory. A kind is written as '{TemplateKinds.Factory}/linkedServices'.");
            }
            else if (Read(section.Value, section.Name, report) is { } rule)
            {
                sections[section.Name] = rule;
            }
        }

        return new ParameterDefinitions(sections.ToImmutable());
    }

    /// <summary>The rules for a resource; null where nothing of it becomes a parameter.</summary>
    /// <param name="section">The type of the resource: <c>Microsoft.DataFactory/factories/linkedServices</c>.</param>
    /// <param name="type">The <c>type</c> in its properties: rules may be for one only. Null for a resource without.</param>
    internal ParameterRule? Find(string section, string? type)
    {
        if (_sections.GetValueOrDefault(section) is not MemberRules rules)
        {
            return null;
        }

        // A section is of rules for all resources, or has such rules by type, with '*' for every other one.
        if (type is not null && rules.Members.FirstOrDefault(m => m.Key.Equals(type, StringComparison.OrdinalIgnoreCase)).Value is MemberRules ofType)
        {
            return ofType;
        }

        return !rules.Members.ContainsKey("properties") && rules.Others is MemberRules ofOthers ? ofOthers : rules;
    }

    private static ParameterRule? Read(JsonElement value, string path, Action<string> report)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = ImmutableDictionary.CreateBuilder<string, ParameterRule>(StringComparer.Ordinal);
                ParameterRule? others = null;
                foreach (var member in value.EnumerateObject())
                {
                    if (Read(member.Value, $"{path}.{member.Name}", report) is not { } rule)
                    {
                        continue;
                    }

                    if (member.Name == "*")
                    {
                        others = rule;
                    }
                    else
                    {
                        members[member.Name] = rule;
                    }
                }

                return new MemberRules(members.ToImmutable(), others);
            case JsonValueKind.Array when value.GetArrayLength() is 1 or 2 && (value.GetArrayLength() == 1 || value[1].ValueKind == JsonValueKind.String):
                return Read(value[0], $"{path}[0]", report) is { } element ? new ElementRule(element, value.GetArrayLength() == 2 ? value[1].GetString() : null) : null;
            case JsonValueKind.Array:
                report($"{FileName}: the list at '{path}' holds a rule for its elements and, if need be, the property that tells their names.");
                return null;
            case JsonValueKind.String:
                return ReadAction(value.GetString()!, path, report);
            default:
                report($"{FileName}: '{path}' has to be an object, a list or a text such as \"=\", \"-:name\" or \"|:-name:secureString\".");
                return null;
        }
    }

    private static ParameterAction? ReadAction(string text, string path, Action<string> report)
    {
        var parts = text.Split(':');
        var type = parts.Length < 3 || parts[2].Length == 0 ? null : Types.GetValueOrDefault(parts[2].Trim());
        if (parts[0] is not ("=" or "-" or "|") || parts.Length > 3 || (type is null && parts.Length == 3 && parts[2].Length > 0))
        {
            report($"{FileName}: \"{text}\" at '{path}' is no action. It is written as <action>:<name>:<type>, with the action '=', '-' or '|' and the type {string.Join(", ", Types.Keys.Order(StringComparer.Ordinal))}.");
            return null;
        }

        var name = parts.Length > 1 ? parts[1] : "";
        return new ParameterAction(parts[0][0], name.TrimStart('-'), name.StartsWith('-'), type);
    }
}
