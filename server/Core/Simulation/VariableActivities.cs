// SetVariable, also of what the pipeline returns, and AppendVariable.
using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

internal static class VariableActivities
{
    private const string ReturnVariable = "pipelineReturnValue";

    public static void Set(ActivityWalk walk)
    {
        var name = NameOf(walk);
        if (name.Equals(ReturnVariable, StringComparison.OrdinalIgnoreCase) && PlainValue.Boolean(walk.Input.Find("setSystemVariable")) == true)
        {
            Return(walk);
            return;
        }

        var value = walk.Input.Find("value") ?? NullValue.Instance;
        var variables = walk.Run.Variables;
        if (IsUnknown(walk, name))
        {
            return;
        }

        if (ReadsItself(walk, name))
        {
            walk.Fail(SimulationErrors.InvalidTemplate, SimulationErrors.SelfReference(name), walk.Property("value"));
        }
        else if (!variables.Set(name, value))
        {
            walk.Fail(SimulationErrors.InvalidTemplate, SimulationErrors.VariableType(name, variables.TypeOfVariable(name), value), walk.Property("value"));
        }
        else
        {
            walk.Succeed(Output(name, value));
        }
    }

    public static void Append(ActivityWalk walk)
    {
        var name = NameOf(walk);
        var value = walk.Input.Find("value") ?? NullValue.Instance;
        if (IsUnknown(walk, name))
        {
            return;
        }

        if (walk.Run.Variables.Append(name, value))
        {
            walk.Succeed(Output(name, value));
        }
        else
        {
            var type = walk.Run.Variables.TypeOfVariable(name);
            walk.Fail(SimulationErrors.InvalidTemplate, $"The variable '{name}' of type '{type}' cannot be appended to. Only variables of type 'Array' can.", walk.Property("variableName"));
        }
    }

    /// <summary>Does again what an earlier run did.</summary>
    /// <param name="type">The type of the activity; one that sets no variable does nothing.</param>
    public static void Replay(string type, string name, ExpressionValue value, PipelineWalk run)
    {
        var isSet = type.Equals("SetVariable", StringComparison.OrdinalIgnoreCase);
        if (isSet && name == ReturnVariable && value is ObjectValue values && !run.Variables.Has(name))
        {
            run.ReturnValue = values;
        }
        else if (isSet && run.Variables.Has(name))
        {
            run.Variables.Set(name, value);
        }
        else if (type.Equals("AppendVariable", StringComparison.OrdinalIgnoreCase) && run.Variables.Has(name))
        {
            run.Variables.Append(name, value);
        }
    }

    private static string NameOf(ActivityWalk walk) => (walk.Input.Find("variableName") as StringValue)?.Value ?? "";

    private static bool IsUnknown(ActivityWalk walk, string name)
    {
        if (walk.Run.Variables.Has(name))
        {
            return false;
        }

        walk.Fail(SimulationErrors.InvalidTemplate, SimulationErrors.UnknownVariable(walk.Node.Name, name), walk.Property("variableName"));
        return true;
    }

    private static bool ReadsItself(ActivityWalk walk, string name) => walk.Property("value")?.DescendantsAndSelf().OfType<BoundScalar>()
        .Any(s => walk.Run.Plan.FindTemplate(s) is { Variables: { } read } && read.Contains(name, StringComparer.OrdinalIgnoreCase)) == true;

    private static ObjectValue Output(string name, ExpressionValue value) =>
        new([ActivityResult.Member("name", new StringValue(name)), ActivityResult.Member("value", value)]);

    /// <summary>What was returned before is gone: only the last one counts (Microsoft's documentation).</summary>
    private static void Return(ActivityWalk walk)
    {
        if (walk.Input.Find("value") is not ArrayValue { Items: var pairs } || pairs.Any(p => p is not ObjectValue pair || pair.Find("key") is not StringValue))
        {
            walk.Fail(SimulationErrors.InvalidTemplate, SimulationErrors.WrongValue(walk.Node.Name, "value", walk.Input.Find("value"), "a list of keys with typed values"), walk.Property("value"));
            return;
        }

        var values = new ObjectValue(pairs.Cast<ObjectValue>().Select(p => KeyValuePair.Create(((StringValue)p.Find("key")!).Value, ReadTyped(p.Find("value")))));
        walk.Run.ReturnValue = values;
        walk.Succeed(Output(ReturnVariable, values));
    }

    /// <summary>A value as Studio writes it: its type beside its content.</summary>
    private static ExpressionValue ReadTyped(ExpressionValue? value)
    {
        if (value is not ObjectValue typed || (typed.Find("type") as StringValue)?.Value is not { } type)
        {
            return value ?? NullValue.Instance;
        }

        var content = typed.Find("content") ?? NullValue.Instance;
        return type.ToUpperInvariant() switch
        {
            "NULL" => NullValue.Instance,
            "STRING" => content is StringValue ? content : new StringValue(content.ToText()),
            "INT" when PlainValue.Integer(content) is { } number => new IntegerValue(number),
            "FLOAT" when double.TryParse(content.ToText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => new FloatValue(number),
            "BOOLEAN" when PlainValue.Boolean(content) is { } boolean => new BooleanValue(boolean),
            "ARRAY" when content is ArrayValue { Items: var items } => new ArrayValue([.. items.Select(ReadTyped)]),
            "OBJECT" when content is StringValue { Value: var text } && ValueJson.TryParse(text, out _) is { } parsed => parsed,
            _ => content,
        };
    }
}
