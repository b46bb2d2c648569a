// ExecutePipeline.
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

internal static class PipelineCall
{
    public static void Start(ActivityWalk walk)
    {
        var reference = walk.Property("pipeline") as BoundObject;
        var name = reference?.FindString("referenceName") ?? "";
        if (walk.Simulation.FindPlan(name) is not { } plan)
        {
            walk.Fail("PipelineNotFound", SimulationErrors.NoSuchPipeline(name), reference);
            return;
        }

        if (walk.Run.Depth >= walk.Simulation.Request.Limits.MaximumDepth)
        {
            walk.Fail(SimulationErrors.BadRequest, SimulationErrors.TooDeep(plan.Name, walk.Simulation.Request.Limits.MaximumDepth), reference);
            return;
        }

        // It waits unless told otherwise, by Microsoft's documentation of the activity.
        var waits = PlainValue.Boolean(walk.Input.Find("waitOnCompletion")) ?? true;
        var parameters = (walk.Input.Find("parameters") as ObjectValue ?? ObjectValue.Empty).Members;
        var cause = new RunCause("PipelineActivity", walk.Node.Name, walk.RunId);
        var child = walk.Simulation.StartRun(plan, parameters, cause, walk, waits ? run => OnEnded(walk, run) : _ => { });
        if (child is { Status: PipelineRunStatus.Refused, Error: { } refusal })
        {
            walk.Fail(SimulationErrors.BadRequest, refusal.Message, walk.Property("parameters") ?? reference);
            return;
        }

        walk.Child = child;
        walk.WaitsForChild = waits;
        if (!waits)
        {
            walk.Succeed(Output(child, withReturnValue: false));
        }
    }

    private static void OnEnded(ActivityWalk walk, PipelineWalk child)
    {
        if (child.Error is { } error)
        {
            walk.Fail(new RunError(SimulationErrors.BadRequest, error.Message, error.FailureType, walk.Node.Name, error.Place), Output(child, withReturnValue: false));
        }
        else
        {
            walk.Succeed(Output(child, withReturnValue: true));
        }
    }

    private static ObjectValue Output(PipelineWalk child, bool withReturnValue) => new(
    [
        ActivityResult.Member("pipelineName", new StringValue(child.Plan.Name)),
        ActivityResult.Member("pipelineRunId", new StringValue(child.RunId)),
        .. withReturnValue ? [ActivityResult.Member("pipelineReturnValue", child.ReturnValue)] : Array.Empty<KeyValuePair<string, ExpressionValue>>(),
    ]);
}
