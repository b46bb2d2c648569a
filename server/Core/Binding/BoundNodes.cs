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
        var pending = new Stack<Pending>();
        pending.Push(new Pending(this));
        while (pending.TryPop(out var next))
        {
            var node = next.Node;
            yield return node;
            switch (node)
            {
                case BoundProperty property:
                    pending.Push(new Pending(property.Value));
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
                pending.Push(new Pending(children[i]));
            }
        }
    }

    /// <summary>A node by itself: an array of a class that has others below it asks what it is given each time.</summary>
    private readonly record struct Pending(BoundNode Node);
}

/// <summary>An object.</summary>
public sealed class BoundObject : BoundNode
{
    /// <summary>Up to here, looking at one after the other is quicker than a table.</summary>
    private const int FewProperties = 24;

    private Dictionary<string, BoundProperty>? _byName;
    private BoundParts? _parts;
    private BoundContent _content;

    /// <summary>Binds the content; null once that is done.</summary>
    private Func<BoundContent>? _bind;

    public BoundObject(
        SyntaxNode? syntax, TextSpan span, SchemaType? type, ObjectType? shape, ImmutableArray<BoundProperty> properties, ImmutableArray<ObjectType> levels)
        : base(syntax, span, type) => _content = Adopt(new BoundContent(shape, properties, levels));

    /// <summary>An object whose content is bound when somebody first asks for it.</summary>
    internal BoundObject(SyntaxNode syntax, SchemaType? type, Func<BoundContent> bind)
        : base(syntax, syntax.Span, type) => _bind = bind;

    /// <summary>The object type after the discriminator was looked at: the variant, or the common part where the variant is unknown. Null where nothing is known.</summary>
    public ObjectType? Shape => Content.Shape;

    /// <summary>In the order in which the Git form has them. Duplicates of a key stay; the last one counts.</summary>
    public ImmutableArray<BoundProperty> Properties => Content.Properties;

    /// <summary>Whether nobody has asked for the content yet.</summary>
    internal bool IsDeferred => Volatile.Read(ref _bind) is not null;

    /// <summary>
    /// In the spec form, the object types whose properties may be written in this mapping: its own, then those of the wrappers that may be
    /// left out. Empty in the Git form.
    /// </summary>
    public ImmutableArray<ObjectType> Levels => Content.Levels;

    public bool IsSpec => !Levels.IsEmpty;

    /// <summary>A discriminator was given that no variant has.</summary>
    public bool HasUnknownVariant => Type is DiscriminatedType discriminated && Shape == discriminated.Base
        && FindValue(discriminated.DiscriminatorName) is BoundScalar;

    public override IEnumerable<BoundNode> Children => Properties;

    /// <summary>The last property of a name, without regard to case.</summary>
    public BoundProperty? Find(string name)
    {
        var properties = Content.Properties;
        if (properties.Length > FewProperties)
        {
            return (_byName ??= IndexByName()).GetValueOrDefault(name);
        }

        for (var i = properties.Length - 1; i >= 0; i--)
        {
            // Most are told apart by their length, and this is asked more often than anything else.
            var property = properties[i];
            if (property.Name.Length == name.Length && property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return property;
            }
        }

        return null;
    }

    /// <summary>Forgets what is only good for going through all nodes many times.</summary>
    internal void DropParts() => Volatile.Write(ref _parts, null);

    private ref readonly BoundContent Content
    {
        get
        {
            if (Volatile.Read(ref _bind) is { } bind)
            {
                Bind(bind);
            }

            return ref _content;
        }
    }

    /// <summary>Once, whoever else asks meanwhile: the nodes that are noted with the syntax must be those that are found here.</summary>
    private void Bind(Func<BoundContent> bind)
    {
        lock (bind)
        {
            if (_bind is not null)
            {
                _content = Adopt(bind());
                Volatile.Write(ref _bind, null);
            }
        }
    }

    private BoundContent Adopt(BoundContent content)
    {
        foreach (var property in content.Properties)
        {
            property.Parent = this;
        }

        return content;
    }

    /// <summary>This object and all below it by their kinds, found once.</summary>
    internal BoundParts Parts => Volatile.Read(ref _parts) ?? (_parts = new BoundParts(this));

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

/// <summary>What an object holds, and what it is by that.</summary>
internal readonly record struct BoundContent(ObjectType? Shape, ImmutableArray<BoundProperty> Properties, ImmutableArray<ObjectType> Levels);

/// <summary>The nodes of a tree by their kinds: most that look at all nodes of a resource look for those of one kind.</summary>
internal sealed class BoundParts
{
    public BoundParts(BoundObject root)
    {
        var objects = ImmutableArray.CreateBuilder<BoundObject>();
        var properties = ImmutableArray.CreateBuilder<BoundProperty>();
        var arrays = ImmutableArray.CreateBuilder<BoundArray>();
        var scalars = ImmutableArray.CreateBuilder<BoundScalar>();
        foreach (var node in root.DescendantsAndSelf())
        {
            switch (node)
            {
                case BoundObject value:
                    objects.Add(value);
                    break;
                case BoundProperty property:
                    properties.Add(property);
                    break;
                case BoundArray array:
                    arrays.Add(array);
                    break;
                case BoundScalar scalar:
                    scalars.Add(scalar);
                    break;
            }
        }

        Arrays = arrays.DrainToImmutable();
        Objects = objects.DrainToImmutable();
        Properties = properties.DrainToImmutable();
        Scalars = scalars.DrainToImmutable();
    }

    public ImmutableArray<BoundArray> Arrays { get; }

    public ImmutableArray<BoundObject> Objects { get; }

    public ImmutableArray<BoundProperty> Properties { get; }

    public ImmutableArray<BoundScalar> Scalars { get; }
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
        BindDownTo(syntax);
        var root = syntax.Meaning as BoundNode;
        while (root?.Parent is { } parent)
        {
            root = parent;
        }

        return root is not null && root == Content ? (BoundNode)syntax.Meaning! : null;
    }

    /// <summary>Nodes below an object that is not bound yet are not known to mean anything.</summary>
    private static void BindDownTo(SyntaxNode syntax)
    {
        while (syntax.Meaning is null)
        {
            var above = syntax.Parent;
            while (above is { Meaning: null })
            {
                above = above.Parent;
            }

            if (above?.Meaning is not BoundObject { IsDeferred: true } waiting)
            {
                return;
            }

            _ = waiting.Properties;
        }
    }

    public BoundObject? Properties => Root?.FindValue("properties") as BoundObject;

    /// <summary>All objects in text order, outer before inner; the root is the first. None where there is no root.</summary>
    public ImmutableArray<BoundObject> Objects => Root?.Parts.Objects ?? [];

    /// <summary>All properties of all objects in text order.</summary>
    public ImmutableArray<BoundProperty> AllProperties => Root?.Parts.Properties ?? [];

    /// <summary>All arrays in text order, outer before inner.</summary>
    public ImmutableArray<BoundArray> Arrays => Root?.Parts.Arrays ?? [];

    /// <summary>All strings, numbers, booleans and nulls in text order.</summary>
    public ImmutableArray<BoundScalar> Scalars => Root?.Parts.Scalars ?? [];

    /// <summary>The name's text, or the start of the resource where it is left out.</summary>
    public TextSpan NameSpan => Root?.Find("name")?.Value.Span ?? default;
}
