// Reads `overrides` of a target.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <param name="report">Takes what is wrong; what is not understood is left out.</param>
internal sealed class OverrideReader(Action<Diagnostic> report)
{
    /// <summary>What stands in an override beside the kind and the name of its resources.</summary>
    internal static ImmutableArray<string> Actions { get; } = ["set", "add", "remove"];

    public ImmutableArray<ResourceOverride> Read(SyntaxNode? node)
    {
        if (node is null or ScalarSyntax { Kind: ScalarKind.Null })
        {
            return [];
        }

        if (node is not SequenceSyntax list)
        {
            Report(node.Span, "Overrides are a list, such as '- linkedService: Lake'.");
            return [];
        }

        return [.. list.Items.Select(i => i.Resolved is MappingSyntax item ? ReadItem(item) : ReportItem(i)).OfType<ResourceOverride>()];
    }

    private ResourceOverride? ReportItem(SyntaxNode item)
    {
        Report(item.Span, "An override names resources and what is changed: '{ linkedService: Lake, set: { url: … } }'.");
        return null;
    }

    private ResourceOverride? ReadItem(MappingSyntax item)
    {
        MappingEntrySyntax? named = null;
        var hasUnknown = false;
        var changes = ImmutableArray.CreateBuilder<PropertyOverride>();
        foreach (var entry in item.EffectiveEntries)
        {
            if (FileClassification.GitFolders.ContainsKey(entry.Key.Value))
            {
                named = named is null ? entry : ReportSecond(entry, named);
            }
            else if (Actions.IndexOf(entry.Key.Value) is >= 0 and var action)
            {
                changes.AddRange(ReadChanges(entry, (OverrideAction)action));
            }
            else
            {
                hasUnknown = true;
                var closest = Spelling.FindClosest(entry.Key.Value, FileClassification.GitFolders.Keys.Concat(Actions));
                Report(
                    entry.Key.Span, $"'{entry.Key.Value}' is neither a kind of resource nor one of set, add, remove." + (closest is null ? "" : $" Did you mean '{closest}'?"),
                    closest is null ? [] : [new CodeFix($"Change to '{closest}'", [new TextChange(entry.Key.Span, closest)])]);
            }
        }

        if (named?.Value?.Resolved is ScalarSyntax { Value.Length: > 0, Kind: not ScalarKind.Null } pattern)
        {
            return new ResourceOverride(FileClassification.GitFolders[named.Key.Value], pattern.Value, changes.ToImmutable(), pattern.Span);
        }

        if (named is not null)
        {
            Report(named.Span, $"The name of the {named.Key.Value} is missing. '\"*\"' stands for all.");
        }
        else if (!hasUnknown)
        {
            Report(item.Span, "An override says which resources it changes: by their kind and a name, such as 'linkedService: Lake' or 'dataset: \"*\"'.");
        }

        return null;
    }

    private MappingEntrySyntax ReportSecond(MappingEntrySyntax entry, MappingEntrySyntax first)
    {
        Report(entry.Key.Span, $"One override is about one kind of resource, and this is about '{first.Key.Value}' already. Begin another one.");
        return first;
    }

    private IEnumerable<PropertyOverride> ReadChanges(MappingEntrySyntax entry, OverrideAction action)
    {
        switch (entry.Value?.Resolved)
        {
            case MappingSyntax changes when action != OverrideAction.Remove:
                return [.. changes.EffectiveEntries.Select(c => ReadChange(c.Key.Value, c.Key.Span, action, ToJson(c.Value)?.ToJsonString() ?? "null")).OfType<PropertyOverride>()];
            case SequenceSyntax paths when action == OverrideAction.Remove:
                return [.. paths.Items.Select(i => i.Resolved).OfType<ScalarSyntax>().Select(s => ReadChange(s.Value, s.Span, action, null)).OfType<PropertyOverride>()];
            case ScalarSyntax { Value.Length: > 0, Kind: not ScalarKind.Null } path when action == OverrideAction.Remove:
                return ReadChange(path.Value, path.Span, action, null) is { } change ? [change] : [];
            case null or ScalarSyntax { Kind: ScalarKind.Null }:
                return [];
            default:
                Report(entry.Key.Span, action == OverrideAction.Remove ? "'remove' is a list of paths, such as 'typeProperties.encryptedCredential'." : $"'{entry.Key.Value}' holds paths and values, such as 'typeProperties.url: https://…'.");
                return [];
        }
    }

    private PropertyOverride? ReadChange(string path, TextSpan span, OverrideAction action, string? value)
    {
        if (PropertyPath.Parse(path) is { } parsed)
        {
            return new PropertyOverride(action, parsed, value, span);
        }

        Report(span, $"'{path}' is no path. Write names with dots between them, and brackets for elements of lists: 'activities[Load].policy.retry'.");
        return null;
    }

    private void Report(TextSpan span, string message, params ImmutableArray<CodeFix> fixes) => report(FactoryConfiguration.InvalidOverride.At(span, message, [.. fixes]));

    private static JsonNode? ToJson(SyntaxNode? node) => node?.Resolved switch
    {
        MappingSyntax mapping => new JsonObject(mapping.EffectiveEntries.DistinctBy(e => e.Key.Value).Select(e => KeyValuePair.Create(e.Key.Value, ToJson(e.Value)))),
        SequenceSyntax list => new JsonArray([.. list.Items.Select(ToJson)]),
        ScalarSyntax { Kind: ScalarKind.Null } or null => null,
        ScalarSyntax { Kind: ScalarKind.Boolean } flag => JsonValue.Create(flag.Value.Equals("true", StringComparison.OrdinalIgnoreCase)),
        ScalarSyntax { Kind: ScalarKind.Integer or ScalarKind.Float } number => ReadNumber(number.Value),
        ScalarSyntax text => JsonValue.Create(text.Value),
        _ => null,
    };

    /// <summary>YAML's numbers that JSON does not have, such as <c>0x10</c>, are texts.</summary>
    private static JsonNode? ReadNumber(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
