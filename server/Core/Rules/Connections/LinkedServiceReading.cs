using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Connections;

/// <summary>A linked service, as the rules about connectors look at it.</summary>
internal sealed record LinkedServiceReading(BoundScalar Type, BoundObject Properties, BoundObject Settings)
{
    /// <summary>Null for a resource that is none, or whose type is not told.</summary>
    public static LinkedServiceReading? Of(RuleContext context) => context.Kind == ResourceKind.LinkedService ? Of(context.Properties) : null;

    /// <summary>Null where the properties are not those of a linked service with a type.</summary>
    public static LinkedServiceReading? Of(BoundObject? properties) =>
        ConnectionContext.TypeOf(properties) is { } type && properties!.FindValue("typeProperties") is BoundObject settings
            ? new LinkedServiceReading(type, properties, settings)
            : null;

    /// <summary>Whether a setting has a value, computed or not.</summary>
    public bool Has(string name) => Settings.FindValue(name) is { } value and not BoundScalar { Kind: ScalarKind.Null } && value is not BoundScalar { Text.Length: 0 };

    /// <summary>Whether a setting has a value, or would have: what is secret the service may have put into <c>encryptedCredential</c>.</summary>
    public bool MayHave(string name) => Has(name) || (Has("encryptedCredential") && Settings.Shape?.FindProperty(name)?.Type is not ScalarType { IsSecret: false });

    /// <summary>The text of a setting that is written out, of a secret one as well; null for what is missing, computed or kept elsewhere.</summary>
    public BoundScalar? FindText(string name)
    {
        var value = Settings.FindValue(name);
        var scalar = IsSecureString(value) ? ((BoundObject)value!).FindValue("value") as BoundScalar : value as BoundScalar;
        return scalar is { Kind: ScalarKind.String, Text.Length: > 0 } && !SpecForm.IsExpression(scalar.Text) ? scalar : null;
    }

    /// <summary>Whether a value is a secret that is written out.</summary>
    public static bool IsSecureString(BoundNode? value) => "SecureString".Equals((value as BoundObject)?.FindString("type"), StringComparison.OrdinalIgnoreCase);

    /// <summary>Where in a file a part of a text's value is.</summary>
    public static TextSpan SpanOf(BoundScalar scalar, TextSpan part) => scalar.Syntax is ScalarSyntax syntax ? syntax.ToSourceSpan(part) : scalar.Span;
}
