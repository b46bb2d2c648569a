// What a fix declares: a parameter, a variable, a dependency; in the form of the document.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

public sealed class Declarations(ResourceDocument document, BoundResource resource)
{
    private readonly StructureEdits _edits = new(document.Text, document.Syntax.Language);

    /// <summary>Declares a parameter of the resource.</summary>
    /// <returns>No changes where the text does not allow for any.</returns>
    public ImmutableArray<TextChange> AddParameter(string name, ExpressionType type) => Declare("parameters", name, ParameterType(type));

    /// <summary>Declares a variable of the pipeline.</summary>
    public ImmutableArray<TextChange> AddVariable(string name, ExpressionType type) => Declare("variables", name, VariableType(type));

    /// <summary>Makes an activity wait for the success of another.</summary>
    public ImmutableArray<TextChange> AddDependency(BoundObject activity, string name)
    {
        var isShort = activity.IsSpec;
        NewNode dependency = isShort
            ? new NewScalar(name)
            : new NewMapping(("activity", new NewScalar(name)), ("dependencyConditions", new NewSequence(new NewScalar(SpecForm.DefaultCondition))));
        return activity.Find("dependsOn")?.Entry is not { } entry
            ? Wrap(activity.Syntax is MappingSyntax mapping ? _edits.AddEntry(mapping, "dependsOn", new NewSequence(dependency), EntryAfterType(mapping)) : null)
            : Wrap(entry.Value switch
            {
                SequenceSyntax list => _edits.AddItem(list, dependency),
                MappingSyntax conditions when isShort => _edits.AddEntry(conditions, name, new NewScalar(SpecForm.DefaultCondition)),
                _ => null,
            });
    }

    private ImmutableArray<TextChange> Declare(string section, string name, string type)
    {
        if (resource.Root is not { } root || (resource.Properties?.Syntax ?? root.Syntax) is not MappingSyntax owner)
        {
            return [];
        }

        NewNode declaration = root.IsSpec ? new NewScalar(type) : new NewMapping(("type", new NewScalar(type)));
        if (resource.Properties?.Find(section)?.Entry is { } entry)
        {
            return Wrap(entry.Value is MappingSyntax table ? _edits.AddEntry(table, name, declaration) : null);
        }

        var activities = owner.IsFlow ? null : owner.Entries.FirstOrDefault(e => e.Key.Value == "activities");
        return Wrap(_edits.AddEntry(owner, section, new NewMapping((name, declaration)), activities));
    }

    private static ImmutableArray<TextChange> Wrap(TextChange? change) => change is { } one ? [one] : [];

    /// <summary>The entry before which a dependency is usually written.</summary>
    private static MappingEntrySyntax? EntryAfterType(MappingSyntax activity)
    {
        var type = activity.Entries.Select((e, i) => e.Key.Value == "type" ? i : -1).Max();
        return !activity.IsFlow && type >= 0 && type + 1 < activity.Entries.Length ? activity.Entries[type + 1] : null;
    }

    private static string ParameterType(ExpressionType type) => type.Kinds switch
    {
        TypeKinds.Integer => "int",
        TypeKinds.Float or TypeKinds.Number => "float",
        TypeKinds.Boolean => "bool",
        TypeKinds.Array => "array",
        TypeKinds.Object => "object",
        _ => "string",
    };

    private static string VariableType(ExpressionType type) => type.Kinds switch
    {
        TypeKinds.Integer => "Integer",
        TypeKinds.Boolean => "Boolean",
        TypeKinds.Array => "Array",
        _ => "String",
    };
}
