// What a text means: the same tree for both forms, shaped as the Git form is. Each node knows the syntax that it came from, so that a
// finding about the meaning lands on the right characters.
using System.Collections.Immutable;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Binding;

/// <summary>A node of the bound tree.</summary>
public abstract class BoundNode(SyntaxNode? syntax, TextSpan span, SchemaType? type)
{
    /// <summary>The node that says this; null for what the spec form leaves out and the schema adds.</summary>
    public SyntaxNode? Syntax { get; } = syntax;

    /// <summary>The text to underline for this node. For an implied node, that of what implies it.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>What the schema says the value is. Null where it says nothing, as below an unknown property.</summary>
    public SchemaType? Type { get; } = type;

    /// <summary>The property or array that holds this node; null for a resource.</summary>
    public BoundNode? Parent { get; internal set; }

    /// <summary>Whether no text stands for this node itself.</summary>
    public bool IsImplied => Syntax is null;

    public abstract IEnumerable<BoundNode> Children { get; }

    /// <summary>This node and all below it, parents first.</summary>
    public IEnumerable<BoundNode> DescendantsAndSelf()
    {
        var pending = new Stack<BoundNode>();
        pending.Push(this);
        while (pending.TryPop(out var node))
        {
            yield return node;
            switch (node)
            {
                case BoundProperty property:
                    pending.Push(property.Value);
                    break;
                case BoundObject value:
                    PushAll(value.Properties);
                    break;
                case BoundArray array:
                    PushAll(array.Items);
                    break;
            }
        }

        void PushAll<T>(ImmutableArray<T> children)
            where T : BoundNode
        {
            for (var i = children.Length - 1; i >= 0; i--)
            {
                pending.Push(children[i]);
            }
        }
    }
}

/// <summary>An object.</summary>
public sealed class BoundObject : BoundNode
{
    /// <summary>Up to here, looking at one after the other is quicker than a table.</summary>
    private const int FewProperties = 24;

    private Dictionary<string, BoundProperty>? _byName;

    public BoundObject(
        SyntaxNode? syntax, TextSpan span, SchemaType? type, ObjectType? shape, ImmutableArray<BoundProperty> properties, ImmutableArray<ObjectType> levels)
        : base(syntax, span, type)
    {
        Shape = shape;
        Properties = properties;
        Levels = levels;
        foreach (var property in properties)
        {
            property.Parent = this;
        }
    }

    /// <summary>The object type after the discriminator was looked at: the variant, or the common part where the variant is unknown. Null where nothing is known.</summary>
    public ObjectType? Shape { get; }

    /// <summary>In the order in which the Git form has them. Duplicates of a key stay; the last one counts.</summary>
    public ImmutableArray<BoundProperty> Properties { get; }

    /// <summary>
    /// In the spec form, the object types whose properties may be written in this mapping: its own, then those of the wrappers that may be
    /// left out. Empty in the Git form.
    /// </summary>
    public ImmutableArray<ObjectType> Levels { get; }

    public bool IsSpec => !Levels.IsEmpty;

    /// <summary>A discriminator was given that no variant has.</summary>
    public bool HasUnknownVariant => Type is DiscriminatedType discriminated && Shape == discriminated.Base
        && FindValue(discriminated.DiscriminatorName) is BoundScalar;

    public override IEnumerable<BoundNode> Children => Properties;

    /// <summary>The last property of a name, without regard to case.</summary>
    public BoundProperty? Find(string name)
    {
        if (Properties.Length > FewProperties)
        {
            return (_byName ??= IndexByName()).GetValueOrDefault(name);
        }

        for (var i = Properties.Length - 1; i >= 0; i--)
        {
            if (Properties[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Properties[i];
            }
        }

        return null;
    }

    private Dictionary<string, BoundProperty> IndexByName()
    {
        var byName = new Dictionary<string, BoundProperty>(Properties.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var property in Properties)
        {
            byName[property.Name] = property;
        }

        return byName;
    }

    public BoundNode? FindValue(string name) => Find(name)?.Value;

    /// <summary>The text of a property that holds a string; null where it is missing or something else.</summary>
    public string? FindString(string name) => FindValue(name) is BoundScalar { Kind: ScalarKind.String } scalar ? scalar.Text : null;
}

/// <summary>A property with its value.</summary>
public sealed class BoundProperty : BoundNode
{
    public BoundProperty(MappingEntrySyntax? syntax, TextSpan span, string name, PropertySchema? schema, BoundNode value)
        : base(syntax, span, value.Type)
    {
        Name = name;
        Schema = schema;
        Value = value;
        value.Parent = this;
    }

    /// <summary>As written, or the canonical name where it is implied.</summary>
    public string Name { get; }

    /// <summary>Null for a property that the schema does not list.</summary>
    public PropertySchema? Schema { get; }

    public BoundNode Value { get; }

    public MappingEntrySyntax? Entry => (MappingEntrySyntax?)Syntax;

    /// <summary>The key's text, or what implies the property.</summary>
    public TextSpan NameSpan => Entry?.Key.Span ?? Span;

    public override IEnumerable<BoundNode> Children => [Value];
}

public sealed class BoundArray : BoundNode
{
    public BoundArray(SyntaxNode? syntax, TextSpan span, SchemaType? type, ImmutableArray<BoundNode> items)
        : base(syntax, span, type)
    {
        Items = items;
        foreach (var item in items)
        {
            item.Parent = this;
        }
    }

    public ImmutableArray<BoundNode> Items { get; }

    public override IEnumerable<BoundNode> Children => Items;
}

/// <summary>A string, number, boolean or null.</summary>
public sealed class BoundScalar(SyntaxNode? syntax, TextSpan span, SchemaType? type, string text, ScalarKind kind) : BoundNode(syntax, span, type)
{
    /// <summary>A string's value; a number, boolean or null as it is written.</summary>
    public string Text { get; } = text;

    public ScalarKind Kind { get; } = kind;

    public override IEnumerable<BoundNode> Children => [];
}

/// <summary>A whole resource, bound.</summary>
/// <param name="Kind">By the file that it is in.</param>
/// <param name="Name">As given, or by the file's name where the spec form leaves it out.</param>
/// <param name="Content">An object with <c>name</c> and <c>properties</c>, unless the text holds something else. Null for an empty document.</param>
public sealed record BoundResource(ResourceKind Kind, string Name, BoundNode? Content)
{
    /// <summary>The object with <c>name</c> and <c>properties</c>; null where the text holds something else.</summary>
    public BoundObject? Root => Content as BoundObject;

    /// <summary>What a node of the syntax means here, for a mapping that stands for several levels the outermost; null where it means nothing, or is another resource's.</summary>
    public BoundNode? FindNode(SyntaxNode syntax)
    {
        // The note is on the node itself: a table of all nodes would be the largest thing that an edit makes.
        var root = syntax.Meaning as BoundNode;
        while (root?.Parent is { } parent)
        {
            root = parent;
        }

        return root is not null && root == Content ? (BoundNode)syntax.Meaning! : null;
    }

    public BoundObject? Properties => Root?.FindValue("properties") as BoundObject;

    /// <summary>The name's text, or the start of the resource where it is left out.</summary>
    public TextSpan NameSpan => Root?.Find("name")?.Value.Span ?? default;
}
