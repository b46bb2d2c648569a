// The objects that may stand in place of a plain value: expressions and secrets.
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Binding;

public static class DynamicContent
{
    /// <summary><c>{value: …, type: Expression}</c>, which may stand wherever the service evaluates.</summary>
    public static bool IsExpressionObject(BoundObject value) =>
        string.Equals(value.FindString("type"), "Expression", StringComparison.OrdinalIgnoreCase) && value.Find("value") is not null;

    /// <summary>A secret in place or in a Key Vault, which may stand wherever the model says SecretBase.</summary>
    public static bool IsSecretObject(BoundObject value) => value.Shape is null && value.FindString("type") is { } type
        && (type.Equals("SecureString", StringComparison.OrdinalIgnoreCase) || type.Equals("AzureKeyVaultSecret", StringComparison.OrdinalIgnoreCase));

    /// <summary>The scalar that holds an expression, in either form; null for a node that is not one.</summary>
    public static BoundScalar? FindExpression(BoundNode node) => node switch
    {
        BoundScalar { Kind: ScalarKind.String } scalar when SpecForm.IsExpression(scalar.Text) => scalar,
        BoundObject value when IsExpressionObject(value) => value.FindValue("value") as BoundScalar,
        _ => null,
    };
}
