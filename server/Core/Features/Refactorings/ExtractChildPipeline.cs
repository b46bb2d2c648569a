// Moves activities into a pipeline of their own.
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

internal static class ExtractChildPipeline
{
    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        if (context.SelectedActivities is not [var first, ..] selected)
        {
            yield break;
        }

        var tail = ChildPipelineExtraction.FindTail(context.Graph, first);
        var choices = new List<(string Title, IReadOnlyList<ActivityNode> Activities)>
        {
            (selected.Length == 1 ? $"Extract '{first.Name}' into a child pipeline" : $"Extract {selected.Length} activities into a child pipeline", selected),
        };
        if (selected.Length == 1 && tail.Length > 1)
        {
            choices.Add(($"Extract '{first.Name}' and all after it into a child pipeline", tail));
        }

        var branches = selected.Length == 1 ? ActivityWrapping.FindBranches(context.Resource, first) : [];
        choices.AddRange(branches.Select(b => (
            $"Extract {b.Branch} of '{first.Name}' into a child pipeline", (IReadOnlyList<ActivityNode>)[.. context.Graph.All.Where(a => a.Siblings == b.Scope.List)])));
        foreach (var (title, activities) in choices)
        {
            if (IsWorthIt(context, activities) && ChildPipelineExtraction.Plan(context.Factory, context.Document, context.Resource, activities) is { } plan)
            {
                yield return new Refactoring(Refactoring.Extract, CodeFix.Deferred(title, plan.Extract));
            }
        }
    }

    /// <summary>A pipeline that only executes another one is none.</summary>
    private static bool IsWorthIt(RefactoringContext context, IReadOnlyList<ActivityNode> activities) =>
        !(activities is [var only] && only.Is("ExecutePipeline")) && !activities.Any(a => a.IsInactive) && (context.Graph.All.Length > 1);
}
