// What the service's engine checks of a pipeline as a whole before it starts any activity: dependencies, and which activities are read.
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;

namespace Pipewright.Core.Simulation;

internal static class TemplateCheck
{
    /// <summary>The first that is wrong; null where nothing is.</summary>
    public static RunError? Find(PipelinePlan plan) => FindDependency(plan) ?? FindCircle(plan) ?? FindRead(plan);

    private static RunError? FindDependency(PipelinePlan plan)
    {
        foreach (var node in plan.Graph.All)
        {
            foreach (var (name, _) in node.Activity.Dependencies)
            {
                if (plan.Graph.Find(name.Text) is not { } upstream || (upstream.Siblings != node.Siblings && !HasSibling(plan, node, name.Text)))
                {
                    return Error(node, SimulationErrors.NoSuchDependency(node.Name, name.Text), plan.PlaceOf(name));
                }
            }
        }

        return null;
    }

    /// <summary>Of two activities of one name the graph finds the first, which need not be the one beside.</summary>
    private static bool HasSibling(PipelinePlan plan, ActivityNode node, string name) =>
        plan.Graph.All.Any(a => a.Siblings == node.Siblings && a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static RunError? FindCircle(PipelinePlan plan) => plan.Lists.Select(l => l.FindStuck()).FirstOrDefault(s => !s.IsEmpty) is { IsDefault: false } stuck
        ? Error(stuck[0], SimulationErrors.Circle(string.Join(", ", stuck.Select(a => a.Name))), plan.PlaceOf(stuck[0].Activity.Name ?? stuck[0].Activity.Node as Binding.BoundNode))
        : null;

    private static RunError? FindRead(PipelinePlan plan)
    {
        foreach (var site in plan.Sites)
        {
            // What is switched off is not looked at.
            if (plan.Graph.FindEnclosing(site.Scalar) is not { } from || from.ContainersAndSelf().Any(c => c.IsInactive) || !site.Template.Diagnostics.IsEmpty)
            {
                continue;
            }

            foreach (var use in NameUses.Find(site.Template).Where(u => u is { Kind: NameKind.Activity, Name: not null }))
            {
                var place = new SourcePlace(plan.Symbol.Document.Path, site.Syntax.ToSourceSpan(use.Span));
                if (plan.Graph.Find(use.Name!) is not { } target)
                {
                    return Error(from, SimulationErrors.NotDefined(from.Name, use.Name!), place);
                }

                if (plan.Graph.ReachOf(from, target) is not (ActivityReach.Upstream or ActivityReach.InBranch))
                {
                    return Error(from, SimulationErrors.NotBefore(from.Name, target.Name), place);
                }
            }
        }

        return null;
    }

    private static RunError Error(ActivityNode activity, string message, SourcePlace place) =>
        new(SimulationErrors.InvalidTemplate, message, SimulationErrors.UserError, activity.Name, place);
}
