// Puts activities into a container, or takes them out of theirs.
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

internal static class WrapActivities
{
    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        if (context.SelectedActivities is not { Length: > 0 } selected || ActivityGroup.Of(context.Graph, selected) is not { } group)
        {
            yield break;
        }

        var wrapping = new ActivityWrapping(context.Document, context.Index);
        foreach (var container in ActivityWrapping.Containers.Where(c => ActivityWrapping.CanWrap(c, group, context.Sites)))
        {
            var title = $"Wrap {Describe(group)} in {container}";
            yield return new Refactoring(Refactoring.Rewrite, CodeFix.Deferred(title, () => new FixEdit(wrapping.Wrap(container, group))));
        }
    }

    private static string Describe(ActivityGroup group) => group.Members is [var only] ? $"'{only.Name}'" : $"{group.Members.Length} activities";
}

internal static class UnwrapContainer
{
    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        if (context.SelectedActivities is not [var container] || !ContainerNesting.IsContainer(container.Activity.Type))
        {
            yield break;
        }

        var wrapping = new ActivityWrapping(context.Document, context.Index);
        var branches = ActivityWrapping.FindBranches(context.Resource, container);
        foreach (var (name, scope) in branches.Where(b => ActivityWrapping.CanUnwrap(container, b.Scope, context.Graph, context.Sites)))
        {
            var title = branches.Length == 1 ? $"Unwrap '{container.Name}'" : $"Unwrap '{container.Name}', keep only {name}";
            yield return new Refactoring(Refactoring.Rewrite, CodeFix.Deferred(title, () => new FixEdit(wrapping.Unwrap(container, scope, context.Graph))));
        }
    }
}
