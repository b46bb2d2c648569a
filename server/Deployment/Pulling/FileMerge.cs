// Changes a file to what is live, and nothing else of it: comments, order and layout stay.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Deployment.Pulling;

internal static class FileMerge
{
    /// <summary>Members that hold the reference by which an element is named, as comparisons name it.</summary>
    private static readonly ImmutableArray<string> Holders = ["pipelineReference", "referenceTrigger", "dataset", "linkedService"];

    /// <summary>The text with the values of another in some places.</summary>
    /// <param name="index">Which of the document's resources it is about.</param>
    /// <param name="fresh">The resource as it is live, in the same form.</param>
    /// <param name="paths">The places, as a comparison names them.</param>
    /// <returns>Null where a place can't be changed by itself.</returns>
    public static ResourceDocument? Merge(ResourceDocument document, int index, ResourceDocument fresh, IEnumerable<string> paths)
    {
        if (fresh.Resources is not [{ Root: { } wanted }])
        {
            return null;
        }

        var current = document;
        foreach (var path in Outermost(paths))
        {
            if (current.Resources.ElementAtOrDefault(index)?.Root is not { } root || PropertyPath.Parse(path) is not { } steps
                || Change(new ResourceEdits(current), root, wanted, steps.Steps) is not { IsEmpty: false } changes)
            {
                return null;
            }

            current = ResourceDocument.Create(current.Path, current.Text.WithChanges(changes), current.Classification);
            if (current.HasSyntaxErrors)
            {
                return null;
            }
        }

        return current;
    }

    /// <summary>Where the whole of something is changed, so is what is in it.</summary>
    private static IEnumerable<string> Outermost(IEnumerable<string> paths)
    {
        var all = paths.Distinct(StringComparer.Ordinal).ToList();
        return all.Where(p => !all.Exists(o => o.Length < p.Length && p.StartsWith(o, StringComparison.Ordinal) && p[o.Length] is '.' or '['));
    }

    private static ImmutableArray<TextChange> Change(ResourceEdits edits, BoundObject root, BoundObject wanted, ImmutableArray<PathStep> steps)
    {
        BoundNode old = root, fresh = wanted;
        for (var i = 0; i < steps.Length; i++)
        {
            // In a list without names a place means nothing once elements come and go.
            if (old is BoundArray before && fresh is BoundArray after && steps[i].Index is not null && before.Items.Length != after.Items.Length)
            {
                return edits.SetValue(old, ToNew(fresh));
            }

            var (from, to) = (Step(old, steps[i]), Step(fresh, steps[i]));
            if (from is null && to is null)
            {
                return [];
            }

            if (from is null)
            {
                return old switch
                {
                    BoundObject owner => edits.SetProperty(owner, NameOf(fresh, steps[i].Text), ToNew(to!)),
                    BoundArray list => edits.AddItem(list, ToNew(to!)),
                    _ => [],
                };
            }

            if (to is null)
            {
                return from.Parent is BoundProperty property ? edits.Remove(property) : edits.RemoveItem(from);
            }

            (old, fresh) = (from, to);
        }

        return old is BoundScalar { Kind: ScalarKind.String, Syntax: ScalarSyntax { Kind: ScalarKind.String } } text && fresh is BoundScalar { Kind: ScalarKind.String } other
            ? edits.SetText(text, other.Text)
            : edits.SetValue(old, ToNew(fresh));
    }

    private static string NameOf(BoundNode owner, string name) => (owner as BoundObject)?.Find(name)?.Name ?? name;

    private static BoundNode? Step(BoundNode node, PathStep step) => node switch
    {
        BoundObject value => value.FindValue(step.Text),
        BoundArray list when list.Items.FirstOrDefault(i => IsNamed(i, step.Text)) is { } named => named,
        BoundArray list when step.Index is { } index && index < list.Items.Length => list.Items[index],
        _ => null,
    };

    private static bool IsNamed(BoundNode item, string name) => item is BoundObject value
        && (JsonElements.NameMembers.Any(m => name.Equals(value.FindString(m), StringComparison.OrdinalIgnoreCase))
            || Holders.Any(h => name.Equals((value.FindValue(h) as BoundObject)?.FindString("referenceName"), StringComparison.OrdinalIgnoreCase)));

    /// <summary>As its own text has it, so that the spec form stays short; where something is only implied, or kept by a tag, as the Git form has it.</summary>
    private static NewNode ToNew(BoundNode node) => node.Syntax is { } syntax && !HasTags(syntax) ? ToNew(syntax) : node switch
    {
        BoundObject value => new NewMapping([.. value.Properties.Select(p => (p.Name, ToNew(p.Value)))]),
        BoundArray list => new NewSequence([.. list.Items.Select(ToNew)]),
        BoundScalar { Kind: ScalarKind.String } text => new NewScalar(text.Text),
        BoundScalar other => new NewLiteral(other.Text),
        _ => throw new ArgumentException($"A {node.GetType().Name} is not a value.", nameof(node)),
    };

    private static NewNode ToNew(SyntaxNode syntax) => syntax switch
    {
        MappingSyntax mapping => new NewMapping([.. mapping.Entries.Select(e => (e.Key.Value, e.Value is null ? new NewLiteral("null") : ToNew(e.Value)))]),
        SequenceSyntax list => new NewSequence([.. list.Items.Select(ToNew)]),
        ScalarSyntax { Kind: ScalarKind.String } text => new NewScalar(text.Value),
        ScalarSyntax other => new NewLiteral(other.Value),
        _ => throw new ArgumentException($"A {syntax.GetType().Name} is not a value.", nameof(syntax)),
    };

    private static bool HasTags(SyntaxNode syntax)
    {
        var pending = new Stack<SyntaxNode>([syntax]);
        while (pending.TryPop(out var node))
        {
            if (node.Tag is not null || node is AliasSyntax)
            {
                return true;
            }

            foreach (var child in node.Children)
            {
                pending.Push(child);
            }
        }

        return false;
    }
}
