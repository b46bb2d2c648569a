using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>Names of other resources, and what is passed to them.</summary>
internal static class ReferenceMutations
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        .. from kind in (ResourceKind[])[ResourceKind.Dataset, ResourceKind.LinkedService, ResourceKind.Pipeline, ResourceKind.DataFlow, ResourceKind.IntegrationRuntime, ResourceKind.Credential, ResourceKind.Trigger]
           select Kind($"misspelt name of a {TypeNames.Describe(kind)}", ["PW4001"], s => from r in Present(s, kind) select Misspell(s, r)),
        Kind("reference without a name", ["PW4009", "PW2003", "PW5002"], s => from r in Present(s, null) select s.SetText(r.Name, "")),
        Kind("name of the right resource in another kind", ["PW4001"], s => from r in Present(s, ResourceKind.LinkedService)
            where s.Factory.NamesOf(ResourceKind.Pipeline).FirstOrDefault(n => !s.Factory.Has(ResourceKind.LinkedService, n)) is not null
            select s.SetText(r.Name, s.Factory.NamesOf(ResourceKind.Pipeline).Where(n => !s.Factory.Has(ResourceKind.LinkedService, n)).Order(StringComparer.Ordinal).First())),
        Kind("reference type of another kind", ["PW4003", "PW2004"], s => from r in Present(s, null) where r.Node is { Shape: not null } && r.Node.FindValue("type") is BoundScalar { Syntax: not null }
            select s.SetText((BoundScalar)r.Node.FindValue("type")!, r.Kind == ResourceKind.Dataset ? "LinkedServiceReference" : "DatasetReference")),
        Kind("misspelt reference type", ["PW4003", "PW2004"], s => from r in Present(s, null) where r.Node is { Shape: not null } && r.Node.FindValue("type") is BoundScalar { Syntax: not null }
            select s.SetText((BoundScalar)r.Node.FindValue("type")!, Typing.Misspell(((BoundScalar)r.Node.FindValue("type")!).Text)!)),
        Kind("computed name of a resource", ["PW4010", "PW3305"], s => from r in Present(s, null) where s.Resource.Kind == ResourceKind.Pipeline select s.SetText(r.Name, "@pipeline().parameters.name")),
        Kind("required parameter left out", ["PW4004", "PW4008"], s => from a in Arguments(s) where a.Given is { Syntax: MappingSyntax }
            from p in a.Parameters where p.IsRequired && a.Given!.Find(p.Name) is { Entry: not null }
            select s.Remove(a.Given!.Find(p.Name)!, [a.Reference.Name.Span, .. Subject.AnchorsOf(a.Given!), .. Subject.AnchorsOf(a.Holder)])),
        Kind("all parameters left out", ["PW4004", "PW4008"], s => from a in Arguments(s) where a.Parameters.Any(p => p.IsRequired) && a.Given?.Parent is BoundProperty { Entry: not null }
            select s.Remove((BoundProperty)a.Given!.Parent!, [a.Reference.Name.Span, .. Subject.AnchorsOf(a.Holder)])),
        Kind("misspelt name of a passed parameter", ["PW4005"], s => from a in Arguments(s) where a.Given is not null from p in a.Given!.Properties where p.Entry is not null && a.Parameters.Any(d => d.Name.Equals(p.Name, StringComparison.OrdinalIgnoreCase))
            && Typing.Misspell(p.Name, n => a.Parameters.Any(d => d.Name.Equals(n, StringComparison.OrdinalIgnoreCase))) is not null
            select s.SetName(p, Typing.Misspell(p.Name, n => a.Parameters.Any(d => d.Name.Equals(n, StringComparison.OrdinalIgnoreCase)))!)),
        Kind("parameter passed that is not declared", ["PW4005"], s => from a in Arguments(s) where a.Given is { Syntax: MappingSyntax } select s.Set(a.Given!, "unknownOne", new NewScalar("x")) is { } made ? made with { Marker = "unknownOne" } : null),
        Kind("text passed for a number, flag, list or object", ["PW4006", "PW2002"], s => from a in Arguments(s) where a.Given is not null from p in a.Parameters
            where p.TypeText?.ToUpperInvariant() is "INT" or "BOOL" or "FLOAT" && a.Given!.Find(p.Name) is { Entry: not null } select s.SetValue(a.Given!.FindValue(p.Name)!, new NewScalar("abc"))),
        Kind("list passed for a text", ["PW4006", "PW2002", "PW2014"], s => from a in Arguments(s) where a.Given is not null from p in a.Parameters
            where p.TypeText?.ToUpperInvariant() is "INT" or "BOOL" && a.Given!.Find(p.Name) is { Entry: not null }
            select s.SetValue(a.Given!.FindValue(p.Name)!, new NewSequence(new NewScalar("abc")), a.Given!.Find(p.Name)!.NameSpan, a.Given!.FindValue(p.Name)!.Span)),
        Kind("misspelt parameter in a passed expression", ["PW3104"], s => from a in Arguments(s) where a.Given is not null && s.Resource.Kind == ResourceKind.Pipeline from p in a.Given!.Properties where p.Value is BoundScalar { Syntax: not null }
            select s.SetText((BoundScalar)p.Value, "@pipeline().parameters.noSuchOne")),
        Kind("pipeline that runs itself", ["PW4007"], s => from r in Present(s, ResourceKind.Pipeline) where s.Resource.Kind == ResourceKind.Pipeline select s.SetText(r.Name, s.Resource.Name)),
        Kind("copy without its input", ["PW4256"], s => from a in s.ActivitiesOf("Copy") where a.Activity.Node.Find("inputs") is { Entry: not null } select s.Remove(a.Activity.Node.Find("inputs")!, Subject.AnchorsOf(a.Activity.Node))),
        Kind("copy with two outputs", ["PW4257"], s => from a in s.ActivitiesOf("Copy") where a.Activity.Node.FindValue("outputs") is BoundArray { Items: [BoundObject first] } && first.FindString("referenceName") is not null
            let list = (BoundArray)a.Activity.Node.FindValue("outputs")!
            let name = ((BoundObject)list.Items[0]).FindString("referenceName")!
            select s.Add(list, new NewMapping(("referenceName", new NewScalar(name)), ("type", new NewScalar("DatasetReference")))) is { } made ? made with { At = [((BoundProperty)list.Parent!).NameSpan, list.Span] } : null),
        Kind("reference as a plain text", ["PW2002"], s => from r in Present(s, null) where r.Node is { Syntax: MappingSyntax, Parent: BoundProperty { Entry: not null } } select s.SetValue(r.Node, new NewScalar(r.Name.Text), r.Node.Span, ((BoundProperty)r.Node.Parent!).NameSpan)) with { Form = ResourceForm.Git },
    ];

    private static Mutation Kind(string name, ImmutableArray<string> codes, Func<Subject, IEnumerable<Mistake?>> seed) => new("references", name, codes, seed);

    /// <summary>The references to what is there.</summary>
    private static IEnumerable<ResourceReference> Present(Subject subject, ResourceKind? kind) => subject.Document.References[0]
        .Where(r => (kind is null || r.Kind == kind) && r.Name.Syntax is not null && subject.Factory.Has(r.Kind, r.Name.Text) && !subject.IsInactive(r.Node));

    private static Mistake? Misspell(Subject subject, ResourceReference reference) =>
        Typing.Misspell(reference.Name.Text, n => subject.Factory.Has(reference.Kind, n)) is { } slip ? subject.SetText(reference.Name, slip) : null;

    private static IEnumerable<ResourceArguments> Arguments(Subject subject) =>
        ResourceArguments.FindAll(subject.Factory, subject.Resource, subject.Document.References[0]).Where(a => !subject.IsInactive(a.Holder));
}
