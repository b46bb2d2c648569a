using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Rules.References;

/// <summary>The types of values that are written out, and what becomes of them.</summary>
internal static class ArgumentTypes
{
    /// <summary>The type of a value as it is written; that of an expression is not known from its text.</summary>
    public static ExpressionType Of(BoundNode value) => value switch
    {
        _ when DynamicContent.FindExpression(value) is not null => ExpressionType.Any,
        BoundArray => ExpressionType.Array,
        BoundObject => ExpressionType.Object,
        BoundScalar { Kind: ScalarKind.Integer } => ExpressionType.Integer,
        BoundScalar { Kind: ScalarKind.Float } => ExpressionType.Number,
        BoundScalar { Kind: ScalarKind.Boolean } => ExpressionType.Boolean,
        BoundScalar { Kind: ScalarKind.String } => ExpressionType.String,
        _ => ExpressionType.Any,
    };

    /// <summary>Whether a value of a type may become one of a declared type: as it is, or as the service converts it.</summary>
    /// <param name="text">The value if it is a text that is written out; null for any other.</param>
    public static bool Fits(ExpressionType value, ExpressionType declared, string? text)
    {
        if (declared.IsUnknown || (value.Kinds & declared.Kinds) != 0 || value.Kinds == TypeKinds.None || (value.Kinds & ~TypeKinds.Null) == 0)
        {
            return true;
        }

        return declared.Kinds switch
        {
            // Anything can be written as text.
            TypeKinds.String => true,
            _ when text is not null => Converts(text, declared.Kinds),

            // Text that comes at run time may hold what is wanted; whole and other numbers become each other.
            _ when (value.Kinds & TypeKinds.String) != 0 => true,
            TypeKinds.Integer or TypeKinds.Number => (value.Kinds & TypeKinds.Number) != 0,
            _ => false,
        };
    }

    private static bool Converts(string text, TypeKinds declared) => declared switch
    {
        TypeKinds.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out _),
        TypeKinds.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        TypeKinds.Boolean => bool.TryParse(text, out _),
        _ => text.AsSpan().Trim() is ['[', ..] or ['{', ..],
    };
}
