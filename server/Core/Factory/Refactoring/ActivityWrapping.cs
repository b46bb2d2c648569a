// Puts a container around activities, and takes one away from around them.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>Wraps and unwraps activities of one pipeline. What is made runs as what was there did, until somebody gives it another condition.</summary>
/// <param name="index">Which of the document's resources the pipeline is.</param>
public sealed class ActivityWrapping(ResourceDocument document, int index)
{
    /// <summary>The containers that activities can be wrapped in.</summary>
    public static ImmutableArray<string> Containers { get; } = ["ForEach", "IfCondition", "Until"];

    /// <summary>Whether siblings can be put into a container without another activity missing them.</summary>
    public static bool CanWrap(string container, ActivityGroup group, IEnumerable<ExpressionSite> sites) =>
        ContainerNesting.MayWrap(container, group.Members, group.Graph)
        && (container == "Until" || !ActivityNames.AreReadOutside(group, sites));

    /// <summary>Wraps siblings.</summary>
    /// <param name="container">One of <see cref="Containers"/>.</param>
    /// <returns>No changes where the text does not allow for any.</returns>
    public ImmutableArray<TextChange> Wrap(string container, ActivityGroup group)
    {
        var rewriting = new DocumentRewriting(document, index);
        var name = ActivityNames.MakeUnique(container == "IfCondition" ? "If Condition1" : container + "1", group.Graph);
        var isDone = rewriting.ReplaceGroup(group, name, (drafts, items) => drafts.Activity(name, container, group.OuterDependencies, TypeProperties(container, drafts, items)));
        return isDone ? rewriting.Changes : [];
    }

    /// <summary>The lists of activities of a container, with the name of the branch.</summary>
    public static ImmutableArray<(string Branch, ActivityScope Scope)> FindBranches(BoundResource pipeline, ActivityNode container) =>
    [
        .. from scope in ActivityScope.FindAll(pipeline)
           where scope.List.Syntax is SequenceSyntax && !scope.Activities.IsEmpty && ActivityScope.FindActivity(scope.List)?.Node == container.Activity.Node
           select (NameOfBranch(scope.List), scope),
    ];

    /// <summary>Whether the activities of a branch can stand in the place of their container.</summary>
    public static bool CanUnwrap(ActivityNode container, ActivityScope branch, ActivityGraph graph, IEnumerable<ExpressionSite> sites)
    {
        var inner = InnerOf(branch, graph);
        var leaves = LeavesOf(inner);
        var dependents = graph.All.Where(a => a.Siblings == container.Siblings && a.Dependencies.Any(d => Is(d.Name, container.Name))).ToList();
        return !container.IsInactive && ActivityGroup.Of(graph, [container]) is not null && inner.All(i => i.Name.Length > 0)
            && inner.All(i => ActivityDependency.Of(i) is not null)
            && (inner.Count == 1 || dependents.All(d => ActivityDependency.Of(d)?.All(o => !o.IsOn(container.Name) || o.IsDefault) == true))
            && leaves.Count > 0
            && !sites.Any(s => NamesContainer(s, container, branch, graph));
    }

    /// <summary>Puts the activities of a branch in the place of their container; other branches go.</summary>
    /// <returns>No changes where the text does not allow for any.</returns>
    public ImmutableArray<TextChange> Unwrap(ActivityNode container, ActivityScope branch, ActivityGraph graph)
    {
        var rewriting = new DocumentRewriting(document, index);
        var inner = InnerOf(branch, graph);
        var place = ActivityScope.FindAll(rewriting.Resource).Select(s => s.List).ToList().IndexOf(branch.List);
        foreach (var start in inner.Where(i => i.Dependencies.IsEmpty))
        {
            foreach (var dependency in ActivityDependency.Of(container) ?? [])
            {
                rewriting.AddDependency(start.Name, dependency);
            }
        }

        var leaves = LeavesOf(inner);
        foreach (var dependent in graph.All.Where(a => a.Siblings == container.Siblings && a.Dependencies.Any(d => Is(d.Name, container.Name))))
        {
            rewriting.RenameDependency(dependent.Name, container.Name, leaves[0].Name);
            leaves.Skip(1).ToList().ForEach(l => rewriting.AddDependency(dependent.Name, ActivityDependency.OnSuccess(l.Name)));
        }

        return MoveOut(rewriting, container.Name, place) && rewriting.IsSound ? rewriting.Changes : [];
    }

    private static bool MoveOut(DocumentRewriting rewriting, string container, int listAt)
    {
        if (rewriting.Graph.Find(container) is not { Siblings.Syntax: SequenceSyntax outer } node
            || ActivityScope.FindAll(rewriting.Resource)[listAt].List.Syntax is not SequenceSyntax inner)
        {
            return false;
        }

        var list = rewriting.Reader.Read(outer);
        var at = list.IndexOf(node);
        if (at < 0)
        {
            return false;
        }

        var items = rewriting.Reader.Read(inner).Items;
        items = items.SetItem(0, items[0] with { Before = [.. list.Items[at].Before, .. items[0].Before] });
        rewriting.Replace(outer, list with { Items = [.. list.Items[..at], .. items, .. list.Items[(at + 1)..]] });
        return true;
    }

    private static (string Key, Draft Value)[] TypeProperties(string container, ActivityDrafts drafts, IEnumerable<ItemDraft> items) => container switch
    {
        // Each runs its activities just once, as they did before.
        "ForEach" => [("items", drafts.Expression("@createArray(1)")), ("isSequential", drafts.Flag(true)), ("activities", drafts.List(items))],
        "Until" => [("expression", drafts.Expression("@equals(1, 1)")), ("activities", drafts.List(items)), ("timeout", Draft.Of("0.12:00:00"))],
        _ => [("expression", drafts.Expression("@equals(1, 1)")), ("ifTrueActivities", drafts.List(items))],
    };

    private static List<ActivityNode> InnerOf(ActivityScope branch, ActivityGraph graph) => [.. graph.All.Where(a => a.Siblings == branch.List)];

    private static List<ActivityNode> LeavesOf(List<ActivityNode> inner) => [.. inner.Where(i => !inner.Exists(o => o.Dependencies.Any(d => Is(d.Name, i.Name))))];

    /// <summary>Whether an expression needs the container: it reads it, what is in a branch that goes, or the item of the loop.</summary>
    private static bool NamesContainer(ExpressionSite site, ActivityNode container, ActivityScope branch, ActivityGraph graph)
    {
        var from = graph.FindEnclosing(site.Scalar);
        var isInside = from is not null && from.ContainersAndSelf().Any(c => c.Siblings == branch.List);
        var isGone = !isInside && from?.ContainersAndSelf().Contains(container) == true;
        return !isGone && (ActivityNames.FindReads(site).Any(r => Is(r.Name, container.Name) || IsInOtherBranch(graph.Find(r.Name), container, branch))
            || (isInside && container.Is("ForEach") && ActivityNames.FindItems(site, from!).Any()));
    }

    private static bool IsInOtherBranch(ActivityNode? read, ActivityNode container, ActivityScope branch) => read is not null && read != container
        && read.ContainersAndSelf().Contains(container) && !read.ContainersAndSelf().Any(c => c.Siblings == branch.List);

    private static string NameOfBranch(BoundArray list)
    {
        var name = (list.Parent as BoundProperty)?.Name ?? "";
        return list.Parent?.Parent is BoundObject { Shape.Name: "SwitchCase" } switchCase ? $"case {switchCase.FindString("value")}" : name;
    }

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
