// From the Git form to the spec form: leaves out what binding puts back in, by the same rules. Where leaving out would not come back as
// the very same JSON, the node is kept literally.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Emit;

/// <summary>A value as the spec form is going to write it.</summary>
/// <param name="IsLiteral">Written with the tag that keeps everything below it as JSON has it.</param>
/// <param name="Offset">Where it stands in the source, for the comments before it.</param>
internal abstract record SpecValue(bool IsLiteral, int Offset);

internal sealed record SpecScalar(string Text, ScalarKind Kind, bool IsLiteral, int Offset) : SpecValue(IsLiteral, Offset);

internal sealed record SpecList(ImmutableArray<SpecValue> Items, bool IsLiteral, int Offset) : SpecValue(IsLiteral, Offset);

internal sealed record SpecMap(ImmutableArray<SpecEntry> Entries, bool IsLiteral, int Offset) : SpecValue(IsLiteral, Offset);

internal sealed record SpecEntry(string Key, SpecValue Value, int Offset);

/// <summary>Lifts one resource.</summary>
internal static class SpecLifter
{
    /// <param name="fileName">The name that the file gives the resource; left out where it is the same.</param>
    public static SpecValue Lift(BoundResource resource, string fileName) => resource.Content switch
    {
        BoundObject { Shape: { } shape } root => LiftRoot(root, shape, fileName),
        { } other => LiftLiterally(other),
        null => new SpecMap([], IsLiteral: true, 0),
    };

    private static SpecMap LiftRoot(BoundObject root, ObjectType shape, string fileName)
    {
        if (root.Properties.Count(p => p.Name.Equals("name", StringComparison.OrdinalIgnoreCase)) != 1 || LiftMapping(root, shape, null) is not { } entries)
        {
            return LiftLiterally(root);
        }

        return new SpecMap([.. entries.Where(e => e is not { Key: "name", Value: SpecScalar { Kind: ScalarKind.String } name } || name.Text != fileName)], false, root.Span.Start);
    }

    private static SpecValue LiftValue(BoundNode node, in ValuePlace place) => node switch
    {
        BoundScalar scalar => new SpecScalar(scalar.Text, scalar.Kind, scalar.Kind == ScalarKind.String && Expands(scalar.Text, place), scalar.Span.Start),
        BoundArray array => LiftArray(array, place),
        BoundObject value => LiftObject(value, place),
        _ => throw new ArgumentException($"A {node.GetType().Name} is not a value.", nameof(node)),
    };

    /// <summary>Whether a lone string at this place would be taken for something longer.</summary>
    private static bool Expands(string text, in ValuePlace place) =>
        SpecForm.GetReference(place.Type) is not null || SpecForm.IsTypeShorthand(place.Type) || SpecForm.ShortensExpression(place.Slot, text);

    private static SpecValue LiftArray(BoundArray array, in ValuePlace place)
    {
        if (SpecForm.IsDependencyList(place.Type))
        {
            return LiftDependencies(array, (ArrayType)place.Type!, place.Property);
        }

        var itemPlace = new ValuePlace(null, (place.Type as ArrayType)?.Item, ExpressionSlot.Unknown, place.Property);
        return new SpecList([.. array.Items.Select(i => LiftValue(i, itemPlace))], false, array.Span.Start);
    }

    private static SpecValue LiftDependencies(BoundArray array, ArrayType type, PropertySchema? property)
    {
        var dependencies = array.Items.Select(AsDependency).ToList();
        if (dependencies.All(d => d is { Conditions: [SpecForm.DefaultCondition] }))
        {
            return new SpecList([.. dependencies.Select(d => new SpecScalar(d!.Activity, ScalarKind.String, false, array.Span.Start))], false, array.Span.Start);
        }

        if (dependencies.All(d => d is not null and not { Activity: "<<" })
            && dependencies.Select(d => d!.Activity).Distinct(StringComparer.Ordinal).Count() == dependencies.Count)
        {
            return new SpecMap([.. dependencies.Select(d => new SpecEntry(d!.Activity, LiftConditions(d.Conditions, d.Offset), d.Offset))], false, array.Span.Start);
        }

        var itemPlace = new ValuePlace(null, type.Item, ExpressionSlot.Unknown, property);
        return new SpecList([.. array.Items.Select(i => i is BoundScalar { Kind: ScalarKind.String } ? LiftLiterally(i) : LiftValue(i, itemPlace))], false, array.Span.Start);
    }

    private static SpecValue LiftConditions(ImmutableArray<string> conditions, int offset)
    {
        var items = conditions.Select(c => (SpecValue)new SpecScalar(c, ScalarKind.String, false, offset)).ToImmutableArray();
        return items is [var one] ? one : new SpecList(items, false, offset);
    }

    private sealed record Dependency(string Activity, ImmutableArray<string> Conditions, int Offset);

    private static Dependency? AsDependency(BoundNode node)
    {
        if (node is BoundObject { Properties: [var first, var second] } value
            && value.Properties.FirstOrDefault(p => p.Name == "activity")?.Value is BoundScalar { Kind: ScalarKind.String } activity
            && value.Properties.FirstOrDefault(p => p.Name == "dependencyConditions")?.Value is BoundArray conditions
            && conditions.Items.All(c => c is BoundScalar { Kind: ScalarKind.String })
            && first != second)
        {
            return new Dependency(activity.Text, [.. conditions.Items.Cast<BoundScalar>().Select(c => c.Text)], value.Span.Start);
        }

        return null;
    }

    private static SpecValue LiftObject(BoundObject value, in ValuePlace place)
    {
        if (SpecForm.IsDependencyList(place.Type))
        {
            return LiftLiterally(value);
        }

        if (AsLoneString(value, place) is { } text)
        {
            return new SpecScalar(text, ScalarKind.String, false, value.Span.Start);
        }

        if (value.Shape is { } shape)
        {
            return LiftMapping(value, shape, place.Property) is { } entries ? new SpecMap(entries, false, value.Span.Start) : LiftLiterally(value);
        }

        var property = place.Property;
        return new SpecMap([.. Effective(value).Select(p => LiftEntry(p, ValuePlace.Of(null, p.Name, property)))], false, value.Span.Start);
    }

    /// <summary>The string that binding makes this very object of; null where there is none.</summary>
    private static string? AsLoneString(BoundObject value, in ValuePlace place)
    {
        string? Get(string name) => value.Properties.FirstOrDefault(p => p.Name == name)?.Value is BoundScalar { Kind: ScalarKind.String } scalar ? scalar.Text : null;
        return value.Properties.Length switch
        {
            2 when SpecForm.GetReference(place.Type) is { } reference => Get("type") == reference.TypeName ? Get("referenceName") : null,
            1 when SpecForm.IsTypeShorthand(place.Type) => Get("type"),
            2 when !Expands("", place) && Get("type") == "Expression" && Get("value") is { } text && SpecForm.ShortensExpression(place.Slot, text) => text,
            _ => null,
        };
    }

    private static SpecEntry LiftEntry(BoundProperty property, in ValuePlace place) =>
        new(property.Name, LiftValue(property.Value, place), property.NameSpan.Start);

    /// <summary>Lifts an object of a known type with its wrappers; null where only the literal form keeps it.</summary>
    private static ImmutableArray<SpecEntry>? LiftMapping(BoundObject value, ObjectType shape, PropertySchema? property)
    {
        var levels = SpecForm.GetLevels(shape, name => FindDiscriminator(value, name));
        var lifting = new Lifting(levels);
        if (!lifting.AddOwn(value, property))
        {
            return null;
        }

        var entries = lifting.Entries;
        if (shape.Reference is { } reference && entries.Any(e => e.Key.Equals("referenceName", StringComparison.OrdinalIgnoreCase)))
        {
            // Binding adds the type that is left out, so an object that truly has none can only be written literally.
            var type = entries.Where(e => e.Key.Equals("type", StringComparison.OrdinalIgnoreCase)).ToList();
            return type switch
            {
                [] => null,
                [{ Key: "type", Value: SpecScalar { Kind: ScalarKind.String, Text: var text } }] when text == reference.TypeName => [.. entries.Except(type)],
                _ => [.. entries],
            };
        }

        return [.. entries];
    }

    private static string? FindDiscriminator(BoundObject value, string name)
    {
        var own = value.Properties.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            && p.Value is BoundScalar { Kind: ScalarKind.String } scalar && !scalar.Text.StartsWith("Microsoft.DataFactory/", StringComparison.OrdinalIgnoreCase));
        return own is not null
            ? ((BoundScalar)own.Value).Text
            : value.Shape?.Wrapper is { } wrapper && value.FindValue(wrapper.Name) is BoundObject inner ? FindDiscriminator(inner, name) : null;
    }

    private static IEnumerable<BoundProperty> Effective(BoundObject value) =>
        value.Properties.GroupBy(p => p.Name, StringComparer.Ordinal).Select(g => g.Last());

    private static SpecMap LiftLiterally(BoundObject value) => new(LiterallyEntries(value), true, value.Span.Start);

    private static SpecValue LiftLiterally(BoundNode node) => AsLiteral(node) switch
    {
        SpecMap map => map with { IsLiteral = true },
        SpecList list => list with { IsLiteral = true },
        SpecScalar scalar => scalar with { IsLiteral = true },
        var other => other,
    };

    private static SpecValue AsLiteral(BoundNode node) => node switch
    {
        BoundScalar scalar => new SpecScalar(scalar.Text, scalar.Kind, false, scalar.Span.Start),
        BoundArray array => new SpecList([.. array.Items.Select(AsLiteral)], false, array.Span.Start),
        BoundObject value => new SpecMap(LiterallyEntries(value), false, value.Span.Start),
        _ => throw new ArgumentException($"A {node.GetType().Name} is not a value.", nameof(node)),
    };

    private static ImmutableArray<SpecEntry> LiterallyEntries(BoundObject value) =>
        [.. Effective(value).Select(p => new SpecEntry(p.Name, AsLiteral(p.Value), p.NameSpan.Start))];

    /// <summary>The entries of one mapping while its levels are folded into it.</summary>
    private sealed class Lifting(ImmutableArray<ObjectType> levels)
    {
        private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

        public List<SpecEntry> Entries { get; } = [];

        /// <summary>Adds the object's own properties and folds in its wrapper; false where that would not come back the same.</summary>
        public bool AddOwn(BoundObject value, PropertySchema? property)
        {
            var own = Effective(value).ToList();
            var wrappers = own.Where(p => IsWrapper(p, 0)).ToList();
            _used.UnionWith(own.Select(p => p.Name));
            foreach (var entry in own)
            {
                if (wrappers is [var wrapper] && wrapper == entry)
                {
                    if (!AddWrapper(wrapper, 1))
                    {
                        return false;
                    }
                }
                else if (wrappers.Contains(entry) || LevelOf(entry, 0) != 0)
                {
                    return false;
                }
                else
                {
                    Entries.Add(LiftEntry(entry, ValuePlace.Of(levels[0], entry.Name, property)));
                }
            }

            return true;
        }

        private bool AddWrapper(BoundProperty wrapper, int level)
        {
            var inner = (BoundObject)wrapper.Value;
            if (inner.Shape != levels[level])
            {
                return false;
            }

            var isCanonical = wrapper.Name == levels[level - 1].Wrapper!.Name;
            var properties = Effective(inner).ToList();
            var kept = new List<SpecEntry>();
            var keptAt = -1;
            foreach (var entry in properties)
            {
                if (IsWrapper(entry, level))
                {
                    if (!isCanonical || properties.Count(p => IsWrapper(p, level)) > 1 || _used.Contains(entry.Name) || !AddWrapper(entry, level + 1))
                    {
                        return false;
                    }
                }
                else if (LevelOf(entry, level) != level)
                {
                    return false;
                }
                else
                {
                    var lifted = LiftEntry(entry, ValuePlace.Of(levels[level], entry.Name, wrapper.Schema));
                    var isFolded = isCanonical && LevelOf(entry, 0) == level && _used.Add(entry.Name);
                    if (!isFolded && kept.Count == 0)
                    {
                        keptAt = Entries.Count;
                    }

                    (isFolded ? Entries : kept).Add(lifted);
                }
            }

            if (kept.Count > 0 || properties.Count == 0)
            {
                // Where its first property is, so that the way back keeps their order.
                Entries.Insert(keptAt < 0 ? Entries.Count : keptAt, new SpecEntry(wrapper.Name, new SpecMap([.. kept], false, inner.Span.Start), wrapper.NameSpan.Start));
            }

            return true;
        }

        private int LevelOf(BoundProperty property, int from) => SpecForm.FindLevel(levels, from, property.Name, (property.Value as BoundScalar)?.Text);

        private bool IsWrapper(BoundProperty property, int level) => level + 1 < levels.Length && property.Value is BoundObject
            && property.Name.Equals(levels[level].Wrapper!.Name, StringComparison.OrdinalIgnoreCase);
    }
}
