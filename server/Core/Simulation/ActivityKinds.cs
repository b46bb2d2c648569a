// Which activities are walked, and how; all others need a cloud.
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

internal static class ActivityKinds
{
    /// <summary>Runs an activity whose input has been made.</summary>
    /// <exception cref="UnresolvedException">An expression gives an error.</exception>
    public static void Run(ActivityWalk walk)
    {
        if (walk.FindStub(1) is { Answers: true })
        {
            ServiceCall.Start(walk);
            return;
        }

        switch (walk.Type.ToUpperInvariant())
        {
            case "IFCONDITION":
                Conditions.RunIf(walk);
                break;
            case "SWITCH":
                Conditions.RunSwitch(walk);
                break;
            case "FOREACH":
                new ForEachLoop(walk).Start();
                break;
            case "UNTIL":
                new UntilLoop(walk).Start();
                break;
            case "SETVARIABLE":
                VariableActivities.Set(walk);
                break;
            case "APPENDVARIABLE":
                VariableActivities.Append(walk);
                break;
            case "FILTER":
                SimpleActivities.Filter(walk);
                break;
            case "WAIT":
                SimpleActivities.Wait(walk);
                break;
            case "FAIL":
                SimpleActivities.Fail(walk);
                break;
            case "EXECUTEPIPELINE":
                PipelineCall.Start(walk);
                break;
            default:
                ServiceCall.Start(walk);
                break;
        }
    }

    /// <summary>The property that is evaluated while the activity goes on, and so is no part of its input; null where there is none.</summary>
    public static string? EvaluatedLater(string type) => type.ToUpperInvariant() switch
    {
        "FILTER" => "condition",
        "UNTIL" => "expression",
        _ => null,
    };

    /// <summary>A property of an activity's type; null where it is missing.</summary>
    public static BoundNode? Property(this ActivityWalk walk, string name) => walk.Node.TypeProperties?.FindValue(name);

    /// <summary>The text of a property, as messages quote it.</summary>
    public static string TextOf(this ActivityWalk walk, string name) => walk.Property(name) switch
    {
        BoundScalar scalar => scalar.Text,
        BoundObject value => value.FindString("value") ?? "",
        _ => "",
    };

    /// <summary>The array in the input; null where the activity has failed for want of one.</summary>
    public static ArrayValue? FindItems(this ActivityWalk walk, string property)
    {
        var value = walk.Input.Find("items") ?? NullValue.Instance;
        if (value is ArrayValue array)
        {
            return array;
        }

        walk.Fail(SimulationErrors.InvalidTemplate, SimulationErrors.NotAnArray(walk.Node.Name, property, walk.TextOf("items"), value), walk.Property("items"));
        return null;
    }

    /// <summary>Whether a value is true; null where it is no boolean, so that the activity has failed.</summary>
    public static bool? Decide(this ActivityWalk walk, string property, ExpressionValue? value)
    {
        if (value is BooleanValue boolean)
        {
            return boolean.Value;
        }

        walk.Fail(SimulationErrors.InvalidTemplate, SimulationErrors.NotABoolean(walk.Node.Name, property, walk.TextOf(property), value ?? NullValue.Instance), walk.Property(property));
        return null;
    }
}
