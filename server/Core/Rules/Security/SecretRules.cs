// Rules that find secrets in what is committed. Their messages never repeat them.
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Security;

/// <summary>A secret of a linked service in its place, in plain text: a password, a key, a token.</summary>
internal sealed class PlainSecretRule() : Rule(new("PW7001", DiagnosticSeverity.Warning, "Secret in plain text"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var property in SecretPlaces.PropertiesOf(context))
        {
            var (secret, node) = property.Value switch
            {
                BoundObject value when "SecureString".Equals(value.FindString("type"), StringComparison.OrdinalIgnoreCase) && value.FindValue("value") is BoundScalar { Kind: ScalarKind.String } inner => (inner, (BoundNode)value),
                BoundScalar { Kind: ScalarKind.String } scalar when property.Schema?.Type is ScalarType { IsSecret: true } && SecretText.SaysSecret(property.Name) => (scalar, scalar),
                _ => (null, null),
            };
            if (secret is not null && SecretText.IsReal(secret.Text) && SecretText.FindInConnection(secret.Text) is null)
            {
                yield return Descriptor.At(
                    secret.Span,
                    $"'{property.Name}' is in plain text: whoever can read the repository has it. Keep it in a Key Vault, or let a managed identity sign in.",
                    [.. KeyVaultFix.Find(context, node!)]);
            }
        }
    }
}

/// <summary>A connection string or an address with a key, a password or a signature in it.</summary>
internal sealed class ConnectionSecretRule() : Rule(new("PW7002", DiagnosticSeverity.Warning, "Secret in a connection string or address"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var scalar in SecretPlaces.TextsOf(context))
        {
            // An expression's constant parts count as well: the address of a web hook with its signature.
            if (SecretText.FindInConnection(scalar.Text) is var (name, start, length))
            {
                var node = scalar.Parent is BoundProperty { Name: "value", Parent: BoundObject holder } && DynamicContent.IsSecretObject(holder) ? (BoundNode)holder : scalar;
                var slot = (node.Parent as BoundProperty)?.Schema?.Type;
                var span = scalar.Syntax is ScalarSyntax syntax ? syntax.ToSourceSpan(new TextSpan(start, length)) : scalar.Span;
                yield return Descriptor.At(
                    span,
                    $"This text has a secret in it, as '{name}'. Keep it in a Key Vault, or let a managed identity sign in.",
                    context.Kind == ResourceKind.LinkedService && slot is ScalarType { IsSecret: true } or AnyType ? [.. KeyVaultFix.Find(context, node)] : []);
            }
        }
    }
}

/// <summary>A text with the shape of a well-known kind of key, anywhere.</summary>
internal sealed class TokenRule() : Rule(new("PW7003", DiagnosticSeverity.Warning, "Text that looks like a key"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var scalar in SecretPlaces.TextsOf(context))
        {
            // What stands in the place of a secret, or in a connection string, has been found by that.
            var isInPlace = scalar.Parent is BoundProperty { Parent: BoundObject holder } && DynamicContent.IsSecretObject(holder);
            if (!isInPlace && SecretText.FindInConnection(scalar.Text) is null && SecretText.FindToken(scalar.Text) is var (kind, start, length))
            {
                var span = scalar.Syntax is ScalarSyntax syntax ? syntax.ToSourceSpan(new TextSpan(start, length)) : scalar.Span;
                yield return Descriptor.At(span, $"This looks like {kind}: whoever can read the repository has it. Keep it in a Key Vault.");
            }
        }
    }
}

/// <summary>A value whose name says that it is secret: a parameter's default, a header, a value that is passed.</summary>
internal sealed class NamedSecretRule() : Rule(new("PW7004", DiagnosticSeverity.Warning, "Value of a secret in plain text"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var scalar in SecretPlaces.TextsOf(context))
        {
            if (FindName(scalar, out var declaration) is { } name && SecretText.IsReal(scalar.Text) && SecretText.FindInConnection(scalar.Text) is null && SecretText.FindToken(scalar.Text) is null)
            {
                yield return Descriptor.At(
                    scalar.Span,
                    $"The value of '{name}' is in plain text: whoever can read the repository has it. Keep it in a Key Vault, and let an activity read it there.",
                    declaration is null ? [] : [new CodeFix("Remove the default", context.Edits.Remove(declaration)) { IsPreferred = false }]);
            }
        }
    }

    /// <summary>The name that tells that a text is secret; null for any other text.</summary>
    /// <param name="declaration">The default of a parameter, where it is one.</param>
    private static string? FindName(BoundScalar scalar, out BoundProperty? declaration)
    {
        declaration = null;
        if (scalar.Parent is not BoundProperty { Parent: BoundObject owner } property)
        {
            return null;
        }

        if (property.Name is "defaultValue" or "value" && owner.Parent is BoundProperty named)
        {
            var isDefault = property.Name == "defaultValue";
            declaration = isDefault ? property : null;
            return (isDefault && owner.FindString("type")?.StartsWith("secure", StringComparison.OrdinalIgnoreCase) == true) || (SecretText.SaysSecret(named.Name) && SecretText.IsMixed(scalar.Text) && !DynamicContent.IsSecretObject(owner)) ? named.Name : null;
        }

        var isHeader = owner.Parent is BoundProperty { Name: "headers" };
        var isCredential = isHeader && scalar.Text.Split(' ', 2) is [var scheme, { Length: >= 8 }] && scheme.ToUpperInvariant() is "BEARER" or "BASIC" or "SHAREDKEY";
        return SecretText.SaysSecret(property.Name) && (isCredential || (property.Schema is null && SecretText.IsMixed(scalar.Text))) ? property.Name : null;
    }
}

internal static class SecretPlaces
{
    public static IEnumerable<BoundProperty> PropertiesOf(RuleContext context) => context.Kind == ResourceKind.LinkedService || context.Kind == ResourceKind.Credential || context.Kind == ResourceKind.Pipeline
        ? context.Resource.AllProperties
        : [];

    /// <summary>All strings that are written out, but for what the service encrypted and what is about people.</summary>
    public static IEnumerable<BoundScalar> TextsOf(RuleContext context) => context.Resource.Scalars
        .Where(s => s is { Kind: ScalarKind.String, IsImplied: false, Text.Length: >= 6 } && (s.Parent as BoundProperty)?.Name is not ("encryptedCredential" or "description" or "etag" or "name" or "referenceName" or "type"));
}
