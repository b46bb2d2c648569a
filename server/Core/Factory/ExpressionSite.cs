using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

/// <summary>A string of a resource that may hold an expression, at a place that may take one.</summary>
/// <param name="Scalar">The string; inside of <c>{value, type: Expression}</c> where it is written so.</param>
/// <param name="Syntax">Where it is written.</param>
/// <param name="Slot">Whether the place takes dynamic content.</param>
/// <param name="Property">The nearest property that the schema lists; null where nothing is known.</param>
public sealed record ExpressionSite(BoundScalar Scalar, ScalarSyntax Syntax, ExpressionSlot Slot, PropertySchema? Property)
{
    private Template? _template;

    /// <summary>The string, parsed.</summary>
    public Template Template => _template ??= Template.Parse(Scalar.Text);

    /// <summary>Whether the service evaluates what stands here.</summary>
    public bool IsDynamic => Slot.Expected is not null;

    /// <summary>What the place wants.</summary>
    public ExpectedType Expected => IsOwnProperty && Slot.Expected is { } kind
        ? new ExpectedType(ToType(kind), Property!.IsComputed, Property.Name)
        : ExpectedType.Anything;

    /// <summary>Whether the value is the property's own, and not an element or member of it.</summary>
    private bool IsOwnProperty => Property is not null && (Carrier(Scalar).Parent as BoundProperty)?.Schema == Property;

    /// <summary>The site of a string; null where the text is not written out anywhere.</summary>
    public static ExpressionSite? Of(BoundScalar scalar)
    {
        if (scalar is not { Kind: ScalarKind.String, Syntax: ScalarSyntax syntax })
        {
            return null;
        }

        var carrier = Carrier(scalar);
        var property = NearestProperty(carrier);
        return new ExpressionSite(scalar, syntax, SlotOf(carrier, property), property);
    }

    /// <summary>What may stand at the place of a value, with the nearest property that the schema lists.</summary>
    public static (ExpressionSlot Slot, PropertySchema? Property) FindSlot(BoundScalar scalar)
    {
        var carrier = Carrier(scalar);
        var property = NearestProperty(carrier);
        return (SlotOf(carrier, property), property);
    }

    /// <summary>All sites of a resource whose text may be an expression, in text order.</summary>
    public static IEnumerable<ExpressionSite> FindAll(BoundResource resource) => resource.Scalars
        .Where(MayBeExpression).Select(Of).OfType<ExpressionSite>();

    /// <summary>Most strings are told apart by their text alone.</summary>
    private static bool MayBeExpression(BoundScalar scalar) => scalar.Kind == ScalarKind.String
        && (scalar.Text.Contains('@', StringComparison.Ordinal) || LostAt.MayBeIn(scalar.Text) || (Carrier(scalar).Parent as BoundProperty)?.Schema is { IsComputed: true });

    /// <summary>The site of the string that a cursor is in, with the resource; null where it is in none that is evaluated.</summary>
    public static (ExpressionSite Site, BoundResource Resource)? FindAt(ResourceDocument document, int offset)
    {
        if (document.IsForeign || document.Syntax.FindNode(offset) is not ScalarSyntax syntax || IsKey(syntax) || !IsInText(syntax, offset))
        {
            return null;
        }

        foreach (var resource in document.Resources)
        {
            if (resource.FindNode(syntax) is { } node && FindString(node, syntax) is { } scalar && Of(scalar) is { IsDynamic: true } site)
            {
                return (site, resource);
            }
        }

        return null;
    }

    /// <summary>The string itself, where an object stands for it.</summary>
    private static BoundScalar? FindString(BoundNode node, ScalarSyntax syntax) => node switch
    {
        BoundScalar scalar when scalar.Syntax == syntax => scalar,
        BoundObject value when value.FindValue("value") is BoundScalar inner && inner.Syntax == syntax => inner,
        _ => null,
    };

    private static bool IsKey(ScalarSyntax syntax) => syntax.Parent is MappingEntrySyntax { Key: var key } && key == syntax;

    /// <summary>Whether a cursor is where the text of a scalar is typed: not on its quotes or its header.</summary>
    private static bool IsInText(ScalarSyntax syntax, int offset) => offset >= syntax.ToSourceOffset(0) && offset <= syntax.ToSourceOffset(syntax.Value.Length);

    private static ExpressionSlot SlotOf(BoundNode carrier, PropertySchema? nearest) => carrier.Parent switch
    {
        BoundProperty { Schema: { } own } => ExpressionSlot.Of(own),
        BoundProperty { Parent: BoundObject owner } property => ValuePlace.Of(owner.Shape, property.Name, nearest).Slot,

        // What a static list of plain values holds is static too; of other lists nothing is said.
        BoundArray { Type: ArrayType { Item: ScalarType { Kind: not ValueKind.Any } } } when nearest is { Expression: null } => new ExpressionSlot(null, true),
        _ => ExpressionSlot.Unknown,
    };

    /// <summary>The object <c>{value, type: Expression}</c> that stands for a string, or the string.</summary>
    private static BoundNode Carrier(BoundScalar scalar) =>
        scalar.Parent is BoundProperty { Name: var name, Parent: BoundObject value } && name.Equals("value", StringComparison.OrdinalIgnoreCase) && DynamicContent.IsExpressionObject(value)
            ? value
            : scalar;

    private static PropertySchema? NearestProperty(BoundNode node)
    {
        BoundNode? current = node;
        while (current is not (null or BoundProperty { Schema: not null }))
        {
            current = current.Parent;
        }

        return (current as BoundProperty)?.Schema;
    }

    private static ExpressionType ToType(ValueKind kind) => kind switch
    {
        ValueKind.String => ExpressionType.String,
        ValueKind.Integer => ExpressionType.Integer,
        ValueKind.Number => ExpressionType.Number,
        ValueKind.Boolean => ExpressionType.Boolean,
        ValueKind.Array => ExpressionType.Array,
        ValueKind.Object => ExpressionType.Object,
        _ => ExpressionType.Any,
    };
}
