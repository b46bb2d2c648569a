// Filter, Wait and Fail.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

internal static class SimpleActivities
{
    public static void Filter(ActivityWalk walk)
    {
        if (walk.FindItems("items") is not { Items: var items })
        {
            return;
        }

        var kept = ImmutableArray.CreateBuilder<ExpressionValue>();
        foreach (var item in items)
        {
            walk.Simulation.Cancellation.ThrowIfCancellationRequested();
            if (walk.Decide("condition", walk.Property("condition") is { } condition ? walk.Resolve(condition, item) : null) is not { } isKept)
            {
                return;
            }

            if (isKept)
            {
                kept.Add(item);
            }
        }

        walk.Succeed(new ObjectValue(
        [
            ActivityResult.Member("ItemsCount", new IntegerValue(items.Length)),
            ActivityResult.Member("FilteredItemsCount", new IntegerValue(kept.Count)),
            ActivityResult.Member("Value", new ArrayValue(kept.ToImmutable())),
        ]));
    }

    public static void Wait(ActivityWalk walk)
    {
        var given = walk.Input.Find("waitTimeInSeconds");
        if (PlainValue.Integer(given) is not (>= 0 and <= int.MaxValue and var seconds))
        {
            walk.Fail(SimulationErrors.BadRequest, SimulationErrors.WrongValue(walk.Node.Name, "waitTimeInSeconds", given, "a whole number of seconds that is not negative"), walk.Property("waitTimeInSeconds"));
            return;
        }

        walk.Simulation.Clock.After(TimeSpan.FromSeconds(seconds), () => walk.Succeed(ObjectValue.Empty));
    }

    public static void Fail(ActivityWalk walk)
    {
        var message = walk.Input.Find("message")?.ToText() ?? "";
        var code = walk.Input.Find("errorCode")?.ToText() ?? "";
        if (message.Length == 0 || code.Length == 0)
        {
            // By Microsoft's documentation of the activity: it fails all the same, with this message.
            walk.Fail("ErrorCodeNotString", "Failed to interpret errorCode or message: both must be text that is not empty.", null);
        }
        else
        {
            walk.Fail(code, message, null);
        }
    }
}
