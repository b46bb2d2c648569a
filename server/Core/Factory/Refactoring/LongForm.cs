// Between what the spec form leaves out and what it may write all the same.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

/// <summary>Writes in full what the schema knows: wrappers, references, expressions, dependencies, types.</summary>
public sealed class LongForm
{
    private readonly DraftReader _reader;
    private readonly Dictionary<MappingEntrySyntax, EntryDraft> _entries = [];

    private LongForm(DraftReader reader) => _reader = reader;

    /// <summary>Writes a part of a resource in full.</summary>
    /// <returns>Null where nothing is left out, and where anchors are used, whose places must not change.</returns>
    public static Draft? Write(ResourceDocument document, BoundNode part) =>
        !document.IsSpec || document.HasSyntaxErrors || PropertyOrder.HasAnchors(document.Syntax) || !HasImplied(part) ? null : new LongForm(new DraftReader(document.Syntax)).Write(part, DraftLayout.Block);

    private static bool HasImplied(BoundNode node) => node.DescendantsAndSelf().Any(
        n => n is not BoundProperty && n.IsImplied && n.Parent is not BoundProperty { Entry: { Value: null } });

    private Draft Write(BoundNode node, DraftLayout layout)
    {
        if (node.Syntax is { } written && !HasImplied(node))
        {
            return _reader.Keep(written);
        }

        return node switch
        {
            BoundObject { Syntax: MappingSyntax mapping } value => WriteMapping(value, mapping),
            BoundObject value => new MappingDraft([.. value.Properties.Select(p => WriteProperty(p, layout))], value.Levels.IsEmpty ? DraftLayout.Row : layout),
            BoundArray { Syntax: SequenceSyntax sequence } array => WriteSequence(array, sequence),
            BoundArray array => SequenceDraft.Of(array.Syntax is MappingSyntax { IsFlow: false } ? DraftLayout.Block : DraftLayout.Row, array.Items.Select(i => Write(i, layout))),
            BoundScalar scalar => new ScalarDraft(scalar.Text, scalar.Kind),
            _ => throw new ArgumentException($"A {node.GetType().Name} is not a value.", nameof(node)),
        };
    }

    private MappingDraft WriteMapping(BoundObject value, MappingSyntax mapping)
    {
        var draft = Read(mapping);
        return draft with { Entries = [.. value.Properties.Select(p => WriteProperty(p, draft.Layout))] };
    }

    private SequenceDraft WriteSequence(BoundArray array, SequenceSyntax sequence)
    {
        var draft = _reader.Read(sequence);
        return draft with { Items = [.. draft.Items.Zip(array.Items, (item, bound) => HasImplied(bound) ? item with { Value = Write(bound, draft.Layout) } : item)] };
    }

    private EntryDraft WriteProperty(BoundProperty property, DraftLayout layout)
    {
        // What stands in a wrapper that is written may come beside what does not.
        if (property.Value.Syntax is MappingSyntax inner)
        {
            Read(inner);
        }

        var entry = property.Entry is { } syntax ? EntryOf(syntax) : new EntryDraft(property.Name, Write(property.Value, layout));
        return property.Entry is not null && HasImplied(property.Value) ? entry.With(Write(property.Value, layout)) : entry;
    }

    private EntryDraft EntryOf(MappingEntrySyntax entry)
    {
        if (!_entries.ContainsKey(entry) && entry.Parent is MappingSyntax mapping)
        {
            Read(mapping);
        }

        return _entries[entry];
    }

    private MappingDraft Read(MappingSyntax mapping)
    {
        var draft = _reader.Read(mapping);
        foreach (var (entry, syntax) in draft.Entries.Zip(mapping.Entries))
        {
            _entries[syntax] = entry;
        }

        return draft;
    }
}

/// <summary>Leaves out what the schema knows.</summary>
public sealed class ShortForm
{
    private readonly DraftReader _reader;
    private readonly string? _fileName;

    private ShortForm(DraftReader reader, string? fileName) => (_reader, _fileName) = (reader, fileName);

    /// <summary>Leaves out of a part of a resource what need not be written.</summary>
    /// <param name="fileName">The name that the file gives the resource; null where it gives none.</param>
    /// <returns>Null where nothing can be left out, and where anchors are used, whose places must not change.</returns>
    public static Draft? Write(ResourceDocument document, BoundNode part, string? fileName)
    {
        if (!document.IsSpec || document.HasSyntaxErrors || PropertyOrder.HasAnchors(document.Syntax))
        {
            return null;
        }

        return new ShortForm(new DraftReader(document.Syntax), fileName).Write(part);
    }

    /// <summary>The shorter text of a value; null where it stays as it is.</summary>
    private Draft? Write(BoundNode node) => node switch
    {
        BoundObject { Syntax: MappingSyntax mapping } value => LoneString(value) is { } text ? _reader.Keep(text) : WriteMapping(value, mapping),
        BoundArray { Syntax: SequenceSyntax sequence } array => SpecForm.IsDependencyList(array.Type) ? WriteDependencies(array) : WriteSequence(array, sequence),
        _ => null,
    };

    /// <summary>The string that may stand for an object.</summary>
    private static ScalarSyntax? LoneString(BoundObject value)
    {
        if (value.Properties.Any(p => p.Entry is null || p.Value is not BoundScalar { Kind: ScalarKind.String, Syntax: ScalarSyntax { Style: not (ScalarStyle.Literal or ScalarStyle.Folded) } }))
        {
            return null;
        }

        ScalarSyntax? Get(string name) => (value.FindValue(name) as BoundScalar)?.Syntax as ScalarSyntax;
        return value.Properties.Length switch
        {
            2 when value.Shape?.Reference is { } reference => value.FindString("type") == reference.TypeName ? Get("referenceName") : null,
            1 when SpecForm.IsTypeShorthand(value.Type) => Get("type"),
            2 when value.FindString("type") == "Expression" && Get("value") is { } text && SlotOf(value) is { } slot && SpecForm.ShortensExpression(slot, text.Value) => text,
            _ => null,
        };
    }

    private static ExpressionSlot? SlotOf(BoundObject value) => (value.FindValue("value") as BoundScalar) is { } scalar ? ExpressionSite.Of(scalar)?.Slot : null;

    private MappingDraft? WriteMapping(BoundObject value, MappingSyntax mapping)
    {
        var draft = _reader.Read(mapping);
        var properties = value.Properties.Where(p => p.Entry is not null).ToDictionary(p => p.Entry!, p => p);
        var entries = ImmutableArray.CreateBuilder<EntryDraft>();
        var isChanged = false;
        foreach (var (entry, syntax) in draft.Entries.Zip(mapping.Entries))
        {
            var property = properties.GetValueOrDefault(syntax) ?? FindInner(value, syntax);
            var added = property is null ? [entry] : Shorten(value, property, entry, mapping);
            isChanged |= added is not [var same] || same != entry;
            entries.AddRange(added);
        }

        return isChanged ? draft with { Entries = entries.ToImmutable() } : null;
    }

    /// <summary>The property of an entry that stands in this mapping, and belongs to a level whose wrapper is left out.</summary>
    private static BoundProperty? FindInner(BoundObject value, MappingEntrySyntax entry)
    {
        for (var level = value; level is not null; level = level.Shape?.Wrapper is { } wrapper ? level.FindValue(wrapper.Name) as BoundObject : null)
        {
            if (level.Properties.FirstOrDefault(p => p.Entry == entry) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private ImmutableArray<EntryDraft> Shorten(BoundObject owner, BoundProperty property, EntryDraft entry, MappingSyntax mapping)
    {
        if (IsNeedless(owner, property))
        {
            return [];
        }

        var value = Write(property.Value);
        if (IsWrapper(owner, property) && property.Value.Syntax is MappingSyntax { Entries.IsEmpty: false } inner && CanUnwrap(owner, inner, mapping))
        {
            var unwrapped = (value as MappingDraft ?? _reader.Read(inner)).Entries;
            return unwrapped.IsEmpty ? [] : unwrapped.SetItem(0, unwrapped[0] with { Before = [.. entry.Before, .. unwrapped[0].Before] });
        }

        return [value is null ? entry : entry.With(value)];
    }

    /// <summary>The name that the file gives, and the type of a reference.</summary>
    private bool IsNeedless(BoundObject owner, BoundProperty property) => property.Value is BoundScalar { Kind: ScalarKind.String } scalar
        && ((owner.Parent is null && property.Name == "name" && scalar.Text == _fileName)
            || (owner.Shape?.Reference is { } reference && property.Name == "type" && scalar.Text == reference.TypeName));

    private static bool IsWrapper(BoundObject owner, BoundProperty property) => owner.Levels.Length > 1 && owner.Shape?.Wrapper?.Name == property.Name;

    /// <summary>Whether each property of a wrapper means the same beside it.</summary>
    private static bool CanUnwrap(BoundObject owner, MappingSyntax inner, MappingSyntax mapping) => inner.Entries.All(e =>
        SpecForm.FindLevel(owner.Levels, 0, e.Key.Value, (e.Value as ScalarSyntax)?.Value) > 0
        && !mapping.Entries.Any(o => o.Key.Value.Equals(e.Key.Value, StringComparison.OrdinalIgnoreCase)));

    private SequenceDraft? WriteSequence(BoundArray array, SequenceSyntax sequence)
    {
        var draft = _reader.Read(sequence);
        var values = array.Items.Select(Write).ToList();
        return values.TrueForAll(v => v is null) || values.Count != draft.Items.Length
            ? null
            : draft with { Items = [.. draft.Items.Zip(values, (item, value) => value is null ? item : item with { Value = value })] };
    }

    private static Draft? WriteDependencies(BoundArray array)
    {
        var isLong = array.Items.Any(i => i is BoundObject { Syntax: MappingSyntax });
        var dependencies = array.Items.Select(AsDependency).ToList();
        if (!isLong || dependencies.Exists(d => d is null) || dependencies.Select(d => d!.Activity).Distinct(StringComparer.OrdinalIgnoreCase).Count() < dependencies.Count)
        {
            return null;
        }

        return ActivityDrafts.ShortDependencies([.. dependencies.OfType<ActivityDependency>()]);
    }

    private static ActivityDependency? AsDependency(BoundNode node) => node is BoundObject { Properties.Length: 2 } value && value.FindString("activity") is { } activity
        && value.FindValue("dependencyConditions") is BoundArray { Items: { Length: > 0 } items } && items.All(i => i is BoundScalar { Kind: ScalarKind.String })
        ? new ActivityDependency(activity, [.. items.Cast<BoundScalar>().Select(i => i.Text)])
        : null;
}
