using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>Names, limits, variables, times and states of pipelines.</summary>
internal static class PipelineMutations
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        Kind("names", "slash in the name of an activity", ["PW5001"], s => from a in Named(s) select s.SetText(a.Activity.Name!, a.Name + "/x")),
        Kind("names", "question mark in the name of an activity", ["PW5001"], s => from a in Named(s) select s.SetText(a.Activity.Name!, a.Name + "?")),
        Kind("names", "name of an activity longer than 55", ["PW5002"], s => from a in Named(s) select s.SetText(a.Activity.Name!, a.Name + new string('x', 56))),
        Kind("names", "activity without a name", ["PW5002", "PW2003"], s => from a in Named(s) select s.SetText(a.Activity.Name!, "")),
        Kind("names", "space behind the name of an activity", ["PW5008"], s => from a in Named(s) where a.Name.Length < 54 select s.SetText(a.Activity.Name!, a.Name + " ")),
        Kind("names", "space in the name of a parameter", ["PW5005"], s => from p in DeclaredIn(s) select s.SetName(p.Node, p.Name + " one")),
        Kind("names", "parameter declared twice in other case", ["PW5006"], s => from p in DeclaredIn(s) where p.Name.Any(char.IsLower) && p.Node.Parent is BoundObject { Syntax: MappingSyntax } && p.TypeText is not null
            select s.Set((BoundObject)p.Node.Parent!, p.Name + "2", new NewMapping(("type", new NewScalar(p.TypeText!)))) is { } made ? Recase(made, p.Name + "2", p.Name.ToUpperInvariant(), p.Node) : null),
        Kind("names", "misspelt type of a parameter", ["PW2004", "PW2005"], s => from p in DeclaredIn(s) where p.Node.Value is BoundObject { Syntax: MappingSyntax } o && o.FindValue("type") is BoundScalar { Syntax: not null } t && Typing.Misspell(t.Text) is not null
            select s.SetText((BoundScalar)((BoundObject)p.Node.Value).FindValue("type")!, Typing.Misspell(p.TypeText!)!)),
        Kind("names", "type of another language", ["PW2004", "PW2005"], s => from p in DeclaredIn(s) where p.Node.Value is BoundObject { Syntax: MappingSyntax } o && o.FindValue("type") is BoundScalar { Syntax: not null }
            select s.SetText((BoundScalar)((BoundObject)p.Node.Value).FindValue("type")!, "varchar")),

        Kind("limits", "more than 120 activities", ["PW5101"], s => s.Properties?.FindValue("activities") is BoundArray { Syntax: SequenceSyntax } list ? [Many(s, list, 121)] : []),
        Kind("limits", "more than 50 parameters", ["PW5103"], s => s.Properties is { } p && p.Find("parameters") is null ? [s.Set(p, "parameters", new NewMapping([.. Enumerable.Range(0, 51).Select(i => ($"p{i}", (NewNode)new NewMapping(("type", new NewScalar("string")))))]))] : []),
        Kind("limits", "batchCount of 51", ["PW2009"], s => from a in s.ActivitiesOf("ForEach") select s.SetLiteral(a.Activity.Node, "typeProperties.batchCount", "51")),
        Kind("limits", "batchCount of 0", ["PW2009"], s => from a in s.ActivitiesOf("ForEach") select s.SetLiteral(a.Activity.Node, "typeProperties.batchCount", "0")),
        Kind("limits", "timeout in minutes", ["PW4201"], s => from a in WithPolicy(s) select s.Set(a.Activity.Node, "policy.timeout", "30")),
        Kind("limits", "timeout in words", ["PW4201"], s => from a in WithPolicy(s) select s.Set(a.Activity.Node, "policy.timeout", "2 hours")),
        Kind("limits", "timeout with 99 minutes", ["PW4201"], s => from a in WithPolicy(s) select s.Set(a.Activity.Node, "policy.timeout", "0.01:99:00")),
        Kind("limits", "timeout longer than 7 days", ["PW4202"], s => from a in WithPolicy(s) select s.Set(a.Activity.Node, "policy.timeout", "8.00:00:00")),
        Kind("limits", "timeout shorter than 10 minutes", ["PW4203"], s => from a in WithPolicy(s) select s.Set(a.Activity.Node, "policy.timeout", "0.00:01:00")),
        Kind("limits", "retry interval of 5 seconds", ["PW4204", "PW2009"], s => from a in WithPolicy(s) select s.SetLiteral(a.Activity.Node, "policy.retryIntervalInSeconds", "5")),
        Kind("limits", "retry interval longer than a day", ["PW4204", "PW2009"], s => from a in WithPolicy(s) select s.SetLiteral(a.Activity.Node, "policy.retryIntervalInSeconds", "90000")),
        Kind("limits", "negative number of retries", ["PW2009"], s => from a in WithPolicy(s) select s.SetLiteral(a.Activity.Node, "policy.retry", "-1")),
        Kind("limits", "six user properties", ["PW2015"], s => from a in s.Activities select s.Set(a.Activity.Node, "userProperties", new NewSequence([.. Enumerable.Range(0, 6).Select(i => (NewNode)new NewMapping(("name", new NewScalar($"u{i}")), ("value", new NewScalar("x"))))]))),
        Kind("limits", "wait of no time", ["PW2009"], s => from a in s.ActivitiesOf("Wait") select s.SetLiteral(a.Activity.Node, "typeProperties.waitTimeInSeconds", "0")),
        Kind("limits", "concurrency of 0", ["PW2009"], s => s.Properties is { } p ? [s.SetLiteral(p, "concurrency", "0")] : []),
        Kind("limits", "expression in an annotation", ["PW5107"], s => s.Properties is { } p ? [s.Set(p, "annotations", new NewSequence(new NewScalar("@pipeline().RunId")))] : []),
        Kind("limits", "expected duration in words", ["PW5108", "PW4201"], s => s.Properties is { } p ? [s.Set(p, "policy.elapsedTimeMetric.duration", "one hour")] : []),
        Kind("limits", "until without an end", ["PW4202"], s => from a in s.ActivitiesOf("Until") select s.Set(a.Activity.Node, "typeProperties.timeout", "100.00:00:00")),

        Kind("variables", "variable that is not declared", ["PW4210"], s => from a in s.ActivitiesOf("SetVariable", "AppendVariable") from v in VariableOf(a) where Typing.Misspell(v.Text, n => Declared.Variables(s.Resource).Any(d => d.Name.Equals(n, StringComparison.OrdinalIgnoreCase))) is not null
            select s.SetText(v, Typing.Misspell(v.Text, n => Declared.Variables(s.Resource).Any(d => d.Name.Equals(n, StringComparison.OrdinalIgnoreCase)))!)),
        Kind("variables", "declaration of a used variable left out", ["PW4210"], s => from d in Declared.Variables(s.Resource) where d.Node.Entry is not null
            let used = s.ActivitiesOf("SetVariable", "AppendVariable").SelectMany(VariableOf).Where(v => v.Text.Equals(d.Name, StringComparison.OrdinalIgnoreCase)).ToList() where used.Count > 0 select s.Remove(d.Node, [.. used.Select(u => u.Span)])),
        Kind("variables", "text for a Boolean variable", ["PW4212"], s => from w in Writes(s, "Boolean", "Bool") select s.Set(w.Activity.Node, "typeProperties.value", "maybe")),
        Kind("variables", "list for a String variable", ["PW4212"], s => from w in Writes(s, "String") where w.Is("SetVariable") select s.Set(w.Activity.Node, "typeProperties.value", new NewSequence(new NewScalar("a")), w.TypeProperties!.Find("value")?.NameSpan ?? default, w.TypeProperties!.FindValue("value")?.Span ?? default)),
        Kind("variables", "number expression for a String variable", ["PW4212", "PW3203"], s => from w in Writes(s, "String") where w.Is("SetVariable") select s.Set(w.Activity.Node, "typeProperties.value", "@add(1, 2)")),
        Kind("variables", "text expression for an Array variable", ["PW4212", "PW3203"], s => from w in Writes(s, "Array") where w.Is("SetVariable") select s.Set(w.Activity.Node, "typeProperties.value", "@concat('a', 'b')")),
        Kind("variables", "variable set from itself", ["PW4211"], s => from w in Writes(s, "String") where w.Is("SetVariable") from v in VariableOf(w) select s.Set(w.Activity.Node, "typeProperties.value", $"@concat(variables('{v.Text}'), 'x')")),
        Kind("variables", "append to a String variable", ["PW4213"], s => from w in s.ActivitiesOf("AppendVariable") from v in VariableOf(w) from d in Declared.Variables(s.Resource) where d.Name.Equals(v.Text, StringComparison.OrdinalIgnoreCase)
            && d.Node.Value is BoundObject o && o.FindValue("type") is BoundScalar { Syntax: not null } select s.SetText((BoundScalar)((BoundObject)d.Node.Value).FindValue("type")!, "String", v.Span, w.Activity.Node.FindValue("type")!.Span)),
        Kind("variables", "variable of a type that variables don't have", ["PW2004", "PW2005"], s => from d in Declared.Variables(s.Resource) where d.Node.Value is BoundObject o && o.FindValue("type") is BoundScalar { Syntax: not null } select s.SetText((BoundScalar)((BoundObject)d.Node.Value).FindValue("type")!, "Object")),
        Kind("variables", "variable set in a parallel loop", ["PW4214"], s => from w in s.ActivitiesOf("SetVariable") where w.ContainersAndSelf().FirstOrDefault(c => c.Is("ForEach")) is { } loop && loop.TypeProperties?.Find("isSequential") is { Entry: not null }
            select s.SetLiteral(w.ContainersAndSelf().First(c => c.Is("ForEach")).Activity.Node, "typeProperties.isSequential", "false") is { } made ? made with { At = [w.Activity.Node.Span] } : null),
        Kind("variables", "default of another type", ["PW4221", "PW2002"], s => from d in DeclaredIn(s) where d.TypeText?.ToUpperInvariant() is "INT" or "BOOL" or "BOOLEAN" or "ARRAY" && d.Default?.Syntax is not null select s.SetValue(d.Default!, new NewScalar("some text"))),
        Kind("variables", "expression as a default", ["PW3305", "PW4221"], s => from d in DeclaredIn(s) where d.TypeText?.ToUpperInvariant() is "STRING" && d.Default is BoundScalar { Syntax: not null } select s.SetValue(d.Default!, new NewScalar("@utcNow()"))),

        Kind("activities", "output of an activity that is switched off", ["PW4209"], s => from e in s.Sites from user in Enclosing(s, e) from up in user.Activity.Dependencies where s.Graph.Find(up.Activity.Text) is { } used && e.Scalar.Text.Contains($"activity('{used.Name}').output.", StringComparison.Ordinal)
            select s.Set(s.Graph.Find(up.Activity.Text)!.Activity.Node, "state", "Inactive") is { } made ? made with { At = [e.Scalar.Span] } : null),
        Kind("activities", "onInactiveMarkAs without Inactive", ["PW4206"], s => from a in s.Activities where a.Activity.Node.Find("state") is null select s.Set(a.Activity.Node, "onInactiveMarkAs", "Succeeded")),
        Kind("activities", "misspelt state", ["PW2004", "PW2005"], s => from a in s.Activities where a.Activity.Node.Find("state") is null select s.Set(a.Activity.Node, "state", "Disabled")),
        Kind("activities", "first row of a lookup of many", ["PW3110", "PW3111", "PW3113", "PW3114"], s => from e in s.Sites from user in Enclosing(s, e) from lookup in s.ActivitiesOf("Lookup") where e.Scalar.Text.Contains($"activity('{lookup.Name}').output.firstRow", StringComparison.Ordinal)
            select s.SetLiteral(lookup.Activity.Node, "typeProperties.firstRowOnly", "false") is { } made ? made with { At = [e.Scalar.Span] } : null),
        Kind("activities", "rows of a lookup of one", ["PW3110", "PW3111", "PW3113", "PW3114"], s => from e in s.Sites from user in Enclosing(s, e) from lookup in s.ActivitiesOf("Lookup") where e.Scalar.Text.Contains($"activity('{lookup.Name}').output.value", StringComparison.Ordinal)
            select s.SetLiteral(lookup.Activity.Node, "typeProperties.firstRowOnly", "true") is { } made ? made with { At = [e.Scalar.Span] } : null),
        Kind("activities", "metadata that is not asked for", ["PW3110", "PW3113", "PW3111"], s => from e in s.Sites from m in s.ActivitiesOf("GetMetadata") where e.Scalar.Text.Contains($"activity('{m.Name}').output.", StringComparison.Ordinal) && m.TypeProperties?.FindValue("fieldList") is BoundArray { Syntax: SequenceSyntax }
            select s.SetValue(m.TypeProperties!.FindValue("fieldList")!, new NewSequence(new NewScalar("contentMD5")), e.Scalar.Span)),
    ];

    private static Mutation Kind(string area, string name, ImmutableArray<string> codes, Func<Subject, IEnumerable<Mistake?>> seed) => new(area, name, codes, seed) { Kinds = [ResourceKind.Pipeline] };

    private static IEnumerable<ActivityNode> Named(Subject subject) => subject.Activities.Where(a => a.Activity.Name is { Syntax: not null } && a.Name.Length > 0);

    private static IEnumerable<ActivityNode> WithPolicy(Subject subject) => subject.ActivitiesOf("Copy", "Lookup", "GetMetadata", "WebActivity", "DatabricksNotebook", "SqlServerStoredProcedure", "Script", "Delete", "ExecuteDataFlow", "AzureFunctionActivity");

    private static IEnumerable<DeclaredName> DeclaredIn(Subject subject) => Declared.Parameters(subject.Resource).Where(p => p.Node.Entry is not null);

    private static IEnumerable<BoundScalar> VariableOf(ActivityNode activity) => activity.TypeProperties?.FindValue("variableName") is BoundScalar { Syntax: not null } name && !string.Equals(name.Text, "pipelineReturnValue", StringComparison.Ordinal) ? [name] : [];

    private static IEnumerable<ActivityNode> Enclosing(Subject subject, ExpressionSite site) => subject.Graph.FindEnclosing(site.Scalar) is { } activity ? [activity] : [];

    private static IEnumerable<ActivityNode> Writes(Subject subject, params string[] types) => from activity in subject.ActivitiesOf("SetVariable")
                                                                                               from name in VariableOf(activity)
                                                                                               from d in Declared.Variables(subject.Resource)
                                                                                               where d.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase) && types.Contains(d.TypeText, StringComparer.OrdinalIgnoreCase) && activity.TypeProperties is { Syntax: MappingSyntax } or { Syntax: null }
                                                                                               select activity;

    private static Mistake? Many(Subject subject, BoundArray list, int count)
    {
        var made = subject.Edits.AddItem(list, Wait(0));
        if (made is not [var change])
        {
            return null;
        }

        // One by one, as they would be pasted.
        var text = string.Concat(Enumerable.Range(0, count).Select(i => change.NewText.Replace("Wait 0", $"Wait {i}", StringComparison.Ordinal)));
        return new Mistake([change with { NewText = text }]) { At = [((BoundProperty)list.Parent!).NameSpan, list.Span] };
    }

    private static NewMapping Wait(int number) => new(("name", new NewScalar($"Wait {number}")), ("type", new NewScalar("Wait")), ("typeProperties", new NewMapping(("waitTimeInSeconds", new NewLiteral("1")))));

    private static Mistake Recase(Mistake made, string written, string wanted, BoundProperty first) =>
        new([.. made.Changes.Select(c => c with { NewText = c.NewText.Replace(written, wanted, StringComparison.Ordinal) })]) { At = [first.NameSpan, .. made.Changes.Select(c => new Text.TextSpan(c.Span.Start, 0))] };
}
