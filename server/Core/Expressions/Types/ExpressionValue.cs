// The values of the expression language: JSON's, with whole numbers of 64 bits apart from floating-point ones.
namespace Pipewright.Core.Expressions;

/// <summary>A value. Equality is deep and strict: numbers by value, strings ordinal, arrays in order, objects regardless of the order of their members.</summary>
public abstract record ExpressionValue;

public sealed record NullValue : ExpressionValue
{
    public static NullValue Instance { get; } = new();
}

public sealed record BooleanValue(bool Value) : ExpressionValue;

public sealed record IntegerValue(long Value) : ExpressionValue;

public sealed record FloatValue(double Value) : ExpressionValue;

public sealed record StringValue(string Value) : ExpressionValue;
