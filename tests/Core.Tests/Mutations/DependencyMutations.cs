using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>The graph of the activities, and what may be inside of what.</summary>
internal static class DependencyMutations
{
    private static readonly NewNode Seconds = new NewMapping(("waitTimeInSeconds", new NewLiteral("1")));

    public static ImmutableArray<Mutation> All { get; } =
    [
        Kind("misspelt dependency", ["PW4101"], s => from d in Dependencies(s) where Typing.Misspell(d.Name.Text, n => s.Graph.Find(n) is not null) is not null select s.SetText(d.Name, Typing.Misspell(d.Name.Text, n => s.Graph.Find(n) is not null)!)),
        Kind("dependency on itself", ["PW4102"], s => from d in Dependencies(s) select s.SetText(d.Name, d.Of.Name)),
        Kind("two activities that wait for each other", ["PW4102"], s => from d in Dependencies(s) where s.Graph.Find(d.Name.Text) is { } first && first.Siblings == d.Of.Siblings
            select DependOn(s, s.Graph.Find(d.Name.Text)!, d.Of.Name, "Succeeded")),
        Kind("dependency on an activity inside of a container", ["PW4101"], s => from d in Dependencies(s) from inner in s.Graph.All where inner.Container is not null && inner.Siblings != d.Of.Siblings select s.SetText(d.Name, inner.Name)),
        Kind("dependency of an inner activity on an outer one", ["PW4101"], s => from d in Dependencies(s) where d.Of.Container is not null from outer in s.Graph.All where outer.Siblings != d.Of.Siblings && outer.Name.Length > 0 select s.SetText(d.Name, outer.Name)),
        Kind("two activities of one name", ["PW4103"], s => from a in s.Activities where a.Activity.Name is { Syntax: not null } from other in s.Graph.All where other != a && other.Name.Length > 0 && other.Activity.Node.Span.Start < a.Activity.Node.Span.Start
            select s.SetText(a.Activity.Name!, other.Name, a.Activity.Name!.Span)),
        Kind("inner activity named like an outer one", ["PW4103"], s => from a in s.Activities where a is { Container: { } outer, Activity.Name.Syntax: not null } select s.SetText(a.Activity.Name!, a.Container!.Name)),
        Kind("no conditions", ["PW4104", "PW2015"], s => from d in Written(s) select s.Set(d.Node, "dependencyConditions", new NewSequence(), d.Node.Find("dependencyConditions")!.NameSpan, d.Node.Span)),
        Kind("misspelt condition", ["PW2004", "PW2005"], s => from d in Conditions(s) select s.SetText(d.Value, Typing.Misspell(d.Value.Text)!)),
        Kind("condition of another language", ["PW2004", "PW2005"], s => from d in Conditions(s) select s.SetText(d.Value, "Success")),
        Kind("Completed together with Succeeded", ["PW4105"], s => from d in Written(s) select s.Set(d.Node, "dependencyConditions", new NewSequence(new NewScalar("Succeeded"), new NewScalar("Completed")))),
        Kind("the same dependency twice", ["PW4106"], s => from d in Dependencies(s) where d.Of.Activity.Node.FindValue("dependsOn") is BoundArray select DependOn(s, d.Of, d.Name.Text, "Succeeded")),
        Kind("waits for success of one and failure of its cause", ["PW4107"], s => from d in Dependencies(s) let middle = s.Graph.Find(d.Name.Text) where IsOnSuccess(d.Conditions) && middle?.Siblings == d.Of.Siblings
            from up in middle.Activity.Dependencies where IsOnSuccess(up.Conditions) && s.Graph.Find(up.Activity.Text) is not null && !d.Of.Dependencies.Any(x => x.Name == up.Activity.Text) select DependOn(s, d.Of, up.Activity.Text, "Failed")),
        Kind("waits for the failure of two that follow each other", ["PW4107"], s => from d in Dependencies(s) where IsOnSuccess(d.Conditions) && s.Graph.Find(d.Name.Text) is { } first && first.Siblings == d.Of.Siblings
            select s.Add(d.Of.Siblings, Activity("Handler", "Wait", Seconds, (d.Of.Name, "Failed"), (d.Name.Text, "Failed")), "Handler") is { } made ? made with { Marker = null } : null),
        Kind("dependency without its activity", ["PW2003"], s => from d in Written(s) where d.Node.Find("activity") is { Entry: not null } select s.Remove(d.Node.Find("activity")!, [.. Subject.AnchorsOf(d.Node), d.Node.Span])),
        Kind("dependsOn as a list of names", ["PW2002"], s => from a in s.Activities where a.Activity.Node.Find("dependsOn") is { Entry: not null, Value: BoundArray { Items.Length: > 0 } } && a.Dependencies.Length > 0
            select s.Set(a.Activity.Node, "dependsOn", new NewSequence([.. a.Dependencies.Select(d => (NewNode)new NewScalar(d.Name))]))) with { Form = ResourceForm.Git },

        Nesting("ForEach in a ForEach", ["PW5201"], ["ForEach"], ["activities"], "ForEach"),
        Nesting("ForEach in an If", ["PW5201"], ["IfCondition"], ["ifTrueActivities", "ifFalseActivities"], "ForEach"),
        Nesting("Until in a ForEach", ["PW5201"], ["ForEach"], ["activities"], "Until"),
        Nesting("Until in an If", ["PW5201"], ["IfCondition"], ["ifTrueActivities", "ifFalseActivities"], "Until"),
        Nesting("If in an If", ["PW5201"], ["IfCondition"], ["ifTrueActivities", "ifFalseActivities"], "IfCondition"),
        Nesting("ForEach in an Until", ["PW5201"], ["Until"], ["activities"], "ForEach"),
        Nesting("Switch in an If", ["PW5202", "PW5201"], ["IfCondition"], ["ifTrueActivities", "ifFalseActivities"], "Switch"),
        Nesting("Validation in a container", ["PW5203"], ["ForEach", "IfCondition", "Until"], ["activities", "ifTrueActivities", "ifFalseActivities"], "Validation"),
        new("nesting", "ForEach in a case of a Switch", ["PW5201"], s => from a in s.ActivitiesOf("Switch") from list in CasesOf(a) select Nested(s, list, "ForEach")) { Kinds = [ResourceKind.Pipeline] },
    ];

    private static Mutation Kind(string name, ImmutableArray<string> codes, Func<Subject, IEnumerable<Mistake?>> seed) => new("graph", name, codes, seed) { Kinds = [ResourceKind.Pipeline] };

    private static Mutation Nesting(string name, ImmutableArray<string> codes, string[] containers, string[] lists, string type) => new("nesting", name, codes, s =>
        from a in s.ActivitiesOf(containers) from name in lists where a.TypeProperties?.FindValue(name) is BoundArray select Nested(s, (BoundArray)a.TypeProperties!.FindValue(name)!, type))
    { Kinds = [ResourceKind.Pipeline] };

    private static IEnumerable<BoundArray> CasesOf(ActivityNode activity) => activity.TypeProperties?.FindValue("cases") is BoundArray cases
        ? cases.Items.OfType<BoundObject>().Select(c => c.FindValue("activities")).OfType<BoundArray>() : [];

    private static IEnumerable<(ActivityNode Of, BoundScalar Name, BoundNode? Conditions)> Dependencies(Subject subject) =>
        from activity in subject.Activities from d in activity.Activity.Dependencies where d.Activity.Syntax is not null select (activity, d.Activity, d.Conditions);

    private static IEnumerable<(ActivityNode Of, BoundObject Node)> Written(Subject subject) => from d in Dependencies(subject)
                                                                                                where d.Name.Parent?.Parent is BoundObject node && node.Find("dependencyConditions") is not null
                                                                                                select (d.Of, (BoundObject)d.Name.Parent!.Parent!);

    private static IEnumerable<(ActivityNode Of, BoundScalar Value)> Conditions(Subject subject) => from d in Dependencies(subject)
                                                                                                    where d.Conditions is BoundArray
                                                                                                    from c in ((BoundArray)d.Conditions!).Items.OfType<BoundScalar>()
                                                                                                    where c.Syntax is not null
                                                                                                    select (d.Of, c);

    private static bool IsOnSuccess(BoundNode? conditions) => conditions is BoundArray { Items: [BoundScalar { Text: "Succeeded" }] };

    private static Mistake? DependOn(Subject subject, ActivityNode waiting, string name, string condition)
    {
        var item = new NewMapping(("activity", new NewScalar(name)), ("dependencyConditions", new NewSequence(new NewScalar(condition))));
        return waiting.Activity.Node.FindValue("dependsOn") is BoundArray list ? subject.Add(list, item) : subject.Set(waiting.Activity.Node, "dependsOn", new NewSequence(item));
    }

    private static Mistake? Nested(Subject subject, BoundArray list, string type) => subject.Add(list, Activity("Inner one", type, type switch
    {
        "ForEach" => new NewMapping(("items", Expression("@createArray(1, 2)")), ("activities", new NewSequence(Activity("Inmost", "Wait", Seconds)))),
        "Until" => new NewMapping(("expression", Expression("@equals(1, 1)")), ("activities", new NewSequence(Activity("Inmost", "Wait", Seconds)))),
        "IfCondition" => new NewMapping(("expression", Expression("@equals(1, 1)")), ("ifTrueActivities", new NewSequence(Activity("Inmost", "Wait", Seconds)))),
        "Switch" => new NewMapping(("on", Expression("@string(1)")), ("cases", new NewSequence(new NewMapping(("value", new NewScalar("1")), ("activities", new NewSequence(Activity("Inmost", "Wait", Seconds))))))),
        _ => new NewMapping(("dataset", new NewMapping(("referenceName", new NewScalar(subject.Factory.NamesOf(ResourceKind.Dataset).Order(StringComparer.Ordinal).FirstOrDefault() ?? "d")), ("type", new NewScalar("DatasetReference"))))),
    }));

    private static NewMapping Expression(string text) => new(("value", new NewScalar(text)), ("type", new NewScalar("Expression")));

    private static NewMapping Activity(string name, string type, NewNode properties, params (string Name, string Condition)[] dependencies) => new(
        ("name", new NewScalar(name)), ("type", new NewScalar(type)),
        ("dependsOn", new NewSequence([.. dependencies.Select(d => (NewNode)new NewMapping(("activity", new NewScalar(d.Name)), ("dependencyConditions", new NewSequence(new NewScalar(d.Condition)))))])),
        ("typeProperties", properties));
}
