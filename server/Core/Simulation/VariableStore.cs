// The variables of one run. All activities share them, at whatever depth they are; who reads one gets its value of that moment.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;

namespace Pipewright.Core.Simulation;

internal sealed class VariableStore
{
    private readonly Dictionary<string, Variable> _variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Variable> _order = [];

    public VariableStore(ImmutableArray<DeclaredName> declared)
    {
        foreach (var name in declared)
        {
            var type = TypeOf(name.TypeText);
            var start = name.Default is { } node ? PlainValue.Of(node) : null;
            var variable = new Variable(name.Name, type, start is null or NullValue ? EmptyOf(type) : Fit(start, type) ?? start);
            if (_variables.TryAdd(name.Name, variable))
            {
                _order.Add(variable);
            }
        }
    }

    /// <summary>The values of some variables, or of all.</summary>
    /// <param name="names">Null for all. Names of none are left out.</param>
    public ImmutableDictionary<string, ExpressionValue> Read(ImmutableArray<string>? names)
    {
        if (names is { IsEmpty: true })
        {
            return EvaluationContext.Empty;
        }

        var values = EvaluationContext.Empty.ToBuilder();
        foreach (var name in names ?? [.. _variables.Keys])
        {
            if (_variables.TryGetValue(name, out var variable))
            {
                values[variable.Name] = variable.Value;
            }
        }

        return values.ToImmutable();
    }

    /// <summary>All of them, in the order in which they are declared.</summary>
    public ObjectValue ReadAll() => new(_order.Select(v => KeyValuePair.Create(v.Name, v.Value)));

    public bool Has(string name) => _variables.ContainsKey(name);

    /// <summary>The type in the service's word, for messages.</summary>
    public string TypeOfVariable(string name) => _variables[name].Type;

    /// <summary>Gives a variable that is there a value. False where the value is not of its type.</summary>
    public bool Set(string name, ExpressionValue value)
    {
        var variable = _variables[name];
        if (Fit(value, variable.Type) is not { } fit)
        {
            return false;
        }

        variable.Value = fit;
        return true;
    }

    /// <summary>Appends to a variable that is there. False where it is no array.</summary>
    public bool Append(string name, ExpressionValue element) => _variables[name].Append(element);

    /// <summary>The value as the type takes it; null where it does not. Text is taken for a number or boolean, but nothing else for text.</summary>
    private static ExpressionValue? Fit(ExpressionValue value, string type) => type switch
    {
        "String" => value as StringValue,
        "Boolean" => PlainValue.Boolean(value) is { } boolean ? new BooleanValue(boolean) : null,
        "Integer" => PlainValue.Integer(value) is { } number ? new IntegerValue(number) : null,
        "Array" => value as ArrayValue,
        _ => value,
    };

    private static string TypeOf(string? declared) => declared?.ToUpperInvariant() switch
    {
        "STRING" => "String",
        "BOOL" or "BOOLEAN" => "Boolean",
        "INT" or "INTEGER" => "Integer",
        "ARRAY" => "Array",
        _ => declared ?? "Any",
    };

    private static ExpressionValue EmptyOf(string type) => type switch
    {
        "Boolean" => new BooleanValue(false),
        "Integer" => new IntegerValue(0),
        "Array" => new ArrayValue([]),
        _ => new StringValue(""),
    };

    private sealed class Variable(string name, string type, ExpressionValue start)
    {
        private ExpressionValue? _value = start;

        /// <summary>The elements while the array grows: a copy is made only when somebody reads it.</summary>
        private List<ExpressionValue>? _elements;

        public string Name => name;

        public string Type => type;

        public ExpressionValue Value
        {
            get => _value ??= new ArrayValue([.. _elements!]);
            set => (_value, _elements) = (value, null);
        }

        public bool Append(ExpressionValue element)
        {
            if (_elements is null)
            {
                if (_value is not ArrayValue array)
                {
                    return false;
                }

                _elements = [.. array.Items];
            }

            _elements.Add(element);
            _value = null;
            return true;
        }
    }
}
