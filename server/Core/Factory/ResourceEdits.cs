// Edits of a resource told in terms of what it means; written in the form, and in the style, of its text.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>Edits of one document. Each gives no changes where the text does not allow for any, as where a value is only implied.</summary>
public sealed class ResourceEdits(ResourceDocument document)
{
    private readonly StructureEdits _edits = new(document.Text, document.Syntax.Language);

    /// <summary>Gives a property a value, whether it is there or not.</summary>
    /// <param name="path">Names with dots between them, from <paramref name="owner"/> down, as the Git form has them: <c>typeProperties.isSequential</c>.</param>
    public ImmutableArray<TextChange> SetProperty(BoundObject owner, string path, NewNode value)
    {
        var names = path.Split('.');
        var current = owner;
        for (var i = 0; i < names.Length - 1; i++)
        {
            if (current.FindValue(names[i]) is not BoundObject next)
            {
                return current.FindValue(names[i]) is { Syntax: not null } and not BoundScalar { Kind: ScalarKind.Null } ? [] : Add(current, names[i..], value);
            }

            current = next;
        }

        var last = names[^1];
        return current.Find(last) switch
        {
            { Entry: { } entry } => _edits.ReplaceValue(entry, value),
            { } implied when IsDependency(current) && last.Equals("dependencyConditions", StringComparison.OrdinalIgnoreCase) => SetConditions(current, value, implied),
            { } implied => WriteOut(current, last, value, implied),
            null => Add(current, [last], value),
        };
    }

    /// <summary>Gives a map several members that it does not have.</summary>
    /// <param name="path">Where the map is, or would be, from <paramref name="owner"/> down.</param>
    /// <param name="map">Null where there is none yet.</param>
    public ImmutableArray<TextChange> SetMembers(BoundObject owner, string path, BoundObject? map, ImmutableArray<(string Name, NewNode Value)> members) =>
        map is { Syntax: MappingSyntax { Entries.IsEmpty: false } }
            ? [.. members.SelectMany(m => Add(map, [m.Name], m.Value))]
            : SetProperty(owner, path, new NewMapping(members));

    /// <summary>Takes a property away.</summary>
    public ImmutableArray<TextChange> Remove(BoundProperty property) => property.Entry is { } entry ? _edits.RemoveEntry(entry) : [];

    /// <summary>Takes several properties of one object away.</summary>
    public ImmutableArray<TextChange> Remove(IEnumerable<BoundProperty> properties) =>
        [.. properties.Select(p => p.Entry).OfType<MappingEntrySyntax>().GroupBy(e => e.Parent).SelectMany(g => g.Key is MappingSyntax mapping ? _edits.RemoveEntries(mapping, [.. g]) : [])];

    /// <summary>Takes an item of an array away.</summary>
    public ImmutableArray<TextChange> RemoveItem(BoundNode item) => (item.Syntax ?? FindText(item)) switch
    {
        MappingEntrySyntax entry => _edits.RemoveEntry(entry),
        { Parent: MappingEntrySyntax { Key: var key } entry } syntax when key == syntax => _edits.RemoveEntry(entry),
        { Parent: SequenceSyntax } syntax => _edits.RemoveItem(syntax),
        _ => [],
    };

    /// <summary>Adds an item at the end of an array.</summary>
    public ImmutableArray<TextChange> AddItem(BoundArray array, NewNode item) => Wrap(array.Syntax is SequenceSyntax sequence ? _edits.AddItem(sequence, item) : null);

    /// <summary>Puts another value in place of one.</summary>
    public ImmutableArray<TextChange> SetValue(BoundNode node, NewNode value) => node.Parent switch
    {
        BoundProperty { Entry: { } entry } => _edits.ReplaceValue(entry, value),
        BoundProperty { Parent: BoundObject owner } property => SetProperty(owner, property.Name, value),
        BoundArray when (node.Syntax ?? FindText(node)) is { Parent: SequenceSyntax } syntax => _edits.ReplaceItem(syntax, value),
        _ => [],
    };

    /// <summary>Gives a string another text, in the style in which it is written where that can hold it.</summary>
    public ImmutableArray<TextChange> SetText(BoundScalar scalar, string text)
    {
        if (scalar.Syntax is not ScalarSyntax syntax)
        {
            return [];
        }

        var isPlain = syntax.Style == ScalarStyle.Plain && document.Syntax.Language == SyntaxLanguage.Yaml && YamlScalars.IsPlain(text);
        return isPlain
            ? [new TextChange(syntax.Span, text)]
            : ScalarEdits.Replace(document.Text, syntax, [new TextChange(new TextSpan(0, syntax.Value.Length), text)]);
    }

    /// <summary>Gives a property another name.</summary>
    public ImmutableArray<TextChange> SetName(BoundProperty property, string name) => property.Entry is not { Key: var key } ? []
        : key.Style == ScalarStyle.Plain && YamlScalars.IsPlain(name) ? [new TextChange(key.Span, name)]
        : ScalarEdits.Replace(document.Text, key, [new TextChange(new TextSpan(0, key.Value.Length), name)]);

    private ImmutableArray<TextChange> Add(BoundObject owner, string[] path, NewNode value)
    {
        // A level that is not written: its properties stand in the mapping around it.
        if (owner.Syntax is null && FindWritten(owner) is { } outer)
        {
            return outer.Shape?.WrapperClashes.Contains(path[0], StringComparer.OrdinalIgnoreCase) == true
                ? Add(outer, [outer.Shape.Wrapper!.Name, .. path], value, keepsWrapper: true)
                : Add(outer, path, value, keepsWrapper: false);
        }

        return owner.Syntax is null ? WriteOut(owner, path[0], Nest(path[1..], value), null) : Add(owner, path, value, keepsWrapper: false);
    }

    private ImmutableArray<TextChange> Add(BoundObject owner, string[] path, NewNode value, bool keepsWrapper)
    {
        if (owner.Syntax is not MappingSyntax mapping)
        {
            return [];
        }

        var skipped = keepsWrapper || !owner.IsSpec ? 0 : CountWrappers(owner.Shape, path);
        return Wrap(_edits.AddEntry(mapping, path[skipped], Nest(path[(skipped + 1)..], value), FindPlace(mapping)));
    }

    /// <summary>How many names at the start of a path the spec form leaves out.</summary>
    private static int CountWrappers(ObjectType? shape, string[] path)
    {
        var count = 0;
        while (count < path.Length - 1 && shape?.Wrapper is { } wrapper && wrapper.Name.Equals(path[count], StringComparison.OrdinalIgnoreCase)
            && !shape.WrapperClashes.Contains(path[count + 1], StringComparer.OrdinalIgnoreCase))
        {
            count++;
            shape = wrapper.Type as ObjectType;
        }

        return count;
    }

    /// <summary>What is long stands last in a mapping by indentation.</summary>
    private static MappingEntrySyntax? FindPlace(MappingSyntax mapping) => mapping.IsFlow ? null : mapping.Entries.FirstOrDefault(e => e.Key.Value == "activities");

    private static NewNode Nest(string[] path, NewNode value) => path.Reverse().Aggregate(value, (inner, name) => new NewMapping((name, inner)));

    /// <summary>The object around a level that is not written, whose mapping holds the level's properties.</summary>
    private static BoundObject? FindWritten(BoundObject level)
    {
        BoundNode? current = level;
        while (current is BoundObject { Syntax: null, IsSpec: true })
        {
            current = current.Parent?.Parent;
        }

        return current is BoundObject { Syntax: MappingSyntax } written && current != level ? written : null;
    }

    /// <summary>Writes what a lone string stands for as an object, with a property that the string cannot tell.</summary>
    private ImmutableArray<TextChange> WriteOut(BoundObject owner, string name, NewNode value, BoundProperty? replaced)
    {
        if (owner.Syntax is not null || FindText(owner) is not ScalarSyntax text)
        {
            return [];
        }

        var kept = owner.Properties.Where(p => p != replaced && p.Value is BoundScalar { Syntax: not null })
            .Select(p => (p.Name, (NewNode)new NewScalar(((BoundScalar)p.Value).Text)));
        var mapping = new NewMapping([.. kept, (name, value)]);
        return text.Parent switch
        {
            MappingEntrySyntax entry when entry.Value == text => _edits.ReplaceValue(entry, mapping),
            SequenceSyntax => _edits.ReplaceItem(text, mapping),
            _ => [],
        };
    }

    private ImmutableArray<TextChange> SetConditions(BoundObject dependency, NewNode value, BoundProperty conditions) =>
        FindText(dependency) is { Parent: MappingEntrySyntax { Key: var key } entry } text && key == text
            ? _edits.ReplaceValue(entry, value)
            : WriteOut(dependency, "dependencyConditions", value, conditions);

    private static bool IsDependency(BoundObject value) => value.Shape?.Name == "ActivityDependency";

    /// <summary>The string that an implied object is made of.</summary>
    private static ScalarSyntax? FindText(BoundNode node) => node.DescendantsAndSelf().Select(n => n.Syntax).OfType<ScalarSyntax>().FirstOrDefault();

    private static ImmutableArray<TextChange> Wrap(TextChange? change) => change is { } one ? [one] : [];
}
