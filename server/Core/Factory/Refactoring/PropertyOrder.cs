// The order in which Studio writes the properties of resources and activities.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

/// <summary>Sorts properties. The orders were counted over files of factories that Studio has written; properties of unknown place stay behind the known ones.</summary>
public sealed class PropertyOrder
{
    private static readonly string[] Root = ["name", "properties", "type"];

    private static readonly string[] Activity =
        ["name", "description", "type", "state", "onInactiveMarkAs", "dependsOn", "policy", "userProperties", "typeProperties", "linkedServiceName", "inputs", "outputs"];

    private static readonly ImmutableDictionary<ResourceKind, string[]> Properties = new Dictionary<ResourceKind, string[]>
    {
        [ResourceKind.Pipeline] = ["description", "activities", "policy", "concurrency", "parameters", "variables", "folder", "annotations", "runDimensions", "lastPublishTime"],
        [ResourceKind.Dataset] = ["description", "linkedServiceName", "parameters", "folder", "annotations", "type", "structure", "typeProperties", "schema"],
        [ResourceKind.LinkedService] = ["description", "version", "parameters", "annotations", "type", "typeProperties", "connectVia"],
        [ResourceKind.Trigger] = ["description", "annotations", "runtimeState", "pipelines", "pipeline", "type", "typeProperties"],
        [ResourceKind.DataFlow] = ["folder", "description", "annotations", "type", "typeProperties"],
        [ResourceKind.IntegrationRuntime] = ["type", "description", "typeProperties", "managedVirtualNetwork"],
    }.ToImmutableDictionary();

    private readonly DraftReader _reader;

    /// <summary>The order of the entries of each mapping that is to be sorted.</summary>
    private readonly Dictionary<MappingSyntax, Func<EntryDraft, int>> _ranks = [];
    private readonly HashSet<SyntaxNode> _holders = [];

    private PropertyOrder(DraftReader reader) => _reader = reader;

    /// <summary>Sorts what is written in another order within a part of a resource.</summary>
    /// <param name="part">The resource's root, or an activity; all activities below are sorted too.</param>
    /// <returns>Null where all is in order, or where names of YAML anchors may depend on the order.</returns>
    public static (SyntaxNode Node, Draft Sorted)? Sort(ResourceDocument document, BoundResource resource, BoundObject part)
    {
        var order = new PropertyOrder(new DraftReader(document.Syntax));
        if (part.Syntax is not MappingSyntax node || document.HasSyntaxErrors || HasAnchors(document.Syntax))
        {
            return null;
        }

        if (part == resource.Root)
        {
            order.Add(part, Root, resource);
            order.Add(resource.Properties, Properties.GetValueOrDefault(resource.Kind, []), resource);
        }

        var activities = resource.Kind == ResourceKind.Pipeline ? ActivityScope.FindAll(resource).SelectMany(s => s.Activities).Select(a => a.Node) : [];
        foreach (var activity in activities.Where(a => part.Span.Contains(a.Span)))
        {
            order.Add(activity, Activity, resource);
        }

        return order._ranks.Count == 0 ? null : (node, order.Write(node));
    }

    internal static bool HasAnchors(SyntaxTree tree) =>
        tree.Language == SyntaxLanguage.Yaml && tree.Tokens.Any(t => t.Kind is SyntaxTokenKind.Anchor or SyntaxTokenKind.Alias or SyntaxTokenKind.Tag);

    /// <summary>Notes a mapping if it is not in order.</summary>
    private void Add(BoundObject? value, string[] order, BoundResource resource)
    {
        if (value?.Syntax is not MappingSyntax mapping || order.Length == 0 || _ranks.ContainsKey(mapping))
        {
            return;
        }

        // Where wrappers are left out, their properties stand in the place of the wrapper.
        string[] names = value == resource.Root && resource.Properties is { Syntax: null } ? ["name", .. Properties.GetValueOrDefault(resource.Kind, []), "type"] : order;
        var typeProperties = Array.FindIndex(names, n => n == "typeProperties");
        int Rank(EntryDraft entry)
        {
            var at = Array.FindIndex(names, entry.Is);
            return at >= 0 ? at : typeProperties >= 0 && IsOfType(value, entry.Key) ? typeProperties : names.Length;
        }

        var ranks = _reader.Read(mapping).Entries.Select(Rank).ToList();
        if (!ranks.SequenceEqual(ranks.Order()))
        {
            _ranks[mapping] = Rank;
            for (SyntaxNode? holder = mapping; holder is not null; holder = holder.Parent)
            {
                _holders.Add(holder);
            }
        }
    }

    private static bool IsOfType(BoundObject value, string key) =>
        value.Levels.Length > 1 && value.Levels[^1].FindProperty(key) is not null && value.Levels[0].FindProperty(key) is null;

    private Draft Write(SyntaxNode node) => node switch
    {
        MappingSyntax mapping when _holders.Contains(mapping) => Write(mapping),
        SequenceSyntax sequence when _holders.Contains(sequence) => Write(sequence),
        _ => _reader.Keep(node),
    };

    private MappingDraft Write(MappingSyntax mapping)
    {
        var draft = _reader.Read(mapping);
        var entries = draft.Entries.Zip(mapping.Entries, (d, e) => e.Value is { } value && _holders.Contains(value) ? d.With(Write(value)) : d);
        return _ranks.TryGetValue(mapping, out var rank) ? draft with { Entries = [.. entries.OrderBy(rank)] } : draft with { Entries = [.. entries] };
    }

    private SequenceDraft Write(SequenceSyntax sequence)
    {
        var draft = _reader.Read(sequence);
        return draft with { Items = [.. draft.Items.Zip(sequence.Items, (d, item) => _holders.Contains(item) ? d with { Value = Write(item) } : d)] };
    }
}
