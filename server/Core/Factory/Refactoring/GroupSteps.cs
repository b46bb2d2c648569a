// Steps of a rewriting that put one activity in the place of several.
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

internal static class GroupSteps
{
    /// <summary>Puts one activity in the place of a group, and lets those wait for it that waited for members.</summary>
    /// <param name="write">The activity, with what has become of the members' text.</param>
    /// <returns>False where the text does not allow for it.</returns>
    public static bool ReplaceGroup(this DocumentRewriting rewriting, ActivityGroup group, string name, Func<ActivityDrafts, IEnumerable<ItemDraft>, Draft> write)
    {
        foreach (var member in group.Members)
        {
            foreach (var dependency in group.OuterDependencies.Where(o => member.Dependencies.Any(d => o.IsOn(d.Name))))
            {
                rewriting.RemoveDependency(member.Name, dependency.Activity);
            }
        }

        foreach (var dependent in group.Dependents)
        {
            var waited = group.Members.Where(m => dependent.Dependencies.Any(d => d.Name.Equals(m.Name, StringComparison.OrdinalIgnoreCase))).ToList();
            rewriting.RenameDependency(dependent.Name, waited[0].Name, name);
            waited.Skip(1).ToList().ForEach(w => rewriting.RemoveDependency(dependent.Name, w.Name));
        }

        return PutInPlace(rewriting, group, write) && rewriting.IsSound;
    }

    /// <summary>The place of an activity in the text of its list; -1 where it is an alias of another place.</summary>
    public static int IndexOf(this SequenceDraft list, ActivityNode activity) =>
        list.Items.ToList().FindIndex(i => i.Value is KeptDraft kept && kept.Node == activity.Activity.Node.Syntax);

    private static bool PutInPlace(DocumentRewriting rewriting, ActivityGroup group, Func<ActivityDrafts, IEnumerable<ItemDraft>, Draft> write)
    {
        var members = group.Members.Select(m => rewriting.Graph.Find(m.Name)).OfType<ActivityNode>().ToList();
        if (members.Count != group.Members.Length || members[0].Siblings.Syntax is not SequenceSyntax sequence)
        {
            return false;
        }

        var list = rewriting.Reader.Read(sequence);
        var places = members.Select(list.IndexOf).Order().ToList();
        if (places[0] < 0)
        {
            return false;
        }

        var items = places.Select((p, i) => i > 0 ? list.Items[p] : list.Items[p] with { Before = [.. list.Items[p].Before.SkipWhile(c => c.Length == 0)] });
        var written = new ItemDraft(write(ActivityDrafts.For(members[0], list), items)) { Before = [.. list.Items[places[0]].Before.TakeWhile(c => c.Length == 0)] };
        var rest = list.Items.Select((item, i) => (Item: i == places[0] ? written : item, Index: i)).Where(p => p.Index == places[0] || !places.Contains(p.Index));
        rewriting.Replace(sequence, list with { Items = [.. rest.Select(p => p.Item)] });
        return true;
    }
}
