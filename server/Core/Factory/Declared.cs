// What a resource declares for others to give, or for itself to use.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Factory;

/// <summary>A parameter, variable or global parameter as it is declared.</summary>
/// <param name="Node">The property of its name.</param>
/// <param name="TypeText">As written; null where it has none.</param>
/// <param name="Default">Null where there is none.</param>
public sealed record DeclaredName(BoundProperty Node, string? TypeText, BoundNode? Default)
{
    public string Name => Node.Name;

    public ExpressionType Type => ToType(TypeText);

    /// <summary>Whether whoever refers to the resource has to give it a value: it has no default (Microsoft's documentation).</summary>
    public bool IsRequired => Default is null;

    public bool IsSecret => TypeText?.StartsWith("secure", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The type that a declaration names, in any case: <c>String</c> of a variable, <c>string</c> of a parameter.</summary>
    private static ExpressionType ToType(string? type) => type?.ToUpperInvariant() switch
    {
        "STRING" or "SECURESTRING" => ExpressionType.String,
        "INT" or "INTEGER" => ExpressionType.Integer,
        "FLOAT" => ExpressionType.Number,
        "BOOL" or "BOOLEAN" => ExpressionType.Boolean,
        "ARRAY" => ExpressionType.Array,

        // The service holds nobody to it: factories pass arrays to parameters of objects, and loop over them.
        "OBJECT" => ExpressionType.Union(ExpressionType.Object, ExpressionType.Array),
        _ => ExpressionType.Any,
    };
}

/// <summary>The declarations of one section of a resource.</summary>
public static class Declared
{
    /// <summary>The parameters that a resource declares, in text order.</summary>
    public static ImmutableArray<DeclaredName> Parameters(BoundResource resource) => In(resource.Properties, "parameters");

    public static ImmutableArray<DeclaredName> Variables(BoundResource resource) => In(resource.Properties, "variables");

    /// <summary>The names declared in a map; none where it is something else.</summary>
    public static ImmutableArray<DeclaredName> In(BoundObject? owner, string section) => owner?.FindValue(section) is BoundObject table
        ? [.. table.Properties.Select(p => new DeclaredName(p, (p.Value as BoundObject)?.FindString("type"), DefaultOf(p.Value as BoundObject)))]
        : [];

    private static BoundNode? DefaultOf(BoundObject? declaration) => declaration?.FindValue("defaultValue") ?? declaration?.FindValue("value");
}
