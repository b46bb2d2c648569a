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
                : ReferenceOrDependency(factory, node, syntax.Span);
        }

        return ReferenceOrDependency(factory, node, syntax.Span) ?? DescribeDiscriminator(node, syntax.Span) ?? DescribeOwner(node, syntax.Span);
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

        AppendParagraph(text, schema.Default is { } value ? $"Default: `{value}`" : null);
        AppendParagraph(text, schema.Expression switch
        {
            null => null,
            ValueKind.Any => "Takes an expression.",
            var kind => $"Takes an expression that gives {DescribeKind(kind.Value)}.",
        });
        return text.ToString();
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

    private static void AppendParagraph(StringBuilder text, string? paragraph)
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
        return new HoverResult(span, text.ToString());
    }

    private static HoverResult? ReferenceOrDependency(FactorySnapshot factory, BoundNode node, TextSpan span) =>
        DescribeReference(factory, node, span) ?? DescribeDependency(node, span);

    private static HoverResult? DescribeReference(FactorySnapshot factory, BoundNode node, TextSpan span)
    {
        var holder = node as BoundObject ?? (node.Parent is BoundProperty { Name: var name } property && name.Equals("referenceName", StringComparison.OrdinalIgnoreCase)
            ? property.Parent as BoundObject
            : null);
        if (holder?.Shape?.Reference is not { Target: { } kind } || holder.FindString("referenceName") is not { } target)
        {
            return null;
        }

        if (factory.Find(kind, target).FirstOrDefault() is not { } symbol)
        {
            return new HoverResult(span, $"**{target}** · {TypeNames.Describe(kind)}\n\nNo file here declares it.");
        }

        var text = new StringBuilder().Append("**").Append(symbol.Name).Append("** · ").Append(Summarise(symbol));
        AppendParagraph(text, symbol.Resource.Properties?.FindString("description"));
        if (symbol.Resource.Properties?.FindValue("parameters") is BoundObject { Properties.IsEmpty: false } parameters)
        {
            AppendParagraph(text, "Parameters: " + string.Join(", ", parameters.Properties.Select(
                p => $"`{p.Name}: {(p.Value as BoundObject)?.FindString("type") ?? "any"}`")));
        }

        AppendParagraph(text, $"`{symbol.Document.Path}`");
        return new HoverResult(span, text.ToString());
    }

    private static string Summarise(ResourceSymbol symbol)
    {
        var kind = TypeNames.Describe(symbol.Kind);
        if (symbol.Kind == ResourceKind.Pipeline)
        {
            var count = ActivityScope.FindAll(symbol.Resource).Sum(s => s.Activities.Length);
            return $"{kind} of {count} {(count == 1 ? "activity" : "activities")}";
        }

        return symbol.Resource.Properties?.FindString("type") is { } type ? $"{type} {kind}" : kind;
    }

    private static HoverResult? DescribeDependency(BoundNode node, TextSpan span)
    {
        var dependency = node as BoundObject ?? node.Parent?.Parent as BoundObject;
        if (dependency?.Type?.Name != "ActivityDependency" || dependency.FindString("activity") is not { } name || ActivityScope.FindEnclosing(node) is not { } scope)
        {
            return null;
        }

        var upstream = scope.Activities.FirstOrDefault(a => string.Equals(a.Name?.Text, name, StringComparison.OrdinalIgnoreCase));
        return upstream is null ? null : new HoverResult(span, $"**{name}** · {upstream.Type} activity" + (upstream.Node.FindString("description") is { } text ? $"\n\n{text}" : ""));
    }
}
