// Puts what a variable is set to, once, in its place.
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

internal static class InlineVariable
{
    /// <summary>Functions that give another value each time.</summary>
    private static readonly string[] Changing = ["utcNow", "guid", "rand"];

    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        if (context.Resource.Kind != ResourceKind.Pipeline || FindName(context) is not { } name
            || Declared.Variables(context.Resource).FirstOrDefault(v => v.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } variable
            || InlinedUses.Find(context, NameKind.Variable, name) is not { Count: > 0 } uses)
        {
            yield break;
        }

        var writers = context.Graph.All.Where(a => (a.Is("SetVariable") || a.Is("AppendVariable")) && name.Equals(a.TypeProperties?.FindString("variableName"), StringComparison.OrdinalIgnoreCase)).ToList();
        var value = writers.Count == 0 ? InlinedValue.Of(variable.Default) : InlinedValue.Of(writers[0].TypeProperties?.FindValue("value"));
        if (value is null || writers.Count > 1 || uses.Exists(u => value.PutInto(context.Document, u.Site, u.Nodes) is not { IsEmpty: false })
            || (writers is [var setter] && !CanReplace(context, setter, value, uses)))
        {
            yield break;
        }

        yield return new Refactoring(Refactoring.Inline, CodeFix.Deferred($"Inline the variable '{variable.Name}'", () => Inline(context, variable.Name, writers.FirstOrDefault(), value, uses)));
    }

    private static string? FindName(RefactoringContext context) => InlinedUses.FindNameAt(context, NameKind.Variable, "variables")
        ?? (context.SelectedActivities is [var one] && one.Is("SetVariable") ? one.TypeProperties?.FindString("variableName") : null);

    /// <summary>Whether the value is the same wherever it is read as where it is set, and nobody misses the activity that sets it.</summary>
    private static bool CanReplace(RefactoringContext context, ActivityNode setter, InlinedValue value, List<(ExpressionSite Site, ExpressionNode[] Nodes)> uses)
    {
        var graph = context.Graph;
        var calls = ActivityNames.NodesOf(Template.Parse(value.Text)).OfType<CallNode>().ToList();
        var readers = uses.Select(u => graph.FindEnclosing(u.Site.Scalar)).ToList();
        var isSameItem = !calls.Exists(c => c.Calls("item")) || uses.TrueForAll(u => LoopOf(graph.FindEnclosing(u.Site.Scalar)) == LoopOf(setter) && graph.FindEnclosing(u.Site.Scalar)?.Is("Filter") != true);
        var isStable = !calls.Exists(c => Changing.Any(c.Calls)) || uses.Sum(u => u.Nodes.Length) == 1;
        var readsVariable = calls.Exists(c => c.Calls("variables"));
        return setter.Is("SetVariable") && setter.Name.Length > 0 && !setter.ContainersAndSelf().Any(c => c.IsInactive) && isSameItem && isStable && !readsVariable
            && readers.TrueForAll(r => r is not null && r != setter && graph.ReachOf(r, setter) == ActivityReach.Upstream)
            && ActivityGroup.Of(graph, [setter]) is { } group && !ActivityNames.AreReadOutside(group, context.Sites)
            && group.Dependents.All(d => CanTakeOver(d, setter));
    }

    /// <summary>Whether a dependent can wait for what the activity waits for, in place of it.</summary>
    private static bool CanTakeOver(ActivityNode dependent, ActivityNode setter) => ActivityDependency.Of(dependent) is { } own && ActivityDependency.Of(setter) is { } taken
        && own.Where(d => d.IsOn(setter.Name)).All(d => d.IsDefault)
        && taken.All(t => own.All(o => !o.IsOn(t.Activity) || o.HasConditionsOf(t)));

    private static ActivityNode? LoopOf(ActivityNode? activity) => activity?.ContainersAndSelf().Skip(1).FirstOrDefault(c => c.Is("ForEach"));

    private static FixEdit Inline(RefactoringContext context, string variable, ActivityNode? setter, InlinedValue value, List<(ExpressionSite Site, ExpressionNode[] Nodes)> uses)
    {
        var rewriting = new DocumentRewriting(context.Document, context.Index);
        rewriting.Apply(uses.SelectMany(u => value.PutInto(context.Document, u.Site, u.Nodes)!.Value));
        if (setter is not null && ActivityGroup.Of(context.Graph, [setter]) is { } group)
        {
            foreach (var dependent in group.Dependents)
            {
                rewriting.RemoveDependency(dependent.Name, setter.Name);
                foreach (var dependency in (ActivityDependency.Of(setter) ?? []).Where(d => rewriting.Graph.Find(dependent.Name)?.Dependencies.Any(o => d.IsOn(o.Name)) == false))
                {
                    rewriting.AddDependency(dependent.Name, dependency);
                }
            }

            if (!Remove(rewriting, setter.Name))
            {
                return new FixEdit([]);
            }
        }

        if (Declared.Variables(rewriting.Resource).FirstOrDefault(v => v.Name == variable) is { } declared)
        {
            rewriting.Apply(rewriting.Edits.Remove(declared.Node));
        }

        return rewriting.IsSound ? new FixEdit(rewriting.Changes) : new FixEdit([]);
    }

    private static bool Remove(DocumentRewriting rewriting, string activity)
    {
        if (rewriting.Graph.Find(activity) is not { Siblings.Syntax: SequenceSyntax sequence } node)
        {
            return false;
        }

        var list = rewriting.Reader.Read(sequence);
        var at = list.IndexOf(node);
        if (at >= 0)
        {
            rewriting.Replace(sequence, list with { Items = list.Items.RemoveAt(at) });
        }

        return at >= 0;
    }
}
