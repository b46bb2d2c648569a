using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>Mistakes in the writing of expressions, and in what they call and name.</summary>
internal static class ExpressionMutations
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        Kind("misspelt function", ["PW3101", "PW3102"], s => from c in Calls(s) where Typing.Misspell(c.Node.Name, n => FunctionCatalog.Find(n) is not null) is not null
            select s.Edit(c.Site, c.Node.NameToken.Span, Typing.Misspell(c.Node.Name, n => FunctionCatalog.Find(n) is not null)!)),
        Kind("argument too many", ["PW3201", "PW3208"], s => from c in Calls(s) where FunctionCatalog.Find(c.Node.Name) is { MaximumArguments: { } most } && c.Node.Arguments.Length == most && c.Node.Close is not null
            select s.Edit(c.Site, new TextSpan(c.Node.Close!.Value.Span.Start, 0), c.Node.Arguments.IsEmpty ? "'x'" : ", 'x'", c.Node.Span)),
        Kind("argument too few", ["PW3201", "PW3208"], s => from c in Calls(s) where FunctionCatalog.Find(c.Node.Name) is { MinimumArguments: > 1 } f && c.Node.Arguments.Length == f.MinimumArguments
            select s.Edit(c.Site, TextSpan.FromBounds(c.Node.Arguments[^2].Span.End, c.Node.Arguments[^1].Span.End), "", c.Node.Span)),
        Kind("closing parenthesis left out", ["PW3003"], s => from c in Calls(s) where c.Node.Close is not null && IsLast(c) select s.Edit(c.Site, c.Node.Close!.Value.Span, "", Whole(c.Site))),
        Kind("closing parenthesis left out inside", ["PW3003", "PW3001", "PW3201"], s => from c in Calls(s) where c.Node.Close is not null && !IsLast(c) && c.Node.Parent is CallNode select s.Edit(c.Site, c.Node.Close!.Value.Span, "", Whole(c.Site))),
        Kind("closing parenthesis too many", ["PW3006", "PW3001"], s => from c in Calls(s) where c.Node.Parent is null && c.Node.Span.End == c.Site.Scalar.Text.Length
            select s.Edit(c.Site, new TextSpan(c.Node.Span.End, 0), ")", new TextSpan(c.Node.Span.End, 1))),
        Kind("opening parenthesis left out", ["PW3001", "PW3005", "PW3006"], s => from c in Calls(s) where c.Node is { Open: not null, Arguments.Length: > 0 } select s.Edit(c.Site, c.Node.Open!.Value.Span, " ", c.Node.Span)),
        Kind("comma left out", ["PW3001"], s => from c in Calls(s) where c.Node.Commas.Length > 0
            select s.Edit(c.Site, c.Node.Commas[0].Span, " ", TextSpan.FromBounds(c.Node.Arguments[0].Span.End, c.Node.Arguments[1].Span.End))),
        Kind("closing quote left out", ["PW3003"], s => from l in Literals(s) select s.Edit(l.Site, new TextSpan(l.Node.Span.End - 1, 1), "", TextSpan.FromBounds(l.Node.Span.Start, l.Site.Scalar.Text.Length))),
        Kind("text without quotes", ["PW3005", "PW3001", "PW3206"], s => from l in Literals(s) where l.Node.Span.Length > 3 && l.Site.Template.TextOf(l.Node.Span)[1..^1].All(char.IsLetter)
            select s.Edit(l.Site, l.Node.Span, l.Site.Template.TextOf(l.Node.Span)[1..^1])),
        Kind("double quotes in an expression", ["PW3004"], s => from l in Literals(s) where !TextOf(l.Node).Contains('"', StringComparison.Ordinal) select s.Edit(l.Site, l.Node.Span, $"\"{l.Site.Template.TextOf(l.Node.Span)[1..^1]}\"")),
        Kind("== for equals", ["PW3004"], s => from c in Calls(s) where c.Node.Calls("equals") && c.Node.Arguments.Length == 2
            select s.Edit(c.Site, c.Node.Span, $"{c.Site.Template.TextOf(c.Node.Arguments[0].Span)} == {c.Site.Template.TextOf(c.Node.Arguments[1].Span)}")),
        Kind("+ for concat", ["PW3004"], s => from c in Calls(s) where c.Node.Calls("concat") && c.Node.Arguments.Length > 1
            select s.Edit(c.Site, c.Node.Span, string.Join(" + ", c.Node.Arguments.Select(a => c.Site.Template.TextOf(a.Span))))),
        Kind("@ inside of an expression", ["PW3007"], s => from c in Calls(s) where c.Node.Parent is CallNode select s.Edit(c.Site, new TextSpan(c.Node.Span.Start, 0), "@", new TextSpan(c.Node.Span.Start, 1))),
        Kind("text behind an expression", ["PW3001", "PW3006", "PW3104", "PW3110", "PW3111"], s => from e in Wholes(s) select s.Edit(e, new TextSpan(e.Scalar.Text.Length, 0), " and more", new TextSpan(e.Scalar.Text.Length, 9))),
        Kind("@ left out", ["PW3207", "PW3307"], s => from e in Wholes(s) where e.Template.Parts is [ExpressionPart { Expression: CallNode or MemberNode or IndexNode }] select s.Edit(e, new TextSpan(0, 1), "", Whole(e))),
        Kind("@ of an interpolation left out", ["PW3307"], s => from e in s.Sites where e.Template.Kind == TemplateKind.Interpolation && e.Template.Parts.OfType<ExpressionPart>().Count() == 1
            from p in e.Template.Parts.OfType<ExpressionPart>() select s.Edit(e, new TextSpan(p.Span.Start, 1), "", p.Span)),
        Kind("unit of time in plural", ["PW3205"], s => from e in Wholes(s) select s.Rewrite(e, "@addToTime(utcNow(), 1, 'Days')")),
        Kind("brace of an interpolation left open", ["PW3003"], s => from e in s.Sites where e.Template.Kind == TemplateKind.Interpolation
            from p in e.Template.Parts.OfType<ExpressionPart>() where p.Span.End == e.Scalar.Text.Length select s.Edit(e, new TextSpan(p.Span.End - 1, 1), "", p.Span)),
        Kind("nothing between braces", ["PW3002", "PW3001"], s => from e in s.Sites where e.Template.Kind == TemplateKind.Interpolation from p in e.Template.Parts.OfType<ExpressionPart>() select s.Edit(e, p.Expression.Span, "", p.Span)),
        Kind("misspelt parameter", ["PW3104"], s => from m in Members(s) where OfPipeline(m.Node.Target, "parameters") || m.Node.Target is CallNode { Name: "dataset" or "linkedService" } select SlipIn(s, m, n => Declared.Parameters(s.Resource).Any(p => p.Name.Equals(n, StringComparison.OrdinalIgnoreCase)))),
        Kind("misspelt global parameter", ["PW3105"], s => from m in Members(s) where OfPipeline(m.Node.Target, "globalParameters") select SlipIn(s, m)),
        Kind("misspelt member of pipeline()", ["PW3110"], s => from m in Members(s) where m.Node.Target is CallNode { Name: "pipeline" } select SlipIn(s, m)),
        Kind("misspelt variable", ["PW3106"], s => from l in NameLiterals(s, "variables") select SlipIn(s, l, n => Declared.Variables(s.Resource).Any(p => p.Name.Equals(n, StringComparison.OrdinalIgnoreCase)))),
        Kind("misspelt activity", ["PW3107"], s => from l in NameLiterals(s, "activity") select SlipIn(s, l, n => s.Graph.Find(n) is not null)),
        Kind("misspelt member of activity()", ["PW3110", "PW3111"], s => from m in Members(s) where m.Node.Target is CallNode c && c.Calls("activity") && m.Node.Name is "output" or "error" select SlipIn(s, m)),
        Kind("misspelt member of a known output", ["PW3110", "PW3111", "PW3113"], s => from m in Members(s) where m.Node is { Target: MemberNode { Name: "output", Target: CallNode { Name: "activity", Arguments: [LiteralNode name] } } }
            && s.Graph.Find(TextOf(name)) is { } a && new[] { "Lookup", "GetMetadata", "Copy", "Filter", "ExecutePipeline", "DatabricksNotebook", "Script" }.Any(a.Is)
            && m.Node.Name is "firstRow" or "value" or "count" or "childItems" or "itemName" or "rowsCopied" or "rowsRead" or "runOutput" or "runPageUrl" or "pipelineReturnValue" or "exists" or "resultSets" select SlipIn(s, m)) with { Known = (0.5, "what a notebook gives may have any member, so that only others are told.") },
        Kind("output left out", ["PW3110", "PW3111"], s => from m in Members(s) let output = m.Node.Target as MemberNode where output is { Name: "output", Target: CallNode c } && c.Calls("activity")
            select s.Edit(m.Site, TextSpan.FromBounds(output.Target.Span.End, output.Span.End), "", m.Node.Span)),
        Kind("activity that is not upstream", ["PW3108", "PW3109", "PW3107"], s => from l in NameLiterals(s, "activity") select Disconnect(s, l)),
        Kind("variables.x for variables('x')", ["PW3005", "PW3001"], s => from c in Calls(s) where c.Node.Calls("variables") && c.Node.Arguments is [LiteralNode name] && TextOf(name).All(char.IsLetter)
            select s.Edit(c.Site, c.Node.Span, "variables." + TextOf((LiteralNode)c.Node.Arguments[0]))),
        Kind("parameters('x') as in Logic Apps", ["PW3101", "PW3103", "PW3102"], s => from m in Members(s) where OfPipeline(m.Node.Target, "parameters") select s.Edit(m.Site, m.Node.Span, $"parameters('{m.Node.Name}')")),
        Kind("pipeline without parentheses", ["PW3005", "PW3001"], s => from c in Calls(s) where c.Node.Calls("pipeline") select s.Edit(c.Site, c.Node.Span, "pipeline")),
        Kind("item() outside of a loop", ["PW3103"], s => from e in Wholes(s) where s.Graph.FindEnclosing(e.Scalar) is { } a && !a.ContainersAndSelf().Any(c => c.Is("ForEach") || c.Is("Filter")) select s.Rewrite(e, "@item().name")),
        Kind("trigger() in a pipeline", ["PW3103"], s => from e in Wholes(s) where s.Resource.Kind == ResourceKind.Pipeline select s.Rewrite(e, "@trigger().startTime")),
        Kind("dataset() in a pipeline", ["PW3103"], s => from e in Wholes(s) where s.Resource.Kind == ResourceKind.Pipeline select s.Rewrite(e, "@dataset().name")),
        Kind("pipeline() in a dataset or linked service", ["PW3103"], s => from e in Wholes(s) where s.Resource.Kind is ResourceKind.Dataset or ResourceKind.LinkedService select s.Rewrite(e, "@pipeline().RunId")),
        Kind("function of Logic Apps", ["PW3101", "PW3102", "PW3103"], s => from e in Wholes(s) select s.Rewrite(e, "@body('x')")),
        Kind("function of data flows", ["PW3101", "PW3102"], s => from e in Wholes(s) select s.Rewrite(e, "@iif(true, 'a', 'b')")),
        Kind("text as a condition", ["PW3203"], s => from a in s.ActivitiesOf("IfCondition", "Until") from e in SitesOf(s, a, "expression") select s.Rewrite(e, "@concat('tr', 'ue')")),
        Kind("condition without an expression", ["PW3207"], s => from a in s.ActivitiesOf("IfCondition", "Until") from e in SitesOf(s, a, "expression") select s.Rewrite(e, "true")),
        Kind("text as the items of a loop", ["PW3203"], s => from a in s.ActivitiesOf("ForEach", "Filter") from e in SitesOf(s, a, "items") select s.Rewrite(e, "@concat('a', ',b')")),
        Kind("object as the items of a loop", ["PW3203"], s => from a in s.ActivitiesOf("ForEach") from e in SitesOf(s, a, "items") where e.Scalar.Text.EndsWith(".output.value", StringComparison.Ordinal)
            select s.Edit(e, new TextSpan(e.Scalar.Text.Length - 6, 6), "", Whole(e))),
        Kind("items of a loop in braces", ["PW3203", "PW3306"], s => from a in s.ActivitiesOf("ForEach") from e in SitesOf(s, a, "items") where e.Template.Kind == TemplateKind.Expression select s.Rewrite(e, $"@{{{e.Scalar.Text[1..]}}}")),
        Kind("text where a number belongs", ["PW3202"], s => from l in s.Expressions where l.Node is LiteralNode { Value: IntegerValue or FloatValue, Parent: CallNode { Name: var f } } && f.StartsWith("add", StringComparison.OrdinalIgnoreCase) select s.Edit(l.Site, l.Node.Span, "'one'")),
        Kind("and of texts", ["PW3202"], s => from c in Calls(s) where (c.Node.Calls("and") || c.Node.Calls("not") || c.Node.Calls("or")) && c.Node.Arguments.Length > 0 select s.Edit(c.Site, c.Node.Arguments[0].Span, "'true'")),
        Kind("minutes for months", ["PW3303"], s => from l in Literals(s) where TextOf(l.Node).Contains("yyyy-MM-dd", StringComparison.Ordinal) && l.Node.Parent is CallNode c && FunctionCatalog.Find(c.Name)?.ParameterAt(c.Arguments.IndexOf(l.Node))?.Role == ParameterRole.DateFormat
            select s.Edit(l.Site, l.Node.Span, l.Site.Template.TextOf(l.Node.Span).Replace("yyyy-MM-dd", "yyyy-mm-dd", StringComparison.Ordinal))),
        Kind("@{…} inside of quotes", ["PW3302"], s => from l in Literals(s) where l.Node.Parent is CallNode { Name: "concat" } select s.Edit(l.Site, l.Node.Span, "'@{pipeline().RunId}'")),
        Kind("division by zero", ["PW3205"], s => from e in Wholes(s) select s.Rewrite(e, "@div(10, 0)")),
        Kind("unknown time zone", ["PW3205"], s => from e in Wholes(s) select s.Rewrite(e, "@convertFromUtc(utcNow(), 'Central European Time Zone')")),
        Kind("expression longer than 8192", ["PW3008"], s => from e in Wholes(s) from p in e.Template.Parts.OfType<ExpressionPart>() select s.Edit(e, p.Expression.Span, $"concat('{new string('x', 8200)}', {e.Template.TextOf(p.Expression.Span)})", Whole(e))),
        Kind("misspelt Expression", ["PW2004", "PW2005", "PW2006", "PW2002", "PW2001", "PW3207"], s => from e in s.Sites let owner = e.Scalar.Parent?.Parent as BoundObject let type = owner?.FindValue("type") as BoundScalar where type is { Text: "Expression", Syntax: not null }
            select s.SetText(type, "Expresion", type.Span, owner!.Span)) with { Form = ResourceForm.Git },
    ];

    private static Mutation Kind(string name, ImmutableArray<string> codes, Func<Subject, IEnumerable<Mistake?>> seed) => new("expressions", name, codes, seed);

    private static IEnumerable<(ExpressionSite Site, CallNode Node)> Calls(Subject subject) => from e in subject.Expressions where e.Node is CallNode select (e.Site, (CallNode)e.Node);

    private static IEnumerable<(ExpressionSite Site, MemberNode Node)> Members(Subject subject) => from e in subject.Expressions where e.Node is MemberNode { NameToken: not null } select (e.Site, (MemberNode)e.Node);

    private static IEnumerable<(ExpressionSite Site, LiteralNode Node)> Literals(Subject subject) => from e in subject.Expressions
                                                                                                     where e.Node is LiteralNode { Value: StringValue { Value.Length: > 0 } } && !e.Site.Template.TextOf(e.Node.Span)[1..^1].Contains('\'', StringComparison.Ordinal)
                                                                                                     select (e.Site, (LiteralNode)e.Node);

    /// <summary>The names that a function is called with: <c>variables('x')</c>.</summary>
    private static IEnumerable<(ExpressionSite Site, LiteralNode Node)> NameLiterals(Subject subject, string function) => Literals(subject).Where(l => l.Node.Parent is CallNode call && call.Calls(function));

    private static IEnumerable<ExpressionSite> Wholes(Subject subject) => subject.Sites.Where(s => s.Template.Kind == TemplateKind.Expression);

    private static IEnumerable<ExpressionSite> SitesOf(Subject subject, ActivityNode activity, string property) => activity.TypeProperties?.FindValue(property) is { } value
        ? subject.Sites.Where(s => s.Scalar == value || s.Scalar.Parent?.Parent == value) : [];

    private static TextSpan Whole(ExpressionSite site) => new(0, site.Scalar.Text.Length);

    private static bool OfPipeline(ExpressionNode target, string member) => target is MemberNode { Target: CallNode call } node && call.Calls("pipeline") && node.Name == member;

    private static bool IsLast((ExpressionSite Site, CallNode Node) call) => call.Node.Span.End >= call.Site.Scalar.Text.Length - (call.Site.Template.Kind == TemplateKind.Interpolation ? 1 : 0);

    private static string TextOf(LiteralNode node) => node.Value is StringValue text ? text.Value : "";

    private static Mistake? SlipIn(Subject subject, (ExpressionSite Site, MemberNode Node) member, Func<string, bool>? isTaken = null) =>
        Typing.Misspell(member.Node.Name, isTaken) is { } slip ? subject.Edit(member.Site, member.Node.NameToken!.Value.Span, slip) : null;

    private static Mistake? SlipIn(Subject subject, (ExpressionSite Site, LiteralNode Node) name, Func<string, bool> isTaken) =>
        Typing.Misspell(TextOf(name.Node), isTaken) is { } slip ? subject.Edit(name.Site, name.Node.Span, $"'{slip}'") : null;

    /// <summary>Takes away the one dependency that makes an activity readable.</summary>
    private static Mistake? Disconnect(Subject subject, (ExpressionSite Site, LiteralNode Node) name)
    {
        if (subject.Graph.FindEnclosing(name.Site.Scalar) is not { } from || subject.Graph.Find(TextOf(name.Node)) is not { } target
            || from.ContainersAndSelf().FirstOrDefault(c => c.Siblings == target.Siblings) is not { Dependencies.Length: 1 } here || here == target
            || here.Activity.Node.Find("dependsOn") is not { Entry: not null } dependsOn)
        {
            return null;
        }

        return subject.Remove(dependsOn, name.Site.Syntax.ToSourceSpan(name.Node.Parent!.Span));
    }
}
