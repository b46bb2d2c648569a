// From syntax to meaning: finds the schema type of every node and puts in what the spec form leaves out. It reports nothing; the schema's
// demands are checked on its result.
using System.Collections.Immutable;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Binding;

/// <summary>Binds one resource of either form.</summary>
public sealed class Binder
{
    /// <summary>Whether objects in lists may wait until somebody asks what they hold: no node must mean something because of the order in which others are bound.</summary>
    private readonly bool _mayWait;

    private Binder(bool mayWait) => _mayWait = mayWait;

    /// <summary>Binds a document of the Git form, or with <paramref name="isSpec"/> one of the spec form.</summary>
    /// <param name="root">Null for an empty document.</param>
    /// <param name="fileName">The resource's name by its file; the spec form may leave out the name that it gives.</param>
    /// <param name="hasAliases">Whether the document may have nodes that stand for others.</param>
    public static BoundResource Bind(SchemaCatalog schema, ResourceKind kind, SyntaxNode? root, bool isSpec, string fileName, bool hasAliases = true)
    {
        var binder = new Binder(mayWait: !hasAliases);
        var type = schema[kind];
        if (root is null)
        {
            return new BoundResource(kind, fileName, null);
        }

        var mapping = root.Resolved as MappingSyntax;
        var content = mapping is not null && isSpec && !IsLiteral(mapping)
            ? binder.BindSpecMapping(mapping, type, type, null, fileName)
            : binder.BindValue(root, root.Span, type, null, ExpressionSlot.Unknown, isSpec);
        Register(root, content);
        Register(root.Resolved ?? root, content);
        var name = (content as BoundObject)?.FindString("name");
        return new BoundResource(kind, string.IsNullOrEmpty(name) ? fileName : name, content);
    }

    private static bool IsLiteral(SyntaxNode node) => node.Tag == SpecForm.LiteralTag;

    /// <param name="property">The property that this is the value of, or whose array or map it is in.</param>
    private BoundNode BindValue(SyntaxNode? node, TextSpan at, SchemaType? type, PropertySchema? property, ExpressionSlot slot, bool isSpec)
    {
        var resolved = node?.Resolved;
        isSpec = isSpec && resolved?.Tag != SpecForm.LiteralTag;
        var span = node?.Span ?? at;
        type = resolved is MappingSyntax && type is ScalarType { SecretObject: { } secret } ? secret : type;
        var bound = resolved switch
        {
            MappingSyntax mapping when isSpec && SpecForm.IsDependencyList(type) => BindDependencyMap(mapping, span, (ArrayType)type!),
            MappingSyntax mapping when isSpec && GetShape(type, mapping) is { } shape => BindSpecMapping(mapping, type, shape, property, null),
            MappingSyntax mapping => BindMapping(mapping, type, GetShape(type, mapping), property, isSpec),
            SequenceSyntax sequence => BindSequence(sequence, span, type, property, isSpec),
            ScalarSyntax scalar when isSpec => BindSpecScalar(scalar, span, type, slot),
            ScalarSyntax scalar => new BoundScalar(scalar, span, type, scalar.Value, scalar.Kind),
            _ => new BoundScalar(node, span, type, "null", ScalarKind.Null),
        };
        if (node is not null)
        {
            Register(node, bound);
            Register(node.Resolved ?? node, bound);
        }

        return bound;
    }

    private static ObjectType? GetShape(SchemaType? type, MappingSyntax mapping) => type switch
    {
        ObjectType shape => shape,
        DiscriminatedType discriminated => FindString(mapping, discriminated.DiscriminatorName) is { } value
            && discriminated.FindVariant(value) is { } variant ? variant : discriminated.Base,
        _ => null,
    };

    private static string? FindString(MappingSyntax mapping, string key) => mapping.EffectiveEntries
        .LastOrDefault(e => e.Key.Value.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value?.Resolved is ScalarSyntax { Kind: ScalarKind.String } scalar
        ? scalar.Value
        : null;

    private BoundArray BindSequence(SequenceSyntax sequence, TextSpan span, SchemaType? type, PropertySchema? property, bool isSpec)
    {
        var itemType = (type as ArrayType)?.Item;
        var isDependencyList = isSpec && SpecForm.IsDependencyList(type);
        var items = ImmutableArray.CreateBuilder<BoundNode>(sequence.Items.Length);
        foreach (var item in sequence.Items)
        {
            items.Add(isDependencyList && item.Resolved is ScalarSyntax { Kind: ScalarKind.String, Tag: null } name
                ? Register(item, ImplyDependency(name, item.Span, itemType, null))
                : BindItem(item, itemType, property, isSpec));
        }

        return new BoundArray(sequence, span, type, items.MoveToImmutable());
    }

    /// <summary>An item of a list: of an activity among a thousand, nobody may ever want to know more than that it is there.</summary>
    private BoundNode BindItem(SyntaxNode item, SchemaType? type, PropertySchema? property, bool isSpec)
    {
        if (!_mayWait || item is not MappingSyntax mapping || type is not (ObjectType or DiscriminatedType) || (isSpec && IsLiteral(mapping)))
        {
            return BindValue(item, item.Span, type, property, ExpressionSlot.Unknown, isSpec);
        }

        return Register(item, new BoundObject(mapping, type, () => isSpec
            ? BindSpecContent(mapping, GetShape(type, mapping)!, property, null)
            : BindContent(mapping, GetShape(type, mapping), property, isSpec: false)));
    }

    private BoundObject BindMapping(MappingSyntax mapping, SchemaType? type, ObjectType? shape, PropertySchema? property, bool isSpec)
    {
        var content = BindContent(mapping, shape, property, isSpec);
        return new BoundObject(mapping, mapping.Span, type, shape, content.Properties, content.Levels);
    }

    private BoundContent BindContent(MappingSyntax mapping, ObjectType? shape, PropertySchema? property, bool isSpec) =>
        new(shape, [.. mapping.EffectiveEntries.Select(e => BindEntry(e, shape, property, isSpec))], []);

    private BoundProperty BindEntry(MappingEntrySyntax entry, ObjectType? shape, PropertySchema? property, bool isSpec)
    {
        var place = ValuePlace.Of(shape, entry.Key.Value, property);
        var value = BindValue(entry.Value, new TextSpan(entry.Span.End, 0), place.Type, place.Property, place.Slot, isSpec);
        return Register(entry, new BoundProperty(entry, entry.Span, entry.Key.Value, place.Schema, value));
    }

    /// <summary>Of several meanings of one node, as that of an anchor, the first counts.</summary>
    private static T Register<T>(SyntaxNode syntax, T node) where T : BoundNode
    {
        syntax.Meaning ??= node;
        return node;
    }

    private BoundNode BindSpecScalar(ScalarSyntax scalar, TextSpan span, SchemaType? type, ExpressionSlot slot)
    {
        if (scalar.Kind == ScalarKind.String)
        {
            if (SpecForm.GetReference(type) is { } reference)
            {
                return ImplyReference(scalar, span, (ObjectType)type!, reference);
            }

            if (SpecForm.IsTypeShorthand(type))
            {
                return Imply(span, type, (ObjectType)type!, [ImplyProperty(span, (ObjectType)type!, "type", scalar)]);
            }

            if (SpecForm.ShortensExpression(slot, scalar.Value))
            {
                return Imply(span, type, null, [ImplyProperty(span, null, "value", scalar), ImplyProperty(span, null, "type", "Expression")]);
            }
        }

        return new BoundScalar(scalar, span, type, scalar.Value, scalar.Kind);
    }

    private static BoundObject ImplyReference(ScalarSyntax name, TextSpan span, ObjectType type, ReferenceSchema reference) => Imply(
        span, type, type, [ImplyProperty(span, type, "referenceName", name), ImplyProperty(span, type, "type", reference.TypeName)]);

    private static BoundObject Imply(TextSpan span, SchemaType? type, ObjectType? shape, ImmutableArray<BoundProperty> properties) =>
        new(null, span, type, shape, properties, []);

    private static BoundProperty ImplyProperty(TextSpan span, ObjectType? shape, string name, string value) =>
        ImplyProperty(span, shape, name, type => new BoundScalar(null, span, type, value, ScalarKind.String));

    private static BoundProperty ImplyProperty(TextSpan span, ObjectType? shape, string name, ScalarSyntax value) =>
        ImplyProperty(span, shape, name, type => new BoundScalar(value, span, type, value.Value, value.Kind));

    private static BoundProperty ImplyProperty(TextSpan span, ObjectType? shape, string name, Func<SchemaType?, BoundNode> makeValue)
    {
        var schema = shape?.FindProperty(name);
        return new BoundProperty(null, span, name, schema, makeValue(schema?.Type));
    }

    private BoundArray BindDependencyMap(MappingSyntax mapping, TextSpan span, ArrayType type)
    {
        var items = mapping.EffectiveEntries.Select(e => (BoundNode)Register(e, ImplyDependency(e.Key, e.Span, type.Item, e)));
        return new BoundArray(mapping, span, type, [.. items]);
    }

    private BoundObject ImplyDependency(ScalarSyntax activity, TextSpan span, SchemaType? itemType, MappingEntrySyntax? entry)
    {
        var shape = itemType as ObjectType;
        var conditions = ImplyProperty(span, shape, "dependencyConditions", type => BindConditions(span, type, entry));
        return Imply(span, itemType, shape, [ImplyProperty(activity.Span, shape, "activity", activity), conditions]);
    }

    private BoundNode BindConditions(TextSpan span, SchemaType? type, MappingEntrySyntax? entry)
    {
        var itemType = (type as ArrayType)?.Item;
        return entry?.Value?.Resolved switch
        {
            null or ScalarSyntax { Kind: ScalarKind.Null } =>
                new BoundArray(null, span, type, [new BoundScalar(null, span, itemType, SpecForm.DefaultCondition, ScalarKind.String)]),
            ScalarSyntax one =>
                new BoundArray(null, span, type, [Register(entry.Value, new BoundScalar(one, entry.Value.Span, itemType, one.Value, one.Kind))]),
            _ => BindValue(entry.Value, entry.Span, type, null, ExpressionSlot.Unknown, isSpec: false),
        };
    }

    private BoundObject BindSpecMapping(MappingSyntax mapping, SchemaType? type, ObjectType shape, PropertySchema? property, string? impliedName)
    {
        var content = BindSpecContent(mapping, shape, property, impliedName);
        return new BoundObject(mapping, mapping.Span, type, shape, content.Properties, content.Levels);
    }

    private BoundContent BindSpecContent(MappingSyntax mapping, ObjectType shape, PropertySchema? property, string? impliedName)
    {
        var levels = SpecForm.GetLevels(shape, name => FindDiscriminator(mapping, name));
        var contents = levels.Select(_ => new LevelContent()).ToArray();
        Distribute(mapping, levels, 0, contents, property);
        for (var i = levels.Length - 1; i > 0; i--)
        {
            if (contents[i].IsPresent)
            {
                var wrapper = levels[i - 1].Wrapper!;
                var content = contents[i].Build(wrapper.Type, levels, i, mapping.Span);
                if (contents[i].Explicit?.Value?.Resolved is { } explicitNode)
                {
                    Register(explicitNode, content);
                }

                contents[i - 1].AddWrapper(contents[i].Explicit, wrapper, content, mapping.Span);
            }
        }

        AddImplied(mapping, shape, contents[0].Properties, impliedName);
        return new BoundContent(shape, [.. contents[0].Properties], levels);
    }

    private static void AddImplied(MappingSyntax mapping, ObjectType shape, List<BoundProperty> properties, string? impliedName)
    {
        bool Has(string name) => properties.Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (impliedName is not null && !Has("name"))
        {
            properties.Insert(0, ImplyProperty(new TextSpan(mapping.Span.Start, 0), shape, "name", impliedName));
        }

        if (shape.Reference is { } reference && !Has("type") && Has("referenceName"))
        {
            var at = properties.FindIndex(p => p.Name.Equals("referenceName", StringComparison.OrdinalIgnoreCase));
            properties.Insert(at + 1, ImplyProperty(properties[at].Span, shape, "type", reference.TypeName));
        }
    }

    /// <summary>Puts each entry into the level that it belongs to; the entries of a wrapper that is written join those that are not.</summary>
    private void Distribute(MappingSyntax mapping, ImmutableArray<ObjectType> levels, int from, LevelContent[] contents, PropertySchema? property)
    {
        foreach (var entry in mapping.EffectiveEntries)
        {
            var level = SpecForm.FindLevel(levels, from, entry.Key.Value, (entry.Value?.Resolved as ScalarSyntax)?.Value);
            if (IsWrapper(entry, levels, level) && entry.Value!.Resolved is MappingSyntax inner && !IsLiteral(inner))
            {
                contents[level + 1].Explicit = entry;
                LevelContent.Touch(contents, level + 1);
                Distribute(inner, levels, level + 1, contents, property);
            }
            else
            {
                LevelContent.Touch(contents, level);
                contents[level].Properties.Add(BindEntry(entry, levels[level], property, isSpec: true));
            }
        }
    }

    private static bool IsWrapper(MappingEntrySyntax entry, ImmutableArray<ObjectType> levels, int level) =>
        level + 1 < levels.Length && entry.Value is not null
        && entry.Key.Value.Equals(levels[level].Wrapper!.Name, StringComparison.OrdinalIgnoreCase);

    private static string? FindDiscriminator(MappingSyntax mapping, string name)
    {
        foreach (var entry in mapping.EffectiveEntries)
        {
            if (entry.Value?.Resolved is ScalarSyntax { Kind: ScalarKind.String } scalar
                && entry.Key.Value.Equals(name, StringComparison.OrdinalIgnoreCase)
                && !scalar.Value.StartsWith("Microsoft.DataFactory/", StringComparison.OrdinalIgnoreCase))
            {
                return scalar.Value;
            }
        }

        return mapping.EffectiveEntries
            .Where(e => e.Key.Value.ToUpperInvariant() is "PROPERTIES" or "TYPEPROPERTIES")
            .Select(e => e.Value?.Resolved is MappingSyntax inner && !IsLiteral(inner) ? FindDiscriminator(inner, name) : null)
            .FirstOrDefault(v => v is not null);
    }

    /// <summary>What has been found for one level of a mapping of the spec form.</summary>
    private sealed class LevelContent
    {
        private int _wrapperAt = -1;

        public List<BoundProperty> Properties { get; } = [];

        /// <summary>The entry of the wrapper where it is written.</summary>
        public MappingEntrySyntax? Explicit { get; set; }

        public bool IsPresent { get; private set; }

        /// <summary>Notes that a level has content; the wrapper stands in each outer level where its first content was met.</summary>
        public static void Touch(LevelContent[] contents, int level)
        {
            contents[level].IsPresent = true;
            for (var i = level; i > 0; i--)
            {
                contents[i - 1].IsPresent = true;
                if (contents[i - 1]._wrapperAt < 0)
                {
                    contents[i - 1]._wrapperAt = contents[i - 1].Properties.Count;
                }
            }
        }

        public BoundObject Build(SchemaType type, ImmutableArray<ObjectType> levels, int level, TextSpan span) => new(
            Explicit?.Value?.Resolved, Explicit?.Value?.Span ?? span, type, levels[level], [.. Properties], levels[level..]);

        public void AddWrapper(MappingEntrySyntax? entry, PropertySchema wrapper, BoundObject content, TextSpan span)
        {
            var property = new BoundProperty(entry, entry?.Span ?? span, entry?.Key.Value ?? wrapper.Name, wrapper, content);
            Properties.Insert(Math.Min(_wrapperAt, Properties.Count), property);
            if (entry is not null)
            {
                Register(entry, property);
            }
        }
    }
}
