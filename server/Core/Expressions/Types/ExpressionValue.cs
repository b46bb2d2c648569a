// The values of the expression language: JSON's, with whole numbers of 64 bits apart from floating-point ones.
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Pipewright.Core.Expressions;

/// <summary>A value. Two of them are compared with <see cref="ValueEquality"/>.</summary>
public abstract record ExpressionValue
{
    /// <summary>What messages call its kind, as the engine's do.</summary>
    public abstract string KindName { get; }

    /// <summary>
    /// The text that stands for it in a longer text: nothing for null, <c>True</c>, digits, a string itself, compact JSON, the text in an envelope.
    /// </summary>
    /// <exception cref="ValueTooLargeException">The text would be too long.</exception>
    /// <exception cref="InsufficientExecutionStackException">The value is nested too deeply.</exception>
    public abstract string ToText();
}

public sealed record NullValue : ExpressionValue
{
    private NullValue()
    {
    }

    public static NullValue Instance { get; } = new();

    public override string KindName => "Null";

    public override string ToText() => "";
}

public sealed record BooleanValue(bool Value) : ExpressionValue
{
    public override string KindName => "Boolean";

    public override string ToText() => Value ? "True" : "False";
}

public sealed record IntegerValue(long Value) : ExpressionValue
{
    public override string KindName => "Integer";

    public override string ToText() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Value">Finite.</param>
public sealed record FloatValue(double Value) : ExpressionValue
{
    public override string KindName => "Float";

    /// <summary>The shortest text that reads as the same number.</summary>
    public override string ToText()
    {
        var text = Value.ToString("R", CultureInfo.InvariantCulture);
        if (Math.Abs(Value) < 1e15 || text.AsSpan().ContainsAny('.', 'E'))
        {
            return text;
        }

        // A runtime of late writes 17 digits before it turns to an exponent; the engine's, as all before, as many as count, but at least 15.
        var sign = Value < 0 ? "-" : "";
        var digits = text[sign.Length..];
        var significant = digits.TrimEnd('0');
        return digits.Length <= Math.Max(significant.Length, 15)
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{significant[0]}{(significant.Length > 1 ? "." : "")}{significant.AsSpan(1)}E+{digits.Length - 1}");
    }
}

public sealed record StringValue(string Value) : ExpressionValue
{
    public override string KindName => "String";

    public override string ToText() => Value;
}

public sealed record ArrayValue(ImmutableArray<ExpressionValue> Items) : ExpressionValue
{
    public override string KindName => "Array";

    public override string ToText() => ValueJson.Write(this);
}

/// <summary>An object; its members keep their order.</summary>
public sealed record ObjectValue : ExpressionValue
{
    private readonly Dictionary<string, ExpressionValue> _exact;
    private readonly Dictionary<string, string> _names;

    /// <param name="members">Of two with one name the last counts, at the place of the first.</param>
    public ObjectValue(IEnumerable<KeyValuePair<string, ExpressionValue>> members)
    {
        _exact = new Dictionary<string, ExpressionValue>(StringComparer.Ordinal);
        _names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var order = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, value) in members)
        {
            if (!_exact.ContainsKey(name))
            {
                order.Add(name);
                _names.TryAdd(name, name);
            }

            _exact[name] = value;
        }

        Names = order.ToImmutable();
    }

    public static ObjectValue Empty { get; } = new([]);

    public ImmutableArray<string> Names { get; }

    public IEnumerable<KeyValuePair<string, ExpressionValue>> Members => Names.Select(n => KeyValuePair.Create(n, _exact[n]));

    public override string KindName => "Object";

    /// <summary>The member of exactly this name, else one of the name in another case; null where there is none.</summary>
    public ExpressionValue? Find(string name) =>
        _exact.TryGetValue(name, out var value) || (_names.TryGetValue(name, out var actual) && _exact.TryGetValue(actual, out value)) ? value : null;

    /// <summary>The member of exactly this name; null where there is none.</summary>
    public ExpressionValue? FindExact(string name) => _exact.GetValueOrDefault(name);

    public override string ToText() => Evaluation.Envelope.TryReadText(this) ?? ValueJson.Write(this);
}

/// <summary>Deep and strict: numbers by value, strings by their characters, arrays in order, objects whatever the order of their members.</summary>
public sealed class ValueEquality : IEqualityComparer<ExpressionValue>
{
    public static ValueEquality Instance { get; } = new();

    /// <exception cref="InsufficientExecutionStackException">The values are nested too deeply.</exception>
    public bool Equals(ExpressionValue? x, ExpressionValue? y)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return (x, y) switch
        {
            (null, null) => true,
            (IntegerValue left, FloatValue right) => left.Value == right.Value,
            (FloatValue left, IntegerValue right) => left.Value == right.Value,
            (ArrayValue left, ArrayValue right) => left.Items.Length == right.Items.Length && left.Items.Zip(right.Items).All(p => Equals(p.First, p.Second)),
            (ObjectValue left, ObjectValue right) => left.Names.Length == right.Names.Length && left.Members.All(m => Equals(m.Value, right.FindExact(m.Key))),
            (ArrayValue or ObjectValue, _) => false,
            _ => x == y,
        };
    }

    /// <exception cref="InsufficientExecutionStackException">The value is nested too deeply.</exception>
    public int GetHashCode(ExpressionValue obj)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return obj switch
        {
            IntegerValue number => ((double)number.Value).GetHashCode(),
            FloatValue number => number.Value.GetHashCode(),
            ArrayValue array => array.Items.Aggregate(array.Items.Length, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
            ObjectValue value => value.Members.Aggregate(value.Names.Length, (hash, member) => hash ^ HashCode.Combine(member.Key, GetHashCode(member.Value))),
            _ => obj.GetHashCode(),
        };
    }
}
