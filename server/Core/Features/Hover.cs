// What a hover says: of a key what the property is, of a value what it stands for.
using System.Text;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features;

internal static class Hover
{
    public static HoverResult? Find(FactorySnapshot factory, ResourceDocument document, int offset)
    {
        var syntax = document.Syntax.FindNode(offset);
        if (document.IsForeign || syntax is not ScalarSyntax || document.FindNode(offset) is not { } node)
        {
            return null;
        }

        if (syntax.Parent is MappingEntrySyntax entry && entry.Key == syntax)
        {
            return node is BoundProperty { Schema: not null } property
                ? new HoverResult(syntax.Span, DescribeProperty(property))
                : DescribeReference(factory, node, syntax.Span);
        }

        return DescribeReference(factory, node, syntax.Span) ?? DescribeDiscriminator(node, syntax.Span) ?? DescribeOwner(node, syntax.Span);
    }

    private static HoverResult? DescribeOwner(BoundNode node, TextSpan span) => NearestProperty(node) is { Schema: not null } property
        ? new HoverResult(span, DescribeProperty(property))
        : null;

    private static BoundProperty? NearestProperty(BoundNode node)
    {
        var current = node;
        while (current is not (null or BoundProperty { Schema: not null, IsImplied: false }))
        {
            // What stands in a list is not described by the property that holds the list's owner.
            current = current is BoundArray ? null : current.Parent;
        }

        return current as BoundProperty;
    }

    private static string DescribeProperty(BoundProperty property)
    {
        var schema = property.Schema!;
        var text = new StringBuilder().Append("**").Append(schema.Name).Append("** `").Append(DescribeType(schema)).Append('`');
        if (schema.IsRequired)
        {
            text.Append(" · required");
        }

        if (schema.IsReadOnly)
        {
            text.Append(" · written by the service");
        }

        if (schema.IsDeprecated)
        {
            text.Append(" · deprecated");
        }

        AppendParagraph(text, schema.Description);
        if (schema.Type is ScalarType { AllowedValues: { IsEmpty: false } values })
        {
            AppendParagraph(text, "Values: " + string.Join(", ", values.Select(v => $"`{v}`")));
        }

        AppendParagraph(text, DescribeLimits(schema.Type));
        AppendParagraph(text, schema.Default is { } value ? $"Default: `{value}`" : null);
        AppendParagraph(text, schema.Expression switch
        {
            null => null,
            ValueKind.Any => "Takes an expression.",
            var kind => $"Takes an expression that gives {DescribeKind(kind.Value)}.",
        });
        AppendParagraph(text, LinkPage(property));
        return text.ToString();
    }

    private static string? DescribeLimits(SchemaType type)
    {
        var (least, most, unit) = type switch
        {
            ScalarType { Kind: ValueKind.String } text => (text.Minimum, text.Maximum, " characters"),
            ScalarType number => (number.Minimum, number.Maximum, ""),
            ArrayType list => (list.MinimumLength, list.MaximumLength, " items"),
            _ => (null, null, ""),
        };
        return (least, most) switch
        {
            (null, null) => null,
            (null, _) => $"At most {most}{unit}.",
            (_, null) => $"At least {least}{unit}.",
            _ => $"From {least} to {most}{unit}.",
        };
    }

    private static string DescribeKind(ValueKind kind) => kind switch
    {
        ValueKind.Integer => "a whole number",
        ValueKind.Array => "an array",
        ValueKind.Object => "an object",
        _ => "a " + kind.ToString().ToLowerInvariant(),
    };

    private static string DescribeType(PropertySchema schema) => schema.Type switch
    {
        ObjectType { Reference: { } reference } => reference.TypeName,
        ScalarType scalar => scalar.Kind.ToString().ToLowerInvariant(),
        ArrayType { Item: ScalarType { Kind: var kind } } => kind.ToString().ToLowerInvariant() + "[]",
        ArrayType { Item: { } item } => item.Name + "[]",
        AnyType => "any",
        var type => type.Name,
    };

    internal static void AppendParagraph(StringBuilder text, string? paragraph)
    {
        if (!string.IsNullOrWhiteSpace(paragraph))
        {
            text.Append("\n\n").Append(paragraph);
        }
    }

    private static HoverResult? DescribeDiscriminator(BoundNode node, TextSpan span)
    {
        if (node is not BoundScalar { Parent: BoundProperty { Parent: BoundObject { Type: DiscriminatedType type, Shape: { Discriminator: not null } shape } } property }
            || !property.Name.Equals(type.DiscriminatorName, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var text = new StringBuilder().Append("**").Append(TypeNames.Describe(shape)).Append("**");
        if (shape.IsDeprecated)
        {
            text.Append(" · deprecated");
        }

        AppendParagraph(text, shape.Description);
        var inner = shape.Wrapper?.Type as ObjectType;
        var required = shape.Properties.Concat(inner?.Properties ?? []).Where(p => p.IsRequired && p != shape.Wrapper && p.Name != type.DiscriminatorName);
        AppendParagraph(text, string.Join(", ", required.Select(p => $"`{p.Name}`")) is { Length: > 0 } names ? "Needs " + names : null);
        AppendParagraph(text, LinkPage(shape));
        return new HoverResult(span, text.ToString());
    }

    private static HoverResult? DescribeReference(FactorySnapshot factory, BoundNode node, TextSpan span)
    {
        var holder = node as BoundObject ?? (node.Parent is BoundProperty { Name: var name } property && name.Equals("referenceName", StringComparison.OrdinalIgnoreCase)
            ? property.Parent as BoundObject
            : null);
        return holder?.Shape?.Reference is { Target: { } kind } && holder.FindString("referenceName") is { } target
            ? new HoverResult(span, SymbolHover.DescribeResource(factory, kind, target))
            : null;
    }

    /// <summary>The page about the innermost type around that has one: of a property the activity's, the dataset's.</summary>
    private static string? LinkPage(BoundNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is BoundObject { Shape: { } shape } && LinkPage(shape) is { } link)
            {
                return link;
            }
        }

        return null;
    }

    /// <summary>A link to Microsoft's page about a type; null where none is known.</summary>
    internal static string? LinkPage(ObjectType shape) => DocumentationPages.Find(shape) is { } page ? $"[Documentation of the {TypeNames.Describe(shape)}]({page})" : null;
}
