// Steps of a rewriting that change who waits for whom.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

internal static class DependencySteps
{
    /// <summary>Makes an activity wait for another one no more.</summary>
    public static void RemoveDependency(this DocumentRewriting rewriting, string activity, string on)
    {
        while (Find(rewriting, activity, on) is { Parent: BoundObject dependency })
        {
            var before = rewriting.Document;
            rewriting.Apply(rewriting.Edits.RemoveItem(dependency));
            if (before == rewriting.Document)
            {
                return;
            }
        }

        // Studio writes an empty list; a person none.
        if (rewriting.Graph.Find(activity) is { Activity.Node: { IsSpec: true } node } && node.Find("dependsOn") is { Value: BoundArray { Items.IsEmpty: true } } empty)
        {
            rewriting.Apply(rewriting.Edits.Remove(empty));
        }
    }

    /// <summary>Makes an activity wait for another one in place of one.</summary>
    public static void RenameDependency(this DocumentRewriting rewriting, string activity, string on, string name)
    {
        if (FindScalar(rewriting, activity, on) is { } scalar)
        {
            rewriting.Apply(rewriting.Edits.SetText(scalar, name));
        }
    }

    /// <summary>Makes an activity wait for one more.</summary>
    public static void AddDependency(this DocumentRewriting rewriting, string activity, ActivityDependency dependency)
    {
        if (rewriting.Graph.Find(activity) is not { Activity.Node: var node })
        {
            return;
        }

        if (dependency.IsDefault || node.FindValue("dependsOn") is not BoundArray list)
        {
            rewriting.Apply(new Declarations(rewriting.Document, rewriting.Resource).AddDependency(node, dependency.Activity));
            if (!dependency.IsDefault && Find(rewriting, activity, dependency.Activity)?.Parent is BoundObject added)
            {
                rewriting.Apply(rewriting.Edits.SetProperty(added, "dependencyConditions", Conditions(dependency)));
            }

            return;
        }

        rewriting.Apply(list.Syntax is MappingSyntax mapping
            ? Wrap(new StructureEdits(rewriting.Document.Text, rewriting.Document.Syntax.Language).AddEntry(mapping, dependency.Activity, Short(dependency)))
            : rewriting.Edits.AddItem(list, new NewMapping(("activity", new NewScalar(dependency.Activity)), ("dependencyConditions", Conditions(dependency)))));
    }

    private static NewSequence Conditions(ActivityDependency dependency) => new([.. dependency.Conditions.Select(c => new NewScalar(c))]);

    private static NewNode Short(ActivityDependency dependency) => dependency.Conditions is [var only] ? new NewScalar(only) : Conditions(dependency);

    private static BoundNode? Find(DocumentRewriting rewriting, string activity, string on) => FindScalar(rewriting, activity, on)?.Parent;

    private static BoundScalar? FindScalar(DocumentRewriting rewriting, string activity, string on) => rewriting.Graph.Find(activity)?.Activity.Dependencies
        .Select(d => d.Activity).FirstOrDefault(d => d.Text.Equals(on, StringComparison.OrdinalIgnoreCase));

    private static ImmutableArray<Text.TextChange> Wrap(Text.TextChange? change) => change is { } one ? [one] : [];
}
