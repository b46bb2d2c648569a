using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>Names, types and values that the model does not have.</summary>
internal static class SchemaMutations
{
    private static readonly ImmutableArray<string> Misspelt = ["PW2001"];

    private static readonly ImmutableArray<string> WrongType = ["PW2002", "PW2014"];

    public static ImmutableArray<Mutation> All { get; } =
    [
        Kind("misspelt property of a resource", Misspelt, s => from p in Known(s) where p.Parent == s.Properties || p.Parent == s.Resource.Root select Misspell(s, p)),
        Kind("misspelt property of an activity", Misspelt, s => from p in Known(s) where OwnerOf(p) is { Type: DiscriminatedType { Name: "Activity" } } select Misspell(s, p)),
        Kind("misspelt property of a typeProperties", Misspelt, s => from p in Known(s) where p.Parent?.Parent is BoundProperty { Name: "typeProperties" } select Misspell(s, p)),
        Kind("misspelt property of a policy", Misspelt, s => from p in Known(s) where p.Parent?.Parent is BoundProperty { Name: "policy" } select Misspell(s, p)),
        Kind("misspelt property of a source or sink", Misspelt, s => from p in Known(s) where p.Parent?.Parent is BoundProperty { Name: "source" or "sink" } select Misspell(s, p)),
        Kind("misspelt property of settings", Misspelt, s => from p in Known(s) where p.Parent?.Parent is BoundProperty { Name: var n } && n.EndsWith("Settings", StringComparison.Ordinal) select Misspell(s, p)),
        Kind("misspelt property of a location", Misspelt, s => from p in Known(s) where p.Parent?.Parent is BoundProperty { Name: "location" } select Misspell(s, p)),
        Kind("misspelt property of a recurrence", Misspelt, s => from p in Known(s) where p.Parent?.Parent is BoundProperty { Name: "recurrence" or "schedule" } select Misspell(s, p)),
        Kind("misspelt property of a reference", Misspelt, s => from p in Known(s) where OwnerOf(p) is { Shape.Reference: not null } select Misspell(s, p)),
        Kind("misspelt property of a dependency", Misspelt, s => from p in Known(s) where OwnerOf(p) is { Shape.Name: "ActivityDependency" } && s.Document.Classification.Form == ResourceForm.Git select Misspell(s, p)),
        Kind("misspelt property of a declaration", Misspelt, s => from p in Known(s) where OwnerOf(p) is { Shape.Name: "ParameterSpecification" or "VariableSpecification" } select Misspell(s, p)),
        Kind("misspelt type of an activity", ["PW2006"], s => from t in Discriminators(s, "Activity") select SlipIn(s, t)),
        Kind("misspelt type of a dataset", ["PW2006"], s => from t in Discriminators(s, "Dataset") select SlipIn(s, t)),
        Kind("misspelt type of a linked service", ["PW2006"], s => from t in Discriminators(s, "LinkedService") select SlipIn(s, t)),
        Kind("misspelt type of a trigger", ["PW2006"], s => from t in Discriminators(s, "Trigger") select SlipIn(s, t)),
        Kind("misspelt type of a source", ["PW2006"], s => from t in Discriminators(s, "CopySource") select SlipIn(s, t)),
        Kind("misspelt type of a sink", ["PW2006"], s => from t in Discriminators(s, "CopySink") select SlipIn(s, t)),
        Kind("misspelt type of a location", ["PW2006"], s => from t in Discriminators(s, "DatasetLocation") select SlipIn(s, t)),
        Kind("misspelt type of anything else", ["PW2006"], s => from t in Discriminators(s, null) select SlipIn(s, t)),
        Kind("misspelt value of a choice", ["PW2004", "PW2005", "PW4003"], s => from v in s.Scalars where v.Type is ScalarType { AllowedValues: { Length: > 0 } allowed } && !SpecForm.IsExpression(v.Text) && allowed.Contains(v.Text, StringComparer.OrdinalIgnoreCase)
            && !IsDiscriminator(v) && v.Parent is not BoundProperty { Schema.IsReadOnly: true } let slip = Typing.Misspell(v.Text, t => ((ScalarType)v.Type!).AllowedValues.Contains(t, StringComparer.OrdinalIgnoreCase)) where slip is not null select s.SetText(v, slip)),
        Kind("number above its range", ["PW2009"], s => from v in s.Scalars where v is { Kind: ScalarKind.Integer, Type: ScalarType { Maximum: not null } } select s.SetValue(v, new NewLiteral($"{((ScalarType)v.Type!).Maximum + 1}"))),
        Kind("number below its range", ["PW2009", "PW4204"], s => from v in s.Scalars where v is { Kind: ScalarKind.Integer, Type: ScalarType { Minimum: not null } } select s.SetValue(v, new NewLiteral($"{((ScalarType)v.Type!).Minimum - 1}"))),
        Kind("word for a number", WrongType, s => from v in s.Scalars where v is { Kind: ScalarKind.Integer or ScalarKind.Float, Type: ScalarType { Kind: ValueKind.Integer or ValueKind.Number } } select s.SetValue(v, new NewScalar("many"))),
        Kind("fraction for a whole number", WrongType, s => from v in s.Scalars where v is { Kind: ScalarKind.Integer, Type: ScalarType { Kind: ValueKind.Integer } } select s.SetValue(v, new NewLiteral("1.5"))),
        Kind("word for true or false", WrongType, s => from v in s.Scalars where v is { Kind: ScalarKind.Boolean, Type: ScalarType { Kind: ValueKind.Boolean } } select s.SetValue(v, new NewScalar("yes"))),
        Kind("number for true or false", WrongType, s => from v in s.Scalars where v is { Kind: ScalarKind.Boolean, Type: ScalarType { Kind: ValueKind.Boolean } } select s.SetValue(v, new NewLiteral("1"))),
        Kind("list for a text", WrongType, s => from v in TextValues(s) select s.SetValue(v, new NewSequence(new NewScalar(v.Text)), KeyOf(v), v.Span)),
        Kind("object for a text", WrongType, s => from v in TextValues(s) select s.SetValue(v, new NewMapping(("name", new NewScalar(v.Text))), KeyOf(v), v.Span)),
        Kind("text for an object", WrongType, s => from v in ValuesOf<BoundObject>(s) where v.Type is ObjectType { Reference: null, Properties.Length: > 0 } or DiscriminatedType && !SpecForm.IsTypeShorthand(v.Type)
            select s.SetValue(v, new NewScalar("none"), KeyOf(v), v.Span)),
        Kind("list for an object", WrongType, s => from v in ValuesOf<BoundObject>(s) where v.Type is ObjectType { Properties.Length: > 0 } or DiscriminatedType
            select s.SetValue(v, new NewSequence(new NewScalar("one")), KeyOf(v), v.Span)),
        Kind("text for a list", [.. WrongType, "PW2008"], s => from v in ValuesOf<BoundArray>(s) where v.Type is ArrayType { Item: not AnyType } && !SpecForm.IsDependencyList(v.Type) select s.SetValue(v, new NewScalar("one"), v.Span)),
        Kind("object for a list", [.. WrongType, "PW4101"], s => from v in ValuesOf<BoundArray>(s) where v.Type is ArrayType { Item: not AnyType } && !(s.IsSpec && SpecForm.IsDependencyList(v.Type))
            select s.SetValue(v, new NewMapping(("one", new NewScalar("two"))), KeyOf(v), v.Span)),
        Kind("required property left out", ["PW2003", "PW2011", "PW2013"], s => from p in Required(s) where !IsEmptyWrapper(p)
            select s.Remove(p, [p.NameSpan, .. Subject.AnchorsOf(p.Parent!), .. p.Parent is { Syntax: MappingSyntax { Entries.Length: 1 }, Parent.Parent: { } around } ? Subject.AnchorsOf(around) : []])),
        Kind("required property without a value", ["PW2003", "PW2002", "PW2014"], s => from p in Required(s) where p.Value is BoundScalar select s.SetValue(p.Value, new NewLiteral("null"), [p.NameSpan, p.Value.Span, .. Subject.AnchorsOf(p.Parent!)])),
        Kind("property of typeProperties beside it", ["PW2001", "PW2008"], s => from p in Known(s) where p is { Value: BoundScalar, Parent.Parent: BoundProperty { Name: "typeProperties", Parent: BoundObject outer } }
            && outer.Shape?.FindProperty(p.Name) is null && Subject.Copy(p.Value) is not null select Move(s, p, (BoundObject)p.Parent!.Parent!.Parent!), ResourceForm.Git),
        Kind("policy's property beside it", ["PW2001", "PW2008"], s => from p in Known(s) where p is { Value: BoundScalar, Parent.Parent: BoundProperty { Name: "policy", Parent: BoundObject outer } }
            && (outer.FindValue("typeProperties") as BoundObject)?.Shape?.FindProperty(p.Name) is null select Move(s, p, (BoundObject)p.Parent!.Parent!.Parent!)),
        Kind("dependsOn inside of typeProperties", ["PW2001", "PW2008"], s => from a in s.Activities where a.TypeProperties is { Syntax: MappingSyntax }
            select s.Set(a.TypeProperties!, "dependsOn", new NewSequence()) is { } made ? made with { Marker = "dependsOn" } : null, ResourceForm.Git),
        Kind("property of another type", ["PW2001"], s => from a in s.ActivitiesOf("Copy", "Lookup", "WebActivity", "ExecutePipeline") select s.Set(a.Activity.Node, "typeProperties.waitTimeInSeconds", new NewLiteral("5")) is { } made ? made with { Marker = "waitTimeInSeconds" } : null),
    ];

    private static Mutation Kind(string name, ImmutableArray<string> codes, Func<Subject, IEnumerable<Mistake?>> seed, ResourceForm? form = null) => new("schema", name, codes, seed) { Form = form };

    private static BoundObject? OwnerOf(BoundProperty property) => property.Parent as BoundObject;

    /// <summary>What the schema lists, in objects that hold nothing else.</summary>
    private static IEnumerable<BoundProperty> Known(Subject subject) =>
        subject.Written.Where(p => p.Schema is not null && OwnerOf(p)?.Shape is { AdditionalProperties: null } && !p.Schema.IsReadOnly);

    private static IEnumerable<BoundProperty> Required(Subject subject) => Known(subject).Where(p => p.Schema!.IsRequired
        && !(subject.IsSpec && (p.Parent == subject.Resource.Root || OwnerOf(p) is { Shape: { Reference: not null } or { Name: "ParameterSpecification" or "VariableSpecification" } })));

    /// <summary>A level that need not be there, as nothing in it is required.</summary>
    private static bool IsEmptyWrapper(BoundProperty property) => property.Schema == OwnerOf(property)!.Shape!.Wrapper
        && !((property.Schema!.Type as ObjectType ?? (property.Schema.Type as DiscriminatedType)?.Base)?.Properties.Any(p => p.IsRequired) ?? false);

    private static Mistake? Misspell(Subject subject, BoundProperty property) =>
        Typing.Misspell(property.Name, n => Levels(property).Any(l => l.FindProperty(n) is not null)) is { } slip ? subject.SetName(property, slip) : null;

    private static IEnumerable<ObjectType> Levels(BoundProperty property) => OwnerOf(property) is { } owner ? [.. owner.Levels, owner.Shape!] : [];

    private static bool IsDiscriminator(BoundScalar scalar) => scalar.Parent is BoundProperty { Parent: BoundObject { Type: DiscriminatedType type } } p && p.Name.Equals(type.DiscriminatorName, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(BoundScalar Value, DiscriminatedType Type)> Discriminators(Subject subject, string? of)
    {
        string[] others = ["Activity", "Dataset", "LinkedService", "Trigger", "CopySource", "CopySink", "DatasetLocation"];
        return from scalar in subject.Scalars
               where IsDiscriminator(scalar) && !SpecForm.IsExpression(scalar.Text)
               let owner = (BoundObject)scalar.Parent!.Parent!
               let type = (DiscriminatedType)owner.Type!
               where !owner.HasUnknownVariant && (of is null ? !others.Contains(type.Name) : type.Name == of)
               select (scalar, type);
    }

    private static Mistake? SlipIn(Subject subject, (BoundScalar Value, DiscriminatedType Type) discriminator) =>
        Typing.Misspell(discriminator.Value.Text, t => discriminator.Type.FindVariant(t) is not null) is { } slip ? subject.SetText(discriminator.Value, slip) : null;

    private static IEnumerable<T> ValuesOf<T>(Subject subject)
        where T : BoundNode => from p in Known(subject)
                               where p.Value is T { Syntax: not null } && p.Value is not BoundObject { Shape: null } && !(p.Value is BoundObject value && DynamicContent.IsExpressionObject(value))
                                    && !(subject.IsSpec && p.Schema == OwnerOf(p)!.Shape!.Wrapper)
                               select (T)p.Value;

    /// <summary>Texts of properties that hold nothing but a text, written as they are.</summary>
    private static IEnumerable<BoundScalar> TextValues(Subject subject) =>
        from value in ValuesOf<BoundScalar>(subject)
        where value is { Kind: ScalarKind.String, Type: ScalarType { Kind: ValueKind.String, IsSecret: false } } && !IsDiscriminator(value) && !SpecForm.IsExpression(value.Text) && value.Parent is BoundProperty { Entry: not null }
        select value;

    private static TextSpan KeyOf(BoundNode value) => ((BoundProperty)value.Parent!).NameSpan;

    private static Mistake? Move(Subject subject, BoundProperty property, BoundObject to)
    {
        var added = subject.Edits.SetProperty(to, property.Name, Subject.Copy(property.Value)!);
        return added.IsEmpty ? null : new Mistake([.. subject.Edits.Remove(property), .. added]) { Marker = property.Name };
    }
}
