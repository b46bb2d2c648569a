// The parameters and variables that a run starts with, by Microsoft's documentation: defaults, and text that is converted to what is declared.
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Simulation;

internal static class RunParameters
{
    /// <summary>The value of each declared parameter, or why the run is refused. What is given beyond them is not looked at, as the service does.</summary>
    public static (ImmutableDictionary<string, ExpressionValue> Values, RunError? Refusal) Bind(PipelinePlan plan, IEnumerable<KeyValuePair<string, ExpressionValue>> given)
    {
        var values = EvaluationContext.Empty.ToBuilder();
        var byName = new Dictionary<string, ExpressionValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in given)
        {
            byName[name] = value;
        }

        foreach (var parameter in plan.Parameters)
        {
            var value = byName.TryGetValue(parameter.Name, out var one) ? one : parameter.Default is { } node ? PlainValue.Of(node) : null;
            if (value is null)
            {
                return (EvaluationContext.Empty, Refuse(plan, parameter, SimulationErrors.ParameterMissing(parameter.Name)));
            }

            if (Convert(value, parameter.TypeText) is not { } converted)
            {
                return (EvaluationContext.Empty, Refuse(plan, parameter, SimulationErrors.ParameterType(parameter.Name, parameter.TypeText ?? "", value)));
            }

            values[parameter.Name] = converted;
        }

        return (values.ToImmutable(), null);
    }

    /// <summary>The global parameters of a factory, with those that are given in their place.</summary>
    public static ImmutableDictionary<string, ExpressionValue> FindGlobal(FactorySnapshot factory, ImmutableDictionary<string, ExpressionValue> given)
    {
        var values = EvaluationContext.Empty.ToBuilder();
        foreach (var parameter in factory.OfKind(ResourceKind.Factory).SelectMany(f => Declared.In(f.Resource.Properties, "globalParameters")))
        {
            if (parameter.Default is { } value)
            {
                values[parameter.Name] = PlainValue.Of(value) is var plain && Convert(plain, parameter.TypeText) is { } converted ? converted : plain;
            }
        }

        foreach (var (name, value) in given)
        {
            values[name] = value;
        }

        return values.ToImmutable();
    }

    /// <summary>The parameters as monitoring shows them, in their order.</summary>
    public static ObjectValue Show(PipelinePlan plan, ImmutableDictionary<string, ExpressionValue> values) => new(
        from parameter in plan.Parameters
        where values.ContainsKey(parameter.Name)
        select KeyValuePair.Create(parameter.Name, parameter.IsSecret ? new StringValue(PlainValue.Hidden) : values[parameter.Name]));

    /// <summary>
    /// A value as a parameter of a type takes it; null where it cannot be one. Text given for an array or object stays text. A null is taken for any type: factories
    /// in production pass on what only runs started by another pipeline have.
    /// </summary>
    private static ExpressionValue? Convert(ExpressionValue value, string? type) => value is NullValue ? value : type?.ToUpperInvariant() switch
    {
        "INT" => PlainValue.Integer(value) is { } number ? new IntegerValue(number) : null,
        "FLOAT" => value switch
        {
            FloatValue or IntegerValue => value,
            StringValue { Value: var text } when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => new FloatValue(number),
            _ => null,
        },
        "BOOL" => PlainValue.Boolean(value) is { } boolean ? new BooleanValue(boolean) : null,
        "STRING" or "SECURESTRING" => value is IntegerValue or FloatValue or BooleanValue ? new StringValue(value.ToText()) : value,
        _ => value,
    };

    private static RunError Refuse(PipelinePlan plan, DeclaredName parameter, string message) =>
        new(SimulationErrors.BadRequest, message, SimulationErrors.UserError, plan.Name, plan.PlaceOf(parameter.Node));
}
