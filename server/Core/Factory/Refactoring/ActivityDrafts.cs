// New activities, in the form and in the layout of those beside them.
using System.Collections.Immutable;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

/// <summary>Drafts activities for one list.</summary>
/// <param name="isSpec">In the spec form, which leaves wrappers out.</param>
/// <param name="layout">Of the objects.</param>
internal sealed class ActivityDrafts(bool isSpec, DraftLayout layout)
{
    public static ActivityDrafts For(ActivityNode sibling, SequenceDraft list)
    {
        var isSpec = sibling.Activity.Node.IsSpec;
        var isOnLines = list.Layout == DraftLayout.Lines && !isSpec || list.Items.Any(i => i.Value is KeptDraft { Written.Text: var text } && text.Contains('\n', StringComparison.Ordinal));
        return new ActivityDrafts(isSpec, list.Layout == DraftLayout.Block ? DraftLayout.Block : isOnLines ? DraftLayout.Lines : DraftLayout.Row);
    }

    public DraftLayout Layout => layout;

    /// <summary>An activity with what belongs to its type.</summary>
    public MappingDraft Activity(string name, string type, ImmutableArray<ActivityDependency> dependencies, params ReadOnlySpan<(string Key, Draft Value)> typeProperties)
    {
        var entries = ImmutableArray.CreateBuilder<EntryDraft>();
        entries.Add(new EntryDraft("name", Draft.Of(name)));
        entries.Add(new EntryDraft("type", Draft.Of(type)));
        if (!isSpec || !dependencies.IsEmpty)
        {
            entries.Add(new EntryDraft("dependsOn", Dependencies(dependencies)));
        }

        if (!isSpec)
        {
            entries.Add(new EntryDraft("userProperties", new SequenceDraft([], Inner)));
            entries.Add(new EntryDraft("typeProperties", MappingDraft.Of(Inner, typeProperties)));
            return new MappingDraft(entries.ToImmutable(), layout);
        }

        foreach (var (key, value) in typeProperties)
        {
            entries.Add(new EntryDraft(key, value));
        }

        return new MappingDraft(entries.ToImmutable(), layout);
    }

    /// <summary>An expression where the Git form has an object for it.</summary>
    public Draft Expression(string text) => isSpec ? Draft.Of(text) : MappingDraft.Of(Inner, ("value", Draft.Of(text)), ("type", Draft.Of("Expression")));

    public Draft Flag(bool value) => new ScalarDraft(value ? "true" : "false", ScalarKind.Boolean);

    /// <summary>A reference to another resource.</summary>
    public Draft Reference(string name, string type) => isSpec ? Draft.Of(name) : MappingDraft.Of(Inner, ("referenceName", Draft.Of(name)), ("type", Draft.Of(type)));

    /// <summary>A list of activities that stay as they are written.</summary>
    public SequenceDraft List(IEnumerable<ItemDraft> items) => new([.. items], layout);

    private DraftLayout Inner => layout == DraftLayout.Block ? DraftLayout.Row : layout;

    private Draft Dependencies(ImmutableArray<ActivityDependency> dependencies)
    {
        if (!isSpec)
        {
            return SequenceDraft.Of(Inner, dependencies.Select(d => MappingDraft.Of(
                Inner, ("activity", Draft.Of(d.Activity)), ("dependencyConditions", SequenceDraft.Of(Inner, d.Conditions.Select(Draft.Of))))));
        }

        return ShortDependencies(dependencies);
    }

    /// <summary>As the spec form has them: names, or names with conditions.</summary>
    public static Draft ShortDependencies(ImmutableArray<ActivityDependency> dependencies) => dependencies.All(d => d.IsDefault)
            ? SequenceDraft.Of(DraftLayout.Row, dependencies.Select(d => Draft.Of(d.Activity)))
            : new MappingDraft([.. dependencies.Select(d => new EntryDraft(d.Activity, Conditions(d)))], DraftLayout.Row);

    private static Draft Conditions(ActivityDependency dependency) => dependency.Conditions is [var only]
        ? Draft.Of(only)
        : SequenceDraft.Of(DraftLayout.Row, dependency.Conditions.Select(Draft.Of));
}
