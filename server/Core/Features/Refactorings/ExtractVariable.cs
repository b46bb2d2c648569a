// Sets a variable to what an expression gives, before the activity that needs it.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

internal static class ExtractVariable
{
    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        if (context.Resource.Kind != ResourceKind.Pipeline || ExpressionSite.FindAt(context.Document, context.Selection.Start) is not var (site, resource) || resource != context.Resource
            || site.Template.Kind == TemplateKind.Literal || !site.Template.Diagnostics.IsEmpty || context.Graph.FindEnclosing(site.Scalar) is not { } activity
            || !CanSetBefore(site, activity) || TypeOf(context, site) is not var (type, expression))
        {
            yield break;
        }

        var taken = Declared.Variables(context.Resource).Select(v => v.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var name = ActivityNames.MakeUnique(ExtractParameter.NameOf(site.Scalar), taken.Contains);
        yield return new Refactoring(Refactoring.Extract, CodeFix.Deferred($"Extract the variable '{name}'", () => Extract(context, site, activity, name, type, expression)));
    }

    /// <summary>
    /// Whether the expression gives the same before the activity: not what is evaluated for each item of a Filter, after each round of an Until, or
    /// at the same time for many items.
    /// </summary>
    private static bool CanSetBefore(ExpressionSite site, ActivityNode activity) => ActivityDependency.Of(activity) is not null && activity.Name.Length > 0
        && !activity.Is("SetVariable") && !activity.Is("AppendVariable") && !activity.Is("Until")
        && !activity.ContainersAndSelf().Any(c => c.IsInactive || (c != activity && c.Is("ForEach") && !IsSequential(c)))
        && (!activity.Is("Filter") || ActivityNames.FindItems(site, activity).Any() || !ActivityNames.NodesOf(site.Template).OfType<CallNode>().Any(c => c.Calls("item")));

    private static bool IsSequential(ActivityNode loop) => loop.TypeProperties?.FindValue("isSequential") is Binding.BoundScalar { Kind: ScalarKind.Boolean, Text: var text }
        && text.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The variable's type, and what it is set to; null where no variable holds such a value.</summary>
    private static (ExpressionType Type, string Expression)? TypeOf(RefactoringContext context, ExpressionSite site)
    {
        var type = context.Names.Analyse(site).Type;
        return type.Kinds switch
        {
            TypeKinds.String or TypeKinds.Boolean or TypeKinds.Integer or TypeKinds.Array => (type, site.Scalar.Text),
            _ when type.IsUnknown && site.Template is { Kind: TemplateKind.Expression, Parts: [ExpressionPart part] } && site.Expected.Type.Kinds == TypeKinds.String =>
                (ExpressionType.String, $"@string({site.Template.TextOf(part.Expression.Span)})"),
            _ => null,
        };
    }

    private static FixEdit Extract(RefactoringContext context, ExpressionSite site, ActivityNode activity, string name, ExpressionType type, string expression)
    {
        var rewriting = new DocumentRewriting(context.Document, context.Index);
        var dependencies = ActivityDependency.Of(activity)!.Value;
        var setter = ActivityNames.MakeUnique("Set " + name, context.Graph);
        rewriting.Apply(ScalarEdits.Replace(context.Document.Text, site.Syntax, [new TextChange(new TextSpan(0, site.Scalar.Text.Length), $"@variables('{name}')")]));
        rewriting.Apply(new Declarations(rewriting.Document, rewriting.Resource).AddVariable(name, type));
        foreach (var dependency in dependencies)
        {
            rewriting.RemoveDependency(activity.Name, dependency.Activity);
        }

        rewriting.AddDependency(activity.Name, ActivityDependency.OnSuccess(setter));
        var isDone = Insert(rewriting, activity.Name, drafts => drafts.Activity(
            setter, "SetVariable", dependencies, ("variableName", Draft.Of(name)), ("value", drafts.Expression(expression))));
        return isDone && rewriting.IsSound && Declared.Variables(rewriting.Resource).Any(v => v.Name == name) ? new FixEdit(rewriting.Changes) : new FixEdit([]);
    }

    private static bool Insert(DocumentRewriting rewriting, string before, Func<ActivityDrafts, Draft> write)
    {
        if (rewriting.Graph.Find(before) is not { Siblings.Syntax: SequenceSyntax sequence } node)
        {
            return false;
        }

        var list = rewriting.Reader.Read(sequence);
        var at = list.IndexOf(node);
        if (at < 0)
        {
            return false;
        }

        rewriting.Replace(sequence, list with { Items = list.Items.Insert(at, new ItemDraft(write(ActivityDrafts.For(node, list)))) });
        return true;
    }
}
