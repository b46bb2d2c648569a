// Whether a value can stand where the schema wants a type. As lenient as the service: it converts text to numbers and the other way round.
using System.Globalization;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Binding;

public static class ValueFit
{
    /// <summary>Whether the value itself is of the type; what is inside an object or array is not looked at.</summary>
    public static bool Fits(BoundNode value, SchemaType? type) => (value, type) switch
    {
        (_, null or AnyType or ScalarType { Kind: ValueKind.Any }) => true,
        (BoundScalar { Kind: ScalarKind.Null }, _) => true,
        (BoundObject o, _) when DynamicContent.IsExpressionObject(o) || DynamicContent.IsSecretObject(o) => true,
        (BoundObject, ObjectType or DiscriminatedType or ScalarType { IsSecret: true }) => true,
        (BoundArray, ArrayType) => true,
        (BoundScalar { Kind: ScalarKind.String } scalar, _) when SpecForm.IsExpression(scalar.Text) => true,
        (BoundScalar scalar, ScalarType scalarType) => FitsScalar(scalar, scalarType.Kind),
        _ => false,
    };

    private static bool FitsScalar(BoundScalar scalar, ValueKind kind) => kind switch
    {
        ValueKind.String => true,
        ValueKind.Boolean => scalar.Kind == ScalarKind.Boolean
            || (scalar.Kind == ScalarKind.String && bool.TryParse(scalar.Text, out _)),
        ValueKind.Integer => scalar.Kind is not ScalarKind.Boolean && decimal.TryParse(
            scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number),
        ValueKind.Number => scalar.Kind is ScalarKind.Integer or ScalarKind.Float || (scalar.Kind == ScalarKind.String
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)),
        _ => false,
    };
}
